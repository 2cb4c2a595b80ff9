// Package documents keeps the ledger of documents to deliver (《》文件台账): what
// the plan promises to draft, revise or sign, how far each has come, and its
// number once it is issued.
package documents

import (
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
)

// Documents is the collection of the ledger.
const Documents = "documents"

// Bind attaches the rules of the ledger to app.
func Bind(app core.App) {
	kit.OnSave(app, Documents, saveDocument)
	kit.On(app.OnRecordDeleteExecute(Documents), deleteDocument)
}

func saveDocument(e *core.RecordEvent) error {
	from := State("")
	if !e.Record.IsNew() {
		stored, err := kit.Stored(e)
		if err != nil {
			return err
		}
		from = State(stored.GetString("state"))
	}
	r := e.Record
	if err := CheckMove(from, State(r.GetString("state"))); err != nil {
		return err
	}
	if err := CheckIssued(State(r.GetString("state")), r.GetString("number"), r.GetString("issued_on"), kit.Today(e.App)); err != nil {
		return err
	}
	if err := CheckVoid(State(r.GetString("state")), r.GetString("note")); err != nil {
		return err
	}
	return e.Next()
}

func deleteDocument(e *core.RecordEvent) error {
	return kit.InTx(e, func() error {
		stored, err := kit.Stored(e)
		if err != nil {
			return err
		}
		if err := CheckDelete(State(stored.GetString("state"))); err != nil {
			return err
		}
		return e.Next()
	})
}
