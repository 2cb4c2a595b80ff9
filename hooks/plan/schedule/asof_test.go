package schedule_test

import (
	"testing"

	"yaodian/hooks/plan/schedule"
)

func TestAsOf(t *testing.T) {
	t.Parallel()

	const opens, due = "2026-04-01", "2026-06-30"
	course := func(s schedule.State, submitted, accepted, exempted string) schedule.Course {
		return schedule.Course{State: s, Opens: opens, Due: due, Submitted: submitted, Accepted: accepted, Exempted: exempted}
	}
	for _, c := range []struct {
		name   string
		course schedule.Course
		day    string
		want   schedule.State
	}{
		{"before it opens", course(schedule.Open, "", "", ""), "2026-03-31", schedule.Upcoming},
		{"while it is open", course(schedule.Overdue, "", "", ""), "2026-06-30", schedule.Open},
		{"the day after", course(schedule.Overdue, "", "", ""), "2026-07-01", schedule.Overdue},
		{"a day to come", course(schedule.Open, "", "", ""), "2026-07-01", schedule.Overdue},
		{"before it was handed in", course(schedule.Done, "2026-06-10", "2026-06-12", ""), "2026-06-09", schedule.Open},
		{"on the day it was", course(schedule.Done, "2026-06-10", "2026-06-12", ""), "2026-06-10", schedule.Submitted},
		{"on the day it was accepted", course(schedule.Done, "2026-06-10", "2026-06-12", ""), "2026-06-12", schedule.Done},
		{"late, before that", course(schedule.MadeUp, "2026-07-10", "2026-07-12", ""), "2026-07-05", schedule.Overdue},
		{"late, and made up", course(schedule.MadeUp, "2026-07-10", "2026-07-12", ""), "2026-07-12", schedule.MadeUp},
		{"before it was returned", course(schedule.Returned, "2026-06-10", "2026-06-12", ""), "2026-06-11", schedule.Submitted},
		{"returned", course(schedule.Returned, "2026-06-10", "2026-06-12", ""), "2026-07-09", schedule.Returned},
		{"handed in and not looked at", course(schedule.Submitted, "2026-06-10", "", ""), "2026-12-31", schedule.Submitted},
		{"before it was exempted", course(schedule.Exempted, "", "", "2026-05-01"), "2026-04-30", schedule.Open},
		{"exempted", course(schedule.Exempted, "", "", "2026-05-01"), "2026-05-01", schedule.Exempted},
		{"handed in, then exempted", course(schedule.Exempted, "2026-04-20", "", "2026-05-01"), "2026-04-25", schedule.Submitted},
	} {
		if got := c.course.AsOf(c.day); got != c.want {
			t.Errorf("%s: Expected %s, got %s", c.name, c.want, got)
		}
	}
	for _, s := range states {
		c := course(s, "", "", "")
		if c.State == schedule.Submitted || c.State == schedule.Returned || c.State == schedule.Done || c.State == schedule.MadeUp {
			c.Submitted, c.Accepted = "2026-05-01", "2026-05-02"
		}
		if got, now := c.AsOf("2026-06-10"), schedule.Next(s, "2026-06-10", opens, due); got != now {
			t.Errorf("%s: today it is %s, as of today %s", s, now, got)
		}
	}
}
