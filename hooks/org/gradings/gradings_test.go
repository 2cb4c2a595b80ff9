package gradings_test

import (
	"maps"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/org/gradings"
)

func TestGapRules(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		err  error
		want string
	}{
		"a branch by its own":       {gradings.CheckList("branch", "branch"), ""},
		"retired, too":              {gradings.CheckList("branch", "retired"), ""},
		"a branch by the other":     {gradings.CheckList("organ", "branch"), "org_gaps_list"},
		"an office by the branches": {gradings.CheckList("branch", "office"), "org_gaps_list"},
		"met":                       {gradings.CheckGap("met", "reviewed", "", "", ""), ""},
		"short, of what":            {gradings.CheckGap("partly", "draft", " ", "", ""), "org_gaps_problem"},
		"short, handed in":          {gradings.CheckGap("partly", "submitted", "甲", "", ""), ""},
		"short, how":                {gradings.CheckGap("unmet", "reviewed", "甲", "", "2026-06-30"), "org_gaps_measures"},
		"short, by when":            {gradings.CheckGap("unmet", "reviewed", "甲", "乙", ""), "org_gaps_measures"},
		"short, all told":           {gradings.CheckGap("unmet", "reviewed", "甲", "乙", "2026-06-30"), ""},
	} {
		apptest.Refused(t, name, c.err, c.want)
	}
}

// hints tests what a branch of so many members, with a committee of so many, is
// told.
func hints(t *testing.T, want map[[2]int]string) {
	t.Helper()
	for size, hint := range want {
		if got, _ := gradings.SizeHint(size[0], size[1]); got != hint {
			t.Errorf("%d members, committee of %d: Expected %q, got %q", size[0], size[1], hint, got)
		}
	}
}

func TestR_TERM_03_TooSmallOrTooLarge(t *testing.T) {
	t.Parallel()
	hints(t, map[[2]int]string{{2, 0}: "正式党员不足三人", {3, 0}: "", {50, 5}: "", {51, 5}: "党员超过五十人"})
}

func TestR_TERM_04_SevenHaveACommittee(t *testing.T) {
	t.Parallel()
	hints(t, map[[2]int]string{{6, 0}: "", {7, 0}: "没有设支委会", {7, 2}: "没有设支委会", {7, 3}: ""})
}

func TestR_TERM_05_Vacancy(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		left, since, today string
		want               bool
	}{
		{"2026-03-10", "2015-01-01", "2026-06-10", false}, {"2026-03-09", "2015-01-01", "2026-06-10", true},
		{"", "2026-03-09", "2026-06-10", true}, {"", "", "2026-06-10", false},
	} {
		if got := gradings.Vacant(c.left, c.since, c.today); got != c.want {
			t.Errorf("left %s: Expected %t, got %t", c.left, c.want, got)
		}
	}
}

// A branch whose secretary left long ago is put on the list, once; what it is,
// people say.
func TestR_TERM_05_ListsOnce(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	for _, code := range []string{"zb1", "zb2"} {
		meet(t, app, code, "2026-02-10")
	}
	at := func(date string) (int, int) {
		apptest.SetToday(t, app, date)
		day, _ := time.Parse(time.DateOnly, date)
		made, sent, err := gradings.Look(app, day)
		if err != nil {
			t.Fatal(err)
		}
		return made, sent
	}
	if made, _ := at("2026-06-10"); made != 1 { // the branch of the other committee has nobody and never met
		t.Errorf("Expected one, got %d", made)
	}
	post := apptest.First(t, app, "org_posts", "person", apptest.Person(t, app, apptest.Branch).Id)
	apptest.Refused(t, "leaves", apptest.Save(app, post, map[string]any{"until": "2026-03-01"}), "")
	if made, sent := at("2026-06-11"); made != 1 || sent < 2 { // secretary and clerk
		t.Errorf("Expected one and messages, got %d and %d", made, sent)
	}
	r := apptest.First(t, app, gradings.Gradings, "org", apptest.Unit(t, app, "zb1").Id)
	if got := r.GetStringSlice("signs"); r.GetString("state") != "listed" || len(got) != 1 || got[0] != "vacancy" {
		t.Errorf("Expected a vacancy, got %v %v", r.GetString("state"), got)
	}
	if made, sent := at("2026-06-12"); made != 0 || sent != 0 {
		t.Errorf("Expected nothing, got %d and %d", made, sent)
	}
	if made, _ := at("2026-07-15"); made != 0 {
		t.Errorf("Expected nothing before the quarter has been registered, got %d", made)
	}
	if made, _ := at("2026-07-16"); made != 1 {
		t.Errorf("Expected zb2, which hasn't met in the second quarter, got %d", made)
	}
}

func meet(t testing.TB, app core.App, code, on string) {
	t.Helper()
	apptest.Make(t, app, "meetings", map[string]any{
		"org": "@" + code, "kind": "branch_assembly", "title": "支部党员大会", "held_on": on, "host": "#branch1", "recorder": "#member", "state": "held",
	})
}

var (
	benchmark = map[string]any{"id": "benchmark000001", "org": "@jd", "regulation": "branch", "article": "第十一条", "requirement": "党员大会一般每季度召开一次", "year": 2026}
	gap       = map[string]any{"org": "@zb1", "benchmark": "benchmark000001", "result": "partly", "problem": "第一季度没有召开"}
	grading   = map[string]any{"org": "@zb1", "year": 2026, "signs": []string{"vacancy"}}
)

func with(data map[string]any, changes ...any) map[string]any {
	out := maps.Clone(data)
	for i := 0; i < len(changes); i += 2 {
		out[changes[i].(string)] = changes[i+1]
	}
	return out
}

var measured = apptest.Prepared(func(t testing.TB, app core.App) { apptest.Make(t, app, gradings.Benchmarks, benchmark) })

// A gap is found by the branch, reviewed by the committee, closed by another.
func TestGapIsClosed(t *testing.T) {
	t.Parallel()
	s := apptest.Serve(t, measured(t))
	do := func(who, method, url string, body map[string]any) apptest.Answer {
		return s.Do(t, who, method, url, apptest.Named(t, s.App, body))
	}
	made := do(apptest.Branch, "POST", apptest.URL(gradings.Gaps), gap)
	made.Want(t, 200)
	url := apptest.URL(gradings.Gaps, made.Text("id"))
	do(apptest.Branch, "PATCH", url, map[string]any{"state": "submitted"}).Want(t, 200)
	do(apptest.Branch, "PATCH", url, map[string]any{"state": "reviewed"}).Want(t, 400, "org_gaps_no_power")
	do(apptest.Clerk, "PATCH", url, map[string]any{"state": "reviewed"}).Want(t, 400, "org_gaps_measures")
	do(apptest.Clerk, "PATCH", url, map[string]any{"state": "reviewed", "measures": "年初排定", "due": "2026-06-30", "person": "#branch1"}).Want(t, 200)
	do(apptest.Branch, "PATCH", url, map[string]any{"state": "fixed"}).Want(t, 400, "org_gaps_needs")
	do(apptest.Branch, "PATCH", url, map[string]any{"state": "fixed", "done": "已排定全年计划"}).Want(t, 200)
	do(apptest.Clerk, "PATCH", url, map[string]any{"state": "closed"}).Want(t, 200)
	do(apptest.Keeper, "PATCH", url, map[string]any{"done": "改"}).Want(t, 400, "org_gaps_filed")
}

// A branch is called weak by a decision and hears of it then.
func TestWeakByDecision(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	url := apptest.URL(gradings.Gradings, apptest.Make(t, s.App, gradings.Gradings, grading).Id)
	s.Do(t, apptest.Branch, "GET", url, nil).Want(t, 404)
	s.Do(t, apptest.Clerk, "PATCH", url, map[string]any{"state": "weak"}).Want(t, 400, "org_gradings_needs")
	decided := map[string]any{"state": "weak", "facts": "书记空缺", "surveyed_on": "2026-05-20", "decided_on": "2026-06-11", "document": "清工委纪〔2026〕6号"}
	s.Do(t, apptest.Clerk, "PATCH", url, decided).Want(t, 400, "org_gradings_date")
	s.Do(t, apptest.Clerk, "PATCH", url, with(decided, "decided_on", "2026-06-09")).Want(t, 200)
	s.Do(t, apptest.Branch, "GET", url, nil).Want(t, 200)
	_, err := apptest.Try(s.App, gradings.Gradings, apptest.Named(t, s.App, map[string]any{"org": "@djb", "year": 2026}))
	apptest.Refused(t, "an office", err, "org_gradings_branch")
}

func policy(t *testing.T, collection string, record, create, update map[string]any, table string) {
	t.Helper()
	t.Parallel()
	apptest.Policy{
		Collection: collection, App: measured,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			if id, ok := record["id"].(string); ok {
				return apptest.First(t, app, collection, "id", id)
			}
			return apptest.Make(t, app, collection, record)
		},
		Create: create, Update: update, Table: table,
	}.Test(t)
}

func TestBenchmarksPolicy(t *testing.T) {
	policy(t, gradings.Benchmarks, benchmark, with(benchmark, "id", "benchmark000002", "article", "第十二条"), map[string]any{"sort": 2}, `
		who       list view create update delete
		guest     0    404  400    404    404
		outsider  0    404  400    404    404
		member    1    200  400    404    404
		branch1   1    200  400    404    404
		branch2   1    200  400    404    404
		inspector 1    200  400    404    404
		clerk     1    200  200    200    204
		keeper    1    200  200    200    204`)
}

func TestGapsPolicy(t *testing.T) {
	policy(t, gradings.Gaps, gap, with(gap, "org", "@zb2"), map[string]any{"problem": "改"}, `
		who       list view create update delete
		guest     0    404  400    404    404
		outsider  0    404  400    404    404
		member    0    404  400    404    404
		branch1   1    200  400    200    204
		branch2   0    404  200    404    404
		inspector 1    200  400    404    404
		deputy    1    200  400    404    404
		clerk     1    200  200    200    204
		keeper    1    200  200    200    204`)
}

func TestGradingsPolicy(t *testing.T) {
	policy(t, gradings.Gradings, grading, with(grading, "org", "@zb2"), map[string]any{"facts": "改"}, `
		who       list view create update delete
		guest     0    404  400    404    404
		outsider  0    404  400    404    404
		member    0    404  400    404    404
		branch1   0    404  400    404    404
		branch2   0    404  400    404    404
		inspector 0    404  400    404    404
		clerk     1    200  200    200    204
		keeper    1    200  200    200    204`)
}
