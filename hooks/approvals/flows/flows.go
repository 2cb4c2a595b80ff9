// Package flows is how what is asked is decided (审批流程): the kinds of requests,
// and for each the steps that it goes through, from a day to a day and under a
// condition.
//
// A flow is data that an administrator writes. One that can't work is refused
// when it is saved, with a sentence that says why; who is missing for the flows
// in effect is listed; a change can be tried on what has been asked before it
// takes effect. What a request has begun with stays what it was.
package flows

import (
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
)

// Flows is the collection of the versions of all flows.
const Flows = "approvals_flows"

// requests are what flows are for. Package approvals keeps them.
const requests = "approvals_requests"

// Bind attaches the rules of flows to app.
func Bind(app core.App) {
	kit.OnSave(app, Flows, saveFlow)
	kit.On(app.OnRecordDeleteExecute(Flows), deleteFlow)

	app.OnServe().BindFunc(bindRoutes)
}
