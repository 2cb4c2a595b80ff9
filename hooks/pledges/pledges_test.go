package pledges_test

import (
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/pledges"
)

const (
	plan2026 = "planyear0002026"
	pledgeID = "pledge000000001"
)

var planned = apptest.Prepared(func(t testing.TB, app core.App) {
	apptest.Make(t, app, "plan_years", map[string]any{"id": plan2026, "org": "@jd", "year": 2026, "title": "2026年工作要点", "state": "active"})
})

var draft = map[string]any{"org": "@zb1", "plan": plan2026, "year": 2026, "kind": "c", "title": "目标责任书", "person": "#branch1"}

func with(data map[string]any, changes ...any) map[string]any {
	out := map[string]any{}
	for k, v := range data {
		out[k] = v
	}
	for i := 0; i < len(changes); i += 2 {
		out[changes[i].(string)] = changes[i+1]
	}
	return out
}

func TestFromDraftToAssessment(t *testing.T) {
	t.Parallel()
	s := apptest.Serve(t, planned(t))
	ask := func(who, method, url string, body map[string]any) apptest.Answer {
		return s.Do(t, who, method, url, apptest.Named(t, s.App, body))
	}
	made := ask(apptest.Clerk, "POST", apptest.URL(pledges.Pledges), draft)
	made.Want(t, 200, `"draft"`, `"due":"2026-03-31"`)
	id := made.Text("id")
	url := apptest.URL(pledges.Pledges, id)
	ask(apptest.Clerk, "POST", apptest.URL(pledges.Reports), map[string]any{"pledge": id, "term": "mid"}).Want(t, 400, "pledges_unsigned")
	item := ask(apptest.Clerk, "POST", apptest.URL(pledges.Items), map[string]any{"pledge": id, "number": 1, "text": "每季度上党课"})
	item.Want(t, 200)

	sign := map[string]any{"state": "signed", "person_on": "2026-06-09", "committee_on": "2026-06-09", "committee_by": "#secretary"}
	ask(apptest.Clerk, "PATCH", url, map[string]any{"state": "signed", "person_on": "2026-03-20"}).Want(t, 400, "pledges_needs")
	ask(apptest.Clerk, "PATCH", url, with(sign, "person_on", "2026-06-11")).Want(t, 400, "pledges_date")
	ask(apptest.Clerk, "PATCH", url, sign).Want(t, 400, "pledges_late")
	ask(apptest.Clerk, "PATCH", url, with(sign, "late_note", "书记外出")).Want(t, 200)
	ask(apptest.Keeper, "PATCH", url, map[string]any{"person": "#member"}).Want(t, 400, "pledges_signed")
	ask(apptest.Clerk, "PATCH", url, map[string]any{"state": "handed_over"}).Want(t, 400, "pledges_successor_first")

	at := apptest.URL(pledges.Items, item.Text("id"))
	ask(apptest.Clerk, "PATCH", at, map[string]any{"text": "每年"}).Want(t, 400, "pledges_signed")
	ask(apptest.Clerk, "PATCH", at, map[string]any{"done_on": "2026-06-08"}).Want(t, 200)
	ask(apptest.Keeper, "DELETE", at, nil).Want(t, 400, "pledges_signed")

	report := ask(apptest.Branch, "POST", apptest.URL(pledges.Reports), map[string]any{"pledge": id, "term": "mid"})
	report.Want(t, 200, apptest.Person(t, s.App, apptest.Branch).Id)
	at = apptest.URL(pledges.Reports, report.Text("id"))
	ask(apptest.Branch, "PATCH", at, map[string]any{"state": "handed"}).Want(t, 400, "pledges_reports_needs")
	ask(apptest.Branch, "PATCH", at, map[string]any{"state": "handed", "text": "履责情况"}).Want(t, 200, apptest.Today)
	ask(apptest.Branch, "PATCH", at, map[string]any{"text": "改"}).Want(t, 400, "pledges_reports_filed")

	ask(apptest.Branch, "PATCH", url, map[string]any{"state": "assessed", "score": 90}).Want(t, 404)
	ask(apptest.Clerk, "PATCH", url, map[string]any{"state": "assessed", "score": 90}).Want(t, 200, apptest.Person(t, s.App, apptest.Clerk).Id)
}

// The plan of 2022 spoke of a pledge of 2020 (domain.md 14.6).
func TestR_DUTY_01_YearOfThePlan(t *testing.T) {
	t.Parallel()
	app := planned(t)
	_, err := apptest.Try(app, pledges.Pledges, apptest.Named(t, app, with(draft, "year", 2020)))
	apptest.Refused(t, "2020", err, "pledges_year")
}

func TestOneASubjectKindAndYear(t *testing.T) {
	t.Parallel()
	app := planned(t)
	try := func(data map[string]any) error {
		_, err := apptest.Try(app, pledges.Pledges, apptest.Named(t, app, data))
		return err
	}
	for name, c := range map[string][2]map[string]any{
		"a branch, twice":     {with(draft, "kind", "a"), with(draft, "kind", "a", "person", "#member")},
		"a secretary, twice":  {draft, with(draft, "person", "#member")},
		"of the leadership":   {with(draft, "kind", "b", "seat", "member"), with(draft, "kind", "b", "seat", "leader", "org", "@jd")},
		"who leads, no seat":  {nil, with(draft, "kind", "b")},
		"a seat in a branch":  {nil, with(draft, "kind", "a", "seat", "member", "org", "@zb2")},
		"signed with oneself": {nil, with(draft, "kind", "a", "committee_by", "#branch1", "org", "@zb2")},
	} {
		if c[0] != nil {
			apptest.Refused(t, name, try(c[0]), "")
		}
		if try(c[1]) == nil {
			t.Errorf("%s: stored", name)
		}
	}
	apptest.Refused(t, "another of the leadership in the same unit", try(with(draft, "kind", "b", "seat", "member", "person", "#member")), "")
}

func TestSuccessorSignsAnew(t *testing.T) {
	t.Parallel()
	app := planned(t)
	before := apptest.Make(t, app, pledges.Pledges, draft)
	next := with(draft, "person", "#member", "replaces", before.Id)
	_, err := apptest.Try(app, pledges.Pledges, apptest.Named(t, app, next))
	apptest.Refused(t, "not signed", err, "pledges_successor")
	apptest.Refused(t, "signed", apptest.Save(app, before, apptest.Named(t, app, map[string]any{
		"state": "signed", "person_on": "2026-03-20", "committee_on": "2026-03-20", "committee_by": "#secretary",
	})), "")
	for name, change := range map[string][]any{"another kind": {"kind", "a"}, "another unit": {"org", "@zb2"}, "the same person": {"person", "#branch1"}} {
		_, err := apptest.Try(app, pledges.Pledges, apptest.Named(t, app, with(next, change...)))
		apptest.Refused(t, name, err, "pledges_successor")
	}
	s := apptest.Serve(t, app)
	s.Do(t, apptest.Clerk, "POST", apptest.URL(pledges.Pledges), apptest.Named(t, app, next)).Want(t, 200, `"due":"2026-06-25"`)
	if got := apptest.First(t, app, pledges.Pledges, "id", before.Id).GetString("state"); got != "handed_over" {
		t.Errorf("Expected the predecessor's to be handed over, got %s", got)
	}
}

// Officers with "pledges" read, "pledges.edit" writes.
func TestPledgesPolicy(t *testing.T) {
	t.Parallel()
	policy(t, pledges.Pledges, with(draft, "person", "#member"), with(draft, "kind", "a"), map[string]any{"title": "乙"}, "1    200  400    404    404")
}

func TestItemsPolicy(t *testing.T) {
	t.Parallel()
	policy(t, pledges.Items, map[string]any{"pledge": pledgeID, "number": 1, "text": "甲"}, map[string]any{"pledge": pledgeID, "number": 2, "text": "乙"},
		map[string]any{"note": "已完成"}, "1    200  400    404    404")
}

// Who has signed reports.
func TestReportsPolicy(t *testing.T) {
	t.Parallel()
	policy(t, pledges.Reports, map[string]any{"pledge": pledgeID, "term": "mid"}, map[string]any{"pledge": pledgeID, "term": "final"},
		map[string]any{"text": "情况"}, "1    200  200    200    204")
}

func policy(t *testing.T, collection string, record, create, update map[string]any, member string) {
	t.Helper()
	app := planned
	if collection != pledges.Pledges {
		app = apptest.Prepared(func(t testing.TB, app core.App) {
			apptest.Make(t, app, "plan_years", map[string]any{"id": plan2026, "org": "@jd", "year": 2026, "title": "甲", "state": "active"})
			state := map[bool]string{true: "signed", false: "draft"}[collection == pledges.Reports]
			apptest.Make(t, app, pledges.Pledges, with(draft, "id", pledgeID, "person", "#member", "state", state,
				"person_on", "2026-03-20", "committee_on", "2026-03-20", "committee_by", "#secretary"))
		})
	}
	apptest.Policy{
		Collection: collection,
		App:        app,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			return apptest.Make(t, app, collection, record)
		},
		Create: create,
		Update: update,
		Table: `
			who       list view create update delete
			guest     0    404  400    404    404
			outsider  0    404  400    404    404
			member    ` + member + `
			branch2   0    404  400    404    404
			branch1   1    200  400    404    404
			inspector 0    404  400    404    404
			deputy    1    200  400    404    404
			clerk     1    200  200    200    204
			keeper    1    200  200    200    204`,
	}.Test(t)
}
