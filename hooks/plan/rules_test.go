package plan_test

import (
	"testing"

	"yaodian/hooks/apptest"
	"yaodian/hooks/plan"
)

func TestCheckAccepter(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, accepter, submitter, responsible string
		gave                                   bool
		want                                   string
	}{
		{"somebody else", "a", "b", "c", false, ""},
		{"the organization is responsible", "a", "b", "", false, ""},
		{"the submitter", "a", "a", "c", false, "plan_same_person"},
		{"the responsible", "a", "b", "a", false, "plan_same_person"},
		{"gave evidence", "a", "b", "c", true, "plan_same_person"},
	} {
		apptest.Refused(t, c.name, plan.CheckAccepter(c.accepter, c.submitter, c.responsible, c.gave), c.want)
	}
}

func TestSmallRules(t *testing.T) {
	t.Parallel()
	const reason, empty, negative = "plan_reason_missing", "plan_evidence_empty", "plan_number_negative"
	for _, c := range []struct {
		name string
		err  error
		want string
	}{
		{"a reason", plan.CheckReason("外出", "免做"), ""},
		{"no reason", plan.CheckReason("", "免做"), reason},
		{"one character", plan.CheckReason(" 无 ", "退回"), reason},
		{"says something", plan.CheckEvidence("已开会", false, 0, false), ""},
		{"counts zero", plan.CheckEvidence("", true, 0, false), ""},
		{"shows a file", plan.CheckEvidence(" ", false, 1, false), ""},
		{"points to a record", plan.CheckEvidence("", false, 0, true), ""},
		{"nothing", plan.CheckEvidence(" \n", false, 0, false), empty},
		{"nothing counted", plan.CheckNumber(0), ""},
		{"less than nothing", plan.CheckNumber(-0.5), negative},
	} {
		apptest.Refused(t, c.name, c.err, c.want)
	}
}
