// Package exchange takes tables into any collection and gives lists out as
// tables (导入导出).
//
// An import is uploaded, previewed cell by cell, and applied as a whole or not
// at all; within a day it can be undone. It does nothing that its uploader
// couldn't do by hand: every row passes the collection's API rule, the request
// hooks and all data rules as if it came from a form. An export shows what the
// list shows to who asks for it, and reads back without a difference.
package exchange

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/exchange/sheet"
	"yaodian/hooks/kit"
)

// The collections of this capability.
const (
	Imports = "exchange_imports"
	Exports = "exchange_exports"
)

// Bind attaches importing and exporting to app. A description replaces what
// would be derived from its collection's schema.
func Bind(app core.App, described ...sheet.Description) {
	newDesk(app, described)
	bindSlim(app)

	for _, made := range []string{Imports, Exports} {
		kit.OnSave(app, made, guardMade)
		kit.On(app.OnRecordDelete(made), refuseDelete)
	}

	app.OnServe().BindFunc(bindRoutes)
	app.OnServe().BindFunc(pickUp)
	app.OnTerminate().BindFunc(finish)
	app.Cron().MustAdd("exchange_tidy", "20 * * * *", func() { tidy(app, time.Now()) })
}

// guardMade: imports and exports are written by the application alone.
func guardMade(e *core.RecordEvent) error {
	if kit.IsSystem(e.Context) {
		return e.Next()
	}
	return kit.Forbid("exchange_made", "导入和导出的记录由系统填写，不能直接修改。")
}

func refuseDelete(e *core.RecordEvent) error {
	return kit.Forbid("exchange_permanent", "导入和导出的记录要留痕，不能删除；其中的文件一天后自动清除。")
}

// finish lets the job under way stop at its next row: what isn't committed by
// then is taken back.
func finish(e *core.TerminateEvent) error {
	deskOf(e.App).stop()
	return e.Next()
}
