// Package assess keeps what dues are reckoned from (党费核定): the rates, each
// person's category and yearly base, and waivers.
//
// Rates are data: numbered, dated, draft, then active, then void. What is decided
// late (another base, a waiver, a death entered afterwards) never changes a line
// of the ledger: the difference is posted.
package assess

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/approvals"
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
	app.Cron().MustAdd("dues_assess", "10 8 * * *", func() {
		told, err := RemindAssessing(kit.As(app, kit.Job("dues_assess")), kit.Now(app).Format(time.DateOnly))
		app.Logger().Info("Reminded of the yearly assessment", "told", told, "error", err)
	})
}
