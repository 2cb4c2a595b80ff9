package kit

import (
	"context"
	"fmt"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// Inner is the priority of every rule. A rule runs inside the hooks that an
// administrator writes in pb_hooks (priority 0) and outside the system's own
// (99), so it judges the record as it is about to be stored and no other hook
// can change it afterwards.
const Inner = 90

// On binds a rule to a record hook at the Inner priority.
func On(h *hook.TaggedHook[*core.RecordEvent], rule func(*core.RecordEvent) error) {
	h.Bind(&hook.Handler[*core.RecordEvent]{Func: rule, Priority: Inner})
}

// OnSave binds a rule to every create and update of a collection, inside one
// transaction. It sits at the Execute hooks, which SaveNoValidate can't skip.
func OnSave(app core.App, collection string, rule func(*core.RecordEvent) error) {
	onSave(app, rule, collection)
}

// OnEverySave is OnSave for the records of all collections.
func OnEverySave(app core.App, rule func(*core.RecordEvent) error) { onSave(app, rule) }

func onSave(app core.App, rule func(*core.RecordEvent) error, collections ...string) {
	inTx := func(e *core.RecordEvent) error {
		return InTx(e, func() error { return rule(e) })
	}
	On(app.OnRecordCreateExecute(collections...), inTx)
	On(app.OnRecordUpdateExecute(collections...), inTx)
}

// InTx runs fn, which normally ends in e.Next(), inside one transaction.
// What fn reads through e.App can't change before the write commits.
func InTx(e *core.RecordEvent, fn func() error) error { return Within(&e.App, e.Context, fn) }

// Stored reads the record as the database has it now: what the caller loaded
// may be older than the transaction.
func Stored(e *core.RecordEvent) (*core.Record, error) {
	return e.App.FindRecordById(e.Record.Collection(), e.Record.Id)
}

type systemKey struct{}

// System marks a write that the application makes by itself (a duty it
// generates, a message it sends), as opposed to one that a person, a script or
// the admin UI asks for. Nothing that comes in over HTTP can carry the mark.
func System(ctx context.Context) context.Context {
	return context.WithValue(ctx, systemKey{}, true)
}

// IsSystem reports whether ctx carries the mark of System.
func IsSystem(ctx context.Context) bool {
	return ctx != nil && ctx.Value(systemKey{}) != nil
}

// SaveAsSystem saves a record that the application writes by itself.
func SaveAsSystem(app core.App, ctx context.Context, record core.Model) error {
	return app.SaveWithContext(System(ctx), record)
}

// Changed reports whether the record differs from stored in one of fields and
// names the first that does.
func Changed(record, stored *core.Record, fields ...string) (string, bool) {
	for _, f := range fields {
		if fmt.Sprint(record.Get(f)) != fmt.Sprint(stored.Get(f)) { // GetString is empty for lists
			return f, true
		}
	}
	return "", false
}

// Beijing is the only time zone the organisation lives in. China has no
// daylight saving, so no time zone database is needed.
var Beijing = time.FixedZone("UTC+8", 8*60*60)

const clockKey = "yaodian.clock"

// Now is the moment by the application's clock, in Beijing. Adapters pass it
// to rules as a value; tests stop it with SetNow.
func Now(app core.App) time.Time {
	if t, ok := app.Store().Get(clockKey).(time.Time); ok {
		return t.In(Beijing)
	}
	return time.Now().In(Beijing)
}

// SetNow stops the clock of one application at t.
func SetNow(app core.App, t time.Time) { app.Store().Set(clockKey, t) }

// Today is the date of Now as YYYY-MM-DD.
func Today(app core.App) string { return Now(app).Format(time.DateOnly) }

// IsDate reports whether s is a real date written YYYY-MM-DD.
func IsDate(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}
