// Package account is what becomes of dues (党费账): a branch hands a month in and
// the committee closes it, a share goes up, the rest is spent on five purposes
// after a collective decision, large donations go up whole, and all of it is
// disclosed.
//
// Whoever reckons (会计) never pays (出纳): nobody holds both powers over the same
// organization, however posts and roles are written. What is settled carries a
// digest of its amounts, so that dues verify finds a changed one.
package account

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/approvals/subjects"
	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// The collections of this part of dues.
const (
	Donations   = "dues_donations"
	Incomes     = "dues_incomes"
	Expenses    = "dues_expenses"
	Remittances = "dues_remittances"
	Closings    = "dues_closings"
	Disclosures = "dues_disclosures"
)

// Bind attaches the rules of the account to app.
func Bind(app core.App) {
	kit.OnSave(app, org.Posts, keepApart)
	kit.OnSave(app, org.Roles, keepApart)

	org.Follow(app, closingStates)
	kit.OnSave(app, Closings, saveClosing)

	kit.On(app.OnRecordCreate(Donations), placeDonation)
	org.Follow(app, donationStates)
	kit.OnSave(app, Donations, saveDonation)
	kit.OnSave(app, Incomes, saveIncome)

	kit.On(app.OnRecordCreate(Expenses), placeExpense)
	subjects.Follow(app, expenseCourse)
	kit.OnSave(app, Expenses, saveExpense)
	org.Follow(app, remittanceStates)
	kit.OnSave(app, Remittances, saveRemittance)

	kit.On(app.OnRecordCreate(Disclosures), placeDisclosure)
	org.Follow(app, disclosureStates)
	kit.OnSave(app, Disclosures, saveDisclosure)

	for _, kept := range []string{Donations, Incomes, Closings, Disclosures} {
		kit.On(app.OnRecordDelete(kept), keep)
	}
	app.OnServe().BindFunc(bindRoutes)
	app.Cron().MustAdd("dues_account", "20 8 * * *", func() {
		today := time.Now().In(kit.Beijing).Format(time.DateOnly)
		made, told, err := Remind(kit.As(app, kit.Job("dues_account")), today)
		app.Logger().Info("Prepared disclosures and reminded of what is due", "made", made, "told", told, "error", err)
	})
}

func keep(*core.RecordEvent) error {
	return kit.Forbid("dues_account_permanent", "党费的账目不能删除；有差错请冲正、更正或撤回。")
}

// signer is the person who acts, or whom the record names where nobody does.
func signer(e *core.RecordEvent, field string) {
	if actor := kit.ActorOf(e.App, e.Context); actor.Kind == kit.ByPerson || actor.Kind == kit.ByToken {
		e.Record.Set(field, actor.ID)
	}
}

// stored is the record as the database has it; nil for a new one.
func stored(e *core.RecordEvent) (*core.Record, error) {
	if e.Record.IsNew() {
		return nil, nil
	}
	return kit.Stored(e)
}

// fixed refuses to change fields once a record has left its first state.
func fixed(r, before *core.Record, first string, fields ...string) error {
	if before == nil || before.GetString("state") == first {
		return nil
	}
	if field, changed := kit.Changed(r, before, fields...); changed {
		return kit.Reject(field, "dues_account_fixed", "已经办理的不能修改；有差错请冲正后重新登记。")
	}
	return nil
}
