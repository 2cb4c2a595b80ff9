// Package transfers moves membership from one branch to another (组织关系转接):
// an application, the approval of who is left, a letter of introduction that is
// valid for so many days, and the receipt of who takes the person in.
//
// Until the receipt is back the person belongs to the old branch, on the roster,
// in statistics and for dues (domain.md 5.1). The receipt moves them, in the
// transaction of the decision that gives it. A letter that runs out moves
// nobody: the person applies again.
//
// The receiving side reads the letter: name, number, how far dues are paid.
// Nothing in it is sensitive.
package transfers

import (
	"slices"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/approvals"
	"yaodian/hooks/kit"
	"yaodian/hooks/org"
	"yaodian/hooks/people"
)

// Transfers is the collection of this capability.
const Transfers = "people_transfers"

// What is asked for: to be let go, and to be taken in.
const (
	askOut = "transfer_out"
	askIn  = "transfer_in"
)

// Bind attaches the rules of transfers to app. It comes after approvals.
func Bind(app core.App) {
	kit.On(app.OnRecordCreate(Transfers), place)
	org.Follow(app, states)
	kit.OnSave(app, Transfers, save)
	kit.On(app.OnRecordDeleteExecute(Transfers), keep)
	app.OnRecordCreateRequest(Transfers).BindFunc(signEntry)

	kit.On(app.OnRecordUpdateExecute(approvals.Requests), follow)
	approvals.OnApproved(app, askOut, approve)
	approvals.OnClosed(app, askOut, decline)
	approvals.OnApproved(app, askIn, receive)
	approvals.OnClosed(app, askIn, sendBack)

	app.Cron().MustAdd("people_transfers", "20 8 * * *", func() { daily(app) })
	app.OnServe().BindFunc(catchUp)
}

// The states of a transfer.
const (
	Applied   = "applied"
	Agreed    = "agreed"
	Approved  = "approved"
	Issued    = "issued"
	Received  = "received"
	Receipted = "receipted"
	Archived  = "archived"
	Returned  = "returned"
	Expired   = "expired"
	Rejected  = "rejected"
	Withdrawn = "withdrawn"
)

var states = org.States{
	Collection: Transfers,
	Words: []org.Word{
		{State: Applied, Name: "已申请"}, {State: Agreed, Name: "支部已同意"}, {State: Approved, Name: "待开介绍信"}, {State: Issued, Name: "在途"},
		{State: Received, Name: "支部已接收"}, {State: Receipted, Name: "已回执"}, {State: Archived, Name: "已归档"}, {State: Returned, Name: "被退回"},
		{State: Expired, Name: "介绍信过期"}, {State: Rejected, Name: "未批准"}, {State: Withdrawn, Name: "已撤回"},
	},
	Moves: []org.Move{
		{From: Applied, To: Agreed}, {From: Agreed, To: Applied}, {From: Applied, To: Approved}, {From: Agreed, To: Approved},
		{From: Applied, To: Rejected}, {From: Agreed, To: Rejected}, {From: Applied, To: Withdrawn}, {From: Agreed, To: Withdrawn},
		{From: Approved, To: Issued, Power: "people.edit", Sign: "issued_by", Others: []string{"person"}},
		{From: Approved, To: Withdrawn, Power: "people.edit"},
		{From: Issued, To: Received}, {From: Received, To: Issued}, {From: Issued, To: Receipted}, {From: Received, To: Receipted}, {From: Issued, To: Returned},
		{From: Received, To: Returned}, {From: Issued, To: Expired}, {From: Received, To: Expired}, {From: Expired, To: Receipted},
		{From: Applied, To: Received}, {From: Received, To: Applied}, {From: Applied, To: Receipted}, // from outside: the letter is there already
		{From: Received, To: Rejected}, {From: Received, To: Withdrawn},
		{From: Receipted, To: Archived, Power: "people.edit"},
	},
	Filed: []string{Archived, Returned, Rejected, Withdrawn},
}

// open are the states in which a transfer is under way.
var open = []string{Applied, Agreed, Approved, Issued, Received}

// signEntry keeps who enters an application.
func signEntry(e *core.RecordRequestEvent) error {
	if e.Auth != nil && !e.HasSuperuserAuth() {
		e.Record.Set("by", e.Auth.Id)
	}
	return e.Next()
}

// place fills in what follows from whom the transfer is about and where to.
func place(e *core.RecordEvent) error {
	if e.Record.GetString("person") == "" || e.Record.GetString("direction") == "in" {
		return e.Next()
	}
	person, err := e.App.FindRecordById(people.People, e.Record.GetString("person"))
	if err != nil {
		return kit.Reject("person", "people_transfers_nobody", "没有找到这个人，请重新选择。")
	}
	if sent := e.Record.GetString("org"); sent != "" && sent != person.GetString("org") {
		return kit.Reject("org", "people_transfers_elsewhere", "转出支部就是本人现在所在的组织，不能填写别的。")
	}
	e.Record.Set("org", person.GetString("org"))
	return e.Next()
}

// save holds a transfer to its rules and does what follows from a step.
func save(e *core.RecordEvent) error {
	if e.Record.IsNew() {
		return apply(e)
	}
	stored, err := kit.Stored(e)
	if err != nil {
		return err
	}
	from, to := stored.GetString("state"), e.Record.GetString("state")
	if !kit.IsSystem(e.Context) {
		if err := guard(e.App, e.Record, stored); err != nil {
			return err
		}
	}
	switch {
	case from == Approved && to == Issued:
		return issue(e)
	case from != to && to == Receipted && !kit.IsSystem(e.Context):
		return receiptOnPaper(e)
	case from == to && from == Applied && !kit.IsSystem(e.Context):
		return amend(e)
	}
	return e.Next()
}

// guard: people change what the state leaves to them, and take the steps that no
// decision takes.
func guard(app core.App, r, stored *core.Record) error {
	from, to := stored.GetString("state"), r.GetString("state")
	direction := stored.GetString("direction")
	if err := CheckByHand(from, to, direction); err != nil {
		return err
	}
	if from == Applied {
		kind := askOut
		if direction == "in" {
			kind = askIn
		}
		if err := checkReturned(app, kind, stored); err != nil {
			return err
		}
	}
	free := Editable(from, to, direction)
	for _, f := range r.Collection().Fields {
		name := f.GetName()
		if name == "state" || f.Type() == core.FieldTypeAutodate || slices.Contains(free, name) {
			continue
		}
		if _, changed := kit.Changed(r, stored, name); changed {
			return kit.Reject(name, "people_transfers_fixed", "“"+org.Label(f)+"”现在不能改。")
		}
	}
	return CheckRefusal(from, to, r.GetString("refusal"))
}

func keep(*core.RecordEvent) error {
	return kit.Forbid("people_transfers_permanent", "转接记录不能删除；不再办理的请撤回。")
}
