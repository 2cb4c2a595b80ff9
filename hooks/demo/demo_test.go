package demo_test

import (
	"errors"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks"
	"yaodian/hooks/apptest"
	"yaodian/hooks/demo"
	"yaodian/hooks/dues"
	"yaodian/hooks/kit"
	"yaodian/hooks/people"
	"yaodian/hooks/people/keys"
	"yaodian/hooks/points"
)

// empty is the application on a migrated database without anybody in it.
func empty(t testing.TB) *tests.TestApp {
	t.Helper()
	dir := t.TempDir()
	build := core.NewBaseApp(core.BaseAppConfig{DataDir: dir})
	hooks.Bind(build)
	keys.Use(build, apptest.Ring())
	if err := build.Bootstrap(); err != nil {
		t.Fatal(err)
	}
	if err := build.RunAllMigrations(); err != nil {
		t.Fatal(err)
	}
	if err := build.ClearBootstrap(); err != nil {
		t.Fatal(err)
	}
	app, err := tests.NewTestApp(dir)
	if err != nil {
		t.Fatal(err)
	}
	hooks.Bind(app)
	keys.Use(app, apptest.Ring())
	t.Cleanup(app.Cleanup)
	return app
}

func at(day string) time.Time {
	moment, err := time.ParseInLocation(time.DateOnly, day, kit.Beijing)
	if err != nil {
		panic(err)
	}
	return moment.Add(14*time.Hour + 30*time.Minute)
}

var password = regexp.MustCompile(`密码：([a-z]+\d{4})\n`)

// signsIn reports whether the password that the report prints is a person's.
func signsIn(t *testing.T, app core.App, report, number string) bool {
	t.Helper()
	found := password.FindStringSubmatch(report)
	if found == nil {
		t.Fatalf("no password in %s", report)
	}
	return apptest.First(t, app, "people", "number", number).ValidatePassword(found[1])
}

func TestLoad(t *testing.T) {
	app := empty(t)
	began := time.Now()
	report, err := demo.Load(app, at("2026-09-16"))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("loaded in %v\n%s", time.Since(began), report)

	t.Run("sign in", func(t *testing.T) {
		for _, number := range []string{"10001", "10002", "10003", "10101", "10111", "10901"} {
			if !strings.Contains(report, number) || !signsIn(t, app, report, number) {
				t.Errorf("%s can't sign in", number)
			}
		}
	})
	t.Run("clock", func(t *testing.T) {
		if d := time.Since(kit.Now(app)); d < 0 || d > time.Minute {
			t.Errorf("the clock is %v off", d)
		}
	})
	t.Run("states", func(t *testing.T) { checkStates(t, app) })
	t.Run("people", func(t *testing.T) { checkPeople(t, app) })
	t.Run("plan", func(t *testing.T) { checkPlan(t, app) })
	t.Run("dues", func(t *testing.T) { checkDues(t, app) })
	t.Run("items", func(t *testing.T) { checkItems(t, app) })
	t.Run("points", func(t *testing.T) { checkPoints(t, app) })
	t.Run("again", func(t *testing.T) { checkAgain(t, app, report) })
	t.Run("strangers", func(t *testing.T) { checkStrangers(t, app) })
}

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

func checkAgain(t *testing.T, app core.App, before string) {
	chosen := apptest.First(t, app, "people", "number", "10002")
	chosen.SetPassword("ZiJiXuan2026")
	if err := app.Save(chosen); err != nil {
		t.Fatal(err)
	}
	counted, _ := app.CountRecords("plan_duties")

	report, err := demo.Load(app, at("2026-09-17"))
	if err != nil {
		t.Fatal(err)
	}
	if n, _ := app.CountRecords("plan_duties"); n != counted {
		t.Errorf("%d duties became %d", counted, n)
	}
	if !signsIn(t, app, report, "10111") || signsIn(t, app, before, "10111") {
		t.Error("the new password doesn't replace the old one")
	}
	if !apptest.First(t, app, "people", "number", "10002").ValidatePassword("ZiJiXuan2026") {
		t.Error("a password that somebody has chosen was replaced")
	}
}

func TestLoadRefusesRealData(t *testing.T) {
	app := apptest.New(t)
	before, _ := app.CountRecords("people")
	_, err := demo.Load(app, at("2026-09-16"))
	if !errors.Is(err, demo.ErrForeign) {
		t.Fatalf("got %v", err)
	}
	if after, _ := app.CountRecords("people"); after != before {
		t.Errorf("%d people became %d", before, after)
	}
}

// TestLoadAnyDay: the demo loads on every day of any year, and the passwords
// it makes are good.
func TestLoadAnyDay(t *testing.T) {
	if testing.Short() {
		t.Skip("loads the demo several times")
	}
	for _, day := range []string{"2026-01-01", "2027-02-17", "2028-06-30", "2029-12-31"} {
		t.Run(day, func(t *testing.T) {
			app := empty(t)
			report, err := demo.Load(app, at(day))
			if err != nil {
				t.Fatal(err)
			}
			found := password.FindStringSubmatch(report)
			if err := people.CheckPassword(found[1], ""); err != nil {
				t.Error(err)
			}
			t.Log(tally(t, app, "plan_duties", "state"))
		})
	}
}

// TestTextIsOwn: no line or sentence of the demo's plans stands in the real one.
func TestTextIsOwn(t *testing.T) {
	real, err := os.ReadFile("../../../shared/workplan-2022.txt")
	if err != nil {
		t.Skip("the real plan isn't here")
	}
	pieces := regexp.MustCompile(`[。；\r\n]+`).Split(string(real), -1)
	for _, name := range []string{"plan.txt", "branch.txt"} {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, own := range regexp.MustCompile(`[。；\r\n]+`).Split(string(raw), -1) {
			if len([]rune(own)) > 6 && slices.Contains(pieces, own) {
				t.Errorf("%s has %q", name, own)
			}
		}
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
