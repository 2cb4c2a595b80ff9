// Package ledgers draws any collection as a ledger (台账): what it is called, what
// its fields mean, how it is listed, printed and counted as evidence.
//
// A ledger is described from the schema and the rules alone. What differs from
// that is data: a view (ledgers_views) that an administrator edits in the
// browser. A standing link (ledgers_links) makes records that reach a condition
// evidence of a duty by themselves. A filed record never changes; a correction
// slip (更正件, ledgers_corrections) is laid beside it.
package ledgers

import (
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
)

// The collections of this capability.
const (
	Views       = "ledgers_views"
	Links       = "ledgers_links"
	Corrections = "ledgers_corrections"
)

// Bind attaches the rules of ledgers to app.
func Bind(app core.App) {
	kit.OnSave(app, Views, saveView)
	kit.OnSave(app, Links, saveLink)
	kit.On(app.OnRecordCreate(Corrections), placeCorrection)
	kit.OnSave(app, Corrections, saveCorrection)
	kit.On(app.OnRecordDelete(Corrections), keepCorrection)

	kit.OnEverySave(app, followLinks)

	app.OnServe().BindFunc(bindRoutes)
	bindNews(app)
}
