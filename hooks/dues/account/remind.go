package account

import (
	"context"
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/dues/rate"
	"yaodian/hooks/kit"
	"yaodian/hooks/notify"
	"yaodian/hooks/org"
)

// Remind prepares the disclosures of the periods that have ended, and tells who
// answers for it of disclosures and remittances that are overdue (R-DUES-12,
// R-DUES-13). It looks at dates and states only.
func Remind(app core.App, today string) (made, told int, err error) {
	for _, period := range LastPeriods(today[:7]) {
		n, err := prepare(app, period)
		if err != nil {
			return made, told, err
		}
		made += n
	}
	told, err = remindDisclosures(app, today)
	if err != nil {
		return made, told, err
	}
	n, err := remindRemittances(app, today)
	return made, told + n, err
}

// prepare drafts a disclosure to members for every organization that has billed
// in the period and has none.
func prepare(app core.App, period string) (made int, err error) {
	q, _ := PeriodOf(period)
	var orgs []string
	err = app.DB().NewQuery(`SELECT DISTINCT d.org FROM dues_entries d WHERE d.month >= {:from} AND d.month <= {:to} AND d.kind = 'charge' AND NOT EXISTS (
		SELECT 1 FROM dues_disclosures x WHERE x.org = d.org AND x.period = {:period} AND x.audience = 'members' AND x.state != 'withdrawn') ORDER BY 1`).
		Bind(dbx.Params{"from": q.From, "to": q.To, "period": period}).Column(&orgs)
	if err != nil {
		return 0, err
	}
	c, err := app.FindCachedCollectionByNameOrId(Disclosures)
	if err != nil {
		return 0, err
	}
	for _, unit := range orgs {
		r := core.NewRecord(c)
		r.Load(map[string]any{"org": unit, "period": period, "audience": "members", "state": "draft", "due": q.Due})
		if err := kit.SaveAsSystem(app, context.Background(), r); err != nil {
			return made, err
		}
		made++
	}
	return made, nil
}

// Overdue lists the disclosures that are due and not published (R-DUES-13).
func Overdue(app core.App, today string, reach dbx.Expression) ([]*core.Record, error) {
	var list []*core.Record
	query := app.RecordQuery(Disclosures).AndWhere(dbx.NewExp("state = 'draft' AND due < {:today}", dbx.Params{"today": today}))
	if reach != nil {
		query.AndWhere(reach)
	}
	return list, query.OrderBy("org_path", "period").All(&list)
}

func remindDisclosures(app core.App, today string) (told int, err error) {
	list, err := Overdue(app, today, nil)
	if err != nil || len(list) == 0 {
		return 0, err
	}
	people, err := org.Officers(app, today, "dues.check", "dues.assess", "dues.account")
	if err != nil {
		return 0, err
	}
	var messages []notify.Message
	for _, r := range list {
		messages = append(messages, notify.Message{
			Kind: notify.Duty, Title: fmt.Sprintf("党费公开 %s 逾期未公布", r.GetString("period")), Body: "应在 " + r.GetString("due") + " 前公布。",
			Link: "#/dues/disclosures/" + r.Id, Topic: "dues_disclosures late " + r.Id,
		}.To(people[r.GetString("org")]...)...)
	}
	return notify.Remind(app, messages)
}

func remindRemittances(app core.App, today string) (told int, err error) {
	var list []*core.Record
	err = app.RecordQuery(Remittances).AndWhere(dbx.NewExp("state = 'due' AND due < {:today}", dbx.Params{"today": today})).OrderBy("due").All(&list)
	if err != nil || len(list) == 0 {
		return 0, err
	}
	people, err := org.Officers(app, today, "dues.account", "dues.cash")
	if err != nil {
		return 0, err
	}
	var messages []notify.Message
	for _, r := range list {
		messages = append(messages, notify.Message{
			Kind: notify.Duty, Title: fmt.Sprintf("党费上缴逾期：应上缴 %s 元", rate.Fen(r.GetInt("amount"))), Body: "应在 " + r.GetString("due") + " 前上缴。",
			Link: "#/dues/remittances/" + r.Id, Topic: "dues_remittances late " + r.Id,
		}.To(people[r.GetString("org")]...)...)
	}
	return notify.Remind(app, messages)
}
