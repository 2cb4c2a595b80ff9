package people_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/tools/filesystem"

	"yaodian/hooks/apptest"
	"yaodian/hooks/documents"
	"yaodian/hooks/people"
)

// Who was given a password may do nothing but change it.
func TestHandedOutPasswordClosesTheRest(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	file, err := filesystem.NewFileFromBytes([]byte("正文"), "a.txt")
	if err != nil {
		t.Fatal(err)
	}
	document := apptest.Make(t, s.App, documents.Documents, map[string]any{
		"title": "办法", "action": "draft", "year": 2026, "state": "planned", "org": "@jd", "file": file,
	})
	oldFiles := s.Do(t, apptest.Clerk, http.MethodPost, "/api/files/token", nil).Text("token")
	live, _ := s.Listen(t, apptest.Clerk, "documents/*")

	clerk := apptest.Person(t, s.App, apptest.Clerk)
	first := s.Do(t, apptest.Keeper, http.MethodPost, "/api/people/"+clerk.Id+"/reset", nil).Text("password")
	s.Do(t, apptest.Clerk, http.MethodGet, "/api/me", nil).Want(t, 401) // the old session is over
	answer := signIn(t, s, apptest.Clerk, first)
	answer.Want(t, 200, `"must_change":true`)
	token := answer.Text("token")

	for _, c := range []struct {
		method, url string
		body        any
	}{
		{"GET", apptest.URL(documents.Documents), nil},
		{"GET", apptest.URL(documents.Documents, document.Id), nil},
		{"PATCH", apptest.URL(documents.Documents, document.Id), map[string]any{"note": "改"}},
		{"POST", apptest.URL(documents.Documents), map[string]any{}},
		{"DELETE", apptest.URL(documents.Documents, document.Id), nil},
		{"GET", apptest.URL(people.People, clerk.Id), nil},
		{"PATCH", apptest.URL(people.People, clerk.Id), map[string]any{"must_change": false}},
		{"POST", "/api/batch", map[string]any{"requests": []any{}}},
		{"GET", "/api/realtime", nil},
		{"POST", "/api/realtime", map[string]any{"clientId": "x", "subscriptions": []string{"documents/*"}}},
		{"POST", "/api/files/token", nil},
		{"GET", "/api/files/documents/" + document.Id + "/" + document.GetString("file"), nil},
		{"POST", "/api/people/" + clerk.Id + "/reset", nil},
		{"POST", "/api/collections/people/request-email-change", map[string]any{"newEmail": "x@example.com"}},
		{"GET", "/api/me/", nil},
		{"GET", "/api/no/such/route", nil},
	} {
		answer := s.Send(t, token, c.method, c.url, c.body)
		if answer.Status != 403 || !answer.Has("people_must_change") {
			t.Errorf("%s %s: Expected 403 people_must_change, got %+v", c.method, c.url, answer)
		}
	}
	s.Send(t, "", http.MethodGet, "/api/files/documents/"+document.Id+"/"+document.GetString("file")+"?token="+oldFiles, nil).Want(t, 404)
	if err := apptest.Save(s.App, document, map[string]any{"note": "他人所改"}); err != nil {
		t.Fatal(err)
	}
	live.Hear(t, 0)

	s.Send(t, token, http.MethodGet, "/api/me", nil).Want(t, 200, `"must_change":true`)
	s.Send(t, token, http.MethodPost, "/api/collections/people/auth-refresh", nil).Want(t, 200, `"token"`)
	done := s.Send(t, token, http.MethodPost, "/api/people/password", map[string]string{"old": first, "new": "Yaodian2027"})
	done.Want(t, 200, `"must_change":false`)
	s.Send(t, token, http.MethodGet, "/api/me", nil).Want(t, 401) // so is the one with the first password
	s.Send(t, done.Text("token"), http.MethodGet, apptest.URL(documents.Documents), nil).Want(t, 200, `"totalItems":1`)
	signIn(t, s, apptest.Clerk, first).Want(t, 400)
	signIn(t, s, apptest.Clerk, "Yaodian2027").Want(t, 200)
}

func TestChangePassword(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	for _, c := range []struct{ name, old, new, field, code string }{
		{"a wrong old one", "wrong", "Yaodian2027", "old", "people_password_wrong"},
		{"none", apptest.Password, "", "new", "people_password_weak"},
		{"a short one", apptest.Password, "abc12", "new", "people_password_weak"},
		{"with the number", apptest.Password, "member2026", "new", "people_password_weak"},
		{"the same", apptest.Password, apptest.Password, "new", "people_password_same"},
		{"too long", apptest.Password, strings.Repeat("a1", 36), "new", "people_password_long"},
	} {
		change(t, s, apptest.Member, c.old, c.new).Want(t, 400, `"`+c.field+`":{"code":"`+c.code+`"`)
	}
	change(t, s, apptest.Guest, apptest.Password, "Yaodian2027").Want(t, 401)
	change(t, s, apptest.Keeper, apptest.Password, "Yaodian2027").Want(t, 403)
	s.Do(t, apptest.Member, http.MethodPost, "/api/people/password", "{").Want(t, 400)

	answer := change(t, s, apptest.Member, apptest.Password, "Yaodian2027")
	answer.Want(t, 200, `"token"`)
	s.Do(t, apptest.Member, http.MethodGet, "/api/me", nil).Want(t, 401)
	s.Send(t, answer.Text("token"), http.MethodGet, "/api/me", nil).Want(t, 200)
	signIn(t, s, apptest.Member, apptest.Password).Want(t, 400)
	signIn(t, s, apptest.Member, "Yaodian2027").Want(t, 200)
}

// A one-time password is handed out by those with "people.edit" over the
// person, and never to open powers that reach further than their own.
func TestWhoResetsPasswords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		who, whom string
		status    int
		text      string
	}{
		{apptest.Guest, apptest.Member, 401, ""},
		{apptest.Outsider, apptest.Member, 404, ""},
		{apptest.Member, apptest.Member, 404, ""},
		{apptest.Neighbour, apptest.Member, 404, ""},
		{apptest.Branch, apptest.Member, 404, ""},
		{apptest.Inspector, apptest.Member, 404, ""},
		{apptest.Deputy, apptest.Member, 404, ""},
		{apptest.Secretary, apptest.Member, 404, ""},
		{apptest.Clerk, apptest.Member, 200, ""},
		{apptest.Clerk, apptest.Secretary, 200, ""},
		{apptest.Clerk, apptest.Outsider, 404, ""},
		{apptest.Clerk, "", 404, ""},
		{apptest.Keeper, apptest.Outsider, 200, ""},
		{apptest.Keeper, apptest.Secretary, 200, ""},
		{"officehead", apptest.Member, 404, ""},
		{"officehead", apptest.Inspector, 403, "people_reset_beyond"},
		{"officehead", apptest.Secretary, 403, "people_reset_beyond"},
		{"officehead", "officehead", 200, ""},
	} {
		t.Run(c.who+" for "+c.whom, func(t *testing.T) {
			t.Parallel()
			s := apptest.NewServer(t)
			officeHead(t, s)
			id := "nosuchperson000"
			if c.whom != "" {
				id = apptest.Person(t, s.App, c.whom).Id
			}
			answer := s.Do(t, c.who, http.MethodPost, "/api/people/"+id+"/reset", nil)
			answer.Want(t, c.status, c.text)
			if c.status != http.StatusOK {
				if answer.Text("password") != "" {
					t.Errorf("got a password: %s", answer.Body)
				}
				return
			}
			password := answer.Text("password")
			if !regexp.MustCompile(`^[abcdefghjkmnpqrstuvwxyz]{6}[2-9]{4}$`).MatchString(password) {
				t.Errorf("Expected a password that is easy to read out, got %q", password)
			}
			signIn(t, s, c.whom, password).Want(t, 200, `"must_change":true`)
		})
	}
}

// officeHead may edit the roster of one office, where officers of the whole
// committee are on the roster, too.
func officeHead(t testing.TB, s *apptest.Server) {
	t.Helper()
	role := apptest.Create(t, s.App, "org_roles", map[string]any{"key": "roster", "name": "名册管理员", "powers": []string{"people.edit"}})
	person := apptest.Make(t, s.App, people.People, map[string]any{
		"number": "officehead", "name": "郑主任", "org": "@djb", "kind": "staff", "state": "active", "password": apptest.Password,
	})
	apptest.Make(t, s.App, "org_posts", map[string]any{"person": person.Id, "role": role.Id, "org": "@djb", "since": "2020-01-01"})
}

// Who resets the password by mail chooses it under the same rules, and then
// needn't change it again. The link works once.
func TestResetByMail(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	member := apptest.Person(t, s.App, apptest.Member)
	if err := apptest.Save(s.App, member, map[string]any{"email": "sun@example.com", "must_change": true}); err != nil {
		t.Fatal(err)
	}
	lock(t, s)
	token, err := apptest.Person(t, s.App, apptest.Member).NewPasswordResetToken()
	if err != nil {
		t.Fatal(err)
	}
	confirm := func(password string) apptest.Answer {
		return s.Do(t, apptest.Guest, http.MethodPost, "/api/collections/people/confirm-password-reset",
			map[string]string{"token": token, "password": password, "passwordConfirm": password})
	}
	confirm("12345678").Want(t, 400, "people_password_weak")
	signIn(t, s, "sun@example.com", "12345678").Want(t, 403, "people_locked")
	confirm("Yaodian2027").Want(t, 204)
	confirm("Yaodian2028").Want(t, 400, "validation_invalid_token")
	signIn(t, s, "sun@example.com", "Yaodian2027").Want(t, 200, `"must_change":false`)
}

// Who isn't active can't sign in by any way, whatever their password.
func TestOnlyTheActiveSignIn(t *testing.T) {
	t.Parallel()
	for _, state := range []string{"suspended", "left", "deceased"} {
		t.Run(state, func(t *testing.T) {
			t.Parallel()
			s := apptest.NewServer(t)
			session := s.Token(t, apptest.Member)
			member := apptest.Person(t, s.App, apptest.Member)
			s.Do(t, apptest.Clerk, http.MethodPatch, apptest.URL(people.People, member.Id), map[string]any{"state": state}).Want(t, 200)
			s.Send(t, session, http.MethodGet, "/api/me", nil).Want(t, 401)
			signIn(t, s, apptest.Member, apptest.Password).Want(t, 403)

			password := s.Do(t, apptest.Clerk, http.MethodPost, "/api/people/"+member.Id+"/reset", nil).Text("password")
			signIn(t, s, apptest.Member, password).Want(t, 403)

			// even a token that was made afterwards, such as by impersonation
			made, err := apptest.Person(t, s.App, apptest.Member).NewAuthToken()
			if err != nil {
				t.Fatal(err)
			}
			s.Send(t, made, http.MethodPost, "/api/collections/people/auth-refresh", nil).Want(t, 403)
		})
	}
}

// Nobody changes the state to "active" twice into an old session: leaving it
// makes a new key each time.
func TestEverySuspensionEndsSessions(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	member := apptest.Person(t, app, apptest.Member)
	keys := map[string]bool{member.TokenKey(): true}
	for _, state := range []string{"suspended", "active", "left", "active"} {
		member = apptest.Person(t, app, apptest.Member)
		member.Set("state", state)
		if err := app.SaveNoValidate(member); err != nil {
			t.Fatal(err)
		}
		keys[apptest.Person(t, app, apptest.Member).TokenKey()] = true
	}
	if len(keys) != 3 {
		t.Errorf("Expected 3 keys, got %d", len(keys))
	}
}
