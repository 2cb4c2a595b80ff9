// Package hooks is the table of contents of the application: one line per capability.
package hooks

import (
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/activities"
	"yaodian/hooks/appraisals"
	"yaodian/hooks/approvals"
	"yaodian/hooks/approvals/desk"
	"yaodian/hooks/audit"
	"yaodian/hooks/calendar"
	"yaodian/hooks/declarations"
	"yaodian/hooks/development"
	"yaodian/hooks/documents"
	"yaodian/hooks/dues"
	"yaodian/hooks/elections"
	"yaodian/hooks/exchange"
	"yaodian/hooks/ideology"
	"yaodian/hooks/inspections"
	"yaodian/hooks/integrity"
	"yaodian/hooks/kit"
	"yaodian/hooks/ledgers"
	"yaodian/hooks/massorg"
	"yaodian/hooks/meetings"
	"yaodian/hooks/notify"
	"yaodian/hooks/org"
	"yaodian/hooks/org/changes"
	"yaodian/hooks/org/gradings"
	"yaodian/hooks/org/terms"
	"yaodian/hooks/outreach"
	"yaodian/hooks/people"
	"yaodian/hooks/people/files"
	"yaodian/hooks/people/flows"
	"yaodian/hooks/people/privacy"
	"yaodian/hooks/people/signin"
	"yaodian/hooks/people/transfers"
	"yaodian/hooks/plan"
	"yaodian/hooks/plan/board"
	"yaodian/hooks/plan/imports"
	"yaodian/hooks/pledges"
	"yaodian/hooks/points"
	"yaodian/hooks/publicity"
	"yaodian/hooks/study"
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
	desk.Bind(app)
	declarations.Bind(app)
	changes.Bind(app)
	transfers.Bind(app)
	flows.Bind(app)
	files.Bind(app)
	plan.Bind(app)
	imports.Bind(app)
	board.Bind(app)
	ledgers.Bind(app)
	integrity.Bind(app)
	inspections.Bind(app)
	outreach.Bind(app)
	activities.Bind(app)
	massorg.Bind(app)
	pledges.Bind(app)
	meetings.Bind(app)
	study.Bind(app)
	ideology.Bind(app)
	appraisals.Bind(app)
	dues.Bind(app)
	terms.Bind(app)
	gradings.Bind(app)
	publicity.Bind(app)
	development.Bind(app)
	elections.Bind(app)
	points.Bind(app)
	exchange.Bind(app, people.Sheet())
}
