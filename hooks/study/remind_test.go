package study_test

import (
	"testing"
	"time"

	"yaodian/hooks/apptest"
	"yaodian/hooks/study"
)

// A member of the committee hears twice at most, and not once the plan is on
// record.
func TestPlansAreRemindedOf(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	for _, who := range []string{"#deputy", "#secretary"} {
		apptest.Make(t, app, "org_posts", map[string]any{"person": who, "role": "$committee_member", "org": "@jd", "since": "2024-01-01"})
	}
	apptest.Make(t, app, study.Plans, map[string]any{
		"org": "@jd", "title": "个人学习计划", "scope": "personal", "year": 2026, "person": "#secretary", "state": "filed",
		"schedule": "每周", "content": "甲", "requirements": "乙", "assessment": "丙",
	})
	for _, c := range []struct {
		on   string
		want int
	}{{"2026-02-14", 0}, {"2026-02-15", 1}, {"2026-02-28", 0}, {"2026-03-01", 1}, {"2026-03-15", 0}, {"2026-03-16", 0}, {"2027-02-20", 2}} {
		day, _ := time.Parse(time.DateOnly, c.on)
		if n, err := study.RemindPlans(app, day); err != nil || n != c.want {
			t.Errorf("%s: Expected %d messages, got %d %v", c.on, c.want, n, err)
		}
	}
}
