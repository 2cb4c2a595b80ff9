package people_test

import (
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/people"
)

// A person reads their own record, officers with "people" those in reach,
// "people.edit" enters and corrects them. Nobody deletes anybody.
func TestPeoplePolicy(t *testing.T) {
	t.Parallel()
	apptest.Policy{
		Collection: people.People,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			return apptest.Person(t, app, apptest.Member)
		},
		Create: map[string]any{"number": "10999", "name": "李新人", "org": "@zb1", "kind": "applicant", "state": "active"},
		Update: map[string]any{"title": "楼长"},
		Table: `
			who       list view create update delete
			guest     0    404  400    404    403
			outsider  1    404  400    404    403
			member    1    200  400    404    403
			branch2   1    404  400    404    403
			branch1   2    200  400    404    403
			inspector 1    404  400    404    403
			deputy    7    200  400    404    403
			secretary 7    200  400    404    403
			clerk     7    200  200    200    403
			keeper    8    200  200    200    403`,
	}.Test(t)
}
