package account

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/dues/charge"
	"yaodian/hooks/dues/ledger"
	"yaodian/hooks/dues/rate"
	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

var donationStates = org.States{
	Collection: Donations,
	Words:      []org.Word{{State: "received", Name: "已收"}, {State: "forwarded", Name: "已上缴"}, {State: "receipted", Name: "已取得收据"}},
	Moves:      []org.Move{{From: "received", To: "forwarded", Power: "dues.account"}, {From: "forwarded", To: "receipted", Power: "dues.account"}},
	Needs:      map[string][]string{"forwarded": {"profile", "forwarded_to", "forwarded_on"}, "receipted": {"receipt_no"}},
	Filed:      []string{"receipted"},
}

func placeDonation(e *core.RecordEvent) error {
	person, err := e.App.FindRecordById("people", e.Record.GetString("person"))
	if err != nil {
		return kit.Reject("person", "dues_person_missing", "没有找到这个人，请重新选择。")
	}
	house, err := charge.HouseOf(e.App, person.GetString("org"))
	if err != nil {
		return err
	}
	e.Record.Set("org", house.Id)
	signer(e, "recorded_by")
	return e.Next()
}

// saveDonation says where a donation goes and seals it.
func saveDonation(e *core.RecordEvent) error {
	r := e.Record
	before, err := stored(e)
	if err != nil {
		return err
	}
	if before != nil {
		if field, changed := kit.Changed(r, before, "person", "amount", "received_on", "tier", "seal", "org", "recorded_by"); changed {
			return kit.Reject(field, "dues_account_fixed", "已经登记的多交不能修改。")
		}
		if r.GetString("tier") != "central" && r.GetString("state") != "received" {
			return kit.Reject("state", "dues_donation_kept", "不足 1000 元的自愿多交留在本级使用，不需要逐级上缴。")
		}
		return e.Next()
	}
	if day := r.GetString("received_on"); !kit.IsDate(day) || day > kit.Today(e.App) {
		return kit.Reject("received_on", "dues_date_future", "收款日期还没有到，请在当天登记。")
	}
	if r.GetString("recorded_by") == "" {
		return kit.Reject("recorded_by", "dues_recorder_missing", "请写明收款登记人。")
	}
	var sameDay rate.Fen
	err = e.App.DB().NewQuery("SELECT CAST(COALESCE(SUM(amount), 0) AS INTEGER) FROM dues_donations WHERE person = {:person} AND received_on = {:day} AND tier = 'keep'").
		Bind(dbx.Params{"person": r.GetString("person"), "day": r.GetString("received_on")}).Row(&sameDay)
	if err != nil {
		return err
	}
	amount := rate.Fen(r.GetInt("amount"))
	if err := CheckDonation(amount, sameDay); err != nil {
		return err
	}
	r.Load(map[string]any{"tier": Tier(amount), "seal": sealDonation(r)})
	return e.Next()
}

func sealDonation(r *core.Record) string {
	return ledger.Seal(r, "org", "person", "amount", "received_on")
}

// saveIncome: what comes into the account is entered once, by who reckons.
func saveIncome(e *core.RecordEvent) error {
	r := e.Record
	if !r.IsNew() {
		return kit.Forbid("dues_account_permanent", "已经入账的收入不能修改；有差错请另登记一笔更正。")
	}
	signer(e, "recorded_by")
	if r.GetInt("amount") == 0 {
		return kit.Reject("amount", "dues_donation_amount", "金额不能为零；更正多记的可以填负数，并写明凭证。")
	}
	if day := r.GetString("booked_on"); !kit.IsDate(day) || day > kit.Today(e.App) {
		return kit.Reject("booked_on", "dues_date_future", "入账日期还没有到，请在当天登记。")
	}
	r.Set("seal", sealIncome(r))
	return e.Next()
}

func sealIncome(r *core.Record) string {
	return ledger.Seal(r, "org", "kind", "amount", "booked_on", "document")
}
