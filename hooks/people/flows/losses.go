package flows

import (
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// saveLoss holds an entry to the rules, and enters on the roster what it says.
func saveLoss(e *core.RecordEvent) error {
	r := e.Record
	person, err := personOf(e.App, r)
	if err != nil {
		return err
	}
	from := ""
	if !r.IsNew() {
		stored, err := kit.Stored(e)
		if err != nil {
			return err
		}
		from = stored.GetString("state")
		if err := keepCounted(e); err != nil {
			return err
		}
	} else if !kit.IsSystem(e.Context) && r.GetString("suggestion") != "" {
		return kit.Reject("suggestion", "people_flows_counted", "系统建议不能自行填写。")
	}
	if err := CheckLoss(lossOf(r), person.GetString("kind"), kit.Today(e.App)); err != nil {
		return err
	}
	if err := org.CheckAnonymous("searches", r.GetString("searches")); err != nil {
		return err
	}
	if actor := kit.ActorOf(e.App, e.Context); actor.Kind == kit.ByPerson && actor.ID == person.Id && !kit.IsSystem(e.Context) {
		return kit.Forbid("people_flows_own", "不能为自己登记，请由另一位负责人办理。")
	}
	if err := e.Next(); err != nil {
		return err
	}
	return enterLoss(e, person, from)
}

// enterLoss puts a step on the roster. What was decided carries its document.
func enterLoss(e *core.RecordEvent, person *core.Record, from string) error {
	r, to := e.Record, e.Record.GetString("state")
	switch {
	case to == "searching" && (!person.GetBool("lost") || person.GetString("lost_since") != r.GetString("lost_since")):
		return stand(e, person, map[string]any{"lost": true, "lost_since": r.GetString("lost_since"), "status_reason": "登记失去联系"})
	case from == to:
		return nil
	case to == "found":
		return stand(e, person, map[string]any{"lost": false, "lost_since": "", "status_reason": "已取得联系"})
	case to == "stopped":
		return stand(e, person, map[string]any{
			"membership_state": "stopped", "status_reason": "失去联系满六个月，停止党籍", "status_document": r.GetString("stop_document"),
		})
	case to == "removed":
		return stand(e, person, map[string]any{
			"state": "removed", "status_reason": "停止党籍满两年仍无法取得联系，除名", "status_document": r.GetString("remove_document"),
		})
	}
	return nil
}

func lossOf(r *core.Record) Loss {
	return Loss{
		State: r.GetString("state"), Since: r.GetString("lost_since"), Stopped: r.GetString("stopped_on"), Removed: r.GetString("removed_on"), Found: r.GetString("found_on"),
	}
}
