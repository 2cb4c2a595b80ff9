package calendar_test

import (
	"fmt"
	"testing"

	"yaodian/hooks/calendar"
)

func TestCheckNode(t *testing.T) {
	t.Parallel()

	for _, s := range []struct {
		node calendar.Node
		code string
	}{
		{calendar.Node{Kind: calendar.Solar, Month: 2, Day: 29}, ""},
		{calendar.Node{Kind: calendar.Lunar, Month: 12, Day: 30}, ""},
		{calendar.Node{Kind: calendar.Term, Term: "清明", Before: 60}, ""},
		{calendar.Node{Kind: calendar.Term, Term: "春节"}, "calendar_term_unknown"},
		{calendar.Node{Kind: calendar.Solar, Month: 13, Day: 1}, "calendar_month_unreal"},
		{calendar.Node{Kind: calendar.Lunar, Month: 0, Day: 1}, "calendar_month_unreal"},
		{calendar.Node{Kind: calendar.Solar, Month: 4, Day: 31}, "calendar_day_unreal"},
		{calendar.Node{Kind: calendar.Lunar, Month: 4, Day: 31}, "calendar_day_unreal"},
		{calendar.Node{Kind: calendar.Solar, Month: 4, Day: 0}, "calendar_day_unreal"},
		{calendar.Node{Kind: calendar.Solar, Month: 4, Day: 1, Before: 61}, "calendar_notice_out_of_range"},
		{calendar.Node{Kind: calendar.Solar, Month: 4, Day: 1, Before: -1}, "calendar_notice_out_of_range"},
	} {
		if got := codeOf(t, calendar.CheckNode(s.node)); got != s.code {
			t.Errorf("%+v: got %q, want %q", s.node, got, s.code)
		}
	}
}

func TestNodes(t *testing.T) {
	t.Parallel()

	spring := calendar.Node{Kind: calendar.Lunar, Month: 1, Day: 1}
	eve := calendar.Node{Kind: calendar.Lunar, Month: 12, Day: 30}
	for _, s := range []struct {
		node calendar.Node
		year int
		want string
	}{
		{spring, 2022, "[2022-02-01]"},
		{spring, 2026, "[2026-02-17]"},
		{eve, 2025, "[2025-01-28]"}, // a month of 29 days: its last
		{eve, 2026, "[2026-02-16]"},
		{calendar.Node{Kind: calendar.Lunar, Month: 5, Day: 5}, 2022, "[2022-06-03]"},
		{calendar.Node{Kind: calendar.Lunar, Month: 8, Day: 15}, 2025, "[2025-10-06]"}, // after a leap month
		{calendar.Node{Kind: calendar.Lunar, Month: 11, Day: 20}, 2024, "[2024-01-01 2024-12-20]"},
		{calendar.Node{Kind: calendar.Term, Term: "清明"}, 2022, "[2022-04-05]"},
		{calendar.Node{Kind: calendar.Term, Term: "冬至"}, 2025, "[2025-12-21]"},
		{calendar.Node{Kind: calendar.Solar, Month: 2, Day: 29}, 2026, "[2026-02-28]"},
		{calendar.Node{Kind: "moon"}, 2026, "[]"},
	} {
		if got := fmt.Sprint(s.node.In(s.year)); got != s.want {
			t.Errorf("%+v in %d: got %s, want %s", s.node, s.year, got, s.want)
		}
	}
}

// TestTermsOfTheCentury: the terms of each year stand in order, fifteen days
// apart, in the year itself.
func TestTermsOfTheCentury(t *testing.T) {
	t.Parallel()

	for year := 2000; year <= 2099; year++ {
		last := calendar.Date(0)
		for _, term := range calendar.Terms {
			d := calendar.Node{Kind: calendar.Term, Term: term}.In(year)[0]
			if d.Year() != year || last != 0 && (d-last < 14 || d-last > 17) {
				t.Errorf("%s of %d is on %s, after %s", term, year, d, last)
			}
			last = d
		}
	}
}
