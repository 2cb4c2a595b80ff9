package people_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/kit"
	"yaodian/hooks/people"
)

const canary = "11010519491231002X"

// enrol gives the member everything that is sensitive, over REST, as an officer would.
func enrol(t testing.TB, s *apptest.Server) {
	t.Helper()
	s.Do(t, apptest.Clerk, http.MethodPatch, urlOf(t, s, apptest.Member), map[string]any{
		"id_no": " 11010519491231002x", "mobile": "13800138000", "tel": "010-55501234", "address": "清河街道东风路3号楼2单元501室",
		"join_date": "1975-07-01", "full_date": "1976-07-01",
	}).Want(t, 200, `"id_no":"**************002X"`, `"mobile":"138****8000"`, `"tel":"010-******34"`, `"address":"清河街道***"`,
		`"birth_date":"1949-12"`, `"gender":"female"`, `"age":76`, `"party_age":49`)
}

// What an officer sends is sealed or hidden, and the birthday and the sex that
// aren't sent are read from the number.
func TestEnrol(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	enrol(t, s)
	member := apptest.Person(t, s.App, apptest.Member)
	if n, err := people.NumberOf(s.App, member); err != nil || n != canary {
		t.Fatalf("the number is %q (%v)", n, err)
	}
	if member.GetString("birth_date") != "1949-12-31" || member.GetString("pinyin") != "sundangyuan" || member.GetString("membership_state") != "normal" {
		t.Errorf("%v", member.FieldsData())
	}
	for i, c := range []struct {
		change map[string]any
		code   string
	}{
		{map[string]any{"gender": "male"}, "people_gender_mismatch"},
		{map[string]any{"birth_date": "1949-12-30"}, "people_birth_mismatch"},
		{map[string]any{"id_no": "110105194912310021"}, "people_id_no_check_digit"},
		{map[string]any{"id_no": "370101190102039973"}, "people_birth_mismatch"},
		{map[string]any{"full_date": "1976-06-30"}, "people_full_short"},
		{map[string]any{"kind": "probationary"}, "people_full_early"},
		{map[string]any{"kind": "service"}, "people_service_fixed"},
		{map[string]any{"birth_date": "49-12-31"}, "validation_invalid_format"},
		{map[string]any{"membership_state": "stopped"}, "people_reason_missing"},
	} {
		answer := s.Do(t, apptest.Clerk, http.MethodPatch, urlOf(t, s, apptest.Member), c.change)
		answer.Want(t, 400, c.code)
		if answer.Has("19491231") || answer.Has("1901") {
			t.Errorf("%d tells the number: %s", i, answer.Body)
		}
	}
	// sent or not, nobody sets the sealed form
	before := apptest.Person(t, s.App, apptest.Member).GetString("id_no_sealed")
	s.Do(t, apptest.Keeper, http.MethodPatch, urlOf(t, s, apptest.Member), map[string]any{"id_no_sealed": "x", "id_no_hash": "y", "title": "楼长"}).Want(t, 200)
	if after := apptest.Person(t, s.App, apptest.Member); after.GetString("id_no_sealed") != before || after.GetString("id_no_hash") == "y" {
		t.Error("the sealed form was set from outside")
	}
	s.Do(t, apptest.Clerk, http.MethodPatch, urlOf(t, s, apptest.Member), map[string]any{"id_no": ""}).Want(t, 200, `"id_no":""`)
	if after := apptest.Person(t, s.App, apptest.Member); after.GetString("id_no_sealed")+after.GetString("id_no_hash") != "" {
		t.Error("the number was not taken out")
	}
}

// A number belongs to one person in the whole system, and the refusal doesn't
// say to whom.
func TestNumberIsUnique(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	if err := apptest.Save(s.App, apptest.Person(t, s.App, apptest.Outsider), map[string]any{"id_no": canary}); err != nil {
		t.Fatal(err)
	}
	answer := s.Do(t, apptest.Clerk, http.MethodPatch, urlOf(t, s, apptest.Member), map[string]any{"id_no": canary})
	answer.Want(t, 400, `"id_no":{"code":"people_id_no_taken"`)
	if answer.Has("吴外人") || answer.Has("外地") {
		t.Errorf("tells who has it: %s", answer.Body)
	}
	apptest.Refused(t, "from Go", apptest.Save(s.App, apptest.Person(t, s.App, apptest.Branch), map[string]any{"id_no": canary}), "people_id_no_taken")
	if err := apptest.Save(s.App, apptest.Person(t, s.App, apptest.Outsider), map[string]any{"id_no": canary}); err != nil {
		t.Errorf("the same again: %v", err)
	}
}

// The log of changes is read by the person and by officers with "people", and
// written by nobody.
func TestStatusPolicy(t *testing.T) {
	t.Parallel()
	apptest.Policy{
		Collection: people.Status,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			return apptest.First(t, app, people.Status, "person", apptest.Person(t, app, apptest.Member).Id)
		},
		Create: map[string]any{"person": "#member", "org": "@zb1", "n": 9, "since": "2026-06-01", "kind": "member", "state": "left"},
		Update: map[string]any{"reason": "改"},
		Table: `
			who       list view create update delete
			guest     0    404  403    403    403
			outsider  1    404  403    403    403
			member    1    200  403    403    403
			branch2   1    404  403    403    403
			branch1   2    200  403    403    403
			inspector 1    404  403    403    403
			deputy    7    200  403    403    403
			secretary 7    200  403    403    403
			clerk     7    200  403    403    403
			keeper    8    200  403    403    403`,
	}.Test(t)
}

// Each change of standing is one line, with who, why, on which paper and from
// which day, in the transaction of the change; other changes are none.
func TestChangesAreLogged(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	patch := func(change map[string]any) apptest.Answer {
		return s.Do(t, apptest.Clerk, http.MethodPatch, urlOf(t, s, apptest.Member), apptest.Named(t, s.App, change))
	}
	lines := func() []*core.Record {
		list, err := s.App.FindRecordsByFilter(people.Status, "person = {:p}", "n", 0, 0, map[string]any{"p": apptest.Person(t, s.App, apptest.Member).Id})
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	patch(map[string]any{"title": "楼长"}).Want(t, 200)
	patch(map[string]any{"org": "@zb2", "status_since": "2026-03-01", "status_reason": "搬家"}).Want(t, 200)
	patch(map[string]any{"membership_state": "stopped", "status_since": "2026-02-01", "status_reason": "失联", "status_document": "9号"}).Want(t, 400, "people_since_early")
	patch(map[string]any{"membership_state": "stopped", "status_since": "2026-05-01", "status_reason": "失联", "status_document": "清工委〔2026〕9号"}).Want(t, 200)
	patch(map[string]any{"state": "left"}).Want(t, 200)
	got := lines()
	if len(got) != 4 {
		t.Fatalf("Expected 4 lines, got %d", len(got))
	}
	clerk := apptest.Person(t, s.App, apptest.Clerk).Id
	if l := got[2]; l.GetString("since") != "2026-05-01" || l.GetString("document") != "清工委〔2026〕9号" || l.GetString("by") != clerk ||
		l.GetString("membership_state") != people.Stopped || l.GetString("org_path") != "/jd/zb2/" {
		t.Errorf("%v", l.FieldsData())
	}
	if l := got[3]; l.GetString("since") != apptest.Today || l.GetString("reason") != "" || l.GetString("state") != "left" {
		t.Errorf("what was said of one change is said of the next: %v", l.FieldsData())
	}
}

// Nothing takes a line back: no hook, no superuser, no SQL. Moving the branch
// moves the line along.
func TestLedgersArePermanent(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	line := apptest.First(t, app, people.Status, "person", apptest.Person(t, app, apptest.Member).Id)
	apptest.Refused(t, "deleted", app.Delete(line), "people_log_permanent")
	apptest.Refused(t, "changed", apptest.Save(app, line, map[string]any{"reason": "改"}), "people_log_permanent")
	line.Set("reason", "改")
	apptest.Refused(t, "by the system", kit.SaveAsSystem(app, t.Context(), line), "people_log_permanent")
	for _, sql := range []string{
		"DELETE FROM people_status", "UPDATE people_status SET reason = 'x'", "UPDATE people_status SET since = '2000-01-01'",
	} {
		if _, err := app.NonconcurrentDB().NewQuery(sql).Execute(); err == nil || !strings.Contains(err.Error(), "append-only") {
			t.Errorf("%s: %v", sql, err)
		}
	}
	if err := apptest.Save(app, apptest.Unit(t, app, "zb1"), map[string]any{"parent": apptest.Unit(t, app, "wd").Id}); err != nil {
		t.Fatal(err)
	}
	if got := apptest.First(t, app, people.Status, "id", line.Id).GetString("org_path"); got != "/wd/zb1/" {
		t.Errorf("the line stayed at %s", got)
	}
}

// The roster of a day is who was there on that day, in reach of the asker.
func TestRosterOnADay(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	member := apptest.Person(t, s.App, apptest.Member)
	for _, change := range []map[string]any{
		{"org": apptest.Unit(t, s.App, "zb2").Id, "status_since": "2026-03-01"},
		{"state": "left", "status_since": "2026-05-01"},
	} {
		if err := apptest.Save(s.App, apptest.Person(t, s.App, apptest.Member), change); err != nil {
			t.Fatal(err)
		}
	}
	ask := func(who, query string) apptest.Answer {
		return s.Do(t, who, http.MethodGet, "/api/people/roster?"+query, nil)
	}
	for _, c := range []struct {
		who, query string
		want       int
		has        bool
	}{
		{apptest.Clerk, "on=2026-02-28", 7, true},
		{apptest.Clerk, "on=2026-02-28&org=" + unit(t, s, "zb1"), 2, true},
		{apptest.Clerk, "on=2026-03-01&org=" + unit(t, s, "zb1"), 1, false},
		{apptest.Clerk, "on=2026-03-01&org=" + unit(t, s, "zb2"), 2, true},
		{apptest.Clerk, "on=2026-04-30", 7, true},
		{apptest.Clerk, "on=2026-05-01", 6, false},
		{apptest.Clerk, "", 6, false},
		{apptest.Clerk, "on=2019-12-31", 0, false},
		{apptest.Branch, "on=2026-02-28", 2, true},
		{apptest.Branch, "on=2026-03-01", 1, false},
		{apptest.Neighbour, "on=2026-03-01", 2, true},
		{apptest.Neighbour, "on=2026-02-28&org=" + unit(t, s, "zb1"), 0, false},
		{apptest.Member, "on=2026-02-28", 0, false},
		{apptest.Outsider, "on=2026-02-28", 0, false},
		{apptest.Inspector, "on=2026-02-28", 0, false},
		{apptest.Keeper, "on=2026-02-28", 8, true},
	} {
		answer := ask(c.who, c.query)
		answer.Want(t, 200)
		if answer.Count() != c.want || answer.Has(member.Id) != c.has {
			t.Errorf("%s asks %s: Expected %d, got %s", c.who, c.query, c.want, answer.Body)
		}
	}
	ask(apptest.Guest, "").Want(t, 401)
	ask(apptest.Clerk, "on=2026-02-30").Want(t, 400, "people_date_unreal")
	ask(apptest.Clerk, "org=nosuch").Want(t, 400, "org_unit_missing")
	ask(apptest.Clerk, "on=2026-02-28").Want(t, 200, `"totals":{"member":7}`)

	seen, after := map[string]bool{}, ""
	for range 10 {
		answer := ask(apptest.Clerk, "on=2026-02-28&limit=3&after="+strings.ReplaceAll(after, "|", "%7C"))
		for part := range strings.SplitSeq(answer.Body, `"person":"`) {
			if len(part) > 15 && !strings.HasPrefix(part, "{") {
				seen[part[:15]] = true
			}
		}
		if after = answer.Text("next"); after == "" {
			break
		}
	}
	if len(seen) != 7 {
		t.Errorf("page by page there are %d", len(seen))
	}
}

// A search finds by the beginning of the name, its pinyin, its initials or the
// number, on the caller's roster.
func TestSearch(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	for _, c := range []struct {
		who, q string
		want   int
	}{
		{apptest.Clerk, "孙", 1}, {apptest.Clerk, "sun", 1}, {apptest.Clerk, "SunDang", 1}, {apptest.Clerk, "sdy", 1}, {apptest.Clerk, "memb", 1},
		{apptest.Clerk, "党员", 0}, {apptest.Clerk, "wu", 0}, {apptest.Clerk, "", 0}, {apptest.Clerk, "%25", 0},
		{apptest.Branch, "sun", 1}, {apptest.Neighbour, "sun", 0}, {apptest.Member, "sun", 0}, {apptest.Outsider, "sun", 0}, {apptest.Keeper, "wu", 1},
	} {
		if answer := s.Do(t, c.who, http.MethodGet, "/api/people/search?q="+c.q, nil); answer.Count() != c.want {
			t.Errorf("%s looks for %s: Expected %d, got %+v", c.who, c.q, c.want, answer)
		}
	}
	s.Do(t, apptest.Guest, http.MethodGet, "/api/people/search?q=sun", nil).Want(t, 401)
}
