package outreach_test

import (
	"fmt"
	"maps"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/outreach"
)

func TestRules(t *testing.T) {
	t.Parallel()
	const today = "2026-06-10"
	for name, c := range map[string]struct {
		err  error
		want string
	}{
		"visit on the first day":       {outreach.CheckVisit("2026-06-01", "2026-06-01", "", today), ""},
		"visit on the last":            {outreach.CheckVisit("2026-06-09", "2026-06-01", "2026-06-09", today), ""},
		"visit before":                 {outreach.CheckVisit("2026-05-31", "2026-06-01", "", today), "outreach_visit_date"},
		"visit after":                  {outreach.CheckVisit("2026-06-10", "2026-06-01", "2026-06-09", today), "outreach_visit_date"},
		"visit tomorrow":               {outreach.CheckVisit("2026-06-11", "2026-06-01", "", today), "outreach_visit_date"},
		"the fifth of a day":           {outreach.CheckBackfill(4, true, ""), ""},
		"the sixth of a day":           {outreach.CheckBackfill(5, true, " "), "outreach_backfill"},
		"the sixth, with a word":       {outreach.CheckBackfill(5, true, "下乡没有网络"), ""},
		"the sixth, of today":          {outreach.CheckBackfill(5, false, ""), ""},
		"handed to nobody":             {outreach.CheckHandover("handed", "a", ""), "outreach_successor"},
		"handed to oneself":            {outreach.CheckHandover("handed", "a", "a"), "outreach_successor"},
		"handed on":                    {outreach.CheckHandover("handed", "a", "b"), ""},
		"reached":                      {outreach.CheckHandover("reached", "a", ""), ""},
		"employed since?":              {outreach.CheckEmployed(true, ""), "outreach_employed_on"},
		"since, not employed":          {outreach.CheckEmployed(false, today), "outreach_employed_on"},
		"employed":                     {outreach.CheckEmployed(true, today), ""},
		"employed before recommended":  {outreach.CheckDay("employed_on", "2026-06-01", "2026-06-02", today), "outreach_date"},
		"employed on a day that isn't": {outreach.CheckDay("employed_on", "2026-02-30", "", today), "outreach_date"},
	} {
		apptest.Refused(t, name, c.err, c.want)
	}
	if got := outreach.WeekOf(2026, 1); got != "2026-W01" {
		t.Error(got)
	}
}

var pairOf = map[string]any{"person": "#member", "alias": "东风3号户", "brief": "两口人", "since": "2026-01-05", "org": "@zb1"}

func pair(t testing.TB, app core.App) *core.Record {
	t.Helper()
	if r, err := app.FindFirstRecordByData(outreach.Pairs, "alias", "东风3号户"); err == nil {
		return r
	}
	data := maps.Clone(pairOf)
	data["id"] = "pair00000000001"
	return apptest.Make(t, app, outreach.Pairs, data)
}

// A visit says who, in which week and what, and neither where nor whom; it is
// entered by whoever looks after the household and stays as entered.
func TestVisits(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	body := map[string]any{"pair": pair(t, s.App).Id, "visited_on": "2026-06-08", "kinds": []string{"policy"}}
	visit := func(change map[string]any) apptest.Answer {
		b := maps.Clone(body)
		maps.Copy(b, change)
		return s.Do(t, apptest.Member, "POST", apptest.URL(outreach.Visits), b)
	}
	visit(map[string]any{"kinds": []string{}}).Want(t, 400, "kinds")
	visit(map[string]any{"note": "电话15400010001"}).Want(t, 400, "org_identity_in_text")
	visit(map[string]any{"visited_on": "2026-01-01"}).Want(t, 400, "outreach_visit_date")
	visit(map[string]any{"person": apptest.Person(t, s.App, apptest.Clerk).Id, "week": "2020-W01"}).
		Want(t, 200, `"week":"2026-W24"`, apptest.Person(t, s.App, apptest.Member).Id)
	for i := range outreach.Backfills - 1 {
		visit(map[string]any{"visited_on": fmt.Sprintf("2026-05-0%d", i+1)}).Want(t, 200)
	}
	visit(nil).Want(t, 400, "outreach_backfill")
	visit(map[string]any{"visited_on": "2026-06-10"}).Want(t, 200)
	visit(map[string]any{"reason": "下乡没有网络"}).Want(t, 200)
	r := apptest.First(t, s.App, outreach.Visits, "week", "2026-W24")
	apptest.Refused(t, "changed", apptest.Save(s.App, r, map[string]any{"note": "改"}), "outreach_visits_fixed")
	apptest.Refused(t, "deleted", s.App.Delete(r), "outreach_visits_fixed")
}

func TestPairsAndJobs(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	p := pair(t, app)
	for name, c := range map[string]struct {
		data map[string]any
		code string
	}{
		"a telephone":     {map[string]any{"brief": "154-0001-0001"}, "org_identity_in_text"},
		"ended":           {map[string]any{"state": "ended"}, "outreach_pairs_needs"},
		"handed to whom?": {map[string]any{"state": "ended", "until": "2026-06-10", "outcome": "handed"}, "outreach_successor"},
	} {
		fresh := apptest.First(t, app, outreach.Pairs, "id", p.Id)
		apptest.Refused(t, name, apptest.Save(app, fresh, c.data), c.code)
	}
	job := apptest.Make(t, app, outreach.Jobs, map[string]any{"pair": p.Id, "title": "保洁员", "recommended_on": "2026-05-11"})
	apptest.Refused(t, "employed", apptest.Save(app, job, map[string]any{"employed": true, "employed_on": "2026-06-01"}), "")
	apptest.Refused(t, "deleted", app.Delete(job), "outreach_job_employed")
}

// A project goes from doing to done to accepted, by somebody else.
func TestProjects(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	url := apptest.URL(outreach.Projects, apptest.Make(t, s.App, outreach.Projects, map[string]any{"title": "楼道灯", "org": "@zb1"}).Id)
	for _, step := range []struct {
		who    string
		body   map[string]any
		status int
		code   string
	}{
		{apptest.Branch, map[string]any{"state": "doing"}, 400, "outreach_projects_needs"},
		{apptest.Branch, map[string]any{"state": "doing", "person": "#branch1", "due": "2026-06-30"}, 200, ""},
		{apptest.Branch, map[string]any{"state": "done", "result": "装好", "done_on": "2026-06-11"}, 400, "outreach_date"},
		{apptest.Branch, map[string]any{"state": "done", "result": "装好", "done_on": "2026-06-10"}, 200, ""},
		{apptest.Branch, map[string]any{"state": "accepted"}, 400, "outreach_projects_no_power"},
		{apptest.Clerk, map[string]any{"state": "accepted", "satisfaction": 98}, 200, ""},
		{apptest.Clerk, map[string]any{"satisfaction": 99}, 400, "outreach_projects_filed"},
	} {
		s.Do(t, step.who, "PATCH", url, apptest.Named(t, s.App, step.body)).Want(t, step.status, step.code)
	}
}

func policy(t *testing.T, collection string, data, update map[string]any, table string) {
	t.Helper()
	t.Parallel()
	apptest.Policy{
		Collection: collection,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			if collection != outreach.Pairs && collection != outreach.Projects {
				pair(t, app)
			}
			return apptest.Make(t, app, collection, data)
		},
		Create: data, Update: update, Table: table,
	}.Test(t)
}

func TestProjectsPolicy(t *testing.T) {
	policy(t, outreach.Projects, map[string]any{"title": "楼道灯", "org": "@zb1"}, map[string]any{"due": "2026-06-30"}, `
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

func TestPairsPolicy(t *testing.T) {
	policy(t, outreach.Pairs, pairOf, map[string]any{"brief": "三口人"}, `
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

func TestVisitsPolicy(t *testing.T) {
	policy(t, outreach.Visits, map[string]any{"pair": "pair00000000001", "visited_on": "2026-06-09", "kinds": []string{"job"}}, map[string]any{"note": "改"}, `
		who       list view create update delete
		guest     0    404  400    403    403
		outsider  0    404  400    403    403
		member    1    200  200    403    403
		branch2   0    404  400    403    403
		inspector 0    404  400    403    403
		deputy    1    200  400    403    403
		branch1   1    200  200    403    403
		clerk     1    200  200    403    403
		keeper    1    200  200    403    403`)
}

func TestJobsPolicy(t *testing.T) {
	policy(t, outreach.Jobs, map[string]any{"pair": "pair00000000001", "title": "保洁员", "recommended_on": "2026-06-01"}, map[string]any{"employer": "东风物业"}, `
		who       list view create update delete
		guest     0    404  400    404    404
		outsider  0    404  400    404    404
		member    1    200  200    200    404
		branch2   0    404  400    404    404
		inspector 0    404  400    404    404
		deputy    1    200  400    404    404
		branch1   1    200  200    200    204
		clerk     1    200  200    200    204
		keeper    1    200  200    200    204`)
}
