package ledgers_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	neturl "net/url"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"
	"github.com/pocketbase/pocketbase/tools/types"

	"yaodian/hooks/apptest"
	"yaodian/hooks/ledgers"
)

// Everybody who signs in reads the views; the system keeper writes them.
func TestViewsPolicy(t *testing.T) {
	t.Parallel()
	apptest.Policy{
		Collection: ledgers.Views,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			return apptest.First(t, app, ledgers.Views, "collection", "documents")
		},
		Create: map[string]any{"collection": "plan_tasks", "title": "任务"},
		Update: map[string]any{"title": "文件"},
		Table: `
			who       view create update delete
			guest     404  403    403    403
			outsider  200  403    403    403
			member    200  403    403    403
			clerk     200  403    403    403
			secretary 200  403    403    403
			keeper    200  200    200    204`,
	}.Test(t)
}

// Slips are read by who wrote them and by who audits; nobody writes them past
// the record's own rule.
func TestCorrectionsPolicy(t *testing.T) {
	t.Parallel()
	apptest.Policy{
		Collection: ledgers.Corrections,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			return apptest.Create(t, app, ledgers.Corrections, slip(t, app, apptest.Branch))
		},
		Create: map[string]any{"collection": "documents", "record": "x", "field": "title", "now": "新", "reason": "笔误"},
		Update: map[string]any{"now": "别的"},
		Table: `
			who       list view create update delete
			guest     0    404  403    403    403
			outsider  0    404  403    403    403
			member    0    404  403    403    403
			branch2   0    404  403    403    403
			branch1   1    200  403    403    403
			clerk     1    200  403    403    403
			keeper    1    200  400    403    403`,
	}.Test(t)
}

// document is an entry of the ledger of documents, of branch zb1.
func document(t testing.TB, app core.App) *core.Record {
	t.Helper()
	return apptest.Make(t, app, "documents", map[string]any{"org": "@zb1", "title": "学习制度", "action": "draft", "year": 2026, "due": "2026-06-30", "state": "planned"})
}

func slip(t testing.TB, app core.App, by string) map[string]any {
	t.Helper()
	return map[string]any{
		"collection": "documents", "record": document(t, app).Id, "field": "title", "now": "学习制度（修订）", "reason": "名称写错", "person": apptest.Person(t, app, by).Id,
	}
}

func TestROrg04CorrectionSlips(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	url := "/api/ledgers/documents/" + document(t, s.App).Id + "/corrections"
	form := map[string]any{"field": "title", "now": "学习制度（修订）", "reason": "名称写错"}
	s.Do(t, apptest.Guest, "POST", url, form).Want(t, 401)
	s.Do(t, apptest.Member, "POST", url, form).Want(t, 404)
	s.Do(t, apptest.Clerk, "POST", url, map[string]any{"field": "title", "now": "学习制度", "reason": "名称写错"}).Want(t, 400, "ledgers_correction_same")
	s.Do(t, apptest.Clerk, "POST", url, map[string]any{"field": "title", "now": "新"}).Want(t, 400, `"reason"`)
	s.Do(t, apptest.Clerk, "POST", url, map[string]any{"field": "nothing", "now": "新", "reason": "名称写错"}).Want(t, 400, "ledgers_field_unknown")
	s.Do(t, apptest.Clerk, "POST", url, form).Want(t, 201, `"was":"学习制度"`, apptest.Person(t, s.App, apptest.Clerk).Id)
	s.Do(t, apptest.Clerk, "GET", url, nil).Want(t, 200, "名称写错")
	s.Do(t, apptest.Member, "GET", url, nil).Want(t, 404)
	if record := apptest.First(t, s.App, "documents", "title", "学习制度"); record == nil {
		t.Error("Expected the record to stay as it was")
	}
}

func TestBrokenViewsAreRefused(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	for code, data := range map[string]map[string]any{
		"ledgers_collection_unknown": {"collection": "nothing", "title": "x"},
		"ledgers_field_unknown":      {"collection": "plan_tasks", "title": "x", "columns": "title nothing"},
		"ledgers_filter_broken":      {"collection": "plan_tasks", "title": "x", "filter": "nothing = 1"},
	} {
		_, err := apptest.Try(app, ledgers.Views, data)
		apptest.Refused(t, code, err, code)
	}
	_, err := apptest.Try(app, ledgers.Views, map[string]any{"collection": "people", "title": "x", "columns": "failed"})
	apptest.Refused(t, "a hidden column", err, "ledgers_field_unknown")
}

type catalogue struct {
	Version string
	Ledgers []struct {
		Collection, Title string
		May               struct{ List, Create string }
	}
}

func (c catalogue) find(name string) (list, create string) {
	for _, l := range c.Ledgers {
		if l.Collection == name {
			return l.May.List, l.May.Create
		}
	}
	return "", ""
}

func read(t *testing.T, s *apptest.Server, who, url string, into any) {
	t.Helper()
	answer := s.Do(t, who, http.MethodGet, url, nil)
	answer.Want(t, 200)
	if err := json.Unmarshal([]byte(answer.Body), into); err != nil {
		t.Fatal(err)
	}
}

// TestCatalogue: everybody sees exactly the ledgers that the rules open to them.
func TestCatalogue(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	s.Do(t, apptest.Guest, "GET", "/api/ledgers", nil).Want(t, 401)
	for _, c := range []struct{ who, collection, list, create string }{
		{apptest.Clerk, "documents", "reach", "reach"},
		{apptest.Member, "documents", "reach", "none"}, // what is issued to their branch
		{apptest.Member, "plan_duties", "own", "none"},
		{apptest.Member, "plan_imports", "", ""},
		{apptest.Inspector, "documents", "reach", "none"},
		{apptest.Keeper, "plan_imports", "all", "all"},
	} {
		var got catalogue
		read(t, s, c.who, "/api/ledgers", &got)
		if list, create := got.find(c.collection); list != c.list || create != c.create {
			t.Errorf("%s %s: Expected %q %q, got %q %q", c.who, c.collection, c.list, c.create, list, create)
		}
	}
}

// TestNewFieldsAppear: a field or a collection that an administrator adds in
// the browser is in the description at once, and open pages hear of it.
func TestNewFieldsAppear(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	var before, after catalogue
	read(t, s, apptest.Clerk, "/api/ledgers", &before)
	page, _ := s.Listen(t, apptest.Clerk, "ledgers")

	c, err := s.App.FindCollectionByNameOrId("documents")
	if err != nil {
		t.Fatal(err)
	}
	c.Fields.Add(&core.SelectField{Name: "level", Values: []string{"a", "b"}, MaxSelect: 1, Help: "级别：a 一般，b 重要。"})
	if err := s.App.Save(c); err != nil {
		t.Fatal(err)
	}
	own := core.NewBaseCollection("garden")
	own.ListRule = types.Pointer(`@request.auth.id != ""`)
	own.Fields.Add(&core.TextField{Name: "what", Help: "种了什么。"})
	if err := s.App.Save(own); err != nil {
		t.Fatal(err)
	}
	page.Hear(t, 2)

	s.Do(t, apptest.Clerk, "GET", "/api/ledgers/documents", nil).Want(t, 200, `"label":"级别"`, `{"value":"b","word":"重要"}`)
	s.Do(t, apptest.Member, "GET", "/api/ledgers/garden", nil).Want(t, 200, `"label":"种了什么"`, `"columns":["what"]`)
	read(t, s, apptest.Clerk, "/api/ledgers", &after)
	if list, _ := after.find("garden"); list != "all" || after.Version == before.Version {
		t.Errorf("Expected the new collection in a new version, got %q in %s", list, after.Version)
	}
}

// TestDescriptionHidesWhatIsHidden: neither hidden fields nor ledgers out of
// reach can be described.
func TestDescriptionHidesWhatIsHidden(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	answer := s.Do(t, apptest.Clerk, "GET", "/api/ledgers/people", nil)
	answer.Want(t, 200, `"name":"title"`)
	for _, name := range []string{"locked_until", "tokenKey", "password", "org_path"} {
		if answer.Has(`"name":"` + name + `"`) {
			t.Errorf("Expected no description of %s", name)
		}
	}
	s.Do(t, apptest.Member, "GET", "/api/ledgers/plan_imports", nil).Want(t, 404)
	s.Do(t, apptest.Member, "GET", "/api/ledgers/_superusers", nil).Want(t, 404)
}

// TestItemCounts: an item shows its ledgers with the records that the caller
// may see.
func TestItemCounts(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	document(t, s.App)
	s.Do(t, apptest.Clerk, "GET", "/api/ledgers/items/4?year=2026", nil).Want(t, 200, `"collection":"documents"`, `"records":1`)
	s.Do(t, apptest.Clerk, "GET", "/api/ledgers/items/4?year=2025", nil).Want(t, 200, `"collection":"documents"`, `"records":0`)
	s.Do(t, apptest.Outsider, "GET", "/api/ledgers/items/4?year=2026", nil).Want(t, 200, `"records":0`)
	s.Do(t, apptest.Clerk, "GET", "/api/ledgers/items/99", nil).Want(t, 200, `[]`)
}

// TestHeat: counts by organization and month are those of the list: the caller's
// own reach, and nothing about what is hidden.
func TestHeat(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	for _, m := range [][2]string{{"@zb1", "2026-03-31"}, {"@zb1", "2026-04-01"}, {"@zb1", "2026-04-30"}, {"@zb2", "2026-04-02"}} {
		apptest.Make(t, s.App, "meetings", map[string]any{"title": "支部大会", "kind": "branch_assembly", "held_on": m[1], "org": m[0], "state": "planned"})
	}
	zb1, zb2 := apptest.Unit(t, s.App, "zb1").Id, apptest.Unit(t, s.App, "zb2").Id
	april := func(unit string, n int) string {
		return fmt.Sprintf(`{"org":%q,"month":"2026-04","records":%d}`, unit, n)
	}
	const url = "/api/ledgers/heat/meetings"
	s.Do(t, apptest.Clerk, "GET", url, nil).Want(t, 200, april(zb1, 2), april(zb2, 1), `"month":"2026-03","records":1`)
	if answer := s.Do(t, apptest.Branch, "GET", url, nil); !answer.Has(april(zb1, 2)) || answer.Has(zb2) {
		t.Errorf("a branch: %s", answer.Body)
	}
	s.Do(t, apptest.Outsider, "GET", url, nil).Want(t, 200, `[]`)
	s.Do(t, apptest.Guest, "GET", url, nil).Want(t, 401)
	if answer := s.Do(t, apptest.Clerk, "GET", url+"?filter="+neturl.QueryEscape(`held_on > "2026-04-01"`), nil); !answer.Has(april(zb1, 1)) || answer.Has("2026-03") {
		t.Errorf("filtered: %s", answer.Body)
	}
	for _, filter := range []string{`nothing = 1`, `@request.auth.id != ""`, `@collection.people.id != ""`, `host.locked_until != ""`} {
		s.Do(t, apptest.Clerk, "GET", url+"?filter="+neturl.QueryEscape(filter), nil).Want(t, 400, "ledgers_filter")
	}
	s.Do(t, apptest.Clerk, "GET", "/api/ledgers/heat/org_roles", nil).Want(t, 400, "ledgers_no_heat")
	s.Do(t, apptest.Clerk, "GET", "/api/ledgers/heat/nothing", nil).Want(t, 404)
}

// TestOpenAPI holds the document to the real server: every documented route
// exists, and every record that it answers has the documented shape.
func TestOpenAPI(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	document(t, s.App)
	var doc struct {
		OpenAPI    string
		Paths      map[string]map[string]any
		Components struct {
			Schemas map[string]struct {
				Properties map[string]struct{ Type string }
			}
		}
	}
	read(t, s, apptest.Clerk, "/api/openapi.json", &doc)
	if doc.OpenAPI != "3.1.0" {
		t.Errorf("Expected 3.1.0, got %s", doc.OpenAPI)
	}
	for path, methods := range doc.Paths {
		for method := range methods {
			if method == "parameters" {
				continue
			}
			url := strings.NewReplacer("{id}", "x", "{collection}", "documents", "{number}", "4").Replace(path)
			if answer := s.Do(t, apptest.Guest, strings.ToUpper(method), url, map[string]any{}); answer.Status == 404 && !strings.Contains(path, "/records") {
				t.Errorf("%s %s: the route doesn't exist", method, path)
			}
		}
	}
	for name, schema := range doc.Components.Schemas {
		if name == "Error" {
			continue
		}
		answer := s.Do(t, apptest.Keeper, "GET", apptest.URL(name)+"?perPage=5", nil)
		answer.Want(t, 200)
		var list struct{ Items []map[string]any }
		if err := json.Unmarshal([]byte(answer.Body), &list); err != nil {
			t.Fatal(err)
		}
		for _, item := range list.Items {
			for field, value := range item {
				checkValue(t, name, field, schema.Properties[field].Type, value)
			}
		}
	}
}

func checkValue(t *testing.T, collection, field, want string, value any) {
	t.Helper()
	got := map[bool]string{}
	switch value.(type) {
	case string:
		got[true] = "string"
	case float64:
		got[true] = "number"
	case bool:
		got[true] = "boolean"
	case []any:
		got[true] = "array"
	default:
		return // any JSON
	}
	if want != "" && got[true] != want {
		t.Errorf("%s.%s: Expected %s, got %v", collection, field, want, value)
	}
}

func TestTypes(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	s.Do(t, apptest.Clerk, "GET", "/api/types.ts", nil).Want(t, 200,
		"export interface Documents {", `state: "planned" | "drafting"`, "documents: Documents;", "powers: (")
}

var route = regexp.MustCompile(`\.(GET|POST|PUT|PATCH|DELETE)\("(/api/[^"]+)"`)

// TestEveryRouteIsDocumented: whatever route a capability binds is in the
// OpenAPI document.
func TestEveryRouteIsDocumented(t *testing.T) {
	t.Parallel()
	doc, err := ledgers.OpenAPI(apptest.New(t))
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	err = fs.WalkDir(os.DirFS(".."), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return err
		}
		source, err := os.ReadFile(path.Join("..", name))
		for _, m := range route.FindAllStringSubmatch(string(source), -1) {
			found++
			methods, _ := doc["paths"].(map[string]any)[m[2]].(map[string]any)
			if methods[strings.ToLower(m[1])] == nil {
				t.Errorf("%s binds %s %s, which routes.json doesn't document", name, m[1], m[2])
			}
		}
		return err
	})
	if err != nil || found < 50 {
		t.Errorf("Expected to find the routes of the application, got %d %v", found, err)
	}
}
