package org_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/search"

	"yaodian/hooks/apptest"
	"yaodian/hooks/documents"
	"yaodian/hooks/org"
)

// The rules that use under() seek the index on the path, and the one on the
// person beside it, without a join and hence without DISTINCT. This pins the
// undocumented search.TokenFunctions.
func TestUnderSeeks(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	clerk := apptest.Person(t, app, apptest.Clerk)
	for _, c := range []struct {
		collection string
		indexes    []string
	}{
		{"people", []string{"idx_people_org_path (org_path>? AND org_path<?)", "sqlite_autoindex_people_1 (id=?)"}},
		{org.Posts, []string{"idx_org_posts_org_path (org_path>? AND org_path<?)", "idx_org_posts_person (person=?)"}},
		{org.Contacts, []string{"idx_org_contacts_org_path (org_path>? AND org_path<?)", "idx_org_contacts_person (person=?)"}},
		{documents.Documents, []string{"idx_documents_org_path (org_path>? AND org_path<?)"}},
	} {
		collection, err := app.FindCollectionByNameOrId(c.collection)
		if err != nil {
			t.Fatal(err)
		}
		sql, plan := explain(t, app, collection, *collection.ListRule, clerk)
		if strings.Contains(sql, "DISTINCT") || strings.Contains(sql, "JOIN") {
			t.Errorf("%s: a join came in: %s", c.collection, sql)
		}
		for _, index := range c.indexes {
			if !strings.Contains(plan, index) {
				t.Errorf("%s: Expected %s in %s", c.collection, index, plan)
			}
		}
		if strings.Contains(plan, "SCAN "+c.collection) {
			t.Errorf("%s: scanned: %s", c.collection, plan)
		}
	}
}

// The person and the power are bound or literal values, so nothing that
// somebody sends becomes SQL.
func TestUnderTakesExactlyThree(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	collection, err := app.FindCollectionByNameOrId(documents.Documents)
	if err != nil {
		t.Fatal(err)
	}
	for _, rule := range []string{
		`under() = true`, `under(org_path) = true`, `under(org_path, @request.auth.id) = true`,
		`under(org_path, @request.auth.id, "plan", 1) = true`, `under(no_such_field, @request.auth.id, "plan") = true`,
		`under(org_path, org, "plan") = true`, `under(org_path, "somebody", "plan") = true`, `under(org_path, @request.query.who, "plan") = true`,
	} {
		collection.ListRule = &rule
		if err := app.Save(collection); err == nil {
			t.Errorf("%s: accepted as a rule", rule)
		}
	}
	for _, power := range []string{`' OR 1=1 --`, `plan' OR 'a'='a`} {
		rule := fmt.Sprintf(`under(org_path, @request.auth.id, %q) = true`, power)
		sql, _ := explain(t, app, collection, rule, apptest.Person(t, app, apptest.Clerk))
		if strings.Contains(sql, power) {
			t.Errorf("%q came into the SQL: %s", power, sql)
		}
	}
}

// Only "= true" means anything: a rule with another comparison opens nothing,
// instead of the opposite of what it says.
func TestUnderIsTrueOrNothing(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	units, err := app.FindCollectionByNameOrId(org.Units)
	if err != nil {
		t.Fatal(err)
	}
	for rule, want := range map[string]int{
		`under(path, @request.auth.id, "org") = true`:                                              5,
		`under(path, @request.auth.id, "org") ?= true`:                                             5,
		`true = under(path, @request.auth.id, "org")`:                                              5,
		`under(path, @request.auth.id, "org") = false`:                                             0,
		`under(path, @request.auth.id, "org") != true`:                                             0,
		`under(path, @request.auth.id, "org") != false`:                                            0,
		`under(path, @request.auth.id, "org") >= true`:                                             0,
		`under(path, @request.auth.id, "org") = ""`:                                                0,
		`under(path, @request.auth.id, "org") = under(path, @request.auth.id, "nosuch")`:           0,
		`under(path, @request.auth.id, "org") = true && under(path, @request.auth.id, "x") = true`: 0,
	} {
		sql, params := build(t, app, units, rule, apptest.Person(t, app, apptest.Clerk))
		var rows []struct {
			ID string `db:"id"`
		}
		if err := app.DB().NewQuery(sql).Bind(params).All(&rows); err != nil || len(rows) != want {
			t.Errorf("%s: Expected %d units, got %d (%v)", rule, want, len(rows), err)
		}
	}
}

// A record whose path is empty or odd, however it came in, is seen by nobody
// but superusers; a guest sees nothing at all.
func TestUnderAndOddPaths(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	for i, path := range []string{"", "/", "//", "jd/", "/JD/", "/jd", "%", "/jd0", "/jd!"} {
		_, err := s.App.NonconcurrentDB().NewQuery(fmt.Sprintf(`INSERT INTO documents (id, title, action, year, state, org, org_path)
			VALUES ('odd%012d', '怪', 'draft', 2026, 'issued', '', '%s')`, i, path)).Execute()
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, who := range []string{apptest.Guest, apptest.Outsider, apptest.Member, apptest.Branch, apptest.Clerk, apptest.Secretary, apptest.Inspector} {
		s.Do(t, who, http.MethodGet, apptest.URL(documents.Documents), nil).Want(t, 200, `"totalItems":0`)
	}
	s.Do(t, apptest.Keeper, http.MethodGet, apptest.URL(documents.Documents), nil).Want(t, 200, `"totalItems":9`)
}

// Nobody can use under() in a filter to try out what others may see.
func TestUnderInAFilter(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	clerk := apptest.Person(t, s.App, apptest.Clerk).Id
	for _, filter := range []string{`under(path,%22` + clerk + `%22,%22org%22)=true`, `under(path,@request.auth.id,%22org%22)=true`} {
		answer := s.Do(t, apptest.Outsider, http.MethodGet, apptest.URL(org.Units)+"?filter="+filter, nil)
		if answer.Status == http.StatusOK {
			t.Errorf("%s: answered %s", filter, answer.Body)
		}
	}
}

// Can and InReach answer as under() does: the first day counts, the last no
// longer.
func TestCanByDay(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	member := apptest.Person(t, app, apptest.Member).Id
	apptest.Create(t, app, org.Posts, post(t, app, apptest.Member, "branch_deputy", "zb1", "2026-07-01", "2026-08-01"))
	for _, c := range []struct {
		power, path, day string
		want             bool
	}{
		{"documents", "/jd/zb1/", "2026-06-30", false},
		{"documents", "/jd/zb1/", "2026-07-01", true},
		{"documents", "/jd/zb1/xz1/", "2026-07-31", true},
		{"documents", "/jd/zb1/", "2026-08-01", false},
		{"plan", "/jd/zb1/", "2026-07-15", true},
		{"documents.edit", "/jd/zb1/", "2026-07-15", false},
		{"documents", "/jd/zb2/", "2026-07-15", false},
		{"documents", "/jd/", "2026-07-15", false},
		{"documents", "", "2026-07-15", false},
	} {
		got, err := org.Can(app, member, c.power, c.path, c.day)
		if err != nil || got != c.want {
			t.Errorf("%s over %q on %s: Expected %v, got %v (%v)", c.power, c.path, c.day, c.want, got, err)
		}
		var n int
		err = app.DB().Select("count(*)").From(org.Units).Where(org.InReach("path", member, c.power, c.day)).Row(&n)
		if want := map[bool]int{true: 2}[c.want && c.path != ""]; err != nil || (c.path == "/jd/zb1/" && n != want) {
			t.Errorf("InReach %s on %s: Expected %d units, got %d (%v)", c.power, c.day, want, n, err)
		}
	}
	if yes, err := org.Can(app, "", "plan", "/jd/", "2026-07-15"); yes || err != nil {
		t.Errorf("nobody may: %v %v", yes, err)
	}
	powers, err := org.Powers(app, member, "2026-07-15")
	if err != nil || len(powers["documents"]) != 1 || powers["documents"][0].Until != "2026-08-01" {
		t.Errorf("got %v (%v)", powers, err)
	}
}

// Who holds an office, and which branches there are, is asked by day.
func TestAsOf(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	role := apptest.Role(t, app, "branch_secretary").Id
	if err := apptest.Save(app, postOf(t, app, apptest.Branch), map[string]any{"until": "2026-07-01"}); err != nil {
		t.Fatal(err)
	}
	apptest.Create(t, app, org.Posts, post(t, app, apptest.Member, "branch_secretary", "zb1", "2026-07-01", ""))
	for day, want := range map[string][]string{
		"2019-12-31": nil,
		"2020-01-01": {"赵支书", "钱支书"},
		"2026-06-30": {"赵支书", "钱支书"},
		"2026-07-01": {"孙党员", "钱支书"},
	} {
		list, err := org.Holders(app, role, "/jd/", day)
		var got []string
		for _, h := range list {
			got = append(got, h.Name)
		}
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: Expected %v, got %v (%v)", day, want, got, err)
		}
	}
	for _, role := range []string{role, "branch_secretary"} {
		if list, err := org.Holders(app, role, "/jd/zb2/", "2026-07-01"); err != nil || len(list) != 1 || list[0].Path != "/jd/zb2/" {
			t.Errorf("below zb2 by %s: got %v (%v)", role, list, err)
		}
	}
	if list, err := org.Holders(app, "no_such_role", "/", "2026-07-01"); err != nil || len(list) != 0 {
		t.Errorf("a role that there isn't: got %v (%v)", list, err)
	}
	if err := apptest.Save(app, apptest.Person(t, app, apptest.Neighbour), map[string]any{"state": "left"}); err != nil {
		t.Fatal(err)
	}
	if list, err := org.Holders(app, role, "/jd/zb2/", "2026-07-01"); err != nil || len(list) != 0 {
		t.Errorf("who has left: got %v (%v)", list, err)
	}

	apptest.Make(t, app, org.Units, map[string]any{"code": "xin", "name": "新支部", "kind": "branch", "parent": "@jd", "established": "2026-03-01", "closed": "2026-09-01"})
	for day, want := range map[string]int{"2026-02-28": 2, "2026-03-01": 3, "2026-08-31": 3, "2026-09-01": 2} {
		if list, err := org.Below(app, "/jd/", "branch", day); err != nil || len(list) != want {
			t.Errorf("%s: Expected %d branches, got %d (%v)", day, want, len(list), err)
		}
	}
	if list, err := org.Below(app, "/jd/zb1/", "branch", apptest.Today); err != nil || len(list) != 1 || list[0].Kind() != "branch" {
		t.Errorf("at zb1 itself: got %v (%v)", list, err)
	}
}

func explain(t testing.TB, app core.App, c *core.Collection, rule string, auth *core.Record) (sql, plan string) {
	t.Helper()
	sql, params := build(t, app, c, rule, auth)
	var lines []struct {
		Detail string `db:"detail"`
	}
	if err := app.DB().NewQuery("EXPLAIN QUERY PLAN " + sql).Bind(params).All(&lines); err != nil {
		t.Fatal(err)
	}
	return sql, fmt.Sprint(lines)
}

func build(t testing.TB, app core.App, c *core.Collection, rule string, auth *core.Record) (string, dbx.Params) {
	t.Helper()
	return buildFor(t, app, c, rule, &core.RequestInfo{Auth: auth})
}

func buildFor(t testing.TB, app core.App, c *core.Collection, rule string, info *core.RequestInfo) (string, dbx.Params) {
	t.Helper()
	query := app.RecordQuery(c)
	resolver := core.NewRecordFieldResolver(app, c, info, true)
	expr, err := search.FilterData(rule).BuildExpr(resolver)
	if err != nil {
		t.Fatal(err)
	}
	if err := resolver.UpdateQuery(query.AndWhere(expr)); err != nil {
		t.Fatal(err)
	}
	built := query.Build()
	return built.SQL(), built.Params()
}

// A path has others at or below it and others at or above it; /jd/zb1 has
// neither /jd/zb10 nor its sister.
func TestAtOrBelowAndAbove(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	apptest.Make(t, app, org.Units, map[string]any{"code": "zb10", "name": "十支部", "kind": "branch", "parent": "@jd", "established": "2026-03-01"})
	for _, c := range []struct {
		name  string
		where dbx.Expression
		want  []string
	}{
		{"below the committee's first branch", org.AtOrBelow("path", "/jd/zb1/"), []string{"/jd/zb1/", "/jd/zb1/xz1/"}},
		{"below a group", org.AtOrBelow("path", "/jd/zb1/xz1/"), []string{"/jd/zb1/xz1/"}},
		{"above a group", org.AtOrAbove("path", "/jd/zb1/xz1/"), []string{"/jd/", "/jd/zb1/", "/jd/zb1/xz1/"}},
		{"above the top", org.AtOrAbove("path", "/jd/"), []string{"/jd/"}},
		{"above nothing", org.AtOrAbove("path", ""), nil},
	} {
		var got []string
		if err := app.DB().Select("path").From(org.Units).Where(c.where).OrderBy("path").Column(&got); err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s: Expected %v, got %v (%v)", c.name, c.want, got, err)
		}
	}
}
