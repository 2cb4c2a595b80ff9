package seats_test

import (
	"testing"

	"yaodian/hooks/approvals/flows"
	"yaodian/hooks/approvals/seats"
	"yaodian/hooks/apptest"
)

// Steps compete for people: one who is needed elsewhere isn't counted twice.
func TestVacant(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		need    []int
		holders [][]string
		want    int
	}{
		{"enough", []int{1, 1}, [][]string{{"a"}, {"b"}}, -1},
		{"nobody", []int{1, 1}, [][]string{{"a"}, {}}, 1},
		{"only the applicant", []int{1}, [][]string{{"x"}}, 0},
		{"the applicant and another", []int{1}, [][]string{{"x", "a"}}, -1},
		{"one person in both", []int{1, 1}, [][]string{{"a"}, {"a"}}, 1},
		{"a gives way to b", []int{1, 1}, [][]string{{"a", "b"}, {"a"}}, -1},
		{"a chain gives way", []int{1, 1, 1}, [][]string{{"a", "b"}, {"b", "c"}, {"a"}}, -1},
		{"two needed, one there", []int{2}, [][]string{{"a"}}, 0},
		{"two needed, two there", []int{2}, [][]string{{"a", "b"}}, -1},
		{"two needed, one of them elsewhere", []int{2, 1}, [][]string{{"a", "b"}, {"b"}}, 1},
		{"two needed, three there", []int{2, 1}, [][]string{{"a", "b", "c"}, {"b"}}, -1},
		{"one counted once", []int{2}, [][]string{{"a", "a"}}, 0},
	} {
		steps := make([]flows.Step, len(c.need))
		for i, n := range c.need {
			steps[i].Min = n
		}
		if got := seats.Vacant(steps, c.holders, "x"); got != c.want {
			t.Errorf("%s: Expected %d, got %d", c.name, c.want, got)
		}
	}
}

func TestCheckDelegation(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		to           string
		active       bool
		since, until string
		reason, want string
	}{
		{"b", true, "2026-06-10", "2026-06-20", "学习", ""},
		{"b", true, "2026-07-01", "2026-07-02", "学习", ""},
		{"a", true, "2026-06-10", "2026-06-20", "学习", "approvals_delegate_self"},
		{"b", false, "2026-06-10", "2026-06-20", "学习", "approvals_delegate_gone"},
		{"b", true, "2026-06-10", "", "学习", "approvals_delegation_dates"},
		{"b", true, "2026-06-31", "2026-07-20", "学习", "approvals_delegation_dates"},
		{"b", true, "2026-06-20", "2026-06-20", "学习", "approvals_delegation_period"},
		{"b", true, "2026-06-09", "2026-06-20", "学习", "approvals_delegation_past"},
		{"b", true, "2026-06-10", "2026-06-20", " ", "approvals_delegation_reason"},
	} {
		apptest.Refused(t, c.want, seats.CheckDelegation("a", c.to, c.active, c.since, c.until, c.reason, apptest.Today), c.want)
	}
	for _, c := range []struct{ field, before, until, want string }{
		{"", "2026-06-20", "2026-06-15", ""},
		{"", "2026-06-20", "2026-06-10", ""},
		{"", "2026-06-20", "2026-06-21", "approvals_delegation_longer"},
		{"", "2026-06-20", "2026-06-09", "approvals_delegation_past"},
		{"", "2026-05-20", "2026-05-20", ""},
		{"delegate", "2026-06-20", "2026-06-20", "approvals_delegation_fixed"},
	} {
		apptest.Refused(t, c.until, seats.CheckEnd(c.field, c.before, c.until, apptest.Today), c.want)
	}
}
