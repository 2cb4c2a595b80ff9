// Package pledges keeps the yearly pledges of responsibility (责任书): a, between
// the committee and the committee of a branch; b, between it and each of the
// leadership (一岗双责); c, between it and the secretary of a branch. What each
// promises is listed (责任清单), reported on in mid-year and at its end, and
// assessed by somebody else. Who takes over an office signs anew.
package pledges

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// The collections of this capability.
const (
	Pledges = "pledges"
	Items   = "pledges_items"
	Reports = "pledges_reports"
)

// Bind attaches the rules of pledges to app.
func Bind(app core.App) {
	org.Follow(app, course)
	kit.OnSave(app, Pledges, savePledge)

	org.Inherit(app, Items, "pledge")
	kit.OnSave(app, Items, saveItem)
	kit.On(app.OnRecordDelete(Items), deleteItem)

	org.Inherit(app, Reports, "pledge", "person")
	org.Follow(app, telling)
	kit.OnSave(app, Reports, saveReport)

	app.Cron().MustAdd("pledges_remind", "55 8 * * *", func() { remind(app, time.Now().In(kit.Beijing)) })
}

var course = org.States{
	Collection: Pledges,
	Words:      []org.Word{{State: "draft", Name: "待签订"}, {State: "signed", Name: "已签订"}, {State: "assessed", Name: "已考评"}, {State: "handed_over", Name: "已交接"}},
	Moves: []org.Move{
		{From: "draft", To: "signed"},
		{From: "signed", To: "handed_over"},
		{From: "assessed", To: "handed_over"},
		{From: "signed", To: "assessed", Power: "pledges.edit", Sign: "assessed_by", Others: []string{"person"}},
	},
	Needs: map[string][]string{"signed": {"person_on", "committee_by", "committee_on"}, "assessed": {"score"}},
	Filed: []string{"assessed", "handed_over"},
}

var telling = org.States{
	Collection: Reports,
	Words:      []org.Word{{State: "draft", Name: "草拟"}, {State: "handed", Name: "已提交"}},
	Moves:      []org.Move{{From: "draft", To: "handed"}},
	Needs:      map[string][]string{"handed": {"text"}},
	Filed:      []string{"handed"},
}

// savePledge checks a pledge against its plan and against the one that it
// replaces, which then is handed over.
func savePledge(e *core.RecordEvent) error {
	p := pledgeOf(e.Record)
	plan, err := e.App.FindRecordById("plan_years", p.GetString("plan"))
	if err != nil {
		return kit.Reject("plan", "pledges_plan_missing", "没有找到这一年的工作要点。")
	}
	if err := CheckYear(p.GetInt("year"), plan.GetInt("year")); err != nil {
		return err
	}
	if p.GetString("due") == "" {
		p.Set("due", DueOn(p.GetInt("year"), p.GetString("replaces") != "", kit.Today(e.App)))
	}
	if err := p.check(kit.Today(e.App)); err != nil {
		return err
	}
	if err := guardSigned(e); err != nil {
		return err
	}
	if p.IsNew() && p.GetString("replaces") != "" {
		if err := takeOver(e, p); err != nil {
			return err
		}
	}
	return e.Next()
}

// guardSigned: both sides have signed these words.
func guardSigned(e *core.RecordEvent) error {
	if e.Record.IsNew() || kit.IsSystem(e.Context) {
		return nil
	}
	stored, err := kit.Stored(e)
	if err != nil {
		return err
	}
	if e.Record.GetString("state") == "handed_over" && stored.GetString("state") != "handed_over" {
		return kit.Reject("state", "pledges_successor_first", "责任书由接任者重新签订后自动交接，不能直接修改。")
	}
	field, changed := kit.Changed(e.Record, stored, "replaces")
	if !changed && stored.GetString("state") != "draft" {
		field, changed = kit.Changed(e.Record, stored, "title", "kind", "year", "plan", "org", "person", "seat", "person_on", "committee_by", "committee_on", "due")
	}
	if changed {
		return kit.Reject(field, "pledges_signed", "责任书签订后不能修改；换了责任人请由接任者重新签订。")
	}
	return nil
}

// takeOver hands the predecessor's pledge over.
func takeOver(e *core.RecordEvent, p *Pledge) error {
	before, err := e.App.FindRecordById(Pledges, p.GetString("replaces"))
	if err != nil {
		return kit.Reject("replaces", "pledges_replaces_missing", "没有找到前任的责任书。")
	}
	if err := CheckSuccessor(p.terms(), pledgeOf(before).terms(), before.GetString("state")); err != nil {
		return err
	}
	before.Set("state", "handed_over")
	return kit.SaveAsSystem(e.App, e.Context, before)
}

// saveItem: what was signed is done or not; a task belongs to the same plan.
func saveItem(e *core.RecordEvent) error {
	pledge, err := e.App.FindRecordById(Pledges, e.Record.GetString("pledge"))
	if err != nil {
		return err
	}
	fixed := "pledge"
	if !e.Record.IsNew() {
		stored, err := kit.Stored(e)
		if err != nil {
			return err
		}
		fixed, _ = kit.Changed(e.Record, stored, "number", "text", "due")
	}
	if err := CheckListed(pledge.GetString("state"), fixed); err != nil {
		return err
	}
	if id := e.Record.GetString("task"); id != "" {
		task, err := e.App.FindRecordById("plan_tasks", id)
		if err != nil || task.GetString("plan") != pledge.GetString("plan") {
			return kit.Reject("task", "pledges_other_plan", "这项任务不属于责任书那一年的工作要点。")
		}
	}
	if err := CheckDone(e.Record.GetString("done_on"), kit.Today(e.App)); err != nil {
		return err
	}
	return e.Next()
}

func deleteItem(e *core.RecordEvent) error {
	pledge, err := e.App.FindRecordById(Pledges, e.Record.GetString("pledge"))
	if err == nil {
		err = CheckListed(pledge.GetString("state"), "pledge")
	} else {
		err = nil // the pledge itself is being deleted
	}
	if err != nil {
		return err
	}
	return e.Next()
}

func saveReport(e *core.RecordEvent) error {
	pledge, err := e.App.FindRecordById(Pledges, e.Record.GetString("pledge"))
	if err != nil {
		return err
	}
	if err := CheckReport(pledge.GetString("state"), e.Record.IsNew()); err != nil {
		return err
	}
	if e.Record.GetString("state") == "handed" && e.Record.GetString("handed_on") == "" {
		e.Record.Set("handed_on", kit.Today(e.App))
	}
	return e.Next()
}

// Pledge is one pledge.
type Pledge struct{ core.BaseRecordProxy }

func pledgeOf(r *core.Record) *Pledge {
	p := &Pledge{}
	p.SetProxyRecord(r)
	return p
}

func (p *Pledge) terms() Terms {
	return Terms{Kind: p.GetString("kind"), Year: p.GetInt("year"), Org: p.GetString("org"), Person: p.GetString("person")}
}

func (p *Pledge) check(today string) error {
	if err := CheckParties(p.GetString("kind"), p.GetString("seat"), p.GetString("person"), p.GetString("committee_by")); err != nil {
		return err
	}
	return Signatures{
		State: p.GetString("state"), PersonOn: p.GetString("person_on"), CommitteeOn: p.GetString("committee_on"),
		Due: p.GetString("due"), LateNote: p.GetString("late_note"),
	}.Check(today)
}
