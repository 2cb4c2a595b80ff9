package assess

import (
	"context"
	"fmt"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/approvals"
	"yaodian/hooks/dues/charge"
	"yaodian/hooks/dues/rate"
	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// waiverKind is what a waiver is asked for as.
const waiverKind = "dues_waiver"

// waiverStates: only the approvers make a waiver approved or rejected; it lapses
// by itself, and may end early.
var waiverStates = org.States{
	Collection: Waivers,
	Words: []org.Word{
		{State: "draft", Name: "草拟"}, {State: "pending", Name: "审批中"}, {State: "approved", Name: "已批准"}, {State: "rejected", Name: "未批准"}, {State: "ended", Name: "提前结束"},
	},
	Moves: []org.Move{
		{From: "draft", To: "pending"}, {From: "pending", To: "approved"}, {From: "pending", To: "rejected"}, {From: "approved", To: "ended", Power: "dues.check"},
	},
	Filed: []string{"rejected", "ended"},
}

// saveWaiver holds a waiver to its period and amount, and asks for it when it is
// handed in.
func saveWaiver(e *core.RecordEvent) error {
	r := e.Record
	var before *core.Record
	from, to := "", r.GetString("state")
	if !r.IsNew() {
		stored, err := kit.Stored(e)
		if err != nil {
			return err
		}
		before, from = stored, stored.GetString("state")
	}
	if err := checkStep(e, before, from, to); err != nil {
		return err
	}
	if to == "draft" || to == "pending" && from != "pending" {
		if err := checkWaiver(e.App, r); err != nil {
			return err
		}
	}
	if err := e.Next(); err != nil {
		return err
	}
	switch {
	case to == "pending" && from != "pending":
		return ask(e.App, e.Context, r)
	case to == "ended" && from != "ended":
		return charge.Settle(e.App, e.Context, r.GetString("person"), rate.Shift(r.GetString("until"), 1))
	}
	return nil
}

// checkStep: what has been asked for stays as it was asked; only the decision
// approves or rejects; who ends a waiver early shortens it.
func checkStep(e *core.RecordEvent, before *core.Record, from, to string) error {
	r := e.Record
	if before == nil {
		return nil
	}
	if field, changed := kit.Changed(r, before, "person", "org"); changed {
		return kit.Reject(field, "dues_waiver_fixed", "人和组织不能改，请另行申请。")
	}
	if (to == "approved" || to == "rejected") && from != to && !kit.IsSystem(e.Context) {
		return kit.Reject("state", "dues_waiver_decided", "减免由审批决定，不能直接改为已批准或未批准。")
	}
	field, changed := kit.Changed(r, before, "person", "reason", "detail", "amount", "since", "document")
	if changed && from != "draft" && !kit.IsSystem(e.Context) {
		return kit.Reject(field, "dues_waiver_fixed", "已经提交的减免不能改；需要改变的请提前结束，再另行申请。")
	}
	if _, changed := kit.Changed(r, before, "until"); from == "draft" || !changed && to != "ended" {
		return nil
	}
	if to != "ended" || r.GetString("until") >= before.GetString("until") || CheckPeriod(r.GetString("since"), r.GetString("until")) != nil {
		return kit.Reject("until", "dues_waiver_end", "提前结束请填写较早的截止月。")
	}
	return nil
}

func checkWaiver(app core.App, r *core.Record) error {
	p := Period{r.GetString("since"), r.GetString("until")}
	if err := CheckPeriod(p.Since, p.Until); err != nil {
		return err
	}
	due, err := charge.DueOf(app, r.GetString("person"), p.Since)
	if err != nil {
		return err
	}
	others, err := periodsOf(app, Waivers, r, "state IN ('pending', 'approved', 'ended')")
	if err != nil {
		return err
	}
	return CheckWaiver(p, rate.Fen(r.GetInt("amount")), due.Full, others)
}

// ask opens the request. What approvers read holds no details of the hardship:
// these are opened one by one, with a trace (domain.md 11.4).
func ask(app core.App, ctx context.Context, r *core.Record) error {
	person, err := app.FindRecordById("people", r.GetString("person"))
	if err != nil {
		return err
	}
	category, err := categoryAt(app, person.Id, r.GetString("since"))
	if err != nil {
		return err
	}
	amount := rate.Fen(r.GetInt("amount"))
	word := "减为每月 " + amount.String() + " 元"
	if amount == 0 {
		word = "免交"
	}
	title := fmt.Sprintf("%s的党费%s（%s 至 %s）", person.GetString("name"), word, r.GetString("since"), r.GetString("until"))
	_, err = approvals.Open(app, ctx, approvals.Ask{
		Kind: waiverKind, Collection: Waivers, Record: r.Id, Org: r.GetString("org"), Applicant: person.Id, Title: title,
		Snapshot: map[string]any{
			"person": person.Id, "reason": r.GetString("reason"), "amount": int64(amount), "since": r.GetString("since"),
			"until": r.GetString("until"), "category": string(category), "approval_level": levelOf(category),
		},
	})
	return err
}

// grant lets an approved waiver take effect, months that are billed already
// included.
func grant(tx core.App, request *core.Record) error {
	r, err := tx.FindRecordById(Waivers, request.GetString("subject_id"))
	if err != nil {
		return err
	}
	r.Load(map[string]any{"state": "approved", "document": "审批 " + request.Id})
	ctx := context.Background()
	if err := kit.SaveAsSystem(tx, ctx, r); err != nil {
		return err
	}
	return charge.Settle(tx, ctx, r.GetString("person"), r.GetString("since"))
}

func decline(tx core.App, request *core.Record) error {
	r, err := tx.FindRecordById(Waivers, request.GetString("subject_id"))
	if err != nil {
		return err
	}
	r.Set("state", "rejected")
	return kit.SaveAsSystem(tx, context.Background(), r)
}
