package approvals_test

import (
	"slices"
	"strings"
	"testing"

	"yaodian/hooks/approvals"
	"yaodian/hooks/approvals/seats"
	"yaodian/hooks/apptest"
)

// Who may decide: the seats of a step, what has been decided before, and by whom.
func TestTake(t *testing.T) {
	t.Parallel()
	own := func(who string) seats.Seat {
		return seats.Seat{Person: who, Name: who, Holder: who, HolderName: who}
	}
	behalf := func(who, holder string) seats.Seat {
		return seats.Seat{Person: who, Name: who, Holder: holder, HolderName: holder}
	}
	said := func(who string, step, round int, v approvals.Verdict) approvals.Line {
		return approvals.Line{Person: who, Name: who, Step: step, StepName: "检查", Round: round, Verdict: v}
	}
	for behalfOf, c := range map[string]struct {
		who   string
		seats []seats.Seat
		lines []approvals.Line
		want  string // a code, or "=" and the holder in whose name
	}{
		"a holder":                                 {"a", []seats.Seat{own("a"), own("b")}, nil, "=a"},
		"nobody in particular":                     {"c", []seats.Seat{own("a")}, nil, "approvals_not_yours"},
		"the applicant":                            {"x", []seats.Seat{own("x")}, nil, "approvals_own_request"},
		"a delegate":                               {"d", []seats.Seat{own("a"), behalf("d", "a")}, nil, "=a"},
		"a delegate of the applicant":              {"d", []seats.Seat{own("x"), behalf("d", "x")}, nil, "approvals_own_request"},
		"the applicant as a delegate":              {"x", []seats.Seat{behalf("x", "a")}, nil, "approvals_own_request"},
		"in one's own name first":                  {"b", []seats.Seat{behalf("b", "a"), own("b")}, nil, "=b"},
		"a second time in the round":               {"a", []seats.Seat{own("a")}, []approvals.Line{said("a", 2, 1, "approve")}, "approvals_twice"},
		"the same step in a later round":           {"a", []seats.Seat{own("a")}, []approvals.Line{said("a", 2, 0, "return")}, "=a"},
		"who checked never reviews":                {"a", []seats.Seat{own("a")}, []approvals.Line{said("a", 1, 1, "approve")}, "approvals_two_steps"},
		"nor in a later round":                     {"a", []seats.Seat{own("a")}, []approvals.Line{said("a", 1, 0, "approve")}, "approvals_two_steps"},
		"nor through a delegate":                   {"d", []seats.Seat{behalf("d", "a")}, []approvals.Line{said("a", 1, 1, "approve")}, "approvals_two_steps"},
		"having submitted is no deciding":          {"a", []seats.Seat{own("a")}, []approvals.Line{said("a", 0, 1, "submit")}, "=a"},
		"after one's delegate":                     {"a", []seats.Seat{own("a")}, []approvals.Line{{Person: "d", OnBehalf: "a", Step: 2, Round: 1, Verdict: "approve"}}, "approvals_twice"},
		"for another after oneself":                {"d", []seats.Seat{own("d"), behalf("d", "a")}, []approvals.Line{said("d", 2, 1, "approve")}, "approvals_twice"},
		"a delegate who checked for another":       {"d", []seats.Seat{own("d")}, []approvals.Line{{Person: "d", OnBehalf: "a", Step: 1, Round: 1, Verdict: "approve"}}, "approvals_two_steps"},
		"the second of two for whom one may stand": {"d", []seats.Seat{behalf("d", "a"), behalf("d", "b")}, []approvals.Line{said("a", 1, 1, "approve")}, "=b"},
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
					refused := approvals.CheckSeat(seats.Seat{Person: p, Holder: p}, lines[:n], "somebody", s) != nil
					if refused != slices.Contains(barred, p) {
						t.Errorf("%d lines, step %d, round %d: %s is refused %v, barred are %v", n, step, round, p, refused, barred)
					}
				}
			}
		}
	}
}
