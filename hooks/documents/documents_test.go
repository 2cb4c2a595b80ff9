package documents_test

import (
	"net/http"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"

	"yaodian/hooks/apptest"
	"yaodian/hooks/documents"
)

// A document goes from plan to issue over REST, and no further.
func TestFromPlanToIssue(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	url := apptest.URL(documents.Documents, apptest.Make(t, s.App, documents.Documents, planned).Id)
	for i, c := range []struct {
		change map[string]any
		status int
		code   string
	}{
		{map[string]any{"state": "lost"}, 400, "validation_invalid_value"},
		{map[string]any{"state": "drafting"}, 200, ""},
		{map[string]any{"state": "void"}, 400, "documents_reason_missing"},
		{map[string]any{"state": "reviewing"}, 200, ""},
		{map[string]any{"state": "planned"}, 400, "documents_move"},
		{map[string]any{"state": "issued"}, 400, "documents_number_missing"},
		{map[string]any{"state": "issued", "number": "清工委〔2026〕3号"}, 400, "documents_date_missing"},
		{map[string]any{"state": "issued", "number": "清工委〔2026〕3号", "issued_on": "2026-06-11"}, 400, "documents_date_future"},
		{map[string]any{"state": "issued", "number": "清工委〔2026〕3号", "issued_on": apptest.Today}, 200, ""},
		{map[string]any{"state": "reviewing"}, 400, "documents_issued"},
		{map[string]any{"state": "void", "note": "不要了"}, 400, "documents_issued"},
		{map[string]any{"number": ""}, 400, "documents_number_missing"},
		{map[string]any{"note": "已上墙"}, 200, ""},
		{map[string]any{"org": "@zb2"}, 404, ""},
	} {
		answer := s.Do(t, apptest.Clerk, http.MethodPatch, url, apptest.Named(t, s.App, c.change))
		if answer.Status != c.status || !answer.Has(c.code) {
			t.Errorf("%d %v: Expected %d %s, got %+v", i, c.change, c.status, c.code, answer)
		}
	}
}

func TestVoidAndBack(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	url := apptest.URL(documents.Documents, apptest.Make(t, s.App, documents.Documents, planned).Id)
	move := func(change map[string]any) apptest.Answer {
		return s.Do(t, apptest.Clerk, http.MethodPatch, url, change)
	}
	move(map[string]any{"state": "void", "note": "上级已有规定"}).Want(t, 200)
	move(map[string]any{"note": ""}).Want(t, 400, "documents_reason_missing")
	move(map[string]any{"state": "drafting"}).Want(t, 400, "documents_move")
	s.Do(t, apptest.Clerk, http.MethodDelete, url, nil).Want(t, 404)
	move(map[string]any{"state": "planned"}).Want(t, 200)
	s.Do(t, apptest.Clerk, http.MethodDelete, url, nil).Want(t, 204)
}

// The rules hold for superusers, for Go code and without validation.
func TestNobodyGoesAround(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	for change, code := range map[string]string{
		`{"state":"reviewing"}`: "documents_issued", `{"number":""}`: "documents_number_missing", `{"issued_on":"2099-01-01"}`: "documents_date_future",
	} {
		document := apptest.Make(t, s.App, documents.Documents, issued("@jd"))
		s.Do(t, apptest.Keeper, http.MethodPatch, apptest.URL(documents.Documents, document.Id), change).Want(t, 400, code)
	}
	document := apptest.Make(t, s.App, documents.Documents, issued("@jd"))
	document.Set("state", "planned")
	apptest.Refused(t, "without validation", s.App.SaveNoValidate(document), "documents_issued")
	apptest.Refused(t, "deleted from Go", s.App.Delete(document), "documents_begun")
	for name, data := range map[string]map[string]any{
		"made void":                    {"title": "甲", "action": "draft", "year": 2026, "state": "void", "note": "无", "org": "@jd"},
		"made issued without a number": {"title": "甲", "action": "draft", "year": 2026, "state": "issued", "org": "@jd"},
		"without a year":               {"title": "甲", "action": "draft", "state": "planned", "org": "@jd"},
		"without a title":              {"action": "draft", "year": 2026, "state": "planned", "org": "@jd"},
		"due on no day":                {"title": "甲", "action": "draft", "year": 2026, "state": "planned", "org": "@jd", "due": "六月底"},
	} {
		if _, err := apptest.Try(s.App, documents.Documents, apptest.Named(t, s.App, data)); err == nil {
			t.Errorf("%s: stored", name)
		}
	}
}

// What two people loaded at the same time is judged by what is stored: once
// one has issued it, the other can't take it back to review.
func TestIssueRace(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	id := apptest.Make(t, app, documents.Documents, map[string]any{"title": "甲", "action": "draft", "year": 2026, "state": "reviewing", "org": "@jd"}).Id
	load := func() *core.Record { return apptest.First(t, app, documents.Documents, "id", id) }
	first, second := load(), load()
	apptest.Refused(t, "issued", apptest.Save(app, first, map[string]any{"state": "issued", "number": "3号", "issued_on": apptest.Today}), "")
	apptest.Refused(t, "sent back", apptest.Save(app, second, map[string]any{"state": "drafting"}), "documents_issued")
	apptest.Refused(t, "deleted", app.Delete(second), "documents_begun")
}

// The file of a document is for those who may see the document.
func TestFilesAreProtected(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	url := func(data map[string]any) string {
		file, err := filesystem.NewFileFromBytes([]byte("党员积分管理办法"), "draft.txt")
		if err != nil {
			t.Fatal(err)
		}
		data["file"] = file
		document := apptest.Make(t, s.App, documents.Documents, data)
		delete(data, "file")
		return "/api/files/documents/" + document.Id + "/" + document.GetString("file")
	}
	draft, public := url(map[string]any{"title": "办法", "action": "draft", "year": 2026, "state": "drafting", "org": "@zb1"}), url(issued("@jd"))
	for _, c := range []struct {
		who           string
		draft, public int
	}{
		{apptest.Guest, 404, 404}, {apptest.Outsider, 404, 404}, {apptest.Member, 404, 200}, {apptest.Neighbour, 404, 200},
		{apptest.Branch, 200, 200}, {apptest.Inspector, 200, 200}, {apptest.Clerk, 200, 200}, {apptest.Keeper, 200, 200},
	} {
		token := s.Do(t, c.who, http.MethodPost, "/api/files/token", nil).Text("token")
		for file, want := range map[string]int{draft: c.draft, public: c.public} {
			if got := s.Do(t, apptest.Guest, http.MethodGet, file+"?token="+token, nil); got.Status != want {
				t.Errorf("%q: Expected %d, got %+v", c.who, want, got)
			}
			// a session is not a file token, neither in the header nor in the address
			s.Do(t, c.who, http.MethodGet, file, nil).Want(t, 404)
			s.Do(t, apptest.Guest, http.MethodGet, file+"?token="+s.Token(t, c.who), nil).Want(t, 404)
			s.Do(t, apptest.Guest, http.MethodGet, file+"?thumb=100x100", nil).Want(t, 404)
		}
	}
}

// What isn't a document isn't taken as one.
func TestFileTypes(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	for name, raw := range map[string]string{
		"a.html": "<!doctype html><script>alert(1)</script>", "a.svg": `<svg xmlns="http://www.w3.org/2000/svg"></svg>`, "a.exe": "MZ\x90\x00\x03",
	} {
		file, err := filesystem.NewFileFromBytes([]byte(raw), name)
		if err != nil {
			t.Fatal(err)
		}
		_, err = apptest.Try(app, documents.Documents, apptest.Named(t, app, map[string]any{
			"title": "办法", "action": "draft", "year": 2026, "state": "planned", "org": "@zb1", "file": file,
		}))
		apptest.Refused(t, name, err, "validation_invalid_mime_type")
	}
}

// A change of a document is told to those who may see it.
func TestDocumentsOverRealtime(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	pages := map[string]*apptest.Listener{}
	for _, who := range []string{apptest.Guest, apptest.Outsider, apptest.Member, apptest.Neighbour, apptest.Branch, apptest.Inspector, apptest.Clerk} {
		pages[who], _ = s.Listen(t, who, "documents/*")
	}
	hear := func(who ...string) {
		t.Helper()
		for name, page := range pages {
			want := 0
			for _, w := range who {
				if w == name {
					want = 1
				}
			}
			page.Hear(t, want)
		}
	}
	document := apptest.Make(t, s.App, documents.Documents, planned)
	hear(apptest.Branch, apptest.Inspector, apptest.Clerk)
	if err := apptest.Save(s.App, document, map[string]any{"state": "issued", "number": "3号", "issued_on": apptest.Today}); err != nil {
		t.Fatal(err)
	}
	hear(apptest.Member, apptest.Branch, apptest.Inspector, apptest.Clerk)
	gone := apptest.Make(t, s.App, documents.Documents, planned)
	hear(apptest.Branch, apptest.Inspector, apptest.Clerk)
	if err := s.App.Delete(gone); err != nil {
		t.Fatal(err)
	}
	hear(apptest.Branch, apptest.Inspector, apptest.Clerk)
}
