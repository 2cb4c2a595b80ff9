package activities_test

import (
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/activities"
	"yaodian/hooks/apptest"
	"yaodian/hooks/calendar"
)

// Judges are an odd number, three at least (14.5).
func TestCheckJudges(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{0: "activities_judges", 1: "activities_judges", 2: "activities_judges", 3: "", 4: "activities_judges", 5: ""} {
		apptest.Refused(t, "judging", activities.CheckJudges("judging", make([]string, n)), want)
		apptest.Refused(t, "before", activities.CheckJudges("open", make([]string, n)), "")
	}
}

func TestCheckScore(t *testing.T) {
	t.Parallel()
	given := []activities.Score{{Judge: "a", Points: 9000}}
	reversed := append(given[:1:1], activities.Score{Judge: "a", Reversal: true})
	for name, c := range map[string]struct {
		score  activities.Score
		reason string
		lines  []activities.Score
		want   string
	}{
		"the first":            {activities.Score{Judge: "a", Points: 10000}, "", nil, ""},
		"too many":             {activities.Score{Judge: "a", Points: 10001}, "", nil, "activities_points"},
		"below zero":           {activities.Score{Judge: "a", Points: -1}, "", nil, "activities_points"},
		"a second":             {activities.Score{Judge: "a", Points: 9100}, "", given, "activities_given"},
		"another judge":        {activities.Score{Judge: "b", Points: 9100}, "", given, ""},
		"reversed without why": {activities.Score{Judge: "a", Reversal: true}, " ", given, "activities_reason"},
		"reversed":             {activities.Score{Judge: "a", Reversal: true}, "看错作品", given, ""},
		"reversed nothing":     {activities.Score{Judge: "b", Reversal: true}, "看错作品", given, "activities_nothing_given"},
		"reversed twice":       {activities.Score{Judge: "a", Reversal: true}, "看错作品", reversed, "activities_nothing_given"},
		"after a reversal":     {activities.Score{Judge: "a", Points: 9100}, "", reversed, ""},
	} {
		apptest.Refused(t, name, activities.CheckScore(c.score, c.reason, c.lines), c.want)
	}
}

func TestAverage(t *testing.T) {
	t.Parallel()
	lines := []activities.Score{{"a", 1, false}, {"a", 0, true}, {"a", 9000, false}, {"b", 8000, false}, {"c", 7001, false}}
	if got, ok := activities.Average(lines, false); got != 8000 || !ok {
		t.Errorf("all: got %d %v", got, ok)
	}
	if got, ok := activities.Average(append(lines, activities.Score{Judge: "d", Points: 8001}), true); got != 8001 || !ok {
		t.Errorf("trimmed: got %d %v", got, ok)
	}
	if _, ok := activities.Average(lines[:4], false); ok {
		t.Error("two judges are not enough")
	}
}

// An honour is public for five workdays, the day it began not counted (14.8):
// the Dragon Boat Festival of 2026-06-19 isn't one of them.
func TestCheckNotice(t *testing.T) {
	t.Parallel()
	days := calendar.New()
	for name, c := range map[string]struct{ from, until, today, want string }{
		"five workdays":         {"2026-06-01", "2026-06-08", "2026-06-09", ""},
		"four":                  {"2026-06-01", "2026-06-07", "2026-06-10", "activities_notice_short"},
		"still running":         {"2026-06-01", "2026-06-08", "2026-06-08", "activities_notice_running"},
		"a holiday in between":  {"2026-06-15", "2026-06-23", "2026-06-30", ""},
		"the holiday, too soon": {"2026-06-15", "2026-06-22", "2026-06-30", "activities_notice_short"},
		"no beginning":          {"", "2026-06-08", "2026-06-09", "activities_notice_date"},
	} {
		apptest.Refused(t, name, activities.CheckNotice(days, c.from, c.until, c.today), c.want)
	}
}

const contestID, entryID = "contest00000001", "entry0000000001"

// contest has an entry of the member of zb1; its judges are at the committee.
func contest(t testing.TB, app core.App, state string) *core.Record {
	t.Helper()
	c := apptest.Make(t, app, activities.Activities, map[string]any{
		"id": contestID, "title": "讲党课比赛", "kind": "contest", "held_on": "2026-06-20", "scored": true, "org": "@jd", "state": "open",
		"judges": []string{apptest.Person(t, app, apptest.Clerk).Id, apptest.Person(t, app, apptest.Deputy).Id, apptest.Person(t, app, apptest.Secretary).Id},
	})
	apptest.Make(t, app, activities.Entries, map[string]any{"id": entryID, "activity": contestID, "person": "#member", "team": "@zb1", "title": "初心"})
	if state != "open" {
		if err := apptest.Save(app, c, map[string]any{"state": state}); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

// A judge of an entrant's own branch stands aside; once scores are given the
// judges and the way of counting stay.
func TestRecusal(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	c := contest(t, app, "open")
	_, err := apptest.Try(app, activities.Entries, apptest.Named(t, app, map[string]any{"activity": contestID, "person": "#member", "team": "@zb1", "title": "再来"}))
	apptest.Refused(t, "a second entry", err, "validation_not_unique")
	own := append(c.GetStringSlice("judges")[:2], apptest.Person(t, app, apptest.Branch).Id)
	apptest.Refused(t, "own branch", apptest.Save(app, c, map[string]any{"state": "judging", "judges": own}), "activities_recusal")
	fresh := apptest.First(t, app, activities.Activities, "id", contestID)
	apptest.Refused(t, "begun", apptest.Save(app, fresh, map[string]any{"state": "judging"}), "")
	apptest.Refused(t, "other judges", apptest.Save(app, fresh, map[string]any{"judges": own}), "activities_judging")
	fresh = apptest.First(t, app, activities.Activities, "id", contestID)
	apptest.Refused(t, "another way of counting", apptest.Save(app, fresh, map[string]any{"trimmed": true}), "activities_judging")
	_, err = apptest.Try(app, activities.Entries, apptest.Named(t, app, map[string]any{"activity": contestID, "person": "#branch2", "team": "@zb2", "title": "迟到"}))
	apptest.Refused(t, "a late entry", err, "activities_not_open")
}

// Scores are given by the judges themselves and never changed (14.5).
func TestScoresOverREST(t *testing.T) {
	t.Parallel()
	s := apptest.Serve(t, apptest.New(t))
	contest(t, s.App, "judging")
	give := func(who string, data map[string]any) apptest.Answer {
		data["entry"], data["judge"] = entryID, apptest.Person(t, s.App, who).Id
		return s.Do(t, who, "POST", apptest.URL(activities.Scores), data)
	}
	give(apptest.Member, map[string]any{"points": 9900}).Want(t, 400, "activities_not_judge")
	give(apptest.Clerk, map[string]any{"points": 9000}).Want(t, 200)
	give(apptest.Clerk, map[string]any{"points": 9100}).Want(t, 400, "activities_given")
	give(apptest.Clerk, map[string]any{"reversal": true, "reason": "看错作品"}).Want(t, 200)
	give(apptest.Clerk, map[string]any{"points": 9100}).Want(t, 200)
	line := apptest.First(t, s.App, activities.Scores, "points", "9000")
	apptest.Refused(t, "changed", apptest.Save(s.App, line, map[string]any{"points": 9900}), "activities_scores_fixed")
	apptest.Refused(t, "deleted", s.App.Delete(line), "activities_scores_fixed")
}

// Who nominates doesn't review; nothing is awarded before public notice is
// over (14.8).
func TestHonorsOverREST(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	url := apptest.URL(activities.Honors, apptest.Make(t, s.App, activities.Honors, map[string]any{"title": "示范岗", "person": "#member", "merits": "值守", "org": "@zb1"}).Id)
	for _, step := range []struct {
		who    string
		body   map[string]any
		status int
		code   string
	}{
		{apptest.Branch, map[string]any{"unit": "@zb1"}, 400, "activities_honored"},
		{apptest.Branch, map[string]any{"state": "nominated"}, 200, ""},
		{apptest.Branch, map[string]any{"state": "reviewed"}, 400, "org_same_person"},
		{apptest.Clerk, map[string]any{"state": "reviewed"}, 200, ""},
		{apptest.Clerk, map[string]any{"state": "awarded", "document": "3号"}, 400, "activities_honors_needs"},
		{apptest.Clerk, map[string]any{"state": "awarded", "document": "3号", "notice_from": "2026-06-02", "notice_until": "2026-06-08"}, 400, "activities_notice_short"},
		{apptest.Clerk, map[string]any{"state": "awarded", "document": "3号", "notice_from": "2026-06-02", "notice_until": "2026-06-09"}, 200, ""},
	} {
		s.Do(t, step.who, "PATCH", url, apptest.Named(t, s.App, step.body)).Want(t, step.status, step.code)
	}
}

func policy(t *testing.T, collection string, record func(t testing.TB, app *tests.TestApp) *core.Record, create, update map[string]any, table string) {
	t.Helper()
	t.Parallel()
	apptest.Policy{Collection: collection, Record: record, Create: create, Update: update, Table: table}.Test(t)
}

func TestActivitiesPolicy(t *testing.T) {
	data := map[string]any{"title": "道德讲坛", "kind": "moral", "held_on": "2026-06-20", "org": "@zb1"}
	policy(t, activities.Activities, func(t testing.TB, app *tests.TestApp) *core.Record {
		return apptest.Make(t, app, activities.Activities, data)
	},
		data, map[string]any{"place": "会议室"}, `
		who       list view create update delete
		guest     0    404  400    404    404
		outsider  0    404  400    404    404
		member    0    404  400    404    404
		branch2   0    404  400    404    404
		inspector 0    404  400    404    404
		deputy    1    200  400    404    404
		branch1   1    200  200    200    204
		clerk     1    200  200    200    204
		keeper    1    200  200    200    204`)
}

func TestEntriesPolicy(t *testing.T) {
	policy(t, activities.Entries, func(t testing.TB, app *tests.TestApp) *core.Record {
		contest(t, app, "open")
		return apptest.First(t, app, activities.Entries, "id", entryID)
	}, map[string]any{"activity": contestID, "person": "#branch2", "team": "@zb2", "title": "使命"}, map[string]any{"title": "担当"}, `
		who       list view create update delete
		guest     0    404  400    404    404
		outsider  0    404  400    404    404
		member    1    200  400    404    404
		branch2   0    404  400    404    404
		branch1   0    404  400    404    404
		deputy    1    200  400    404    404
		clerk     1    200  200    200    204
		keeper    1    200  200    200    204`)
}

func TestScoresPolicy(t *testing.T) {
	policy(t, activities.Scores, func(t testing.TB, app *tests.TestApp) *core.Record {
		contest(t, app, "judging")
		return apptest.Make(t, app, activities.Scores, map[string]any{"entry": entryID, "judge": "#secretary", "points": 9000})
	}, map[string]any{"entry": entryID, "judge": "#deputy", "points": 8000}, map[string]any{"points": 1}, `
		who       list view create update delete
		guest     0    404  400    403    403
		outsider  0    404  400    403    403
		member    0    404  400    403    403
		branch2   0    404  400    403    403
		branch1   0    404  400    403    403
		deputy    1    200  200    403    403
		clerk     1    200  200    403    403
		keeper    1    200  200    403    403`)
}

func TestHonorsPolicy(t *testing.T) {
	data := map[string]any{"title": "服务标兵", "person": "#member", "org": "@zb1"}
	policy(t, activities.Honors, func(t testing.TB, app *tests.TestApp) *core.Record {
		return apptest.Make(t, app, activities.Honors, data)
	},
		data, map[string]any{"merits": "值守"}, `
		who       list view create update delete
		guest     0    404  400    404    404
		outsider  0    404  400    404    404
		member    1    200  400    404    404
		branch2   0    404  400    404    404
		inspector 0    404  400    404    404
		deputy    1    200  400    404    404
		branch1   1    200  200    200    204
		clerk     1    200  200    200    204
		keeper    1    200  200    200    204`)
}
