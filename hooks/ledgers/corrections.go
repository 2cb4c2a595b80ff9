package ledgers

import (
	"fmt"
	"net/http"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/approvals/flows"
	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// placeCorrection lays a slip beside a record: what stands there now is written
// down by the application, what it should be by a person, with the reason.
func placeCorrection(e *core.RecordEvent) error {
	r := e.Record
	about, err := e.App.FindRecordById(r.GetString("collection"), r.GetString("record"))
	if err != nil {
		return kit.Reject("record", "ledgers_record_missing", "没有找到要更正的记录，请刷新页面后重试。")
	}
	if err := CheckPrivate("record", flows.Private(about.Collection().Name)); err != nil {
		return err
	}
	f := about.Collection().Fields.GetByName(r.GetString("field"))
	if f == nil || f.GetHidden() {
		return kit.Reject("field", "ledgers_field_unknown", "没有要更正的这一项，请重新选择。")
	}
	r.Load(map[string]any{"org": about.GetString("org"), "label": org.Label(f), "was": shown(about, f.GetName())})
	return e.Next()
}

// saveCorrection: a slip changes something, says why, and stays.
func saveCorrection(e *core.RecordEvent) error {
	if !e.Record.IsNew() {
		return kit.Forbid("ledgers_correction_fixed", "更正件登记后不能修改；再有差错请另作更正。")
	}
	if err := CheckCorrection(e.Record.GetString("was"), e.Record.GetString("now"), e.Record.GetString("reason")); err != nil {
		return err
	}
	return e.Next()
}

// shown is a value as a slip quotes it.
func shown(r *core.Record, field string) string {
	if list := r.GetStringSlice(field); len(list) > 1 {
		return fmt.Sprint(list)
	}
	return r.GetString(field)
}

// CheckCorrection: a slip changes something and says why (R-ORG-04).
func CheckCorrection(was, now, reason string) error {
	if was == now {
		return kit.Reject("now", "ledgers_correction_same", "更正后的内容和原来一样。")
	}
	if len([]rune(reason)) < 2 {
		return kit.Reject("reason", "ledgers_correction_reason", "请写明更正的原因和依据。")
	}
	return nil
}

// CheckPrivate: what people tell the organization of themselves is told there and
// nowhere else (domain.md 6.2): no slip repeats it, no link gives it away.
func CheckPrivate(field string, private bool) error {
	if private {
		return kit.Reject(field, "ledgers_private", "个人事项只有本人和审批人看得到，不能登记更正件，也不能自动作为佐证；内容有误的请撤回后重新申报。")
	}
	return nil
}

func keepCorrection(e *core.RecordEvent) error {
	return kit.Forbid("ledgers_correction_fixed", "更正件是存档的一部分，不能删除。")
}

// listCorrections shows the slips of a record to whoever may see the record.
func listCorrections(e *core.RequestEvent) error {
	record, err := reachable(e, func(c *core.Collection) *string { return c.ViewRule })
	if err != nil {
		return err
	}
	var slips []*core.Record
	err = e.App.RecordQuery(Corrections).AndWhere(dbx.HashExp{"collection": record.Collection().Name, "record": record.Id}).OrderBy("created").All(&slips)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, slips)
}

// addCorrection writes a slip for whoever may change the record.
func addCorrection(e *core.RequestEvent) error {
	record, err := reachable(e, func(c *core.Collection) *string { return c.UpdateRule })
	if err != nil {
		return err
	}
	var form struct{ Field, Now, Reason, Document string }
	if err := e.BindBody(&form); err != nil {
		return e.BadRequestError("", err)
	}
	slip, err := kit.NewRecord(e.App, Corrections, map[string]any{
		"collection": record.Collection().Name, "record": record.Id, "field": form.Field, "now": form.Now, "reason": form.Reason, "document": form.Document,
	})
	if err != nil {
		return err
	}
	if !e.HasSuperuserAuth() {
		slip.Set("person", e.Auth.Id)
	}
	if err := e.App.SaveWithContext(e.Request.Context(), slip); err != nil {
		return e.BadRequestError("", err)
	}
	return e.JSON(http.StatusCreated, slip)
}

// reachable is the record of the path, if the rule opens it to the caller.
func reachable(e *core.RequestEvent, rule func(*core.Collection) *string) (*core.Record, error) {
	record, err := e.App.FindRecordById(e.Request.PathValue("collection"), e.Request.PathValue("id"))
	if err != nil || record.Collection().System {
		return nil, e.NotFoundError("", err)
	}
	return record, kit.Opens(e, record, rule(record.Collection()))
}
