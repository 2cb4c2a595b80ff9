package imports

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/documents"
	"yaodian/hooks/kit"
	"yaodian/hooks/plan"
)

// work makes a task with its document, its targets and the duties of the year.
func (c *confirmation) work(item *core.Record, o Obligation, w Work) error {
	c.counts.Tasks++
	document, err := c.document(o, w)
	if err != nil {
		return err
	}
	data := map[string]any{
		"plan": c.plan.Id, "section": item.GetString("section"), "item": item.Id, "kind": w.Kind, "title": w.Title, "text": o.Text,
		"span_from": o.Span.From, "span_to": o.Span.To, "assign": o.Assign.To, "assign_org": o.Assign.Org, "assign_person": o.Assign.Person,
		"assign_role": o.Assign.Role, "assign_kind": o.Assign.Kind, "rrule": w.RRule, "due_from": o.DueFrom(), "due_to": o.DueTo(),
		"shift": string(shiftOf(o.Shift)), "lead": o.Lead, "state": "active", "since": c.From, "document": document,
	}
	if o.Frequency != nil && w.Document == nil {
		data["frequency_text"], data["at_least"] = kit.Clip(o.Frequency.Text, 200), o.Frequency.AtLeast
	}
	if o.Due != nil {
		data["due_text"] = kit.Clip(o.Due.Text, 200)
	}
	task, err := c.make(plan.Tasks, data)
	if err != nil {
		return err
	}
	added, _, err := plan.Generate(c.app, c.ctx, plan.TaskOf(task), c.Frame)
	c.counts.Duties += added
	if err != nil || w.Document != nil {
		return err
	}
	return c.targets(task, o)
}

// document puts the document that a task delivers into the ledger and returns
// its id; empty for any other task.
func (c *confirmation) document(o Obligation, w Work) (string, error) {
	if w.Document == nil {
		return "", nil
	}
	c.counts.Documents++
	list, err := plan.Responsibles(c.app, c.draft.GetString("org"), *o.Assign, c.Today)
	if err != nil {
		return "", err
	}
	owner := c.draft.GetString("org")
	if len(list) == 1 {
		owner = list[0].Org
	}
	due := o.DueTo()
	if due == "" {
		due = fmt.Sprintf("%d-12-31", c.Year)
	}
	made, err := c.make(documents.Documents, map[string]any{
		"org": owner, "title": kit.Clip(w.Document.Title, 200), "action": w.Document.Action, "year": c.Year, "due": due, "state": string(documents.Planned),
	})
	if err != nil {
		return "", err
	}
	return made.Id, nil
}

func (c *confirmation) targets(task *core.Record, o Obligation) error {
	for _, t := range o.Targets {
		c.counts.Targets++
		data := map[string]any{
			"plan": c.plan.Id, "item": task.GetString("item"), "task": task.Id, "text": kit.Clip(t.Text, 200), "unit": kit.Clip(t.Unit, 200),
			"span_from": o.Span.From, "span_to": o.Span.To, "has_min": t.Min != nil, "has_max": t.Max != nil,
		}
		if t.Min != nil {
			data["min"] = *t.Min
		}
		if t.Max != nil {
			data["max"] = *t.Max
		}
		if _, err := c.make(plan.Targets, data); err != nil {
			return err
		}
	}
	return nil
}
