package demo

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/pocketbase/dbx"

	"yaodian/hooks/dues/pay"
	"yaodian/hooks/dues/rate"
	"yaodian/hooks/kit"
)

// debt is what somebody owes at a house.
type debt struct {
	Person string `db:"person"`
	From   string `db:"since"`
	Owed   int    `db:"owed"`
	Due    int    `db:"due"` // a month
}

// collect takes in what is owed: the first branch every month, the others a
// quarter at a time. Now and then somebody comes a month late; two don't come at
// all.
func (t *treasury) collect(month string) error {
	quarter := (month[5:] == "01" || month[5:] == "04" || month[5:] == "07" || month[5:] == "10")
	for n, h := range t.houses {
		monthly := h.path == "/qh/zb1/"
		if !monthly && !quarter {
			continue
		}
		to := month
		if !monthly {
			to = rate.Shift(month, 2)
		}
		if err := t.takeIn(h, n, month, to); err != nil {
			return fmt.Errorf("at %s: %w", h.path, err)
		}
	}
	return nil
}

// debtsOf is what the people of a house owe up to a month.
func (t *treasury) debtsOf(h house, month string) (debts []debt, err error) {
	err = t.app.DB().NewQuery(`SELECT m.person, min(m.month) AS since, SUM(m.owed) AS owed, SUM(CASE WHEN m.month = {:month} THEN m.owed ELSE 0 END) AS due
		FROM (SELECT person, month, SUM(amount) AS owed FROM dues_entries WHERE org = {:org} AND month <= {:month} AND month > {:old}
			GROUP BY person, month HAVING SUM(amount) > 0) m
		JOIN people p ON p.id = m.person GROUP BY m.person ORDER BY p.number`).
		Bind(dbx.Params{"org": t.units[h.path], "month": month, "old": rate.Shift(month, -4)}).All(&debts)
	return debts, err
}

// takeIn enters what the people of a house bring on a day.
func (t *treasury) takeIn(h house, n int, month, to string) error {
	debts, err := t.debtsOf(h, month)
	if err != nil {
		return err
	}
	day := pay.Day{ReceivedOn: kit.Today(t.app)}
	at, _ := strconv.Atoi(month[5:])
	for i, d := range debts {
		switch number := t.numbers[d.Person]; {
		case number == "10122" || number == "10316":
			continue // has to be talked to
		case month == to && (i+at)%9 == 5, month != to && (i+n+at)%17 == 5:
			continue // comes later
		}
		row := pay.Row{Person: d.Person, Amount: rate.Fen(d.Owed), From: d.From, To: month, Method: []string{"cash", "transfer"}[i%2]}
		if month != to {
			row.To, row.Amount, row.Reason = to, row.Amount+rate.Fen(2*d.Due), "经支部同意按季度交纳"
		}
		if rate.Span(row.From, row.To) > pay.MaxSpan {
			row.Document = "清工委〔" + fmt.Sprint(t.year) + "〕12号"
		}
		if i%13 == 7 {
			row.Method, row.Payer = "behalf", "家属代交"
		}
		day.Rows = append(day.Rows, row)
	}
	if len(day.Rows) == 0 {
		return nil
	}
	result, err := pay.Enter(t.app, context.Background(), day, t.people[h.recorder].Id)
	if err != nil {
		return err
	}
	return t.check(h, day.ReceivedOn, result)
}

// check has a day's payments checked by somebody else, the latest ones aside:
// they wait. None may have been refused.
func (t *treasury) check(h house, day string, result pay.DayResult) error {
	for _, row := range result.Rows {
		if row.Error != "" {
			return fmt.Errorf("%s: %s", t.numbers[row.Person], row.Error)
		}
	}
	if day > addDays(t.now.Format(time.DateOnly), -35) {
		return nil
	}
	for _, row := range result.Rows {
		if err := t.as(h.checker, pay.Payments, row.ID, map[string]any{"state": "checked"}); err != nil {
			return err
		}
	}
	return nil
}
