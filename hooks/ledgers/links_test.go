package ledgers_test

import (
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/ledgers"
	"yaodian/hooks/plan"
	"yaodian/hooks/plan/imports"
)

const lectures = `2026年清河街道党建工作要点
一、抓实思想建设
1.开展党课。各社区党支部每季度讲党课1次。
`

// withPlan is an application where every branch owes a lecture each quarter.
var withPlan = apptest.Prepared(func(t testing.TB, app core.App) {
	draft, err := imports.Read(app, imports.Input{
		Org: apptest.Unit(t, app, "jd").Id, Text: lectures, By: apptest.Person(t, app, apptest.Clerk).Id, Since: "2026-01-01",
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := apptest.Save(app, draft, map[string]any{"state": "submitted"}); err != nil {
		t.Fatal(err)
	}
	if _, _, err := imports.Confirm(app, t.Context(), draft.Id, apptest.Person(t, app, apptest.Secretary).Id); err != nil {
		t.Fatal(err)
	}
})

// link makes the drafting of a document evidence of the lecture.
func link(t testing.TB, app core.App) map[string]any {
	t.Helper()
	var task core.Record
	if err := app.RecordQuery(plan.Tasks).Limit(1).One(&task); err != nil {
		t.Fatal(err)
	}
	return apptest.Named(t, app, map[string]any{
		"org": "@jd", "collection": "documents", "task": task.Id, "condition": "state = 'drafting'", "date_field": "due", "active": true, "text": "讲稿已动笔。",
	})
}

// Officers of the plan keep the links; who only reads the plan sees them.
func TestLinksPolicy(t *testing.T) {
	t.Parallel()
	app := withPlan(t)
	apptest.Policy{
		Collection: ledgers.Links, App: withPlan,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			return apptest.Create(t, app, ledgers.Links, link(t, app))
		},
		Create: link(t, app),
		Update: map[string]any{"active": false},
		Table: `
			who       list view create update delete
			guest     0    404  400    404    404
			outsider  0    404  400    404    404
			member    0    404  400    404    404
			branch1   0    404  400    404    404
			inspector 1    200  400    404    404
			clerk     1    200  200    200    204
			keeper    1    200  200    200    204`,
	}.Test(t)
}

func TestBrokenLinksAreRefused(t *testing.T) {
	t.Parallel()
	app := withPlan(t)
	for code, change := range map[string]map[string]any{
		"ledgers_collection_unknown": {"collection": "nothing"},
		"ledgers_link_no_org":        {"collection": "calendar_days", "date_field": "date", "condition": ""},
		"ledgers_field_unknown":      {"date_field": "nothing"},
		"ledgers_private":            {"collection": "declarations_events", "condition": "", "date_field": "held_on"},
		"ledgers_filter_broken":      {"condition": "nothing = 1"},
	} {
		data := link(t, app)
		for k, v := range change {
			data[k] = v
		}
		_, err := apptest.Try(app, ledgers.Links, data)
		apptest.Refused(t, code, err, code)
	}
}

// TestLinkGivesEvidence: a record that reaches the condition proves the duty of
// its organization and its quarter, once, and nobody else's.
func TestLinkGivesEvidence(t *testing.T) {
	t.Parallel()
	app := withPlan(t)
	apptest.Create(t, app, ledgers.Links, link(t, app))
	count := func(conditions ...dbx.Expression) int64 {
		n, err := app.CountRecords(plan.Evidence, conditions...)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	d := apptest.Make(t, app, "documents", map[string]any{"org": "@zb1", "title": "党课讲稿", "action": "draft", "year": 2026, "due": "2026-05-20", "state": "planned"})
	if count() != 0 {
		t.Error("Expected no evidence before the condition is met")
	}
	for range 2 { // the second save changes nothing
		if err := apptest.Save(app, d, map[string]any{"state": "drafting"}); err != nil {
			t.Fatal(err)
		}
	}
	if n := count(dbx.HashExp{"link_collection": "documents", "link_id": d.Id}); n != 1 || count() != 1 {
		t.Fatalf("Expected one piece of evidence, got %d", n)
	}
	evidence := apptest.First(t, app, plan.Evidence, "link_id", d.Id)
	duty, err := app.FindRecordById(plan.Duties, evidence.GetString("duty"))
	if err != nil {
		t.Fatal(err)
	}
	if duty.GetString("org") != apptest.Unit(t, app, "zb1").Id || duty.GetString("period") != "2026-Q2" {
		t.Errorf("Expected the second quarter of zb1, got %s of %s", duty.GetString("period"), duty.GetString("org_path"))
	}
}

// TestLinkWithoutDuty: where nothing waits for proof, the record is saved all
// the same.
func TestLinkWithoutDuty(t *testing.T) {
	t.Parallel()
	app := withPlan(t)
	apptest.Create(t, app, ledgers.Links, link(t, app))
	d := apptest.Make(t, app, "documents", map[string]any{"org": "@djb", "title": "党课讲稿", "action": "draft", "year": 2026, "due": "2026-05-20", "state": "planned"})
	if err := apptest.Save(app, d, map[string]any{"state": "drafting"}); err != nil {
		t.Fatal(err)
	}
	if n, err := app.CountRecords(plan.Evidence); err != nil || n != 0 {
		t.Errorf("Expected no evidence, got %d %v", n, err)
	}
}
