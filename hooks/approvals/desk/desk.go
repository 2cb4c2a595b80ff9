// Package desk is what people see of approvals and do to them (审批桌面): what waits
// for somebody, a request on a page with its steps, its history and what its
// reader may do, and the routes by which they do it.
package desk

import "github.com/pocketbase/pocketbase/core"

// Bind attaches the routes of approvals to app.
func Bind(app core.App) { app.OnServe().BindFunc(bindRoutes) }
