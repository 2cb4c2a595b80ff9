package board_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/apptest"
	"yaodian/hooks/plan"
	"yaodian/hooks/plan/board"
	"yaodian/hooks/plan/plantest"
)

// BenchmarkBoard measures the board and the matrix of a year with 10,000
// duties, for who sees them all and for a branch.
func BenchmarkBoard(b *testing.B) {
	app := plantest.WithPlan(b)
	many(b, app, 10_000)
	made := apptest.Only(b, app, plan.Years)
	for _, who := range []string{apptest.Clerk, apptest.Branch} {
		viewer := apptest.Person(b, app, who).Id
		b.Run("board/"+who, func(b *testing.B) {
			percentile(b, func() error { _, err := board.Of(app, made, viewer); return err })
		})
		b.Run("matrix/"+who, func(b *testing.B) {
			percentile(b, func() error { _, err := board.MatrixOf(app, made, viewer, apptest.Today); return err })
		})
	}
}

func percentile(b *testing.B, do func() error) {
	var all []time.Duration
	for b.Loop() {
		start := time.Now()
		if err := do(); err != nil {
			b.Fatal(err)
		}
		all = append(all, time.Since(start))
	}
	slices.Sort(all)
	b.ReportMetric(float64(all[len(all)*99/100].Microseconds())/1000, "p99-ms")
}

// many adds n duties to the plan of plantest.Text, each of a branch of its own, spread
// over its items, as the database would hold them.
func many(t testing.TB, app core.App, n int) {
	t.Helper()
	_, err := app.NonconcurrentDB().NewQuery(fmt.Sprintf(`INSERT INTO plan_duties (id, plan, section, item, task, org, org_path, person, period, title, opens, due, due_original, state, created, updated)
		WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d),
			t AS (SELECT id, plan, section, item, title, row_number() OVER (ORDER BY id) - 1 AS k, count(*) OVER () AS of FROM plan_tasks),
			u AS (SELECT id, path, row_number() OVER (ORDER BY path) - 1 AS k, count(*) OVER () AS of FROM org_units WHERE path LIKE '/jd/%%')
		SELECT printf('d%%014d', i), t.plan, t.section, t.item, t.id, u.id, u.path, '', 'x' || i, t.title,
			date('2026-01-01', (i %% 300) || ' days'), date('2026-01-01', (i %% 300 + 30) || ' days'), '',
			CASE i %% 5 WHEN 0 THEN 'overdue' WHEN 1 THEN 'open' ELSE 'upcoming' END, '2026-01-01 00:00:00.000Z', '2026-01-01 00:00:00.000Z'
		FROM n JOIN t ON t.k = i %% t.of JOIN u ON u.k = i / t.of %% u.of`, n)).Execute()
	if err != nil {
		t.Fatal(err)
	}
}
