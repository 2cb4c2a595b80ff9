package exchange

import (
	"context"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// PocketBase keeps every record that a transaction saves until it has committed,
// to tell about it afterwards. A hundred thousand new people and the lines that
// their rules write would fill the memory, so an import keeps of each new record
// no more than the id and reads it again when its turn to be told about comes.

type slimKey struct{}

// slimmer holds the records that were created since the last row was done.
type slimmer struct {
	created []*core.Record
	empty   map[string]*core.Record // by collection
}

// slimming marks the writes whose records are let go of.
func slimming(ctx context.Context) context.Context {
	return context.WithValue(ctx, slimKey{}, &slimmer{empty: map[string]*core.Record{}})
}

func slimmerOf(ctx context.Context) *slimmer {
	s, _ := ctx.Value(slimKey{}).(*slimmer)
	return s
}

// slim lets go of what the new records of a row hold, all but their ids.
func slim(ctx context.Context) {
	s := slimmerOf(ctx)
	if s == nil {
		return
	}
	for _, r := range s.created {
		s.drain(r)
	}
	clear(s.created)
	s.created = s.created[:0]
}

// drain leaves of a record its id and the name of its collection. All drained
// records of a collection share one that has no fields and that nobody writes to:
// an empty record of its own would be two kilobytes heavy.
func (s *slimmer) drain(r *core.Record) {
	c := r.Collection()
	empty := s.empty[c.Id]
	if empty == nil {
		empty = core.NewRecord(core.NewBaseCollection(c.Name, c.Id))
		s.empty[c.Id] = empty
	}
	id := r.Id
	*r = *empty
	r.Id = id
}

// bindSlim notes new records and fills them again before anything hears of them.
func bindSlim(app core.App) {
	app.OnModelCreateExecute().Bind(&hook.Handler[*core.ModelEvent]{Id: "exchangeSlim", Func: noteCreated, Priority: -1 << 20})
	app.OnModelAfterCreateSuccess().Bind(&hook.Handler[*core.ModelEvent]{Id: "exchangeSlim", Func: fillAgain, Priority: -1 << 20})
}

func noteCreated(e *core.ModelEvent) error {
	if err := e.Next(); err != nil {
		return err
	}
	if record, ok := e.Model.(*core.Record); ok {
		if s := slimmerOf(e.Context); s != nil {
			s.created = append(s.created, record)
		}
	}
	return nil
}

func fillAgain(e *core.ModelEvent) error {
	s := slimmerOf(e.Context)
	record, ok := e.Model.(*core.Record)
	if s == nil || !ok || !record.IsNew() {
		return e.Next()
	}
	stored, err := e.App.FindRecordById(record.Collection().Id, record.Id)
	if err != nil {
		return err
	}
	full := core.NewRecord(stored.Collection())
	for _, f := range stored.Collection().Fields {
		full.SetRaw(f.GetName(), stored.GetRaw(f.GetName()))
	}
	full.MarkAsNotNew()
	*record = *full
	defer s.drain(record) // it is held until the last one was told about
	return e.Next()
}
