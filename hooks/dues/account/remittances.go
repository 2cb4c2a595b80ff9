package account

import (
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/dues/ledger"
	"yaodian/hooks/dues/rate"
	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

var remittanceStates = org.States{
	Collection: Remittances,
	Words:      []org.Word{{State: "due", Name: "待上缴"}, {State: "remitted", Name: "已上缴"}},
	Moves:      []org.Move{{From: "due", To: "remitted", Power: "dues.cash", Sign: "paid_by"}},
	Needs:      map[string][]string{"remitted": {"remitted_on"}},
}

// saveRemittance reckons what goes up from what was paid (R-DUES-12).
func saveRemittance(e *core.RecordEvent) error {
	r := e.Record
	before, err := stored(e)
	if err != nil {
		return err
	}
	if err := fixed(r, before, "due", "rate", "document", "due", "paid", "amount", "seal", "remitted_on", "state"); err != nil {
		return err
	}
	if before != nil {
		if field, changed := kit.Changed(r, before, "org", "from_month", "to_month"); changed {
			return kit.Reject(field, "dues_account_fixed", "组织和月份不能改，请另行登记。")
		}
		if before.GetString("state") == "remitted" {
			return e.Next()
		}
	}
	if err := CheckRemittance(r.GetString("from_month"), r.GetString("to_month"), r.GetInt("rate"), r.GetString("document"), r.GetString("due"), kit.Today(e.App)); err != nil {
		return err
	}
	if err := checkMonths(e.App, r); err != nil {
		return err
	}
	if err := reckonRemittance(e.App, r); err != nil {
		return err
	}
	if r.GetString("state") == "remitted" {
		if day := r.GetString("remitted_on"); !kit.IsDate(day) || day > kit.Today(e.App) {
			return kit.Reject("remitted_on", "dues_date_future", "上缴日期还没有到，请在当天登记。")
		}
		if err := checkFunds(e.App, r.GetString("org"), rate.Fen(r.GetInt("amount"))); err != nil {
			return err
		}
		r.Set("seal", sealRemittance(r))
	}
	return e.Next()
}

// checkMonths: no month goes up twice, and all of them are closed by everybody,
// so that what was paid stands.
func checkMonths(app core.App, r *core.Record) error {
	from, to := r.GetString("from_month"), r.GetString("to_month")
	n, err := app.CountRecords(Remittances, dbx.HashExp{"org": r.GetString("org")}, dbx.Not(dbx.HashExp{"id": r.Id}),
		dbx.NewExp("from_month <= {:to} AND to_month >= {:from}", dbx.Params{"from": from, "to": to}))
	if err != nil {
		return err
	}
	if n > 0 {
		return kit.Reject("from_month", "dues_remittance_twice", "这些月份里有已经登记过上缴的，请检查。")
	}
	u, err := org.Find(app, r.GetString("org"))
	if err != nil {
		return err
	}
	var open int
	err = app.DB().NewQuery(`SELECT count(*) FROM (SELECT DISTINCT d.org, substr(d.booked_on, 1, 7) AS month FROM dues_entries d
		WHERE d.org_path >= {:lo} AND d.org_path < {:hi} AND d.booked_on >= {:from} AND d.booked_on <= {:to}) b
		WHERE NOT EXISTS (SELECT 1 FROM dues_closings c WHERE c.org = b.org AND c.month = b.month AND c.state = 'closed')`).
		Bind(dbx.Params{"lo": u.Path(), "hi": org.Upper(u.Path()), "from": from + "-01", "to": rate.LastDay(to)}).Row(&open)
	if err == nil && open > 0 {
		err = kit.Reject("to_month", "dues_remittance_open", fmt.Sprintf("还有 %d 个支部月没有结账，请先结账再计算上缴。", open))
	}
	return err
}

func reckonRemittance(app core.App, r *core.Record) error {
	u, err := org.Find(app, r.GetString("org"))
	if err != nil {
		return err
	}
	paid, err := PaidIn(app, u.Path(), r.GetString("from_month"), r.GetString("to_month"))
	if err != nil {
		return err
	}
	r.Load(map[string]any{"paid": int64(paid), "amount": int64(Share(paid, r.GetInt("rate")))})
	return nil
}

// PaidIn is what was paid in months, at and below a path, without donations.
func PaidIn(app core.App, path, from, to string) (paid rate.Fen, err error) {
	err = app.DB().NewQuery(`SELECT CAST(COALESCE(-SUM(amount), 0) AS INTEGER) FROM dues_entries WHERE org_path >= {:lo} AND org_path < {:hi}
		AND booked_on >= {:from} AND booked_on <= {:to} AND kind IN ('payment', 'reversal')`).
		Bind(dbx.Params{"lo": path, "hi": org.Upper(path), "from": from + "-01", "to": rate.LastDay(to)}).Row(&paid)
	return paid, err
}

func sealRemittance(r *core.Record) string {
	return ledger.Seal(r, "org", "from_month", "to_month", "paid", "rate", "amount", "remitted_on")
}
