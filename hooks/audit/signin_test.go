package audit_test

import (
	"net/http"
	"testing"
	"time"

	"yaodian/hooks/apptest"
	"yaodian/hooks/audit"
	"yaodian/hooks/kit"
)

const signIn = "/api/collections/people/auth-with-password"

// Who comes in leaves an entry for themselves and the system keeper, not for
// their secretary; a refreshed session leaves none.
func TestSignIn(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	member := apptest.Person(t, s.App, apptest.Member)
	if _, err := s.App.DB().NewQuery("UPDATE people SET must_change = false").Execute(); err != nil {
		t.Fatal(err)
	}
	read := trail(t, s.App)
	answer := s.Do(t, apptest.Guest, http.MethodPost, signIn, map[string]any{"identity": apptest.Member, "password": apptest.Password})
	answer.Want(t, 200)
	want(t, one(t, read()), map[string]string{
		"action": "signin", "actor_kind": "person", "actor": member.Id, "actor_name": "孙党员", "subject_person": member.Id,
		"org": "", "org_path": "", "origin": "", "reason": "password", "changes": "{}",
	})
	token := answer.Text("token")
	s.Send(t, token, http.MethodPost, "/api/collections/people/auth-refresh", nil).Want(t, 200)
	if n := len(read()); n != 0 {
		t.Errorf("a refresh left %d entries", n)
	}
	mine := apptest.URL(audit.Entries) + `?filter=action~"signin"`
	if got := s.Send(t, token, http.MethodGet, mine, nil).Count(); got != 1 {
		t.Errorf("Expected the person to see it, got %d", got)
	}
	if got := s.Do(t, apptest.Branch, http.MethodGet, mine, nil).Count(); got != 0 {
		t.Errorf("Expected the secretary not to see it, got %d", got)
	}
}

// Every wrong password is noted with the network it came from; what comes after
// the lock, and what was meant for no account, once a minute.
func TestSignInFails(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	s.App.Settings().RateLimits.Enabled = false
	member := apptest.Person(t, s.App, apptest.Member)
	read := trail(t, s.App)
	try := func(who string, status int) {
		t.Helper()
		s.Do(t, apptest.Guest, http.MethodPost, signIn, map[string]any{"identity": who, "password": "Wrong2026"}).Want(t, status)
	}
	for range 5 {
		try(apptest.Member, 400)
		want(t, one(t, read()), map[string]string{
			"action": "signin_failed", "actor_kind": "guest", "actor": "", "subject_person": member.Id, "record": member.Id,
			"origin": "192.0.2.0/24", "reason": "密码或验证码不对。", "org": "",
		})
	}
	for range 9 {
		try(apptest.Member, 403)
	}
	want(t, one(t, read()), map[string]string{"reason": "账号当时不能登录。", "subject_person": member.Id})
	kit.SetNow(s.App, kit.Now(s.App).Add(time.Minute))
	for range 9 {
		try("nobody", 400)
	}
	want(t, one(t, read()), map[string]string{"reason": "没有这个账号。此前另有 8 次没有逐一记录。", "subject_person": "", "record": "", "collection": "people"})
	whole(t, s.App)
}

// What the system keeper does in somebody's name is told from what they do.
func TestImpersonation(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	clerk := apptest.Person(t, s.App, apptest.Clerk)
	s.Token(t, apptest.Keeper)
	read := trail(t, s.App)
	answer := s.Do(t, apptest.Keeper, http.MethodPost, "/api/collections/people/impersonate/"+clerk.Id, map[string]any{"duration": 600})
	answer.Want(t, 200)
	want(t, one(t, read()), map[string]string{"action": "impersonate", "actor_kind": "superuser", "subject_person": clerk.Id, "record": clerk.Id})
	for _, token := range []string{answer.Text("token"), "Bearer " + answer.Text("token")} {
		s.Send(t, token, http.MethodPost, apptest.URL("documents"), apptest.Named(t, s.App, document)).Want(t, 200)
		want(t, one(t, read()), map[string]string{"actor_kind": "token", "actor": clerk.Id, "actor_name": "林干事"})
	}
	s.Do(t, apptest.Clerk, http.MethodPost, apptest.URL("documents"), apptest.Named(t, s.App, document)).Want(t, 200)
	want(t, one(t, read()), map[string]string{"actor_kind": "person"})
}
