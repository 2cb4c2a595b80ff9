package ledgers_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	neturl "net/url"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/ledgers"
)

// Everybody who signs in reads the views; the system keeper writes them.
func TestViewsPolicy(t *testing.T) {
	t.Parallel()
	apptest.Policy{
		Collection: ledgers.Views,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			return apptest.First(t, app, ledgers.Views, "collection", "documents")
		},
		Create: map[string]any{"collection": "plan_tasks", "title": "任务"},
		Update: map[string]any{"title": "文件"},
		Table: `
			who       view create update delete
			guest     404  403    403    403
			outsider  200  403    403    403
			member    200  403    403    403
			clerk     200  403    403    403
			secretary 200  403    403    403
			keeper    200  200    200    204`,
	}.Test(t)
}

// Slips are read by who wrote them and by who audits; nobody writes them past
// the record's own rule.
func TestCorrectionsPolicy(t *testing.T) {
	t.Parallel()
	apptest.Policy{
		Collection: ledgers.Corrections,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			return apptest.Create(t, app, ledgers.Corrections, slip(t, app, apptest.Branch))
		},
		Create: map[string]any{"collection": "documents", "record": "x", "field": "title", "now": "新", "reason": "笔误"},
		Update: map[string]any{"now": "别的"},
		Table: `
			who       list view create update delete
			guest     0    404  403    403    403
			outsider  0    404  403    403    403
			member    0    404  403    403    403
			branch2   0    404  403    403    403
			branch1   1    200  403    403    403
			clerk     1    200  403    403    403
			keeper    1    200  400    403    403`,
	}.Test(t)
}

// document is an entry of the ledger of documents, of branch zb1.
func document(t testing.TB, app core.App) *core.Record {
	t.Helper()
	return apptest.Make(t, app, "documents", map[string]any{"org": "@zb1", "title": "学习制度", "action": "draft", "year": 2026, "due": "2026-06-30", "state": "planned"})
}

func slip(t testing.TB, app core.App, by string) map[string]any {
	t.Helper()
	return map[string]any{
		"collection": "documents", "record": document(t, app).Id, "field": "title", "now": "学习制度（修订）", "reason": "名称写错", "person": apptest.Person(t, app, by).Id,
	}
}

func TestR_ORG_04_CorrectionSlips(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	url := "/api/ledgers/documents/" + document(t, s.App).Id + "/corrections"
	form := map[string]any{"field": "title", "now": "学习制度（修订）", "reason": "名称写错"}
	s.Do(t, apptest.Guest, "POST", url, form).Want(t, 401)
	s.Do(t, apptest.Member, "POST", url, form).Want(t, 404)
	s.Do(t, apptest.Clerk, "POST", url, map[string]any{"field": "title", "now": "学习制度", "reason": "名称写错"}).Want(t, 400, "ledgers_correction_same")
	s.Do(t, apptest.Clerk, "POST", url, map[string]any{"field": "title", "now": "新"}).Want(t, 400, `"reason"`)
	s.Do(t, apptest.Clerk, "POST", url, map[string]any{"field": "nothing", "now": "新", "reason": "名称写错"}).Want(t, 400, "ledgers_field_unknown")
	s.Do(t, apptest.Clerk, "POST", url, form).Want(t, 201, `"was":"学习制度"`, apptest.Person(t, s.App, apptest.Clerk).Id)
	s.Do(t, apptest.Clerk, "GET", url, nil).Want(t, 200, "名称写错")
	s.Do(t, apptest.Member, "GET", url, nil).Want(t, 404)
	if record := apptest.First(t, s.App, "documents", "title", "学习制度"); record == nil {
		t.Error("Expected the record to stay as it was")
	}
}

func TestBrokenViewsAreRefused(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	for code, data := range map[string]map[string]any{
		"ledgers_collection_unknown": {"collection": "nothing", "title": "x"},
		"ledgers_field_unknown":      {"collection": "plan_tasks", "title": "x", "columns": "title nothing"},
		"ledgers_filter_broken":      {"collection": "plan_tasks", "title": "x", "filter": "nothing = 1"},
	} {
		_, err := apptest.Try(app, ledgers.Views, data)
		apptest.Refused(t, code, err, code)
	}
	_, err := apptest.Try(app, ledgers.Views, map[string]any{"collection": "people", "title": "x", "columns": "failed"})
	apptest.Refused(t, "a hidden column", err, "ledgers_field_unknown")
}

func read(t *testing.T, s *apptest.Server, who, url string, into any) {
	t.Helper()
	answer := s.Do(t, who, http.MethodGet, url, nil)
	answer.Want(t, 200)
	if err := json.Unmarshal([]byte(answer.Body), into); err != nil {
		t.Fatal(err)
	}
}

// TestItemCounts: an item shows its ledgers with the records that the caller
// may see.
func TestItemCounts(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	document(t, s.App)
	s.Do(t, apptest.Clerk, "GET", "/api/ledgers/items/4?year=2026", nil).Want(t, 200, `"collection":"documents"`, `"records":1`)
	s.Do(t, apptest.Clerk, "GET", "/api/ledgers/items/4?year=2025", nil).Want(t, 200, `"collection":"documents"`, `"records":0`)
	s.Do(t, apptest.Outsider, "GET", "/api/ledgers/items/4?year=2026", nil).Want(t, 200, `"records":0`)
	s.Do(t, apptest.Clerk, "GET", "/api/ledgers/items/99", nil).Want(t, 200, `[]`)
}

// TestHeat: counts by organization and month are those of the list: the caller's
// own reach, and nothing about what is hidden.
func TestHeat(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	for _, m := range [][2]string{{"@zb1", "2026-03-31"}, {"@zb1", "2026-04-01"}, {"@zb1", "2026-04-30"}, {"@zb2", "2026-04-02"}} {
		apptest.Make(t, s.App, "meetings", map[string]any{"title": "支部大会", "kind": "branch_assembly", "held_on": m[1], "org": m[0], "state": "planned"})
	}
	zb1, zb2 := apptest.Unit(t, s.App, "zb1").Id, apptest.Unit(t, s.App, "zb2").Id
	april := func(unit string, n int) string {
		return fmt.Sprintf(`{"org":%q,"month":"2026-04","records":%d}`, unit, n)
	}
	const url = "/api/ledgers/heat/meetings"
	s.Do(t, apptest.Clerk, "GET", url, nil).Want(t, 200, april(zb1, 2), april(zb2, 1), `"month":"2026-03","records":1`)
	if answer := s.Do(t, apptest.Branch, "GET", url, nil); !answer.Has(april(zb1, 2)) || answer.Has(zb2) {
		t.Errorf("a branch: %s", answer.Body)
	}
	s.Do(t, apptest.Outsider, "GET", url, nil).Want(t, 200, `[]`)
	s.Do(t, apptest.Guest, "GET", url, nil).Want(t, 401)
	if answer := s.Do(t, apptest.Clerk, "GET", url+"?filter="+neturl.QueryEscape(`held_on > "2026-04-01"`), nil); !answer.Has(april(zb1, 1)) || answer.Has("2026-03") {
		t.Errorf("filtered: %s", answer.Body)
	}
	for _, filter := range []string{`nothing = 1`, `@request.auth.id != ""`, `@collection.people.id != ""`, `host.locked_until != ""`} {
		s.Do(t, apptest.Clerk, "GET", url+"?filter="+neturl.QueryEscape(filter), nil).Want(t, 400, "ledgers_filter")
	}
	s.Do(t, apptest.Clerk, "GET", "/api/ledgers/heat/org_roles", nil).Want(t, 400, "ledgers_no_heat")
	s.Do(t, apptest.Clerk, "GET", "/api/ledgers/heat/nothing", nil).Want(t, 404)
}
