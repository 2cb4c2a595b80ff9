package documents_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/calendar"
	"yaodian/hooks/documents"
)

func changed(data map[string]any, changes ...any) map[string]any {
	out := map[string]any{}
	for k, v := range data {
		out[k] = v
	}
	for i := 0; i < len(changes); i += 2 {
		out[changes[i].(string)] = changes[i+1]
	}
	return out
}

const issuedID = "document0000001"

var published = apptest.Prepared(func(t testing.TB, app core.App) {
	apptest.Make(t, app, documents.Documents, changed(issued("@jd"), "id", issuedID))
})

var (
	receipt   = map[string]any{"document": issuedID, "org": "@zb1", "due": "2026-06-12"}
	directive = map[string]any{"org": "@jd", "title": "学习贯彻全会精神", "source": "县委", "received_on": "2026-06-01", "person": "#clerk"}
	paper     = map[string]any{
		"org": "@djb", "number": "清工委〔2026〕8号", "title": "关于开展安全检查的通知", "kind": "notice", "level": "committee", "issued_on": "2026-06-01", "topic": "安全生产",
		"words": 800, "basis": "县委〔2026〕5号要求部署",
	}
)

type desk struct{ *apptest.Server }

func (d desk) ask(t testing.TB, who, method, url string, body map[string]any) apptest.Answer {
	t.Helper()
	return d.Do(t, who, method, url, apptest.Named(t, d.App, body))
}

func (d desk) make(t testing.TB, who, collection string, body map[string]any) string {
	t.Helper()
	made := d.ask(t, who, http.MethodPost, apptest.URL(collection), body)
	made.Want(t, 200)
	return apptest.URL(collection, made.Text("id"))
}

func TestReceiptRules(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		state               documents.State
		from, to, due, want string
	}{
		"below":             {documents.Issued, "/jd/", "/jd/zb1/", "2026-06-12", ""},
		"the issuer itself": {documents.Issued, "/jd/", "/jd/", "2026-06-12", ""},
		"a draft":           {documents.Drafting, "/jd/", "/jd/zb1/", "2026-06-12", "documents_not_issued"},
		"above":             {documents.Issued, "/jd/zb1/", "/jd/", "2026-06-12", "documents_not_below"},
		"by no day":         {documents.Issued, "/jd/", "/jd/zb1/", "2026-02-30", "documents_date_missing"},
	} {
		apptest.Refused(t, name, documents.CheckReceipt(c.state, c.from, c.to, c.due), c.want)
	}
	apptest.Refused(t, "anybody", documents.CheckSigner("", "a"), "")
	apptest.Refused(t, "who is named", documents.CheckSigner("a", "a"), "")
	apptest.Refused(t, "somebody else", documents.CheckSigner("a", "b"), "documents_other_signer")
}

// A branch signs for what reached it; who is named signs in person; once.
func TestReceiptsAreSigned(t *testing.T) {
	t.Parallel()
	d := desk{apptest.Serve(t, published(t))}
	url := d.make(t, apptest.Clerk, documents.Receipts, receipt)
	d.ask(t, apptest.Clerk, "POST", apptest.URL(documents.Receipts), receipt).Want(t, 400, "validation_not_unique")
	named := d.make(t, apptest.Clerk, documents.Receipts, changed(receipt, "person", "#member"))
	sign := map[string]any{"state": "signed"}
	if n, err := documents.Remind(d.App, apptest.Today); n != 2 || err != nil {
		t.Errorf("Expected the secretary and the member to be told, got %d, %v", n, err)
	}
	d.ask(t, apptest.Branch, "PATCH", url, map[string]any{"due": "2026-07-01"}).Want(t, 404)
	d.ask(t, apptest.Branch, "PATCH", url, sign).Want(t, 200, `"signed_on":"`+apptest.Today, apptest.Person(t, d.App, apptest.Branch).Id)
	d.ask(t, apptest.Branch, "PATCH", named, sign).Want(t, 400, "documents_other_signer")
	d.ask(t, apptest.Member, "PATCH", named, sign).Want(t, 200)
	d.ask(t, apptest.Keeper, "PATCH", named, map[string]any{"state": "waiting"}).Want(t, 400, "documents_receipts_move")
}

func TestSection141DirectiveRules(t *testing.T) {
	t.Parallel()
	due, convey := documents.DirectiveDue(calendar.Days{}, "2026-04-29")
	if due != "2026-07-29" || convey != "2026-05-12" {
		t.Errorf("got %s, %s", due, convey)
	}
	for name, c := range map[string]struct{ source, received, conveyed, state, want string }{
		"a directive":           {"县委", "2026-06-01", "", "registered", ""},
		"from nobody":           {"", "2026-06-01", "", "registered", "documents_source_missing"},
		"from tomorrow":         {"县委", "2026-06-11", "", "registered", "documents_date_missing"},
		"conveyed before":       {"县委", "2026-06-01", "2026-05-31", "registered", "documents_date_missing"},
		"answered as a whole":   {"县委", "2026-06-01", "", "reported", "documents_root_reports"},
		"conveyed the same day": {"县委", "2026-06-01", "2026-06-01", "divided", ""},
	} {
		apptest.Refused(t, name, documents.CheckRoot(c.source, c.received, c.conveyed, c.state, apptest.Today), c.want)
	}
	apptest.Refused(t, "a part of a part", documents.CheckPart("root", "registered", true), "documents_part_of_part")
	apptest.Refused(t, "a part of what is closed", documents.CheckPart("", "closed", true), "documents_closed")
	apptest.Refused(t, "a part", documents.CheckPart("", "divided", true), "")
	apptest.Refused(t, "without a figure", documents.CheckQuantified("已全面落实"), "documents_not_quantified")
	apptest.Refused(t, "with one", documents.CheckQuantified("走访 120 户"), "")
	apptest.Refused(t, "undivided", documents.CheckClosed(0, 0), "documents_undivided")
	apptest.Refused(t, "a part open", documents.CheckClosed(2, 1), "documents_parts_open")
	apptest.Refused(t, "all done", documents.CheckClosed(2, 0), "")
}

// A directive is divided, answered with figures, and closed by somebody else.
func TestSection141FromDirectiveToAnswer(t *testing.T) {
	t.Parallel()
	d := desk{apptest.Serve(t, published(t))}
	root := d.make(t, apptest.Clerk, documents.Directives, directive)
	d.ask(t, apptest.Clerk, "GET", root, nil).Want(t, 200, `"convey_due":"2026-06-10"`, `"due":"2026-09-01"`, `"state":"registered"`)
	d.ask(t, apptest.Clerk, "PATCH", root, map[string]any{"state": "closed"}).Want(t, 400, "documents_directives_move")
	id := root[strings.LastIndex(root, "/")+1:]
	part := map[string]any{"org": "@zb1", "title": "组织党员学习", "parent": id, "person": "#branch1"}
	url := d.make(t, apptest.Clerk, documents.Directives, part)
	d.ask(t, apptest.Clerk, "GET", root, nil).Want(t, 200, `"state":"divided"`)
	d.ask(t, apptest.Clerk, "PATCH", root, map[string]any{"state": "closed"}).Want(t, 400, "documents_parts_open")
	d.ask(t, apptest.Branch, "GET", url, nil).Want(t, 200, `"due":"2026-09-01"`)
	if n, err := documents.Remind(d.App, "2026-08-26"); n != 2 || err != nil {
		t.Errorf("Expected the conveyance and the answer to be asked for, got %d, %v", n, err)
	}
	d.ask(t, apptest.Branch, "PATCH", url, map[string]any{"title": "别的"}).Want(t, 404)
	d.ask(t, apptest.Branch, "PATCH", url, map[string]any{"state": "reported"}).Want(t, 400, "documents_directives_needs")
	d.ask(t, apptest.Branch, "PATCH", url, map[string]any{"state": "reported", "result": "全部学习"}).Want(t, 400, "documents_not_quantified")
	d.ask(t, apptest.Branch, "PATCH", url, map[string]any{"state": "reported", "result": "学习 38 人"}).Want(t, 200, `"reported_on":"`+apptest.Today)
	d.ask(t, apptest.Branch, "PATCH", url, map[string]any{"state": "closed"}).Want(t, 400, "documents_directives_no_power")
	d.ask(t, apptest.Clerk, "PATCH", url, map[string]any{"state": "registered"}).Want(t, 200, `"reported_on":""`)
	d.ask(t, apptest.Branch, "PATCH", url, map[string]any{"state": "reported", "result": "学习 40 人"}).Want(t, 200)
	d.ask(t, apptest.Clerk, "PATCH", url, map[string]any{"state": "closed"}).Want(t, 200)
	d.ask(t, apptest.Clerk, "PATCH", root, map[string]any{"state": "closed"}).Want(t, 200)
	d.ask(t, apptest.Keeper, "PATCH", root, map[string]any{"note": "补记"}).Want(t, 400, "documents_directives_filed")
}

// Who answers doesn't close.
func TestSection141AnswererDoesNotClose(t *testing.T) {
	t.Parallel()
	d := desk{apptest.Serve(t, published(t))}
	root := d.make(t, apptest.Clerk, documents.Directives, directive)
	part := d.make(t, apptest.Clerk, documents.Directives, map[string]any{
		"org": "@djb", "title": "印发方案", "parent": root[strings.LastIndex(root, "/")+1:], "person": "#clerk",
	})
	d.ask(t, apptest.Clerk, "PATCH", part, map[string]any{"state": "reported", "result": "印发 1 份"}).Want(t, 200)
	d.ask(t, apptest.Clerk, "PATCH", part, map[string]any{"state": "closed"}).Want(t, 400, "org_same_person")
	d.ask(t, apptest.Secretary, "PATCH", part, map[string]any{"state": "closed"}).Want(t, 200)
}

func TestSection86Warnings(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		issue documents.Issue
		want  int
	}{
		"a paper":              {documents.Issue{Words: 300}, 0},
		"a short one":          {documents.Issue{Words: 299}, 1},
		"short, but passed on": {documents.Issue{Words: 100, Forwards: true}, 0},
		"the same again":       {documents.Issue{Words: 300, Same: 1}, 1},
		"as many as last year": {documents.Issue{Words: 300, ThisYear: 9, LastYear: 10}, 0},
		"more than last year":  {documents.Issue{Words: 300, ThisYear: 10, LastYear: 10}, 1},
		"the first year":       {documents.Issue{Words: 300, ThisYear: 10}, 0},
	} {
		if got := c.issue.Warnings(); len(got) != c.want {
			t.Errorf("%s: %q", name, got)
		}
	}
	apptest.Refused(t, "14.18, without a reason", documents.CheckBasis("  无 "), "documents_basis")
	apptest.Refused(t, "with one", documents.CheckBasis("县委要求"), "")
}

// What is issued is counted by unit, month and year (8.6).
func TestSection86Counts(t *testing.T) {
	t.Parallel()
	d := desk{apptest.Serve(t, published(t))}
	d.ask(t, apptest.Clerk, "POST", apptest.URL(documents.Issues), paper).Want(t, 200, `"warnings":""`)
	d.ask(t, apptest.Clerk, "POST", apptest.URL(documents.Issues), paper).Want(t, 400, "validation_not_unique")
	d.ask(t, apptest.Clerk, "POST", apptest.URL(documents.Issues), changed(paper, "number", "9号", "basis", "")).Want(t, 400)
	d.ask(t, apptest.Clerk, "POST", apptest.URL(documents.Issues), changed(paper, "number", "9号", "issued_on", "2026-06-11")).Want(t, 400, "documents_date_future")
	d.ask(t, apptest.Clerk, "POST", apptest.URL(documents.Issues), changed(paper, "number", "9号", "issued_on", "2026-06-09", "words", 100)).Want(t, 200, "30 天内", "不到 300 字")
	d.ask(t, apptest.Clerk, "POST", apptest.URL(documents.Issues), changed(paper, "number", "1号", "issued_on", "2025-03-01", "org", "@zb1")).Want(t, 200)
	at := "/api/documents/issues/2026"
	d.ask(t, apptest.Guest, "GET", at, nil).Want(t, 401)
	d.ask(t, apptest.Clerk, "GET", "/api/documents/issues/heute", nil).Want(t, 400, "documents_year")
	all := d.ask(t, apptest.Clerk, "GET", at, nil)
	all.Want(t, 200, `"month":"2026-06","number":2,"pages":0,"words":900`, `"month":"2025-03"`)
	if body := d.ask(t, apptest.Branch, "GET", at, nil).Body; strings.Contains(body, "2026-06") || !strings.Contains(body, "2025-03") {
		t.Errorf("Expected a branch to count its own, got %s", body)
	}
	if body := d.ask(t, apptest.Member, "GET", at, nil).Body; strings.Contains(body, "month") {
		t.Errorf("Expected a member to count nothing, got %s", body)
	}
}

func ledgerPolicy(t *testing.T, collection string, data, create, update map[string]any, table string) {
	t.Helper()
	apptest.Policy{
		Collection: collection, App: published, Create: create, Update: update, Table: table,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record { return apptest.Make(t, app, collection, data) },
	}.Test(t)
}

// Who is to sign reads and signs; who issued the document sends it.
func TestReceiptsPolicy(t *testing.T) {
	t.Parallel()
	ledgerPolicy(t, documents.Receipts, changed(receipt, "person", "#member"), changed(receipt, "org", "@zb2"), map[string]any{"state": "waiting"}, `
		who       list view create update delete
		guest     0    404  400    404    404
		outsider  0    404  400    404    404
		member    1    200  400    200    404
		branch2   0    404  400    404    404
		branch1   1    200  400    200    404
		inspector 1    200  400    404    404
		clerk     1    200  200    404    204
		keeper    1    200  200    200    204`)
}

func TestDirectivesPolicy(t *testing.T) {
	t.Parallel()
	ledgerPolicy(t, documents.Directives, directive, changed(directive, "org", "@zb1"), map[string]any{"note": "已传达"}, `
		who       list view create update delete
		guest     0    404  400    404    404
		outsider  0    404  400    404    404
		member    0    404  400    404    404
		branch2   0    404  400    404    404
		branch1   0    404  400    404    404
		inspector 1    200  400    404    404
		clerk     1    200  200    200    204
		keeper    1    200  200    200    204`)
}

func TestIssuesPolicy(t *testing.T) {
	t.Parallel()
	ledgerPolicy(t, documents.Issues, changed(paper, "org", "@zb1"), changed(paper, "number", "9号"), map[string]any{"pages": 3}, `
		who       list view create update delete
		guest     0    404  400    404    404
		outsider  0    404  400    404    404
		member    0    404  400    404    404
		branch2   0    404  400    404    404
		branch1   1    200  400    404    404
		inspector 1    200  400    404    404
		clerk     1    200  200    200    204
		keeper    1    200  200    200    204`)
}
