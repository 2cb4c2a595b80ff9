package demo

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"yaodian/hooks/kit"
	"yaodian/hooks/plan"
	"yaodian/hooks/plan/imports"
	"yaodian/hooks/plan/parse"
)

//go:embed plan.txt
var planText string

//go:embed branch.txt
var branchText string

// The people who handle the plan.
const (
	secretary = "10001"
	clerk     = "10002"
)

// text puts the years into a plan's text.
func (l *loader) text(template string) string {
	return strings.NewReplacer(
		"{year}", strconv.Itoa(l.year), "{last}", strconv.Itoa(l.year-1), "{next}", strconv.Itoa(l.year+1)).Replace(template)
}

// importPlan takes the plan the whole way: the clerk imports, decides and hands
// in, the secretary confirms two hours later.
func (l *loader) importPlan() error {
	draft, err := imports.Read(l.app, imports.Input{
		Org: l.units[root], Year: l.year, Filename: fmt.Sprintf("%d年党建工作要点.txt", l.year), Text: l.text(planText),
		By: l.people[clerk].Id, Since: fmt.Sprintf("%d-01-01", l.year),
	})
	if err != nil {
		return err
	}
	var outline imports.Outline
	if err := json.Unmarshal([]byte(draft.GetString("outline")), &outline); err != nil {
		return err
	}
	l.decide(&outline)
	draft.Set("outline", outline)
	if err := l.app.Save(draft); err != nil {
		return err
	}
	draft.Set("state", "submitted")
	if err := l.app.Save(draft); err != nil {
		return err
	}
	if later := l.start.Add(2 * time.Hour); !later.After(l.now) {
		kit.SetNow(l.app, later)
	}
	_, _, err = imports.Confirm(l.app, context.Background(), draft.Id, l.people[secretary].Id)
	return err
}

// draftPlan leaves a second text in the middle of its import: a branch's plan
// of next year that nobody has worked on yet.
func (l *loader) draftPlan() error {
	kit.SetNow(l.app, l.now)
	_, err := imports.Read(l.app, imports.Input{
		Org: l.units["/qh/zb1/"], Year: l.year + 1, Filename: fmt.Sprintf("东风支部%d年工作计划（讨论稿）.txt", l.year+1),
		Text: l.text(branchText), By: l.people[clerk].Id,
	})
	return err
}

// decide does the clerk's part: who does each promise, and what the vague ones
// (定期、适时) mean.
func (l *loader) decide(o *imports.Outline) {
	for s := range o.Sections {
		for i := range o.Sections[s].Items {
			item := &o.Sections[s].Items[i]
			for k := range item.Obligations {
				l.decideOne(item.Number, &item.Obligations[k])
			}
		}
	}
}

func (l *loader) decideOne(item int, o *imports.Obligation) {
	r := rulingOf(item, o.Text)
	switch {
	case r.to != "":
		o.Assign = l.assign(r.to)
	case o.Assign != nil && o.Assign.To != "":
		o.Assign.Suggested = false
	default:
		o.Assign = l.assign(owners[item])
	}
	if r.name != "" {
		o.Name = r.name
	}
	if r.drop {
		no := false
		o.Keep = &no
	}
	for i := range o.Documents {
		o.Documents[i].Title = strings.ReplaceAll(o.Documents[i].Title, strconv.Itoa(l.year-1), strconv.Itoa(l.year)) // as the warning says
	}
	if r.rrule != "" {
		o.Due = nil
		o.Frequency = &parse.Frequency{Text: frequencyText(o), RRule: &r.rrule}
	}
	if r.due != "" {
		due := fmt.Sprintf("%d-%s", l.year, r.due)
		o.Due = &parse.Due{Text: dueText(o), To: &due}
	}
	if o.NeedsConfirmation {
		o.Settled = true
	}
}

func frequencyText(o *imports.Obligation) string {
	if o.Frequency == nil {
		return ""
	}
	return o.Frequency.Text
}

func dueText(o *imports.Obligation) string {
	if o.Due == nil {
		return ""
	}
	return o.Due.Text
}

// assign reads the short form of an assignment: how, and then a path, a kind,
// a role or a number, for example "org /qh/djb/" or "each_holder
// committee_member".
func (l *loader) assign(short string) *plan.Assign {
	to, what, _ := strings.Cut(short, " ")
	a := &plan.Assign{To: to}
	switch to {
	case plan.ToOrg, plan.ToEachMember:
		a.Org = l.units[what]
	case plan.ToEachUnit:
		a.Kind = what
	case plan.ToHolder, plan.ToEachHolder:
		a.Role = l.roles[what]
	case plan.ToPerson:
		a.Person = l.people[what].Id
	}
	return a
}
