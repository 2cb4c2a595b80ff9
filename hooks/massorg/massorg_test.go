package massorg_test

import (
	"maps"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/massorg"
)

const consentID, hardshipID = "consent00000001", "hardship0000001"

// union makes the deputy chair of the union, and the member consent to scope.
func union(t testing.TB, app core.App, scope string) {
	t.Helper()
	apptest.Make(t, app, "org_units", map[string]any{"code": "gh", "name": "清河街道工会", "kind": "union", "parent": "@jd"})
	apptest.Make(t, app, "org_posts", map[string]any{"person": "#deputy", "role": "$union_chair", "org": "@gh", "since": "2026-01-01"})
	apptest.Make(t, app, massorg.Consents, map[string]any{
		"id": consentID, "person": "#member", "scope": scope, "notice": "2026-01", "given_on": "2026-03-02", "org": "@gh",
	})
}

var filed = map[string]any{
	"id": hardshipID, "person": "#member", "consent": consentID, "level": "relative", "members": 3, "income": 4800000, "spending": 1200000,
	"visited_on": "2026-03-10", "review_on": "2026-09-10", "org": "@gh", "state": "filed",
}

func hardship(t testing.TB, app core.App) *core.Record {
	t.Helper()
	data := maps.Clone(filed)
	data["visitors"] = []string{apptest.Person(t, app, apptest.Deputy).Id, apptest.Person(t, app, apptest.Clerk).Id}
	return apptest.Make(t, app, massorg.Hardships, data)
}

// Nothing sensitive is stored without the person's separate consent to this
// very purpose (14.24).
func TestNothingWithoutConsent(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		scope, person string
		data          map[string]any
		code          string
	}{
		"surveyed, nothing sensitive": {"hardship", "#member", map[string]any{}, ""},
		"no consent":                  {"hardship", "#member", map[string]any{"income": 100}, "massorg_no_consent"},
		"consent":                     {"hardship", "#member", map[string]any{"income": 100, "consent": consentID}, ""},
		"to something else":           {"health", "#member", map[string]any{"income": 100, "consent": consentID}, "massorg_no_consent"},
		"of somebody else":            {"hardship", "#branch1", map[string]any{"level": "deep", "consent": consentID}, "massorg_no_consent"},
	} {
		app := apptest.New(t)
		union(t, app, c.scope)
		c.data["person"], c.data["org"] = c.person, "@gh"
		_, err := apptest.Try(app, massorg.Hardships, apptest.Named(t, app, c.data))
		apptest.Refused(t, name, err, c.code)
	}
	app := apptest.New(t)
	union(t, app, "health")
	_, err := apptest.Try(app, massorg.Health, apptest.Named(t, app, map[string]any{"person": "#member", "year": 2026, "due": true, "done": true, "org": "@gh"}))
	apptest.Refused(t, "checked without consent", err, "massorg_no_consent")
	_, err = apptest.Try(app, massorg.Health, apptest.Named(t, app, map[string]any{"person": "#member", "year": 2026, "due": true, "done": true, "consent": consentID, "org": "@gh"}))
	apptest.Refused(t, "checked with it", err, "")
}

// Whoever consents may withdraw: what the consent carried is emptied and
// closed at once, and nothing follows.
func TestWithdrawal(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	union(t, s.App, "hardship")
	h := hardship(t, s.App)
	apptest.Make(t, s.App, massorg.Aid, map[string]any{"hardship": h.Id, "kind": "money", "amount": 50000, "given_on": "2026-05-01"})
	url := apptest.URL(massorg.Consents, consentID)
	s.Do(t, apptest.Member, "PATCH", url, map[string]any{"scope": "health"}).Want(t, 404)
	s.Do(t, apptest.Member, "PATCH", url, map[string]any{"withdrawn_on": "2026-06-11"}).Want(t, 400, "massorg_date")
	s.Do(t, apptest.Member, "PATCH", url, map[string]any{"withdrawn_on": "2026-06-10"}).Want(t, 200)
	s.Do(t, apptest.Deputy, "PATCH", url, map[string]any{"withdrawn_on": ""}).Want(t, 400, "massorg_consent_fixed")
	s.Do(t, apptest.Keeper, "DELETE", url, nil).Want(t, 403, "massorg_consent_kept")

	closed := apptest.First(t, s.App, massorg.Hardships, "id", h.Id)
	if closed.GetString("state") != "ended" || closed.GetString("level") != "" || closed.GetInt("income")+closed.GetInt("spending")+closed.GetInt("members") != 0 {
		t.Errorf("Expected an empty file that is closed, got %v", closed.PublicExport())
	}
	_, err := apptest.Try(s.App, massorg.Aid, map[string]any{"hardship": h.Id, "kind": "money", "amount": 1, "given_on": "2026-06-10"})
	apptest.Refused(t, "aid after that", err, "massorg_not_filed")
}

func TestHardshipsAndCraft(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	union(t, app, "hardship")
	data := maps.Clone(filed)
	data["visitors"] = []string{apptest.Person(t, app, apptest.Deputy).Id}
	_, err := apptest.Try(app, massorg.Hardships, apptest.Named(t, app, data))
	apptest.Refused(t, "one visitor", err, "massorg_visitors")
	_, err = apptest.Try(app, massorg.Craft, apptest.Named(t, app, map[string]any{"person": "#member", "trade": "电工", "mentor": "#member", "org": "@gh"}))
	apptest.Refused(t, "one's own mentor", err, "massorg_mentor")
}

// A plan is reviewed by the committee, not by who submits it (14.24).
func TestPlansOverREST(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	union(t, s.App, "hardship")
	url := apptest.URL(massorg.Plans, apptest.Make(t, s.App, massorg.Plans, map[string]any{"title": "工会计划", "year": 2026, "org": "@gh"}).Id)
	for _, step := range []struct {
		who    string
		body   map[string]any
		status int
		code   string
	}{
		{apptest.Deputy, map[string]any{"state": "submitted"}, 400, "massorg_plans_needs"},
		{apptest.Deputy, map[string]any{"state": "submitted", "content": "排查、体检、师带徒"}, 200, ""},
		{apptest.Deputy, map[string]any{"state": "approved"}, 400, "org_same_person"},
		{apptest.Clerk, map[string]any{"state": "approved"}, 200, ""},
		{apptest.Deputy, map[string]any{"content": "别的"}, 400, "massorg_plans_filed"},
	} {
		s.Do(t, step.who, "PATCH", url, step.body).Want(t, step.status, step.code)
	}
}

func policy(t *testing.T, collection, scope string, record func(t testing.TB, app core.App) *core.Record, create, update map[string]any, table string) {
	t.Helper()
	t.Parallel()
	apptest.Policy{
		Collection: collection, Create: create, Update: update, Table: table,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			union(t, app, scope)
			return record(t, app)
		},
	}.Test(t)
}

func made(collection string, data map[string]any) func(t testing.TB, app core.App) *core.Record {
	return func(t testing.TB, app core.App) *core.Record { return apptest.Make(t, app, collection, data) }
}

const public = `
	who       list view create update delete
	guest     0    404  400    404    404
	outsider  0    404  400    404    404
	member    0    404  400    404    404
	branch1   0    404  400    404    404
	branch2   0    404  400    404    404
	inspector 0    404  400    404    404
	secretary 1    200  400    200    404
	deputy    1    200  200    200    204
	keeper    1    200  200    200    204`

func TestPlansPolicy(t *testing.T) {
	data := map[string]any{"title": "工会计划", "year": 2026, "org": "@gh"}
	policy(t, massorg.Plans, "hardship", made(massorg.Plans, data), map[string]any{"title": "团委计划", "year": 2026, "org": "@gh"}, map[string]any{"opinion": "可"}, public)
}

func TestConsentsPolicy(t *testing.T) {
	policy(t, massorg.Consents, "hardship", func(t testing.TB, app core.App) *core.Record {
		return apptest.First(t, app, massorg.Consents, "id", consentID)
	}, map[string]any{"person": "#branch1", "scope": "health", "notice": "2026-01", "given_on": "2026-06-01", "org": "@gh"}, map[string]any{"withdrawn_on": "2026-06-10"}, `
		who       list view create update delete
		guest     0    404  400    404    403
		outsider  0    404  400    404    403
		member    1    200  400    200    403
		branch1   0    404  400    404    403
		secretary 1    200  400    404    403
		deputy    1    200  200    200    403
		keeper    1    200  200    200    403`)
}

// Hardship is for the union's officers and the person, not for the committee.
const closed = `
	who       list view create update delete
	guest     0    404  400    404    404
	outsider  0    404  400    404    404
	member    1    200  400    404    404
	branch1   0    404  400    404    404
	inspector 0    404  400    404    404
	secretary 0    404  400    404    404
	deputy    1    200  200    200    204
	keeper    1    200  200    200    204`

func TestHardshipsPolicy(t *testing.T) {
	data := map[string]any{"person": "#member", "org": "@gh"}
	policy(t, massorg.Hardships, "hardship", made(massorg.Hardships, data), data, map[string]any{"members": 3, "consent": consentID}, closed)
}

func TestHealthPolicy(t *testing.T) {
	policy(t, massorg.Health, "health", made(massorg.Health, map[string]any{"person": "#member", "year": 2025, "due": true, "org": "@gh"}),
		map[string]any{"person": "#member", "year": 2026, "due": true, "org": "@gh"}, map[string]any{"done": true, "consent": consentID}, closed)
}

func TestAidPolicy(t *testing.T) {
	data := map[string]any{"hardship": hardshipID, "kind": "money", "amount": 50000, "given_on": "2026-05-01"}
	policy(t, massorg.Aid, "hardship", func(t testing.TB, app core.App) *core.Record {
		hardship(t, app)
		return apptest.Make(t, app, massorg.Aid, data)
	}, data, map[string]any{"amount": 1}, `
		who       list view create update delete
		guest     0    404  400    403    403
		outsider  0    404  400    403    403
		member    1    200  400    403    403
		branch1   0    404  400    403    403
		secretary 0    404  400    403    403
		deputy    1    200  200    403    403
		keeper    1    200  200    403    403`)
}

func TestCraftPolicy(t *testing.T) {
	policy(t, massorg.Craft, "hardship", made(massorg.Craft, map[string]any{"person": "#member", "trade": "电工", "org": "@gh"}),
		map[string]any{"person": "#branch1", "trade": "焊工", "org": "@gh"}, map[string]any{"level": "senior"}, `
		who       list view create update delete
		guest     0    404  400    404    404
		outsider  0    404  400    404    404
		member    1    200  400    404    404
		branch1   0    404  400    404    404
		secretary 1    200  400    404    404
		deputy    1    200  200    200    204
		keeper    1    200  200    200    204`)
}
