package exchange_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/xuri/excelize/v2"

	"yaodian/hooks/apptest"
	"yaodian/hooks/exchange"
	"yaodian/hooks/exchange/sheet"
)

// stock puts a record with difficult values into collections of every shape.
func stock(t testing.TB, app core.App) {
	t.Helper()
	apptest.Make(t, app, "documents", map[string]any{"title": "=办法（试行）", "action": "draft", "year": 2026, "state": "planned", "org": "@zb1", "due": "2026-09-30", "note": "第一行\n“第二行”,'=x"})
	apptest.Make(t, app, "documents", map[string]any{"title": "=办法（试行）", "action": "draft", "year": 2026, "state": "issued", "org": "@jd", "number": "清工委〔2026〕3号", "issued_on": "2026-03-02"})
	apptest.Make(t, app, "org_contacts", map[string]any{"person": "#deputy", "org": "@zb2", "since": "2026-01-01"})
	apptest.Make(t, app, "people", map[string]any{"name": "孙党员", "kind": "probationary", "state": "active", "org": "@zb2", "number": "007", "mobile": "13800000001", "password": apptest.Password})
	apptest.Make(t, app, "org_contacts", map[string]any{"person": "#007", "org": "@zb1", "since": "2026-01-01", "note": "同名的人"})
	apptest.Make(t, app, "notify_messages", map[string]any{"person": "#member", "kind": "duty", "title": "-1", "read_at": "2026-06-10 02:03:04.567Z"})
	apptest.Make(t, app, "plan_targets", map[string]any{"plan": made(t, app), "item": apptest.First(t, app, "plan_items", "number", "1").Id, "text": "80%", "min": 0.1, "has_min": true, "unit": "%", "org": "@jd"})
}

// made is a plan with a section and an item.
func made(t testing.TB, app core.App) string {
	t.Helper()
	plan := apptest.Make(t, app, "plan_years", map[string]any{"year": 2026, "title": "要点", "state": "active", "org": "@jd"})
	section := apptest.Make(t, app, "plan_sections", map[string]any{"plan": plan.Id, "number": 1, "title": "一", "org": "@jd"})
	apptest.Make(t, app, "plan_items", map[string]any{"plan": plan.Id, "section": section.Id, "number": 1, "title": "条", "org": "@jd"})
	return plan.Id
}

// Whatever collection is exported reads back without a difference, in every
// format.
func TestRoundTripOfEveryCollection(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	stock(t, app)
	collections, err := app.FindAllCollections(core.CollectionTypeBase, core.CollectionTypeAuth)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range collections {
		if c.System || strings.HasPrefix(c.Name, "exchange_") || count(t, app, c.Name) == 0 {
			continue
		}
		for _, format := range []sheet.Format{sheet.XLSX, sheet.CSV, sheet.CSVGB} {
			path := exported(t, app, apptest.Keeper, c.Name, format)
			record := receive(t, app, apptest.Keeper, c.Name, path)
			if same, all := record.GetInt("same"), int(count(t, app, c.Name)); same != all || record.GetInt("rows") != all {
				t.Errorf("%s %s: %d of %d are the same\n%s", c.Name, format, same, all, brief(outcomes(t, app, record.Id)))
			}
		}
	}
}

// What the viewer doesn't see isn't exported; what is masked for them stays
// masked, and reading it back changes nothing.
func TestExportShowsWhatTheListShows(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	if err := apptest.Save(app, apptest.Person(t, app, apptest.Member), map[string]any{"mobile": "13800000001"}); err != nil {
		t.Fatal(err)
	}
	app.OnRecordEnrich("people").BindFunc(func(e *core.RecordEnrichEvent) error {
		if m := e.Record.GetString("mobile"); m != "" {
			e.Record.Set("mobile", m[:3]+"****"+m[7:])
		}
		e.Record.Hide("title")
		return e.Next()
	})
	path := exported(t, app, apptest.Branch, "people", sheet.CSV)
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if s := string(raw); !strings.Contains(s, "138****0001") || strings.Contains(s, "吴外人") || strings.Contains(s, "钱支书") || strings.Count(s, "\n") != 3 {
		t.Error(s)
	}
	record := receive(t, app, apptest.Keeper, "people", path)
	if record.GetInt("same") != 2 {
		t.Error(brief(outcomes(t, app, record.Id)))
	}
}

// Exports and imports over HTTP, for each kind of person.
func TestRoutes(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	const imports, exports = "/api/exchange/imports", "/api/exchange/exports"
	table := file(t, roster...)
	send(t, s, apptest.Guest, "people", table).Want(t, 401)
	send(t, s, apptest.Clerk, "people", "").Want(t, 400, "exchange_no_file")
	send(t, s, apptest.Clerk, "nothing", table).Want(t, 400, "exchange_no_collection")
	send(t, s, apptest.Clerk, "_superusers", table).Want(t, 400, "exchange_no_collection")
	send(t, s, apptest.Clerk, "plan_years", table).Want(t, 403, "exchange_no_write")
	send(t, s, apptest.Clerk, "people", file(t, "a,b", "1,2")).Want(t, 400, "sheet_no_header")

	answer := send(t, s, apptest.Clerk, "people", table)
	answer.Want(t, 201, `"filename":"名册.csv"`)
	id := answer.Text("id")
	settled(t, s.App, id)
	for _, other := range []string{apptest.Branch, apptest.Secretary, apptest.Outsider} {
		s.Do(t, other, http.MethodGet, imports+"/"+id+"/preview", nil).Want(t, 404)
		s.Do(t, other, http.MethodPost, imports+"/"+id+"/apply", nil).Want(t, 404)
		s.Do(t, other, http.MethodPost, imports+"/"+id+"/undo", nil).Want(t, 404)
	}
	s.Do(t, apptest.Guest, http.MethodGet, imports+"/"+id+"/preview", nil).Want(t, 401)
	s.Do(t, apptest.Clerk, http.MethodGet, imports+"/"+id+"/preview?action=changed", nil).Want(t, 200, `"total":1`, `"new":"组长"`, `"added":1`)
	s.Do(t, apptest.Clerk, http.MethodPost, imports+"/"+id+"/undo", nil).Want(t, 400, "exchange_not_done")
	s.Do(t, apptest.Clerk, http.MethodPost, imports+"/"+id+"/apply", nil).Want(t, 202)
	s.Do(t, apptest.Clerk, http.MethodPost, imports+"/"+id+"/apply", nil).Want(t, 400, "exchange_not_ready")
	if got := settled(t, s.App, id).GetString("state"); got != "done" {
		t.Fatal(got)
	}
	s.Do(t, apptest.Clerk, http.MethodPost, imports+"/"+id+"/undo", nil).Want(t, 204)

	s.Do(t, apptest.Guest, http.MethodPost, exports, map[string]any{"collection": "people"}).Want(t, 401)
	s.Do(t, apptest.Clerk, http.MethodPost, exports, map[string]any{"collection": "people", "filter": "@request.auth.id != ''"}).Want(t, 403, "exchange_filter")
	s.Do(t, apptest.Clerk, http.MethodPost, exports, map[string]any{"collection": "people", "filter": "failed > 0"}).Want(t, 400, "exchange_filter")
	answer = s.Do(t, apptest.Clerk, http.MethodPost, exports, map[string]any{"collection": "people", "filter": "kind = 'member'", "sort": "-name"})
	answer.Want(t, 201, `"state":"done"`, `"rows":7`, `"filter":"kind = 'member'"`)
	link := "/api/files/exchange_exports/" + answer.Text("id") + "/" + answer.Text("file") + "?token="
	mine := s.Do(t, apptest.Clerk, http.MethodPost, "/api/files/token", nil).Text("token")
	theirs := s.Do(t, apptest.Secretary, http.MethodPost, "/api/files/token", nil).Text("token")
	s.Do(t, apptest.Guest, http.MethodGet, link+theirs, nil).Want(t, 404)
	if got := apptest.First(t, s.App, exchange.Exports, "id", answer.Text("id")); len(got.GetString("sha256")) != 64 {
		t.Error(got.GetString("sha256"))
	}
	marked(t, s.Do(t, apptest.Guest, http.MethodGet, link+mine, nil))

	s.Do(t, apptest.Guest, http.MethodGet, "/api/exchange/template/people", nil).Want(t, 401)
	s.Do(t, apptest.Clerk, http.MethodGet, "/api/exchange/template/plan_years", nil).Want(t, 403)
	empty := s.Do(t, apptest.Clerk, http.MethodGet, "/api/exchange/template/people", nil)
	x, err := excelize.OpenReader(strings.NewReader(empty.Body))
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if got := strings.Join(x.GetSheetList(), " "); got != "党员名册 列说明" {
		t.Error(got)
	}
}

// marked: the file says who exported it, outside the cells.
func marked(t testing.TB, answer apptest.Answer) {
	t.Helper()
	x, err := excelize.OpenReader(strings.NewReader(answer.Body))
	if err != nil {
		t.Fatal(err, answer.Short())
	}
	defer x.Close()
	page, err := x.GetHeaderFooter("党员名册")
	if err != nil || page == nil || !strings.Contains(page.OddFooter, "林干事 2026-06-10 10:00") {
		t.Errorf("%+v %v", page, err)
	}
}

// An export that is larger than a page keeps its order and its count.
func TestManyPages(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	_, err := app.DB().NewQuery(`WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 2500)
		INSERT INTO documents (id, title, action, year, state, org, org_path, created, updated)
		SELECT printf('r%014d', i), printf('文件%04d', 2500 - i), 'draft', 2026, 'planned', u.id, u.path, u.created, u.updated FROM c, (SELECT * FROM org_units WHERE code = 'zb1') u`).Execute()
	if err != nil {
		t.Fatal(err)
	}
	c, err := app.FindCollectionByNameOrId("documents")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "list")
	out, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	rows, err := exchange.List{Collection: c, Auth: who(t, app, apptest.Clerk), Sort: "title", Format: sheet.CSV}.Write(app, out)
	raw, _ := os.ReadFile(path)
	lines := strings.Split(strings.TrimSpace(string(raw)), "\r\n")
	if err != nil || rows != 2500 || len(lines) != 2501 || !strings.HasPrefix(lines[1], "文件0000") || !strings.HasPrefix(lines[2500], "文件2499") {
		t.Error(rows, err, len(lines), lines[1])
	}
}
