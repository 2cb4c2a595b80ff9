// Package files keeps track of members' files (党员档案): where each is, which of
// the papers that the rules ask for it holds, and who has borrowed it. What the
// papers say is no part of it.
//
// A file follows its person: with the receipt of a transfer it is on its way to
// the new branch until that one has it.
package files

import (
	"database/sql"
	"errors"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
	"yaodian/hooks/people"
)

// The collections of this capability.
const (
	Files  = "people_files"
	Papers = "people_papers"
	Loans  = "people_loans"
)

// Bind attaches the rules of files to app. It comes after people.
func Bind(app core.App) {
	kit.On(app.OnRecordCreate(Files), placeFile)
	org.Follow(app, fileStates)
	kit.OnSave(app, Files, saveFile)
	kit.On(app.OnRecordDelete(Files), keep)

	org.Inherit(app, Papers, "file")
	kit.OnSave(app, Papers, savePaper)
	kit.On(app.OnRecordDeleteExecute(Papers), dropPaper)

	org.Inherit(app, Loans, "file")
	org.Follow(app, loanStates)
	kit.OnSave(app, Loans, saveLoan)
	kit.On(app.OnRecordDelete(Loans), keep)

	kit.OnSave(app, people.Status, followPerson)

	app.Cron().MustAdd("people_files", "30 8 * * *", func() { daily(app) })
	app.OnServe().BindFunc(catchUp)
}

var fileStates = org.States{
	Collection: Files,
	Words:      []org.Word{{State: "kept", Name: "在库"}, {State: "lent", Name: "借出"}, {State: "transit", Name: "转递中"}},
	Moves: []org.Move{
		{From: "kept", To: "lent"}, {From: "lent", To: "kept"}, {From: "kept", To: "transit"}, {From: "lent", To: "transit"}, {From: "transit", To: "kept"},
	},
	Needs: map[string][]string{"kept": {"place"}},
}

var loanStates = org.States{
	Collection: Loans,
	Words:      []org.Word{{State: "lent", Name: "借出"}, {State: "returned", Name: "已归还"}},
	Moves:      []org.Move{{From: "lent", To: "returned", Sign: "taken_by", Others: []string{"borrower"}}},
	Needs:      map[string][]string{"lent": {"approved_by"}, "returned": {"returned_on"}},
	Filed:      []string{"returned"},
}

// placeFile puts a file where its person belongs.
func placeFile(e *core.RecordEvent) error {
	person, err := e.App.FindRecordById(people.People, e.Record.GetString("person"))
	if err != nil {
		return kit.Reject("person", "people_files_nobody", "没有找到这个人，请重新选择。")
	}
	if sent := e.Record.GetString("org"); sent != "" && sent != person.GetString("org") {
		return kit.Reject("org", "people_files_elsewhere", "档案由本人所在的组织管理，不能填写别的。")
	}
	e.Record.Set("org", person.GetString("org"))
	return e.Next()
}

// saveFile says what is missing, and leaves lending to the loans.
func saveFile(e *core.RecordEvent) error {
	r, from := e.Record, "kept"
	if !r.IsNew() {
		stored, err := kit.Stored(e)
		if err != nil {
			return err
		}
		from = stored.GetString("state")
		if field, changed := kit.Changed(r, stored, "person", "org"); changed && !kit.IsSystem(e.Context) {
			return kit.Reject(field, "people_files_fixed", "档案跟着本人走，不能改到别人名下或者别的组织。")
		}
	}
	if err := CheckByHand(from, r.GetString("state"), kit.IsSystem(e.Context)); err != nil {
		return err
	}
	if on := r.GetString("checked_on"); on != "" && (!kit.IsDate(on) || on > kit.Today(e.App)) {
		return kit.Reject("checked_on", "people_files_day", "核对日期应当是真实的日期，不能晚于今天。")
	}
	missing, err := missingOf(e.App, r)
	if err != nil {
		return err
	}
	r.Set("missing", missing)
	return e.Next()
}

func missingOf(app core.App, file *core.Record) (string, error) {
	person, err := app.FindRecordById(people.People, file.GetString("person"))
	if err != nil {
		return "", err
	}
	var held []string
	err = app.DB().Select("material").From(Papers).Where(dbx.HashExp{"file": file.Id}).Column(&held)
	return Missing(person.GetString("kind"), held), err
}

// savePaper enters that a paper is there.
func savePaper(e *core.RecordEvent) error {
	if on := e.Record.GetString("received_on"); !kit.IsDate(on) || on > kit.Today(e.App) {
		return kit.Reject("received_on", "people_files_day", "归档日期应当是真实的日期，不能晚于今天。")
	}
	if err := e.Next(); err != nil {
		return err
	}
	return recount(e, e.Record.GetString("file"))
}

func dropPaper(e *core.RecordEvent) error {
	return kit.InTx(e, func() error {
		file := e.Record.GetString("file")
		if err := e.Next(); err != nil {
			return err
		}
		return recount(e, file)
	})
}

// recount lets a file say anew what is missing.
func recount(e *core.RecordEvent, id string) error {
	file, err := e.App.FindRecordById(Files, id)
	if err != nil {
		return err
	}
	return kit.SaveAsSystem(e.App, e.Context, file)
}

// saveLoan lends a file that is there and takes it back.
func saveLoan(e *core.RecordEvent) error {
	r := e.Record
	file, err := e.App.FindRecordById(Files, r.GetString("file"))
	if err != nil {
		return err
	}
	l := Loan{
		Owner: file.GetString("person"), Borrower: r.GetString("borrower"), Approver: r.GetString("approved_by"), Purpose: r.GetString("purpose"), Note: r.GetString("note"),
		Lent: r.GetString("lent_on"), Due: r.GetString("due"), Returned: r.GetString("returned_on"),
	}
	if err := CheckLoan(l, kit.Today(e.App)); err != nil {
		return err
	}
	fresh, back := r.IsNew(), r.GetString("state") == "returned"
	if fresh && file.GetString("state") != "kept" {
		return kit.Reject("file", "people_files_away", "这份档案不在库，归还或者转到以后才能借出。")
	}
	if err := e.Next(); err != nil {
		return err
	}
	switch {
	case fresh && !back:
		file.Set("state", "lent")
	case back && file.GetString("state") == "lent":
		file.Set("state", "kept")
	default:
		return nil
	}
	return kit.SaveAsSystem(e.App, e.Context, file)
}

// followPerson lets a file follow its person to another branch, and judges anew
// what it should hold when their kind changes.
func followPerson(e *core.RecordEvent) error {
	if err := e.Next(); err != nil {
		return err
	}
	file, err := e.App.FindFirstRecordByData(Files, "person", e.Record.GetString("person"))
	if errors.Is(err, sql.ErrNoRows) {
		return nil // there is no file of theirs
	}
	if err != nil {
		return err
	}
	if file.GetString("org") != e.Record.GetString("org") {
		file.Load(map[string]any{"org": e.Record.GetString("org"), "state": "transit", "place": ""})
	}
	if err := kit.SaveAsSystem(e.App, e.Context, file); err != nil {
		return err
	}
	for _, c := range []string{Papers, Loans} {
		_, err := e.App.DB().Update(c, dbx.Params{"org": file.GetString("org"), "org_path": file.GetString("org_path")}, dbx.HashExp{"file": file.Id}).Execute()
		if err != nil {
			return err
		}
	}
	return nil
}

func keep(*core.RecordEvent) error {
	return kit.Forbid("people_files_permanent", "档案和借阅登记不能删除。")
}
