// Package hooks is the table of contents of the application: one line per capability.
package hooks

import (
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/approvals"
	"yaodian/hooks/audit"
	"yaodian/hooks/calendar"
	"yaodian/hooks/documents"
	"yaodian/hooks/dues"
	"yaodian/hooks/exchange"
	"yaodian/hooks/kit"
	"yaodian/hooks/ledgers"
	"yaodian/hooks/notify"
	"yaodian/hooks/org"
	"yaodian/hooks/people"
	"yaodian/hooks/people/privacy"
	"yaodian/hooks/people/signin"
	"yaodian/hooks/plan"
)

// Bind attaches every capability to app. Production and tests both call it,
// so a test always exercises the real wiring.
func Bind(app core.App) {
	app.Cron().SetTimezone(kit.Beijing)

	// In order of dependence: a capability may import those above it, never below.
	calendar.Bind(app)
	org.Bind(app)
	people.Bind(app)
	audit.Bind(app)
	privacy.Bind(app)
	signin.Bind(app)
	notify.Bind(app)
	documents.Bind(app)
	approvals.Bind(app)
	plan.Bind(app)
	ledgers.Bind(app)
	dues.Bind(app)
	exchange.Bind(app, people.Sheet())
}
