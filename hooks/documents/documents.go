// Package documents keeps the ledger of documents to deliver (《》文件台账): what
// the plan promises to draft, revise or sign, how far each has come, and its
// number once it is issued. With it go who must sign for a document (签收), what
// superiors have asked for, divided and answered (上级部署), and how much paper
// each unit issues (发文统计).
package documents

import (
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// The collections of this capability.
const (
	Documents  = "documents"
	Receipts   = "documents_receipts"
	Directives = "documents_directives"
	Issues     = "documents_issues"
)

// Bind attaches the rules of the ledger to app.
func Bind(app core.App) {
	kit.OnSave(app, Documents, saveDocument)
	kit.On(app.OnRecordDeleteExecute(Documents), deleteDocument)

	org.Follow(app, signing)
	kit.OnSave(app, Receipts, saveReceipt)
	org.Follow(app, directing)
	kit.OnSave(app, Directives, saveDirective)
	kit.OnSave(app, Issues, saveIssue)

	app.OnServe().BindFunc(bindRoutes)
	app.Cron().MustAdd("documents_remind", "20 8 * * *", func() { remind(app, kit.Now(app)) })
}

func bindRoutes(e *core.ServeEvent) error {
	e.Router.GET("/api/documents/issues/{year}", countIssues).Bind(apis.RequireAuth())
	return e.Next()
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
