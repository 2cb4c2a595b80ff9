package ideology_test

import (
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/ideology"
)

const (
	areaID = "area00000000001"
	first  = "review000000001"
	second = "review000000002"
)

var reviewed = apptest.Prepared(func(t testing.TB, app core.App) {
	apptest.Make(t, app, ideology.Areas, with(area, "id", areaID, "leader", "#deputy"))
	for quarter, id := range map[string]string{"2026-Q1": first, "2026-Q2": second} {
		apptest.Make(t, app, ideology.Reviews, with(review, "id", id, "quarter", quarter, "state", "handed"))
	}
})

var (
	area   = map[string]any{"org": "@jd", "name": "社区文化场所", "leader": "#member", "since": "2026-01-01"}
	review = map[string]any{"area": areaID, "quarter": "2025-Q4", "groups": "新就业群体", "matters": "集中反映配套", "risks": "误解政策", "measures": "上门宣讲"}
	report = map[string]any{"area": areaID, "half": "2026-H1", "text": "总体平稳", "reviews": []string{first, second}}
)

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

func TestNothingPersonal(t *testing.T) {
	t.Parallel()
	const no = "ideology_personal"
	for text, want := range map[string]string{
		"新就业群体对2026年政策第12条有疑问，涉及约3000人": "",
		"投入 120000 元，覆盖 6 个社区":          "",
		"身份证 370101190102039973":        no,
		"手机 13800138000 的人":             no,
		"全角 １３８００１３８０００":                no,
		"微信号：abc_12345 发帖":              no,
		"QQ 12345678":                   no,
		"账号 user_name1":                 no,
		"网友 @某某某 说":                     no,
		"someone@example.com":           no,
		"wxid_abc123":                   no,
		"卡号 6222020200012345678":        no,
	} {
		apptest.Refused(t, text, ideology.CheckPlain("matters", text), want)
	}
}

func TestPeriodsOfAReport(t *testing.T) {
	t.Parallel()
	for period, want := range map[string]string{"2026-Q1": "2026-01-01", "2026-Q4": "2026-10-01", "2026-H1": "2026-01-01", "2026-H2": "2026-07-01"} {
		if got := ideology.Begins(period); got != want {
			t.Errorf("%s: Expected %s, got %s", period, want, got)
		}
	}
	apptest.Refused(t, "this quarter", ideology.CheckBegun("quarter", "2026-Q2", "2026-06-10"), "")
	apptest.Refused(t, "the next", ideology.CheckBegun("quarter", "2026-Q3", "2026-06-10"), "ideology_future")
	q := func(quarter string) ideology.Cited {
		return ideology.Cited{Area: "a", Quarter: quarter, State: "handed"}
	}
	for name, c := range map[string]struct {
		cited []ideology.Cited
		want  string
	}{
		"both":         {[]ideology.Cited{q("2026-Q2"), q("2026-Q1")}, ""},
		"one":          {[]ideology.Cited{q("2026-Q1")}, "ideology_cited"},
		"another half": {[]ideology.Cited{q("2026-Q1"), q("2026-Q3")}, "ideology_cited"},
		"another area": {[]ideology.Cited{q("2026-Q1"), {Area: "b", Quarter: "2026-Q2", State: "handed"}}, "ideology_cited"},
		"a draft":      {[]ideology.Cited{q("2026-Q1"), {Area: "a", Quarter: "2026-Q2", State: "draft"}}, "ideology_cited"},
	} {
		apptest.Refused(t, name, ideology.CheckCited("a", "2026-H1", c.cited), c.want)
	}
	apptest.Refused(t, "second half", ideology.CheckCited("a", "2026-H2", []ideology.Cited{q("2026-Q3"), q("2026-Q4")}), "")
}

func TestReportFromDraftToHearing(t *testing.T) {
	t.Parallel()
	s := apptest.Serve(t, reviewed(t))
	meeting := func(kind, state string) string {
		return apptest.Make(t, s.App, "meetings", map[string]any{"org": "@jd", "kind": kind, "title": "会", "held_on": "2026-06-09", "host": "#secretary", "state": state}).Id
	}
	made := s.Do(t, apptest.Deputy, "POST", apptest.URL(ideology.Reports), report)
	made.Want(t, 200)
	url := apptest.URL(ideology.Reports, made.Text("id"))
	s.Do(t, apptest.Deputy, "PATCH", url, map[string]any{"text": "某人 13800138000"}).Want(t, 400, "ideology_personal")
	s.Do(t, apptest.Deputy, "PATCH", url, map[string]any{"reviews": []string{first}}).Want(t, 400, "ideology_cited")
	s.Do(t, apptest.Deputy, "PATCH", url, map[string]any{"state": "handed"}).Want(t, 200, apptest.Today)
	s.Do(t, apptest.Deputy, "PATCH", url, map[string]any{"state": "heard", "meeting": meeting("committee", "held")}).Want(t, 400, "ideology_reports_no_power")
	s.Do(t, apptest.Secretary, "PATCH", url, map[string]any{"state": "heard"}).Want(t, 400, "ideology_reports_needs")
	s.Do(t, apptest.Secretary, "PATCH", url, map[string]any{"state": "heard", "meeting": meeting("theme_day", "held")}).Want(t, 400, "ideology_heard")
	s.Do(t, apptest.Secretary, "PATCH", url, map[string]any{"state": "heard", "meeting": meeting("committee", "planned")}).Want(t, 400, "ideology_heard")
	s.Do(t, apptest.Secretary, "PATCH", url, map[string]any{"state": "heard", "meeting": meeting("committee", "held")}).Want(t, 200)
	s.Do(t, apptest.Keeper, "PATCH", url, map[string]any{"text": "改"}).Want(t, 400, "ideology_reports_filed")
}

// TestNobodyIsNamed: the leader of an area is the only relation to a person.
func TestNobodyIsNamed(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	people, err := app.FindCollectionByNameOrId("people")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{ideology.Areas, ideology.Reviews, ideology.Reports} {
		c, err := app.FindCollectionByNameOrId(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range c.Fields {
			if r, ok := f.(*core.RelationField); ok && r.CollectionId == people.Id && (name != ideology.Areas || r.Name != "leader") {
				t.Errorf("Expected nobody but the leader of an area, got %s.%s", name, r.Name)
			}
		}
	}
}

func TestAreasPolicy(t *testing.T) {
	t.Parallel()
	policy(t, apptest.New, ideology.Areas, area, area, map[string]any{"name": "网络阵地"}, `
			member    1    200  400    404    404
			deputy    1    200  400    404    404`)
}

// Who leads an area reviews it.
func TestReviewsPolicy(t *testing.T) {
	t.Parallel()
	alone := apptest.Prepared(func(t testing.TB, app core.App) { apptest.Make(t, app, ideology.Areas, with(area, "id", areaID)) })
	policy(t, alone, ideology.Reviews, review, with(review, "quarter", "2025-Q3"), map[string]any{"risks": "误读政策"}, `
			member    1    200  200    200    204
			deputy    1    200  400    404    404`)
}

func TestReportsPolicy(t *testing.T) {
	t.Parallel()
	app := apptest.Prepared(func(t testing.TB, app core.App) {
		apptest.Make(t, app, ideology.Areas, with(area, "id", areaID))
		for quarter, id := range map[string]string{"2026-Q1": first, "2026-Q2": second, "2025-Q3": "review000000003", "2025-Q4": "review000000004"} {
			apptest.Make(t, app, ideology.Reviews, with(review, "id", id, "quarter", quarter, "state", "handed"))
		}
	})
	policy(t, app, ideology.Reports, report, with(report, "half", "2025-H2", "reviews", []string{"review000000003", "review000000004"}), map[string]any{"text": "平稳"}, `
			member    1    200  200    200    204
			deputy    1    200  400    404    404`)
}

func policy(t *testing.T, app func(testing.TB) *tests.TestApp, collection string, record, create, update map[string]any, more string) {
	t.Helper()
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
			branch2   0    404  400    404    404
			branch1   0    404  400    404    404
			inspector 0    404  400    404    404
			clerk     1    200  400    404    404
			secretary 1    200  200    200    204
			keeper    1    200  200    200    204` + more,
	}.Test(t)
}
