package dues

import (
	"context"
	"fmt"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/dues/charge"
	"yaodian/hooks/dues/rate"
	"yaodian/hooks/kit"
	"yaodian/hooks/notify"
	"yaodian/hooks/org"
)

// lookBack is how many months are searched for those without dues.
const lookBack = 24

// unpaid are the months of a person for which nothing was paid or waived.
const unpaid = `SELECT person, month FROM dues_entries WHERE month >= {:from} AND month <= {:last} GROUP BY person, month
	HAVING SUM(amount) > 0 AND SUM(CASE WHEN kind IN ('payment', 'reversal') THEN amount ELSE 0 END) = 0 AND SUM(kind = 'waiver') = 0
	ORDER BY person, month DESC`

// debtor is somebody with consecutive months without dues.
type debtor struct {
	person string
	Unpaid
}

func debtors(app core.App, last string) ([]debtor, error) {
	var rows []struct {
		Person string `db:"person"`
		Month  string `db:"month"`
	}
	err := app.DB().NewQuery(unpaid).Bind(dbx.Params{"from": rate.Shift(last, 1-lookBack), "last": last}).All(&rows)
	if err != nil {
		return nil, err
	}
	var list []debtor
	for i := 0; i < len(rows); {
		var months []string
		j := i
		for ; j < len(rows) && rows[j].Person == rows[i].Person; j++ {
			months = append(months, rows[j].Month)
		}
		if d := (debtor{rows[i].Person, Streak(months, last)}); d.Months() > 0 {
			list = append(list, d)
		}
		i = j
	}
	return list, nil
}

// Remind tells of months without dues up to the month before today, each level
// once, and makes a review item at six (R-DUES-08).
func Remind(app core.App, today string) (found, told int, err error) {
	list, err := debtors(app, rate.Shift(today[:7], -1))
	if err != nil {
		return 0, 0, err
	}
	branch, err := org.Officers(app, today, "dues.record", "dues.check")
	if err != nil {
		return 0, 0, err
	}
	above, err := org.Officers(app, today, "dues.check")
	if err != nil {
		return 0, 0, err
	}
	for _, d := range list {
		err := app.RunInTransaction(func(tx core.App) error {
			made, sent, err := remind(tx, d, branch, above)
			found, told = found+made, told+sent
			return err
		})
		if err != nil {
			return found, told, fmt.Errorf("remind of the dues of %s: %w", d.person, err)
		}
	}
	return found, told, nil
}

// remind tells those of the branch, and from the third month on those above.
func remind(app core.App, d debtor, branch, above map[string][]string) (found, told int, err error) {
	level := LevelOf(d.Months())
	person, err := app.FindRecordById("people", d.person)
	if err != nil {
		return 0, 0, err
	}
	house, err := charge.HouseOf(app, person.GetString("org"))
	if err != nil {
		return 0, 0, err
	}
	if level == 6 {
		if found, err = review(app, d, house); err != nil {
			return found, 0, err
		}
	}
	ctx := context.Background()
	if level == 1 && person.GetString("state") == "active" {
		told, err = notify.SendNew(app, ctx, notify.Message{
			Kind: notify.Duty, Title: "党费提醒：" + d.To + " 的党费还没有交纳", Body: "请及时交纳；确有困难的可以申请减免。", Link: "#/dues/mine/" + d.From + "/1",
			Topic: "dues_arrears own " + d.From,
		}.To(d.person))
		if err != nil {
			return found, told, err
		}
	}
	tellTo := branch[house.Id]
	if level >= 3 {
		tellTo = slices.Concat(tellTo, above[house.Parent()])
	}
	n, err := notify.SendNew(app, ctx, notice(person.GetString("name"), d, level).To(tellTo...))
	return found, told + n, err
}

func notice(name string, d debtor, level int) notify.Message {
	body := map[int]string{
		1: "请提醒本人及时交纳。",
		3: "请了解原因，批评教育，限期改正。",
		5: "下月将满 6 个月，请查明有无正当理由。",
		6: "已生成核查事项，请支部查明有无正当理由；系统不作任何处置。",
	}[level]
	return notify.Message{
		Kind: notify.Duty, Title: fmt.Sprintf("%s 自 %s 起连续 %d 个月没有交纳党费", name, d.From, d.Months()), Body: body,
		Link:  fmt.Sprintf("#/dues/arrears/%s/%s/%d", d.person, d.From, level),
		Topic: fmt.Sprintf("dues_arrears %s %s %d", d.person, d.From, level),
	}
}

// review makes an item for people to look into, once for the same months.
func review(app core.App, d debtor, house *org.Unit) (int, error) {
	n, err := app.CountRecords(Reviews, dbx.HashExp{"person": d.person}, dbx.NewExp("to_month >= {:from}", dbx.Params{"from": d.From}))
	if err != nil || n > 0 {
		return 0, err
	}
	c, err := app.FindCachedCollectionByNameOrId(Reviews)
	if err != nil {
		return 0, err
	}
	r := core.NewRecord(c)
	r.Load(map[string]any{"person": d.person, "from_month": d.From, "to_month": d.To, "state": "open", "org": house.Id})
	return 1, kit.SaveAsSystem(app, context.Background(), r)
}
