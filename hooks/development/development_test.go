package development_test

import (
	"maps"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/development"
)

func before(day string) string {
	d, _ := time.Parse(time.DateOnly, day)
	return d.AddDate(0, 0, -1).Format(time.DateOnly)
}

const (
	caseID      = "case00000000001"
	applicantID = "applicant000001"
)

var (
	dossier = map[string]any{"org": "@zb1", "person": applicantID, "applied_on": "2026-04-20"}
	quota   = map[string]any{"org": "@zb1", "year": 2026, "allocated": 1}
)

func with(data map[string]any, changes ...any) map[string]any {
	out := maps.Clone(data)
	for i := 0; i < len(changes); i += 2 {
		out[changes[i].(string)] = changes[i+1]
	}
	return out
}

func person(t testing.TB, app core.App, id, kind string) {
	t.Helper()
	apptest.Make(t, app, "people", map[string]any{
		"id": id, "name": "甲某", "number": id, "org": "@zb1", "kind": kind, "state": "active", "birth_date": "1995-03-02", "password": apptest.Password, "status_since": "2020-01-01",
	})
}

var begun = apptest.Prepared(func(t testing.TB, app core.App) {
	person(t, app, applicantID, "applicant")
	person(t, app, "applicant000002", "applicant")
	apptest.Make(t, app, development.Quotas, map[string]any{"org": "@jd", "year": 2026, "allocated": 2})
	apptest.Make(t, app, development.Cases, with(dossier, "id", caseID))
})

// step takes a step as the application and reports what is said against it.
func step(t testing.TB, app core.App, n int, data map[string]any) error {
	t.Helper()
	_, err := apptest.Try(app, development.Steps, apptest.Named(t, app, with(data, "dossier", caseID, "step", n, "state", "done", "done_by", "#clerk")))
	return err
}

// A branch takes its steps one at a time, the committee those that are its.
func TestStepsOverREST(t *testing.T) {
	t.Parallel()
	s := apptest.Serve(t, begun(t))
	do := func(who, method, url string, body map[string]any) apptest.Answer {
		return s.Do(t, who, method, url, apptest.Named(t, s.App, body))
	}
	all, url := apptest.URL(development.Steps), ""
	take := func(n int, on string) {
		made := do(apptest.Branch, "POST", all, map[string]any{"dossier": caseID, "step": n})
		made.Want(t, 200, development.Names[n])
		url = apptest.URL(development.Steps, made.Text("id"))
		do(apptest.Branch, "PATCH", url, map[string]any{"state": "done", "done_on": on}).Want(t, 200)
	}
	do(apptest.Branch, "POST", all, map[string]any{"dossier": caseID, "step": 2}).Want(t, 400, "development_order")
	made := do(apptest.Branch, "POST", all, map[string]any{"dossier": caseID, "step": 1})
	made.Want(t, 200)
	do(apptest.Branch, "POST", all, map[string]any{"dossier": caseID, "step": 1}).Want(t, 400) // one active step
	url = apptest.URL(development.Steps, made.Text("id"))
	do(apptest.Branch, "PATCH", url, map[string]any{"state": "done"}).Want(t, 400, "development_steps_needs")
	do(apptest.Branch, "PATCH", url, map[string]any{"state": "done", "done_on": "2026-04-19"}).Want(t, 400, "development_date")
	do(apptest.Branch, "PATCH", url, map[string]any{"state": "done", "done_on": "2026-04-20"}).Want(t, 200)
	take(2, "2026-05-06")
	take(3, "2026-05-20")
	do(apptest.Keeper, "PATCH", url, map[string]any{"done_on": "2026-05-21"}).Want(t, 400, "development_steps_filed")
	do(apptest.Branch, "POST", all, map[string]any{"dossier": caseID, "step": 4}).Want(t, 400, "development_above")
	do(apptest.Clerk, "POST", all, map[string]any{"dossier": caseID, "step": 4}).Want(t, 200)

	at := apptest.URL(development.Cases, caseID)
	do(apptest.Branch, "GET", at, nil).Want(t, 200, `"step":3`, `"stage":"activist"`, `"activist_on":"2026-05-20"`, `"talked_on":"2026-05-06"`)
	do(apptest.Keeper, "PATCH", at, map[string]any{"step": 20}).Want(t, 400, "development_by_steps")
	do(apptest.Branch, "PATCH", at, map[string]any{"contacts": []string{applicantID}}).Want(t, 400, "development_guide_self")
	do(apptest.Branch, "PATCH", at, map[string]any{"sponsors": []string{apptest.Person(t, s.App, apptest.Member).Id, "applicant000002"}}).Want(t, 400, "development_guide_unable")
	do(apptest.Branch, "PATCH", at, map[string]any{"state": "done"}).Want(t, 400, "development_unfinished")
	do(apptest.Branch, "PATCH", at, map[string]any{"state": "ended"}).Want(t, 400, "development_cases_needs")
}

// All 25 steps, through notices and places.
func TestTheWholeWay(t *testing.T) {
	t.Parallel()
	app := begun(t)
	guides := []string{apptest.Person(t, app, apptest.Member).Id, apptest.Person(t, app, apptest.Branch).Id}
	c := apptest.First(t, app, development.Cases, "id", caseID)
	apptest.Refused(t, "guides", apptest.Save(app, c, map[string]any{"contacts": guides, "sponsors": guides, "carried_on": "2025-04-01"}), "")
	go25 := func(n int, on string, data map[string]any, want string) {
		t.Helper()
		apptest.SetToday(t, app, on)
		if data == nil {
			data = map[string]any{}
		}
		apptest.Refused(t, development.Names[n], step(t, app, n, with(data, "done_on", on)), want)
	}
	passed := map[string]any{"conclusion": "passed", "document": "清工委〔2026〕3号"}
	voted := with(passed, "should_vote", 16, "present", 10, "yes", 10)
	for n, on := range []string{"", "2026-04-20", "2026-04-21", "2026-04-22", "2026-04-23", "2026-04-24", "2026-04-25", "2026-04-27"} {
		if n > 0 {
			go25(n, on, nil, "")
		}
	}
	go25(8, "2026-05-10", nil, "development_notice")
	clear(t, app, "object", "2026-04-27")
	go25(8, "2026-05-10", nil, "")
	go25(9, "2026-05-11", nil, "")
	go25(10, "2026-05-12", passed, "")
	go25(11, "2026-05-15", map[string]any{"days": 3}, "")
	go25(12, "2026-05-18", passed, "")
	go25(13, "2026-05-20", passed, "development_no_place")
	apptest.Make(t, app, development.Quotas, quota)
	go25(13, "2026-05-20", passed, "")
	go25(14, "2026-05-21", nil, "")
	clear(t, app, "admit", "2026-05-21")
	go25(15, "2026-06-01", voted, "")
	go25(16, "2026-06-02", nil, "")
	go25(17, "2026-06-10", passed, "")
	for i, on := range []string{"2026-06-11", "2026-06-12", "2026-06-20", "2026-12-01"} {
		go25(18+i, on, nil, "")
	}
	go25(22, "2027-05-31", nil, "development_early")
	go25(22, "2027-06-01", nil, "")
	clear(t, app, "convert", "2027-06-01")
	go25(23, "2027-06-15", voted, "")
	go25(24, "2027-06-20", passed, "")
	go25(25, "2027-06-25", nil, "")
	c = apptest.First(t, app, development.Cases, "id", caseID)
	if c.GetString("full_on") != "2027-06-15" || c.GetString("stage") != "member" || c.GetString("passed_on") != "2026-06-01" {
		t.Errorf("Expected a full member since 2027-06-15, got %s %s", c.GetString("stage"), c.GetString("full_on"))
	}
	apptest.Refused(t, "done", apptest.Save(app, c, map[string]any{"state": "done"}), "")
}

func clear(t testing.TB, app core.App, kind, begins string) {
	t.Helper()
	apptest.Make(t, app, "publicity_notices", map[string]any{
		"org": "@zb1", "kind": kind, "title": "公示", "audience": "party", "person": applicantID, "tel": "010-55501234", "begins": begins, "text": "甲某。", "result": "clean", "state": "published",
	})
	r, err := app.FindFirstRecordByFilter("publicity_notices", "kind = {:kind}", map[string]any{"kind": kind})
	if err != nil {
		t.Fatal(err)
	}
	apptest.SetToday(t, app, "2028-01-01")
	apptest.Refused(t, kind, apptest.Save(app, r, map[string]any{"state": "closed", "closed_by": apptest.Person(t, app, apptest.Clerk).Id}), "")
}

func TestPlacesAddUp(t *testing.T) {
	t.Parallel()
	app := begun(t)
	try := func(data map[string]any) error {
		_, err := apptest.Try(app, development.Quotas, apptest.Named(t, app, data))
		return err
	}
	apptest.Refused(t, "three of two", try(with(quota, "allocated", 3)), "development_over_allotted")
	apptest.Refused(t, "one of two", try(quota), "")
	apptest.Refused(t, "two more", try(with(quota, "org", "@zb2", "allocated", 2)), "development_over_allotted")
	top := apptest.First(t, app, development.Quotas, "org", apptest.Unit(t, app, "jd").Id)
	apptest.Refused(t, "less than allotted", apptest.Save(app, top, map[string]any{"allocated": 0}), "development_over_allotted")
	apptest.Refused(t, "of next year", try(with(quota, "year", 2027, "allocated", 1)), "development_over_allotted")
}

// The branch's three officers who keep cases hear once; the person isn't
// written to before the probation ends.
func TestRemindsOnce(t *testing.T) {
	t.Parallel()
	app := begun(t)
	for _, c := range []struct {
		day  string
		want int
	}{{"2026-05-12", 0}, {"2026-05-13", 1}, {"2026-05-14", 0}} {
		day, _ := time.Parse(time.DateOnly, c.day)
		if n, err := development.Remind(app, day); err != nil || n != c.want {
			t.Errorf("%s: Expected %d messages, got %d %v", c.day, c.want, n, err)
		}
	}
}

// A person who is asked for: only their own case.
// Whoever changes the guides is asked about relatives anew, and the officers of
// the branch hear what lacks, once.
func TestR_DEV_16_AskedAnew(t *testing.T) {
	t.Parallel()
	app := begun(t)
	both := []string{apptest.Person(t, app, apptest.Member).Id, apptest.Person(t, app, apptest.Branch).Id}
	c := apptest.First(t, app, development.Cases, "id", caseID)
	apptest.Refused(t, "answered", apptest.Save(app, c, map[string]any{"contacts": both, "kin_contacts": "none", "kin_talk": "none"}), "")
	apptest.Refused(t, "something else", apptest.Save(app, c, map[string]any{"kin_review": "none"}), "")
	if got := apptest.First(t, app, development.Cases, "id", caseID).GetString("kin_contacts"); got != "none" {
		t.Errorf("Expected the answer to stay, got %q", got)
	}
	apptest.Refused(t, "other guides", apptest.Save(app, c, map[string]any{"contacts": both[:1]}), "")
	c = apptest.First(t, app, development.Cases, "id", caseID)
	if got := c.GetString("kin_contacts"); got != "" {
		t.Errorf("Expected the question anew, got %q", got)
	}
	apptest.Refused(t, "a relative", apptest.Save(app, c, map[string]any{"kin_contacts": "kin"}), "development_kin")
	c = apptest.First(t, app, development.Cases, "id", caseID)
	apptest.Refused(t, "with a reason", apptest.Save(app, c, map[string]any{"kin_contacts": "kin", "kin_note": "支部人少"}), "")
	day, _ := time.Parse(time.DateOnly, "2026-04-21")
	for _, want := range []int{1, 0} {
		if n, err := development.Remind(app, day); err != nil || n != want {
			t.Errorf("Expected %d messages, got %d %v", want, n, err)
		}
	}
	if m := apptest.First(t, app, "notify_messages", "title", "甲某的亲属应当回避：联系人和介绍人"); m.GetString("person") != apptest.Person(t, app, apptest.Branch).Id {
		t.Errorf("Expected the branch secretary to hear of it, got %s", m.GetString("person"))
	}
}

func TestOwnCase(t *testing.T) {
	t.Parallel()
	s := apptest.Serve(t, begun(t))
	s.Do(t, applicantID, "GET", apptest.URL(development.Cases, caseID), nil).Want(t, 200)
	s.Do(t, "applicant000002", "GET", apptest.URL(development.Cases, caseID), nil).Want(t, 404)
	apptest.Refused(t, "first", step(t, s.App, 1, map[string]any{"done_on": "2026-04-20"}), "")
	if n := s.Do(t, applicantID, "GET", apptest.URL(development.Steps), nil).Count(); n != 0 {
		t.Errorf("Expected no steps, got %d", n)
	}
}

const officersOnly = `
	who       list view create update delete
	guest     0    404  400    404    404
	outsider  0    404  400    404    404
	member    0    404  400    404    404
	branch2   0    404  400    404    404
	inspector 0    404  400    404    404
	deputy    1    200  400    404    404
	branch1   1    200  200    200    204
	clerk     1    200  200    200    204
	keeper    1    200  200    200    204`

func policy(t *testing.T, collection string, record, create, update map[string]any, table string) {
	t.Helper()
	t.Parallel()
	apptest.Policy{
		Collection: collection, App: begun,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			if collection == development.Cases {
				return apptest.First(t, app, collection, "id", caseID)
			}
			return apptest.Make(t, app, collection, record)
		},
		Create: create, Update: update, Table: table,
	}.Test(t)
}

func TestCasesPolicy(t *testing.T) {
	policy(t, development.Cases, nil, with(dossier, "person", "applicant000002"), map[string]any{"applied_on": "2026-04-21"}, officersOnly)
}

func TestStepsPolicy(t *testing.T) {
	policy(t, development.Steps, map[string]any{"dossier": caseID, "step": 1, "state": "done", "done_on": "2026-04-20", "done_by": "#clerk"},
		map[string]any{"dossier": caseID, "step": 2}, map[string]any{"note": "改"}, `
		who       list view create update delete
		guest     0    404  400    404    404
		outsider  0    404  400    404    404
		member    0    404  400    404    404
		branch2   0    404  400    404    404
		inspector 0    404  400    404    404
		deputy    1    200  400    404    404
		branch1   1    200  200    400    403
		clerk     1    200  200    400    403
		keeper    1    200  200    400    403`)
}

func TestFilesPolicy(t *testing.T) {
	file := map[string]any{"dossier": caseID, "step": 1, "title": "入党申请书", "kind": "application"}
	policy(t, development.Files, file, file, map[string]any{"place": "档案柜"}, officersOnly)
}

// Places are allotted by who keeps the tree; everybody who belongs reads them.
func TestQuotasPolicy(t *testing.T) {
	policy(t, development.Quotas, quota, with(quota, "org", "@zb2"), map[string]any{"document": "改"}, `
		who       list view create update delete
		guest     0    404  400    404    404
		outsider  0    404  400    404    404
		member    2    200  400    404    404
		branch2   1    404  400    404    404
		inspector 1    404  400    404    404
		deputy    2    200  400    404    404
		branch1   2    200  400    404    404
		clerk     2    200  200    200    204
		keeper    2    200  200    200    204`)
}
