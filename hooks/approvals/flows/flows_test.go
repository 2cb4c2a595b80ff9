package flows_test

import (
	"net/http"
	"slices"
	"testing"

	"yaodian/hooks/approvals"
	"yaodian/hooks/approvals/asktest"
	"yaodian/hooks/approvals/flows"
	"yaodian/hooks/apptest"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"
)

// flow saves a flow as the system keeper does in the browser.
func flow(app *tests.TestApp, data map[string]any) (*core.Record, error) {
	c, err := app.FindCollectionByNameOrId(flows.Flows)
	if err != nil {
		return nil, err
	}
	record := core.NewRecord(c)
	record.Load(map[string]any{"kind": "honor", "name": "评先评优（试行）", "priority": 50, "since": "2026-01-01", "steps": `[{"name":"支部同意","role":"branch_secretary","at":"own","min":1}]`})
	record.Load(data)
	return record, app.Save(record)
}

// The migration can't know the names of the code: this holds both lists of kinds
// together, and gives every kind a flow.
func TestKindsAreOne(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	c, err := app.FindCollectionByNameOrId(approvals.Requests)
	if err != nil {
		t.Fatal(err)
	}
	offered := c.Fields.GetByName("kind").(*core.SelectField).Values
	for _, k := range flows.Kinds {
		if !slices.Contains(offered, k.Key) {
			t.Errorf("%s isn't in the migration", k.Key)
		}
		if _, err := app.FindFirstRecordByData(flows.Flows, "kind", k.Key); err != nil {
			t.Errorf("%s has no flow", k.Key)
		}
	}
	if len(offered) != len(flows.Kinds) {
		t.Errorf("the migration has %d kinds, the code %d", len(offered), len(flows.Kinds))
	}
}

// Every seeded flow passes the rules of flows once the posts are filled.
func TestSeededFlowsAreValid(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	asktest.Staff(t, app)
	asktest.Hire(t, app, "accountant", "陈会计", "accountant", "jd")
	asktest.Hire(t, app, "checker", "褚委员", "branch_organizer", "zb1")
	list, err := app.FindAllRecords(flows.Flows)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range list {
		f.Set("document", "清工委〔2026〕1号")
		apptest.Refused(t, f.GetString("name"), app.Save(f), "")
	}
	gaps, err := flows.Gaps(app)
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range gaps {
		if g.Unit == "" {
			t.Errorf("nobody anywhere for %+v", g)
		}
	}
}

// What an admin gets wrong is refused with a sentence, over REST as anywhere.
func TestInvalidFlows(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	steps := func(s string) map[string]any { return map[string]any{"steps": s} }
	for name, c := range map[string]struct {
		data map[string]any
		want string
	}{
		"fine":                     {map[string]any{}, ""},
		"no steps":                 {steps(`[]`), "approvals_steps_empty"},
		"a role that isn't":        {steps(`[{"name":"同意","role":"king","at":"own","min":1}]`), "approvals_step_role"},
		"nobody needed":            {steps(`[{"name":"同意","role":"clerk","at":"own","min":0}]`), "approvals_step_min"},
		"a word that isn't":        {steps(`[{"name":"同意","role":"clerk","at":"own","min":1,"day":3}]`), "approvals_steps_unreadable"},
		"nobody in office":         {steps(`[{"name":"同意","role":"cashier","at":"committee","min":1}]`), "approvals_flow_unsatisfiable"},
		"in office elsewhere":      {steps(`[{"name":"同意","role":"branch_secretary","at":"committee","min":1}]`), "approvals_flow_unsatisfiable"},
		"nothing below":            {steps(`[{"name":"同意","role":"clerk","at":"parent","min":1}]`), ""},
		"no branch is above":       {map[string]any{"kind": "publication", "steps": `[{"name":"同意","role":"branch_secretary","at":"parent","min":2}]`}, "approvals_flow_unsatisfiable"},
		"fewer than needed":        {steps(`[{"name":"同意","role":"committee_deputy","at":"committee","min":2}]`), "approvals_flow_unsatisfiable"},
		"a field that isn't":       {map[string]any{"condition": `colour = "red"`}, "condition_wrong"},
		"a field below":            {map[string]any{"condition": `org.colour = "red"`}, "condition_wrong"},
		"no filter at all":         {map[string]any{"condition": `amount >>> 3`}, "condition_wrong"},
		"a function that isn't":    {map[string]any{"condition": `price(title) = 3`}, "condition_wrong"},
		"about the caller":         {map[string]any{"condition": `@request.auth.rolle != "x"`}, "condition_request"},
		"of another collection":    {map[string]any{"subject": "documents", "condition": `year > 2025`}, ""},
		"a field of another":       {map[string]any{"subject": "documents", "condition": `snapshot.x = 1`}, "condition_wrong"},
		"of no collection":         {map[string]any{"subject": "papers"}, "condition_subject_unknown"},
		"dates reversed":           {map[string]any{"until": "2025-01-01"}, "org_period_reversed"},
		"a day that isn't":         {map[string]any{"since": "2026-02-30"}, "org_date_unreal"},
		"overlapping the seed":     {map[string]any{"priority": 1}, "approvals_flow_overlap"},
		"overlapping at the end":   {map[string]any{"priority": 1, "since": "2019-01-01", "until": "2020-01-02"}, "approvals_flow_overlap"},
		"up to the day it begins":  {map[string]any{"priority": 1, "since": "2019-01-01", "until": "2020-01-01"}, ""},
		"of no kind":               {map[string]any{"kind": "holiday"}, "validation_invalid_value"},
		"without a place":          {map[string]any{"priority": 0}, "validation_required"},
		"without validation, even": {map[string]any{"priority": 51, "condition": `org.kind = "branch"`}, ""},
	} {
		_, err := flow(apptest.New(t), c.data)
		apptest.Refused(t, name, err, c.want)
	}
	f, err := flow(app, nil)
	if err != nil {
		t.Fatal(err)
	}
	f.Set("steps", `[]`)
	apptest.Refused(t, "without validation", app.SaveNoValidate(f), "approvals_steps_empty")

	s := apptest.Serve(t, app)
	answer := s.Do(t, apptest.Keeper, http.MethodPatch, apptest.URL(flows.Flows, f.Id), map[string]any{"condition": "colour = 1"})
	answer.Want(t, 400, "条件里的“colour”不是 approvals_requests 的字段。")
	for _, who := range []string{apptest.Secretary, apptest.Clerk, apptest.Member} {
		s.Do(t, who, http.MethodPatch, apptest.URL(flows.Flows, f.Id), map[string]any{"name": "我的流程"}).Want(t, 403)
		s.Do(t, who, http.MethodPost, apptest.URL(flows.Flows), map[string]any{"name": "我的流程"}).Want(t, 403)
	}
}

// On a new installation nobody is in office, and flows are written all the same.
func TestFlowsBeforePosts(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	if _, err := app.DB().NewQuery("UPDATE org_posts SET until = '2026-01-01'").Execute(); err != nil {
		t.Fatal(err)
	}
	_, err := flow(app, map[string]any{"steps": `[{"name":"同意","role":"cashier","at":"committee","min":1}]`})
	apptest.Refused(t, "nobody in office", err, "")
}

// A request keeps the version that it began with, and the version it began with
// stays what it was; the next one takes the new.
func TestFlowVersions(t *testing.T) {
	t.Parallel()
	s := asktest.Served(t)
	seed := apptest.First(t, s.App, flows.Flows, "id", "flowhonor000000")
	running := asktest.Ask(t, s.App, "honor")

	seed.Set("steps", `[{"name":"直接批准","role":"committee_secretary","at":"committee","min":1}]`)
	apptest.Refused(t, "changing what is used", s.App.Save(seed), "approvals_flow_used")
	apptest.Refused(t, "deleting what is used", s.App.Delete(asktest.Stored(t, s.App, seed)), "approvals_flow_used")
	seed = asktest.Stored(t, s.App, seed)
	seed.Set("until", apptest.Today)
	apptest.Refused(t, "ending it", s.App.Save(seed), "")
	next, err := flow(s.App, map[string]any{
		"priority": 1, "since": apptest.Today, "steps": `[{"name":"直接批准","role":"committee_secretary","at":"committee","min":1}]`,
	})
	if err != nil || next.GetInt("version") != 2 {
		t.Fatalf("version %d, %v", next.GetInt("version"), err)
	}
	short := asktest.Ask(t, s.App, "honor")
	asktest.Say(t, s, apptest.Secretary, short, asktest.Yes).Want(t, 200, `"approved"`)
	asktest.Say(t, s, apptest.Secretary, running, asktest.Yes).Want(t, 403, "不由您审批")
	asktest.Say(t, s, apptest.Branch, running, asktest.Yes).Want(t, 200, `"step":2`)
	asktest.Say(t, s, asktest.Organizer, running, asktest.Yes).Want(t, 200, `"step":3`)
	asktest.Say(t, s, apptest.Secretary, running, asktest.Yes).Want(t, 200, `"approved"`)

	unused, err := flow(s.App, map[string]any{"priority": 77})
	if err != nil {
		t.Fatal(err)
	}
	apptest.Refused(t, "deleting what is not used", s.App.Delete(unused), "")
}

// A flow that can no longer be followed is reported with the posts to fill, and
// nothing is handed in that nobody could decide.
func TestUnsatisfiable(t *testing.T) {
	t.Parallel()
	s := asktest.Served(t)
	url := "/api/approvals/flows/gaps"
	s.Do(t, apptest.Member, http.MethodGet, url, nil).Want(t, 403)
	s.Do(t, apptest.Guest, http.MethodGet, url, nil).Want(t, 401)
	answer := s.Do(t, apptest.Clerk, http.MethodGet, url, nil)
	answer.Want(t, 200, `"flow":"积分申报","step":"支部审核","role":"支部组织委员","unit":""`)
	if answer.Has(`"unit":"东风社区党支部"`) {
		t.Errorf("a branch with a secretary is reported: %s", answer.Short())
	}
	for _, p := range asktest.Posts(t, s.App, apptest.Branch) {
		if err := apptest.Save(s.App, p, map[string]any{"until": apptest.Today}); err != nil {
			t.Fatal(err)
		}
	}
	s.Do(t, apptest.Keeper, http.MethodGet, url, nil).Want(t, 200, `"role":"支部书记","unit":"东风社区党支部","have":0,"need":1`)
	_, err := approvals.Open(s.App, t.Context(), approvals.Ask{
		Kind: "transfer_out", Org: apptest.Unit(t, s.App, "xz1").Id, Applicant: asktest.ID(t, s.App, apptest.Member), Title: "转出",
	})
	apptest.Refused(t, "handed in", err, "approvals_vacant")
	s.Do(t, apptest.Member, http.MethodGet, "/api/approvals/flows/preview?kind=transfer_out", nil).
		Want(t, 200, "第 1 步“支部审核”目前无人可批：要有 1 位东风社区党支部的支部书记（申请人和审批其他步骤的人除外），请先登记任职。")
}

// Which flow is taken: the first whose condition holds. Staff of an office and
// secretaries of branches can't be decided upon by themselves.
func TestConditionChooses(t *testing.T) {
	t.Parallel()
	s := asktest.Served(t)
	asktest.Hire(t, s.App, "checker", "褚委员", "branch_organizer", "zb1")
	for _, c := range []struct{ who, kind, flow string }{
		{apptest.Member, "study_plan", "个人学习计划"},
		{apptest.Branch, "study_plan", "个人学习计划（机关干部、支部书记）"},
		{apptest.Clerk, "study_plan", "个人学习计划（机关干部、支部书记）"},
		{apptest.Inspector, "declaration_matter", "个人重大事项申报（机关干部、支部书记）"},
	} {
		answer := s.Do(t, c.who, http.MethodGet, "/api/approvals/flows/preview?kind="+c.kind, nil)
		answer.Want(t, 200)
		if answer.Text("flow") != c.flow {
			t.Errorf("%s: Expected %s, got %s", c.who, c.flow, answer.Text("flow"))
		}
	}
	for level, flow := range map[string]string{"branch": "flowwaiverretd0", "committee": "flowwaiver00000"} {
		request, err := approvals.Open(s.App, t.Context(), approvals.Ask{
			Kind: "dues_waiver", Org: apptest.Unit(t, s.App, "zb1").Id, Applicant: asktest.ID(t, s.App, apptest.Member), Title: "少交党费",
			Snapshot: map[string]any{"approval_level": level},
		})
		if err != nil || request.GetString("flow") != flow {
			t.Errorf("%s: Expected %s, got %v, %v", level, flow, request, err)
		}
	}
}

// Who signs in reads how requests go; the system keeper alone writes it.
func TestFlowsPolicy(t *testing.T) {
	t.Parallel()
	apptest.Policy{
		Collection: flows.Flows,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			return apptest.First(t, app, flows.Flows, "id", "flowstudyplan00")
		},
		Create: map[string]any{
			"kind": "honor", "name": "试行", "priority": 9, "since": "2026-01-01",
			"steps": []map[string]any{{"name": "同意", "role": "branch_secretary", "at": "own", "min": 1}},
		},
		Update: map[string]any{"name": "个人学习计划（2026）"},
		Table: `
			who       list view create update delete
			guest     0    404  403    403    403
			outsider  23   200  403    403    403
			member    23   200  403    403    403
			secretary 23   200  403    403    403
			clerk     23   200  403    403    403
			keeper    23   200  200    200    204`,
	}.Test(t)
}
