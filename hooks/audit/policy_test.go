package audit_test

import (
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/audit"
)

// forget empties the trail, which only a test may do: the template's own
// history would blur the counts.
func forget(t testing.TB, app core.App) {
	t.Helper()
	sql(t, app, `DROP TRIGGER audit_entries_delete`, `DELETE FROM audit_entries`)
}

func sql(t testing.TB, app core.App, statements ...string) {
	t.Helper()
	for _, s := range statements {
		if _, err := app.NonconcurrentDB().NewQuery(s).Execute(); err != nil {
			t.Fatal(s, err)
		}
	}
}

// Officers with "audit" read what lies in their reach, everybody what concerns
// themselves; nobody writes, the system keeper included.
func TestEntriesPolicy(t *testing.T) {
	t.Parallel()
	apptest.Policy{
		Collection: audit.Entries,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			role := apptest.Role(t, app, "group_leader")
			forget(t, app)
			apptest.Make(t, app, "documents", document) // zb1
			apptest.Make(t, app, "documents", map[string]any{"title": "甲", "action": "draft", "year": 2026, "state": "planned", "org": "@jd"})
			if err := apptest.Save(app, role, map[string]any{"name": "组长"}); err != nil { // nobody's reach
				t.Fatal(err)
			}
			if err := apptest.Save(app, apptest.Person(t, app, apptest.Member), map[string]any{"title": "委员"}); err != nil {
				t.Fatal(err)
			}
			return apptest.First(t, app, audit.Entries, "collection", "people")
		},
		Create: map[string]any{"seq": 5, "at": "2026-06-10 02:00:00Z", "action": "create", "actor_kind": "person"},
		Update: map[string]any{"reason": "改写"},
		Table: `
			who       list view create update delete
			guest     0    404  403    403    403
			outsider  0    404  403    403    403
			member    1    200  403    403    403
			branch2   0    404  403    403    403
			branch1   2    200  403    403    403
			inspector 3    200  403    403    403
			clerk     3    200  403    403    403
			secretary 3    200  403    403    403
			keeper    5    200  403    403    403`,
	}.Test(t)
}

// The heads are for the system keeper, who can't change them either.
func TestAnchorsPolicy(t *testing.T) {
	t.Parallel()
	apptest.Policy{
		Collection: audit.Anchors,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			if _, err := audit.Anchor(app, apptest.Today); err != nil {
				t.Fatal(err)
			}
			return apptest.First(t, app, audit.Anchors, "day", apptest.Today)
		},
		Create: map[string]any{"day": "2026-06-09", "seq": 1, "hash": "x"},
		Update: map[string]any{"hash": "y"},
		Table: `
			who       list view create update delete
			guest     403  403  403    403    403
			member    403  403  403    403    403
			branch2   403  403  403    403    403
			clerk     403  403  403    403    403
			keeper    1    200  403    403    403`,
	}.Test(t)
}
