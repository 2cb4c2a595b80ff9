package demo_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/apptest"
	"yaodian/hooks/dues"
	"yaodian/hooks/people"
	"yaodian/hooks/points"
)

// bare are the ledgers that a good year leaves empty: nobody was vetoed.
var bare = []string{"points_vetoes"}

// checkItems: each of the 25 items of the plan has ledgers, and in each of them
// there is something to see.
func checkItems(t *testing.T, app core.App) {
	views, err := app.FindAllRecords("ledgers_views")
	if err != nil {
		t.Fatal(err)
	}
	ledgers := map[string][]string{}
	for _, v := range views {
		for _, item := range strings.Fields(v.GetString("items")) {
			ledgers[item] = append(ledgers[item], v.GetString("collection"))
		}
	}
	for n := 1; n <= 25; n++ {
		item := strconv.Itoa(n)
		if _, known := ledgers[item]; !known {
			t.Errorf("item %s has no ledger", item)
		}
		for _, collection := range ledgers[item] {
			if n, err := app.CountRecords(collection); err != nil || n == 0 && !slices.Contains(bare, collection) {
				t.Errorf("item %s: %s is empty %v", item, collection, err)
			}
		}
	}
}

// tally counts the records of a collection by a field.
func tally(t *testing.T, app core.App, collection, field string) map[string]int {
	t.Helper()
	var rows []struct {
		Value string `db:"value"`
		N     int    `db:"n"`
	}
	if err := app.DB().Select("["+"["+field+"]] AS value", "count(*) AS n").From(collection).GroupBy(field).All(&rows); err != nil {
		t.Fatal(err)
	}
	out := map[string]int{}
	for _, r := range rows {
		out[r.Value] = r.N
	}
	return out
}

func checkStates(t *testing.T, app core.App) {
	for collection, states := range map[string][]string{
		"plan_duties":  {"upcoming", "open", "submitted", "returned", "done", "overdue", "exempted", "made_up"},
		"documents":    {"planned", "drafting", "reviewing", "issued", "void"},
		"plan_imports": {"draft", "confirmed"},
		"people_transfers": {
			"applied", "agreed", "approved", "issued", "received", "receipted", "archived", "returned", "expired", "rejected", "withdrawn",
		},
		"people_flows": {"away"}, "people_losses": {"searching"}, "people_files": {"kept", "lent"}, "people_loans": {"lent"},
		"people": {"active", "suspended", "left", "deceased"},
	} {
		have := tally(t, app, collection, "state")
		t.Log(collection, have)
		for _, s := range states {
			if have[s] == 0 {
				t.Errorf("no %s is %s", collection, s)
			}
		}
	}
}

func checkPeople(t *testing.T, app core.App) {
	records, err := app.FindAllRecords("people")
	if err != nil {
		t.Fatal(err)
	}
	if n := len(records); n < 180 || n > 220 {
		t.Errorf("%d people", n)
	}
	names, mobiles := map[string]bool{}, map[string]bool{}
	for _, r := range records {
		name, mobile := r.GetString("name"), r.GetString("mobile")
		if names[name] || mobile != "" && mobiles[mobile] {
			t.Errorf("%s %s stands twice", name, mobile)
		}
		names[name], mobiles[mobile] = true, true
		if number, err := people.NumberOf(app, r); err != nil || number == "" || r.GetString("birth_date") == "" || r.GetString("gender") == "" {
			t.Errorf("%s has no identity number, birthday or sex (%v)", name, err)
		}
		if kind := r.GetString("kind"); (kind == people.Member) != (r.GetString("full_date") != "") {
			t.Errorf("%s is %s with the full date %q", name, kind, r.GetString("full_date"))
		}
		if r.GetBool("must_change") {
			t.Errorf("%s has to change the password first", name)
		}
	}
	held := tally(t, app, "org_posts", "role")
	roles, err := app.FindAllRecords("org_roles")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range roles {
		if held[r.Id] == 0 {
			t.Errorf("nobody is %s", r.GetString("name"))
		}
	}
}

func checkPlan(t *testing.T, app core.App) {
	for collection, want := range map[string]int64{"plan_years": 1, "plan_sections": 5, "plan_items": 25} {
		if n, err := app.CountRecords(collection); err != nil || n != want {
			t.Errorf("%d %s, want %d (%v)", n, collection, want, err)
		}
	}
	for _, c := range []string{"plan_evidence", "notify_messages"} {
		if n, err := app.CountRecords(c); err != nil || n < 100 {
			t.Errorf("only %d %s (%v)", n, c, err)
		}
	}
	if n, err := app.CountRecords("documents", dbx.Like("title", "2025")); err != nil || n > 0 {
		t.Errorf("the clerk left the wrong year in %d titles (%v)", n, err)
	}
	outline := apptest.First(t, app, "plan_imports", "state", "confirmed").GetString("outline")
	for _, code := range []string{"plan_placeholder", "plan_year_mismatch"} {
		if !strings.Contains(outline, code) {
			t.Errorf("the text gives no warning %s", code)
		}
	}
	var late int
	if err := app.DB().NewQuery(`SELECT count(*) FROM notify_messages WHERE created > '2026-09-16 06:30:00.000Z'`).Row(&late); err != nil || late > 0 {
		t.Errorf("%d messages are from the future (%v)", late, err)
	}
}

// checkDues: the year of dues shows every state, and adds up to the fen.
func checkDues(t *testing.T, app core.App) {
	report, err := dues.Verify(app)
	if err != nil || report.Whole() != nil {
		t.Fatal(report.Whole(), err)
	}
	t.Logf("%d lines, %d payments", report.Entries, report.Payments)
	for collection, states := range map[string][]string{
		"dues_waivers": {"approved"}, "dues_expenses": {"paid"}, "dues_remittances": {"remitted"}, "dues_closings": {"closed"},
		"dues_disclosures": {"published", "draft"}, "dues_bases": {"reviewed"}, "dues_reviews": {"open"}, "dues_donations": {"received"},
	} {
		have := tally(t, app, collection, "state")
		for _, s := range states {
			if have[s] == 0 {
				t.Errorf("no %s is %s: %v", collection, s, have)
			}
		}
	}
	var people, late int
	if err := app.DB().NewQuery(`SELECT count(DISTINCT person) FROM dues_entries WHERE kind = 'charge' AND month = '2026-09'`).Row(&people); err != nil || people < 150 {
		t.Errorf("only %d people are billed (%v)", people, err)
	}
	err = app.DB().NewQuery(`SELECT count(*) FROM (SELECT person FROM dues_entries WHERE month <= '2026-08' GROUP BY person HAVING SUM(amount) > 0)`).Row(&late)
	if err != nil || late == 0 || late > people/5 {
		t.Errorf("%d of %d are in arrears (%v)", late, people, err)
	}
}

// checkPoints: the year of points shows every state, and adds up.
func checkPoints(t *testing.T, app core.App) {
	report, err := points.Verify(app)
	if err != nil || report.Whole() != nil {
		t.Fatal(report.Whole(), err)
	}
	t.Logf("%d lines", report.Entries)
	for collection, states := range map[string][]string{
		"points_rules": {"active", "draft"}, "points_claims": {"approved", "pending"}, "points_periods": {"published", "locked"}, "points_appeals": {"open"},
	} {
		have := tally(t, app, collection, "state")
		for _, s := range states {
			if have[s] == 0 {
				t.Errorf("no %s is %s: %v", collection, s, have)
			}
		}
	}
}
