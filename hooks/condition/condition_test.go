package condition_test

import (
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/apptest"
	"yaodian/hooks/condition"
)

// A condition is asked of the record as it is in memory: stored, changed or not
// yet saved, inside a transaction and outside.
func TestHolds(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	document := apptest.Make(t, app, "documents", map[string]any{"title": "办法", "action": "draft", "year": 2026, "state": "planned", "org": "@zb1"})
	holds := func(name string, app core.App, r *core.Record, text string, want bool) {
		t.Helper()
		got, err := condition.Holds(app, r, text)
		if err != nil || got != want {
			t.Errorf("%s: %s: Expected %v, got %v, %v", name, text, want, got, err)
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

	request, err := app.FindCollectionByNameOrId("approvals_requests")
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
	for text, want := range map[string]bool{
		`title = "'); DROP TABLE people; --"`: true,
		`title = "x' OR '1'='1"`:              false,
	} {
		if got, err := condition.Holds(app, document, text); err != nil || got != want {
			t.Errorf("%s: Expected %v, got %v, %v", text, want, got, err)
		}
	}
	if _, err := app.FindAllRecords("people"); err != nil {
		t.Fatal(err)
	}
}

// A condition that can't be asked is refused with a sentence that says why.
func TestCheck(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	for text, want := range map[string]string{
		``: "", `year > 2025`: "", `org.parent.kind = "committee"`: "", `strftime("%Y", created) = "2026"`: "",
		`colour = "red"`: "condition_wrong", `org.colour = "red"`: "condition_wrong", `year >>> 3`: "condition_wrong", `year = `: "condition_wrong",
		`price(title) = 3`: "condition_wrong", `@collection.papers.x = 1`: "condition_wrong", `@request.auth.rolle != "x"`: "condition_request",
	} {
		apptest.Refused(t, text, condition.Check(app, "documents", text), want)
	}
	apptest.Refused(t, "of no collection", condition.Check(app, "papers", ""), "condition_subject_unknown")
}

// Of many records at once the same is true as of each.
func TestMatching(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	var ids []any
	texts := []string{`year > 2025`, ``, `org.name ~ "东风"`, `org.org_posts_via_org.person.name ?= "赵支书" && year = 2026`}
	var records []*core.Record
	for i, unit := range []string{"@zb1", "@zb2", "@zb1"} {
		r := apptest.Make(t, app, "documents", map[string]any{"title": "办法", "action": "draft", "year": 2025 + i, "state": "planned", "org": unit})
		records, ids = append(records, r), append(ids, r.Id)
	}
	for _, text := range texts {
		got, err := condition.Matching(app, "documents", text, ids)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range records {
			if want, err := condition.Holds(app, r, text); err != nil || got[r.Id] != want {
				t.Errorf("%s of %d: Expected %v, got %v, %v", text, r.GetInt("year"), want, got[r.Id], err)
			}
		}
	}
}

// BenchmarkHolds is one evaluation of a condition.
func BenchmarkHolds(b *testing.B) {
	app := apptest.New(b)
	c, err := app.FindCollectionByNameOrId("approvals_requests")
	if err != nil {
		b.Fatal(err)
	}
	request := core.NewRecord(c)
	request.Load(map[string]any{"kind": "honor", "org": apptest.Unit(b, app, "zb1").Id, "applicant": apptest.Person(b, app, apptest.Member).Id, "snapshot": map[string]any{"amount": 5}})
	for name, text := range map[string]string{
		"flat": `kind = "honor" && round = 0`, "json": `snapshot.amount > 3`, "relation": `org.parent.kind = "committee"`,
		"back": `applicant.org_posts_via_person.role.key ?= "branch_secretary"`,
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := condition.Holds(app, request, text); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
