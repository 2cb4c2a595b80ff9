// Package flows keeps in touch with members who are away (流动党员) and looks for
// those with whom contact was lost (失联党员): domain.md 5.2.
//
// A member who is away belongs to the branch that they left; another may help
// where they live. That somebody is away or lost stands on the roster and in its
// log: an entry here sets it, and its end takes it back. Of a contact only the
// day and the way are kept.
//
// The program reminds and suggests. That a membership is stopped or somebody
// struck off is decided by people and entered with its document.
package flows

import (
	"database/sql"
	"errors"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
	"yaodian/hooks/people/transfers"
)

// The collections of this capability.
const (
	Flows    = "people_flows"
	Contacts = "people_contacts"
	Losses   = "people_losses"
)

// Bind attaches the rules of flows and losses to app. It comes after transfers.
func Bind(app core.App) {
	for _, c := range []string{Flows, Losses} {
		kit.On(app.OnRecordCreate(c), place)
		kit.On(app.OnRecordDelete(c), keep)
	}
	org.Follow(app, flowStates)
	kit.OnSave(app, Flows, saveFlow)
	org.Follow(app, lossStates)
	kit.OnSave(app, Losses, saveLoss)

	org.Inherit(app, Contacts, "flow")
	org.Grow(app, Contacts)
	kit.OnSave(app, Contacts, saveContact)
	app.OnRecordCreateRequest(Contacts).BindFunc(signContact)

	kit.OnSave(app, transfers.Transfers, endByTransfer)

	app.Cron().MustAdd("people_flows", "25 8 * * *", func() { daily(app) })
	app.OnServe().BindFunc(catchUp)
}

var flowStates = org.States{
	Collection: Flows,
	Words:      []org.Word{{State: "away", Name: "外出"}, {State: "ended", Name: "已结束"}},
	Moves:      []org.Move{{From: "away", To: "ended"}},
	Needs:      map[string][]string{"ended": {"ended_on", "outcome"}},
	Filed:      []string{"ended"},
}

var lossStates = org.States{
	Collection: Losses,
	Words: []org.Word{
		{State: "searching", Name: "查找中"}, {State: "found", Name: "已取得联系"}, {State: "stopped", Name: "已停止党籍"}, {State: "removed", Name: "已除名"},
	},
	Moves: []org.Move{{From: "searching", To: "found"}, {From: "searching", To: "stopped"}, {From: "stopped", To: "found"}, {From: "stopped", To: "removed"}},
	Needs: map[string][]string{
		"found": {"found_on"}, "stopped": {"stopped_on", "stop_document", "searches"}, "removed": {"removed_on", "remove_document"},
	},
	Filed: []string{"found", "removed"},
}

// place puts an entry where its person belongs; nobody says otherwise.
func place(e *core.RecordEvent) error {
	person, err := personOf(e.App, e.Record)
	if err != nil {
		return err
	}
	if sent := e.Record.GetString("org"); sent != "" && sent != person.GetString("org") {
		return kit.Reject("org", "people_flows_elsewhere", "应当由本人现在所在的支部登记，不能填写别的组织。")
	}
	e.Record.Set("org", person.GetString("org"))
	return e.Next()
}

// keep: what stands on the roster because of an entry doesn't lose its reason.
func keep(*core.RecordEvent) error {
	return kit.Forbid("people_flows_permanent", "流动和失联登记不能删除；登记错了的请填写结束日期。")
}

// personOf reads whom an entry is about.
func personOf(app core.App, r *core.Record) (*core.Record, error) {
	person, err := app.FindRecordById("people", r.GetString("person"))
	if err != nil {
		return nil, kit.Reject("person", "people_flows_nobody", "没有找到这个人，请重新选择。")
	}
	return person, nil
}

// saveFlow holds an entry to the rules and the roster to the entry.
func saveFlow(e *core.RecordEvent) error {
	r, today := e.Record, kit.Today(e.App)
	person, err := personOf(e.App, r)
	if err != nil {
		return err
	}
	if err := CheckFlow(flowOf(r), person.GetString("kind"), today); err != nil {
		return err
	}
	fresh := r.IsNew()
	if fresh {
		r.Load(map[string]any{"last_contact": r.GetString("since")})
	} else if err := keepCounted(e); err != nil {
		return err
	}
	r.Set("review_due", ReviewDue(r.GetString("since"), r.GetString("reviewed_on")))
	if err := e.Next(); err != nil {
		return err
	}
	switch ended := r.GetString("state") == "ended"; {
	case ended && person.GetBool("floating"):
		return stand(e, person, map[string]any{"floating": false, "flow_to": "", "status_reason": "流动结束"})
	case !ended && (!person.GetBool("floating") || person.GetString("flow_to") != r.GetString("flow_to")):
		return stand(e, person, map[string]any{"floating": true, "flow_to": r.GetString("flow_to"), "status_reason": "登记为流动党员"})
	}
	return nil
}

// keepCounted: what the program counts nobody writes.
func keepCounted(e *core.RecordEvent) error {
	stored, err := kit.Stored(e)
	if err != nil {
		return err
	}
	fields := []string{"person", "org", "suggestion", "suggested_on"}
	if e.Record.Collection().Name == Flows {
		fields = []string{"person", "org", "since", "last_contact", "review_due"}
	}
	if field, changed := kit.Changed(e.Record, stored, fields...); changed && !kit.IsSystem(e.Context) {
		return kit.Reject(field, "people_flows_counted", "“"+org.Label(e.Record.Collection().Fields.GetByName(field))+"”登记后不能直接修改。")
	}
	return nil
}

// stand changes how a person stands, which the log of the roster keeps.
func stand(e *core.RecordEvent, person *core.Record, data map[string]any) error {
	person.Load(data)
	return kit.SaveAsSystem(e.App, e.Context, person)
}

func flowOf(r *core.Record) Flow {
	return Flow{
		Person: r.GetString("person"), Contact: r.GetString("contact"), Reason: r.GetString("reason"), ToOrg: r.GetString("to_org"), Host: r.GetString("host"), Org: r.GetString("org"),
		Since: r.GetString("since"), Expected: r.GetString("expected"), Reviewed: r.GetString("reviewed_on"), Ended: r.GetString("ended_on"), To: r.GetString("flow_to"),
	}
}

// signContact keeps who reports a contact.
func signContact(e *core.RecordRequestEvent) error {
	if e.Auth != nil && !e.HasSuperuserAuth() {
		e.Record.Set("by", e.Auth.Id)
	}
	return e.Next()
}

// saveContact remembers the last contact with somebody who is away.
func saveContact(e *core.RecordEvent) error {
	flow, err := e.App.FindRecordById(Flows, e.Record.GetString("flow"))
	if err != nil {
		return err
	}
	own := e.Record.GetString("by") == flow.GetString("person")
	if err := CheckContact(e.Record.GetString("contacted_on"), e.Record.GetString("way"), flow.GetString("since"), flow.GetString("state"), own, kit.Today(e.App)); err != nil {
		return err
	}
	if err := e.Next(); err != nil || e.Record.GetString("contacted_on") <= flow.GetString("last_contact") {
		return err
	}
	flow.Set("last_contact", e.Record.GetString("contacted_on"))
	return kit.SaveAsSystem(e.App, e.Context, flow)
}

// endByTransfer: whose membership has moved is away no longer.
func endByTransfer(e *core.RecordEvent) error {
	if err := e.Next(); err != nil || e.Record.GetString("state") != transfers.Receipted {
		return err
	}
	flow, err := e.App.FindFirstRecordByFilter(Flows, `person = {:person} && state = "away"`, map[string]any{"person": e.Record.GetString("person")})
	if errors.Is(err, sql.ErrNoRows) {
		return nil // they were not away
	}
	if err != nil {
		return err
	}
	flow.Load(map[string]any{"state": "ended", "ended_on": kit.Now(e.App).Format(time.DateOnly), "outcome": "transferred"})
	return kit.SaveAsSystem(e.App, e.Context, flow)
}
