package calendar_test

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"yaodian/hooks/calendar"
	"yaodian/hooks/kit"
)

func on(t *testing.T, s string) calendar.Date {
	t.Helper()
	d, err := calendar.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// codeOf is the code of the one rule that was broken; its sentence is whole.
func codeOf(t *testing.T, err error) string {
	t.Helper()
	if err == nil {
		return ""
	}
	list := kit.Violations(err)
	if len(list) != 1 {
		t.Fatalf("got %v, want one violation", err)
	}
	if !strings.HasSuffix(list[0].Error(), "。") {
		t.Errorf("%q isn't a sentence", list[0])
	}
	return list[0].(interface{ Code() string }).Code()
}

// TestAddWorkdays has the examples of domain.md 2.10 and 6.3.
func TestAddWorkdays(t *testing.T) {
	t.Parallel()

	for _, s := range []struct {
		from      string
		n         int
		inclusive bool
		want      string
	}{
		{"2022-04-29", 5, true, "2022-05-09"},
		{"2022-04-29", 5, false, "2022-05-10"},
		{"2022-09-28", 5, true, "2022-10-09"},
		{"2022-09-28", 5, false, "2022-10-10"},
		{"2022-03-07", 5, true, "2022-03-11"},
		{"2022-03-07", 5, false, "2022-03-14"},
		{"2022-10-06", -10, false, "2022-09-19"},
		{"2022-10-06", -5, false, "2022-09-26"},
		{"2022-04-29", 10, false, "2022-05-17"},
		{"2022-03-12", 1, true, "2022-03-14"}, // a Saturday counts neither way
		{"2022-03-12", 1, false, "2022-03-14"},
		{"2022-03-12", 0, true, "2022-03-12"},
		{"2022-03-07", -1, true, "2022-03-07"},
	} {
		got, provisional := calendar.New().AddWorkdays(on(t, s.from), s.n, s.inclusive)
		if got.String() != s.want || provisional {
			t.Errorf("%s and %d workdays (inclusive %v): got %s, provisional %v, want %s", s.from, s.n, s.inclusive, got, provisional, s.want)
		}
	}
}

// TestProvisional: without the year's arrangement the weekdays count, and it is
// said so, as soon as one day of the way lies in such a year.
func TestProvisional(t *testing.T) {
	t.Parallel()

	plain := calendar.New()
	if got, provisional := plain.AddWorkdays(on(t, "2035-04-27"), 5, true); got.String() != "2035-05-03" || !provisional {
		t.Errorf("got %s, provisional %v", got, provisional)
	}
	for year, want := range map[int]bool{2001: true, 2002: false, 2022: false, 2026: false, 2035: true} {
		if plain.Provisional(year) != want {
			t.Errorf("%d is provisional: %v, want %v", year, !want, want)
		}
	}
	// A single day off of our own doesn't settle a year; the National Day does.
	typhoon := calendar.Day{Date: on(t, "2035-08-08"), Kind: calendar.Holiday}
	national := calendar.Day{Date: on(t, "2035-10-02"), Kind: calendar.Holiday}
	if !calendar.New(typhoon).Provisional(2035) || calendar.New(typhoon, national).Provisional(2035) {
		t.Error("a year is settled by its National Day alone")
	}
}

func TestShift(t *testing.T) {
	t.Parallel()

	closed := calendar.Day{Date: on(t, "2026-03-31"), Kind: calendar.Holiday}
	open := calendar.Day{Date: on(t, "2026-10-01"), Kind: calendar.Workday}
	for _, s := range []struct {
		date string
		to   calendar.Shift
		want string
	}{
		{"2026-06-30", calendar.Before, "2026-06-30"},
		{"2026-06-20", calendar.Before, "2026-06-18"}, // past 端午
		{"2026-06-20", calendar.After, "2026-06-22"},
		{"2026-06-20", calendar.Stay, "2026-06-20"},
		{"2026-06-20", "", "2026-06-20"},
		{"2026-02-20", calendar.Before, "2026-02-14"}, // the make-up Saturday
		{"2026-03-31", calendar.Before, "2026-03-30"}, // an entry of our own
		{"2026-10-01", calendar.After, "2026-10-01"},  // against the arrangement
	} {
		if got := calendar.New(closed, open).Shift(on(t, s.date), s.to); got.String() != s.want {
			t.Errorf("%s %s: got %s, want %s", s.date, s.to, got, s.want)
		}
	}
}

// TestShiftAndCountAgree: for any day, shifting and counting find the same
// workdays.
func TestShiftAndCountAgree(t *testing.T) {
	t.Parallel()

	days := calendar.New()
	r := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		d := calendar.On(2015, 1, 1) + calendar.Date(r.IntN(366*15))
		n := 1 + r.IntN(30)
		next := days.Shift(d, calendar.After)
		if one, _ := days.AddWorkdays(d, 1, true); one != next || days.Shift(next, calendar.Before) != next {
			t.Fatalf("the first workday from %s on is %s or %s", d, one, next)
		}
		end, _ := days.AddWorkdays(next, n, false)
		if back, _ := days.AddWorkdays(end, -n, false); back != next {
			t.Fatalf("%s and %d workdays is %s, and back is %s", next, n, end, back)
		}
		if inclusive, _ := days.AddWorkdays(next, n+1, true); inclusive != end {
			t.Fatalf("%s: %d workdays with it end on %s, %d after it on %s", next, n+1, inclusive, n, end)
		}
	}
}

// TestYear: the days listed are exactly those on which Monday to Friday errs.
func TestYear(t *testing.T) {
	t.Parallel()

	days := calendar.New(calendar.Day{Date: on(t, "2026-01-02"), Kind: calendar.Workday}) // takes a holiday back
	listed := map[calendar.Date]bool{}
	for _, d := range days.Year(2026) {
		listed[d.Date] = true
	}
	for d := calendar.On(2026, 1, 1); d.Year() == 2026; d++ {
		works, _ := days.IsWorkday(d)
		plain := d.Weekday() != time.Saturday && d.Weekday() != time.Sunday
		if listed[d] != (works != plain) {
			t.Errorf("%s is listed: %v, people work: %v", d, listed[d], works)
		}
	}
}

func TestCheckDay(t *testing.T) {
	t.Parallel()

	for _, s := range []struct {
		date string
		kind calendar.Kind
		code string
	}{
		{"2030-05-01", calendar.Holiday, ""},
		{"2030-05-04", calendar.Workday, ""},
		{"2026-10-01", calendar.Holiday, ""}, // as arranged
		{"2026-10-01", calendar.Workday, ""}, // against the arrangement
		{"2026-10-10", calendar.Holiday, ""},
		{"2030-05-04", calendar.Holiday, "calendar_holiday_on_weekend"},
		{"2030-05-02", calendar.Workday, "calendar_workday_on_weekday"},
		{"2030-02-29", calendar.Holiday, "calendar_date_unreal"},
		{"", calendar.Holiday, "calendar_date_unreal"},
	} {
		if err := calendar.CheckDay(s.date, s.kind); codeOf(t, err) != s.code {
			t.Errorf("%s %s: got %v, want %q", s.date, s.kind, err, s.code)
		}
	}
}

// TestAddMonths has the examples of domain.md 2.3 and 2.10.
func TestAddMonths(t *testing.T) {
	t.Parallel()

	for _, s := range []struct {
		from string
		n    int
		want string
	}{
		{"2022-01-31", 1, "2022-02-28"},
		{"2020-02-29", 12, "2021-02-28"},
		{"2022-03-15", 3, "2022-06-15"},
		{"2021-03-01", 12, "2022-03-01"},
		{"2021-03-01", 6, "2021-09-01"},
		{"2022-04-29", 1, "2022-05-29"},
		{"2022-05-20", 3, "2022-08-20"},
		{"2022-05-20", 6, "2022-11-20"},
		{"2023-05-20", 6, "2023-11-20"},
		{"2023-05-20", 12, "2024-05-20"},
		{"2022-03-31", -1, "2022-02-28"},
		{"2022-01-15", -13, "2020-12-15"},
	} {
		if got := on(t, s.from).AddMonths(s.n); got.String() != s.want {
			t.Errorf("%s and %d months: got %s, want %s", s.from, s.n, got, s.want)
		}
	}
}

func TestDate(t *testing.T) {
	t.Parallel()

	// Half past midnight in Beijing is still the day before in UTC.
	if got := calendar.Of(time.Date(2026, 6, 30, 16, 30, 0, 0, time.UTC)); got.String() != "2026-07-01" {
		t.Errorf("got %s", got)
	}
	for _, s := range []string{"2026-02-30", "2026-2-3", "20260203", "", "2026-02-03T00:00:00Z"} {
		if d, err := calendar.Parse(s); err == nil {
			t.Errorf("%q is read as %s", s, d)
		}
	}
	for d := calendar.On(1999, 12, 31); d.Year() < 2030; d++ {
		again, err := calendar.Parse(d.String())
		if err != nil || again != d {
			t.Fatalf("%d is written as %s and read as %d", d, d, again)
		}
	}

	in := map[string]calendar.Date{"due": calendar.On(2026, 6, 30), "none": 0}
	raw, err := json.Marshal(in)
	if err != nil || string(raw) != `{"due":"2026-06-30","none":""}` {
		t.Fatalf("got %s, %v", raw, err)
	}
	out := map[string]calendar.Date{}
	if err := json.Unmarshal(raw, &out); err != nil || out["due"] != in["due"] || out["none"] != 0 {
		t.Errorf("got %v, %v", out, err)
	}
}
