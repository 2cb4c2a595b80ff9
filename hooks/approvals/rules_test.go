package approvals_test

import (
	"slices"
	"strings"
	"testing"

	"yaodian/hooks/approvals"
	"yaodian/hooks/apptest"
	"yaodian/hooks/calendar"
)

var two = []approvals.Step{{Name: "检查", Min: 1}, {Name: "复核", Min: 2}, {Name: "批准", Min: 1}}

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

// Who may decide: the seats of a step, what has been decided before, and by whom.
func TestTake(t *testing.T) {
	t.Parallel()
	own := func(who string) approvals.Seat {
		return approvals.Seat{Person: who, Name: who, Holder: who, HolderName: who}
	}
	behalf := func(who, holder string) approvals.Seat {
		return approvals.Seat{Person: who, Name: who, Holder: holder, HolderName: holder}
	}
	said := func(who string, step, round int, v approvals.Verdict) approvals.Line {
		return approvals.Line{Person: who, Name: who, Step: step, StepName: "检查", Round: round, Verdict: v}
	}
	for behalfOf, c := range map[string]struct {
		who   string
		seats []approvals.Seat
		lines []approvals.Line
		want  string // a code, or "=" and the holder in whose name
	}{
		"a holder":                                 {"a", []approvals.Seat{own("a"), own("b")}, nil, "=a"},
		"nobody in particular":                     {"c", []approvals.Seat{own("a")}, nil, "approvals_not_yours"},
		"the applicant":                            {"x", []approvals.Seat{own("x")}, nil, "approvals_own_request"},
		"a delegate":                               {"d", []approvals.Seat{own("a"), behalf("d", "a")}, nil, "=a"},
		"a delegate of the applicant":              {"d", []approvals.Seat{own("x"), behalf("d", "x")}, nil, "approvals_own_request"},
		"the applicant as a delegate":              {"x", []approvals.Seat{behalf("x", "a")}, nil, "approvals_own_request"},
		"in one's own name first":                  {"b", []approvals.Seat{behalf("b", "a"), own("b")}, nil, "=b"},
		"a second time in the round":               {"a", []approvals.Seat{own("a")}, []approvals.Line{said("a", 2, 1, "approve")}, "approvals_twice"},
		"the same step in a later round":           {"a", []approvals.Seat{own("a")}, []approvals.Line{said("a", 2, 0, "return")}, "=a"},
		"who checked never reviews":                {"a", []approvals.Seat{own("a")}, []approvals.Line{said("a", 1, 1, "approve")}, "approvals_two_steps"},
		"nor in a later round":                     {"a", []approvals.Seat{own("a")}, []approvals.Line{said("a", 1, 0, "approve")}, "approvals_two_steps"},
		"nor through a delegate":                   {"d", []approvals.Seat{behalf("d", "a")}, []approvals.Line{said("a", 1, 1, "approve")}, "approvals_two_steps"},
		"having submitted is no deciding":          {"a", []approvals.Seat{own("a")}, []approvals.Line{said("a", 0, 1, "submit")}, "=a"},
		"after one's delegate":                     {"a", []approvals.Seat{own("a")}, []approvals.Line{{Person: "d", OnBehalf: "a", Step: 2, Round: 1, Verdict: "approve"}}, "approvals_twice"},
		"for another after oneself":                {"d", []approvals.Seat{own("d"), behalf("d", "a")}, []approvals.Line{said("d", 2, 1, "approve")}, "approvals_twice"},
		"a delegate who checked for another":       {"d", []approvals.Seat{own("d")}, []approvals.Line{{Person: "d", OnBehalf: "a", Step: 1, Round: 1, Verdict: "approve"}}, "approvals_two_steps"},
		"the second of two for whom one may stand": {"d", []approvals.Seat{behalf("d", "a"), behalf("d", "b")}, []approvals.Line{said("a", 1, 1, "approve")}, "=b"},
	} {
		seat, err := approvals.Take(c.seats, c.lines, c.who, "x", approvals.State{Status: "pending", Step: 2, Round: 1}, two[1])
		if holder, ok := strings.CutPrefix(c.want, "="); ok {
			apptest.Refused(t, behalfOf, err, "")
			if seat.Holder != holder {
				t.Errorf("%s: Expected the seat of %s, got %v", behalfOf, holder, seat)
			}
			continue
		}
		apptest.Refused(t, behalfOf, err, c.want)
	}
}

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
		steps := make([]approvals.Step, len(c.need))
		for i, n := range c.need {
			steps[i].Min = n
		}
		if got := approvals.Vacant(steps, c.holders, "x"); got != c.want {
			t.Errorf("%s: Expected %d, got %d", c.name, c.want, got)
		}
	}
}

func TestLocate(t *testing.T) {
	t.Parallel()
	unit := func(id, kind string) approvals.Unit { return approvals.Unit{ID: id, Kind: kind} }
	group, branch, office := unit("g", "group"), unit("b", "branch"), unit("o", "office")
	committee, above := unit("c", "committee"), unit("s", "superior")
	for _, c := range []struct {
		name  string
		chain []approvals.Unit
		at    approvals.Level
		want  string
	}{
		{"a branch", []approvals.Unit{branch, committee, above}, approvals.Own, "b"},
		{"above a branch", []approvals.Unit{branch, committee, above}, approvals.Parent, "c"},
		{"the committee", []approvals.Unit{branch, committee, above}, approvals.Committee, "c"},
		{"a group is its branch", []approvals.Unit{group, branch, committee}, approvals.Own, "b"},
		{"above a group is above its branch", []approvals.Unit{group, branch, committee}, approvals.Parent, "c"},
		{"an office", []approvals.Unit{office, committee}, approvals.Own, "o"},
		{"a committee is its own", []approvals.Unit{committee, above}, approvals.Committee, "c"},
		{"above a committee", []approvals.Unit{committee, above}, approvals.Parent, "s"},
		{"above the top", []approvals.Unit{committee}, approvals.Parent, ""},
		{"no committee", []approvals.Unit{branch, above}, approvals.Committee, ""},
		{"a group alone", []approvals.Unit{group}, approvals.Own, ""},
	} {
		got, ok := approvals.Locate(c.chain, c.at)
		if got.ID != c.want || ok != (c.want != "") {
			t.Errorf("%s: Expected %q, got %q", c.name, c.want, got.ID)
		}
	}
}

func TestCheckSteps(t *testing.T) {
	t.Parallel()
	roles := map[string]string{"secretary": "书记"}
	for _, c := range []struct{ steps, want string }{
		{`[{"name":"同意","role":"secretary","at":"own","min":1,"days":5,"bulk":true}]`, ""},
		{`[{"name":"同意","role":"secretary","at":"parent","min":9}]`, ""},
		{`[]`, "approvals_steps_empty"},
		{`null`, "approvals_steps_empty"},
		{`{}`, "approvals_steps_unreadable"},
		{`[{"name":"同意","rule":"secretary","at":"own","min":1}]`, "approvals_steps_unreadable"},
		{`[{"name":"同意","role":"secretary","at":"own","min":"1"}]`, "approvals_steps_unreadable"},
		{`[{"name":" ","role":"secretary","at":"own","min":1}]`, "approvals_step_name"},
		{`[{"name":"同意","role":"sekretary","at":"own","min":1}]`, "approvals_step_role"},
		{`[{"name":"同意","role":"secretary","at":"above","min":1}]`, "approvals_step_at"},
		{`[{"name":"同意","role":"secretary","at":"own"}]`, "approvals_step_min"},
		{`[{"name":"同意","role":"secretary","at":"own","min":-1}]`, "approvals_step_min"},
		{`[{"name":"同意","role":"secretary","at":"own","min":10}]`, "approvals_step_min"},
		{`[{"name":"同意","role":"secretary","at":"own","min":1,"days":-1}]`, "approvals_step_days"},
		{`[{"name":"同意","role":"secretary","at":"own","min":1,"days":251}]`, "approvals_step_days"},
		{"[" + strings.Repeat(`{"name":"同意","role":"secretary","at":"own","min":1},`, 10) + `{"name":"同意","role":"secretary","at":"own","min":1}]`, "approvals_steps_many"},
	} {
		steps, err := approvals.ParseSteps([]byte(c.steps))
		if err == nil {
			err = approvals.CheckSteps(steps, roles)
		}
		apptest.Refused(t, c.steps, err, c.want)
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
		apptest.Refused(t, c.want, approvals.CheckDelegation("a", c.to, c.active, c.since, c.until, c.reason, apptest.Today), c.want)
	}
	for _, c := range []struct{ field, before, until, want string }{
		{"", "2026-06-20", "2026-06-15", ""},
		{"", "2026-06-20", "2026-06-10", ""},
		{"", "2026-06-20", "2026-06-21", "approvals_delegation_longer"},
		{"", "2026-06-20", "2026-06-09", "approvals_delegation_past"},
		{"", "2026-05-20", "2026-05-20", ""},
		{"delegate", "2026-06-20", "2026-06-20", "approvals_delegation_fixed"},
	} {
		apptest.Refused(t, c.until, approvals.CheckEnd(c.field, c.before, c.until, apptest.Today), c.want)
	}
}

// Whom Barred names is whom CheckSeat refuses, at every step and in every round.
func TestBarredSaysWhatCheckSeatSays(t *testing.T) {
	t.Parallel()
	people := []string{"a", "b", "c", "d"}
	lines := []approvals.Line{
		{Step: 1, Round: 1, Verdict: approvals.Approve, Person: "a"},
		{Step: 2, Round: 1, Verdict: approvals.Return, Person: "b", OnBehalf: "c"},
		{Step: 0, Round: 2, Verdict: approvals.Submit, Person: "d"},
		{Step: 1, Round: 2, Verdict: approvals.Approve, Person: "a"},
	}
	for n := range len(lines) + 1 {
		for step := 1; step <= 3; step++ {
			for round := 1; round <= 3; round++ {
				s := approvals.State{Status: approvals.Pending, Step: step, Round: round}
				barred := approvals.Barred(lines[:n], s)
				for _, p := range people {
					refused := approvals.CheckSeat(approvals.Seat{Person: p, Holder: p}, lines[:n], "somebody", s) != nil
					if refused != slices.Contains(barred, p) {
						t.Errorf("%d lines, step %d, round %d: %s is refused %v, barred are %v", n, step, round, p, refused, barred)
					}
				}
			}
		}
	}
}
