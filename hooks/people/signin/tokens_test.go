package signin_test

import (
	"net/http"
	"testing"

	"yaodian/hooks/apptest"
	"yaodian/hooks/kit"
	"yaodian/hooks/people"
	"yaodian/hooks/people/signin"
)

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
