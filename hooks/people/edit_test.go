package people_test

import (
	"fmt"
	"net/http"
	"testing"

	"yaodian/hooks/apptest"
	"yaodian/hooks/people"
)

// Nobody is deleted: not by officers, not by superusers, not by clearing the
// collection, not together with their organization.
func TestPeopleArePermanent(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	member := apptest.Person(t, s.App, apptest.Member)
	apptest.Refused(t, "from Go", s.App.Delete(member), "people_permanent")
	s.Do(t, apptest.Keeper, http.MethodDelete, urlOf(t, s, apptest.Member), nil).Want(t, 403, "people_permanent")
	s.Do(t, apptest.Keeper, http.MethodDelete, "/api/collections/people/truncate", nil).Want(t, 400)
	for _, who := range []string{apptest.Member, apptest.Clerk, apptest.Secretary} {
		s.Do(t, who, http.MethodDelete, urlOf(t, s, apptest.Member), nil).Want(t, 403)
	}
	if err := s.App.Delete(apptest.Unit(t, s.App, "wzb")); err == nil {
		t.Error("deleted a branch that somebody belongs to")
	}
	if n, err := s.App.CountRecords(people.People); err != nil || n != 8 {
		t.Errorf("Expected 8 people, got %d (%v)", n, err)
	}
}

// Signing up is closed, and an officer enters people only where they keep the
// roster.
func TestWhoEntersPeople(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	entry := func(number, unit string) map[string]any {
		return apptest.Named(t, s.App, map[string]any{"number": number, "name": "李新人", "org": "@" + unit, "kind": "applicant", "state": "active"})
	}
	with := func(data map[string]any, field string, value any) map[string]any {
		data[field] = value
		return data
	}
	password := map[string]any{"password": "Chushi2026", "passwordConfirm": "Chushi2026"}
	for i, c := range []struct {
		name, who string
		data      map[string]any
		status    int
		text      string
	}{
		{"a guest signs up", apptest.Guest, with(with(entry("g1", "zb1"), "password", "Chushi2026"), "passwordConfirm", "Chushi2026"), 400, ""},
		{"a member", apptest.Member, entry("m1", "zb1"), 400, ""},
		{"who only reads the roster", apptest.Branch, entry("b1", "zb1"), 400, ""},
		{"the clerk, in another committee", apptest.Clerk, entry("c1", "wzb"), 400, ""},
		{"the clerk, in two organizations", apptest.Clerk, with(entry("c2", "zb1"), "org", []string{unit(t, s, "zb1"), unit(t, s, "wzb")}), 400, ""},
		{"the clerk, verified", apptest.Clerk, with(entry("c3", "zb1"), "verified", true), 400, "verified"},
		{"the clerk, without a forced change", apptest.Clerk, with(entry("c4", "zb1"), "must_change", false), 400, ""},
		{"the clerk, without an organization", apptest.Clerk, with(entry("c5", "zb1"), "org", ""), 400, ""},
		{"a number that is taken", apptest.Clerk, entry(apptest.Member, "zb1"), 400, "validation_not_unique"},
		{"a weak password", apptest.Clerk, merge(entry("c6", "zb1"), map[string]any{"password": "12345678", "passwordConfirm": "12345678"}), 400, "people_password_weak"},
		{"the clerk", apptest.Clerk, entry("c7", "zb1"), 200, `"must_change":true`},
		{"the clerk, with a password", apptest.Clerk, merge(entry("c8", "zb1"), password), 200, `"must_change":true`},
		{"a superuser", apptest.Keeper, with(merge(entry("k1", "zb1"), password), "must_change", false), 200, `"must_change":true`},
	} {
		answer := s.Do(t, c.who, http.MethodPost, apptest.URL(people.People), c.data)
		if answer.Status != c.status || !answer.Has(c.text) {
			t.Errorf("%d %s: Expected %d %s, got %+v", i, c.name, c.status, c.text, answer)
		}
	}
	signIn(t, s, "c7", "").Want(t, 400)
	signIn(t, s, "c8", "Chushi2026").Want(t, 200)
}

// Members don't change themselves; officers correct what is theirs to correct.
func TestWhatOfficersCannotChange(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	first := apptest.Person(t, s.App, apptest.Branch)
	first.Set("must_change", true)
	if err := s.App.Save(first); err != nil {
		t.Fatal(err)
	}
	zb1, zb2, wzb := unit(t, s, "zb1"), unit(t, s, "zb2"), unit(t, s, "wzb")
	for i, c := range []struct {
		who, whom string
		change    any
		status    int
	}{
		{apptest.Member, apptest.Member, map[string]any{"name": "改名"}, 404},
		{apptest.Member, apptest.Member, map[string]any{"mobile": "13800138000"}, 404},
		{apptest.Member, apptest.Member, map[string]any{"password": "Yaodian2027", "passwordConfirm": "Yaodian2027", "oldPassword": apptest.Password}, 404},
		{apptest.Clerk, apptest.Member, map[string]any{"password": "Yaodian2027", "passwordConfirm": "Yaodian2027", "oldPassword": apptest.Password}, 404},
		{apptest.Clerk, apptest.Clerk, map[string]any{"password": "Yaodian2027", "passwordConfirm": "Yaodian2027", "oldPassword": apptest.Password}, 404},
		{apptest.Clerk, apptest.Member, map[string]any{"password": ""}, 404},
		{apptest.Clerk, apptest.Member, map[string]any{"verified": true}, 404},
		{apptest.Clerk, apptest.Member, map[string]any{"email": "mine@example.com"}, 400},
		{apptest.Clerk, apptest.Member, map[string]any{"must_change": true}, 404},
		{apptest.Clerk, apptest.Outsider, map[string]any{"name": "改名"}, 404},
		// a forced change isn't taken back, however it is written
		{apptest.Clerk, apptest.Branch, map[string]any{"must_change": false}, 404},
		{apptest.Clerk, apptest.Branch, map[string]any{"must_change": "false"}, 404},
		{apptest.Clerk, apptest.Branch, map[string]any{"must_change": nil}, 404},
		{apptest.Clerk, apptest.Branch, map[string]any{"must_change": ""}, 404},
		{apptest.Clerk, apptest.Branch, map[string]any{"must_change": 0}, 404},
		{apptest.Clerk, apptest.Branch, map[string]any{"must_change": []any{}}, 404},
		{apptest.Keeper, apptest.Branch, map[string]any{"must_change": false}, 400},
		// nobody is moved out of reach, however it is written
		{apptest.Clerk, apptest.Member, map[string]any{"org": wzb}, 404},
		{apptest.Clerk, apptest.Member, map[string]any{"org+": wzb}, 404},
		{apptest.Clerk, apptest.Member, map[string]any{"org": []string{zb2, wzb}}, 404},
		{apptest.Clerk, apptest.Member, map[string]any{"org": []string{zb1, wzb}}, 404},
		{apptest.Clerk, apptest.Member, map[string]any{"org": fmt.Sprintf("[%q,%q]", zb2, wzb)}, 404},
		{apptest.Clerk, apptest.Member, map[string]any{"org": []string{wzb}}, 404},
		{apptest.Clerk, apptest.Member, map[string]any{"org": ""}, 404},
		{apptest.Clerk, apptest.Member, map[string]any{"org": "nosuchunit00000"}, 404},
		{apptest.Clerk, apptest.Outsider, map[string]any{"org": zb1}, 404},
		// what they may
		{apptest.Clerk, apptest.Member, map[string]any{"org": zb1, "name": "孙党员"}, 200},
		{apptest.Clerk, apptest.Member, map[string]any{"must_change": false, "verified": false}, 200},
		{apptest.Clerk, apptest.Member, map[string]any{"mobile": "13800138000", "state": "active"}, 200},
		{apptest.Clerk, apptest.Member, map[string]any{"org": zb2}, 200},
		{apptest.Clerk, apptest.Member, map[string]any{"org": []string{wzb, zb1}}, 200}, // the last one counts
	} {
		before := apptest.Person(t, s.App, c.whom)
		answer := s.Do(t, c.who, http.MethodPatch, urlOf(t, s, c.whom), c.change)
		if answer.Status != c.status {
			t.Errorf("%d %s changes %s by %v: Expected %d, got %+v", i, c.who, c.whom, c.change, c.status, answer)
		}
		if after := apptest.Person(t, s.App, c.whom); c.status != 200 && (after.GetString("org") != before.GetString("org") ||
			after.GetString("org_path") != before.GetString("org_path") || after.GetString("password:hash") != before.GetString("password:hash") ||
			after.GetBool("must_change") != before.GetBool("must_change") || after.Email() != before.Email()) {
			t.Errorf("%d %v: was refused and yet changed", i, c.change)
		}
	}
}

// Hidden fields that a client sends are dropped, not stored.
func TestLocksAreNotSent(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	lock(t, s)
	s.Do(t, apptest.Clerk, http.MethodPatch, urlOf(t, s, apptest.Member), map[string]any{"failed": 0, "locked_until": ""}).Want(t, 200)
	signIn(t, s, apptest.Member, apptest.Password).Want(t, 403, "people_locked")
}

// A record that was loaded before a reset or a suspension doesn't bring back
// the password, the session or the missing duty to change it.
func TestStaleRecordBringsNothingBack(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	session := s.Token(t, apptest.Member)
	stale := apptest.Person(t, s.App, apptest.Member)

	password := s.Do(t, apptest.Clerk, http.MethodPost, "/api/people/"+stale.Id+"/reset", nil).Text("password")
	if err := apptest.Save(s.App, stale, map[string]any{"title": "楼长"}); err != nil {
		t.Fatal(err)
	}
	s.Send(t, session, http.MethodGet, "/api/me", nil).Want(t, 401)
	signIn(t, s, apptest.Member, apptest.Password).Want(t, 400)
	signIn(t, s, apptest.Member, password).Want(t, 200, `"must_change":true`)

	stale = apptest.Person(t, s.App, apptest.Branch)
	session = s.Token(t, apptest.Branch)
	if err := apptest.Save(s.App, apptest.Person(t, s.App, apptest.Branch), map[string]any{"state": "suspended"}); err != nil {
		t.Fatal(err)
	}
	if err := apptest.Save(s.App, stale, map[string]any{"title": "支书"}); err != nil {
		t.Fatal(err)
	}
	s.Send(t, session, http.MethodGet, "/api/me", nil).Want(t, 401)

	stale = apptest.Person(t, s.App, apptest.Deputy)
	for range people.MaxFailures {
		signIn(t, s, apptest.Deputy, "wrong")
	}
	if err := apptest.Save(s.App, stale, map[string]any{"title": "副书记"}); err != nil {
		t.Fatal(err)
	}
	signIn(t, s, apptest.Deputy, apptest.Password).Want(t, 403, "people_locked")
}

// A password that a superuser sets was handed out, too.
func TestPasswordBySuperuser(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	set := func(password string) apptest.Answer {
		return s.Do(t, apptest.Keeper, http.MethodPatch, urlOf(t, s, apptest.Member), map[string]any{"password": password, "passwordConfirm": password})
	}
	set("12345678").Want(t, 400, "people_password_weak")
	set("member2026").Want(t, 400, "people_password_weak")
	set("Linshi2026").Want(t, 200, `"must_change":true`)
	signIn(t, s, apptest.Member, "Linshi2026").Want(t, 200, `"must_change":true`)

	person := apptest.Person(t, s.App, apptest.Branch)
	person.SetPassword("12345678")
	apptest.Refused(t, "without validation", s.App.SaveNoValidate(person), "people_password_weak")
}

func unit(t testing.TB, s *apptest.Server, code string) string {
	t.Helper()
	return apptest.Unit(t, s.App, code).Id
}

func merge(a, b map[string]any) map[string]any {
	for k, v := range b {
		a[k] = v
	}
	return a
}
