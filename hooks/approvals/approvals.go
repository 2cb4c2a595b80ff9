// Package approvals gets a yes for whatever needs one (审批): waivers, transfers,
// claims, declarations, publications.
//
// Its parts, each a package: flows is the steps that each kind of request goes
// through, as data; seats is who may decide where, in their own name or in
// another's. This package keeps requests and decisions. On it stand subjects, the
// records that requests are about, which follow them, and desk, what people see
// and do.
//
// A request takes a copy of its steps when it is handed in and goes from draft
// through its steps to approved, rejected, withdrawn or expired. A decision is a
// line that nobody changes. Whom a request waits for is asked of the posts at the
// moment, never stored, so a post that ends today ends its say today.
//
// Other capabilities Open requests and act OnApproved, in the transaction of the
// last decision: both happen or neither.
package approvals

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/approvals/flows"
	"yaodian/hooks/approvals/seats"
	"yaodian/hooks/kit"
)

// The collections of this capability.
const (
	Requests  = "approvals_requests"
	Decisions = "approvals_decisions"
)

// Bind attaches the rules of approvals to app. It must come before the
// capabilities that use OnApproved.
func Bind(app core.App) {
	flows.Bind(app)
	seats.Bind(app)

	kit.On(app.OnRecordCreate(Requests), placeRequest)
	kit.OnSave(app, Requests, guardRequest)
	kit.On(app.OnRecordDelete(Requests), deleteRequest)

	kit.OnSave(app, Decisions, guardDecision)
	kit.On(app.OnRecordDelete(Decisions), keepDecision)

	app.Cron().MustAdd("approvals_advance", "0 8 * * *", func() { advance(app, time.Now().In(kit.Beijing)) })
	app.OnServe().BindFunc(catchUp)
}

// OnApproved runs apply in the transaction that approves a request of kind. If
// it fails, nothing is decided and the approver reads why.
func OnApproved(app core.App, kind string, apply func(tx core.App, request *core.Record) error) {
	onStatus(app, kind, apply, Approved)
}

// OnClosed runs apply in the transaction that ends a request of kind without a
// yes: it is rejected, withdrawn or expired.
func OnClosed(app core.App, kind string, apply func(tx core.App, request *core.Record) error) {
	onStatus(app, kind, apply, Rejected, Withdrawn, Expired)
}

// onStatus needs no memory of what it has done: guardRequest lets nobody touch a
// request that is closed, so one is saved as closed exactly once.
func onStatus(app core.App, kind string, apply func(core.App, *core.Record) error, statuses ...Status) {
	kit.On(app.OnRecordUpdateExecute(Requests), func(e *core.RecordEvent) error {
		if err := e.Next(); err != nil || e.Record.GetString("kind") != kind {
			return err
		}
		for _, s := range statuses {
			if Status(e.Record.GetString("status")) == s {
				return apply(e.App, e.Record)
			}
		}
		return nil
	})
}
