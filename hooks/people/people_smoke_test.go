package people_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
)

func TestSmoke(t *testing.T) {
	for _, s := range []tests.ApiScenario{
		{Name: "sign in", Method: http.MethodPost, URL: "/api/collections/people/auth-with-password", Body: strings.NewReader(`{"identity":"clerk","password":"Yaodian2026"}`), ExpectedStatus: 200, ExpectedContent: []string{`"token"`}},
		{Name: "me", Method: http.MethodGet, URL: "/api/me", Headers: apptest.As(t, apptest.Clerk), ExpectedStatus: 200, ExpectedContent: []string{`"plan.edit"`, "党建办干事"}},
		{Name: "list", Method: http.MethodGet, URL: "/api/collections/people/records", Headers: apptest.As(t, apptest.Branch), ExpectedStatus: 200, ExpectedContent: []string{`"totalItems":2`}},
		{Name: "list outsider", Method: http.MethodGet, URL: "/api/collections/people/records", Headers: apptest.As(t, apptest.Outsider), ExpectedStatus: 200, ExpectedContent: []string{`"totalItems":1`}},
	} {
		s.TestAppFactory = func(t testing.TB) *tests.TestApp { return apptest.New(t) }
		s.Test(t)
	}
}
