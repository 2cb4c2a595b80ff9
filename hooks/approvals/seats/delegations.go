package seats

import (
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/notify"
)

// placeDelegation puts a delegation where the delegator belongs.
func placeDelegation(e *core.RecordEvent) error {
	person, err := Active(e.App, "person", e.Record.GetString("person"))
	if err != nil {
		return err
	}
	e.Record.Set("org", person.GetString("org"))
	e.Record.Set("title", person.GetString("name")+"委托"+NameOf(e.App, e.Record.GetString("delegate")))
	return e.Next()
}

// saveDelegation: a delegation is made for the days to come and then only ended
// sooner. Whether the delegator still is in office is asked when it is used.
func saveDelegation(e *core.RecordEvent) error {
	r, today := e.Record, kit.Today(e.App)
	if !r.IsNew() {
		stored, err := kit.Stored(e)
		if err != nil {
			return err
		}
		field, _ := kit.Changed(r, stored, "person", "delegate", "since", "reason", "org", "title")
		if err := CheckEnd(field, stored.GetString("until"), r.GetString("until"), today); err != nil {
			return err
		}
		return e.Next()
	}
	_, gone := Active(e.App, "delegate", r.GetString("delegate"))
	err := CheckDelegation(r.GetString("person"), r.GetString("delegate"), gone == nil, r.GetString("since"), r.GetString("until"), r.GetString("reason"), today)
	if err != nil {
		return err
	}
	if err := e.Next(); err != nil {
		return err
	}
	return notify.Send(e.App, e.Context, notify.Message{
		Person: r.GetString("delegate"), Kind: notify.Approval, Link: "#/approvals",
		Title: NameOf(e.App, r.GetString("person")) + "委托您代为审批",
		Body:  "从 " + r.GetString("since") + " 起，到 " + r.GetString("until") + " 为止（当日起不再有效）。",
	})
}

func deleteDelegation(e *core.RecordEvent) error {
	stored, err := kit.Stored(e)
	if err != nil {
		return err
	}
	if err := CheckDeleteDelegation(stored.GetString("since"), kit.Today(e.App)); err != nil {
		return err
	}
	return e.Next()
}
