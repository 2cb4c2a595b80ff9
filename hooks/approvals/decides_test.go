package approvals_test

import (
	"net/http"
	"slices"
	"testing"

	"yaodian/hooks/approvals"
	"yaodian/hooks/approvals/asktest"
	"yaodian/hooks/apptest"
)

// The rule language's word takes exactly what it needs and only the caller, so
// nobody can ask it about somebody else. This pins search.TokenFunctions.
func TestDecidesIsForTheCaller(t *testing.T) {
	t.Parallel()
	s := asktest.Served(t)
	c, err := s.App.FindCollectionByNameOrId(approvals.Requests)
	if err != nil {
		t.Fatal(err)
	}
	for _, rule := range []string{
		`decides() = true`, `decides(id, wait_org, wait_role) = true`, `decides(id, wait_org, wait_role, applicant) = true`,
		`decides(id, wait_org, wait_role, "somebody") = true`, `decides(id, wait_org, no_such_field, @request.auth.id) = true`,
	} {
		c.ListRule = &rule
		if err := s.App.Save(c); err == nil {
			t.Errorf("%s: accepted as a rule", rule)
		}
	}
	asktest.Ask(t, s.App, "declaration_matter")
	for filter, status := range map[string]int{"decides(id,wait_org,wait_role,@request.auth.id)=true": 403, "decides(id,wait_org,wait_role,applicant)=true": 400} {
		s.Do(t, apptest.Clerk, http.MethodGet, apptest.URL(approvals.Requests)+"?filter="+filter, nil).Want(t, status)
	}
	rule := `decides(id, wait_org, wait_role, @request.auth.id) != true`
	c.ListRule = &rule
	if err := s.App.Save(c); err != nil {
		t.Fatal(err)
	}
	if n := s.Do(t, apptest.Clerk, http.MethodGet, apptest.URL(approvals.Requests), nil).Count(); n != 0 {
		t.Errorf("a rule that says anything but = true opened %d", n)
	}
}

// An open page hears of a request if it waits for its reader.
func TestRequestsOverRealtime(t *testing.T) {
	t.Parallel()
	s := asktest.Served(t)
	pages := map[string]*apptest.Listener{}
	for _, who := range []string{apptest.Guest, apptest.Outsider, apptest.Neighbour, apptest.Clerk, apptest.Branch, apptest.Member} {
		pages[who], _ = s.Listen(t, who, "approvals_decisions/*")
	}
	request := asktest.Ask(t, s.App, "declaration_matter")
	hear := func(n int, who ...string) {
		t.Helper()
		for name, page := range pages {
			if slices.Contains(who, name) {
				page.Hear(t, n)
			} else {
				page.Hear(t, 0)
			}
		}
	}
	hear(1, apptest.Member, apptest.Branch)
	asktest.Say(t, s, apptest.Branch, request, asktest.Yes).Want(t, 200)
	hear(1, apptest.Member, apptest.Branch)
}
