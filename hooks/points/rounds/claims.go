package rounds

import (
	"context"
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/approvals"
	"yaodian/hooks/dues/charge"
	"yaodian/hooks/kit"
	"yaodian/hooks/org"
	"yaodian/hooks/points/keep"
	"yaodian/hooks/points/rule"
)

// claimStates: only the approvers make a claim approved or rejected; an approved
// one may be revoked by somebody else, and its entry is reversed.
var claimStates = org.States{
	Collection: Claims,
	Words: []org.Word{
		{State: "draft", Name: "草拟"}, {State: "pending", Name: "审核中"}, {State: "approved", Name: "已通过"}, {State: "rejected", Name: "未通过"}, {State: "revoked", Name: "已撤销"},
	},
	Moves: []org.Move{
		{From: "draft", To: "pending"}, {From: "pending", To: "approved"}, {From: "pending", To: "rejected"},
		{From: "approved", To: "revoked", Sign: "revoked_by", Others: []string{"person", "entered_by"}},
	},
	Needs: map[string][]string{"revoked": {"reason"}},
	Filed: []string{"rejected", "revoked"},
}

// placeClaim says where a claim belongs and who enters it.
func placeClaim(e *core.RecordEvent) error {
	r := e.Record
	who, err := e.App.FindRecordById("people", r.GetString("person"))
	if err != nil {
		return kit.Reject("person", "points_person_missing", "没有找到这个人，请重新选择。")
	}
	house, err := charge.HouseOf(e.App, who.GetString("org"))
	if err != nil {
		return err
	}
	r.Load(map[string]any{"org": house.Id, "revoked_by": "", "approval": ""})
	if by := person(e); by != "" {
		r.Set("entered_by", by)
	}
	if r.GetInt("quantity") == 0 {
		r.Set("quantity", 1)
	}
	return e.Next()
}

// saveClaim holds a claim to its rule, and asks for it when it is handed in.
func saveClaim(e *core.RecordEvent) error {
	r := e.Record
	stored, err := before(e)
	if err != nil {
		return err
	}
	from, to := stateOf(stored), stateOf(r)
	if err := checkStep(e, stored, from, to); err != nil {
		return err
	}
	handed := to == "pending" && from != "pending"
	var by rule.Rule
	if to == "draft" || handed {
		if by, err = checkClaim(e, handed); err != nil {
			return err
		}
	}
	if err := e.Next(); err != nil || !handed {
		return err
	}
	return ask(e.App, e.Context, r, by)
}

func checkStep(e *core.RecordEvent, stored *core.Record, from, to string) error {
	if stored == nil {
		return nil
	}
	r, system := e.Record, kit.IsSystem(e.Context)
	if field, changed := kit.Changed(r, stored, "person", "org", "entered_by"); changed {
		return kit.Reject(field, "points_claim_fixed", "人和组织不能改，请另行申报。")
	}
	if (to == "approved" || to == "rejected") && from != to && !system {
		return kit.Reject("state", "points_claim_decided", "申报由审核决定，不能直接改为已通过或未通过。")
	}
	if field, changed := kit.Changed(r, stored, "rule", "happened_on", "quantity", "text", "files"); changed && from != "draft" && !system {
		return kit.Reject(field, "points_claim_fixed", "已经提交的申报不能改；填错了请撤回申请后另行申报。")
	}
	return nil
}

func checkClaim(e *core.RecordEvent, handed bool) (rule.Rule, error) {
	r := e.Record
	record, err := e.App.FindRecordById(keep.Rules, r.GetString("rule"))
	if err != nil {
		return rule.Rule{}, kit.Reject("rule", "points_rule_missing", "没有找到这个积分项目，请重新选择。")
	}
	by, err := keep.RuleOf(e.App, record)
	if err != nil {
		return by, err
	}
	claim := Claim{
		Person: r.GetString("person"), By: r.GetString("entered_by"), HappenedOn: r.GetString("happened_on"), Quantity: int64(r.GetInt("quantity")),
		Files: len(r.GetStringSlice("files")) + len(r.GetUnsavedFiles("files")),
	}
	if err := CheckClaim(claim, by, record.GetString("state"), kit.Today(e.App)); err != nil {
		return by, err
	}
	if err := org.CheckAnonymous("text", r.GetString("text")); err != nil {
		return by, err
	}
	if !handed {
		return by, nil
	}
	return by, CheckEvidence(by, claim.Files)
}

// ask opens the request, in words that approvers read. Whoever enters a claim is its applicant where points
// are taken off; otherwise the member is, even if somebody writes it for them.
func ask(app core.App, ctx context.Context, r *core.Record, by rule.Rule) error {
	who, err := app.FindRecordById("people", r.GetString("person"))
	if err != nil {
		return err
	}
	applicant := who.Id
	if by.Value < 0 && r.GetString("entered_by") != "" {
		applicant = r.GetString("entered_by")
	}
	quantity := int64(r.GetInt("quantity"))
	worth := by.Worth(rule.Fact{Quantity: quantity})
	title := fmt.Sprintf("%s：%s（%s），%s 分", who.GetString("name"), by.Title, r.GetString("happened_on"), signed(worth))
	request, err := approvals.Open(app, ctx, approvals.Ask{
		Kind: claimKind, Collection: Claims, Record: r.Id, Org: r.GetString("org"), Applicant: applicant, Title: title,
		Snapshot: map[string]any{
			"党员": who.GetString("name"), "项目": by.No + " " + by.Title, "日期": r.GetString("happened_on"), "数量": quantityOf(by, quantity), "分值": signed(worth) + " 分",
			"说明": r.GetString("text"), "证明材料": len(r.GetStringSlice("files")),
		},
	})
	if err != nil {
		return err
	}
	r.Set("approval", request.Id)
	_, err = app.NonconcurrentDB().Update(Claims, dbx.Params{"approval": request.Id}, dbx.HashExp{"id": r.Id}).Execute()
	return err
}

// quantityOf is how much was done; nothing where a rule doesn't count it.
func quantityOf(r rule.Rule, n int64) string {
	if r.Unit == "" {
		return ""
	}
	return fmt.Sprintf("%d %s", n, r.Unit)
}

func signed(t rule.Tenths) string {
	if t > 0 {
		return "+" + t.String()
	}
	return t.String()
}

// grant lets an approved claim count, unless somebody whom it concerns has had a
// say in it.
func grant(tx core.App, request *core.Record) error {
	r, err := tx.FindRecordById(Claims, request.GetString("subject_id"))
	if err != nil {
		return err
	}
	var deciders []string
	err = tx.DB().Select("person").From(approvals.Decisions).Where(dbx.HashExp{"request": request.Id, "verdict": string(approvals.Approve)}).Column(&deciders)
	if err != nil {
		return err
	}
	if err := CheckDeciders(deciders, r.GetString("person"), r.GetString("entered_by")); err != nil {
		return err
	}
	r.Set("state", "approved")
	return kit.SaveAsSystem(tx, context.Background(), r)
}

func decline(tx core.App, request *core.Record) error {
	r, err := tx.FindRecordById(Claims, request.GetString("subject_id"))
	if err != nil {
		return err
	}
	r.Set("state", "rejected")
	return kit.SaveAsSystem(tx, context.Background(), r)
}
