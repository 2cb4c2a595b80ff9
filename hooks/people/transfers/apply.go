package transfers

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"yaodian/hooks/approvals"
	"yaodian/hooks/kit"
	"yaodian/hooks/org"
	"yaodian/hooks/people"
)

// apply stores an application and asks for it, as one step.
func apply(e *core.RecordEvent) error {
	r := e.Record
	if filled, changed := kit.Changed(r, core.NewRecord(r.Collection()), byIssue...); changed && !kit.IsSystem(e.Context) && r.GetString("direction") != "in" {
		return kit.Reject(filled, "people_transfers_fixed", "“"+org.Label(r.Collection().Fields.GetByName(filled))+"”在开介绍信时填写。")
	}
	if err := check(e.App, r); err != nil {
		return err
	}
	if err := checkFree(e.App, r); err != nil {
		return err
	}
	if err := recall(e.App, r); err != nil {
		return err
	}
	return handIn(e)
}

// amend stores what was returned to the applicant and hands it in again.
func amend(e *core.RecordEvent) error {
	if err := check(e.App, e.Record); err != nil {
		return err
	}
	return handIn(e)
}

// handIn asks for what is stored. A person asks to be let go for themselves,
// whoever enters it for them; to take somebody in asks who enters the letter.
func handIn(e *core.RecordEvent) error {
	if err := e.Next(); err != nil {
		return err
	}
	if e.Record.GetString("direction") == "in" {
		return ask(e.App, e.Context, askIn, e.Record, e.Record.GetString("by"))
	}
	return ask(e.App, e.Context, askOut, e.Record, e.Record.GetString("person"))
}

// byIssue is what nobody fills in before the letter is issued.
var byIssue = []string{
	"issuer", "letter_year", "letter_no", "letter", "issued_on", "valid_days", "valid_until", "issued_by", "receipt_on", "receipt_by", "refusal", "previous",
}

// check fills in what follows from person and branches, and holds the
// application to the rules.
func check(app core.App, r *core.Record) error {
	from, err := branchOf(app, r.GetString("org"))
	if err != nil {
		return err
	}
	if r.GetString("direction") == "in" {
		r.Set("to_org", from.ID)
	}
	to, err := branchOf(app, r.GetString("to_org"))
	if err != nil {
		return err
	}
	r.Set("direction", DirectionOf(r.GetString("direction"), from, to))
	a := Application{From: from, To: to}
	if err := takeName(app, r, &a); err != nil {
		return err
	}
	if to.ID != "" {
		r.Load(map[string]any{"to_org": to.ID, "to_name": to.Name})
	}
	a.Direction, a.Kind, a.Reason, a.Note = r.GetString("direction"), r.GetString("kind"), r.GetString("reason"), r.GetString("note")
	a.FromName, a.ToName, a.Name = r.GetString("from_name"), r.GetString("to_name"), r.GetString("name")
	a.Letter, a.IssuedOn, a.ValidUntil = r.GetString("letter"), r.GetString("issued_on"), r.GetString("valid_until")
	if err := CheckApplication(a, kit.Today(app)); err != nil {
		return err
	}
	if a.Direction == "in" {
		if err := CheckLetter(Letter{Kind: a.Kind, PaidTo: r.GetString("paid_to"), TrainedSince: r.GetString("trained_since")}, kit.Today(app)); err != nil {
			return err
		}
	}
	return org.CheckAnonymous("note", a.Note)
}

// takeName copies from the roster what a letter says of a person.
func takeName(app core.App, r *core.Record, a *Application) error {
	if r.GetString("person") == "" {
		if r.GetString("direction") != "in" {
			return kit.Reject("person", "people_transfers_nobody", "请选择为谁办理转接。")
		}
		return nil
	}
	person, err := app.FindRecordById(people.People, r.GetString("person"))
	if err != nil {
		return kit.Reject("person", "people_transfers_nobody", "没有找到这个人，请重新选择。")
	}
	a.State, a.Membership, a.Lost = person.GetString("state"), person.GetString("membership_state"), person.GetBool("lost")
	r.Set("name", person.GetString("name"))
	if r.GetString("direction") == "in" {
		return checkBack(person)
	}
	r.Load(map[string]any{"kind": person.GetString("kind"), "from_name": a.From.Name})
	return nil
}

// checkBack: who comes back from outside has left.
func checkBack(person *core.Record) error {
	if person.GetString("state") == "left" {
		return nil
	}
	return kit.Reject("person", "people_transfers_here", "这个人还在名册上，不是从系统外转入。")
}

// branchOf is the branch, office or committee that an organization belongs to: a
// party group (党小组) neither lets go nor takes in. Empty for no organization.
func branchOf(app core.App, id string) (Branch, error) {
	b := Branch{}
	if id == "" {
		return b, nil
	}
	err := app.DB().NewQuery(`SELECT u.id, u.name, u.path, u.kind, u.closed, coalesce((SELECT c.id FROM org_units c
			WHERE c.kind = 'committee' AND u.path >= c.path AND u.path < rtrim(c.path, '/') || '0' ORDER BY length(c.path) DESC LIMIT 1), '') AS committee
		FROM org_units g JOIN org_units u ON g.path >= u.path AND g.path < rtrim(u.path, '/') || '0' AND u.kind != 'group'
		WHERE g.id = {:id} ORDER BY length(u.path) DESC LIMIT 1`).Bind(dbx.Params{"id": id}).One(&b)
	return b, err
}

// checkFree: one transfer of a person is under way at a time.
func checkFree(app core.App, r *core.Record) error {
	if r.GetString("person") == "" {
		return nil
	}
	var values []any
	for _, s := range open {
		values = append(values, s)
	}
	n, err := app.CountRecords(Transfers, dbx.HashExp{"person": r.GetString("person")}, dbx.In("state", values...), dbx.Not(dbx.HashExp{"id": r.Id}))
	if err != nil {
		return err
	}
	if n > 0 {
		return kit.Reject("person", "people_transfers_twice", "这个人已经有一件转接在办，请先办完或者撤回。")
	}
	return nil
}

// recall remembers the letter that has run out and that this one replaces.
func recall(app core.App, r *core.Record) error {
	if r.GetString("person") == "" {
		return nil
	}
	var last []*core.Record
	err := app.RecordQuery(Transfers).AndWhere(dbx.HashExp{"person": r.GetString("person")}).OrderBy("created DESC", "rowid DESC").Limit(1).All(&last)
	if err == nil && len(last) == 1 && last[0].GetString("state") == Expired {
		r.Set("previous", last[0].Id)
	}
	return err
}

var reasons = map[string]string{
	"work": "工作单位变动", "residence": "经常居住地变动", "study": "外出学习工作六个月以上", "retire": "离退休", "org": "组织设置调整", "other": "其他",
}

var kinds = map[string]string{people.Member: "正式党员", people.Probationary: "预备党员", activist: "入党积极分子"}

// ask opens the request. What approvers read is what the letter will say.
func ask(app core.App, ctx context.Context, kind string, r *core.Record, applicant string) error {
	facts, err := factsOf(r)
	if err != nil {
		return err
	}
	at, title := r.GetString("org"), fmt.Sprintf("%s的组织关系转往%s", r.GetString("name"), r.GetString("to_name"))
	if kind == askIn {
		at, title = r.GetString("to_org"), fmt.Sprintf("%s的组织关系由%s转入", r.GetString("name"), r.GetString("from_name"))
	}
	_, err = approvals.Open(app, ctx, approvals.Ask{
		Kind: kind, Collection: Transfers, Record: r.Id, Org: at, Applicant: applicant, Title: title, Snapshot: facts,
	})
	return err
}

// factsOf is what a letter says, in the order in which it is read.
func factsOf(r *core.Record) (types.JSONRaw, error) {
	var parts []string
	for _, f := range [][2]string{
		{"姓名", r.GetString("name")}, {"人员类别", kinds[r.GetString("kind")]}, {"转出单位", r.GetString("from_name")}, {"转入单位", r.GetString("to_name")},
		{"原因", reasons[r.GetString("reason")]}, {"补充说明", r.GetString("note")}, {"介绍信", r.GetString("letter")}, {"有效期至", r.GetString("valid_until")},
		{"党费交至", r.GetString("paid_to")}, {"培养起始", r.GetString("trained_since")},
	} {
		if f[1] == "" {
			continue
		}
		value, err := json.Marshal(f[1])
		if err != nil {
			return nil, err
		}
		parts = append(parts, fmt.Sprintf("%q:%s", f[0], value))
	}
	return types.JSONRaw("{" + strings.Join(parts, ",") + "}"), nil
}

// checkReturned: what is being decided stays as it was asked; what was returned
// to the applicant may be amended.
func checkReturned(app core.App, kind string, r *core.Record) error {
	status := ""
	err := app.DB().Select("status").From(approvals.Requests).
		Where(dbx.HashExp{"kind": kind, "subject_collection": Transfers, "subject_id": r.Id}).OrderBy("created DESC", "rowid DESC").Limit(1).Row(&status)
	if err != nil {
		return err
	}
	if approvals.Status(status) != approvals.Draft {
		return kit.Reject("state", "people_transfers_pending", "正在审批，不能修改；要修改请先撤回，或者等审批人退回。")
	}
	return nil
}

// about reads the transfer that a request is about; nil for another
// subject.
func about(app core.App, request *core.Record) (*core.Record, error) {
	if request.GetString("subject_collection") != Transfers {
		return nil, nil
	}
	return app.FindRecordById(Transfers, request.GetString("subject_id"))
}
