// Package dues is Party dues (党费): who owes what and why, who has paid, where
// the money goes, and what is told of it.
//
// Its parts, each a package: rate reckons, purely; assess keeps rates,
// categories, bases and waivers and bills a month; ledger is the lines, of which
// none is ever changed; pay takes in money; account spends it, closes months and
// discloses. This package binds them, looks for arrears, answers what a page
// needs, and verifies that everything adds up.
package dues

import (
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/dues/assess"
	"yaodian/hooks/dues/ledger"
)

// Bind attaches the rules of dues to app.
func Bind(app core.App) {
	ledger.Bind(app)
	assess.Bind(app)
}
