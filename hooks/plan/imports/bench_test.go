package imports_test

import (
	"context"
	"testing"

	"yaodian/hooks/apptest"
	"yaodian/hooks/plan/imports"
	"yaodian/hooks/plan/plantest"
)

// BenchmarkConfirm measures a plan of 22 duties from import to duties, and what
// a desk asks after every change.
func BenchmarkConfirm(b *testing.B) {
	b.Run("forecast", func(b *testing.B) {
		app := plantest.WithImport(b)
		draft := apptest.Only(b, app, imports.Imports)
		for b.Loop() {
			if _, err := imports.Forecast(app, draft); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("confirm", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			app := plantest.WithImport(b)
			draft, by := apptest.Only(b, app, imports.Imports), apptest.Person(b, app, apptest.Secretary).Id
			b.StartTimer()
			if _, _, err := imports.Confirm(app, context.Background(), draft.Id, by); err != nil {
				b.Fatal(err)
			}
		}
	})
}
