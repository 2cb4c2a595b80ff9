package exchange

import (
	"context"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// PocketBase keeps every record that a transaction saves until it has committed,
// to tell about it afterwards. A hundred thousand new people would fill the
// memory, so an import keeps of each no more than the id and reads it again when
// its turn to be told about comes.

type slimKey struct{}

// slimming marks the writes whose records are let go of.
func slimming(ctx context.Context) context.Context {
	return context.WithValue(ctx, slimKey{}, true)
}

// slim lets go of what a new record holds, all but its id.
func slim(ctx context.Context, r *core.Record) {
	if ctx.Value(slimKey{}) == nil {
		return
	}
	empty := core.NewRecord(r.Collection())
	empty.Id = r.Id
	*r = *empty
}

// bindSlim fills new records again before anything hears of them.
func bindSlim(app core.App) {
	app.OnModelAfterCreateSuccess().Bind(&hook.Handler[*core.ModelEvent]{Id: "exchangeSlim", Func: fillAgain, Priority: -1 << 20})
}

func fillAgain(e *core.ModelEvent) error {
	record, ok := e.Model.(*core.Record)
	if !ok || e.Context.Value(slimKey{}) == nil || !record.IsNew() {
		return e.Next()
	}
	stored, err := e.App.FindRecordById(record.Collection(), record.Id)
	if err != nil {
		return err
	}
	full := core.NewRecord(record.Collection())
	for _, f := range record.Collection().Fields {
		full.SetRaw(f.GetName(), stored.GetRaw(f.GetName()))
	}
	full.MarkAsNotNew()
	*record = *full
	return e.Next()
}
