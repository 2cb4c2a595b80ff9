package dues_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/dues"
	"yaodian/hooks/dues/account"
	"yaodian/hooks/dues/rate"
	"yaodian/hooks/kit"
)

// live is a year of everything: bills, payments, a reversal, closings, a
// remittance, a donation, an expense, a disclosure.
func live(t testing.TB) *tests.TestApp {
	t.Helper()
	app := prepared(t)
	for _, m := range rate.Months("2026-03", "2026-05") {
		apptest.SetToday(t, app, m+"-20")
		bill(t, app, m, m)
		for number, amount := range map[string]int{apptest.Member: 112_50, apptest.Branch: 16_00} {
			data := payment(number, amount, m, m)
			data["received_on"] = m + "-20"
			apptest.Make(t, app, "dues_payments", data)
		}
	}
	apptest.SetToday(t, app, apptest.Today)
	closeMonth(t, app, "zb1", "2026-03")
	closeMonth(t, app, "zb1", "2026-04")
	bill(t, app, "2026-06", "2026-06")
	paid := pays(t, app, apptest.Member, 112_50, "2026-06", "2026-06")
	if err := act(app, t, apptest.Branch, paid, map[string]any{"state": "reversed", "reason": "退票"}); err != nil {
		t.Fatal(err)
	}
	funds(t, app, 1000_00)
	apptest.Make(t, app, account.Donations, map[string]any{"person": "#" + apptest.Member, "amount": 500_00, "received_on": apptest.Today, "recorded_by": "#" + Assessor})
	x := agreed(t, app, map[string]any{"purpose": "materials", "title": "党报党刊", "payee": "邮局"}, Organizer)
	r := apptest.Make(t, app, account.Remittances, map[string]any{"org": "@jd", "from_month": "2026-03", "to_month": "2026-04", "rate": 2000, "document": "省委组〔2019〕1号", "due": "2026-06-20"})
	d := apptest.Make(t, app, account.Disclosures, map[string]any{"org": "@zb1", "period": "2026-Q1", "audience": "members"})
	for _, step := range []struct {
		who    string
		record *core.Record
		data   map[string]any
	}{
		{Cashier, x, map[string]any{"state": "paid"}},
		{Cashier, r, map[string]any{"state": "remitted", "remitted_on": apptest.Today}}, {apptest.Branch, d, map[string]any{"state": "published"}},
	} {
		if err := act(app, t, step.who, step.record, step.data); err != nil {
			t.Fatal(step, err)
		}
	}
	whole(t, app)
	return app
}

// Whatever single amount, month, person or byte of text is changed behind the
// program's back, dues verify finds it.
func TestVerifyFindsOneFen(t *testing.T) {
	t.Parallel()
	app := live(t)
	for _, name := range []string{"dues_entries_update", "dues_entries_delete", "dues_entries_insert"} {
		exec(t, app, "DROP TRIGGER "+name)
	}
	columns := map[string][]string{
		"dues_entries":     strings.Fields("amount seq person month kind booked_on explain rates payment waiver reverses [[by]] org created prev hash"),
		"dues_payments":    strings.Fields("amount person org from_month to_month receipt_no method received_on recorded_by"),
		"dues_closings":    strings.Fields("people payers charged paid waived owed last_seq hash"),
		"dues_remittances": strings.Fields("paid amount rate from_month remitted_on"),
		"dues_expenses":    strings.Fields("amount purpose payee title resolution paid_on org"),
		"dues_donations":   strings.Fields("amount person received_on org"),
		"dues_incomes":     strings.Fields("amount kind booked_on document org"),
		"dues_disclosures": strings.Fields("content hash"),
	}
	random := rand.New(rand.NewPCG(1921, 7))
	for table, names := range columns {
		var ids []string
		where := map[string]string{"dues_closings": "state = 'closed'", "dues_payments": "state != 'reversed'"}[table]
		if err := app.DB().Select("id").From(table).Where(dbx.NewExp(where)).OrderBy("id").Column(&ids); err != nil || len(ids) == 0 {
			t.Fatal(table, len(ids), err)
		}
		for _, column := range names {
			tamper(t, app, table, column, ids[random.IntN(len(ids))])
		}
	}
	for _, table := range []string{"dues_entries", "dues_payments"} {
		var ids []string
		if err := app.DB().Select("id").From(table).OrderBy("id").Limit(20).Column(&ids); err != nil || len(ids) == 0 {
			t.Fatal(table, len(ids), err)
		}
		for _, id := range ids {
			gone(t, app, table, id)
		}
	}
}

// tamper changes one value by one unit or one byte, and puts it back.
func tamper(t testing.TB, app core.App, table, column, id string) {
	t.Helper()
	plain := strings.Trim(column, "[]")
	var kind string
	var before any
	err := app.DB().NewQuery(fmt.Sprintf("SELECT typeof({{%s}}.[[%s]]) FROM %s WHERE id = {:id}", table, plain, table)).Bind(dbx.Params{"id": id}).Row(&kind)
	if err == nil {
		err = app.DB().NewQuery(fmt.Sprintf("SELECT [[%s]] FROM %s WHERE id = {:id}", plain, table)).Bind(dbx.Params{"id": id}).Row(&before)
	}
	if err != nil {
		t.Fatal(table, column, err)
	}
	set := func(value string, params dbx.Params) error {
		params["id"] = id
		_, err := app.NonconcurrentDB().NewQuery(fmt.Sprintf("UPDATE %s SET [[%s]] = %s WHERE id = {:id}", table, plain, value)).Bind(params).Execute()
		return err
	}
	change := "[[" + plain + "]] || 'x'"
	if kind != "text" {
		change = "[[" + plain + "]] + 1"
	}
	if err := set(change, dbx.Params{}); err != nil {
		return // the database refuses: a unique index, a reference
	}
	report, err := dues.Verify(app)
	if err == nil && len(report.Problems) == 0 {
		t.Errorf("%s.%s of %s was changed and nothing found", table, column, id)
	}
	if err := set("{:before}", dbx.Params{"before": before}); err != nil {
		t.Fatal(table, column, err)
	}
	whole(t, app)
}

// gone takes one line away, one that was taken back included, and puts it back.
func gone(t testing.TB, app core.App, table, id string) {
	t.Helper()
	err := app.RunInTransaction(func(tx core.App) error {
		if _, err := tx.DB().Delete(table, dbx.HashExp{"id": id}).Execute(); err != nil {
			return err
		}
		report, err := dues.Verify(tx)
		if err == nil && len(report.Problems) == 0 {
			t.Errorf("%s of %s is gone and nothing found", id, table)
		}
		return fmt.Errorf("back: %w", errBack)
	})
	if err == nil {
		t.Error("the line stays gone")
	}
	whole(t, app)
}

var errBack = fmt.Errorf("rolled back")

// The ledger only grows, for everybody and against SQL.
func TestLedgerIsPermanent(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	bill(t, app, "2026-05", "2026-06")
	entry := apptest.First(t, app, "dues_entries", "seq", "2")
	apptest.Refused(t, "changed", apptest.Save(app, entry, map[string]any{"amount": 1}), "dues_append_only")
	apptest.Refused(t, "deleted", app.Delete(entry), "dues_append_only")
	_, err := apptest.Try(app, "dues_entries", map[string]any{"seq": 7, "person": entry.GetString("person"), "month": "2026-07", "kind": "payment", "amount": -1, "booked_on": apptest.Today, "org": entry.GetString("org")})
	apptest.Refused(t, "added", err, "dues_append_only")
	apptest.Refused(t, "by the system keeper", kit.As(app, kit.Actor{Kind: kit.BySuperuser}).Delete(entry), "dues_append_only")
	for _, sql := range []string{
		"UPDATE dues_entries SET amount = amount - 1 WHERE seq = 2", "UPDATE dues_entries SET explain = '' WHERE seq = 2", "DELETE FROM dues_entries WHERE seq = 6",
		"INSERT OR REPLACE INTO dues_entries SELECT * FROM dues_entries WHERE seq = 2", "UPDATE dues_entries SET [by] = 'x'", "UPDATE OR REPLACE dues_entries SET id = '000000000000001' WHERE seq = 2",
		"INSERT INTO dues_entries (id, seq, prev, hash) VALUES ('000000000000009', 9, '', '')",
	} {
		if _, err := app.NonconcurrentDB().NewQuery(sql).Execute(); err == nil {
			t.Errorf("went through: %s", sql)
		}
	}
	exec(t, app, "UPDATE dues_entries SET org_path = org_path") // the tree may move
	whole(t, app)
}
