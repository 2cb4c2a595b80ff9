// Package dues is Party dues (党费): who owes what and why, who has paid, where
// the money goes, and what is told of it.
//
// Its parts, each a package: rate reckons, purely; ledger is the lines, of which
// none is ever changed; charge bills a month; assess keeps rates, categories, bases
// and waivers; pay takes in money; account spends it, closes months and discloses. This package binds them, looks for arrears, answers what a page
// needs, and verifies that everything adds up.
package dues

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/dues/account"
	"yaodian/hooks/dues/assess"
	"yaodian/hooks/dues/charge"
	"yaodian/hooks/dues/ledger"
	"yaodian/hooks/dues/pay"
	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// Reviews is the collection of what people have to look into (R-DUES-08).
const Reviews = "dues_reviews"

// Bind attaches the rules of dues to app.
func Bind(app core.App) {
	ledger.Bind(app)
	charge.Bind(app)
	assess.Bind(app)
	pay.Bind(app)
	account.Bind(app)
	bindMoves(app)

	org.Follow(app, reviewStates)
	kit.OnSave(app, Reviews, guardReview)
	kit.On(app.OnRecordDelete(Reviews), keepReview)

	app.OnServe().BindFunc(bindRoutes)
	app.Cron().MustAdd("dues_arrears", "15 8 * * *", func() {
		found, told, err := Remind(kit.As(app, kit.Job("dues_arrears")), time.Now().In(kit.Beijing).Format(time.DateOnly))
		app.Logger().Info("Reminded of unpaid dues", "reviews", found, "told", told, "error", err)
	})
}

// reviewStates: people look into it and say what they found; nothing follows by
// itself.
var reviewStates = org.States{
	Collection: Reviews,
	Words:      []org.Word{{State: "open", Name: "待核查"}, {State: "settled", Name: "已核查"}},
	Moves:      []org.Move{{From: "open", To: "settled", Power: "dues.check", Sign: "settled_by"}},
	Needs:      map[string][]string{"settled": {"finding"}},
	Filed:      []string{"settled"},
}

// guardReview: reviews are found by the program.
func guardReview(e *core.RecordEvent) error {
	if e.Record.IsNew() && !kit.IsSystem(e.Context) {
		return kit.Forbid("dues_review_found", "核查事项由系统按欠交情况生成，不能自行添加。")
	}
	if e.Record.IsNew() {
		return e.Next()
	}
	stored, err := kit.Stored(e)
	if err != nil {
		return err
	}
	if field, changed := kit.Changed(e.Record, stored, "person", "from_month", "to_month", "org"); changed {
		return kit.Reject(field, "dues_review_fixed", "核查的人、组织和月份由系统填写，不能修改。")
	}
	return e.Next()
}

func keepReview(*core.RecordEvent) error {
	return kit.Forbid("dues_review_permanent", "核查事项不能删除；查明以后请填写核查情况。")
}
