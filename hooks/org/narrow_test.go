package org_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/apptest"
	"yaodian/hooks/org"
)

// mine() is true of the signed-in person's own records, of nobody's for a guest,
// and can't be asked about anybody else.
func TestMine(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	rows := core.NewBaseCollection("rows")
	people, err := s.App.FindCollectionByNameOrId("people")
	if err != nil {
		t.Fatal(err)
	}
	rows.Fields.Add(&core.RelationField{Name: "person", CollectionId: people.Id, MaxSelect: 1}, &core.RelationField{Name: "several", CollectionId: people.Id, MaxSelect: 9})
	open := func(rule string) error {
		rows.ListRule = &rule
		return s.App.Save(rows)
	}
	if err := open(`mine(person, @request.auth.id) = true`); err != nil {
		t.Fatal(err)
	}
	member, branch := apptest.Person(t, s.App, apptest.Member).Id, apptest.Person(t, s.App, apptest.Branch).Id
	for _, data := range []map[string]any{{"person": member, "several": []string{branch, member}}, {"person": branch}, {"person": ""}} {
		apptest.Make(t, s.App, "rows", data)
	}
	seen := func(who string) int { return s.Do(t, who, http.MethodGet, apptest.URL("rows"), nil).Count() }
	for who, want := range map[string]int{apptest.Guest: 0, apptest.Member: 1, apptest.Branch: 1, apptest.Clerk: 0} {
		if got := seen(who); got != want {
			t.Errorf("%s: Expected %d records, got %d", who, want, got)
		}
	}
	if err := open(`mine(several.id, @request.auth.id) = true`); err != nil {
		t.Fatal(err)
	}
	if got := seen(apptest.Member); got != 1 {
		t.Errorf("Expected the record that names the member among others, got %d", got)
	}
	if err := open(`mine(person, @request.auth.id) = false`); err != nil || seen(apptest.Clerk) != 0 {
		t.Errorf("Expected nothing for another comparison (%v)", err)
	}
	for _, rule := range []string{`mine(person) = true`, `mine(person, person) = true`, `mine(person, "x") = true`, `mine(person, @request.query.who) = true`} {
		if open(rule) == nil {
			t.Errorf("%s: accepted as a rule", rule)
		}
	}
}

// Who sees a small part of the tree seeks what is theirs; who sees most of it
// goes along the date until the page is full. Both see what the rule says.
func TestNarrowSeeks(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	meetings, err := app.FindCollectionByNameOrId("meetings")
	if err != nil {
		t.Fatal(err)
	}
	rule := *meetings.ListRule
	plan := func(who string, headers map[string]string) string {
		sql, params := buildFor(t, app, meetings, rule, &core.RequestInfo{Auth: apptest.Person(t, app, who), Headers: headers})
		var lines []struct {
			Detail string `db:"detail"`
		}
		if err := app.DB().NewQuery("EXPLAIN QUERY PLAN " + sql + " ORDER BY held_on DESC LIMIT 100").Bind(params).All(&lines); err != nil {
			t.Fatal(err)
		}
		return fmt.Sprint(lines)
	}
	narrow := plan(apptest.Branch, map[string]string{"yaodian_narrow": "1"})
	for _, index := range []string{"idx_meetings_org_path (org_path>? AND org_path<?)", "idx_meetings_host (host=?)", "idx_meetings_talked_with (talked_with=?)"} {
		if !strings.Contains(narrow, index) {
			t.Errorf("Expected %s in %s", index, narrow)
		}
	}
	if strings.Contains(narrow, "SCAN meetings") {
		t.Errorf("scanned: %s", narrow)
	}
	if wide := plan(apptest.Clerk, nil); !strings.Contains(wide, "SCAN meetings USING INDEX idx_meetings_held_on") {
		t.Errorf("Expected a walk along the date, got %s", wide)
	}
}

// The server says who is narrow, whatever a client says, and only of people.
func TestNarrowIsTheServersWord(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	heard := ""
	s.App.OnRecordsListRequest(org.Units).BindFunc(func(e *core.RecordsListRequestEvent) error {
		heard = e.Request.Header.Get("Yaodian-Narrow")
		return e.Next()
	})
	ask := func(who, said string) string {
		heard = "not asked"
		request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, apptest.URL(org.Units), nil)
		request.Header.Set("Yaodian-Narrow", said)
		s.Ask(t, who, request)
		return heard
	}
	want := func(wants map[string]string) {
		t.Helper()
		for who, want := range wants {
			for _, said := range []string{"", "1"} {
				if got := ask(who, said); got != want {
					t.Errorf("%s saying %q: Expected %q, got %q", who, said, want, got)
				}
			}
		}
	}
	want(map[string]string{apptest.Guest: "", apptest.Member: "1", apptest.Clerk: "", apptest.Keeper: ""})
	apptest.MoreUnits(t, s.App, 30)
	want(map[string]string{apptest.Guest: "", apptest.Member: "1", apptest.Branch: "1", apptest.Clerk: "", apptest.Keeper: ""})
	apptest.MoreUnits(t, s.App, 200)
	want(map[string]string{apptest.Branch: "1", apptest.Clerk: ""})
}
