package dues_test

import (
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/approvals"
	"yaodian/hooks/apptest"
	"yaodian/hooks/dues"
	"yaodian/hooks/dues/ledger"
	"yaodian/hooks/dues/rate"
	"yaodian/hooks/people/transfers"
)

func TestPaidTo(t *testing.T) {
	t.Parallel()
	owed := func(months ...rate.Fen) (list []ledger.Owed) {
		for i, left := range months {
			list = append(list, ledger.Owed{Month: []string{"2026-04", "2026-05", "2026-06"}[i], Remaining: left})
		}
		return list
	}
	for name, c := range map[string]struct {
		months []ledger.Owed
		paid   string
		claim  string
		code   string
	}{
		"nothing charged":       {nil, "", "2026-06", ""},
		"all paid":              {owed(0, 0, 0), "2026-06", "2026-06", ""},
		"in advance":            {owed(0, 0, -500), "2026-06", "2026-06", ""},
		"the last is due":       {owed(0, 0, 1), "2026-05", "2026-06", "dues_transfer_unpaid"},
		"a hole":                {owed(0, 1, 0), "2026-04", "2026-06", "dues_transfer_unpaid"},
		"a hole, told honestly": {owed(0, 1, 0), "2026-04", "2026-04", ""},
	} {
		if got := dues.PaidTo(c.months); got != c.paid {
			t.Errorf("%s: Expected %q, got %q", name, c.paid, got)
		}
		apptest.Refused(t, name, dues.CheckCarried(c.months, c.claim), c.code)
	}
}

// A letter of introduction says what the ledger says.
func TestLetterFollowsTheLedger(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	bill(t, app, "2026-05", "2026-05")
	r := apptest.Make(t, app, transfers.Transfers, map[string]any{"person": "#" + apptest.Member, "to_org": "@zb2", "reason": "work"})
	for _, who := range []string{apptest.Branch, Organizer} {
		var request core.Record
		if err := app.RecordQuery(approvals.Requests).AndWhere(dbx.HashExp{"subject_id": r.Id}).One(&request); err != nil {
			t.Fatal(err)
		}
		if _, err := approvals.Decide(app, t.Context(), approvals.Decision{Request: request.Id, By: id(t, app, who), Verdict: approvals.Approve}); err != nil {
			t.Fatal(err)
		}
	}
	issue := func(paidTo string) error {
		fresh, err := app.FindRecordById(transfers.Transfers, r.Id)
		if err != nil {
			return err
		}
		return apptest.Save(app, fresh, map[string]any{"state": "issued", "issued_by": id(t, app, apptest.Clerk), "paid_to": paidTo})
	}
	apptest.Refused(t, "a month that is due", issue("2026-05"), "dues_transfer_unpaid")
	apptest.Refused(t, "nothing is paid yet", issue(""), "people_transfers_paid_to")
	pays(t, app, apptest.Member, int(owes(t, app, apptest.Member)), "2026-05", "2026-05")
	apptest.Refused(t, "filled in from the ledger", issue(""), "")
	if got := apptest.First(t, app, transfers.Transfers, "id", r.Id).GetString("paid_to"); got != "2026-05" {
		t.Errorf("paid to %q", got)
	}
}
