package transfers

import (
	"context"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/approvals"
	"yaodian/hooks/calendar"
	"yaodian/hooks/kit"
	"yaodian/hooks/notify"
	"yaodian/hooks/org"
)

// catchUp does at start what the calendar asked for while the server was down.
func catchUp(e *core.ServeEvent) error {
	daily(e.App)
	return e.Next()
}

func daily(app core.App) {
	app = kit.As(app, kit.Job("people_transfers"))
	today := kit.Today(app)
	told, err := Remind(app, today)
	app.Logger().Info("Reminded of letters that run out", "told", told, "error", err)
	expired, err := Expire(app, today)
	app.Logger().Info("Letters that have run out", "expired", expired, "error", err)
}

// Remind tells both sides once that a letter runs out soon. It may run twice or
// be left out for days.
func Remind(app core.App, today string) (told int, err error) {
	v, err := validityOf(app)
	if err != nil {
		return 0, err
	}
	d, err := calendar.Parse(today)
	if err != nil {
		return 0, err
	}
	var list []*core.Record
	err = app.RecordQuery(Transfers).AndWhere(dbx.HashExp{"state": Issued}).
		AndWhere(dbx.NewExp("valid_until >= {:today} AND valid_until <= {:soon}", dbx.Params{"today": today, "soon": (d + calendar.Date(v.Notice)).String()})).
		OrderBy("valid_until", "id").All(&list)
	if err != nil {
		return 0, err
	}
	receivers, err := secretaries(app, today)
	if err != nil {
		return 0, err
	}
	var messages []notify.Message
	for _, r := range list {
		title := "介绍信" + r.GetString("letter") + "将于" + kit.Day(r.GetString("valid_until"), today) + "到期"
		people := append([]string{r.GetString("person"), r.GetString("issued_by")}, receivers[r.GetString("to_org")]...)
		messages = append(messages, notify.Message{Kind: notify.Approval, Title: title, Body: "还没有回执，请尽快办理接收。", Link: link(r)}.To(people...)...)
	}
	return notify.Remind(app, messages)
}

// secretaries are those in office as secretary of a branch, by its id.
func secretaries(app core.App, day string) (map[string][]string, error) {
	holders, err := org.Holders(app, "branch_secretary", "/", day)
	out := map[string][]string{}
	for _, h := range holders {
		out[h.Org] = append(out[h.Org], h.Person)
	}
	return out, err
}

// Expire ends the letters that nobody has taken in while they were valid. The
// person stays where they are.
func Expire(app core.App, today string) (expired int, err error) {
	var ids []string
	err = app.DB().Select("id").From(Transfers).Where(dbx.HashExp{"state": Issued}).
		AndWhere(dbx.NewExp("valid_until < {:today}", dbx.Params{"today": today})).OrderBy("id").Column(&ids)
	if err != nil {
		return 0, err
	}
	for _, id := range ids {
		err := app.RunInTransaction(func(tx core.App) error {
			r, err := tx.FindRecordById(Transfers, id)
			if err != nil || r.GetString("state") != Issued {
				return err
			}
			expired++
			return runOut(tx, r)
		})
		if err != nil {
			return expired, err
		}
	}
	return expired, nil
}

func runOut(app core.App, r *core.Record) error {
	ctx := context.Background()
	if r.GetString("direction") != "out" {
		return approvals.Lapse(app, ctx, askIn, r) // and sendBack marks it
	}
	r.Set("state", Expired)
	if err := kit.SaveAsSystem(app, ctx, r); err != nil {
		return err
	}
	return tell(app, []string{r.GetString("issued_by"), r.GetString("person")}, "介绍信过期："+r.GetString("letter"), "没有收到回执；本人的组织关系仍在原支部，请重新申请。", r)
}

func link(r *core.Record) string { return "#/transfers/" + r.Id }

func tell(app core.App, people []string, title, body string, r *core.Record) error {
	seen := map[string]bool{"": true}
	for _, p := range people {
		if seen[p] {
			continue
		}
		seen[p] = true
		m := notify.Message{Person: p, Kind: notify.Approval, Title: title, Body: body, Link: link(r)}
		if err := notify.Send(app, context.Background(), m); err != nil {
			return err
		}
	}
	return nil
}

// keepersOf are those who keep the roster of a path today.
func keepersOf(app core.App, path string) ([]string, error) {
	var ids []string
	err := app.DB().NewQuery(`SELECT DISTINCT r.person FROM org_reach r JOIN people p ON p.id = r.person AND p.state = 'active'
		WHERE r.power = 'people.edit' AND r.lo <= {:path} AND r.hi > {:path} AND r.since <= {:day} AND r.until > {:day} ORDER BY r.person`).
		Bind(dbx.Params{"path": path, "day": kit.Today(app)}).Column(&ids)
	return ids, err
}
