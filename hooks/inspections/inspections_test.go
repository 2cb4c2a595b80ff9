package inspections_test

import (
	"slices"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/apptest"
	"yaodian/hooks/inspections"
)

// No round before the year's points are issued (14.20).
func TestNoRoundBeforePoints(t *testing.T) {
	t.Parallel()
	app := world(t)
	draft := apptest.Make(t, app, "documents", map[string]any{"title": "明年要点", "action": "draft", "year": 2027, "state": "drafting", "org": "@jd"})
	issued := round(t, app, "第一轮").GetString("points")
	for name, c := range map[string]struct{ points, begins, code string }{
		"not issued":   {draft.Id, "2027-04-01", "inspections_no_points"},
		"another year": {issued, "2027-04-01", "inspections_no_points"},
		"of the year":  {issued, "2026-09-01", ""},
		"none":         {"", "2026-09-01", "org_parent_missing"},
	} {
		_, err := apptest.Try(app, inspections.Rounds, ids(t, app, map[string]any{
			"title": name, "kind": "regular", "begins": c.begins, "points": c.points, "targets": "@zb2", "org": "@jd",
		}))
		if c.points == "" && err != nil {
			continue // PocketBase asks for it first
		}
		apptest.Refused(t, name, err, c.code)
	}
}

// TestR_INSP_01_Authority: a round begins with its authority and its team.
func TestR_INSP_01_Authority(t *testing.T) {
	t.Parallel()
	app := world(t)
	r := round(t, app, "第二轮")
	step := func(data map[string]any) error {
		fresh := round(t, app, "第二轮")
		return apptest.Save(app, fresh, data)
	}
	apptest.Refused(t, "without authority", step(map[string]any{"state": "working"}), "inspections_needs")
	all := map[string]any{"state": "working", "authority_basis": "县委授权", "authority_number": "授权〔2026〕2号"}
	apptest.Refused(t, "without a team", step(all), "inspections_team_incomplete")
	join(t, app, r.Id, "#clerk", "member")
	join(t, app, r.Id, "#deputy", "member")
	apptest.Refused(t, "without a leader", step(all), "inspections_team_incomplete")
	apptest.Refused(t, "new targets", step(map[string]any{"targets": []string{apptest.Unit(t, app, "zb1").Id}}), "inspections_team_built")
	join(t, app, r.Id, "#inspector", "leader")
	apptest.Refused(t, "complete", step(all), "")
	late, err := apptest.Try(app, inspections.Teams, ids(t, app, map[string]any{"inspection": r.Id, "person": "#branch1", "role": "member", "recusal": "none", "recusal_on": "2026-06-01"}))
	apptest.Refused(t, "joined late", err, "inspections_team_fixed")
	if late == nil {
		t.Fatal("no record")
	}
	m := apptest.First(t, app, inspections.Teams, "inspection", r.Id)
	apptest.Refused(t, "left late", app.Delete(m), "inspections_team_fixed")
	apptest.Refused(t, "another role", apptest.Save(app, m, map[string]any{"role": "deputy"}), "inspections_team_fixed")
}

// TestR_INSP_02_Twice: nobody inspects the same unit in two rounds running.
func TestR_INSP_02_Twice(t *testing.T) {
	t.Parallel()
	app := world(t)
	again := apptest.Make(t, app, inspections.Rounds, map[string]any{
		"title": "第三轮", "kind": "regular", "begins": "2026-09-01", "points": round(t, app, "第一轮").GetString("points"),
		"targets": []string{apptest.Unit(t, app, "zb1").Id, apptest.Unit(t, app, "zb2").Id}, "org": "@jd",
	})
	apptest.Refused(t, "the same unit again", tryJoin(t, app, again.Id, "#deputy", "member"), "inspections_twice")
	apptest.Refused(t, "somebody else", tryJoin(t, app, again.Id, "#clerk", "member"), "")
	apptest.Refused(t, "another unit", tryJoin(t, app, round(t, app, "第二轮").Id, "#deputy", "member"), "")
}

func tryJoin(t *testing.T, app core.App, round, who, role string) error {
	t.Helper()
	_, err := apptest.Try(app, inspections.Teams, apptest.Named(t, app, map[string]any{
		"inspection": round, "person": who, "role": role, "recusal": "none", "recusal_on": "2026-06-01",
	}))
	return err
}

// TestR_INSP_03_OwnUnit: nobody inspects where they work or worked lately.
func TestR_INSP_03_OwnUnit(t *testing.T) {
	t.Parallel()
	app := world(t)
	r := apptest.Make(t, app, inspections.Rounds, map[string]any{
		"title": "第三轮", "kind": "special", "begins": "2026-09-01", "points": round(t, app, "第一轮").GetString("points"), "targets": "@zb1", "org": "@jd",
	})
	apptest.Refused(t, "own branch", tryJoin(t, app, r.Id, "#branch1", "member"), "inspections_own_unit")
	apptest.Make(t, app, "org_posts", map[string]any{"person": "#clerk", "role": "$group_leader", "org": "@xz1", "since": "2020-02-01", "until": "2023-09-01"})
	apptest.Refused(t, "three years ago", tryJoin(t, app, r.Id, "#clerk", "member"), "")
	other := apptest.Make(t, app, inspections.Rounds, map[string]any{
		"title": "第四轮", "kind": "special", "begins": "2026-08-31", "points": r.GetString("points"), "targets": "@zb1", "org": "@jd",
	})
	apptest.Refused(t, "a day less", tryJoin(t, app, other.Id, "#clerk", "member"), "inspections_own_unit")
}

// TestR_INSP_04_Recusal: nobody joins without a signed declaration; members come
// from the pool, the leader from the leaders' pool.
func TestR_INSP_04_Recusal(t *testing.T) {
	t.Parallel()
	app := world(t)
	r := round(t, app, "第二轮").Id
	for name, c := range map[string]struct {
		data map[string]any
		code string
	}{
		"unsigned until tomorrow": {map[string]any{"person": "#clerk", "role": "member", "recusal": "none", "recusal_on": "2026-06-11"}, "inspections_recusal_unsigned"},
		"has a reason":            {map[string]any{"person": "#clerk", "role": "member", "recusal": "needed", "recusal_on": "2026-06-01"}, "inspections_recusal_needed"},
		"not in the pool":         {map[string]any{"person": "#member", "role": "member", "recusal": "none", "recusal_on": "2026-06-01"}, "inspections_not_in_pool"},
		"not a leader":            {map[string]any{"person": "#clerk", "role": "leader", "recusal": "none", "recusal_on": "2026-06-01"}, "inspections_not_leader"},
	} {
		c.data["inspection"] = r
		_, err := apptest.Try(app, inspections.Teams, ids(t, app, c.data))
		apptest.Refused(t, name, err, c.code)
	}
}

// TestR_INSP_05_Papers: one checks, another reviews, both of the team, nobody
// does both in one round; what isn't reviewed isn't reported.
func TestR_INSP_05_Papers(t *testing.T) {
	t.Parallel()
	s := apptest.Serve(t, world(t))
	one, two := paper(t, s.App, "1", nil), paper(t, s.App, "2", nil)
	apptest.Make(t, s.App, "org_posts", map[string]any{"person": "#clerk", "role": "$inspector", "org": "@jd", "since": "2026-01-01"})
	move := func(who string, r *core.Record, state string) apptest.Answer {
		return s.Do(t, who, "PATCH", apptest.URL(inspections.Papers, r.Id), map[string]any{"state": state})
	}
	move(apptest.Secretary, one, "checked").Want(t, 404)
	move(apptest.Clerk, one, "checked").Want(t, 400, "inspections_not_in_team")
	move(apptest.Inspector, one, "checked").Want(t, 200)
	move(apptest.Inspector, one, "reviewed").Want(t, 400, "org_same_person")
	move(apptest.Deputy, one, "reviewed").Want(t, 200)
	move(apptest.Deputy, two, "checked").Want(t, 400, "inspections_both_hands")

	_, err := apptest.Try(s.App, inspections.Findings, ids(t, s.App, map[string]any{
		"inspection": two.GetString("inspection"), "paper": two.Id, "target": "@zb1", "number": "1", "title": "不全", "class": "building",
	}))
	apptest.Refused(t, "not reviewed", err, "inspections_paper_unreviewed")
	_, err = apptest.Try(s.App, inspections.Findings, ids(t, s.App, map[string]any{
		"inspection": two.GetString("inspection"), "paper": one.Id, "target": "@zb2", "number": "1", "title": "不全", "class": "building",
	}))
	apptest.Refused(t, "another unit", err, "inspections_not_target")

	report := func() apptest.Answer {
		return s.Do(t, apptest.Inspector, "PATCH", apptest.URL(inspections.Rounds, one.GetString("inspection")), map[string]any{"state": "reporting", "ends": "2026-06-09"})
	}
	report().Want(t, 400, "inspections_papers_open")
	move(apptest.Inspector, two, "checked").Want(t, 200)
	move(apptest.Deputy, two, "reviewed").Want(t, 200)
	report().Want(t, 200)
	_, err = apptest.Try(s.App, inspections.Papers, ids(t, s.App, map[string]any{"inspection": one.GetString("inspection"), "target": "@zb1", "number": "3", "title": "x"}))
	apptest.Refused(t, "after they left", err, "inspections_not_working")
}

// TestR_INSP_06_Handover: what leads to whoever spoke up is refused over REST too.
func TestR_INSP_06_Handover(t *testing.T) {
	t.Parallel()
	s := apptest.Serve(t, world(t))
	body := map[string]any{"inspection": round(t, s.App, "第一轮").Id, "number": "张三反映", "receiver": "county", "handed_on": "2026-06-09"}
	s.Do(t, apptest.Inspector, "POST", apptest.URL(inspections.Handovers), body).Want(t, 400, "inspections_reporter")
	body["number"], body["handed_on"] = "巡移〔2026〕1号", "2026-06-11"
	s.Do(t, apptest.Inspector, "POST", apptest.URL(inspections.Handovers), body).Want(t, 400, "inspections_date_future")
	c, err := s.App.FindCollectionByNameOrId(inspections.Handovers)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"id", "inspection", "number", "receiver", "handed_on", "org", "org_path", "created", "updated"}
	if got := c.Fields.FieldNames(); !slices.Equal(got, want) {
		t.Errorf("Expected a handover to hold %v, got %v", want, got)
	}
}

// A fix goes from the unit to one inspector and another; a second look may
// open it again, and the unit never writes the inspectors' words (14.22).
func TestFixOverREST(t *testing.T) {
	t.Parallel()
	s := apptest.Serve(t, world(t))
	url := apptest.URL(inspections.Fixes, fix(t, s.App, "open").Id)
	for i, step := range []struct {
		who    string
		body   map[string]any
		status int
		code   string
	}{
		{apptest.Branch, map[string]any{"state": "planned"}, 400, "inspections_fixes_needs"},
		{apptest.Branch, map[string]any{"state": "planned", "person": "#member", "measures": "补记录", "due": "2026-06-30"}, 200, ""},
		{apptest.Branch, map[string]any{"opinion": "已到位"}, 404, ""},
		{apptest.Branch, map[string]any{"state": "doing"}, 200, ""},
		{apptest.Branch, map[string]any{"state": "submitted", "result": "已补"}, 400, "“真实性承诺”还没有填写"},
		{apptest.Branch, map[string]any{"state": "submitted", "result": "已补", "promised": true}, 200, ""},
		{apptest.Branch, map[string]any{"state": "checked"}, 400, "inspections_fixes_no_power"},
		{apptest.Inspector, map[string]any{"state": "returned"}, 400, "inspections_fixes_needs"},
		{apptest.Inspector, map[string]any{"state": "checked"}, 200, ""},
		{apptest.Inspector, map[string]any{"state": "reviewed"}, 400, "org_same_person"},
		{apptest.Deputy, map[string]any{"state": "reviewed"}, 200, ""},
		{apptest.Deputy, map[string]any{"state": "closed", "closed_on": "2026-06-11"}, 400, "inspections_date_future"},
		{apptest.Deputy, map[string]any{"state": "closed", "closed_on": "2026-06-10"}, 200, ""},
		{apptest.Inspector, map[string]any{"result": "另一种"}, 400, "inspections_fixes_filed"},
		{apptest.Inspector, map[string]any{"state": "faked"}, 200, ""},
		{apptest.Branch, map[string]any{"state": "doing"}, 400, "inspections_lookback_missing"},
		{apptest.Inspector, map[string]any{"lookback": "记录是后补的"}, 200, ""},
		{apptest.Branch, map[string]any{"state": "doing"}, 200, ""},
	} {
		t.Log(i, step.body)
		s.Do(t, step.who, "PATCH", url, ids(t, s.App, step.body)).Want(t, step.status, step.code)
	}
	_, err := apptest.Try(s.App, inspections.Fixes, map[string]any{"finding": finding(t, s.App, "9", "draft").Id})
	apptest.Refused(t, "not reported", err, "inspections_not_reported")
}

func TestPoolEntries(t *testing.T) {
	t.Parallel()
	app := world(t)
	_, err := apptest.Try(app, inspections.Pool, ids(t, app, map[string]any{"person": "#clerk", "since": "2026-05-01", "org": "@jd"}))
	apptest.Refused(t, "twice", err, "inspections_pool_twice")
	entry := apptest.First(t, app, inspections.Pool, "person", apptest.Person(t, app, apptest.Clerk).Id)
	apptest.Refused(t, "without a reason", apptest.Save(app, entry, map[string]any{"until": "2026-06-01"}), "inspections_pool_reason")
	apptest.Refused(t, "with one", apptest.Save(app, entry, map[string]any{"reason": "misconduct"}), "")
	apptest.Refused(t, "who is out doesn't inspect", tryJoin(t, app, round(t, app, "第二轮").Id, "#clerk", "member"), "inspections_not_in_pool")
	apptest.Refused(t, "deleted", app.Delete(entry), "inspections_pool_begun")
}

func TestFigures(t *testing.T) {
	t.Parallel()
	app := world(t)
	entry := apptest.First(t, app, inspections.Pool, "person", apptest.Person(t, app, apptest.Clerk).Id)
	if err := apptest.Save(app, entry, map[string]any{"on_duty": 2026, "seconded": 2026}); err != nil {
		t.Fatal(err)
	}
	paper(t, app, "1", map[string]any{"state": "reviewed", "checked_by": "#inspector", "reviewed_by": "#deputy"})
	r := round(t, app, "第一轮")
	for _, data := range []map[string]any{
		{"state": "reporting", "ends": "2026-06-09"},
		{"state": "feedback", "report_number": "3号", "advice": "按月核对", "feedback_on": "2026-06-10"},
	} {
		if err := apptest.Save(app, r, data); err != nil {
			t.Fatal(err)
		}
	}
	figures, err := inspections.Figures(app, "/jd/", time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][2]int{"on_duty": {1, 4}, "reported": {0, 2}, "seconded": {1, 2}, "coverage": {1, 2}}
	for _, f := range figures {
		if got := [2]int{f.Part, f.Whole}; got != want[f.Key] {
			t.Errorf("%s: Expected %v, got %v", f.Key, want[f.Key], got)
		}
	}
}

// The unit hears of a plan that is late, a week later those above, too; each
// once.
func TestR_INSP_07_RemindsOnce(t *testing.T) {
	t.Parallel()
	app := world(t)
	fix(t, app, "open")
	if _, err := app.DB().NewQuery("UPDATE inspections SET state = 'feedback', feedback_on = '2026-04-30' WHERE title = '第一轮'").Execute(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		day  string
		want int
	}{{"2026-05-30", 0}, {"2026-05-31", 1}, {"2026-06-01", 0}, {"2026-06-07", 3}, {"2026-06-08", 0}} {
		day, _ := time.Parse(time.DateOnly, c.day)
		if n, err := inspections.Remind(app, day); err != nil || n != c.want {
			t.Errorf("%s: Expected %d messages, got %d %v", c.day, c.want, n, err)
		}
	}
}
