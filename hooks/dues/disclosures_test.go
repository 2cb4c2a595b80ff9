package dues_test

import (
	"slices"
	"strings"
	"testing"

	"yaodian/hooks/apptest"
	"yaodian/hooks/dues/account"
	"yaodian/hooks/dues/rate"
)

// R-DUES-13: a quarter that isn't disclosed in time is told of.
func TestR_DUES_13_Disclosure(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	apptest.SetToday(t, app, "2026-04-01")
	bill(t, app, "2026-01", "2026-03")
	made, told, err := account.Remind(app, "2026-04-01")
	if err != nil || made != 1 || told != 0 {
		t.Fatalf("Expected a draft, got %d, told %d: %v", made, told, err)
	}
	if made, told, err = account.Remind(app, "2026-04-30"); err != nil || made+told != 0 {
		t.Errorf("before it is late: %d %d %v", made, told, err)
	}
	if _, told, err = account.Remind(app, "2026-05-01"); err != nil || told != 2 { // secretary and organizer
		t.Errorf("Expected 2, told %d %v", told, err)
	}
	d := apptest.First(t, app, account.Disclosures, "period", "2026-Q1")
	if d.GetString("due") != "2026-04-30" {
		t.Error(d.GetString("due"))
	}
	apptest.Refused(t, "published", act(app, t, apptest.Branch, d, map[string]any{"state": "published", "content": map[string]any{"forged": true}}), "")
	d = apptest.First(t, app, account.Disclosures, "period", "2026-Q1")
	text := d.GetString("content")
	for _, want := range []string{"孙党员", `"due":33750`, `"owed":33750`} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is missing in %s", want, text)
		}
	}
	for _, secret := range []string{"forged", "7500", "750000", "base", "reason"} {
		if strings.Contains(text, secret) {
			t.Errorf("%s is disclosed: %s", secret, text)
		}
	}
	apptest.Refused(t, "changed", act(app, t, apptest.Branch, d, map[string]any{"note": "改"}), "dues_disclosures_filed")
	_, err = apptest.Try(app, account.Disclosures, apptest.Named(t, app, map[string]any{"org": "@zb1", "period": "2026-Q2", "audience": "members", "state": "published", "published_by": "#" + apptest.Branch}))
	apptest.Refused(t, "before it is over", err, "dues_disclosure_early")
	if n, err := account.Overdue(app, "2026-05-01", nil); err != nil || len(n) != 0 {
		t.Error(n, err)
	}
	whole(t, app)
}

// The public reads no number that fewer than five people stand behind.
func TestR_DUES_13_PublicCells(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	bill(t, app, "2026-01", "2026-03")
	c, err := account.ContentOf(app, apptest.Unit(t, app, "zb1").Id, "2026-Q1", "public")
	if err != nil || len(c.Members) != 0 || c.Units[0].Sums != nil || c.Total.Due != 0 || c.Book != nil {
		t.Errorf("%+v %v", c, err)
	}
	for _, c := range []struct {
		counts []int
		want   []bool
	}{
		{[]int{3, 9, 7}, []bool{true, false, true}}, {[]int{3, 4, 9}, []bool{true, true, false}}, {[]int{5, 6}, []bool{false, false}}, {[]int{0, 2}, []bool{false, true}},
	} {
		if got := rate.Hide(c.counts, rate.LeastCell); !slices.Equal(got, c.want) {
			t.Errorf("%v: Expected %v, got %v", c.counts, c.want, got)
		}
	}
}
