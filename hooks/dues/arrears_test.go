package dues_test

import (
	"testing"

	"yaodian/hooks/apptest"
	"yaodian/hooks/dues"
)

// R-DUES-08: after one, three, five and six consecutive months without dues
// something is said, once; at six people look into it and nothing else happens.
func TestR_DUES_08_Unpaid(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		months []string
		want   int
	}{
		{nil, 0}, {[]string{"2026-05"}, 1}, {[]string{"2026-05", "2026-04", "2026-03"}, 3}, {[]string{"2026-05", "2026-03"}, 1}, {[]string{"2026-04", "2026-03"}, 0},
		{[]string{"2026-05", "2026-04", "2026-03", "2026-02", "2026-01", "2025-12", "2025-11"}, 7},
	} {
		if got := dues.Streak(c.months, "2026-05").Months(); got != c.want {
			t.Errorf("%v: Expected %d, got %d", c.months, c.want, got)
		}
	}
	for n, want := range []int{0, 1, 1, 3, 3, 5, 6, 6} {
		if got := dues.LevelOf(n); got != want {
			t.Errorf("%d: Expected level %d, got %d", n, want, got)
		}
	}
	app := prepared(t)
	apptest.SetToday(t, app, "2026-07-05")
	bill(t, app, "2026-01", "2026-07")
	pays(t, app, apptest.Branch, 16_00, "2026-04", "2026-04")
	found, told, err := dues.Remind(app, "2026-07-05")
	if err != nil || found != 2 || told == 0 { // the member and the assessor
		t.Fatalf("Expected 2 reviews, got %d, told %d: %v", found, told, err)
	}
	if found, told, err = dues.Remind(app, "2026-07-06"); err != nil || found != 0 || told != 0 {
		t.Errorf("said twice: %d %d %v", found, told, err)
	}
	if state := apptest.Person(t, app, apptest.Member).GetString("state"); state != "active" {
		t.Error("something happened to the member:", state)
	}
	review := apptest.First(t, app, dues.Reviews, "person", id(t, app, apptest.Member))
	if review.GetString("from_month") != "2026-01" || review.GetString("to_month") != "2026-06" {
		t.Error(review.GetString("from_month"), review.GetString("to_month"))
	}
	apptest.Refused(t, "without a finding", act(app, t, apptest.Branch, review, map[string]any{"state": "settled"}), "dues_reviews_needs")
	apptest.Refused(t, "looked into", act(app, t, apptest.Branch, review, map[string]any{"state": "settled", "finding": "住院，家属未及时代交"}), "")
	apptest.SetToday(t, app, "2026-08-05")
	bill(t, app, "2026-08", "2026-08")
	if found, _, err = dues.Remind(app, "2026-08-05"); err != nil || found != 0 {
		t.Errorf("the same months again: %d %v", found, err)
	}
}
