package dues_test

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/dues/charge"
	"yaodian/hooks/kit"
)

// crowd is a committee of n members in branches of size, with categories and
// bases, written by SQL.
func crowd(t testing.TB, n, size int) *tests.TestApp {
	t.Helper()
	app := prepared(t)
	root := apptest.Unit(t, app, "jd").Id
	err := app.RunInTransaction(func(tx core.App) error {
		db := tx.DB()
		for _, sql := range []string{
			`INSERT INTO org_units (id, name, code, kind, parent, path, established, closed, sort) WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {:units})
				SELECT printf('unit%011d', i), '支部' || i, 'c' || i, 'branch', {:root}, '/jd/c' || i || '/', '', '', i FROM n`,
			`INSERT INTO people (id, name, kind, state, membership_state, org, org_path, tokenKey) WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {:n})
				SELECT printf('pers%011d', i), '党员' || i, 'member', 'active', 'normal', printf('unit%011d', i / {:size}), '/jd/c' || (i / {:size}) || '/', 'token' || i FROM n`,
			`INSERT INTO people_status (id, person, n, since, org, org_path, kind, state, membership_state) SELECT 's' || substr(id, 2), id, 1, '2020-01-01', org, org_path, kind, state, membership_state FROM people WHERE id LIKE 'pers%'`,
			`INSERT INTO dues_profiles (id, person, category, since, until, org, org_path) SELECT 'f' || substr(id, 2), id, CASE rowid % 5 WHEN 0 THEN 'student' WHEN 1 THEN 'retired' ELSE 'wage_monthly' END, '2020-01', '', org, org_path FROM people WHERE id LIKE 'pers%'`,
			`INSERT INTO dues_bases (id, person, year, since, base, due, state, org, org_path) SELECT 'b' || substr(id, 2), id, 2026, '2026-01', 250000 + rowid * 7 % 900000, 0, 'reviewed', org, org_path FROM people WHERE id LIKE 'pers%'`,
		} {
			if _, err := db.NewQuery(sql).Bind(dbx.Params{"units": (n + size - 1) / size, "root": root, "n": n, "size": size}).Execute(); err != nil {
				return fmt.Errorf("%s: %w", sql[:40], err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return app
}

// bare inserts the rows of a month with a prepared statement and nothing else,
// into a table with the same columns and indexes.
func bare(t testing.TB, app *tests.TestApp) time.Duration {
	t.Helper()
	var indexes []string
	if err := app.DB().NewQuery("SELECT sql FROM sqlite_master WHERE tbl_name = 'dues_entries' AND type = 'index' AND sql != ''").Column(&indexes); err != nil {
		t.Fatal(err)
	}
	exec(t, app, "ALTER TABLE dues_entries RENAME TO entries_kept")
	for _, name := range []string{"update", "delete", "insert"} {
		exec(t, app, "DROP TRIGGER dues_entries_"+name)
	}
	var create string
	if err := app.DB().NewQuery("SELECT replace(sql, 'entries_kept', 'dues_entries') FROM sqlite_master WHERE name = 'entries_kept'").Row(&create); err != nil {
		t.Fatal(err)
	}
	var names []string
	if err := app.DB().NewQuery("SELECT name FROM sqlite_master WHERE tbl_name = 'entries_kept' AND type = 'index' AND sql != ''").Column(&names); err != nil {
		t.Fatal(err)
	}
	for _, n := range names {
		exec(t, app, "DROP INDEX "+n)
	}
	exec(t, app, create)
	for _, sql := range indexes {
		exec(t, app, sql)
	}
	return insertAll(t, app)
}

func insertAll(t testing.TB, app *tests.TestApp) time.Duration {
	t.Helper()
	const columns = "id, seq, person, month, kind, amount, booked_on, explain, rates, payment, waiver, reverses, [[by]], org, created, prev, hash, org_path"
	var rows []dbx.NullStringMap
	if err := app.DB().NewQuery("SELECT " + columns + " FROM entries_kept ORDER BY id").All(&rows); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	err := app.RunInTransaction(func(tx core.App) error {
		q := tx.NonconcurrentDB().NewQuery("INSERT INTO dues_entries (" + columns + `) VALUES ({:id}, {:seq}, {:person}, {:month}, {:kind}, {:amount}, {:booked_on}, {:explain},
			{:rates}, {:payment}, {:waiver}, {:reverses}, {:by}, {:org}, {:created}, {:prev}, {:hash}, {:org_path})`).Prepare()
		defer func() { _ = q.Close() }()
		for _, r := range rows {
			params := dbx.Params{}
			for k, v := range r {
				params[k] = v.String
			}
			if _, err := q.Bind(params).Execute(); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return time.Since(start)
}

// BenchmarkBillMonth bills a month for 100,000 people and then inserts the same
// rows bare: "ratio" is how much slower the bill is, "MB" what it holds at most.
func BenchmarkBillMonth(b *testing.B) {
	for range b.N {
		b.StopTimer()
		app := crowd(b, 100_000, 2000)
		runtime.GC()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		b.StartTimer()
		start := time.Now()
		done, err := charge.BillMonth(app, "2026-06", kit.Now(app))
		took := time.Since(start)
		b.StopTimer()
		runtime.ReadMemStats(&after)
		if err != nil || done.Charged < 100_000 {
			b.Fatalf("%+v %v", done, err)
		}
		whole(b, app)
		plain := bare(b, app)
		b.ReportMetric(float64(took)/float64(plain), "ratio")
		b.ReportMetric(plain.Seconds(), "bare-s")
		b.ReportMetric(took.Seconds(), "bill-s")
		b.ReportMetric(float64(after.HeapSys-before.HeapSys)/1e6, "heap-MB")
	}
}

// Billing holds one chunk in memory, however many people there are.
func TestBillMonthIsFlat(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes seconds")
	}
	app := crowd(t, 6000, 1000)
	done, err := charge.BillMonth(app, "2026-06", kit.Now(app))
	if err != nil || done.Charged != 6003 {
		t.Fatalf("%+v %v", done, err)
	}
	var notes int
	if err := app.DB().NewQuery("SELECT count(*) FROM audit_entries WHERE collection = 'dues_entries'").Row(&notes); err != nil || notes != 7 {
		t.Errorf("Expected an entry of the trail for each chunk, got %d %v", notes, err)
	}
	whole(t, app)
}
