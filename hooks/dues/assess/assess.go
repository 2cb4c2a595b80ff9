// Package assess says what everybody owes (党费核定): the rates in force, each
// person's category and yearly base, waivers, and the bill of a month.
//
// Rates are data: numbered, dated, draft, then active, then void; each charge
// names the set that it was reckoned by and keeps it. What is decided later
// (another base, a waiver, a death entered late) never changes a line: Restate
// posts the difference.
//
// Who pays where in a month follows from people_status: whoever was a member, or
// became one, in that month, at the branch where the month began for them. The
// month in which somebody leaves, dies or is removed is the last (domain.md 1.4).
package assess

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/approvals"
	"yaodian/hooks/dues/rate"
	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// The collections of this part of dues.
const (
	Rates    = "dues_rates"
	Profiles = "dues_profiles"
	Bases    = "dues_bases"
	Items    = "dues_base_items"
	Waivers  = "dues_waivers"
)

// Bind attaches the rules of assessment to app.
func Bind(app core.App) {
	org.Follow(app, rateStates)
	kit.OnSave(app, Rates, saveRates)

	kit.On(app.OnRecordCreate(Profiles), placeByPerson)
	kit.OnSave(app, Profiles, saveProfile)
	kit.On(app.OnRecordDelete(Profiles), keepProfile)

	kit.On(app.OnRecordCreate(Bases), placeByPerson)
	org.Follow(app, baseStates)
	kit.OnSave(app, Bases, saveBase)
	kit.On(app.OnRecordCreate(Items), placeItem)
	kit.OnSave(app, Items, saveItem)
	kit.On(app.OnRecordDeleteExecute(Items), deleteItem)

	kit.On(app.OnRecordCreate(Waivers), placeByPerson)
	org.Follow(app, waiverStates)
	kit.OnSave(app, Waivers, saveWaiver)
	app.OnRecordCreateRequest(Waivers).BindFunc(takeDetail)
	app.OnRecordUpdateRequest(Waivers).BindFunc(takeDetail)
	approvals.OnApproved(app, waiverKind, grant)
	approvals.OnClosed(app, waiverKind, decline)

	kit.OnSave(app, "people_status", followStatus)

	app.OnServe().BindFunc(bindRoutes)
	app.Cron().MustAdd("dues_bill", "5 0 1 * *", func() {
		now := time.Now().In(kit.Beijing)
		billed, err := BillMonth(kit.As(app, kit.Job("dues_bill")), rate.MonthOf(now), now)
		app.Logger().Info("Billed the month's dues", "charged", billed.Charged, "missing", billed.Missing, "error", err)
	})
	app.Cron().MustAdd("dues_assess", "10 8 * * *", func() {
		told, err := RemindAssessing(kit.As(app, kit.Job("dues_assess")), kit.Now(app).Format(time.DateOnly))
		app.Logger().Info("Reminded of the yearly assessment", "told", told, "error", err)
	})
}
