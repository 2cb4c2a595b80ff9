package plan_test

import (
	"testing"
	"time"

	"yaodian/hooks/apptest"
	"yaodian/hooks/plan"
	"yaodian/hooks/plan/plantest"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"
)

// BenchmarkGuardedWrite measures a write through every rule beside the same
// row in plain PocketBase: the same database and values, no hook of ours, one
// after the other in the same loop. ratio is the throughput of the guarded
// write in parts of the plain one; the target is 0.5.
func BenchmarkGuardedWrite(b *testing.B) {
	for _, c := range []struct {
		name  string
		write func(b *testing.B, app core.App, i int) time.Duration
	}{{"evidence", writeEvidence}, {"submit", submitDuty}} {
		b.Run(c.name, func(b *testing.B) {
			guarded := plantest.WithPlan(b)
			plain := unguarded(b, guarded)
			var with, without time.Duration
			i := 0
			for b.Loop() {
				with += c.write(b, guarded, i)
				without += c.write(b, plain, i)
				i++
			}
			b.ReportMetric(float64(with.Microseconds())/float64(i), "guarded-µs")
			b.ReportMetric(float64(without.Microseconds())/float64(i), "plain-µs")
			b.ReportMetric(float64(without)/float64(with), "ratio")
		})
	}
}

// unguarded is PocketBase on a copy of an application's database.
func unguarded(b *testing.B, app *tests.TestApp) *tests.TestApp {
	b.Helper()
	plain, err := tests.NewTestApp(app.DataDir())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(plain.Cleanup)
	return plain
}

func writeEvidence(b *testing.B, app core.App, _ int) time.Duration {
	duty := plantest.Duty(b, app, "zb1", "2026-Q2")
	c, err := app.FindCachedCollectionByNameOrId(plan.Evidence)
	if err != nil {
		b.Fatal(err)
	}
	record := core.NewRecord(c)
	record.Load(map[string]any{
		"duty": duty.Id, "plan": duty.GetString("plan"), "item": duty.GetString("item"), "org": duty.GetString("org"), "org_path": duty.GetString("org_path"),
		"person": apptest.Person(b, app, apptest.Branch).Id, "text": "已讲党课，到会 21 人。",
	})
	return took(b, func() error { return app.Save(record) })
}

func submitDuty(b *testing.B, app core.App, i int) time.Duration {
	duty := plantest.Duty(b, app, "zb1", "2026-Q2")
	if i == 0 {
		writeEvidence(b, app, i)
	} else if _, err := app.NonconcurrentDB().NewQuery("UPDATE plan_duties SET state = 'open', submitted_by = '', submitted_at = '' WHERE id = '" + duty.Id + "'").Execute(); err != nil {
		b.Fatal(err)
	}
	duty = plantest.Duty(b, app, "zb1", "2026-Q2")
	duty.Load(map[string]any{"state": "submitted", "submitted_by": apptest.Person(b, app, apptest.Branch).Id})
	return took(b, func() error { return app.Save(duty) })
}

func took(b *testing.B, do func() error) time.Duration {
	start := time.Now()
	if err := do(); err != nil {
		b.Fatal(err)
	}
	return time.Since(start)
}
