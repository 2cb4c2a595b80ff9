package dues_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/apptest"
	"yaodian/hooks/dues/assess"
	"yaodian/hooks/dues/charge"
	"yaodian/hooks/dues/rate"
)

// What a page asks for is answered to whom it concerns.
func TestRoutes(t *testing.T) {
	t.Parallel()
	s := served(t)
	app := s.App
	bill(t, app, "2026-04", "2026-06")
	pays(t, app, apptest.Member, 112_50, "2026-04", "2026-04")
	zb1 := apptest.Unit(t, app, "zb1").Id
	for url, c := range map[string]struct {
		may, not []string
		has      string
	}{
		"/api/dues/quote?category=wage_monthly&base=5321.37&month=2022-03":     {[]string{apptest.Member, apptest.Outsider}, []string{apptest.Guest}, `"due_yuan":"79.82"`},
		"/api/dues/grid?org=" + zb1 + "&year=2026":                             {[]string{Assessor, apptest.Branch, apptest.Secretary, Cashier}, []string{apptest.Guest, apptest.Member, apptest.Neighbour, apptest.Outsider}, `"2026-04":{"month":"2026-04","charged":11250,"paid":11250,"waived":0,"remaining":0}`},
		"/api/dues/arrears?org=" + zb1:                                         {[]string{Assessor, apptest.Branch, Organizer, Accountant}, []string{apptest.Member, apptest.Secretary, Cashier, apptest.Neighbour}, `"since":"2026-05","months":1,"owed":11250`},
		"/api/dues/summary?org=" + zb1 + "&year=2026":                          {[]string{Assessor, apptest.Secretary}, []string{apptest.Member, apptest.Neighbour}, `"key":"2026-04","month":"","charged":12870,"paid":11250`},
		"/api/dues/closing?org=" + zb1 + "&month=2026-05":                      {[]string{Assessor, Organizer}, []string{apptest.Member, apptest.Neighbour}, `"count":{"people":0`},
		"/api/dues/book?org=" + zb1:                                            {[]string{Accountant, apptest.Branch}, []string{apptest.Member, Assessor, apptest.Secretary, apptest.Neighbour}, `"paid":11250`},
		"/api/dues/disclosure?org=" + zb1 + "&period=2026-Q2&audience=members": {[]string{Assessor}, []string{apptest.Member, apptest.Neighbour}, "孙党员"},
		"/api/dues/mine?person=" + id(t, app, apptest.Branch):                  {[]string{apptest.Branch, Assessor, apptest.Secretary}, []string{apptest.Member, apptest.Neighbour}, `"balance":4800`},
		"/api/dues/unassessed?year=2026":                                       {[]string{apptest.Member, Assessor}, []string{apptest.Guest}, `"items":[]`},
	} {
		for _, who := range c.may {
			a := get(t, s, who, url)
			if a.Status != 200 || !a.Has(c.has) {
				t.Errorf("%s at %s: Expected %s, got %d %s", who, url, c.has, a.Status, a.Short())
			}
		}
		for _, who := range c.not {
			if a := get(t, s, who, url); a.Status < 400 {
				t.Errorf("%s reads %s: %s", who, url, a.Short())
			}
		}
	}
	for _, url := range []string{"/api/dues/quote?category=rich", "/api/dues/quote?category=student&month=2026-13", "/api/dues/closing?org=" + zb1 + "&month=x", "/api/dues/disclosure?org=" + zb1 + "&period=2026-Q5", "/api/dues/unassessed?year=x"} {
		if a := get(t, s, Organizer, url); a.Status != 400 || !a.Has("。") {
			t.Errorf("%s: %d %s", url, a.Status, a.Short())
		}
	}
	page := struct {
		Items []struct{ Person, Name string }
		Next  string
	}{}
	seen, last := map[string]bool{}, ""
	for after := ""; ; after = page.Next {
		a := get(t, s, Organizer, "/api/dues/grid?limit=2&org="+apptest.Unit(t, app, "jd").Id+"&after="+after)
		if err := json.Unmarshal([]byte(a.Body), &page); err != nil {
			t.Fatal(err)
		}
		for _, m := range page.Items {
			if seen[m.Person] {
				t.Error("twice on the pages:", m.Person)
			}
			if pinyin := apptest.First(t, app, "people", "id", m.Person).GetString("pinyin"); pinyin < last {
				t.Errorf("%s comes after %s", m.Name, last)
			} else {
				last = pinyin
			}
			seen[m.Person] = true
		}
		if page.Next == "" {
			break
		}
	}
	if len(seen) != 11 {
		t.Errorf("Expected 11 members on the pages, got %d", len(seen))
	}
}

// The detail of a hardship is opened for a reason, with a trace, and shows
// nowhere else.
func TestWaiverDetail(t *testing.T) {
	t.Parallel()
	s := served(t)
	a := s.Do(t, apptest.Member, http.MethodPost, apptest.URL(assess.Waivers), map[string]any{
		"person": id(t, s.App, apptest.Member), "reason": "illness", "detail": "化疗第三期", "amount": 0, "since": "2026-06", "until": "2026-12",
	})
	a.Want(t, 200)
	if a.Has("化疗") {
		t.Error(a.Short())
	}
	url := "/api/dues/waivers/" + a.Text("id") + "/detail"
	for _, who := range []string{apptest.Guest, apptest.Neighbour, apptest.Secretary, Accountant} {
		if a := s.Do(t, who, http.MethodPost, url, map[string]any{"reason": "看看"}); a.Status < 400 {
			t.Errorf("%s reads it: %s", who, a.Short())
		}
	}
	s.Do(t, apptest.Branch, http.MethodPost, url, map[string]any{"reason": ""}).Want(t, 400, "dues_detail_reason")
	s.Do(t, apptest.Branch, http.MethodPost, url, map[string]any{"reason": "研究减免"}).Want(t, 200, "化疗第三期")
	s.Do(t, apptest.Member, http.MethodPost, url, map[string]any{}).Want(t, 200, "化疗第三期")
	trail := get(t, s, apptest.Branch, apptest.URL("audit_entries")+"?perPage=500")
	if !trail.Has("研究减免") || trail.Has("化疗") {
		t.Error(trail.Short())
	}
	s.Do(t, apptest.Branch, http.MethodPatch, apptest.URL(assess.Waivers, a.Text("id")), map[string]any{"state": "pending"}).Want(t, 200, `"state":"pending"`)
}

func draftSet(t testing.TB, app core.App, no, effective string, change func(*rate.Set)) *core.Record {
	t.Helper()
	set := rate.National()[2]
	if change != nil {
		change(&set)
	}
	return apptest.Make(t, app, assess.Rates, map[string]any{
		"no": no, "title": "省委实施办法", "document": "省委组〔2026〕9号", "effective": effective, "state": "draft", "cap": int64(set.Cap), "unit": int64(set.Unit), "scales": set.Scales,
	})
}

// A set of rates takes effect by who keeps them, complete and sound; what has
// been billed keeps its set.
func TestRates(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	bill(t, app, "2026-05", "2026-05")
	student := func(fixed rate.Fen) func(*rate.Set) {
		return func(s *rate.Set) { s.Scales[rate.Student] = rate.Scale{Fixed: fixed} }
	}
	set := draftSet(t, app, "2026", "2026-05", student(100))
	apptest.Refused(t, "by the accountant", act(app, t, Accountant, set, map[string]any{"state": "active"}), "dues_rates_keeper")
	apptest.Refused(t, "by nobody", apptest.Save(app, set, map[string]any{"state": "active"}), "org_signer_missing")
	broken := draftSet(t, app, "2026b", "2026-06", func(s *rate.Set) { delete(s.Scales, rate.Farmer) })
	apptest.Refused(t, "incomplete", act(app, t, Organizer, broken, map[string]any{"state": "active"}), "dues_rates_unsound")
	apptest.Refused(t, "without a document", act(app, t, Organizer, set, map[string]any{"state": "active", "document": ""}), "dues_rates_needs")
	apptest.Refused(t, "misspelt", act(app, t, Organizer, set, map[string]any{"scales": map[string]any{"student": map[string]any{"fixd": 1}}}), "dues_rates_unreadable")
	apptest.Refused(t, "activated", act(app, t, Organizer, set, map[string]any{"state": "active"}), "")
	apptest.Refused(t, "changed", act(app, t, Organizer, set, map[string]any{"cap": 1}), "dues_rates_filed")
	same := draftSet(t, app, "2026c", "2026-05", nil)
	apptest.Refused(t, "from the same month", act(app, t, Organizer, same, map[string]any{"state": "active"}), "dues_rates_twice")
	bill(t, app, "2026-05", "2026-06")
	for m, want := range map[string]rate.Fen{"2026-05": 20, "2026-06": 100} {
		if got := month(t, app, Assessor, m).Charged; got != want {
			t.Errorf("%s: Expected %s, got %s", m, want, got)
		}
	}
	apptest.Refused(t, "void", act(app, t, Organizer, set, map[string]any{"state": "void"}), "")
	apptest.Refused(t, "active again", act(app, t, Organizer, set, map[string]any{"state": "active"}), "dues_rates_move")
	settle(t, app, apptest.Member, "2026-06", 12000_00)
	if got := month(t, app, apptest.Member, "2026-06").Charged; got != 240_00 {
		t.Errorf("a month billed by a set that is void: %s", got)
	}
	whole(t, app)
}

// The seed of the migration is the program's own list.
func TestSeededRatesAreNational(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	sets, err := charge.LoadSets(app.DB())
	if err != nil {
		t.Fatal(err)
	}
	want, _ := json.Marshal(rate.National())
	got, _ := json.Marshal(sets.Active)
	if string(want) != string(got) {
		t.Errorf("Expected %s, got %s", want, got)
	}
}

// Trying a set writes nothing, names people only to who assesses them, and shows
// no number of fewer than five.
func TestSandbox(t *testing.T) {
	t.Parallel()
	s := served(t)
	app := s.App
	for i := range 6 {
		number := "student" + string(rune('a'+i))
		apptest.Make(t, app, "people", map[string]any{"number": number, "name": "学生", "org": "@zb2", "kind": "member", "state": "active", "password": apptest.Password, "status_since": "2020-01-01"})
		categorize(t, app, number, rate.Student, "2026-01")
	}
	set := draftSet(t, app, "2026", "2026-06", func(s *rate.Set) { s.Scales[rate.Student] = rate.Scale{Fixed: 50} })
	url := "/api/dues/rates/" + set.Id + "/sandbox?month=2026-06"
	before := counts(t, app)
	for who, want := range map[string]int{apptest.Guest: 401, apptest.Member: 403, Accountant: 403, Assessor: 403, Organizer: 200, apptest.Keeper: 200} {
		if a := s.Do(t, who, http.MethodPost, url, nil); a.Status != want {
			t.Errorf("%s: Expected %d, got %d %s", who, want, a.Status, a.Short())
		}
	}
	a := s.Do(t, Organizer, http.MethodPost, url, nil)
	effect := charge.Effect{}
	if err := json.Unmarshal([]byte(a.Body), &effect); err != nil {
		t.Fatal(err)
	}
	if effect.Affected != 7 || effect.Change != 7*30 || len(effect.Persons) != 0 || len(effect.Units) != 2 || effect.Units[0].Affected != nil || effect.Units[1].Affected != nil {
		t.Errorf("one small cell hides another: %s", a.Body)
	}
	if after := counts(t, app); !slices.Equal(before, after) {
		t.Errorf("something was written: %v, %v", before, after)
	}
	s.Do(t, Organizer, http.MethodPost, strings.Replace(url, "2026-06", "x", 1), nil).Want(t, 400, "dues_month_unreal")
}

func counts(t testing.TB, app core.App) []int64 {
	t.Helper()
	var out []int64
	for _, c := range []string{"dues_entries", "dues_rates", "dues_bases", "dues_profiles"} {
		n, err := app.CountRecords(c)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, n)
	}
	return out
}
