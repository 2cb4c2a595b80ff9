package approvals_test

import (
	"testing"

	"yaodian/hooks/approvals"
	"yaodian/hooks/approvals/asktest"
	"yaodian/hooks/apptest"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"
)

// A request is read by the applicant, by whom it waits for and by officers with
// "approvals"; under way it is written by nobody.
func TestRequestsPolicy(t *testing.T) {
	t.Parallel()
	apptest.Policy{
		Collection: approvals.Requests,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			asktest.Staff(t, app)
			return asktest.Ask(t, app, "honor")
		},
		Create: map[string]any{"kind": "study_plan", "title": "全年读书计划", "applicant": "#member"},
		Update: map[string]any{"title": "改过"},
		Table: `
			who       list view create update delete
			guest     0    404  400    404    404
			outsider  0    404  400    404    404
			member    1    200  200    404    404
			branch2   0    404  400    404    404
			branch1   1    200  400    404    404
			inspector 1    200  400    404    404
			deputy    0    404  400    404    404
			organizer 1    200  400    404    404
			clerk     1    200  400    404    404
			secretary 1    200  400    404    404
			keeper    1    200  200    400    403`,
	}.Test(t)
}

// A private request is for the applicant and those who decide it, whatever power
// others hold; those it hasn't come to yet don't see it. It is made in its ledger.
func TestPrivateRequestsPolicy(t *testing.T) {
	t.Parallel()
	apptest.Policy{
		Collection: approvals.Requests,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			asktest.Staff(t, app)
			return asktest.Ask(t, app, "declaration_matter")
		},
		Create: map[string]any{"kind": "declaration_matter", "title": "申报", "applicant": "#member"},
		Update: map[string]any{"title": "改过"},
		Table: `
			who       list view create update delete
			guest     0    404  400    404    404
			outsider  0    404  400    404    404
			member    1    200  400    404    404
			branch2   0    404  400    404    404
			branch1   1    200  400    404    404
			inspector 0    404  400    404    404
			organizer 0    404  400    404    404
			clerk     0    404  400    404    404
			secretary 0    404  400    404    404
			keeper    1    200  400    400    403`,
	}.Test(t)
}

// A draft is the applicant's alone.
func TestDraftsPolicy(t *testing.T) {
	t.Parallel()
	apptest.Policy{
		Collection: approvals.Requests,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			asktest.Staff(t, app)
			return apptest.Make(t, app, approvals.Requests, map[string]any{
				"kind": "study_plan", "title": "读书", "applicant": "#member", "org": "@zb1", "status": "draft",
			})
		},
		Create: map[string]any{"kind": "study_plan", "title": "我的", "applicant": "#branch1"},
		Update: map[string]any{"title": "改过"},
		Table: `
			who       list view create update delete
			guest     0    404  400    404    404
			outsider  0    404  400    404    404
			member    1    200  400    200    204
			branch2   0    404  400    404    404
			branch1   0    404  200    404    404
			inspector 0    404  400    404    404
			clerk     0    404  400    404    404
			secretary 0    404  400    404    404
			keeper    1    200  200    200    204`,
	}.Test(t)
}

// Decisions are read with their request and written by deciding alone.
func TestDecisionsPolicy(t *testing.T) {
	t.Parallel()
	apptest.Policy{
		Collection: approvals.Decisions,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			asktest.Staff(t, app)
			request := asktest.Ask(t, app, "declaration_matter")
			_, err := approvals.Decide(app, t.Context(), approvals.Decision{Request: request.Id, By: asktest.ID(t, app, apptest.Branch), Verdict: approvals.Approve})
			if err != nil {
				t.Fatal(err)
			}
			return apptest.First(t, app, approvals.Decisions, "verdict", "approve")
		},
		Create: map[string]any{"verdict": "approve", "person": "#secretary", "org": "@zb1"},
		Update: map[string]any{"comment": "改过"},
		Table: `
			who       list view create update delete
			guest     0    404  403    403    403
			outsider  0    404  403    403    403
			member    2    200  403    403    403
			branch2   0    404  403    403    403
			branch1   2    200  403    403    403
			inspector 0    404  403    403    403
			organizer 2    200  403    403    403
			clerk     0    404  403    403    403
			secretary 0    404  403    403    403
			keeper    2    200  400    403    403`,
	}.Test(t)
}
