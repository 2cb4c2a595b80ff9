// Package audit keeps the trail (留痕): who changed which field from what to
// what, who decided, looked, exported, signed in or failed to. It only grows,
// each entry carries the hash of the one before, and `audit verify` finds one
// changed byte.
//
// # What is written, and when
//
// An entry is written in the transaction of the change itself, by hooks right
// around the statement: further in than every rule (kit.Inner), so that it says
// what is stored and not what somebody asked for. Either both are committed or
// neither. Because the hooks have a priority of their own, the place of Bind in
// the list of capabilities doesn't matter. An update that changes nothing but
// its own date leaves no entry. Entries are inserted by SQL: no hooks run for
// them, no page is told, and a reader asks for them.
//
// Not audited: the trail itself, the inbox (each message follows from an entry),
// and PocketBase's one-time codes and device lists; org_reach and other derived
// tables have no records. The system keeper's writes are audited like everybody
// else's, and so are settings, collections, the SQL console and backups.
//
// # Who acts
//
// Model hooks don't see requests. The app that a request works with is replaced
// by one that acts for who is signed in (kit.As): its writes carry the actor in
// their context, its transactions belong to the actor. That covers record
// routes, batches and custom routes alike, and everything hooks write as a
// consequence. Without an actor it was the system; jobs and commands name
// themselves with kit.As.
//
// # What is not written
//
// No value of a sensitive field. A field is sensitive if it is Hidden, a
// password, a token key, the address of an account, or if its help text
// contains 【敏感】: an administrator sees that in the schema and can do the same
// for a field of their own. Such a field shows as [changed]. Where the
// organization or the person of a record is marked so, the entry doesn't carry
// them either, and only the system keeper reads it. Long values are kept as
// their beginning and a digest; files by name. No network address, except the
// network (not the device) of a failed sign-in, which is what tells an attack
// from a slip of the finger.
//
// # Who reads
//
// Officers with the power "audit" what lies in their reach; everybody what
// concerns themselves (subject_person), provided the rule of the collection lets
// them see the record as theirs: an inquiry that a person may not know of
// doesn't show up here either. Sign-ins are read by the person and the system
// keeper alone: when somebody was online is no business of a secretary.
//
// # What verification proves
//
// The chain shows any change, removal, insertion or exchange in its middle. It
// can't show that the end was cut off, or that whoever owns the machine has
// written all of it anew: against that, compare with a head that was kept
// elsewhere (`audit verify --expect`). The daily heads in audit_anchors serve
// for this, and find a cut by accident by themselves. org_path follows the tree
// and is therefore outside the hash; it is compared with the tree instead.
package audit

import (
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"

	"yaodian/hooks/kit"
)

// The collections of this capability.
const (
	Entries = "audit_entries"
	Anchors = "audit_anchors"
)

// skipped are the collections whose records leave no trace.
var skipped = map[string]bool{
	Entries: true, Anchors: true, "notify_messages": true, "notify_deliveries": true,
	"people_sessions": true, // signing in and out leaves entries of its own
	core.CollectionNameAuthOrigins: true, core.CollectionNameMFAs: true, core.CollectionNameOTPs: true,
}

// Bind makes app leave a trail.
func Bind(app core.App) {
	innermost(app.OnRecordCreateExecute(), noteCreate)
	innermost(app.OnRecordUpdateExecute(), noteUpdate)
	innermost(app.OnRecordDeleteExecute(), noteDelete)

	for _, trail := range []string{Entries, Anchors} {
		kit.On(app.OnRecordCreate(trail), refuseWrite)
		kit.On(app.OnRecordUpdate(trail), refuseWrite)
		kit.On(app.OnRecordDelete(trail), refuseWrite)
	}
	bindKeeper(app)
	bindSignIn(app)

	app.OnServe().BindFunc(bindRoutes)
	app.Cron().MustAdd("audit_anchor", "59 23 * * *", func() {
		head, err := Anchor(app, time.Now().In(kit.Beijing).Format(time.DateOnly))
		app.Logger().Info("Anchored the audit trail", "seq", head.Seq, "hash", head.Hash, "error", err)
	})
}

// innermost binds a handler further in than any rule.
func innermost(h *hook.TaggedHook[*core.RecordEvent], note func(*core.RecordEvent) error) {
	h.Bind(&hook.Handler[*core.RecordEvent]{Priority: kit.Inner + 1, Func: func(e *core.RecordEvent) error {
		if skipped[e.Record.Collection().Name] {
			return e.Next()
		}
		return kit.InTx(e, func() error { return note(e) })
	}})
}

func noteCreate(e *core.RecordEvent) error {
	if err := e.Next(); err != nil {
		return err
	}
	return Note(e.App, e.Context, Event{Action: Create, Record: e.Record, Changes: changesOf(nil, e.Record)})
}

func noteUpdate(e *core.RecordEvent) error {
	stored, err := kit.Stored(e)
	if err != nil {
		return err
	}
	if err := e.Next(); err != nil {
		return err
	}
	changes := changesOf(stored, e.Record)
	if len(changes) == 0 {
		return nil
	}
	return Note(e.App, e.Context, Event{Action: Update, Record: e.Record, Changes: changes})
}

func noteDelete(e *core.RecordEvent) error {
	stored, err := kit.Stored(e)
	if err != nil {
		return err
	}
	if err := e.Next(); err != nil {
		return err
	}
	return Note(e.App, e.Context, Event{Action: Delete, Record: stored, Changes: changesOf(stored, nil)})
}

// refuseWrite: the trail isn't written as records; anchors are set by their job.
func refuseWrite(e *core.RecordEvent) error {
	if e.Record.Collection().Name == Anchors && e.Record.IsNew() && kit.IsSystem(e.Context) {
		return e.Next()
	}
	return kit.Forbid("audit_append_only", "留痕由系统写入，任何人都不能添加、修改或删除。")
}
