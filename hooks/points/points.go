// Package points is points for what Party members do (党员积分): rules that are
// data, entries that follow from records by themselves, claims that others
// decide, a publication each quarter, and a ledger that only grows.
//
// Its parts, each a package: rule is what points are given for and how they add
// up, purely; ledger is the lines, of which none is ever changed; award turns
// what happened into lines; keep keeps rules, schemes, categories and vetoes;
// board reads totals and tries rules; rounds is claims, publications and appeals.
// This package binds them, answers what a page needs, and verifies.
//
// There is no ranking: totals are stored nowhere, lists of people are in the
// order of their names, and how totals spread is told in groups of five and more.
// Nothing is decided about anybody: bands are for reference (domain.md 10.2).
package points

import (
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/points/award"
	"yaodian/hooks/points/keep"
	"yaodian/hooks/points/ledger"
	"yaodian/hooks/points/rounds"
)

// Bind attaches the rules of points to app. It must come after the capabilities
// whose records give points.
func Bind(app core.App) {
	ledger.Bind(app)
	award.Bind(app)
	keep.Bind(app)
	rounds.Bind(app)
	app.OnServe().BindFunc(bindRoutes)
}
