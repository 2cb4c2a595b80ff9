package points_test

import (
	"net/http"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/points/ledger"
	"yaodian/hooks/points/rounds"
)

func made(collection string, data map[string]any) func(testing.TB, *tests.TestApp) *core.Record {
	return func(t testing.TB, app *tests.TestApp) *core.Record {
		t.Helper()
		return apptest.Make(t, app, collection, data)
	}
}

// published is a quarter of zb1 in publication, with a fixed id.
func published(t testing.TB, app *tests.TestApp) *core.Record {
	t.Helper()
	p := apptest.Make(t, app, rounds.Periods, map[string]any{"id": "period2026q1000", "org": "@zb1", "quarter": "2026-Q1"})
	if err := act(app, t, Reviewer, p, map[string]any{"state": "published"}); err != nil {
		t.Fatal(err)
	}
	return p
}

func TestPolicies(t *testing.T) {
	t.Parallel()
	for _, p := range []apptest.Policy{
		{
			Collection: "points_schemes", Record: made("points_schemes", map[string]any{"no": "2027", "title": "试行办法", "year": 2027, "base": 600, "cap": 400}),
			Create: map[string]any{"no": "2028", "title": "又一版", "year": 2028, "base": 600, "cap": 400},
			Update: map[string]any{"title": "改名"},
			Table: `
				who       list view create update delete
				guest     0    404  400    404    404
				outsider  2    200  400    404    404
				member    2    200  400    404    404
				branch1   2    200  400    404    404
				secretary 2    200  400    404    404
				organizer 2    200  200    200    204`,
		},
		{
			Collection: "points_rules", Record: made("points_rules", map[string]any{"no": "Z01", "title": "践诺", "subject": "pledge", "category": "pledge", "value": 10, "since": "2026-01-01"}),
			Create: map[string]any{"no": "Z02", "title": "践诺二", "subject": "pledge", "category": "pledge", "value": 10, "since": "2026-01-01"},
			Update: map[string]any{"title": "改名"},
			Table: `
				who       list view create update delete
				guest     0    404  400    404    404
				outsider  28   200  400    404    404
				member    28   200  400    404    404
				branch1   28   200  400    404    404
				clerk     28   200  200    200    204`,
		},
		{
			Collection: "points_standings", Record: made("points_standings", map[string]any{"person": "#" + apptest.Member, "category": "special", "since": "2026-03-01", "until": "2026-04-01"}),
			Create: map[string]any{"person": "#" + apptest.Member, "category": "backbone", "since": "2026-05-01"},
			Update: map[string]any{"until": "2026-03-20"},
			Table: `
				who       list view create update delete
				guest     0    404  400    404    403
				outsider  0    404  400    404    403
				branch2   0    404  400    404    403
				member    1    200  400    404    403
				branch1   1    200  200    200    403
				secretary 1    200  400    404    403
				organizer 1    200  200    200    403`,
		},
		{
			Collection: "points_vetoes", Record: made("points_vetoes", map[string]any{"person": "#" + apptest.Member, "since": "2026-03-01", "document": "清纪〔2026〕3号"}),
			Create: map[string]any{"person": "#" + apptest.Member, "since": "2026-05-01", "document": "清纪〔2026〕4号"},
			Update: map[string]any{"until": "2026-09-01"},
			Table: `
				who        list view create update delete
				guest      0    404  400    404    403
				outsider   0    404  400    404    403
				branch1    0    404  400    404    403
				organizer  0    404  400    404    403
				member     1    200  400    404    403
				discipline 1    200  200    200    403`,
		},
		{
			Collection: rounds.Claims, Record: func(t testing.TB, app *tests.TestApp) *core.Record {
				t.Helper()
				c, err := enterClaim(t, app, apptest.Member, claim("T11", apptest.Member, "2026-06-01", nil))
				if err != nil {
					t.Fatal(err)
				}
				return c
			},
			Create: map[string]any{"person": "#" + apptest.Member, "rule": "claimrule000000", "happened_on": "2026-05-01", "text": "践诺"},
			Update: map[string]any{"text": "改了说明"},
			Table: `
				who       list view create update delete
				guest     0    404  400    404    404
				outsider  0    404  400    404    404
				branch2   0    404  400    404    404
				secretary 1    200  400    404    404
				branch1   1    200  200    200    404
				member    1    200  200    200    204`,
		},
		{
			Collection: ledger.Entries, Record: func(t testing.TB, app *tests.TestApp) *core.Record {
				t.Helper()
				learn(t, app, apptest.Member, "2026-05-06")
				return apptest.First(t, app, ledger.Entries, "person", id(t, app, apptest.Member))
			},
			Create: map[string]any{"person": "#" + apptest.Member, "points": 100},
			Update: map[string]any{"points": 100},
			Table: `
				who       list view create update delete
				guest     0    404  403    403    403
				outsider  0    404  403    403    403
				branch2   0    404  403    403    403
				member    1    200  403    403    403
				branch1   1    200  403    403    403
				secretary 1    200  403    403    403
				clerk     1    200  403    403    403`,
		},
		{
			Collection: rounds.Periods, Record: made(rounds.Periods, map[string]any{"org": "@zb1", "quarter": "2025-Q4"}),
			Create: map[string]any{"org": "@zb1", "quarter": "2025-Q3"},
			Update: map[string]any{"named": true},
			Table: `
				who       list view create update delete
				guest     0    404  400    404    404
				outsider  0    404  400    404    404
				member    0    404  400    404    404
				branch2   0    404  400    404    404
				secretary 1    200  400    404    404
				branch1   1    200  200    200    204
				clerk     1    200  200    200    204`,
		},
		{
			Collection: rounds.Appeals, Record: func(t testing.TB, app *tests.TestApp) *core.Record {
				t.Helper()
				p := published(t, app)
				return apptest.Make(t, app, rounds.Appeals, map[string]any{"person": "#" + apptest.Member, "period": p.Id, "text": "少计了一次。"})
			},
			Create: map[string]any{"person": "#" + apptest.Member, "period": "period2026q1000", "text": "又少计了一次。"},
			Update: map[string]any{"state": "answered", "outcome": "kept", "answer": "没有记录。"},
			Table: `
				who       list view create update delete
				guest     0    404  400    404    403
				outsider  0    404  400    404    403
				branch2   0    404  400    404    403
				secretary 0    404  400    404    403
				branch1   1    200  400    200    403
				member    1    200  200    404    403`,
		},
	} {
		if p.Collection == rounds.Claims {
			p.App = claimable
		} else {
			p.App = prepared
		}
		p.Test(t)
	}
}

// claimable has a rule with a fixed id.
var claimable = func(t testing.TB) *tests.TestApp {
	app := prepared(t)
	enact(t, app, map[string]any{"id": "claimrule000000", "no": "T90", "title": "践诺二", "subject": "pledge", "category": "pledge", "value": 10})
	return app
}

// Members read what their branch has published, not what it drafts.
func TestPublishedIsRead(t *testing.T) {
	t.Parallel()
	s := served(t)
	p := published(t, s.App)
	for who, status := range map[string]int{apptest.Member: 200, Elder: 200, apptest.Neighbour: 404, apptest.Guest: 404, apptest.Outsider: 404} {
		get(t, s, who, apptest.URL(rounds.Periods, p.Id)).Want(t, status)
	}
}

// Nobody can file an appeal for somebody else, nor make themselves somebody else.
func TestActorsAreWritten(t *testing.T) {
	t.Parallel()
	s := served(t)
	published(t, s.App)
	s.Do(t, apptest.Member, http.MethodPost, apptest.URL(rounds.Appeals), map[string]any{"person": id(t, s.App, Elder), "period": "period2026q1000", "text": "替别人。"}).Want(t, 400)
	s.Do(t, apptest.Member, http.MethodPost, apptest.URL(rounds.Claims), map[string]any{
		"person": id(t, s.App, apptest.Member), "rule": ruleNo(t, s.App, "T11"), "happened_on": "2026-06-01", "text": "践诺", "entered_by": id(t, s.App, Reviewer),
	}).Want(t, 200, `"entered_by":"`+id(t, s.App, apptest.Member)+`"`)
}

// The keeper of the system is bound by every rule all the same.
func TestKeeperIsBound(t *testing.T) {
	t.Parallel()
	s := served(t)
	learn(t, s.App, apptest.Member, "2026-05-06")
	e := apptest.First(t, s.App, ledger.Entries, "person", id(t, s.App, apptest.Member))
	s.Do(t, apptest.Keeper, http.MethodPatch, apptest.URL(ledger.Entries, e.Id), map[string]any{"points": 90}).Want(t, 403, "points_append_only")
	s.Do(t, apptest.Keeper, http.MethodDelete, apptest.URL(ledger.Entries, e.Id), nil).Want(t, 403)
	p := published(t, s.App)
	s.Do(t, apptest.Keeper, http.MethodPatch, apptest.URL(rounds.Periods, p.Id), map[string]any{"state": "locked", "locked_by": id(t, s.App, Reviewer)}).Want(t, 400, "points_notice_running")
}
