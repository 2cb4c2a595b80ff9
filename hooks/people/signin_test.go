package people_test

import (
	"net/http"
	"sync"
	"testing"
	"time"

	"yaodian/hooks/apptest"
	"yaodian/hooks/kit"
	"yaodian/hooks/people"
)

const signInURL = "/api/collections/people/auth-with-password"

func signIn(t testing.TB, s *apptest.Server, identity, password string) apptest.Answer {
	t.Helper()
	return s.Do(t, apptest.Guest, http.MethodPost, signInURL, map[string]string{"identity": identity, "password": password})
}

func TestSignInWithNumberMobileOrEmail(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	member := apptest.Person(t, s.App, apptest.Member)
	if err := apptest.Save(s.App, member, map[string]any{"mobile": "13800138000", "email": "sun@example.com"}); err != nil {
		t.Fatal(err)
	}
	for _, identity := range []string{apptest.Member, "13800138000", "sun@example.com"} {
		answer := signIn(t, s, identity, apptest.Password)
		answer.Want(t, 200, `"token"`, member.Id)
		for _, secret := range []string{"password", "tokenKey", `"failed"`, "locked_until"} {
			if answer.Has(secret) {
				t.Errorf("the answer holds %s: %s", secret, answer.Body)
			}
		}
		s.Send(t, answer.Text("token"), http.MethodGet, "/api/me", nil).Want(t, 200, "孙党员")
	}
}

// A wrong password is answered like an account that doesn't exist.
func TestWrongPasswordTellsNothing(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	wrong, nobody := signIn(t, s, apptest.Member, "wrong"), signIn(t, s, "nosuch", "wrong")
	wrong.Want(t, 400)
	if wrong != nobody {
		t.Errorf("Expected the same answer, got %+v and %+v", wrong, nobody)
	}
	if err := apptest.Save(s.App, apptest.Person(t, s.App, apptest.Member), map[string]any{"state": "suspended"}); err != nil {
		t.Fatal(err)
	}
	if suspended := signIn(t, s, apptest.Member, "wrong"); suspended != nobody {
		t.Errorf("Expected the same answer, got %+v and %+v", suspended, nobody)
	}
	for _, body := range []map[string]string{
		{"identity": "", "password": ""},
		{"identity": "member", "password": apptest.Password, "identityField": "name"},
		{"identity": "孙党员", "password": apptest.Password},
		{"identity": "' OR 1=1 --", "password": apptest.Password},
		{"identity": "%", "password": apptest.Password},
	} {
		s.Do(t, apptest.Guest, http.MethodPost, signInURL, body).Want(t, 400)
	}
}

// Five wrong passwords close the account for a quarter of an hour, for the
// right password too; a right one before that starts the count anew.
func TestFiveFailuresLock(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	for range people.MaxFailures - 1 {
		signIn(t, s, apptest.Member, "wrong").Want(t, 400)
	}
	signIn(t, s, apptest.Member, apptest.Password).Want(t, 200)
	for range people.MaxFailures {
		signIn(t, s, apptest.Member, "wrong").Want(t, 400)
	}
	signIn(t, s, apptest.Member, apptest.Password).Want(t, 403, "people_locked", "10:15")
	signIn(t, s, apptest.Member, "wrong").Want(t, 403, "people_locked")
	signIn(t, s, apptest.Branch, apptest.Password).Want(t, 200)

	kit.SetNow(s.App, kit.Now(s.App).Add(people.LockFor-time.Second))
	signIn(t, s, apptest.Member, apptest.Password).Want(t, 403, "people_locked")
	kit.SetNow(s.App, kit.Now(s.App).Add(time.Second))
	signIn(t, s, apptest.Member, apptest.Password).Want(t, 200)
}

func TestResetOpensALockedAccount(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	lock(t, s)
	id := apptest.Person(t, s.App, apptest.Member).Id
	password := s.Do(t, apptest.Clerk, http.MethodPost, "/api/people/"+id+"/reset", nil).Text("password")
	signIn(t, s, apptest.Member, apptest.Password).Want(t, 400)
	signIn(t, s, apptest.Member, password).Want(t, 200, `"must_change":true`)
}

// Guesses that are under way when the account closes learn nothing: of many at
// once, the right one among them, no more than five are answered.
func TestParallelGuesses(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	const guesses = 16
	var wg sync.WaitGroup
	var mu sync.Mutex
	answers := map[int]int{}
	start := make(chan struct{})
	for range guesses {
		wg.Go(func() {
			<-start
			answer := signIn(t, s, apptest.Member, "wrong")
			mu.Lock()
			defer mu.Unlock()
			answers[answer.Status]++
		})
	}
	close(start)
	wg.Wait()
	if answers[400] != people.MaxFailures || answers[403] != guesses-people.MaxFailures {
		t.Errorf("Expected %d guesses to be answered, got %v", people.MaxFailures, answers)
	}
}

// A password that was sent before the account closed and is checked after
// doesn't get in, and isn't even told to be wrong.
func TestGuessesAfterTheLock(t *testing.T) {
	t.Parallel()
	for _, password := range []string{apptest.Password, "wrong"} {
		s := apptest.NewServer(t)
		s.App.OnRecordAuthWithPasswordRequest(people.People).BindFunc(closeMeanwhile(t, s))
		signIn(t, s, apptest.Member, password).Want(t, 403, "people_locked")
		if failed := apptest.Person(t, s.App, apptest.Member).GetInt("failed"); failed != 0 {
			t.Errorf("%d guesses count towards the next lock", failed)
		}
	}
}

// To try out the old password at the change of password counts as well.
func TestGuessingAtTheChangeLocks(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	for range people.MaxFailures {
		change(t, s, apptest.Member, "wrong", "Yaodian2027").Want(t, 400, "people_password_wrong")
	}
	change(t, s, apptest.Member, apptest.Password, "Yaodian2027").Want(t, 403, "people_locked")
	signIn(t, s, apptest.Member, apptest.Password).Want(t, 403, "people_locked")
}

func lock(t testing.TB, s *apptest.Server) {
	t.Helper()
	for range people.MaxFailures {
		signIn(t, s, apptest.Member, "wrong").Want(t, 400)
	}
	signIn(t, s, apptest.Member, apptest.Password).Want(t, 403, "people_locked")
}
