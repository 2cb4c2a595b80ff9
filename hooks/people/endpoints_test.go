package people_test

import (
	"net/http"
	"strings"
	"testing"

	"yaodian/hooks/apptest"
	"yaodian/hooks/people"
)

const authURL = "/api/collections/people/"

// PocketBase's own ways around a password are closed or tell nothing.
func TestBuiltInEndpoints(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	if err := apptest.Save(s.App, apptest.Person(t, s.App, apptest.Branch), map[string]any{"email": "zhao@example.com"}); err != nil {
		t.Fatal(err)
	}
	id := apptest.Person(t, s.App, apptest.Branch).Id
	for i, c := range []struct {
		who, path string
		body      any
		status    int
	}{
		// only superusers act as somebody else
		{apptest.Guest, "impersonate/" + id, map[string]any{"duration": 60}, 401},
		{apptest.Member, "impersonate/" + id, map[string]any{"duration": 60}, 403},
		{apptest.Clerk, "impersonate/" + id, map[string]any{"duration": 60}, 403},
		{apptest.Secretary, "impersonate/" + id, map[string]any{"duration": 60}, 403},
		// mail is answered alike whether the address is known or not
		{apptest.Guest, "request-password-reset", map[string]any{"email": "zhao@example.com"}, 204},
		{apptest.Guest, "request-password-reset", map[string]any{"email": "nosuch@example.com"}, 204},
		{apptest.Guest, "request-verification", map[string]any{"email": "zhao@example.com"}, 204},
		{apptest.Guest, "request-verification", map[string]any{"email": "nosuch@example.com"}, 204},
		{apptest.Guest, "confirm-verification", map[string]any{"token": "x"}, 400},
		{apptest.Guest, "confirm-password-reset", map[string]any{"token": "x", "password": "Yaodian2027", "passwordConfirm": "Yaodian2027"}, 400},
		// one's own address is corrected by the system keeper
		{apptest.Guest, "request-email-change", map[string]any{"newEmail": "new@example.com"}, 401},
		{apptest.Member, "request-email-change", map[string]any{"newEmail": "zhao@example.com"}, 403},
		{apptest.Member, "request-email-change", map[string]any{"newEmail": "new@example.com"}, 403},
		{apptest.Guest, "confirm-email-change", map[string]any{"token": "x", "password": apptest.Password}, 400},
		// no other way in
		{apptest.Guest, "request-otp", map[string]any{"email": "zhao@example.com"}, 403},
		{apptest.Guest, "auth-with-otp", map[string]any{"otpId": "x", "password": "1"}, 403},
		{apptest.Guest, "auth-with-oauth2", map[string]any{"provider": "google", "code": "x", "redirectURL": "https://example.com"}, 403},
		{apptest.Guest, "auth-refresh", nil, 401},
	} {
		answer := s.Do(t, c.who, http.MethodPost, authURL+c.path, c.body)
		if answer.Status != c.status {
			t.Errorf("%d %s as %q: Expected %d, got %+v", i, c.path, c.who, c.status, answer)
		}
		if answer.Has(id) || answer.Has("zhao@example.com") || answer.Has("赵支书") {
			t.Errorf("%d %s as %q tells: %s", i, c.path, c.who, answer.Body)
		}
	}
	methods := s.Do(t, apptest.Guest, http.MethodGet, authURL+"auth-methods", nil)
	methods.Want(t, 200, `"identityFields":["number","mobile","email"]`, `"otp":{"enabled":false`, `"providers":[]`)
}

// Nobody but superusers reads what PocketBase keeps for itself.
func TestSystemCollectionsAreClosed(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	for _, url := range []string{
		apptest.URL("_superusers"), "/api/settings", "/api/collections", "/api/collections/people", "/api/logs", "/api/backups", "/api/crons", "/api/sql",
	} {
		for _, who := range []string{apptest.Guest, apptest.Member, apptest.Clerk, apptest.Secretary} {
			method := http.MethodGet
			if url == "/api/sql" {
				method = http.MethodPost
			}
			if answer := s.Do(t, who, method, url, nil); answer.Status != 401 && answer.Status != 403 {
				t.Errorf("%s as %q: Expected 401 or 403, got %+v", url, who, answer)
			}
		}
	}
	for _, system := range []string{"_externalAuths", "_authOrigins", "_mfas", "_otps"} {
		for _, who := range []string{apptest.Guest, apptest.Member, apptest.Clerk} {
			s.Do(t, who, http.MethodGet, apptest.URL(system), nil).Want(t, 200, `"totalItems":0`)
		}
	}
}

// Everybody learns about themselves from /api/me, and only that.
func TestMe(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	s.Do(t, apptest.Guest, http.MethodGet, "/api/me", nil).Want(t, 401)
	s.Do(t, apptest.Keeper, http.MethodGet, "/api/me", nil).Want(t, 403)
	me := s.Do(t, apptest.Member, http.MethodGet, "/api/me", nil)
	me.Want(t, 200, `"number":"member"`, `"path":"/jd/zb1/"`, `"powers":{}`, `"posts":[]`, `"today":"2026-06-10"`)
	for _, secret := range []string{"belong", "tokenKey", "password", "locked_until", "failed"} {
		if me.Has(secret) {
			t.Errorf("/api/me holds %s: %s", secret, me.Body)
		}
	}
	s.Do(t, apptest.Branch, http.MethodGet, "/api/me", nil).Want(t, 200,
		`"plan.submit":[{"lo":"/jd/zb1/","hi":"/jd/zb10"`, `"name":"东风社区党支部"`, `"role":"branch_secretary"`)
}

// The schema of sign-in is as this package expects it.
func TestSignInOptions(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	c, err := app.FindCollectionByNameOrId(people.People)
	if err != nil {
		t.Fatal(err)
	}
	if c.OTP.Enabled || c.OAuth2.Enabled || c.MFA.Enabled || c.ManageRule != nil || c.DeleteRule != nil || *c.AuthRule != `state = "active" && kind != "service"` {
		t.Errorf("another way in is open: %+v", c)
	}
}

// Whoever keeps a roster learns how many belong to each organization of it,
// and nothing of the others; a member learns of none.
func TestCounts(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	zb1, zb2 := apptest.Unit(t, s.App, "zb1").Id, apptest.Unit(t, s.App, "zb2").Id
	if err := apptest.Save(s.App, apptest.Person(t, s.App, apptest.Neighbour), map[string]any{"state": "suspended"}); err != nil {
		t.Fatal(err)
	}
	const url = "/api/people/counts"
	s.Do(t, apptest.Guest, http.MethodGet, url, nil).Want(t, 401)
	if got := s.Do(t, apptest.Member, http.MethodGet, url, nil).Body; strings.TrimSpace(got) != "{}" {
		t.Errorf("a member counts %s", got)
	}
	if got := s.Do(t, apptest.Branch, http.MethodGet, url, nil).Body; strings.TrimSpace(got) != `{"`+zb1+`":2}` {
		t.Errorf("a branch secretary counts %s", got)
	}
	clerk := s.Do(t, apptest.Clerk, http.MethodGet, url, nil)
	clerk.Want(t, 200, `"`+zb1+`":2`, `"`+apptest.Unit(t, s.App, "djb").Id+`":4`)
	if clerk.Has(zb2) || clerk.Has(apptest.Unit(t, s.App, "wzb").Id) {
		t.Errorf("the suspended and strangers are counted: %s", clerk.Body)
	}
}
