package dues

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/dues/ledger"
	"yaodian/hooks/kit"
	"yaodian/hooks/people/transfers"
)

// bindMoves lets a letter of introduction say what the ledger says of how far
// dues are paid. Transfers know nothing of dues.
func bindMoves(app core.App) {
	kit.On(app.OnRecordUpdate(transfers.Transfers), statePaid)
	kit.OnSave(app, transfers.Transfers, checkPaid)
}

// statePaid fills in how far dues are paid where a letter is issued without it.
func statePaid(e *core.RecordEvent) error {
	if e.Record.GetString("state") != transfers.Issued || e.Record.GetString("paid_to") != "" {
		return e.Next()
	}
	months, err := ledger.OfPerson(e.App, e.Record.GetString("person"), "", "")
	if err != nil {
		return err
	}
	e.Record.Set("paid_to", PaidTo(months))
	return e.Next()
}

// checkPaid holds a letter to the ledger when it is issued.
func checkPaid(e *core.RecordEvent) error {
	if e.Record.IsNew() || e.Record.GetString("state") != transfers.Issued {
		return e.Next()
	}
	stored, err := kit.Stored(e)
	if err != nil {
		return err
	}
	if stored.GetString("state") != transfers.Approved {
		return e.Next()
	}
	months, err := ledger.OfPerson(e.App, e.Record.GetString("person"), "", e.Record.GetString("paid_to"))
	if err != nil {
		return err
	}
	if err := CheckCarried(months, e.Record.GetString("paid_to")); err != nil {
		return err
	}
	return e.Next()
}

// PaidTo is the last month up to which everything that was charged is paid;
// empty where nothing was. months are in their order.
func PaidTo(months []ledger.Owed) (paid string) {
	for _, m := range months {
		if m.Remaining > 0 {
			break
		}
		paid = m.Month
	}
	return paid
}

// CheckCarried: a letter doesn't say that dues are paid up to a month where the
// ledger has a debt before it (domain.md 5.1, 1.5).
func CheckCarried(months []ledger.Owed, paidTo string) error {
	for _, m := range months {
		if m.Remaining > 0 && m.Month <= paidTo {
			return kit.Reject("paid_to", "dues_transfer_unpaid", fmt.Sprintf("党费台账里%s还有 %s 元没有交清，不能写“交至 %s”；请先收缴，或者如实填写。", m.Month, m.Remaining, paidTo))
		}
	}
	return nil
}
