package approvals_test

import (
	"testing"

	"yaodian/hooks/approvals"
	"yaodian/hooks/approvals/flows"
	"yaodian/hooks/apptest"
	"yaodian/hooks/calendar"
)

var two = []flows.Step{{Name: "检查", Min: 1}, {Name: "复核", Min: 2}, {Name: "批准", Min: 1}}

// Where a request stands after each verdict.
func TestAfter(t *testing.T) {
	t.Parallel()
	at := func(status approvals.Status, step, round int) approvals.State {
		return approvals.State{Status: status, Step: step, Round: round}
	}
	for _, c := range []struct {
		name      string
		from      approvals.State
		verdict   approvals.Verdict
		to        int
		approvals int
		want      approvals.State
	}{
		{"the first step", at("pending", 1, 1), approvals.Approve, 0, 1, at("pending", 2, 1)},
		{"one of two", at("pending", 2, 1), approvals.Approve, 0, 1, at("pending", 2, 1)},
		{"two of two", at("pending", 2, 1), approvals.Approve, 0, 2, at("pending", 3, 1)},
		{"the last step", at("pending", 3, 4), approvals.Approve, 0, 1, at("approved", 3, 4)},
		{"rejected", at("pending", 2, 1), approvals.Reject, 0, 1, at("rejected", 2, 1)},
		{"back one step", at("pending", 3, 1), approvals.Return, 2, 0, at("pending", 2, 2)},
		{"back two steps", at("pending", 3, 2), approvals.Return, 1, 0, at("pending", 1, 3)},
		{"to the applicant", at("pending", 3, 2), approvals.Return, 0, 0, at("draft", 0, 2)},
		{"no decision at all", at("pending", 3, 2), approvals.Submit, 0, 9, at("pending", 3, 2)},
	} {
		if got := c.from.After(c.verdict, two, c.to, c.approvals); got != c.want {
			t.Errorf("%s: Expected %v, got %v", c.name, c.want, got)
		}
	}
	if got := at("draft", 0, 2).Submitted(); got != at("pending", 1, 3) {
		t.Errorf("submitted: got %v", got)
	}
}

func TestCheckVerdict(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		verdict  approvals.Verdict
		step, to int
		comment  string
		want     string
	}{
		{approvals.Approve, 2, 0, "", ""},
		{approvals.Approve, 2, 1, "", "approvals_to_step"},
		{approvals.Reject, 2, 0, "材料不实", ""},
		{approvals.Reject, 2, 0, " 不 ", "approvals_comment_missing"},
		{approvals.Reject, 2, 1, "材料不实", "approvals_to_step"},
		{approvals.Return, 2, 1, "请补材料", ""},
		{approvals.Return, 2, 0, "请补材料", ""},
		{approvals.Return, 2, 2, "请补材料", "approvals_to_step"},
		{approvals.Return, 2, 3, "请补材料", "approvals_to_step"},
		{approvals.Return, 2, -1, "请补材料", "approvals_to_step"},
		{approvals.Return, 2, 1, "", "approvals_comment_missing"},
		{approvals.Submit, 1, 0, "提交", "approvals_verdict"},
		{"", 1, 0, "提交", "approvals_verdict"},
	} {
		apptest.Refused(t, string(c.verdict)+c.comment, approvals.CheckVerdict(c.verdict, c.step, c.to, c.comment), c.want)
	}
}

// A due date is told of a workday before, on the day and after; the National
// Day holidays of 2026 lie between the workday before and the day.
func TestNoticeOn(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		due, today string
		want       approvals.Notice
	}{
		{"2026-06-12", "2026-06-10", ""},
		{"2026-06-12", "2026-06-11", approvals.Soon},
		{"2026-06-12", "2026-06-12", approvals.DueDay},
		{"2026-06-12", "2026-06-13", approvals.Overdue},
		{"2026-06-15", "2026-06-12", approvals.Soon},
		{"2026-06-15", "2026-06-13", approvals.Soon},
		{"2026-10-08", "2026-09-29", ""},
		{"2026-10-08", "2026-09-30", approvals.Soon},
		{"", "2026-06-12", ""},
	} {
		due, _ := calendar.Parse(c.due)
		today, _ := calendar.Parse(c.today)
		if got := approvals.NoticeOn(calendar.New(), due, today); got != c.want {
			t.Errorf("due %s on %s: Expected %q, got %q", c.due, c.today, c.want, got)
		}
	}
	if approvals.Soon.After(approvals.Overdue) || approvals.Soon.After(approvals.Soon) || !approvals.Overdue.After("") {
		t.Error("notices are told out of order")
	}
}
