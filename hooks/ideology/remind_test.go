package ideology_test

import (
	"strings"
	"testing"
	"time"

	"yaodian/hooks/apptest"
	"yaodian/hooks/calendar"
	"yaodian/hooks/ideology"
)

func TestTermsOfADay(t *testing.T) {
	t.Parallel()
	for on, want := range map[string]string{
		"2026-03-20": "", "2026-03-21": "2026-Q1", "2026-04-08": "2026-Q1", "2026-04-09": "2026-Q1!", "2026-06-19": "", "2026-06-20": "2026-Q2 2026-H1",
		"2026-07-07": "2026-Q2 2026-H1", "2026-07-08": "2026-Q2! 2026-H1", "2026-07-11": "2026-Q2! 2026-H1!", "2027-01-05": "2026-Q4 2026-H2",
	} {
		day, _ := time.Parse(time.DateOnly, on)
		var got []string
		for _, term := range ideology.TermsOn(calendar.New(), day) {
			got = append(got, term.Key+map[bool]string{true: "!"}[term.Late])
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: Expected %q, got %q", on, want, got)
		}
	}
}

// The leader hears before the quarter ends, the committee when it is late; each
// once.
func TestRemindsOnce(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	apptest.Make(t, app, ideology.Areas, map[string]any{"org": "@jd", "name": "社区文化", "leader": "#branch1", "since": "2026-01-01"})
	for _, c := range []struct {
		on   string
		want int
	}{{"2026-03-20", 0}, {"2026-03-21", 1}, {"2026-03-22", 0}, {"2026-04-09", 3}, {"2026-04-10", 0}, {"2026-06-20", 2}, {"2026-06-21", 0}} {
		day, _ := time.Parse(time.DateOnly, c.on)
		if n, err := ideology.Remind(app, day); err != nil || n != c.want {
			t.Errorf("%s: Expected %d messages, got %d %v", c.on, c.want, n, err)
		}
	}
}
