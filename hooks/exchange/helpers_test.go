package exchange_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/apptest"
	"yaodian/hooks/exchange"
	"yaodian/hooks/exchange/sheet"
)

// file writes a table as CSV.
func file(t testing.TB, lines ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "名册.csv")
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// who is the person, or a superuser.
func who(t testing.TB, app core.App, number string) *core.Record {
	t.Helper()
	if number != apptest.Keeper {
		return apptest.Person(t, app, number)
	}
	c, err := app.FindCollectionByNameOrId(core.CollectionNameSuperusers)
	if err != nil {
		t.Fatal(err)
	}
	return core.NewRecord(c)
}

// receive uploads a table and waits for its preview.
func receive(t testing.TB, app core.App, number, collection, path string) *core.Record {
	t.Helper()
	c, err := app.FindCollectionByNameOrId(collection)
	if err != nil {
		t.Fatal(err)
	}
	auth := who(t, app, number)
	record, err := exchange.Receive(app, t.Context(), exchange.Upload{Collection: c, Auth: auth, Path: path, Filename: "名册.csv"})
	if err != nil {
		t.Fatal(err)
	}
	exchange.Preview(app, record.Id, auth)
	return settled(t, app, record.Id)
}

// settled is an import when all work on it has ended.
func settled(t testing.TB, app core.App, id string) *core.Record {
	t.Helper()
	exchange.Wait(app)
	record, err := app.FindRecordById(exchange.Imports, id)
	if err != nil {
		t.Fatal(err)
	}
	return record
}

// carryOut applies an import and waits.
func carryOut(t testing.TB, app core.App, number string, record *core.Record) *core.Record {
	t.Helper()
	exchange.Apply(app, record.Id, who(t, app, number))
	return settled(t, app, record.Id)
}

// outcomes are all rows of an import.
func outcomes(t testing.TB, app core.App, id string) (rows []exchange.Outcome) {
	t.Helper()
	var list []string
	if err := app.DB().Select("told").From("exchange_rows").Where(dbx.HashExp{"import": id}).OrderBy("number").Column(&list); err != nil {
		t.Fatal(err)
	}
	for _, told := range list {
		var o exchange.Outcome
		if err := json.Unmarshal([]byte(told), &o); err != nil {
			t.Fatal(err)
		}
		rows = append(rows, o)
	}
	return rows
}

// brief is what rows do, for comparing: “3 new”, “4 error C exchange_unknown”.
func brief(rows []exchange.Outcome) string {
	var out []string
	for _, o := range rows {
		line := fmt.Sprint(o.Number, " ", o.Action)
		for _, d := range o.Diffs {
			if o.Action == exchange.Change {
				line += fmt.Sprintf(" %s:%s→%s", d.Field, d.Old, d.New)
			}
		}
		for _, f := range o.Faults {
			line += fmt.Sprintf(" %s %s", f.Column, f.Code)
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}

// send uploads a file over HTTP.
func send(t testing.TB, s *apptest.Server, who, collection, path string) apptest.Answer {
	t.Helper()
	body := new(bytes.Buffer)
	form := multipart.NewWriter(body)
	if err := form.WriteField("collection", collection); err != nil {
		t.Fatal(err)
	}
	if path != "" {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		part, err := form.CreateFormFile("file", filepath.Base(path))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write(raw); err != nil {
			t.Fatal(err)
		}
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	request := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/api/exchange/imports", body)
	request.Header.Set("Content-Type", form.FormDataContentType())
	return s.Ask(t, who, request)
}

// exported is the file that somebody gets of a list.
func exported(t testing.TB, app core.App, number, collection string, format sheet.Format) string {
	t.Helper()
	c, err := app.FindCollectionByNameOrId(collection)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "list")
	out, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	l := exchange.List{Collection: c, Auth: who(t, app, number), Format: format}
	if _, err := l.Write(app, out); err != nil {
		t.Fatal(err)
	}
	return path
}

func count(t testing.TB, app core.App, collection string) int64 {
	t.Helper()
	n, err := app.CountRecords(collection)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
