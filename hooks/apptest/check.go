package apptest

import (
	"errors"
	"slices"
	"testing"

	"github.com/pocketbase/dbx"
	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"
)

// Refused fails the test unless err breaks the rule of that code; an empty
// code means that nothing is broken.
func Refused(t testing.TB, name string, err error, code string) {
	t.Helper()
	if code == "" {
		if err != nil {
			t.Errorf("%s: Expected no error, got %v", name, err)
		}
		return
	}
	if got := Codes(err); !slices.Contains(got, code) {
		t.Errorf("%s: Expected %s, got %q (%v)", name, code, got, err)
	}
}

// Codes lists the codes of the rules that err says were broken.
func Codes(err error) []string {
	var out []string
	var coded interface{ Code() string }
	var fields validation.Errors
	var api *router.ApiError
	switch {
	case err == nil:
	case errors.As(err, &coded):
		out = append(out, coded.Code())
	case errors.As(err, &fields):
		for _, field := range fields {
			out = append(out, Codes(field)...)
		}
	case errors.As(err, &api):
		raw, _ := api.RawData().(error)
		out = Codes(raw)
	}
	return out
}

// Try is Create for what may be refused.
func Try(app core.App, collection string, data map[string]any) (*core.Record, error) {
	return create(app, collection, data)
}

// Only is the one record of a collection.
func Only(t testing.TB, app core.App, collection string) *core.Record {
	t.Helper()
	records, err := app.FindAllRecords(collection)
	if err != nil || len(records) != 1 {
		t.Fatalf("%d %s (%v)", len(records), collection, err)
	}
	return records[0]
}

// Count is how many records of a collection fit the conditions.
func Count(t testing.TB, app core.App, collection string, conditions ...dbx.Expression) int {
	t.Helper()
	n, err := app.CountRecords(collection, conditions...)
	if err != nil {
		t.Fatal(err)
	}
	return int(n)
}
