package approvals

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/approvals/flows"
	"yaodian/hooks/approvals/seats"
	"yaodian/hooks/kit"
)

// bySystem are the fields of a request that follow from decisions.
var bySystem = []string{
	"status", "subject_collection", "subject_id", "private", "flow", "steps", "step", "round", "wait_org", "wait_role", "barred",
	"due", "noticed", "expires", "submitted_at", "closed_at",
}

// placeRequest makes what a person drafts a draft of their organization.
func placeRequest(e *core.RecordEvent) error {
	if kit.IsSystem(e.Context) {
		return e.Next()
	}
	applicant, err := seats.Active(e.App, "applicant", e.Record.GetString("applicant"))
	if err != nil {
		return err
	}
	e.Record.Set("org", applicant.GetString("org"))
	if e.Record.GetString("status") == "" {
		e.Record.Set("status", string(Draft))
	}
	return e.Next()
}

// guardRequest: people write drafts, decisions do the rest, and what is closed
// stays closed, for the application, too.
func guardRequest(e *core.RecordEvent) error {
	kind := flows.KindOf(e.Record.GetString("kind"))
	if e.Record.IsNew() {
		if !kit.IsSystem(e.Context) {
			if err := CheckDraft(kind, e.Record.GetString("status"), filledBySystem(e.Record)); err != nil {
				return err
			}
		}
		e.Record.Set("private", kind.Private)
		return e.Next()
	}
	stored, err := kit.Stored(e)
	if err != nil {
		return err
	}
	was := RequestOf(stored)
	if err := CheckOpen(was.Status()); err != nil {
		return err
	}
	if kit.IsSystem(e.Context) {
		return e.Next()
	}
	field, _ := kit.Changed(e.Record, stored, append([]string{"kind", "applicant", "org"}, bySystem...)...)
	if field == "" && !was.Worded() {
		field, _ = kit.Changed(e.Record, stored, "title", "snapshot")
	}
	if err := CheckEdit(was.Status(), field); err != nil {
		return err
	}
	return e.Next()
}

// filledBySystem is the first field, besides the status, that only the
// application fills in and yet is filled in.
func filledBySystem(r *core.Record) string {
	blank := core.NewRecord(r.Collection())
	field, _ := kit.Changed(r, blank, bySystem[1:]...)
	return field
}

func deleteRequest(e *core.RecordEvent) error {
	stored, err := kit.Stored(e)
	if err != nil {
		return err
	}
	if err := CheckDelete(RequestOf(stored).State()); err != nil {
		return err
	}
	return e.Next()
}

// CheckDraft: a person drafts what may be drafted by hand, and nothing that only
// decisions bring about. filled names a field that they filled in nevertheless.
func CheckDraft(kind flows.Kind, status, filled string) error {
	switch {
	case kind.Key != "" && !kind.Own:
		return kit.Reject("kind", "approvals_kind_not_own", fmt.Sprintf("“%s”不能在这里直接申请，请到办理它的页面提出。", kind.Name))
	case Status(status) != Draft:
		return kit.Reject("status", "approvals_status_fixed", "申请的状态只能由提交、审批和撤回改变，不能直接填写。")
	case filled != "":
		return kit.Reject(filled, "approvals_by_system", "这一项由系统填写。")
	}
	return nil
}

// CheckOpen: what is closed stays as it is.
func CheckOpen(s Status) error {
	if s.Open() {
		return nil
	}
	return kit.Reject("status", "approvals_closed", fmt.Sprintf("这份申请已经办结（%s），不能再改动。", s.Word()))
}

// CheckEdit: the applicant words a draft; all else follows from decisions. field
// names what would change besides the wording.
func CheckEdit(s Status, field string) error {
	switch {
	case field == "status":
		return kit.Reject("status", "approvals_status_fixed", "申请的状态只能由提交、审批和撤回改变，不能直接填写。")
	case s != Draft:
		return kit.Reject("status", "approvals_under_way", "审批中的申请不能修改；要修改请先撤回，或者等审批人退回。")
	case field == "title", field == "snapshot":
		return kit.Reject(field, "approvals_elsewhere", "这份申请的内容不在这里修改，请到提出它的页面修改后重新提交。")
	case field != "":
		return kit.Reject(field, "approvals_by_system", "这一项由系统填写，不能修改。")
	}
	return nil
}

// CheckDelete: only a draft that was never handed in is deleted.
func CheckDelete(s State) error {
	if s.Status == Draft && s.Round == 0 {
		return nil
	}
	return kit.Forbid("approvals_permanent", "提交过的申请不能删除；不再需要的请撤回。")
}

// guardDecision: a decision is made by deciding and never changes, whoever asks.
func guardDecision(e *core.RecordEvent) error {
	if !e.Record.IsNew() {
		return kit.Forbid("approvals_decision_fixed", "审批意见一经登记不能修改；需要更正请在下一步退回。")
	}
	if !kit.IsSystem(e.Context) {
		return kit.Forbid("approvals_decision_made", "审批意见只能通过审批产生，不能直接添加。")
	}
	return e.Next()
}

func keepDecision(*core.RecordEvent) error {
	return kit.Forbid("approvals_decision_fixed", "审批意见不能删除。")
}
