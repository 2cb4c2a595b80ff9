package inspections_test

import (
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/inspections"
)

// known gives the rounds and the points ids that a policy can name in what it
// sends.
func known(t testing.TB, app core.App) {
	t.Helper()
	for old, id := range map[string]string{round(t, app, "第一轮").Id: "round0000000001", round(t, app, "第二轮").Id: "round0000000002"} {
		for _, sql := range []string{`UPDATE inspections SET id = {:id} WHERE id = {:old}`, `UPDATE inspections_teams SET inspection = {:id} WHERE inspection = {:old}`} {
			if _, err := app.DB().NewQuery(sql).Bind(map[string]any{"id": id, "old": old}).Execute(); err != nil {
				t.Fatal(err)
			}
		}
	}
	points := apptest.First(t, app, "documents", "title", "巡察工作要点").Id
	for _, sql := range []string{`UPDATE documents SET id = 'points000000001' WHERE id = {:old}`, `UPDATE inspections SET points = 'points000000001'`} {
		if _, err := app.DB().NewQuery(sql).Bind(map[string]any{"old": points}).Execute(); err != nil {
			t.Fatal(err)
		}
	}
}

const first, second = "round0000000001", "round0000000002"

func policy(t *testing.T, p apptest.Policy) {
	t.Helper()
	t.Parallel()
	make := p.Record
	p.App = world
	p.Record = func(t testing.TB, app *tests.TestApp) *core.Record {
		known(t, app)
		return make(t, app)
	}
	p.Test(t)
}

func TestRoundsPolicy(t *testing.T) {
	policy(t, apptest.Policy{
		Collection: inspections.Rounds,
		Record:     func(t testing.TB, app *tests.TestApp) *core.Record { return round(t, app, "第二轮") },
		Create:     map[string]any{"title": "第三轮", "kind": "special", "begins": "2026-09-01", "points": "points000000001", "targets": "@djb", "org": "@jd"},
		Update:     map[string]any{"title": "第二轮常规巡察"},
		Table: `
			who       list view create update delete
			guest     0    404  400    404    404
			outsider  0    404  400    404    404
			member    0    404  400    404    404
			branch2   0    404  400    404    404
			branch1   0    404  400    404    404
			clerk     2    200  400    404    404
			secretary 2    200  400    404    404
			inspector 2    200  200    200    204
			keeper    2    200  200    200    204`,
	})
}

func TestPoolPolicy(t *testing.T) {
	policy(t, apptest.Policy{
		Collection: inspections.Pool,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			return apptest.Make(t, app, inspections.Pool, map[string]any{"person": "#member", "since": "2026-07-01", "org": "@jd"})
		},
		Create: map[string]any{"person": "#branch2", "since": "2026-06-01", "org": "@jd"},
		Update: map[string]any{"note": "熟悉财务"},
		Table: `
			who       list view create update delete
			guest     0    404  400    404    404
			outsider  0    404  400    404    404
			member    1    200  400    404    404
			branch2   0    404  400    404    404
			branch1   1    404  400    404    404
			clerk     5    200  400    404    404
			secretary 5    200  400    404    404
			inspector 5    200  200    200    204
			keeper    5    200  200    200    204`,
	})
}

func TestTeamsPolicy(t *testing.T) {
	policy(t, apptest.Policy{
		Collection: inspections.Teams,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			return join(t, app, second, "#branch1", "member")
		},
		Create: map[string]any{"inspection": second, "person": "#clerk", "role": "member", "recusal": "none", "recusal_on": "2026-06-01"},
		Update: map[string]any{"role": "deputy"},
		Table: `
			who       list view create update delete
			guest     0    404  400    404    404
			outsider  0    404  400    404    404
			member    0    404  400    404    404
			branch2   0    404  400    404    404
			branch1   1    200  400    404    404
			clerk     3    200  400    404    404
			secretary 3    200  400    404    404
			inspector 3    200  200    200    204
			keeper    3    200  200    200    204`,
	})
}

// Papers are for those who inspect.
func TestPapersPolicy(t *testing.T) {
	policy(t, apptest.Policy{
		Collection: inspections.Papers,
		Record:     func(t testing.TB, app *tests.TestApp) *core.Record { return paper(t, app, "底稿-01", nil) },
		Create:     map[string]any{"inspection": first, "target": "@zb1", "number": "底稿-02", "title": "发展党员"},
		Update:     map[string]any{"facts": "缺三次"},
		Table: `
			who       list view create update delete
			guest     0    404  400    404    404
			outsider  0    404  400    404    404
			member    0    404  400    404    404
			branch2   0    404  400    404    404
			branch1   0    404  400    404    404
			clerk     0    404  400    404    404
			secretary 0    404  400    404    404
			inspector 1    200  200    200    204
			keeper    1    200  200    200    204`,
	})
}

// A finding is read by the unit it concerns once it has been reported.
func TestFindingsPolicy(t *testing.T) {
	policy(t, apptest.Policy{
		Collection: inspections.Findings,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			finding(t, app, "1", "reported")
			return finding(t, app, "2", "draft")
		},
		Create: map[string]any{"inspection": first},
		Update: map[string]any{"common": true},
		Table: `
			who       list view create update delete
			guest     0    404  400    404    404
			outsider  0    404  400    404    404
			member    0    404  400    404    404
			branch2   0    404  400    404    404
			branch1   1    404  400    404    404
			clerk     1    404  400    404    404
			secretary 1    404  400    404    404
			inspector 2    200  400    200    204
			keeper    2    200  400    200    204`,
	})
}

func TestFixesPolicy(t *testing.T) {
	policy(t, apptest.Policy{
		Collection: inspections.Fixes,
		Record:     func(t testing.TB, app *tests.TestApp) *core.Record { return fix(t, app, "open") },
		Create:     map[string]any{},
		Update:     map[string]any{"goal": "补齐记录"},
		Table: `
			who       list view create update delete
			guest     0    404  400    404    404
			outsider  0    404  400    404    404
			member    0    404  400    404    404
			branch2   0    404  400    404    404
			branch1   1    200  400    200    404
			clerk     1    200  400    404    404
			secretary 1    200  400    200    404
			inspector 1    200  400    200    204
			keeper    1    200  400    200    204`,
	})
}

// Handovers are for those who inspect; nobody changes or deletes one.
func TestHandoversPolicy(t *testing.T) {
	policy(t, apptest.Policy{
		Collection: inspections.Handovers,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			return apptest.Make(t, app, inspections.Handovers, map[string]any{"inspection": first, "number": "巡移〔2026〕1号", "receiver": "discipline", "handed_on": "2026-06-08"})
		},
		Create: map[string]any{"inspection": first, "number": "巡移〔2026〕2号", "receiver": "county", "handed_on": "2026-06-09"},
		Update: map[string]any{"receiver": "county"},
		Table: `
			who       list view create update delete
			guest     0    404  400    403    403
			outsider  0    404  400    403    403
			member    0    404  400    403    403
			branch2   0    404  400    403    403
			branch1   0    404  400    403    403
			clerk     0    404  400    403    403
			secretary 0    404  400    403    403
			inspector 1    200  200    403    403
			keeper    1    200  200    403    403`,
	})
}

// Whoever keeps inspections sets the terms; everybody of the organization and
// below reads them.
func TestSettingsPolicy(t *testing.T) {
	policy(t, apptest.Policy{
		Collection: inspections.Settings,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			return apptest.Make(t, app, inspections.Settings, map[string]any{"org": "@zb1", "document": "规定", "rate": 90})
		},
		Create: map[string]any{"org": "@zb2", "document": "规定"},
		Update: map[string]any{"rate": 100},
		Table: `
			who       list view create update delete
			guest     0    404  400    404    404
			outsider  0    404  400    404    404
			member    1    200  400    404    404
			branch2   0    404  400    404    404
			branch1   1    200  400    404    404
			inspector 1    200  200    200    204
			deputy    1    200  200    200    204
			keeper    1    200  200    200    204`,
	})
}
