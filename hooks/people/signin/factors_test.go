package signin_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"yaodian/hooks/apptest"
	"yaodian/hooks/kit"
	"yaodian/hooks/people"
	"yaodian/hooks/people/signin"
)

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
