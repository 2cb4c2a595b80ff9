package people_test

import (
	"net/http"
	"testing"

	"yaodian/hooks/apptest"
	"yaodian/hooks/people"
)

// People of one name and date of birth are reported to who keeps the roster,
// within what they keep; two who have an identity number each are two people, and
// one who was put aside is reported no longer.
func TestTwins(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	person := func(unit, number, birth, idno string) string {
		return apptest.Make(t, s.App, people.People, map[string]any{
			"name": "吴同名", "kind": "staff", "state": "active", "password": "Chushi2026", "org": "@" + unit, "number": number, "birth_date": birth, "id_no": idno,
		}).Id
	}
	first, second := person("zb1", "t1", "1970-03-05", ""), person("zb1", "t2", "1970-03-05", "")
	other := person("zb2", "t3", "1970-03-05", "")
	person("zb1", "t4", "1971-03-05", "")
	ask := func(who, query string) apptest.Answer {
		return s.Do(t, who, http.MethodGet, "/api/people/twins"+query, nil)
	}
	all := ask(apptest.Clerk, "")
	all.Want(t, 200, first, second, other, `"name":"吴同名"`)
	if all.Has("1970") || all.Has("t4") {
		t.Errorf("too much is told: %s", all.Short())
	}
	ask(apptest.Guest, "").Want(t, 401)
	for _, who := range []string{apptest.Outsider, apptest.Member, apptest.Inspector} {
		ask(who, "").Want(t, 200, `"groups":[]`)
	}
	if branch := ask(apptest.Branch, ""); branch.Has(other) {
		t.Errorf("of another branch: %s", branch.Short())
	}
	twins := func() [][]people.Twin {
		t.Helper()
		groups, err := people.Twins(s.App, apptest.Person(t, s.App, apptest.Clerk).Id, apptest.Today)
		if err != nil {
			t.Fatal(err)
		}
		return groups
	}
	if groups := twins(); len(groups) != 1 || len(groups[0]) != 3 {
		t.Errorf("got %v", groups)
	}
	for number, idno := range map[string]string{"t1": "110105197003050017", "t2": "110105197003050033"} {
		if err := apptest.Save(s.App, apptest.Person(t, s.App, number), map[string]any{"id_no": idno}); err != nil {
			t.Fatal(number, err)
		}
	}
	if groups := twins(); len(groups) != 1 || len(groups[0]) != 3 { // the third may be either
		t.Errorf("got %v", groups)
	}
	if err := apptest.Save(s.App, apptest.Person(t, s.App, "t3"), map[string]any{"state": "suspended", "status_reason": "重复登记"}); err != nil {
		t.Fatal(err)
	}
	if groups := twins(); len(groups) != 0 {
		t.Errorf("two numbers are two people: %v", groups)
	}
}
