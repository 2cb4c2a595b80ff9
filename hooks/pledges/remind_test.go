package pledges_test

import (
	"testing"
	"time"

	"yaodian/hooks/apptest"
	"yaodian/hooks/pledges"
)

func TestR_DUTY_02_WhatIsDue(t *testing.T) {
	t.Parallel()
	for day, want := range map[string]string{
		"2026-03-15": "", "2026-03-16": "2026 ", "2026-04-15": "2026 ", "2026-04-16": "", "2026-06-14": "", "2026-06-15": "2026 mid", "2026-07-15": "2026 mid",
		"2026-12-15": "", "2026-12-16": "2026 final", "2027-01-15": "2026 final", "2027-01-16": "",
	} {
		got := ""
		if asked, due := pledges.Due(on(day)); due {
			got = on(day).AddDate(asked.Year-on(day).Year(), 0, 0).Format("2006") + " " + asked.Term
		}
		if got != want {
			t.Errorf("%s: Expected %q, got %q", day, want, got)
		}
	}
}

func on(day string) time.Time {
	d, _ := time.Parse(time.DateOnly, day)
	return d
}

// The secretary hears once to sign, once to report and once that it is late.
func TestR_DUTY_02_RemindsOnce(t *testing.T) {
	t.Parallel()
	app := planned(t)
	pledge := apptest.Make(t, app, pledges.Pledges, draft)
	want := func(day string, n int) {
		t.Helper()
		if got, err := pledges.Remind(app, on(day)); err != nil || got != n {
			t.Errorf("%s: Expected %d messages, got %d %v", day, n, got, err)
		}
	}
	want("2026-03-20", 1)
	want("2026-03-21", 0)
	want("2026-04-01", 1)
	apptest.Refused(t, "signed", apptest.Save(app, pledge, apptest.Named(t, app, map[string]any{
		"state": "signed", "person_on": "2026-03-20", "committee_on": "2026-03-20", "committee_by": "#secretary",
	})), "")
	want("2026-04-02", 0)
	want("2026-06-20", 1)
	want("2026-06-21", 0)
	apptest.Make(t, app, pledges.Reports, map[string]any{"pledge": pledge.Id, "term": "mid", "text": "情况", "state": "handed"})
	want("2026-07-02", 0)
	want("2026-12-20", 1)
}
