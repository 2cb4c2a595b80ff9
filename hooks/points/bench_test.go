package points_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/kit"
	"yaodian/hooks/org"
	"yaodian/hooks/points"
	"yaodian/hooks/points/award"
	"yaodian/hooks/points/board"
	"yaodian/hooks/points/keep"
)

// crowd is a committee of n members in branches of a hundred who have learnt each
// times this year, written by SQL.
func crowd(t testing.TB, n, each int) *tests.TestApp {
	t.Helper()
	app := prepared(t)
	err := app.RunInTransaction(func(tx core.App) error {
		for _, sql := range []string{
			`INSERT INTO org_units (id, name, code, kind, parent, path, established, closed, sort) WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {:units})
				SELECT printf('unit%011d', i), '支部' || i, 'c' || i, 'branch', {:root}, '/jd/c' || i || '/', '', '', i FROM n`,
			`INSERT INTO people (id, name, pinyin, kind, state, membership_state, org, org_path, tokenKey) WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {:n})
				SELECT printf('pers%011d', i), '党员' || i, 'dangyuan' || i, 'member', 'active', 'normal', printf('unit%011d', i / 100), '/jd/c' || (i / 100) || '/', 'token' || i FROM n`,
			`INSERT INTO people_status (id, person, n, since, org, org_path, kind, state, membership_state) SELECT 's' || substr(id, 2), id, 1, '2020-01-01', org, org_path, kind, state, membership_state FROM people WHERE id LIKE 'pers%'`,
			`INSERT INTO study_records (id, person, studied_on, tenths, source, title, meeting, material, org, org_path) WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {:each})
				SELECT printf('r%06d%08d', i, p.rowid), p.id, printf('2026-%02d-%02d', 1 + i % 6, 1 + i % 9), 20, 'self', '学习', '', '', p.org, p.org_path FROM people p, n WHERE p.id LIKE 'pers%'`,
		} {
			if _, err := tx.DB().NewQuery(sql).Bind(dbx.Params{"units": (n + 99) / 100, "root": apptest.Unit(t, app, "jd").Id, "n": n, "each": each}).Execute(); err != nil {
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

// BenchmarkSourceWrite saves records that give points and the same without rules
// in force, side by side: "ratio" is how much longer the first take.
func BenchmarkSourceWrite(b *testing.B) {
	with, without := prepared(b), prepared(b)
	exec(b, without, "UPDATE points_rules SET state = 'draft'")
	c, err := with.FindCollectionByNameOrId("study_records")
	if err != nil {
		b.Fatal(err)
	}
	write := func(app core.App, n int) time.Duration {
		who, unit := id(b, app, apptest.Member), apptest.Unit(b, app, "zb1").Id
		start := time.Now()
		for range n {
			r := core.NewRecord(c)
			r.Load(map[string]any{"person": who, "org": unit, "studied_on": "2026-05-06", "tenths": 10, "source": "self", "title": "学习"})
			if err := kit.As(app, kit.Actor{Kind: kit.ByPerson, ID: who}).Save(r); err != nil {
				b.Fatal(err)
			}
		}
		return time.Since(start)
	}
	write(with, 20)
	write(without, 20)
	var slow, fast time.Duration
	for b.Loop() {
		slow += write(with, 50)
		fast += write(without, 50)
	}
	b.ReportMetric(float64(slow)/float64(fast), "ratio")
	b.ReportMetric(float64(slow.Microseconds())/float64(50*b.N), "us/write")
}

// BenchmarkFileMeeting registers forty people at a meeting and files it: all of
// them get points.
func BenchmarkFileMeeting(b *testing.B) {
	file := func(app *tests.TestApp) time.Duration {
		var ids []string
		if err := app.DB().NewQuery("SELECT id FROM people WHERE id LIKE 'pers%' LIMIT 40").Column(&ids); err != nil {
			b.Fatal(err)
		}
		start := time.Now()
		m := apptest.Make(b, app, "meetings", map[string]any{"org": "@zb1", "kind": "theme_day", "title": "会", "held_on": "2026-05-06", "host": "#" + apptest.Branch, "state": "held"})
		for _, who := range ids {
			apptest.Make(b, app, "meetings_attendance", map[string]any{"meeting": m.Id, "person": who, "status": "present"})
		}
		set(b, app, m, "filed")
		return time.Since(start)
	}
	with, without := crowd(b, 100, 1), crowd(b, 100, 1)
	exec(b, without, "UPDATE points_rules SET state = 'draft'")
	var slow, fast time.Duration
	for b.Loop() {
		slow += file(with)
		fast += file(without)
	}
	b.ReportMetric(float64(slow)/float64(fast), "ratio")
	b.ReportMetric(float64(slow.Milliseconds())/float64(b.N), "ms/meeting")
}

// BenchmarkRecompute gives a million entries, and then reckons all of them anew;
// -short makes it a tenth.
func BenchmarkRecompute(b *testing.B) {
	crowds := 100_000
	if testing.Short() {
		crowds = 10_000
	}
	for range b.N {
		b.StopTimer()
		app := crowd(b, crowds, 10)
		start := time.Now()
		if err := award.SettleAll(app, "2026-01-01"); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(time.Since(start).Seconds(), "give-s")
		b.StartTimer()
		start = time.Now()
		report, err := points.Verify(app)
		if err != nil || report.Whole() != nil || report.Entries != int64(10*crowds) {
			b.Fatal(report, err)
		}
		b.ReportMetric(time.Since(start).Seconds(), "verify-s")
	}
}

// BenchmarkSandbox tries a draft on 100,000 facts.
func BenchmarkSandbox(b *testing.B) {
	app := crowd(b, 10_000, 10)
	draft := apptest.Make(b, app, "points_rules", map[string]any{"no": "Z01", "title": "学习加倍", "subject": "study", "condition": `source = "self"`, "category": "study", "value": 10, "since": "2026-07-01", "replaces": ruleNo(b, app, "T04")})
	everywhere := []org.Range{{Lo: "/", Hi: "0"}}
	for b.Loop() {
		now, then, err := keep.Sets(app, []string{draft.Id})
		if err != nil {
			b.Fatal(err)
		}
		effect, err := board.Sandbox(app, board.Trial{Year: "2026", Now: now, Then: then, Reach: everywhere, Names: everywhere})
		if err != nil || effect.Touched == nil || *effect.Touched < 10_000 {
			b.Fatal(effect, err)
		}
	}
}
