package approvals

import (
	"fmt"
	"strings"

	"yaodian/hooks/approvals/flows"
	"yaodian/hooks/kit"
)

// Status is how far a request has come.
type Status string

// The statuses of a request.
const (
	Draft     Status = "draft"
	Pending   Status = "pending"
	Approved  Status = "approved"
	Rejected  Status = "rejected"
	Withdrawn Status = "withdrawn"
	Expired   Status = "expired"
)

var statusWords = map[Status]string{
	Draft: "草稿", Pending: "审批中", Approved: "已同意", Rejected: "不同意", Withdrawn: "已撤回", Expired: "已失效",
}

// Word is what people call the status.
func (s Status) Word() string { return statusWords[s] }

// Open reports whether something can still become of the request.
func (s Status) Open() bool { return s == Draft || s == Pending }

// Verdict is what a line of a request's history says.
type Verdict string

// The first three are decisions, the others tell what happened besides.
const (
	Approve  Verdict = "approve"
	Return   Verdict = "return"
	Reject   Verdict = "reject"
	Submit   Verdict = "submit"
	Withdraw Verdict = "withdraw"
	Expire   Verdict = "expire"
)

var verdictWords = map[Verdict]string{
	Approve: "同意", Return: "退回", Reject: "不同意", Submit: "提交", Withdraw: "撤回", Expire: "失效",
}

// decides reports whether v is a decision of somebody in office.
func (v Verdict) decides() bool { return v == Approve || v == Return || v == Reject }

// State is where a request stands. A round begins with each submission and with
// each return to an earlier step: what was approved before must be approved anew.
type State struct {
	Status Status
	Step   int // from 1; 0 while the request is a draft
	Round  int
}

// Submitted: a draft begins a new round at the first step.
func (s State) Submitted() State { return State{Pending, 1, s.Round + 1} }

// After is where a request stands after a verdict. No step is skipped: an
// approval goes on only when as many people as the step needs have approved, the
// present one included, and a return goes back.
func (s State) After(v Verdict, steps []flows.Step, to, approvals int) State {
	switch v {
	case Reject:
		s.Status = Rejected
	case Return:
		if to == 0 {
			return State{Draft, 0, s.Round}
		}
		s.Step, s.Round = to, s.Round+1
	case Approve:
		if approvals < steps[s.Step-1].Min {
			return s
		}
		if s.Step == len(steps) {
			s.Status = Approved
			return s
		}
		s.Step++
	}
	return s
}

// CheckVerdict: a return goes to an earlier step or to the applicant, and
// whatever isn't an approval is explained.
func CheckVerdict(v Verdict, step, to int, comment string) error {
	if !v.decides() {
		return kit.Reject("verdict", "approvals_verdict", "审批意见只能是同意、退回或不同意。")
	}
	if v != Return && to != 0 {
		return kit.Reject("to_step", "approvals_to_step", "只有退回时才选择退回到哪一步。")
	}
	if to < 0 || v == Return && to >= step {
		return kit.Reject("to_step", "approvals_to_step", "只能退回到前面的步骤，或者退回申请人。")
	}
	if v != Approve && len([]rune(strings.TrimSpace(comment))) < 2 {
		return kit.Reject("comment", "approvals_comment_missing", fmt.Sprintf("请写明%s的理由。", verdictWords[v]))
	}
	return nil
}

// CheckPending: only what is under way is decided, once.
func CheckPending(s Status, last string) error {
	switch s {
	case Pending:
		return nil
	case Draft:
		return kit.Reject("status", "approvals_not_submitted", "这份申请已经退回申请人修改，重新提交以后才能审批。"+last)
	}
	return kit.Reject("status", "approvals_closed", fmt.Sprintf("这份申请已经办结（%s），不能再次审批。", s.Word())+last)
}

// CheckSeen: nobody decides another step than the one they were shown. seen is 0
// where the caller doesn't say.
func CheckSeen(seen, step int, name, last string) error {
	if seen == 0 || seen == step {
		return nil
	}
	return kit.Reject("step", "approvals_moved_on", fmt.Sprintf("在您审批之前，这份申请已经到了第 %d 步“%s”，请刷新后再看。", step, name)+last)
}

// CheckBulk: several requests are approved at once only where the step allows it.
func CheckBulk(s flows.Step) error {
	if s.Bulk {
		return nil
	}
	return kit.Reject("step", "approvals_no_bulk", fmt.Sprintf("“%s”要逐件审批，不能批量办理。", s.Name))
}

// CheckSubmit: a draft is handed in by the applicant.
func CheckSubmit(s Status, by, applicant string) error {
	if by != applicant {
		return kit.Forbid("approvals_not_applicant", "只有申请人本人可以提交。")
	}
	if s != Draft {
		return kit.Reject("status", "approvals_submitted", fmt.Sprintf("这份申请%s，不能再次提交。", s.Word()))
	}
	return nil
}

// CheckWithdraw: the applicant takes back what hasn't been decided to the end
// and has been handed in before.
func CheckWithdraw(s State, by, applicant string) error {
	switch {
	case by != applicant:
		return kit.Forbid("approvals_not_applicant", "只有申请人本人可以撤回。")
	case s.Round == 0 && s.Status == Draft:
		return kit.Reject("status", "approvals_withdraw_draft", "还没有提交的申请不用撤回，可以直接删除。")
	case !s.Status.Open():
		return kit.Reject("status", "approvals_closed", fmt.Sprintf("这份申请已经办结（%s），不能撤回。", s.Status.Word()))
	}
	return nil
}
