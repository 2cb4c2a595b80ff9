package transfers

import (
	"context"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/approvals"
	"yaodian/hooks/kit"
	"yaodian/hooks/people"
)

// follow keeps a transfer where its request stands.
func follow(e *core.RecordEvent) error {
	if err := e.Next(); err != nil {
		return err
	}
	kind, status := e.Record.GetString("kind"), approvals.Status(e.Record.GetString("status"))
	if kind != askOut && kind != askIn || !status.Open() {
		return nil
	}
	r, err := about(e.App, e.Record)
	if err != nil || r == nil {
		return err
	}
	stage := StageOf(r.GetString("direction"), kind, status, e.Record.GetInt("step"))
	if stage == r.GetString("state") {
		return nil
	}
	r.Set("state", stage)
	return kit.SaveAsSystem(e.App, e.Context, r)
}

// approve lets a person go: a letter may be issued.
func approve(tx core.App, request *core.Record) error {
	r, err := about(tx, request)
	if err != nil || r == nil {
		return err
	}
	r.Set("state", Approved)
	if err := kit.SaveAsSystem(tx, context.Background(), r); err != nil {
		return err
	}
	keepers, err := keepersOf(tx, r.GetString("org_path"))
	if err != nil {
		return err
	}
	return tell(tx, keepers, "待开介绍信："+r.GetString("to_name"), "有一件组织关系转出已经批准，请开具介绍信。", r)
}

// decline ends an application that isn't let go.
func decline(tx core.App, request *core.Record) error {
	r, err := about(tx, request)
	if err != nil || r == nil {
		return err
	}
	return finish(tx, request, r, map[approvals.Status]string{approvals.Rejected: Rejected, approvals.Withdrawn: Withdrawn, approvals.Expired: Withdrawn})
}

// sendBack ends a letter that isn't received: the person stays where they are.
func sendBack(tx core.App, request *core.Record) error {
	r, err := about(tx, request)
	if err != nil || r == nil {
		return err
	}
	ends := map[approvals.Status]string{approvals.Rejected: Returned, approvals.Withdrawn: Returned, approvals.Expired: Expired}
	if r.GetString("direction") == "in" {
		ends = map[approvals.Status]string{approvals.Rejected: Rejected, approvals.Withdrawn: Withdrawn, approvals.Expired: Withdrawn}
	}
	if err := finish(tx, request, r, ends); err != nil || r.GetString("direction") == "in" {
		return err
	}
	return tell(tx, []string{r.GetString("issued_by"), r.GetString("person")}, "介绍信没有接收："+r.GetString("letter"), "请查看原因；本人的组织关系仍在原支部。", r)
}

func finish(app core.App, request, r *core.Record, ends map[approvals.Status]string) error {
	why, err := lastComment(app, request.Id)
	if err != nil {
		return err
	}
	r.Load(map[string]any{"state": ends[approvals.Status(request.GetString("status"))], "refusal": kit.Clip(why, 500)})
	return kit.SaveAsSystem(app, context.Background(), r)
}

// lastComment is what was said with the decision that ended a request.
func lastComment(app core.App, request string) (string, error) {
	var said []string
	err := app.DB().Select("comment").From(approvals.Decisions).Where(dbx.HashExp{"request": request}).OrderBy("created DESC", "rowid DESC").Limit(1).Column(&said)
	if err != nil || len(said) == 0 {
		return "", err
	}
	return said[0], nil
}

// receive moves the person: the receipt and the roster in one transaction.
func receive(tx core.App, request *core.Record) error {
	r, err := about(tx, request)
	if err != nil || r == nil {
		return err
	}
	today, ctx := kit.Today(tx), context.Background()
	if r.GetString("valid_until") < today && r.GetString("state") != Received {
		return kit.Reject("state", "people_transfers_ran_out", "这封介绍信已经过期，不能接收；请退回，由本人重新申请。")
	}
	person, err := newcomer(tx, r)
	if err != nil {
		return err
	}
	person.Load(map[string]any{
		"org": r.GetString("to_org"), "state": people.Active,
		"status_since": today, "status_reason": "组织关系转入", "status_document": "介绍信" + r.GetString("letter"),
	})
	if err := kit.SaveAsSystem(tx, ctx, person); err != nil {
		return err
	}
	by, err := lastDecider(tx, request.Id)
	if err != nil {
		return err
	}
	r.Load(map[string]any{"person": person.Id, "state": Receipted, "receipt_on": today, "receipt_by": by})
	if err := kit.SaveAsSystem(tx, ctx, r); err != nil {
		return err
	}
	return tell(tx, []string{r.GetString("issued_by"), person.Id}, "组织关系已经转入："+r.GetString("to_name"), "回执已经返回，请核对后归档。", r)
}

// newcomer is who is taken in; somebody who has never been here begins on the
// roster with what the letter says.
func newcomer(app core.App, r *core.Record) (*core.Record, error) {
	if id := r.GetString("person"); id != "" {
		return app.FindRecordById(people.People, id)
	}
	person, err := kit.NewRecord(app, people.People, map[string]any{
		"name": r.GetString("name"), "kind": r.GetString("kind"), "join_date": r.GetString("join_date"), "full_date": r.GetString("full_date"), "must_change": true,
	})
	if err != nil {
		return nil, err
	}
	person.SetRandomPassword()
	return person, nil
}

func lastDecider(app core.App, request string) (person string, err error) {
	err = app.DB().Select("person").From(approvals.Decisions).Where(dbx.HashExp{"request": request}).OrderBy("created DESC", "rowid DESC").Limit(1).Row(&person)
	return person, err
}

// receiptOnPaper lets go of who has arrived outside: the receipt came by post.
func receiptOnPaper(e *core.RecordEvent) error {
	r := e.Record
	if err := CheckReceipt(r.GetString("receipt_on"), r.GetString("issued_on"), r.GetString("valid_until"), kit.Today(e.App)); err != nil {
		return err
	}
	if actor := kit.ActorOf(e.App, e.Context); actor.Kind == kit.ByPerson {
		if actor.ID == r.GetString("person") {
			return kit.Forbid("people_transfers_own", "不能为自己办理，请由另一位负责人登记回执。")
		}
		r.Set("receipt_by", actor.ID)
	}
	person, err := e.App.FindRecordById(people.People, r.GetString("person"))
	if err != nil {
		return err
	}
	person.Load(map[string]any{
		"state": "left", "status_since": kit.Today(e.App), "status_reason": "组织关系转往" + r.GetString("to_name"), "status_document": "介绍信" + r.GetString("letter"),
	})
	if err := kit.SaveAsSystem(e.App, e.Context, person); err != nil {
		return err
	}
	return e.Next()
}
