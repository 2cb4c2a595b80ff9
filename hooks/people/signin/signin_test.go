package signin_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"
	"github.com/pquerna/otp/totp"

	"yaodian/hooks/apptest"
	"yaodian/hooks/kit"
	"yaodian/hooks/people"
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
	s.Send(t, a, http.MethodPost, "/api/people/sessions/end", nil).Want(t, 204)
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

// switchOn enrols a second factor and returns its secret and recovery codes.
func switchOn(t testing.TB, s *apptest.Server, who string) (secret string, recovery []string) {
	t.Helper()
	begun := s.Do(t, who, http.MethodPost, "/api/people/totp/begin", map[string]any{"password": apptest.Password})
	begun.Want(t, 200, "otpauth://totp/")
	secret = begun.Text("secret")
	done := s.Do(t, who, http.MethodPost, "/api/people/totp/confirm", map[string]any{"code": code(t, s, secret)})
	done.Want(t, 200)
	var answer struct{ Recovery []string }
	if err := json.Unmarshal([]byte(done.Body), &answer); err != nil || len(answer.Recovery) != 10 {
		t.Fatal(done.Body, err)
	}
	kit.SetNow(s.App, kit.Now(s.App).Add(time.Minute))
	return secret, answer.Recovery
}

func code(t testing.TB, s *apptest.Server, secret string) string {
	t.Helper()
	c, err := totp.GenerateCode(secret, kit.Now(s.App))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func second(t testing.TB, s *apptest.Server, mfa, code string) apptest.Answer {
	t.Helper()
	return s.Do(t, apptest.Guest, http.MethodPost, "/api/people/second", map[string]any{"mfaId": mfa, "code": code})
}

// With the factor on, a password alone gives no token; each code works once.
func TestSecondFactor(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	secret, recovery := switchOn(t, s, apptest.Clerk)
	held := signIn(t, s, apptest.Clerk)
	held.Want(t, 401, `"methods":["totp"]`)
	if held.Text("token") != "" || len(sessions(t, s, apptest.Clerk)) != 0 {
		t.Fatal("the password alone signs in")
	}
	signIn(t, s, apptest.Member).Want(t, 200)

	second(t, s, held.Text("mfaId"), "000000").Want(t, 400, "people_code_wrong")
	second(t, s, "nosuchmfa", code(t, s, secret)).Want(t, 400, "people_second_expired")
	used := code(t, s, secret)
	done := second(t, s, held.Text("mfaId"), used)
	done.Want(t, 200, `"token"`)
	if me(t, s, done.Text("token")) != 200 {
		t.Error("signed in, and yet not")
	}
	second(t, s, held.Text("mfaId"), code(t, s, secret)).Want(t, 400, "people_second_expired")
	second(t, s, signIn(t, s, apptest.Clerk).Text("mfaId"), used).Want(t, 400, "people_code_used")

	second(t, s, signIn(t, s, apptest.Clerk).Text("mfaId"), recovery[3]).Want(t, 200)
	second(t, s, signIn(t, s, apptest.Clerk).Text("mfaId"), recovery[3]).Want(t, 400, "people_code_wrong")
	s.Do(t, apptest.Clerk, http.MethodGet, apptest.URL(signin.Factors), nil).Want(t, 200, `"codes_left":9`)
}

// Guessing codes locks the account like guessing passwords, and a right
// password in between doesn't start the count anew.
func TestGuessingCodesLocks(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	secret, _ := switchOn(t, s, apptest.Clerk)
	for range people.MaxFailures {
		second(t, s, signIn(t, s, apptest.Clerk).Text("mfaId"), "000000").Want(t, 400, "people_code_wrong")
	}
	signIn(t, s, apptest.Clerk).Want(t, 403, "people_locked")
	kit.SetNow(s.App, kit.Now(s.App).Add(people.LockFor))
	second(t, s, signIn(t, s, apptest.Clerk).Text("mfaId"), code(t, s, secret)).Want(t, 200)
}

func TestSwitchingTheFactor(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	begin := func(password string) apptest.Answer {
		return s.Do(t, apptest.Clerk, http.MethodPost, "/api/people/totp/begin", map[string]any{"password": password})
	}
	s.Do(t, apptest.Clerk, http.MethodPost, "/api/people/totp/confirm", map[string]any{"code": "000000"}).Want(t, 403, "people_factor_not_begun")
	begin("wrong").Want(t, 400, "people_password_wrong")
	begin(apptest.Password).Want(t, 200)
	signIn(t, s, apptest.Clerk).Want(t, 200) // begun is not on
	secret, recovery := switchOn(t, s, apptest.Clerk)
	begin(apptest.Password).Want(t, 403, "people_factor_on")
	factor := apptest.First(t, s.App, signin.Factors, "person", apptest.Person(t, s.App, apptest.Clerk).Id)
	if raw := factor.GetString("secret_sealed") + factor.GetString("recovery"); raw == "" || strings.Contains(raw, secret) || strings.Contains(raw, recovery[0]) {
		t.Errorf("stored in the clear: %s", raw)
	}

	reset := "/api/people/" + apptest.Person(t, s.App, apptest.Clerk).Id + "/totp/reset"
	for who, status := range map[string]int{apptest.Guest: 401, apptest.Member: 404, apptest.Branch: 404, apptest.Clerk: 403} {
		s.Do(t, who, http.MethodPost, reset, nil).Want(t, status)
	}
	end := func(password, code string) apptest.Answer {
		return s.Do(t, apptest.Clerk, http.MethodPost, "/api/people/totp/end", map[string]any{"password": password, "code": code})
	}
	end("wrong", code(t, s, secret)).Want(t, 400, "people_password_wrong")
	end(apptest.Password, "000000").Want(t, 400, "people_code_wrong")
	end(apptest.Password, code(t, s, secret)).Want(t, 204)
	signIn(t, s, apptest.Clerk).Want(t, 200)
	switchOn(t, s, apptest.Clerk)
	s.Do(t, apptest.Keeper, http.MethodPost, reset, nil).Want(t, 204)
	signIn(t, s, apptest.Clerk).Want(t, 200)
}

// Where the settings ask for it, officers may do nothing but enrol until the
// factor is on; members and programs aren't asked.
func TestOfficersMustEnrol(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	settings := apptest.First(t, s.App, signin.Settings, "id", "settings0000000")
	s.Do(t, apptest.Clerk, http.MethodPatch, apptest.URL(signin.Settings, settings.Id), map[string]any{"officers_totp": true}).Want(t, 403)
	s.Do(t, apptest.Keeper, http.MethodPatch, apptest.URL(signin.Settings, settings.Id), map[string]any{"officers_totp": true}).Want(t, 200)
	for _, url := range []string{apptest.URL(people.People), "/api/people/roster", "/api/batch", "/api/no/such/route"} {
		s.Do(t, apptest.Clerk, http.MethodGet, url, nil).Want(t, 403, "people_factor_required")
	}
	s.Do(t, apptest.Clerk, http.MethodGet, "/api/me", nil).Want(t, 200)
	s.Do(t, apptest.Member, http.MethodGet, apptest.URL(people.People), nil).Want(t, 200)
	s.Do(t, apptest.Keeper, http.MethodGet, apptest.URL(people.People), nil).Want(t, 200)
	switchOn(t, s, apptest.Clerk)
	s.Do(t, apptest.Clerk, http.MethodGet, apptest.URL(people.People), nil).Want(t, 200)
}

// program makes the account of a program that may read the roster of zb1, and
// a token for it.
func program(t testing.TB, s *apptest.Server) (account, token, id string) {
	t.Helper()
	made := s.Do(t, apptest.Clerk, http.MethodPost, apptest.URL(people.People), apptest.Named(t, s.App,
		map[string]any{"number": "sync", "name": "办公系统", "org": "@zb1", "kind": "service", "state": "active"}))
	made.Want(t, 200, `"must_change":false`)
	account = made.Text("id")
	apptest.Make(t, s.App, "org_posts", map[string]any{"person": account, "role": "$branch_deputy", "org": "@zb1", "since": "2026-01-01"})
	answer := s.Do(t, apptest.Clerk, http.MethodPost, "/api/people/"+account+"/tokens", map[string]any{"name": "每晚同步", "until": "2027-06-10"})
	answer.Want(t, 200, `"token":"yd_`)
	return account, answer.Text("token"), answer.Text("id")
}

// A token is its account: the rules hold for it like for a person.
func TestServiceTokens(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	account, token, id := program(t, s)
	for _, form := range []string{token, "Bearer " + token, "bearer " + token} {
		s.Send(t, form, http.MethodGet, apptest.URL(people.People), nil).Want(t, 200, `"totalItems":3`)
	}
	s.Send(t, token, http.MethodGet, apptest.URL(people.People, apptest.Person(t, s.App, apptest.Neighbour).Id), nil).Want(t, 404)
	s.Send(t, token, http.MethodPatch, apptest.URL(people.People, apptest.Person(t, s.App, apptest.Member).Id), map[string]any{"title": "x"}).Want(t, 404)
	s.Send(t, token, http.MethodGet, "/api/settings", nil).Want(t, 403)
	if line := apptest.First(t, s.App, signin.Tokens, "id", id); line.GetString("last_day") != apptest.Today || line.GetString("hash") == token {
		t.Errorf("%v", line.FieldsData())
	}
	if answer := s.Do(t, apptest.Clerk, http.MethodGet, apptest.URL(signin.Tokens), nil); answer.Has("hash") || answer.Has(token) {
		t.Errorf("the list shows the token: %s", answer.Body)
	}

	// no other way in, and no way to a session
	s.Send(t, token, http.MethodPost, "/api/collections/people/auth-refresh", nil).Want(t, 403)
	s.Do(t, apptest.Clerk, http.MethodPost, "/api/people/"+account+"/reset", nil).Want(t, 403, "people_service_password")
	record := apptest.First(t, s.App, people.People, "id", account)
	record.SetPassword(apptest.Password)
	if err := kit.SaveAsSystem(s.App, t.Context(), record); err != nil {
		t.Fatal(err)
	}
	signIn(t, s, "sync").Want(t, 403)

	for _, bad := range []string{token + "x", token[:len(token)-1], "yd_", "Bearer yd_" + id} {
		s.Send(t, bad, http.MethodGet, "/api/me", nil).Want(t, 401)
	}
	apptest.SetToday(t, s.App, "2027-06-10")
	s.Send(t, token, http.MethodGet, "/api/me", nil).Want(t, 200)
	apptest.SetToday(t, s.App, "2027-06-11")
	s.Send(t, token, http.MethodGet, "/api/me", nil).Want(t, 401)
	apptest.SetToday(t, s.App, apptest.Today)

	live, _ := listenWith(t, s, token, "people/*")
	s.Do(t, apptest.Neighbour, http.MethodPost, "/api/people/tokens/"+id+"/end", nil).Want(t, 404)
	s.Do(t, apptest.Clerk, http.MethodPost, "/api/people/tokens/"+id+"/end", nil).Want(t, 204)
	s.Send(t, token, http.MethodGet, "/api/me", nil).Want(t, 401)
	if err := apptest.Save(s.App, apptest.Person(t, s.App, apptest.Member), map[string]any{"title": "楼长"}); err != nil {
		t.Fatal(err)
	}
	live.Hear(t, 0)
}

// A suspended account's token is worth nothing.
func TestSuspendedProgram(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	account, token, _ := program(t, s)
	s.Do(t, apptest.Clerk, http.MethodPatch, apptest.URL(people.People, account), map[string]any{"state": "suspended"}).Want(t, 200)
	s.Send(t, token, http.MethodGet, "/api/me", nil).Want(t, 401)
}

func TestWhoMakesTokens(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	account, _, _ := program(t, s)
	make := func(who, whom string, body map[string]any) apptest.Answer {
		return s.Do(t, who, http.MethodPost, "/api/people/"+whom+"/tokens", body)
	}
	good := map[string]any{"name": "每晚同步", "until": "2026-12-31"}
	for who, status := range map[string]int{apptest.Guest: 401, apptest.Member: 404, apptest.Branch: 404, apptest.Outsider: 404, apptest.Clerk: 200, apptest.Keeper: 200} {
		make(who, account, good).Want(t, status)
	}
	make(apptest.Clerk, apptest.Person(t, s.App, apptest.Member).Id, good).Want(t, 400, "people_token_person")
	// nobody makes a token that reaches further than they do
	apptest.Make(t, s.App, "org_posts", map[string]any{"person": account, "role": "$inspector", "org": "@wd", "since": "2026-01-01"})
	make(apptest.Clerk, account, good).Want(t, 403, "people_reset_beyond")
}

func TestCheckToken(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ kind, name, until, want string }{
		{"service", "同步", "2027-06-10", ""}, {"service", "同步", "2026-06-10", ""}, {"service", "同步", "2027-06-11", "people_token_long"},
		{"service", "同步", "2026-06-09", "people_token_past"}, {"service", "同步", "", "people_date_unreal"}, {"service", " ", "2026-12-31", "people_token_name"},
		{"staff", "同步", "2026-12-31", "people_token_person"},
	} {
		apptest.Refused(t, c.until, signin.CheckToken(c.kind, c.name, c.until, apptest.Today), c.want)
	}
	apptest.Refused(t, "a later code", signin.CheckStep(8, 7), "")
	apptest.Refused(t, "the same code", signin.CheckStep(7, 7), "people_code_used")
	for agent, want := range map[string]string{
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0":          "Windows · Edge",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Mobile/15E148 MicroMessenger/8.0.60": "iPhone · 微信",
		"Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36":                       "安卓手机 · Chrome",
		"curl/8": "其他设备", "": "其他设备",
	} {
		if got := signin.Label(agent); got != want {
			t.Errorf("%s: %s", agent, got)
		}
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
