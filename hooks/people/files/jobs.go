package files

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/notify"
)

// catchUp does at start what the calendar asked for while the server was down.
func catchUp(e *core.ServeEvent) error {
	daily(e.App)
	return e.Next()
}

func daily(app core.App) {
	app = kit.As(app, kit.Job("people_files"))
	told, err := Remind(app, kit.Today(app))
	app.Logger().Info("Reminded of files that are out", "told", told, "error", err)
}

// Remind tells who has a file that should be back, and who lent it, once.
func Remind(app core.App, today string) (told int, err error) {
	var list []struct {
		ID       string `db:"id"`
		Borrower string `db:"borrower"`
		Approver string `db:"approved_by"`
		Due      string `db:"due"`
		Number   string `db:"number"`
	}
	err = app.DB().NewQuery(`SELECT l.id, l.borrower, l.approved_by, l.due, f.number FROM people_loans l JOIN people_files f ON f.id = l.file
		WHERE l.state = 'lent' AND l.due < {:today} ORDER BY l.due, l.id`).Bind(dbx.Params{"today": today}).All(&list)
	if err != nil {
		return 0, err
	}
	var messages []notify.Message
	for _, l := range list {
		messages = append(messages, notify.Message{
			Kind: notify.Duty, Title: "档案逾期未还：" + l.Number + "（应于" + kit.Day(l.Due, "") + "归还）", Body: "请尽快归还，并清点登记。", Link: "#/ledgers/people_loans/" + l.ID,
		}.To(l.Borrower, l.Approver)...)
	}
	return notify.Remind(app, messages)
}
