package schedule_test

import (
	"testing"

	"yaodian/hooks/plan/schedule"
)

func TestNext(t *testing.T) {
	t.Parallel()

	const opens, due = "2026-04-01", "2026-06-30"
	for _, s := range []struct {
		from  schedule.State
		today string
		want  schedule.State
	}{
		{schedule.Upcoming, "2026-03-31", schedule.Upcoming},
		{schedule.Upcoming, "2026-04-01", schedule.Open},
		{schedule.Upcoming, "2026-07-01", schedule.Overdue},
		{schedule.Open, "2026-06-30", schedule.Open},
		{schedule.Open, "2026-07-01", schedule.Overdue},
		{schedule.Overdue, "2026-07-02", schedule.Overdue},
		{schedule.Overdue, "2026-06-30", schedule.Open},
		{schedule.Returned, "2026-07-01", schedule.Returned},
		{schedule.Submitted, "2026-07-01", schedule.Submitted},
		{schedule.Done, "2026-07-01", schedule.Done},
		{schedule.MadeUp, "2026-07-01", schedule.MadeUp},
		{schedule.Exempted, "2026-07-01", schedule.Exempted},
	} {
		if got := schedule.Next(s.from, s.today, opens, due); got != s.want {
			t.Errorf("%s on %s: got %s, want %s", s.from, s.today, got, s.want)
		}
	}
}

var states = []schedule.State{
	schedule.Upcoming, schedule.Open, schedule.Submitted, schedule.Returned,
	schedule.Done, schedule.Overdue, schedule.Exempted, schedule.MadeUp,
}

// TestCheckMove: every pair of states. A dot is allowed, the rest is refused
// with the code beside it.
func TestCheckMove(t *testing.T) {
	t.Parallel()

	const (
		ok, byDate, early   = "", "plan_duty_state", "plan_duty_not_submitted"
		accepted, exempt, x = "plan_duty_accepted", "plan_duty_exempted", "plan_duty_move"
	)
	// to:   upcoming  open      submitted returned  done      overdue   exempted  made_up
	table := [8][8]string{
		{ok, byDate, ok, early, early, byDate, ok, early},                          // upcoming
		{byDate, ok, ok, early, early, byDate, ok, early},                          // open
		{byDate, ok, ok, ok, ok, byDate, ok, ok},                                   // submitted
		{byDate, byDate, ok, ok, early, byDate, ok, early},                         // returned
		{accepted, accepted, accepted, accepted, ok, accepted, accepted, accepted}, // done
		{byDate, byDate, ok, early, early, ok, ok, early},                          // overdue
		{exempt, ok, exempt, exempt, exempt, exempt, ok, exempt},                   // exempted
		{accepted, accepted, accepted, accepted, accepted, accepted, accepted, ok}, // made_up
	}
	for i, from := range states {
		for k, to := range states {
			if got := codeOf(t, schedule.CheckMove(from, to)); got != table[i][k] {
				t.Errorf("%s to %s: got %q, want %q", from, to, got, table[i][k])
			}
		}
	}
	if got := codeOf(t, schedule.CheckMove(schedule.Open, "finished")); got != x {
		t.Errorf("an unknown state: got %q, want %q", got, x)
	}
}

func TestDoneState(t *testing.T) {
	t.Parallel()

	for on, want := range map[string]schedule.State{
		"2026-06-29": schedule.Done, "2026-06-30": schedule.Done, "2026-07-01": schedule.MadeUp,
	} {
		if got := schedule.DoneState("2026-06-30", on); got != want {
			t.Errorf("submitted on %s: got %s, want %s", on, got, want)
		}
	}
}

func TestWorkable(t *testing.T) {
	t.Parallel()

	for _, s := range states {
		if got, want := schedule.Workable(s), schedule.CheckMove(s, schedule.Submitted) == nil && s != schedule.Submitted; got != want {
			t.Errorf("%s: workable is %v, but it may be submitted: %v", s, got, want)
		}
		if s.Word() == "" {
			t.Errorf("%s has no word", s)
		}
	}
}

func TestRegenerate(t *testing.T) {
	t.Parallel()

	const today = "2026-06-10"
	month := func(n, opens, due string, s schedule.State) schedule.Existing {
		return schedule.Existing{ID: n, Key: n, Opens: opens, Due: due, DueOriginal: due, State: s}
	}
	begun := month("2026-07", "2026-07-01", "2026-07-31", schedule.Upcoming)
	begun.Touched = true
	existing := []schedule.Existing{
		month("2026-01", "2026-01-01", "2026-01-31", schedule.Done),
		month("2026-05", "2026-05-01", "2026-05-31", schedule.Overdue), // past: stays although nobody did it
		month("2026-06", "2026-06-01", "2026-06-30", schedule.Open),    // goes
		begun, // stays: there is evidence
		month("2026-08", "2026-08-01", "2026-08-31", schedule.Upcoming), // goes
		month("2026-09", "2026-09-01", "2026-09-30", schedule.Exempted), // stays: decided
	}
	wanted := expand(t, schedule.Rule{RRule: "FREQ=MONTHLY;INTERVAL=3"})

	keep, remove, add := schedule.Regenerate(existing, wanted, today)
	ids := func(list []schedule.Existing) (s string) {
		for _, e := range list {
			s += " " + e.ID
		}
		return s
	}
	if got := ids(keep); got != " 2026-01 2026-05 2026-07 2026-09" {
		t.Errorf("kept%s", got)
	}
	if got := ids(remove); got != " 2026-06 2026-08" {
		t.Errorf("removed%s", got)
	}
	// Q1 is past, and the past isn't made anew.
	if got := show(add); got != "2026-Q2 06-30 2026-Q3 09-30 2026-Q4 12-31" {
		t.Errorf("added %s", got)
	}
}

// TestRegenerateMovesDates: the same period with another due date is removed
// and added.
func TestRegenerateMovesDates(t *testing.T) {
	t.Parallel()

	existing := []schedule.Existing{{ID: "a", Key: "2026", Opens: "2026-01-01", Due: "2026-12-31", DueOriginal: "2026-12-31", State: schedule.Open}}
	keep, remove, add := schedule.Regenerate(existing, expand(t, schedule.Rule{DueTo: "2026-06-30"}), "2026-03-01")
	if len(keep) != 0 || len(remove) != 1 || show(add) != "2026 06-30" {
		t.Errorf("kept %v, removed %v, added %v", keep, remove, add)
	}
}

// TestSettled: a duty may still be taken away on the day it is due, if nobody
// has done anything about it.
func TestSettled(t *testing.T) {
	t.Parallel()

	for _, s := range states {
		waiting := s == schedule.Upcoming || s == schedule.Open
		if got := schedule.Settled(s, "2026-06-30", "2026-06-30"); got == waiting {
			t.Errorf("%s on the day it is due: settled is %v", s, got)
		}
		if !schedule.Settled(s, "2026-06-30", "2026-07-01") {
			t.Errorf("%s the day after it was due isn't settled", s)
		}
	}
}
