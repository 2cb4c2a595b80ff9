package flows_test

import (
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/people/flows"
)

func policy(t *testing.T, collection string, data, update map[string]any, table string) {
	t.Helper()
	t.Parallel()
	apptest.Policy{
		Collection: collection,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			return apptest.Make(t, app, collection, data)
		},
		Create: map[string]any{"person": "#branch2", "org": "@zb2", "reason": "work", "since": "2026-01-10", "flow_to": "北京市海淀区", "lost_since": "2026-01-10", "cause": "moved"},
		Update: update, Table: table,
	}.Test(t)
}

// Who helps where the member lives reads the entry, too.
func TestFlowsPolicy(t *testing.T) {
	policy(t, flows.Flows, away, map[string]any{"card": "X12"}, `
		who       list view create update delete
		guest     0    404  400    404    403
		outsider  0    404  400    404    403
		member    1    200  400    404    403
		branch2   1    200  400    404    403
		branch1   1    200  400    404    403
		inspector 0    404  400    404    403
		deputy    1    200  400    404    403
		clerk     1    200  200    200    403
		keeper    1    200  200    200    403`)
}

// That contact was lost is for their own branch and those above, and themselves.
func TestLossesPolicy(t *testing.T) {
	policy(t, flows.Losses, lost, map[string]any{"cause": "moved"}, `
		who       list view create update delete
		guest     0    404  400    404    403
		outsider  0    404  400    404    403
		member    1    200  400    404    403
		branch2   0    404  400    404    403
		branch1   1    200  400    404    403
		inspector 0    404  400    404    403
		deputy    1    200  400    404    403
		clerk     1    200  200    200    403
		keeper    1    200  200    200    403`)
}

func TestContactsPolicy(t *testing.T) {
	t.Parallel()
	apptest.Policy{
		Collection: flows.Contacts,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			data := apptest.Named(t, app, away)
			data["id"] = "flowaway0000000" // what Create names
			apptest.Create(t, app, flows.Flows, data)
			return apptest.Make(t, app, flows.Contacts, map[string]any{"flow": "flowaway0000000", "contacted_on": "2026-05-01", "way": "phone", "by": "#branch1"})
		},
		Create: map[string]any{"flow": "flowaway0000000", "contacted_on": "2026-06-01", "way": "phone"},
		Update: map[string]any{"way": "visit"},
		Table: `
			who       list view create update delete
			guest     0    404  400    403    403
			outsider  0    404  400    403    403
			member    1    200  400    403    403
			branch2   1    200  200    403    403
			branch1   1    200  200    403    403
			inspector 0    404  400    403    403
			deputy    1    200  200    403    403
			clerk     1    200  200    403    403
			keeper    1    200  200    403    403`,
	}.Test(t)
}
