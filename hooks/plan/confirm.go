package plan

import (
	"context"
	"fmt"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"yaodian/hooks/calendar"
	"yaodian/hooks/documents"
	"yaodian/hooks/kit"
	"yaodian/hooks/notify"
	"yaodian/hooks/org"
	"yaodian/hooks/plan/parse"
)

// Counts says what confirming an import makes.
type Counts struct {
	Sections  int `json:"sections"`
	Items     int `json:"items"`
	Tasks     int `json:"tasks"`
	Documents int `json:"documents"`
	Targets   int `json:"targets"`
	Duties    int `json:"duties"`
}

// CheckConfirm: an import is confirmed once, after it was handed in, and by
// somebody else than the clerk who made it.
func CheckConfirm(state, clerk, by string) error {
	switch {
	case state == "confirmed":
		return kit.Reject("state", "plan_import_confirmed", "这份导入已经确认过了，不会重复生成。")
	case state != "submitted":
		return kit.Reject("state", "plan_import_not_submitted", "经办人还没有送交确认，请先核对并送交。")
	case by == "":
		return kit.Reject("confirmed_by", "plan_confirm_by", "确认须由有确认权的负责人本人登录办理。")
	case clerk == by:
		return kit.Reject("confirmed_by", "plan_same_person", "经办人不能确认自己导入的工作要点，请由另一位负责人确认。")
	}
	return nil
}

// Confirm turns an import into a plan with its sections, items, tasks,
// documents, targets and the year's duties: all of them or nothing.
func Confirm(app core.App, ctx context.Context, importID, by string) (plan *core.Record, counts Counts, err error) {
	err = app.RunInTransaction(func(tx core.App) error {
		draft, err := tx.FindRecordById(Imports, importID)
		if err != nil {
			return err
		}
		if err := CheckConfirm(draft.GetString("state"), draft.GetString("created_by"), by); err != nil {
			return err
		}
		outline, err := outlineOf(draft)
		if err != nil {
			return err
		}
		if err := checkReady(tx, draft, outline); err != nil {
			return err
		}
		c := &confirmation{app: tx, ctx: ctx, draft: draft, by: by, today: kit.Today(tx)}
		if err := c.build(outline); err != nil {
			return err
		}
		plan, counts = c.plan, c.counts
		return c.close()
	})
	return plan, counts, err
}

// DryRun is what Confirm would make of an import; nothing is written.
func DryRun(app core.App, ctx context.Context, importID string) (Counts, error) {
	var counts Counts
	undo := fmt.Errorf("dry run")
	err := app.RunInTransaction(func(tx core.App) error {
		draft, err := tx.FindRecordById(Imports, importID)
		if err != nil {
			return err
		}
		outline, err := outlineOf(draft)
		if err != nil {
			return err
		}
		c := &confirmation{app: tx, ctx: ctx, draft: draft, today: kit.Today(tx)}
		if err := c.build(outline); err != nil {
			return err
		}
		counts = c.counts
		return undo
	})
	if err == undo {
		return counts, nil
	}
	return counts, err
}

// confirmation is one run of Confirm inside its transaction.
type confirmation struct {
	app    core.App
	ctx    context.Context
	draft  *core.Record
	by     string
	today  string
	plan   *core.Record
	days   calendar.Days
	counts Counts
}

// make saves a record of the plan.
func (c *confirmation) make(collection string, data map[string]any) (*core.Record, error) {
	r, err := newRecord(c.app, collection, data)
	if err != nil {
		return nil, err
	}
	if data["org"] == nil {
		r.Set("org", c.draft.GetString("org"))
	}
	return r, kit.SaveAsSystem(c.app, c.ctx, r)
}

func (c *confirmation) build(o Outline) error {
	if err := c.checkYear(); err != nil {
		return err
	}
	year := c.draft.GetInt("year")
	var err error
	if c.days, err = calendar.Load(c.app); err != nil {
		return err
	}
	title := o.Title
	if strings.TrimSpace(title) == "" {
		title = fmt.Sprintf("%d年工作要点", year)
	}
	c.plan, err = c.make(Years, map[string]any{
		"year": year, "title": clip(title, 200), "preamble": o.Preamble, "text": c.draft.GetString("text"), "text_hash": c.draft.GetString("text_hash"),
		"state": "active", "confirmed_by": c.by, "confirmed_at": types.NowDateTime(),
	})
	if err != nil {
		return err
	}
	for _, s := range o.Sections {
		if err := c.section(s); err != nil {
			return err
		}
	}
	return nil
}

func (c *confirmation) checkYear() error {
	n, err := c.app.CountRecords(Years, dbx.HashExp{"org": c.draft.GetString("org"), "year": c.draft.GetInt("year")})
	if err != nil {
		return err
	}
	if n > 0 {
		return kit.Reject("year", "plan_year_exists", fmt.Sprintf("这个组织 %d 年的工作要点已经确认过，一年只有一份；要调整安排请修改其中的任务。", c.draft.GetInt("year")))
	}
	return nil
}

func (c *confirmation) section(s Section) error {
	c.counts.Sections++
	section, err := c.make(Sections, map[string]any{
		"plan": c.plan.Id, "number": s.Number, "title": clip(s.Title, 300), "span_from": s.Span.From, "span_to": s.Span.To,
	})
	if err != nil {
		return err
	}
	for _, i := range s.Items {
		if err := c.item(section, i); err != nil {
			return err
		}
	}
	return nil
}

func (c *confirmation) item(section *core.Record, i Item) error {
	c.counts.Items++
	item, err := c.make(Items, map[string]any{
		"plan": c.plan.Id, "section": section.Id, "number": i.Number, "title": clip(i.Title, 300), "text": i.Text, "span_from": i.Span.From, "span_to": i.Span.To,
	})
	if err != nil {
		return err
	}
	for _, o := range i.Obligations {
		if !o.Kept() {
			continue
		}
		if err := c.obligation(item, o); err != nil {
			return err
		}
	}
	return nil
}

// obligation makes one task per document to deliver. Whatever else the
// sentence promises, or what recurs, is a task of its own.
func (c *confirmation) obligation(item *core.Record, o Obligation) error {
	deliver := o.Deliverables()
	for _, d := range deliver {
		document, err := c.document(o, d)
		if err != nil {
			return err
		}
		if _, err := c.task(item, o, map[string]any{"title": verbs[d.Action] + "《" + clip(d.Title, 150) + "》", "kind": kindOf(d), "document": document.Id, "rrule": "", "frequency_text": ""}); err != nil {
			return err
		}
	}
	if len(deliver) > 0 && o.RRule() == "" && len(o.Targets) == 0 && (o.Kind == "document" || o.Kind == "sign") {
		return nil
	}
	task, err := c.task(item, o, nil)
	if err != nil {
		return err
	}
	return c.targets(item, task, o)
}

var verbs = map[string]string{"draft": "制定", "revise": "修订", "sign": "签订"}

func kindOf(d parse.Document) string {
	if d.Action == "sign" {
		return "sign"
	}
	return "document"
}

func (c *confirmation) document(o Obligation, d parse.Document) (*core.Record, error) {
	c.counts.Documents++
	list, err := responsibles(c.app, c.draft.GetString("org"), *o.Assign, c.today)
	if err != nil {
		return nil, err
	}
	owner := c.draft.GetString("org")
	if len(list) == 1 {
		owner = list[0].Org
	}
	due := o.DueTo()
	if due == "" {
		due = fmt.Sprintf("%d-12-31", c.draft.GetInt("year"))
	}
	return c.make(documents.Documents, map[string]any{
		"org": owner, "title": clip(d.Title, 200), "action": d.Action, "year": c.draft.GetInt("year"), "due": due, "state": string(documents.Planned),
	})
}

// task makes a task and its duties; extra overrides what the sentence says.
func (c *confirmation) task(item *core.Record, o Obligation, extra map[string]any) (*core.Record, error) {
	c.counts.Tasks++
	data := map[string]any{
		"plan": c.plan.Id, "section": item.GetString("section"), "item": item.Id, "kind": o.Kind, "title": o.TaskTitle(), "text": o.Text,
		"span_from": o.Span.From, "span_to": o.Span.To, "assign": o.Assign.To, "assign_org": o.Assign.Org, "assign_person": o.Assign.Person,
		"assign_role": o.Assign.Role, "assign_kind": o.Assign.Kind, "rrule": o.RRule(), "due_from": o.DueFrom(), "due_to": o.DueTo(),
		"shift": string(shiftOf(o.Shift)), "lead": o.Lead, "state": "active", "since": c.since(),
	}
	if o.Frequency != nil {
		data["frequency_text"], data["at_least"] = clip(o.Frequency.Text, 200), o.Frequency.AtLeast
	}
	if o.Due != nil {
		data["due_text"] = clip(o.Due.Text, 200)
	}
	for k, v := range extra {
		data[k] = v
	}
	record, err := c.make(Tasks, data)
	if err != nil {
		return nil, err
	}
	change, err := generate(c.app, c.ctx, taskOf(record), c.draft.GetInt("year"), c.days, c.today)
	c.counts.Duties += change.added
	return record, err
}

// since is the first day for which duties are made.
func (c *confirmation) since() string {
	if s := c.draft.GetString("since"); s != "" {
		return s
	}
	return c.today
}

func (c *confirmation) targets(item, task *core.Record, o Obligation) error {
	for _, t := range o.Targets {
		c.counts.Targets++
		data := map[string]any{
			"plan": c.plan.Id, "item": item.Id, "task": task.Id, "text": clip(t.Text, 200), "unit": clip(t.Unit, 200), "span_from": o.Span.From, "span_to": o.Span.To,
			"has_min": t.Min != nil, "has_max": t.Max != nil,
		}
		if t.Min != nil {
			data["min"] = *t.Min
		}
		if t.Max != nil {
			data["max"] = *t.Max
		}
		if _, err := c.make(Targets, data); err != nil {
			return err
		}
	}
	return nil
}

// close marks the import as confirmed and tells its clerk.
func (c *confirmation) close() error {
	c.draft.Load(map[string]any{"state": "confirmed", "confirmed_by": c.by, "plan": c.plan.Id})
	if err := kit.SaveAsSystem(c.app, c.ctx, c.draft); err != nil {
		return err
	}
	clerk := c.draft.GetString("created_by")
	if clerk == "" {
		return nil
	}
	return notify.Send(c.app, c.ctx, notify.Message{
		Person: clerk, Kind: notify.Plan, Title: "工作要点已确认", Link: "#/plan",
		Body: fmt.Sprintf("《%s》已确认，生成 %d 项任务、%d 份待办。", clip(notify.Mask(c.plan.GetString("title")), 60), c.counts.Tasks, c.counts.Duties),
	})
}

// mayConfirm: the power to confirm comes from a post over the organization.
func mayConfirm(app core.App, person, path string) (bool, error) {
	return org.Can(app, person, "plan.confirm", path, kit.Today(app))
}
