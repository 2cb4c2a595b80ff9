package approvals_test

import (
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/approvals"
	"yaodian/hooks/apptest"
)

// A condition is asked of the record as it is in memory: stored, changed or not
// yet saved, inside a transaction and outside.
func TestHolds(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	document := apptest.Make(t, app, "documents", map[string]any{"title": "办法", "action": "draft", "year": 2026, "state": "planned", "org": "@zb1"})
	holds := func(name string, app core.App, r *core.Record, condition string, want bool) {
		t.Helper()
		got, err := approvals.Holds(app, r, condition)
		if err != nil || got != want {
			t.Errorf("%s: %s: Expected %v, got %v, %v", name, condition, want, got, err)
		}
	}
	holds("empty", app, document, "", true)
	holds("stored", app, document, `year = 2026 && state = "planned"`, true)
	holds("through a relation", app, document, `org.parent.kind = "committee"`, true)
	holds("back through a relation", app, document, `org.org_posts_via_org.person.name ?= "赵支书"`, true)
	holds("another collection", app, document, `@collection.org_roles.key ?= "clerk"`, true)
	document.Set("year", 2030)
	holds("changed", app, document, `year = 2030`, true)
	holds("not as stored", app, document, `year = 2026`, false)

	unsaved := core.NewRecord(document.Collection())
	unsaved.Load(map[string]any{"title": "新的", "year": 2031, "org": apptest.Unit(t, app, "zb2").Id})
	holds("unsaved", app, unsaved, `year > 2030 && org.name ~ "西苑"`, true)
	holds("unsaved", app, unsaved, `org.name ~ "东风"`, false)

	request, err := app.FindCollectionByNameOrId(approvals.Requests)
	if err != nil {
		t.Fatal(err)
	}
	asked := core.NewRecord(request)
	asked.Set("snapshot", map[string]any{"amount": 120_000, "items": []any{map[string]any{"kind": "books"}}})
	holds("json", app, asked, `snapshot.amount >= 100000 && snapshot.items.0.kind = "books"`, true)
	holds("json", app, asked, `snapshot.amount < 100000`, false)
	holds("what isn't there", app, asked, `snapshot.price > 0`, false)

	err = app.RunInTransaction(func(tx core.App) error {
		made, err := apptest.Try(tx, "documents", apptest.Named(t, tx, map[string]any{"title": "事务内", "action": "draft", "year": 2040, "state": "planned", "org": "@zb1"}))
		if err != nil {
			return err
		}
		unit := apptest.Unit(t, tx, "zb1")
		unit.Set("short", "东风")
		if err := tx.Save(unit); err != nil {
			return err
		}
		holds("in a transaction, what it has written", tx, made, `org.short = "东风"`, true)
		made.Set("year", 2041)
		holds("in a transaction, changed", tx, made, `year = 2041`, true)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Nothing in a condition's values becomes SQL, and nothing is written.
func TestHoldsBindsValues(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	document := apptest.Make(t, app, "documents", map[string]any{"title": "'); DROP TABLE people; --", "action": "draft", "year": 2026, "state": "planned", "org": "@zb1"})
	for condition, want := range map[string]bool{
		`title = "'); DROP TABLE people; --"`: true,
		`title = "x' OR '1'='1"`:              false,
	} {
		if got, err := approvals.Holds(app, document, condition); err != nil || got != want {
			t.Errorf("%s: Expected %v, got %v, %v", condition, want, got, err)
		}
	}
	if _, err := app.FindAllRecords("people"); err != nil {
		t.Fatal(err)
	}
}
