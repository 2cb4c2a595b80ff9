package signin_test

import (
	"net/http"
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/people/signin"
)

func signIn(t testing.TB, s *apptest.Server, number string) apptest.Answer {
	t.Helper()
	return s.Do(t, apptest.Guest, http.MethodPost, "/api/collections/people/auth-with-password", map[string]string{"identity": number, "password": apptest.Password})
}

func me(t testing.TB, s *apptest.Server, token string) int {
	t.Helper()
	return s.Send(t, token, http.MethodGet, "/api/me", nil).Status
}

func sessions(t testing.TB, s *apptest.Server, number string) []*core.Record {
	t.Helper()
	list, err := s.App.FindAllRecords(signin.Sessions, dbx.HashExp{"person": apptest.Person(t, s.App, number).Id})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// One device is signed out without the other; a session is its owner's alone to end.
func TestEndOneSession(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	phone, desk := signIn(t, s, apptest.Member).Text("token"), signIn(t, s, apptest.Member).Text("token")
	if me(t, s, phone) != 200 || me(t, s, desk) != 200 || len(sessions(t, s, apptest.Member)) != 2 {
		t.Fatal("two devices are not two sessions")
	}
	live, _ := listenWith(t, s, phone, "people/*")
	first := sessions(t, s, apptest.Member)[0].Id
	end := func(who, id string) apptest.Answer {
		return s.Do(t, who, http.MethodPost, "/api/people/sessions/"+id+"/end", nil)
	}
	end(apptest.Guest, first).Want(t, 401)
	for _, who := range []string{apptest.Outsider, apptest.Clerk} {
		end(who, first).Want(t, 404)
	}
	end(apptest.Keeper, first).Want(t, 403)
	end(apptest.Member, "nosuchsession00").Want(t, 404)
	end(apptest.Member, first).Want(t, 204)
	end(apptest.Member, first).Want(t, 204)
	if a, b := me(t, s, phone), me(t, s, desk); a != 401 || b != 200 {
		t.Errorf("after the phone was signed out: %d %d", a, b)
	}
	s.Send(t, phone, http.MethodPost, "/api/collections/people/auth-refresh", nil).Want(t, 401)
	s.Send(t, phone, http.MethodPost, "/api/files/token", nil).Want(t, 401)
	if err := apptest.Save(s.App, apptest.Person(t, s.App, apptest.Member), map[string]any{"title": "楼长"}); err != nil {
		t.Fatal(err)
	}
	live.Hear(t, 0)
	live.Closed(t)
}

func listenWith(t testing.TB, s *apptest.Server, token string, topics ...string) (*apptest.Listener, apptest.Answer) {
	t.Helper()
	l := s.Page(t)
	return l, s.Send(t, token, http.MethodPost, "/api/realtime", map[string]any{"clientId": l.ID(), "subscriptions": topics})
}

// A refreshed token stays in its session, also when that ends.
func TestRefreshStaysInTheSession(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	token := signIn(t, s, apptest.Member).Text("token")
	again := s.Send(t, token, http.MethodPost, "/api/collections/people/auth-refresh", nil).Text("token")
	if again == "" || me(t, s, again) != 200 || len(sessions(t, s, apptest.Member)) != 1 {
		t.Fatalf("%d sessions", len(sessions(t, s, apptest.Member)))
	}
	s.Send(t, again, http.MethodPost, "/api/people/sessions/"+sessions(t, s, apptest.Member)[0].Id+"/end", nil).Want(t, 204)
	if me(t, s, token) != 401 || me(t, s, again) != 401 {
		t.Error("a refreshed token outlives its session")
	}
}

// Signing out everywhere voids every token; so does a new password, but for the
// one that comes with it.
func TestEndAllSessions(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	a, b := signIn(t, s, apptest.Member).Text("token"), signIn(t, s, apptest.Member).Text("token")
	live, _ := listenWith(t, s, b, "people/*")
	other, _ := s.Listen(t, apptest.Clerk, "people/*")
	s.Send(t, a, http.MethodPost, "/api/people/sessions/end", nil).Want(t, 204)
	live.Closed(t)
	other.Hear(t, 1) // that goes on
	if me(t, s, a) != 401 || me(t, s, b) != 401 {
		t.Error("somebody is still signed in")
	}
	c := signIn(t, s, apptest.Member).Text("token")
	d := s.Send(t, c, http.MethodPost, "/api/people/password", map[string]string{"old": apptest.Password, "new": "Yaodian2027"}).Text("token")
	if me(t, s, c) != 401 || me(t, s, d) != 200 {
		t.Error("a new password doesn't renew the session")
	}
	open := 0
	for _, session := range sessions(t, s, apptest.Member) {
		if session.GetString("ended_at") == "" {
			open++
		}
	}
	if open != 1 {
		t.Errorf("Expected one open session, got %d", open)
	}
}

// What a superuser impersonates has no session and gets none by refreshing.
func TestImpersonationGetsNoSession(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	id := apptest.Person(t, s.App, apptest.Member).Id
	token := s.Do(t, apptest.Keeper, http.MethodPost, "/api/collections/people/impersonate/"+id, map[string]any{"duration": 60}).Text("token")
	if again := s.Send(t, token, http.MethodPost, "/api/collections/people/auth-refresh", nil).Text("token"); again != token || me(t, s, token) != 200 {
		t.Error("an impersonated token was made into another")
	}
	if n := len(sessions(t, s, apptest.Member)); n != 0 {
		t.Errorf("%d sessions", n)
	}
}

// The last day is noted once a day, and old sign-ins are forgotten.
func TestSessionDays(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	token := signIn(t, s, apptest.Member).Text("token")
	apptest.SetToday(t, s.App, "2026-06-12")
	me(t, s, token)
	if got := sessions(t, s, apptest.Member)[0]; got.GetString("first_day") != apptest.Today || got.GetString("last_day") != "2026-06-12" || got.GetString("label") != "其他设备" {
		t.Errorf("%v", got.FieldsData())
	}
	if n, err := signin.Expire(s.App, "2026-12-12"); err != nil || n != 0 || me(t, s, token) != 200 {
		t.Errorf("forgot %d (%v)", n, err)
	}
	if n, err := signin.Expire(s.App, "2026-12-13"); err != nil || n != 1 || me(t, s, token) != 401 {
		t.Errorf("forgot %d (%v)", n, err)
	}
}

// Sessions and factors are read by their owner, tokens by who keeps the roster;
// none is written but through its routes. The settings are read by everybody
// signed in and kept by the system keeper.
func TestPolicies(t *testing.T) {
	t.Parallel()
	own := `
			who       list view create update delete
			guest     0    404  403    403    403
			outsider  0    404  403    403    403
			branch1   0    404  403    403    403
			clerk     0    404  403    403    403
			secretary 0    404  403    403    403
			member    1    200  403    403    403
			keeper    1    200  403    403    403`
	for collection, data := range map[string]map[string]any{
		signin.Sessions: {"person": "#member", "first_day": "2026-06-01", "last_day": "2026-06-01"},
		signin.Factors:  {"person": "#member", "secret_sealed": ""},
	} {
		apptest.Policy{
			Collection: collection, Create: data, Update: map[string]any{"person": "#member"}, Table: own,
			Record: func(t testing.TB, app *tests.TestApp) *core.Record { return apptest.Make(t, app, collection, data) },
		}.Test(t)
	}
	token := map[string]any{"person": "#member", "name": "同步", "until": "2026-12-31", "hash": "x", "org": "@zb1"}
	apptest.Policy{
		Collection: signin.Tokens, Create: token, Update: map[string]any{"name": "改"},
		Record: func(t testing.TB, app *tests.TestApp) *core.Record { return apptest.Make(t, app, signin.Tokens, token) },
		Table: `
			who       list view create update delete
			guest     0    404  403    403    403
			outsider  0    404  403    403    403
			member    0    404  403    403    403
			branch1   0    404  403    403    403
			secretary 0    404  403    403    403
			clerk     1    200  403    403    403
			keeper    1    200  403    403    403`,
	}.Test(t)
	apptest.Policy{
		Collection: signin.Settings, Create: map[string]any{"officers_totp": true}, Update: map[string]any{"officers_totp": true},
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			return apptest.First(t, app, signin.Settings, "id", "settings0000000")
		},
		Table: `
			who       list view create update delete
			guest     0    404  403    403    403
			outsider  1    200  403    403    403
			member    1    200  403    403    403
			clerk     1    200  403    403    403
			keeper    1    200  403    200    403`,
	}.Test(t)
}
