package console

import (
	"context"
	"reflect"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"

	"yaodian/hooks/kit"
)

// Seal keeps what the rules have judged unchanged until it is stored.
//
// A rule runs inside the record hooks of pb_hooks (see kit.Inner), but
// PocketBase calls its onModel…Execute hooks further in still. Such a hook
// could write what every rule has refused, so a record that is changed there is
// refused.
func Seal(app core.App) {
	for _, h := range []*hook.TaggedHook[*core.RecordEvent]{app.OnRecordCreateExecute(), app.OnRecordUpdateExecute()} {
		h.Bind(&hook.Handler[*core.RecordEvent]{Id: "consoleSeal", Func: remember, Priority: 1 << 20})
	}
	for _, h := range []*hook.TaggedHook[*core.ModelEvent]{app.OnModelCreateExecute(), app.OnModelUpdateExecute()} {
		h.Bind(&hook.Handler[*core.ModelEvent]{Id: "consoleSeal", Func: compare, Priority: 1 << 20})
	}
}

// judged carries the record and what it held when the last rule had seen it.
type judged struct {
	record *core.Record
	data   map[string]any
}

type sealKey struct{}

func remember(e *core.RecordEvent) error {
	outer := e.Context
	defer func() { e.Context = outer }()
	e.Context = context.WithValue(outer, sealKey{}, judged{e.Record, e.Record.FieldsData()})
	return e.Next()
}

func compare(e *core.ModelEvent) error {
	if j, ok := e.Context.Value(sealKey{}).(judged); ok && e.Model.PK() == j.record.Id &&
		!reflect.DeepEqual(j.record.FieldsData(), j.data) {
		return kit.Forbid("hook_too_late", "pb_hooks 里的 onModel…Execute 不能再改动记录，请改用 onRecord…。")
	}
	return e.Next()
}
