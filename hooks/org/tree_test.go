package org_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/documents"
	"yaodian/hooks/org"
)

func TestPathFollowsFromParentAndCode(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)

	unit := apptest.Make(t, app, org.Units, map[string]any{"code": "zb7", "name": "北门社区党支部", "kind": "branch", "parent": "@jd", "path": "/wd/"})
	wantPath(t, app, unit.Id, "/jd/zb7/")

	if err := apptest.Save(app, unit, map[string]any{"path": "/wd/zb7/", "name": "北门"}); err != nil {
		t.Fatal(err)
	}
	wantPath(t, app, unit.Id, "/jd/zb7/")

	unit.Set("path", "")
	if err := app.SaveNoValidate(unit); err != nil {
		t.Fatal(err)
	}
	wantPath(t, app, unit.Id, "/jd/zb7/")
}

func TestWhereAUnitCannotHang(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	at := func(code string) string { return apptest.Unit(t, app, code).Id }
	lowest := apptest.Unit(t, app, "xz1")
	for depth := strings.Count(lowest.GetString("path"), "/"); depth <= org.MaxDepth; depth++ {
		lowest = apptest.Create(t, app, org.Units, map[string]any{"code": fmt.Sprintf("d%d", depth), "name": "下级", "kind": "group", "parent": lowest.Id})
	}

	for _, c := range []struct {
		name, unit string
		change     map[string]any
		want       string
	}{
		{"below itself", "zb1", map[string]any{"parent": at("zb1")}, "org_unit_cycle"},
		{"below its own group", "zb1", map[string]any{"parent": at("xz1")}, "org_unit_cycle"},
		{"below nothing that exists", "zb1", map[string]any{"parent": "nosuchunit00000"}, "org_unit_missing"},
		{"with a sibling's code", "zb2", map[string]any{"code": "zb1"}, "org_unit_code_taken"},
		{"with its whole subtree too deep", "zb1", map[string]any{"parent": at("wzb")}, "org_unit_too_deep"},
		{"closed before it was established", "zb1", map[string]any{"established": "2020-01-01", "closed": "2019-12-31"}, "org_period_reversed"},
		{"closed on a day that isn't", "zb1", map[string]any{"closed": "2026-02-30"}, "org_date_unreal"},
	} {
		unit := apptest.Unit(t, app, c.unit)
		unit.Load(c.change)
		apptest.Refused(t, c.name, app.SaveNoValidate(unit), c.want)
		if stored := apptest.Unit(t, app, c.unit); stored.GetString("path") != "/jd/"+c.unit+"/" {
			t.Errorf("%s: moved to %s", c.name, stored.GetString("path"))
		}
	}
	wantPath(t, app, apptest.Unit(t, app, "xz1").Id, "/jd/zb1/xz1/")

	_, err := apptest.Try(app, org.Units, map[string]any{"code": "toodeep", "name": "再下级", "kind": "group", "parent": lowest.Id})
	apptest.Refused(t, "a new unit too deep", err, "org_unit_too_deep")
	for _, code := range []string{"", "ZB1", "zb-1", "支部", "a/b", "abcdefghijklm"} {
		if _, err := apptest.Try(app, org.Units, map[string]any{"code": code, "name": "坏编码", "kind": "group", "parent": at("jd")}); err == nil {
			t.Errorf("%q: made a unit with this code", code)
		}
	}
	if _, err := apptest.Try(app, org.Units, map[string]any{"code": "zb1", "name": "同码异处", "kind": "branch", "parent": at("wd")}); err != nil {
		t.Errorf("a cousin's code: %v", err)
	}
}

// Two units with one code, both checked before either is stored.
func TestSiblingCodesRace(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	units, err := app.FindCollectionByNameOrId(org.Units)
	if err != nil {
		t.Fatal(err)
	}
	var twins [2]*core.Record
	for i := range twins {
		twins[i] = core.NewRecord(units)
		twins[i].Load(map[string]any{"code": "zb8", "name": "同码", "kind": "branch", "parent": apptest.Unit(t, app, "jd").Id})
		if err := app.Validate(twins[i]); err != nil {
			t.Fatal(err)
		}
	}
	apptest.Refused(t, "first", app.SaveNoValidate(twins[0]), "")
	apptest.Refused(t, "second", app.SaveNoValidate(twins[1]), "org_unit_code_taken")
}

// A branch moves to another committee: its groups, everything that belongs to
// it, collections made in the browser included, and all authority go along.
func TestMoveTakesEverythingAlong(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	low := scopedCollection(t, s.App)
	document := apptest.Make(t, s.App, documents.Documents, map[string]any{"title": "方案", "action": "draft", "year": 2026, "state": "planned", "org": "@zb1"})
	note := apptest.Make(t, s.App, low, map[string]any{"title": "台账", "org": "@xz1"})
	contact := apptest.Make(t, s.App, org.Contacts, map[string]any{"person": "#deputy", "org": "@zb1", "since": "2026-01-01"})
	apptest.Create(t, s.App, org.Posts, post(t, s.App, apptest.Neighbour, "branch_deputy", "zb1", "2026-01-01", ""))
	for _, who := range []string{apptest.Clerk, apptest.Branch, apptest.Inspector} {
		s.Do(t, who, http.MethodGet, apptest.URL(documents.Documents, document.Id), nil).Want(t, 200)
	}

	zb1 := apptest.Unit(t, s.App, "zb1")
	if err := apptest.Save(s.App, zb1, map[string]any{"parent": apptest.Unit(t, s.App, "wd").Id}); err != nil {
		t.Fatal(err)
	}

	wantPath(t, s.App, zb1.Id, "/wd/zb1/")
	wantPath(t, s.App, apptest.Unit(t, s.App, "xz1").Id, "/wd/zb1/xz1/")
	wantPath(t, s.App, apptest.Unit(t, s.App, "zb2").Id, "/jd/zb2/")
	for _, c := range []struct{ collection, id, want string }{
		{"people", apptest.Person(t, s.App, apptest.Member).Id, "/wd/zb1/"},
		{documents.Documents, document.Id, "/wd/zb1/"},
		{low, note.Id, "/wd/zb1/xz1/"},
		{org.Contacts, contact.Id, "/wd/zb1/"},
		{org.Posts, apptest.First(t, s.App, org.Posts, "person", apptest.Person(t, s.App, apptest.Branch).Id).Id, "/wd/zb1/"},
	} {
		if record, err := s.App.FindRecordById(c.collection, c.id); err != nil || record.GetString("org_path") != c.want {
			t.Errorf("%s: Expected %s, got %s (%v)", c.collection, c.want, record.GetString("org_path"), err)
		}
	}
	for who, want := range map[string]int{apptest.Branch: 200, apptest.Neighbour: 200, apptest.Clerk: 404, apptest.Inspector: 404, apptest.Member: 404} {
		s.Do(t, who, http.MethodGet, apptest.URL(documents.Documents, document.Id), nil).Want(t, want)
	}
	wantReach(t, s.App, apptest.Member, org.Belong, "/wd/", "/wd/zb1/")
	wantReach(t, s.App, apptest.Branch, "people", "/wd/zb1/")
	wantReach(t, s.App, apptest.Neighbour, "people", "/jd/zb2/", "/wd/zb1/")
}

// What fails on the way leaves the tree, the records and the authority alone.
func TestMoveIsOneStep(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	low := scopedCollection(t, app)
	apptest.Make(t, app, low, map[string]any{"title": "台账", "org": "@zb1"})
	if _, err := app.NonconcurrentDB().NewQuery("CREATE TRIGGER stop BEFORE UPDATE ON lowcode_notes BEGIN SELECT RAISE(ABORT, 'stop'); END").Execute(); err != nil {
		t.Fatal(err)
	}
	zb1 := apptest.Unit(t, app, "zb1")
	if err := apptest.Save(app, zb1, map[string]any{"code": "dongfeng"}); err == nil {
		t.Fatal("moved although a record could not")
	}
	wantPath(t, app, zb1.Id, "/jd/zb1/")
	wantPath(t, app, apptest.Unit(t, app, "xz1").Id, "/jd/zb1/xz1/")
	if got := apptest.Person(t, app, apptest.Member).GetString("org_path"); got != "/jd/zb1/" {
		t.Errorf("the member is at %s", got)
	}
	wantReach(t, app, apptest.Branch, "people", "/jd/zb1/")
}

func TestDeletingUnits(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	apptest.Refused(t, "with groups below", app.Delete(apptest.Unit(t, app, "zb1")), "org_unit_has_children")
	if err := app.Delete(apptest.Unit(t, app, "zb2")); err == nil {
		t.Error("deleted a branch that people belong to")
	}
	if err := app.Delete(apptest.Unit(t, app, "xz1")); err != nil {
		t.Errorf("an empty group: %v", err)
	}
}

// A record belongs to an organization or isn't stored, whoever stores it; its
// path is what follows from it, whatever was sent.
func TestScopeIsFilledInNotSent(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	low := scopedCollection(t, s.App)

	sent := map[string]any{"title": "方案", "action": "draft", "year": 2026, "state": "planned", "org": "@zb1", "org_path": "/wd/"}
	s.Do(t, apptest.Clerk, http.MethodPost, apptest.URL(documents.Documents), apptest.Named(t, s.App, sent)).Want(t, 200, `"org_path":"/jd/zb1/"`)
	stored := apptest.First(t, s.App, documents.Documents, "title", "方案")
	s.Do(t, apptest.Clerk, http.MethodPatch, apptest.URL(documents.Documents, stored.Id), map[string]any{"org_path": ""}).Want(t, 200, `"org_path":"/jd/zb1/"`)

	// to claim a path in reach doesn't help to create at an organization that isn't
	sent["org"], sent["org_path"] = "@wzb", "/jd/"
	s.Do(t, apptest.Clerk, http.MethodPost, apptest.URL(documents.Documents), apptest.Named(t, s.App, sent)).Want(t, 400)

	_, err := apptest.Try(s.App, low, map[string]any{"title": "无主", "org_path": "/jd/"})
	apptest.Refused(t, "of no organization", err, "org_unit_missing")
	note := apptest.Make(t, s.App, low, map[string]any{"title": "台账", "org": "@zb1"})
	note.Set("org", "")
	apptest.Refused(t, "without validation", s.App.SaveNoValidate(note), "org_unit_missing")
}

// scopedCollection is what an administrator makes in the browser: a collection
// with org and org_path, and no Go code.
func scopedCollection(t testing.TB, app core.App) string {
	t.Helper()
	units, err := app.FindCollectionByNameOrId(org.Units)
	if err != nil {
		t.Fatal(err)
	}
	c := core.NewBaseCollection("lowcode_notes")
	rule := `under(org_path, @request.auth.id, "plan") = true`
	c.ListRule, c.ViewRule = &rule, &rule
	c.Fields.Add(
		&core.TextField{Name: "title"}, &core.TextField{Name: "org_path"},
		&core.RelationField{Name: "org", CollectionId: units.Id, MaxSelect: 1},
	)
	c.AddIndex("idx_lowcode_notes_path", false, "org_path", "")
	if err := app.Save(c); err != nil {
		t.Fatal(err)
	}
	return c.Name
}

func wantPath(t testing.TB, app core.App, unit, want string) {
	t.Helper()
	if u, err := org.Find(app, unit); err != nil || u.Path() != want {
		t.Errorf("Expected %s, got %s (%v)", want, u.Path(), err)
	}
}

func wantReach(t testing.TB, app *tests.TestApp, number, power string, want ...string) {
	t.Helper()
	powers, err := org.Powers(app, apptest.Person(t, app, number).Id, apptest.Today)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range powers[power] {
		got = append(got, r.Lo)
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%s %s: Expected %v, got %v", number, power, want, got)
	}
}

// The tree is changed only where one keeps it: at both ends of a move.
func TestTreeIsKeptInReach(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	id := func(code string) string { return apptest.Unit(t, s.App, code).Id }
	made := func(parent any) map[string]any {
		return map[string]any{"code": "xin", "name": "新支部", "kind": "branch", "parent": parent, "path": "/jd/xin/"}
	}
	for i, c := range []struct {
		method, unit string
		body         map[string]any
		status       int
	}{
		{"POST", "", made(""), 400},
		{"POST", "", made(id("wd")), 400},
		{"POST", "", made([]string{id("jd"), id("wd")}), 400},
		{"POST", "", made("nosuchunit00000"), 400},
		{"POST", "", made(id("zb2")), 200},
		{"PATCH", "zb1", map[string]any{"parent": id("wd")}, 404},
		{"PATCH", "zb1", map[string]any{"parent": ""}, 404},
		{"PATCH", "zb1", map[string]any{"parent": []string{id("zb2"), id("wd")}}, 404},
		{"PATCH", "zb1", map[string]any{"parent": fmt.Sprintf("[%q,%q]", id("zb2"), id("wd"))}, 404},
		{"PATCH", "zb1", map[string]any{"+parent": id("wd"), "parent": id("wd")}, 404},
		{"PATCH", "zb1", map[string]any{"parent+": id("wd")}, 404},
		{"PATCH", "wzb", map[string]any{"parent": id("jd")}, 404},
		{"PATCH", "zb1", map[string]any{"path": "/wd/zb1/"}, 200},
		{"PATCH", "zb1", map[string]any{"parent": id("zb2")}, 200},
	} {
		url := apptest.URL(org.Units)
		if c.unit != "" {
			url = apptest.URL(org.Units, id(c.unit))
		}
		answer := s.Do(t, apptest.Clerk, c.method, url, c.body)
		if answer.Status != c.status {
			t.Errorf("%d %s %v: Expected %d, got %+v", i, c.method, c.body, c.status, answer)
		}
	}
	wantPath(t, s.App, id("xin"), "/jd/zb2/xin/")
	wantPath(t, s.App, id("zb1"), "/jd/zb2/zb1/")
	wantPath(t, s.App, id("xz1"), "/jd/zb2/zb1/xz1/")
	wantPath(t, s.App, id("wzb"), "/wd/wzb/")
}

// A contact stays with its person and branch, and runs from a day to a day.
func TestContacts(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	contact := apptest.Make(t, s.App, org.Contacts, map[string]any{"person": "#deputy", "org": "@zb1", "since": "2026-01-01"})
	for field, value := range map[string]string{"person": "#clerk", "org": "@zb2"} {
		change := apptest.Named(t, s.App, map[string]any{field: value})
		s.Do(t, apptest.Clerk, http.MethodPatch, apptest.URL(org.Contacts, contact.Id), change).Want(t, 404)
	}
	contact.Set("until", "2025-12-31")
	apptest.Refused(t, "ends before it begins", s.App.SaveNoValidate(contact), "org_period_reversed")
	contact.Set("until", "2026-02-30")
	apptest.Refused(t, "a day that isn't", s.App.SaveNoValidate(contact), "org_date_unreal")
}
