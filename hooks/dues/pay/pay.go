// Package pay takes in dues (党费收缴): a payment is recorded by one officer,
// checked by another, and taken back by a reversal, never by an edit. It settles
// the oldest of its months first, and no more than is owed: what somebody gives
// beyond that is a donation. Receipts are numbered without a gap in each
// organization and year.
package pay

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/dues/charge"
	"yaodian/hooks/dues/ledger"
	"yaodian/hooks/dues/rate"
	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// Payments is the collection of payments.
const Payments = "dues_payments"

// Bind attaches the rules of payments to app.
func Bind(app core.App) {
	kit.On(app.OnRecordCreate(Payments), placePayment)
	org.Follow(app, states)
	kit.OnSave(app, Payments, savePayment)
	kit.On(app.OnRecordDelete(Payments), keepPayment)
	app.OnServe().BindFunc(bindRoutes)
}

// states: who checks or reverses a payment is not who recorded it (R-DUES-07).
var states = org.States{
	Collection: Payments,
	Words:      []org.Word{{State: "recorded", Name: "已登记"}, {State: "checked", Name: "已复核"}, {State: "reversed", Name: "已冲正"}},
	Moves: []org.Move{
		{From: "recorded", To: "checked", Power: "dues.check", Sign: "checked_by", Others: []string{"recorded_by"}},
		{From: "recorded", To: "reversed", Power: "dues.check", Sign: "reversed_by", Others: []string{"recorded_by"}},
		{From: "checked", To: "reversed", Power: "dues.check", Sign: "reversed_by", Others: []string{"recorded_by"}},
	},
	Filed: []string{"reversed"},
}

// placePayment says where, from whom and by whom a payment is received. The name
// stays with it: who keeps the account needn't see the roster, and a receipt
// outlives a transfer.
func placePayment(e *core.RecordEvent) error {
	r := e.Record
	person, err := e.App.FindRecordById("people", r.GetString("person"))
	if err != nil {
		return kit.Reject("person", "dues_person_missing", "没有找到这个人，请重新选择。")
	}
	house, err := charge.HouseOf(e.App, person.GetString("org"))
	if err != nil {
		return err
	}
	r.Load(map[string]any{"org": house.Id, "name": person.GetString("name"), "receipt_no": "", "checked_by": "", "reversed_by": ""})
	if actor := kit.ActorOf(e.App, e.Context); actor.Kind == kit.ByPerson || actor.Kind == kit.ByToken {
		r.Set("recorded_by", actor.ID)
	}
	return e.Next()
}

// savePayment numbers a new payment and posts it, and posts its reversal.
func savePayment(e *core.RecordEvent) error {
	if e.Record.IsNew() {
		return receive(e)
	}
	stored, err := kit.Stored(e)
	if err != nil {
		return err
	}
	if field, changed := kit.Changed(e.Record, stored, fixed...); changed {
		return kit.Reject(field, "dues_payment_fixed", "收款一经登记不能修改；有差错请冲正后重新登记。")
	}
	reversing := e.Record.GetString("state") == "reversed" && stored.GetString("state") != "reversed"
	if field, changed := kit.Changed(e.Record, stored, "reason"); changed && !reversing {
		return kit.Reject(field, "dues_payment_fixed", "收款一经登记不能修改；有差错请冲正后重新登记。")
	}
	if err := CheckReversal(reversing, e.Record.GetString("reason"), stored.GetString("reason")); err != nil {
		return err
	}
	if err := e.Next(); err != nil || !reversing {
		return err
	}
	return reverse(e)
}

var fixed = []string{
	"person", "name", "amount", "from_month", "to_month", "method", "payer", "payer_person", "received_on", "receipt_no", "document", "recorded_by", "batch", "org", "seal",
}

func receive(e *core.RecordEvent) error {
	slip := slipOf(e.Record)
	var err error
	if slip.recorder, err = nameOf(e.App, slip.RecordedBy); err != nil {
		return err
	}
	if err := CheckSlip(slip, kit.Today(e.App)); err != nil {
		return err
	}
	parts, err := allocate(e.App, slip)
	if err != nil {
		return err
	}
	number, err := nextReceipt(e.App, slip.Org, slip.ReceivedOn[:4])
	if err != nil {
		return err
	}
	e.Record.Set("receipt_no", number)
	e.Record.Set("seal", sealOf(e.Record))
	if err := e.Next(); err != nil {
		return err
	}
	lines := make([]ledger.Line, len(parts))
	for i, p := range parts {
		lines[i] = ledger.Line{
			Person: slip.Person, Month: p.Month, Kind: ledger.Payment, Amount: -p.Amount, BookedOn: slip.ReceivedOn, Payment: e.Record.Id,
			Explain: "交纳党费，收据 " + number + "。", By: slip.RecordedBy, Org: slip.Org, OrgPath: e.Record.GetString("org_path"),
		}
	}
	return ledger.Post(e.App, e.Context, lines...)
}

// sealOf is the digest of a payment as it was recorded.
func sealOf(r *core.Record) string { return ledger.Seal(r, fixed[:len(fixed)-1]...) }

// Verify finds payments that aren't what was recorded.
func Verify(app core.App, report func(format string, args ...any)) error {
	for after := ""; ; {
		var list []*core.Record
		if err := app.RecordQuery(Payments).AndWhere(dbx.NewExp("id > {:after}", dbx.Params{"after": after})).OrderBy("id").Limit(500).All(&list); err != nil || len(list) == 0 {
			return err
		}
		for _, r := range list {
			if r.GetString("seal") != sealOf(r) {
				report("收据 %s（%s）被改动过：和登记时的摘要不一致。", r.GetString("receipt_no"), r.Id)
			}
		}
		after = list[len(list)-1].Id
	}
}

// allocate finds what the payment's months owe and settles them in order.
func allocate(app core.App, slip Slip) ([]Part, error) {
	owed, err := ledger.OfPerson(app, slip.Person, slip.From, slip.To)
	if err != nil {
		return nil, err
	}
	known := map[string]ledger.Owed{}
	for _, o := range owed {
		known[o.Month] = o
	}
	var wants []Part
	for _, month := range rate.Months(slip.From, slip.To) {
		o := known[month]
		left := o.Remaining
		if o.Charged == 0 && o.Waived == 0 { // not billed yet: paid in advance
			due, err := charge.DueOf(app, slip.Person, month)
			if err != nil && kit.Violations(err) == nil {
				return nil, err
			}
			left = due.Due - o.Paid
		}
		wants = append(wants, Part{month, left})
	}
	return Allocate(slip.Amount, wants)
}

// reverse takes back every line of a payment, today.
func reverse(e *core.RecordEvent) error {
	list, err := ledger.OfPayment(e.App, e.Record.Id)
	if err != nil {
		return err
	}
	lines := make([]ledger.Line, len(list))
	for i, entry := range list {
		l := entry.Line
		l.Kind, l.Amount, l.Reverses, l.BookedOn, l.By = ledger.Reversal, -l.Amount, entry.ID, kit.Today(e.App), e.Record.GetString("reversed_by")
		l.Explain = "冲正收据 " + e.Record.GetString("receipt_no") + "：" + e.Record.GetString("reason")
		lines[i] = l
	}
	return ledger.Post(e.App, e.Context, lines...)
}

func keepPayment(*core.RecordEvent) error {
	return kit.Forbid("dues_payment_permanent", "收款不能删除；有差错请冲正。")
}
