package seats_test

import (
	"net/http"
	"testing"

	"yaodian/hooks/approvals"
	"yaodian/hooks/approvals/asktest"
	"yaodian/hooks/approvals/seats"
	"yaodian/hooks/apptest"
	"yaodian/hooks/notify"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"
)

// A delegate decides in the delegator's name from the first day to the last, and
// only as long as the delegator is in office.
func TestDelegation(t *testing.T) {
	t.Parallel()
	s := asktest.Served(t)
	neighbour := apptest.Person(t, s.App, apptest.Neighbour)
	s.Do(t, apptest.Branch, http.MethodPost, apptest.URL(seats.Delegations), map[string]any{
		"person": asktest.ID(t, s.App, apptest.Branch), "delegate": neighbour.Id, "since": "2026-06-11", "until": "2026-06-15", "reason": "外出学习",
	}).Want(t, 200)
	told := apptest.First(t, s.App, notify.Messages, "person", neighbour.Id)
	if told.GetString("title") != "赵支书委托您代为审批" {
		t.Errorf("told: %s", told.GetString("title"))
	}
	request := asktest.Ask(t, s.App, "honor")
	asktest.Say(t, s, apptest.Neighbour, request, asktest.Yes).Want(t, 404)
	apptest.SetToday(t, s.App, "2026-06-15")
	asktest.Say(t, s, apptest.Neighbour, request, asktest.Yes).Want(t, 404)
	apptest.SetToday(t, s.App, "2026-06-14")
	s.Do(t, apptest.Neighbour, http.MethodGet, "/api/approvals/inbox", nil).Want(t, 200, `"on_behalf":"赵支书"`, `"totalItems":1`)
	asktest.Say(t, s, apptest.Neighbour, request, asktest.Yes).Want(t, 200, `"step":2`)
	asktest.Say(t, s, apptest.Neighbour, request, asktest.Yes).Want(t, 403, "approvals_not_yours")

	line := apptest.First(t, s.App, approvals.Decisions, "verdict", "approve")
	if line.GetString("person") != neighbour.Id || line.GetString("on_behalf") != asktest.ID(t, s.App, apptest.Branch) ||
		line.GetString("post") != "东风社区党支部 支部书记（受赵支书委托）" {
		t.Errorf("line: %v", line.PublicExport())
	}

	// the power ends with the delegator's post
	second := asktest.Ask(t, s.App, "honor")
	for _, p := range asktest.Posts(t, s.App, apptest.Branch) {
		if err := apptest.Save(s.App, p, map[string]any{"until": "2026-06-14"}); err != nil {
			t.Fatal(err)
		}
	}
	asktest.Say(t, s, apptest.Neighbour, second, asktest.Yes).Want(t, 404)
	s.Do(t, apptest.Neighbour, http.MethodGet, "/api/approvals/inbox", nil).Want(t, 200, `"totalItems":0`)
}

// A delegation to the applicant gives no power over the applicant's request, and
// who applies doesn't decide through a delegate. A delegate passes nothing on.
func TestDelegationAndTheApplicant(t *testing.T) {
	t.Parallel()
	s := asktest.Served(t)
	delegate := func(from, to string) {
		t.Helper()
		apptest.Make(t, s.App, seats.Delegations, map[string]any{
			"person": "#" + from, "delegate": "#" + to, "since": apptest.Today, "until": "2026-07-01", "reason": "出差",
		})
	}
	delegate(apptest.Branch, apptest.Member)
	delegate(apptest.Member, apptest.Neighbour)
	request := asktest.Ask(t, s.App, "honor")
	asktest.Say(t, s, apptest.Member, request, asktest.Yes).Want(t, 403, "approvals_own_request")
	asktest.Say(t, s, apptest.Neighbour, request, asktest.Yes).Want(t, 404)

	delegate(apptest.Secretary, apptest.Deputy)
	_, err := approvals.Open(s.App, t.Context(), approvals.Ask{
		Kind: "honor", Org: apptest.Unit(t, s.App, "zb1").Id, Applicant: asktest.ID(t, s.App, apptest.Secretary), Title: "评先进",
	})
	apptest.Refused(t, "the only secretary asks", err, "approvals_vacant")
}

// Delegations are ended sooner, never changed or prolonged, and deleted only
// before they begin.
func TestDelegationsAreFixed(t *testing.T) {
	t.Parallel()
	s := asktest.Served(t)
	running := apptest.Make(t, s.App, seats.Delegations, map[string]any{
		"person": "#branch1", "delegate": "#branch2", "since": apptest.Today, "until": "2026-07-01", "reason": "出差",
	})
	url := apptest.URL(seats.Delegations, running.Id)
	s.Do(t, apptest.Keeper, http.MethodPatch, url, map[string]any{"delegate": asktest.ID(t, s.App, apptest.Member)}).Want(t, 400, "approvals_delegation_fixed")
	s.Do(t, apptest.Branch, http.MethodPatch, url, map[string]any{"until": "2026-08-01"}).Want(t, 400, "approvals_delegation_longer")
	s.Do(t, apptest.Branch, http.MethodDelete, url, nil).Want(t, 403, "approvals_delegation_begun")
	s.Do(t, apptest.Branch, http.MethodPatch, url, map[string]any{"until": apptest.Today}).Want(t, 200)
	request := asktest.Ask(t, s.App, "study_plan")
	asktest.Say(t, s, apptest.Neighbour, request, asktest.Yes).Want(t, 404)
}

// A delegation is made by the one who delegates.
func TestDelegationsPolicy(t *testing.T) {
	t.Parallel()
	apptest.Policy{
		Collection: seats.Delegations,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			return apptest.Make(t, app, seats.Delegations, map[string]any{
				"person": "#branch1", "delegate": "#member", "since": "2026-07-01", "until": "2026-07-10", "reason": "学习",
			})
		},
		Create: map[string]any{"person": "#secretary", "delegate": "#deputy", "since": "2026-07-01", "until": "2026-07-10", "reason": "学习"},
		Update: map[string]any{"until": "2026-07-05"},
		Table: `
			who       list view create update delete
			guest     0    404  400    404    404
			outsider  0    404  400    404    404
			member    1    200  400    404    404
			branch2   0    404  400    404    404
			branch1   1    200  400    200    204
			inspector 1    200  400    404    404
			deputy    0    404  400    404    404
			clerk     1    200  400    404    404
			secretary 1    200  200    404    404
			keeper    1    200  200    200    204`,
	}.Test(t)
}
