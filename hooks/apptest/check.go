package apptest

import (
	"errors"
	"slices"
	"testing"

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
