package people_test

import (
	"net/http"
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/apptest"
	"yaodian/hooks/kit"
	"yaodian/hooks/people"
)

func change(t testing.TB, s *apptest.Server, who, old, new string) apptest.Answer {
	t.Helper()
	return s.Do(t, who, http.MethodPost, "/api/people/password", map[string]string{"old": old, "new": new})
}

func urlOf(t testing.TB, s *apptest.Server, number string) string {
	t.Helper()
	return apptest.URL(people.People, apptest.Person(t, s.App, number).Id)
}

// closeMeanwhile locks the account between the first look at the lock and the
// check of the password.
func closeMeanwhile(t testing.TB, s *apptest.Server) func(*core.RecordAuthWithPasswordRequestEvent) error {
	return func(e *core.RecordAuthWithPasswordRequestEvent) error {
		until := kit.Now(s.App).Add(people.LockFor).UTC().Format("2006-01-02 15:04:05.000Z")
		_, err := s.App.DB().Update(people.People, dbx.Params{"locked_until": until}, dbx.HashExp{"id": e.Record.Id}).Execute()
		if err != nil {
			t.Error(err)
		}
		return e.Next()
	}
}

// program is the account of a program of a branch, which is on no roster.
func program(t testing.TB, app core.App) {
	t.Helper()
	apptest.Make(t, app, people.People, map[string]any{
		"name": "办公系统", "kind": people.Service, "state": "active", "org": "@zb1", "status_since": "2020-01-01", "password": apptest.Password,
	})
}
