package points_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/apptest"
	"yaodian/hooks/points"
)

// What a member reads: every entry with its rule and its source, how much of it
// counts, and what is still possible.
func TestMine(t *testing.T) {
	t.Parallel()
	s := served(t)
	for range 7 {
		learn(t, s.App, apptest.Member, "2026-05-06")
	}
	answer := get(t, s, apptest.Member, "/api/points/mine")
	answer.Want(t, 200)
	var mine struct {
		Name, Band, Category string
		Total                struct{ Points, Added, Over int }
		Lines                []struct {
			RuleNo     string `json:"rule_no"`
			Source     string
			Collection string
			Points     int
			Counted    int
		}
		Possible []struct {
			No     string
			Left   *int
			Manual bool
		}
	}
	if err := json.Unmarshal([]byte(answer.Body), &mine); err != nil {
		t.Fatal(err)
	}
	if mine.Name != "孙党员" || mine.Total.Points != 720 || mine.Total.Over != 20 || mine.Band != "合格" || mine.Category != "ordinary" || len(mine.Lines) != 7 {
		t.Errorf("got %+v", mine)
	}
	counted := 0
	for _, l := range mine.Lines {
		counted += l.Counted
		if l.RuleNo != "T04" || l.Collection != "study_records" || l.Source == "" || l.Points != 20 {
			t.Errorf("got %+v", l)
		}
	}
	if counted != 120 {
		t.Errorf("Expected what counts to add up, got %d", counted)
	}
	for _, p := range mine.Possible {
		switch want := map[string]int{"T04": 0, "T06": 80, "T10": 100}; {
		case p.No == "T03" || p.No == "T12":
			t.Errorf("%s gives nothing", p.No)
		case (p.No == "T04" || p.No == "T06" || p.No == "T10") && (p.Left == nil || *p.Left != want[p.No]):
			t.Errorf("%s: Expected %d, got %v", p.No, want[p.No], p.Left)
		}
	}
	member := "/api/points/mine?person=" + id(t, s.App, apptest.Member)
	for who, status := range map[string]int{apptest.Branch: 200, apptest.Secretary: 200, apptest.Neighbour: 404, Elder: 404, apptest.Outsider: 404} {
		get(t, s, who, member).Want(t, status)
	}
	get(t, s, apptest.Guest, "/api/points/mine").Want(t, 401)
	get(t, s, apptest.Member, "/api/points/mine?year=2027").Want(t, 400, "points_year_unreal")
	get(t, s, apptest.Member, "/api/points/mine?year=2025").Want(t, 200, `"points":600`)
}

// Officers read the people of their branch page by page.
func TestBranch(t *testing.T) {
	t.Parallel()
	s := served(t)
	unit := apptest.Unit(t, s.App, "zb1").Id
	var seen []string
	for after, pages := "", 0; pages < 5; pages++ {
		answer := get(t, s, apptest.Branch, "/api/points/branch?limit=2&org="+unit+"&after="+after)
		page := struct {
			Items []struct{ Name string }
			Next  string
		}{}
		if err := json.Unmarshal([]byte(answer.Body), &page); err != nil || answer.Status != 200 {
			t.Fatal(answer.Short(), err)
		}
		for _, i := range page.Items {
			seen = append(seen, i.Name)
		}
		if after = page.Next; after == "" {
			break
		}
	}
	if fmt.Sprint(seen) != "[老党员 李组委 孙党员 赵支书]" {
		t.Errorf("got %v", seen)
	}
	for who, status := range map[string]int{apptest.Secretary: 200, apptest.Member: 404, apptest.Neighbour: 404, apptest.Outsider: 404, apptest.Guest: 401} {
		for _, route := range []string{"branch", "spread"} {
			get(t, s, who, "/api/points/"+route+"?org="+unit).Want(t, status)
		}
	}
	spread := get(t, s, apptest.Secretary, "/api/points/spread?org="+apptest.Unit(t, s.App, "jd").Id)
	spread.Want(t, 200, `"people":null`)
	get(t, s, apptest.Branch, "/api/points/period?quarter=2026-Q1").Want(t, 200, `"quarter":"2026-Q1"`)
	get(t, s, apptest.Branch, "/api/points/period?quarter=2026-Q7").Want(t, 400, "points_quarter_unreal")
	get(t, s, apptest.Member, "/api/points/period?quarter=2026-Q1").Want(t, 404)
	get(t, s, apptest.Member, "/api/points/subjects").Want(t, 200, `"name":"meeting.kind"`, `"theme_day"`)
}

// A trial says how totals would move and whom it touches; nothing is written.
func TestSandbox(t *testing.T) {
	t.Parallel()
	s := served(t)
	for i := range 12 {
		person := apptest.Make(t, s.App, "people", map[string]any{"number": fmt.Sprintf("x%d", i), "name": fmt.Sprintf("党员%d", i), "org": "@zb1", "kind": "member", "state": "active", "password": apptest.Password, "status_since": "2020-01-01"})
		apptest.Make(t, s.App, "study_records", map[string]any{"person": person.Id, "org": "@zb1", "studied_on": "2025-05-06", "tenths": 20, "source": "self", "title": "学习"})
	}
	draft := apptest.Make(t, s.App, "points_rules", map[string]any{"no": "Z01", "title": "学习加倍", "subject": "study", "category": "study", "value": 100, "since": "2026-07-01", "replaces": ruleNo(t, s.App, "T04")})
	before := dump(t, s.App)
	answer := s.Do(t, apptest.Clerk, http.MethodPost, "/api/points/sandbox", map[string]any{"year": "2025", "drafts": []string{draft.Id}})
	answer.Want(t, 200, `"touched":12`, `"up":12`, `"people":23`, `"before":620`, `"after":700`, `"name":"党员0"`)
	if after := dump(t, s.App); after != before {
		t.Errorf("the trial wrote something: %s became %s", before, after)
	}
	s.Do(t, apptest.Clerk, http.MethodPost, "/api/points/sandbox", map[string]any{"drafts": []string{"nothing"}}).Want(t, 400, "points_draft_missing")
	s.Do(t, apptest.Branch, http.MethodPost, "/api/points/sandbox", map[string]any{"year": "2025"}).Want(t, 403, "points_rules_keeper")
	s.Do(t, apptest.Clerk, http.MethodPost, "/api/points/sandbox", map[string]any{"year": "2030"}).Want(t, 400, "points_year_unreal")
	// A set that touches fewer than five people says so and no more.
	one := apptest.Make(t, s.App, "points_rules", map[string]any{"no": "Z02", "title": "走访加倍", "subject": "visit", "category": "help", "value": 80, "since": "2026-07-01"})
	pair := apptest.Make(t, s.App, "outreach_pairs", map[string]any{"person": "#" + apptest.Member, "org": "@zb1", "alias": "东风3号户", "since": "2026-01-01"})
	apptest.Make(t, s.App, "outreach_visits", map[string]any{"pair": pair.Id, "visited_on": "2026-06-10", "kinds": []string{"policy"}})
	s.Do(t, apptest.Clerk, http.MethodPost, "/api/points/sandbox", map[string]any{"year": "2026", "drafts": []string{one.Id}}).Want(t, 200, `"touched":null`, `"up":null`)
}

// dump is how much there is of what a trial might write.
func dump(t testing.TB, app core.App) string {
	t.Helper()
	var out string
	err := app.DB().NewQuery(`SELECT (SELECT count(*) FROM points_entries) || ' ' || (SELECT count(*) FROM audit_entries) || ' ' || (SELECT count(*) FROM points_rules WHERE state = 'active') || ' ' || total_changes()`).Row(&out)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Whatever is changed behind the program's back is found.
func TestVerifyFinds(t *testing.T) {
	t.Parallel()
	drop := []string{"update", "delete", "insert", "award"}
	for name, c := range map[string]struct{ sql, want string }{
		"a changed point":       {"UPDATE points_entries SET points = 90 WHERE seq = 1", "第 1 笔分录被改动过"},
		"a missing line":        {"DELETE FROM points_entries WHERE seq = 1", "第 1 笔分录不见了"},
		"the end is cut off":    {"DELETE FROM points_entries WHERE seq = 2", "少了一笔分录"},
		"a changed source":      {"DELETE FROM study_records WHERE studied_on = '2026-05-07'", "没有来源"},
		"a changed publication": {"UPDATE points_periods SET content = '{}'", "内容被改动过"},
		"a changed rule":        {"UPDATE points_rules SET value = 30 WHERE no = 'T04'", "和重算不一致"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			app := prepared(t)
			learn(t, app, apptest.Member, "2026-05-06")
			learn(t, app, apptest.Member, "2026-05-07")
			published(t, app)
			whole(t, app)
			for _, trigger := range drop {
				exec(t, app, "DROP TRIGGER points_entries_"+trigger)
			}
			exec(t, app, c.sql)
			report, err := points.Verify(app)
			if err != nil || report.Whole() == nil {
				t.Fatalf("Expected it to be found, got %+v %v", report, err)
			}
			found := false
			for _, p := range report.Problems {
				found = found || strings.Contains(p, c.want)
			}
			if !found {
				t.Errorf("Expected %s, got %q", c.want, report.Problems)
			}
		})
	}
}

// The seeded rules can all be enacted; points begin anew every year.
func TestSeedsAndYears(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	seeds, err := app.FindRecordsByFilter("points_rules", "state = 'draft'", "no", 0, 0)
	if err != nil || len(seeds) != 16 {
		t.Fatalf("Expected 16 seeds, got %d %v", len(seeds), err)
	}
	for _, r := range seeds {
		if r.GetString("source") == "" {
			t.Errorf("%s has no source", r.GetString("no"))
		}
		r.Load(map[string]any{"state": "active", "document": "清工委〔2026〕8号", "since": "2026-01-01", "activated_by": id(t, app, apptest.Clerk)})
		if err := app.Save(r); err != nil {
			t.Errorf("%s: %v", r.GetString("no"), err)
		}
	}
	learn(t, app, apptest.Member, "2025-12-31")
	added(t, app, apptest.Member, 0)
	learn(t, app, apptest.Member, "2026-01-01")
	added(t, app, apptest.Member, 20)
	_, err = apptest.Try(app, "points_schemes", map[string]any{"no": "2025", "title": "补一版", "year": 2025, "base": 600, "cap": 400, "document": "1号", "state": "active", "activated_by": id(t, app, apptest.Clerk)})
	apptest.Refused(t, "a scheme of last year", err, "points_year_past")
	for name, c := range map[string]struct {
		data map[string]any
		code string
	}{
		"unknown category": {map[string]any{"caps": map[string]any{"likes": 10}}, "points_category_unknown"},
		"no floor":         {map[string]any{"bands": []map[string]any{{"name": "好", "from": 100}}}, "points_bands_floor"},
		"out of order":     {map[string]any{"bands": []map[string]any{{"name": "好", "from": 100}, {"name": "更好", "from": 200}}}, "points_bands_order"},
		"unreadable":       {map[string]any{"caps": []string{"x"}}, "points_scheme_unreadable"},
	} {
		data := map[string]any{"no": "2027", "title": "新办法", "year": 2027, "base": 600, "cap": 400}
		for k, v := range c.data {
			data[k] = v
		}
		_, err := apptest.Try(app, "points_schemes", data)
		apptest.Refused(t, name, err, c.code)
	}
	whole(t, app)
}
