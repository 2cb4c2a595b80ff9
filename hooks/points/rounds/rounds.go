// Package rounds is what people do about points (申报、公示、申诉): a member claims
// and others decide; a quarter is published for five working days, appeals are
// answered, and then it is locked.
package rounds

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/approvals"
	"yaodian/hooks/kit"
	"yaodian/hooks/org"
	"yaodian/hooks/points/award"
	"yaodian/hooks/points/ledger"
)

// The collections that are kept here.
const (
	Claims  = "points_claims"
	Periods = ledger.Periods
	Appeals = award.Appeals
)

// claimKind is what a claim is asked for as.
const claimKind = "points_claim"

// Bind attaches the rules of claims, periods and appeals to app.
func Bind(app core.App) {
	kit.On(app.OnRecordCreate(Claims), placeClaim)
	org.Follow(app, claimStates)
	kit.OnSave(app, Claims, saveClaim)
	approvals.OnApproved(app, claimKind, grant)
	approvals.OnClosed(app, claimKind, decline)

	org.Follow(app, periodStates)
	kit.OnSave(app, Periods, savePeriod)

	kit.On(app.OnRecordCreate(Appeals), placeAppeal)
	org.Follow(app, appealStates)
	kit.OnSave(app, Appeals, saveAppeal)
	kit.On(app.OnRecordDelete(Appeals), keepAppeal)

	app.Cron().MustAdd("points_remind", "40 8 * * *", func() {
		told, err := Remind(kit.As(app, kit.Job("points_remind")), time.Now().In(kit.Beijing).Format(time.DateOnly))
		app.Logger().Info("Reminded of points", "told", told, "error", err)
	})
}

// person is the id of whoever is signed in; empty for a job or the keeper.
func person(e *core.RecordEvent) string {
	if actor := kit.ActorOf(e.App, e.Context); actor.Kind == kit.ByPerson || actor.Kind == kit.ByToken {
		return actor.ID
	}
	return ""
}

// before is the record as stored; nil for a new one.
func before(e *core.RecordEvent) (*core.Record, error) {
	if e.Record.IsNew() {
		return nil, nil
	}
	return kit.Stored(e)
}

func stateOf(r *core.Record) string {
	if r == nil {
		return ""
	}
	return r.GetString("state")
}
