package study_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"yaodian/hooks/apptest"
	"yaodian/hooks/study"

	"github.com/pocketbase/pocketbase/core"
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

// remindGroup runs the job on a day, twice, and lists whom it told what.
func remindGroup(t *testing.T, app core.App, on string) map[string][]string {
	t.Helper()
	before := told(t, app)
	day, _ := time.Parse(time.DateOnly, on)
	if _, err := study.RemindGroup(app, day); err != nil {
		t.Fatal(err)
	}
	if n, err := study.RemindGroup(app, day); n != 0 || err != nil {
		t.Errorf("%s: Expected nothing the second time, got %d %v", on, n, err)
	}
	after := told(t, app)
	for who, titles := range before {
		after[who] = after[who][len(titles):]
		if len(after[who]) == 0 {
			delete(after, who)
		}
	}
	return after
}

// told lists the titles of messages by the number of who got them.
func told(t *testing.T, app core.App) map[string][]string {
	t.Helper()
	var rows []struct {
		Number string `db:"number"`
		Title  string `db:"title"`
	}
	if err := app.DB().NewQuery("SELECT p.number, n.title FROM notify_messages n JOIN people p ON p.id = n.person ORDER BY n.rowid").All(&rows); err != nil {
		t.Fatal(err)
	}
	out := map[string][]string{}
	for _, r := range rows {
		out[r.Number] = append(out[r.Number], r.Title)
	}
	return out
}

func groupSession(t *testing.T, app core.App, on, state string) *core.Record {
	t.Helper()
	return apptest.Make(t, app, "meetings", map[string]any{
		"org": "@jd", "title": "中心组学习", "kind": "center_group", "held_on": on, "host": "#secretary", "recorder": "#clerk", "state": state, "cancel_note": "改期",
	})
}

// The centre group meets every quarter: its secretary and who keeps its plan are
// warned before the quarter ends, and told once it is over; a session that was
// called off doesn't count.
func TestCentreGroupMeetsEveryQuarter(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	if _, err := app.DB().NewQuery("UPDATE org_units SET closed = '2026-01-01' WHERE code = 'wd'").Execute(); err != nil {
		t.Fatal(err)
	}
	apptest.Make(t, app, study.Plans, with(plan, "org", "@jd", "title", "中心组学习计划", "scope", "center_group"))
	groupSession(t, app, "2026-03-30", "held")
	groupSession(t, app, "2026-06-09", "cancelled")
	const warned, missed = "2026年第2季度还没有中心组学习", "2026年第2季度缺中心组学习"
	for _, c := range []struct {
		on   string
		want map[string][]string
	}{
		{"2026-04-01", map[string][]string{}},
		{"2026-06-14", map[string][]string{}},
		{"2026-06-15", map[string][]string{"secretary": {warned}, "clerk": {warned}}},
		{"2026-07-15", map[string][]string{"secretary": {missed}, "clerk": {missed}}},
		{"2026-07-16", map[string][]string{}},
	} {
		if got := remindGroup(t, app, c.on); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: Expected %v, got %v", c.on, c.want, got)
		}
	}
}

// Whoever missed a session makes up for it within ten days; afterwards they hear
// of it, and so does who keeps the plan, without names.
func TestMissedSessionsAreMadeUpFor(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	apptest.Make(t, app, study.Plans, with(plan, "org", "@jd", "title", "中心组学习计划", "scope", "center_group"))
	session := groupSession(t, app, "2026-05-12", "held")
	for who, status := range map[string]string{"#secretary": "present", "#deputy": "leave", "#branch1": "absent", "#branch2": "exempt", "#member": "leave"} {
		data := map[string]any{"meeting": session.Id, "person": who, "status": status, "reason": "公务"}
		if who == "#member" {
			data["made_up_on"] = "2026-05-20"
		}
		apptest.Make(t, app, "meetings_attendance", data)
	}
	const own, keeps = "2026年5月12日中心组学习还没有补课", "2026年5月12日中心组学习有人没有补课"
	for _, c := range []struct {
		on   string
		want map[string][]string
	}{
		{"2026-05-22", map[string][]string{}},
		{"2026-05-23", map[string][]string{"deputy": {own}, "branch1": {own}, "clerk": {keeps}}},
		{"2026-05-24", map[string][]string{}},
	} {
		if got := remindGroup(t, app, c.on); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: Expected %v, got %v", c.on, c.want, got)
		}
	}
	if body := apptest.First(t, app, "notify_messages", "title", keeps).GetString("body"); !strings.Contains(body, "2 人") || strings.Contains(body, "何副书记") {
		t.Errorf("Expected a number without names, got %q", body)
	}
	day, _ := time.Parse(time.DateOnly, "2026-07-24")
	if from, _ := study.MakeUpDue(day); from <= "2026-05-12" {
		t.Errorf("Expected what is long past to rest, got %s", from)
	}
}
