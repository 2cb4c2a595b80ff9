package flows

import (
	"context"
	"fmt"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/notify"
	"yaodian/hooks/org"
	"yaodian/hooks/people/signin"
)

// catchUp does at start what the calendar asked for while the server was down.
func catchUp(e *core.ServeEvent) error {
	daily(e.App)
	return e.Next()
}

func daily(app core.App) {
	app = kit.As(app, kit.Job("people_flows"))
	today := kit.Today(app)
	told, err := Remind(app, today)
	app.Logger().Info("Reminded of members who are away", "told", told, "error", err)
	made, err := SuggestAll(app, today)
	app.Logger().Info("Suggested what to do about lost members", "made", made, "error", err)
}

// Remind tells the branch of entries to be reviewed and of long silences, each
// once.
func Remind(app core.App, today string) (told int, err error) {
	var days int
	if err := app.DB().Select("coalesce(nullif(contact_days, 0), {:usual})").From(signin.Settings).Bind(dbx.Params{"usual": usualContact}).Limit(1).Row(&days); err != nil {
		return 0, err
	}
	var list []struct {
		ID      string `db:"id"`
		Name    string `db:"name"`
		Path    string `db:"org_path"`
		Due     string `db:"review_due"`
		Last    string `db:"last_contact"`
		Contact string `db:"contact"`
	}
	err = app.DB().NewQuery(`SELECT f.id, p.name, f.org_path, f.review_due, f.last_contact, f.contact FROM people_flows f JOIN people p ON p.id = f.person
		WHERE f.state = 'away' ORDER BY f.org_path, p.name`).All(&list)
	if err != nil {
		return 0, err
	}
	heads, err := org.Holders(app, "branch_secretary", "/", today)
	if err != nil {
		return 0, err
	}
	var messages []notify.Message
	for _, f := range list {
		link := "#/ledgers/people_flows/" + f.ID
		to := append(above(heads, f.Path), f.Contact)
		if f.Due <= today {
			messages = append(messages, about(link, fmt.Sprintf("流动党员复核：%s（%s）", f.Name, kit.Day(f.Due, "")), "外出登记满六个月没有复核，请核对后填写复核日期。").To(to...)...)
		}
		if Silent(f.Last, days, today) {
			messages = append(messages, about(link, fmt.Sprintf("请联系流动党员：%s（上次%s）", f.Name, kit.Day(f.Last, "")), fmt.Sprintf("已经超过 %d 天没有联系记录。", days)).To(to...)...)
		}
	}
	return notify.Remind(app, messages)
}

func about(link, title, body string) notify.Message {
	return notify.Message{Kind: notify.Duty, Title: title, Body: body, Link: link}
}

// SuggestAll marks the lost members about whom an organization may decide, and
// tells the branch. It changes nobody's standing.
func SuggestAll(app core.App, today string) (made int, err error) {
	var list []*core.Record
	err = app.RecordQuery(Losses).AndWhere(dbx.In("state", "searching", "stopped")).OrderBy("lost_since", "id").All(&list)
	if err != nil {
		return 0, err
	}
	heads, err := org.Holders(app, "branch_secretary", "/", today)
	if err != nil {
		return 0, err
	}
	for _, r := range list {
		suggestion := Suggest(lossOf(r), today)
		if suggestion == "" || suggestion == r.GetString("suggestion") {
			continue
		}
		err := app.RunInTransaction(func(tx core.App) error { return suggest(tx, r.Id, today, heads) })
		if err != nil {
			return made, err
		}
		made++
	}
	return made, nil
}

// suggest judges by what is stored now.
func suggest(app core.App, id, today string, heads []org.Holder) error {
	r, err := app.FindRecordById(Losses, id)
	if err != nil {
		return err
	}
	suggestion := Suggest(lossOf(r), today)
	if suggestion == "" {
		return nil
	}
	r.Load(map[string]any{"suggestion": suggestion, "suggested_on": today})
	if err := kit.SaveAsSystem(app, context.Background(), r); err != nil {
		return err
	}
	title, body := "失联满六个月：请研究是否停止党籍", "由支部大会讨论、上级组织决定；决定以后登记日期和文号。系统不会自动处理。"
	if suggestion == "remove" {
		title, body = "停止党籍满两年：请核查是否除名", "确实无法取得联系的，由组织决定；决定以后登记日期和文号。系统不会自动处理。"
	}
	for _, m := range about("#/ledgers/people_losses/"+r.Id, title, body).To(above(heads, r.GetString("org_path"))...) {
		if err := notify.Send(app, context.Background(), m); err != nil {
			return err
		}
	}
	return nil
}

// above are the holders at or above a path.
func above(heads []org.Holder, path string) (people []string) {
	for _, h := range heads {
		if strings.HasPrefix(path, h.Path) {
			people = append(people, h.Person)
		}
	}
	return people
}
