package apptest

import (
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Person finds one of the people of the template.
func Person(t testing.TB, app core.App, number string) *core.Record {
	t.Helper()
	return First(t, app, "people", "number", number)
}

// Unit finds one of its units by its code.
func Unit(t testing.TB, app core.App, code string) *core.Record {
	t.Helper()
	return First(t, app, "org_units", "code", code)
}

// MoreUnits hangs branches b1 to bn below the committee, beyond its rules; those
// that are there stay.
func MoreUnits(t testing.TB, app core.App, n int) {
	t.Helper()
	jd := Unit(t, app, "jd")
	_, err := app.NonconcurrentDB().NewQuery(`INSERT OR IGNORE INTO org_units (id, name, code, kind, parent, path, created, updated)
		WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {:n})
		SELECT printf('u%014d', i), '第 ' || i || ' 党支部', 'b' || i, 'branch', {:parent}, {:path} || 'b' || i || '/', {:now}, {:now} FROM n`).
		Bind(dbx.Params{"n": n, "parent": jd.Id, "path": jd.GetString("path"), "now": jd.GetString("created")}).Execute()
	if err != nil {
		t.Fatal(err)
	}
}

// Role finds a role by its key.
func Role(t testing.TB, app core.App, key string) *core.Record {
	t.Helper()
	return First(t, app, "org_roles", "key", key)
}

// First finds a record by one of its fields or fails the test.
func First(t testing.TB, app core.App, collection, field, value string) *core.Record {
	t.Helper()
	record, err := app.FindFirstRecordByData(collection, field, value)
	if err != nil {
		t.Fatalf("%s with %s = %q: %v", collection, field, value, err)
	}
	return record
}
