package dues_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"yaodian/hooks/apptest"
	"yaodian/hooks/dues/assess"
)

// R-DUES-14: wages are open to their owner, who assesses and who reviews, by no
// way to anybody else.
func TestR_DUES_14_Wages(t *testing.T) {
	t.Parallel()
	s := served(t)
	app := s.App
	bill(t, app, "2026-05", "2026-05")
	base := apptest.First(t, app, assess.Bases, "base", "750000")
	for who, want := range map[string]int{
		apptest.Guest: 404, apptest.Outsider: 404, apptest.Neighbour: 404, Accountant: 404, Cashier: 404, apptest.Secretary: 404, apptest.Inspector: 404,
		apptest.Member: 200, Assessor: 200, apptest.Branch: 200, Organizer: 200,
	} {
		if got := get(t, s, who, apptest.URL(assess.Bases, base.Id)).Status; got != want {
			t.Errorf("%s: Expected %d, got %d", who, want, got)
		}
		if want == 200 {
			continue
		}
		for _, url := range []string{
			apptest.URL(assess.Bases), apptest.URL("dues_entries") + "?perPage=100", apptest.URL("people") + "?expand=dues_bases_via_person,dues_entries_via_person",
			"/api/dues/mine?person=" + id(t, app, apptest.Member), "/api/dues/grid?org=" + apptest.Unit(t, app, "zb1").Id, apptest.URL("audit_entries") + "?perPage=500",
		} {
			if a := get(t, s, who, url); a.Has("750000") || a.Has("7500.00") {
				t.Errorf("%s reads the wage at %s: %s", who, url, a.Short())
			}
		}
		for _, probe := range []string{"explain~'7500'", "person.dues_bases_via_person.base?=750000"} {
			if a := get(t, s, who, apptest.URL("dues_entries")+"?filter="+strings.NewReplacer("~", "%7E", "'", "%27", "=", "%3D").Replace(probe)); a.Count() > 0 {
				t.Errorf("%s finds it out by %s: %s", who, probe, a.Short())
			}
		}
	}
	if a := get(t, s, apptest.Member, "/api/dues/mine"); !a.Has("7500.00") {
		t.Error("the owner reads no explanation:", a.Short())
	}
	if a := get(t, s, apptest.Secretary, "/api/dues/mine?person="+id(t, app, apptest.Member)); a.Status != 200 || !a.Has("11250") {
		t.Error("an officer doesn't read the amount:", a.Short())
	}
	for who, want := range map[string]int{Accountant: 0, apptest.Secretary: 0, Assessor: 2} {
		a := s.Do(t, who, http.MethodPost, "/api/exchange/exports", map[string]any{"collection": assess.Bases, "format": "csv"})
		if rows := fmt.Sprintf(`"rows":%d,`, want); a.Status >= 400 || !a.Has(rows) {
			t.Errorf("%s exports: Expected %s, got %d %s", who, rows, a.Status, a.Short())
		}
	}
	page, a := s.Listen(t, Accountant, "dues_bases/*")
	if a.Status != http.StatusNoContent {
		t.Fatal(a)
	}
	own, _ := s.Listen(t, apptest.Member, "dues_bases/*")
	settle(t, app, apptest.Member, "2026-06", 9999_00)
	own.Hear(t, 1)
	for _, message := range page.Drain() {
		if strings.Contains(message, "999900") {
			t.Error("heard over realtime:", message)
		}
	}
	if a := s.Do(t, apptest.Branch, http.MethodGet, apptest.URL("audit_entries")+"?perPage=500&filter=collection%3D%27dues_bases%27", nil); a.Count() == 0 || a.Has("999900") {
		t.Error("the trail holds the wage, or nothing:", a.Short())
	}
}
