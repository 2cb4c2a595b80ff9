package demo_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"slices"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/kit"
)

// common is what everybody who is signed in may read, wherever they belong: what
// the words of the house mean, and no record of anybody's work.
var common = []string{
	"approvals_flows", "calendar_days", "calendar_nodes", "dues_rates", "ledgers_links", "ledgers_views", "org_roles", "org_units", "people_settings",
	"points_rules", "points_schemes",
}

// checkStrangers asks for every collection of a full year as somebody who isn't
// signed in and as a member of another committee: neither sees, makes, changes
// or deletes a record of this one.
func checkStrangers(t *testing.T, app *tests.TestApp) {
	s := apptest.Serve(t, app)
	app.Settings().RateLimits.Enabled = false
	elsewhere := apptest.Make(t, app, "org_units", map[string]any{"code": "elsewhere", "name": "别处街道党工委", "kind": "committee"})
	outsider, err := kit.NewRecord(app, "people", map[string]any{"number": "99999", "name": "外人", "org": elsewhere.Id, "kind": "member", "state": "active"})
	if err != nil {
		t.Fatal(err)
	}
	outsider.SetRandomPassword()
	if err := kit.SaveAsSystem(app, t.Context(), outsider); err != nil {
		t.Fatal(err)
	}
	outsider.Set("must_change", false)
	if err := kit.SaveAsSystem(app, t.Context(), outsider); err != nil {
		t.Fatal(err)
	}
	token, err := outsider.NewAuthToken()
	if err != nil {
		t.Fatal(err)
	}
	s.Send(t, token, http.MethodGet, "/api/me", nil).Want(t, 200, "外人")

	collections, err := app.FindAllCollections()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range collections {
		var some core.Record
		if c.System || app.RecordQuery(c).Limit(1).One(&some) != nil || some.Id == outsider.Id {
			continue
		}
		for name, token := range map[string]string{"guest": "", "outsider": token} {
			open := name == "outsider" && slices.Contains(common, c.Name)
			if n := foreign(t, s.Send(t, token, http.MethodGet, apptest.URL(c.Name)+"?perPage=500", nil), outsider.Id); n > 0 != open {
				t.Errorf("%s lists %d records of %s", name, n, c.Name)
			}
			for method, url := range map[string]string{
				http.MethodPost: apptest.URL(c.Name), http.MethodPatch: apptest.URL(c.Name, some.Id), http.MethodDelete: apptest.URL(c.Name, some.Id),
			} {
				if answer := s.Send(t, token, method, url, map[string]any{}); answer.Status < 400 {
					t.Errorf("%s: %s %s is answered %d", name, method, url, answer.Status)
				}
			}
			if answer := s.Send(t, token, http.MethodGet, apptest.URL(c.Name, some.Id), nil); (answer.Status == 200) != open {
				t.Errorf("%s: a record of %s is answered %d", name, c.Name, answer.Status)
			}
		}
	}
}

// foreign counts the records of a list that don't speak of a person.
func foreign(t *testing.T, list apptest.Answer, person string) (n int) {
	t.Helper()
	var page struct{ Items []json.RawMessage }
	if err := json.Unmarshal([]byte(list.Body), &page); err != nil {
		t.Fatal(err)
	}
	for _, item := range page.Items {
		if !bytes.Contains(item, []byte(person)) {
			n++
		}
	}
	return n
}
