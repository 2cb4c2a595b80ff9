package main

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
)

// crowd are 24,000 students in twelve branches.
var crowd = []string{
	`INSERT INTO org_units (id, name, code, kind, path) VALUES ('unitroot0000000', '党工委', 'qh', 'committee', '/qh/')`,
	`INSERT INTO org_units (id, name, code, kind, parent, path) WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 11)
		SELECT printf('unit%011d', i), '支部' || i, 'c' || i, 'branch', 'unitroot0000000', '/qh/c' || i || '/' FROM n`,
	`INSERT INTO people (id, name, kind, state, membership_state, org, org_path, tokenKey) WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 23999)
		SELECT printf('pers%011d', i), '党员' || i, 'member', 'active', 'normal', printf('unit%011d', i % 12), '/qh/c' || (i % 12) || '/', 'token' || i FROM n`,
	`INSERT INTO people_status (id, person, n, since, org, org_path, kind, state, membership_state)
		SELECT 's' || substr(id, 2), id, 1, '2020-01-01', org, org_path, kind, state, membership_state FROM people`,
	`INSERT INTO dues_profiles (id, person, category, since, until, org, org_path) SELECT 'f' || substr(id, 2), id, 'student', '2020-01', '', org, org_path FROM people`,
}

// TestBillSurvivesKill: a bill that is killed at any moment leaves whole chunks,
// and the next run does the rest.
func TestBillSurvivesKill(t *testing.T) {
	if testing.Short() {
		t.Skip("starts the program")
	}
	dir := t.TempDir()
	data := filepath.Join(dir, "data")
	serve(t, dir, data, filepath.Join(dir, "none"), false).stop()
	db, err := dbx.Open("sqlite", "file:"+filepath.Join(data, "data.db")+"?_pragma=busy_timeout(10000)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, sql := range crowd {
		if _, err := db.NewQuery(sql).Execute(); err != nil {
			t.Fatal(sql, err)
		}
	}
	lines := func() (n int) {
		if err := db.NewQuery("SELECT count(*) FROM dues_entries").Row(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}

	kills := 0
	for before := 0; before < 16_000; before = lines() {
		c := program(t, dir, "dues", "bill", "--month", "2026-03", "--dir", data, "--dev=false")
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		for begun := time.Now(); lines() == before && time.Since(begun) < 30*time.Second; {
			time.Sleep(3 * time.Millisecond)
		}
		_ = c.Process.Kill()
		_ = c.Wait()
		kills++
		if n := lines(); n == before || n%2000 != 0 {
			t.Fatalf("killed %d times, %d lines became %d", kills, before, n)
		}
		if out, errs, code := runMain(t, dir, "dues", "verify", "--dir", data, "--dev=false"); code != 0 {
			t.Fatal(out, errs)
		}
	}
	out, errs, code := runMain(t, dir, "dues", "bill", "--month", "2026-03", "--dir", data, "--dev=false")
	if code != 0 || lines() != 24_000 {
		t.Fatalf("%d lines: %s%s", lines(), out, errs)
	}
	out, errs, code = runMain(t, dir, "dues", "verify", "--dir", data, "--dev=false")
	if code != 0 || !strings.HasPrefix(out, "党费账目一致：24000 笔分录") {
		t.Error(out, errs)
	}
	t.Logf("killed %d times", kills)
}
