package schedule_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"yaodian/hooks/calendar"
	"yaodian/hooks/plan/schedule"
)

// randomRule writes a rule of any class, mostly possible ones.
func randomRule(r *rand.Rand) schedule.Rule {
	pick := func(options ...string) string { return options[r.IntN(len(options))] }
	maybe := func(part string) string {
		if r.IntN(3) > 0 {
			return ""
		}
		return part
	}
	rule := schedule.Rule{
		Year:  2010 + r.IntN(30),
		Lead:  r.IntN(40) * r.IntN(2),
		Shift: calendar.Shift(pick("before", "after", "none", "")),
	}
	freq := pick("", "YEARLY", "MONTHLY", "WEEKLY", "DAILY")
	if freq != "" {
		rule.RRule = "FREQ=" + freq +
			maybe(fmt.Sprintf(";INTERVAL=%d", 1+r.IntN(14))) +
			maybe(fmt.Sprintf(";COUNT=%d", 1+r.IntN(80))) +
			maybe(fmt.Sprintf(";BYMONTH=%d,%d", 1+r.IntN(12), 1+r.IntN(12)))
		switch freq {
		case "WEEKLY", "DAILY":
			rule.RRule += maybe(";BYDAY=" + pick("MO", "FR", "SA", "TU,TH", "SA,SU", "MO,TU,WE,TH,FR"))
		default:
			rule.RRule += maybe(";BYDAY="+pick("MO", "1FR", "-1FR", "TU,TH", "MO,TU,WE,TH,FR", "2SA")) +
				maybe(fmt.Sprintf(";BYMONTHDAY=%s", pick("1", "5", "20", "31", "-1", "10,20", "30,31")))
		}
	}
	day := func() string {
		return (calendar.On(rule.Year, 1, 1) + calendar.Date(r.IntN(365))).String()
	}
	rule.DueFrom, rule.DueTo, rule.Since = maybe(day()), maybe(day()), maybe(day())
	return rule
}

// each calls check with many random rules that are possible, and their
// periods. The seed is fixed, so a failure can be repeated.
func each(t *testing.T, check func(*testing.T, schedule.Rule, []schedule.Period)) {
	t.Helper()
	r := rand.New(rand.NewPCG(2026, 7))
	possible := 0
	for range 5000 {
		rule := randomRule(r)
		periods, err := schedule.Expand(rule, calendar.New())
		if (err == nil) != (schedule.Check(rule) == nil) {
			t.Fatalf("%+v: Expand says %v, Check says %v", rule, err, schedule.Check(rule))
		}
		if err != nil {
			codeOf(t, err)
			continue
		}
		possible++
		check(t, rule, periods)
		if t.Failed() {
			t.Fatalf("rule %+v, periods %+v", rule, periods)
		}
	}
	if possible < 2500 {
		t.Errorf("only %d rules were possible", possible)
	}
}

func TestPeriodsAreSound(t *testing.T) {
	t.Parallel()

	each(t, func(t *testing.T, rule schedule.Rule, periods []schedule.Period) {
		year := fmt.Sprintf("%d-", rule.Year)
		named := strings.Contains(rule.RRule, "BYDAY=")
		keys := map[string]bool{}
		last := schedule.Period{}
		for _, p := range periods {
			switch {
			case keys[p.Key]:
				t.Errorf("key %s stands twice", p.Key)
			case !strings.HasPrefix(p.Due, year) || !strings.HasPrefix(p.DueOriginal, year) || !strings.HasPrefix(p.Opens, year):
				t.Errorf("%+v leaves the year", p)
			case p.Opens > p.Due:
				t.Errorf("%+v is due before it opens", p)
			case p.DueOriginal <= last.DueOriginal || p.Due < last.Due && !named:
				t.Errorf("%+v comes after %+v", p, last)
			case p.DueOriginal < rule.DueFrom || rule.DueTo != "" && p.DueOriginal > rule.DueTo:
				t.Errorf("%+v is outside the dates of the rule", p)
			case p.Due < rule.Since:
				t.Errorf("%+v is due before the rule holds", p)
			}
			keys[p.Key], last = true, p
		}
	})
}

// TestShifted: a due date that could be moved off a day off has been.
func TestShifted(t *testing.T) {
	t.Parallel()

	days := calendar.New()
	each(t, func(t *testing.T, rule schedule.Rule, periods []schedule.Period) {
		for _, p := range periods {
			due, _ := calendar.Parse(p.Due)
			original, _ := calendar.Parse(p.DueOriginal)
			works, _ := days.IsWorkday(due)
			moves := rule.Shift == calendar.Before || rule.Shift == calendar.After
			switch {
			case !moves && due != original:
				t.Errorf("%+v was moved", p)
			case moves && !works && !strings.Contains(rule.RRule, "SA") && days.Shift(original, calendar.After).Year() == rule.Year:
				t.Errorf("%+v is due on a day off", p)
			}
		}
	})
}

// TestCountIsKept: COUNT is how many there are in the year, if its days allow.
func TestCountIsKept(t *testing.T) {
	t.Parallel()

	for n := 1; n <= 60; n++ {
		for _, freq := range []string{"YEARLY", "MONTHLY", "WEEKLY", "DAILY"} {
			rule := schedule.Rule{RRule: fmt.Sprintf("FREQ=%s;COUNT=%d", freq, n), Shift: calendar.Before}
			if got := len(expand(t, rule)); got != n {
				t.Errorf("%s gives %d", rule.RRule, got)
			}
		}
	}
}

// TestRegenerateIsIdempotent: going from any rule to any other on any day,
// what is settled stays, and a second time nothing changes.
func TestRegenerateIsIdempotent(t *testing.T) {
	t.Parallel()

	r := rand.New(rand.NewPCG(4, 2))
	var before []schedule.Period
	year := 0
	each(t, func(t *testing.T, rule schedule.Rule, periods []schedule.Period) {
		today := (calendar.On(rule.Year, 1, 1) + calendar.Date(r.IntN(365))).String()
		existing := duties(r, before, today)
		keep, remove, add := schedule.Regenerate(existing, periods, today)
		if len(keep)+len(remove) != len(existing) {
			t.Errorf("of %d duties %d are kept and %d removed", len(existing), len(keep), len(remove))
		}
		for _, e := range remove {
			if e.Touched || schedule.Settled(e.State, e.Due, today) {
				t.Errorf("%+v is removed", e)
			}
		}

		after := slices.Clone(keep)
		keys := map[string]bool{}
		for _, p := range add {
			after = append(after, schedule.Existing{Key: p.Key, Opens: p.Opens, Due: p.Due, DueOriginal: p.DueOriginal, State: schedule.Upcoming})
		}
		for _, e := range after {
			if keys[e.Key] {
				t.Errorf("key %s stands twice", e.Key)
			}
			keys[e.Key] = true
		}
		for _, p := range periods {
			if p.Due >= today && !keys[p.Key] {
				t.Errorf("%+v is missing", p)
			}
		}
		if _, remove, add := schedule.Regenerate(after, periods, today); len(remove)+len(add) > 0 {
			t.Errorf("a second time %d are removed and %d added", len(remove), len(add))
		}
		before, year = periods, rule.Year
	})
	if year == 0 {
		t.Error("no rule was followed by another")
	}
}

// duties are periods in the states they may have reached by today.
func duties(r *rand.Rand, periods []schedule.Period, today string) []schedule.Existing {
	list := make([]schedule.Existing, len(periods))
	states := []schedule.State{schedule.Submitted, schedule.Returned, schedule.Done, schedule.MadeUp, schedule.Exempted}
	for i, p := range periods {
		list[i] = schedule.Existing{
			ID: fmt.Sprint(i), Key: p.Key, Opens: p.Opens, Due: p.Due, DueOriginal: p.DueOriginal,
			State: schedule.Next(schedule.Upcoming, today, p.Opens, p.Due), Touched: r.IntN(9) == 0,
		}
		if r.IntN(3) == 0 {
			list[i].State = states[r.IntN(len(states))]
		}
	}
	return list
}

// FuzzCheck: no rule, however written, panics, and what is refused is refused
// in a sentence.
func FuzzCheck(f *testing.F) {
	for _, s := range []string{
		"", "FREQ=MONTHLY;INTERVAL=3", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "FREQ=MONTHLY;BYDAY=1FR", "FREQ=YEARLY;BYWEEKNO=53;BYSETPOS=-1;BYDAY=SU",
		"FREQ=YEARLY;BYYEARDAY=366", "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-366", "FREQ=DAILY;INTERVAL=9999999;UNTIL=20261231T235959Z", "FREQ=DAILY;BYMONTHDAY=-31",
	} {
		f.Add(s, "2026-01-01", "2026-12-31", 2026)
	}
	f.Fuzz(func(t *testing.T, rrule, from, to string, year int) {
		codeOf(t, schedule.Check(schedule.Rule{RRule: rrule, DueFrom: from, DueTo: to, Year: year, Shift: calendar.After}))
	})
}
