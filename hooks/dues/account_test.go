package dues_test

import (
	"maps"
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/approvals"
	"yaodian/hooks/apptest"
	"yaodian/hooks/dues/account"
)

// R-DUES-10: 1000 yuan given at once go up whole and stay out of the account.
func TestR_DUES_10_Donations(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	give := func(amount int) (*core.Record, error) {
		return apptest.Try(app, account.Donations, apptest.Named(t, app, map[string]any{
			"person": "#" + apptest.Member, "amount": amount, "received_on": apptest.Today, "recorded_by": "#" + Assessor,
		}))
	}
	small, err := give(999_99)
	if err != nil || small.GetString("tier") != "keep" {
		t.Fatal(small, err)
	}
	_, err = give(1)
	apptest.Refused(t, "split in two", err, "dues_donation_split")
	large, err := give(1000_00)
	if err != nil || large.GetString("tier") != "central" {
		t.Fatal(large, err)
	}
	book, err := account.BookOf(app, "/jd/")
	if err != nil || book.Donations != 999_99 || book.Balance != 999_99 {
		t.Errorf("%+v %v", book, err)
	}
	apptest.Refused(t, "goes up without a word", act(app, t, Accountant, large, map[string]any{"state": "forwarded"}), "dues_donations_needs")
	apptest.Refused(t, "the small one goes up", act(app, t, Accountant, small, map[string]any{
		"state": "forwarded", "profile": "情况", "forwarded_to": "县委组织部", "forwarded_on": apptest.Today,
	}), "dues_donation_kept")
	apptest.Refused(t, "goes up", act(app, t, Accountant, large, map[string]any{
		"state": "forwarded", "profile": "基本情况、现实表现、多交的考虑", "forwarded_to": "县委组织部", "forwarded_on": apptest.Today,
	}), "")
	apptest.Refused(t, "is kept after all", act(app, t, Accountant, large, map[string]any{"tier": "keep"}), "dues_account_fixed")
	bill(t, app, "2026-06", "2026-06")
	_, err = apptest.Try(app, "dues_payments", apptest.Named(t, app, payment(apptest.Member, 1112_50, "2026-06", "2026-06")))
	apptest.Refused(t, "mixed with dues", err, "dues_overpaid")
	whole(t, app)
}

// funds puts money into the committee's account.
func funds(t testing.TB, app core.App, amount int) {
	t.Helper()
	apptest.Make(t, app, account.Incomes, map[string]any{"org": "@jd", "kind": "opening", "amount": amount, "booked_on": "2026-01-01", "document": "结存单", "recorded_by": "#" + Accountant})
}

// expense is what is sent to record one.
func expense(more map[string]any) map[string]any {
	data := map[string]any{
		"org": "@jd", "purpose": "training", "title": "党员集中培训", "amount": 300_00, "payee": "县委党校", "resolution": "工委会纪要〔2026〕5号",
		"resolved_on": "2026-06-01", "person": "#" + Accountant, "state": "draft",
	}
	maps.Copy(data, more)
	return data
}

// agreed is an expense for which those have said yes.
func agreed(t testing.TB, app core.App, more map[string]any, who ...string) *core.Record {
	t.Helper()
	x := apptest.Make(t, app, account.Expenses, expense(more))
	if err := act(app, t, Accountant, x, map[string]any{"state": "pending"}); err != nil {
		t.Fatal(err)
	}
	decide(t, app, apptest.First(t, app, approvals.Requests, "subject_id", x.Id), who...)
	return x
}

// R-DUES-11: five purposes, a decision, the money, and three people.
func TestR_DUES_11_Spending(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	for name, c := range map[string]struct {
		more map[string]any
		code string
	}{
		"another purpose":   {map[string]any{"purpose": "dinner"}, "validation_invalid_value"},
		"no decision":       {map[string]any{"resolution": ""}, "validation_required"},
		"decided later":     {map[string]any{"resolved_on": "2026-06-11"}, "dues_expense_resolved"},
		"to the handler":    {map[string]any{"payee": "贺会计"}, "dues_expense_payee"},
		"nothing":           {map[string]any{"amount": 0}, "dues_expense_amount"},
		"handled by nobody": {map[string]any{"person": ""}, "validation_required"},
	} {
		_, err := apptest.Try(app, account.Expenses, apptest.Named(t, app, expense(c.more)))
		apptest.Refused(t, name, err, c.code)
	}
	x := apptest.Make(t, app, account.Expenses, expense(nil))
	apptest.Refused(t, "paid at once", act(app, t, Cashier, x, map[string]any{"state": "paid"}), "dues_expenses_move")
	apptest.Refused(t, "handed in by another", act(app, t, Cashier, x, map[string]any{"state": "pending"}), "approvals_not_applicant")
	x = agreed(t, app, map[string]any{"title": "支部书记培训"}, Organizer)
	for name, c := range map[string]struct {
		who  string
		data map[string]any
		code string
	}{
		"more than was agreed to": {Accountant, map[string]any{"amount": 900_00}, "approvals_asked"},
		"to somebody else":        {Accountant, map[string]any{"payee": "邮局"}, "approvals_asked"},
		"another who agreed":      {Cashier, map[string]any{"approved_by": id(t, app, apptest.Secretary)}, "dues_account_fixed"},
		"paid by who agreed":      {Organizer, map[string]any{"state": "paid"}, "dues_expenses_no_power"},
		"paid by who handles":     {Accountant, map[string]any{"state": "paid"}, "dues_expenses_no_power"},
		"without money":           {Cashier, map[string]any{"state": "paid"}, "dues_expense_balance"},
	} {
		apptest.Refused(t, name, act(app, t, c.who, x, c.data), c.code)
	}
	funds(t, app, 299_99)
	apptest.Refused(t, "a fen is missing", act(app, t, Cashier, x, map[string]any{"state": "paid"}), "dues_expense_balance")
	funds(t, app, 1)
	apptest.Refused(t, "paid", act(app, t, Cashier, x, map[string]any{"state": "paid"}), "")
	if book, err := account.BookOf(app, "/jd/"); err != nil || book.Balance != 0 {
		t.Errorf("%+v %v", book, err)
	}
	apptest.Refused(t, "reversed by the cashier", act(app, t, Cashier, x, map[string]any{"state": "reversed", "reason": "退款"}), "dues_expenses_no_power")
	apptest.Refused(t, "reversed", act(app, t, Accountant, x, map[string]any{"state": "reversed", "reason": "培训取消，已退款"}), "")
	if book, err := account.BookOf(app, "/jd/"); err != nil || book.Balance != 300_00 {
		t.Errorf("%+v %v", book, err)
	}
	whole(t, app)
}

// R-DUES-11: who handles an expense asks, and by the amount one or two others
// agree. One that was returned and grew goes the longer way.
func TestR_DUES_11_WhoAgrees(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	want := func(x *core.Record, state, by string) {
		t.Helper()
		r := apptest.First(t, app, account.Expenses, "id", x.Id)
		if by != "" {
			by = id(t, app, by)
		}
		if r.GetString("state") != state || r.GetString("approved_by") != by {
			t.Errorf("Expected %s by %q, got %s by %q", state, by, r.GetString("state"), r.GetString("approved_by"))
		}
	}
	want(agreed(t, app, map[string]any{"title": "小额", "amount": 4999_99}, Organizer), "approved", Organizer)
	large := agreed(t, app, map[string]any{"title": "大额", "amount": 5000_00}, Organizer)
	want(large, "pending", "")
	request := func(x *core.Record) *core.Record {
		return apptest.First(t, app, approvals.Requests, "subject_id", x.Id)
	}
	for who, code := range map[string]string{Accountant: "approvals_own_request", Organizer: "approvals_not_yours", Cashier: "approvals_not_yours"} {
		_, err := approvals.Decide(app, t.Context(), approvals.Decision{Request: request(large).Id, By: id(t, app, who), Verdict: approvals.Approve})
		apptest.Refused(t, who, err, code)
	}
	decide(t, app, request(large), apptest.Secretary)
	want(large, "approved", apptest.Secretary)

	grown := agreed(t, app, map[string]any{"title": "后来增加"})
	_, err := approvals.Decide(app, t.Context(), approvals.Decision{Request: request(grown).Id, By: id(t, app, Organizer), Verdict: approvals.Return, Comment: "请核实金额"})
	apptest.Refused(t, "returned", err, "")
	want(grown, "draft", "")
	apptest.Refused(t, "amended", act(app, t, Accountant, grown, map[string]any{"amount": 6000_00}), "")
	apptest.Refused(t, "handed in again", act(app, t, Accountant, grown, map[string]any{"state": "pending"}), "")
	decide(t, app, request(grown), Organizer)
	want(grown, "pending", "")
	decide(t, app, request(grown), apptest.Secretary)
	want(grown, "approved", apptest.Secretary)
	apptest.Refused(t, "given up", act(app, t, Accountant, grown, map[string]any{"state": "reversed"}), "dues_expenses_needs")
	apptest.Refused(t, "given up for a reason", act(app, t, Accountant, grown, map[string]any{"state": "reversed", "reason": "活动取消"}), "")
	whole(t, app)
}

// R-DUES-12: what goes up is a share of what was paid, and late is told of.
func TestR_DUES_12_Remittance(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	bill(t, app, "2026-05", "2026-05")
	data := payment(apptest.Member, 112_50, "2026-05", "2026-05")
	data["received_on"] = "2026-05-20"
	apptest.Make(t, app, "dues_payments", data)
	up := func(more map[string]any) (*core.Record, error) {
		data := map[string]any{"org": "@jd", "from_month": "2026-05", "to_month": "2026-05", "rate": 555, "document": "省委组〔2019〕1号", "due": "2026-06-20", "state": "due"}
		for k, v := range more {
			data[k] = v
		}
		return apptest.Try(app, account.Remittances, apptest.Named(t, app, data))
	}
	_, err := up(nil)
	apptest.Refused(t, "before it is closed", err, "dues_remittance_open")
	closeMonth(t, app, "zb1", "2026-05")
	_, err = up(map[string]any{"to_month": "2026-06"})
	apptest.Refused(t, "before it is over", err, "dues_remittance_early")
	_, err = up(map[string]any{"document": ""})
	apptest.Refused(t, "without a document", err, "dues_remittance_document")
	_, err = up(map[string]any{"rate": 0})
	apptest.Refused(t, "without a rate", err, "dues_remittance_rate")
	r, err := up(map[string]any{"paid": 1, "amount": 1})
	if err != nil || r.GetInt("paid") != 112_50 || r.GetInt("amount") != 6_24 { // 6.24375
		t.Fatal(r.GetInt("paid"), r.GetInt("amount"), err)
	}
	_, err = up(nil)
	apptest.Refused(t, "twice", err, "dues_remittance_twice")
	if _, told, err := account.Remind(app, "2026-06-21"); err != nil || told != 2 { // accountant and cashier
		t.Errorf("Expected 2, told %d %v", told, err)
	}
	apptest.Refused(t, "by the accountant", act(app, t, Accountant, r, map[string]any{"state": "remitted", "remitted_on": apptest.Today}), "dues_remittances_no_power")
	apptest.Refused(t, "by the cashier", act(app, t, Cashier, r, map[string]any{"state": "remitted", "remitted_on": apptest.Today}), "")
	apptest.Refused(t, "changed afterwards", act(app, t, Accountant, r, map[string]any{"rate": 500}), "dues_account_fixed")
	if book, err := account.BookOf(app, "/jd/"); err != nil || book.Balance != 106_26 {
		t.Errorf("%+v %v", book, err)
	}
	whole(t, app)
}

// closeMonth hands a month in and closes it.
func closeMonth(t testing.TB, app core.App, unit, m string) *core.Record {
	t.Helper()
	c := apptest.Make(t, app, account.Closings, map[string]any{"org": "@" + unit, "month": m, "state": "open"})
	for _, step := range []struct{ who, state string }{{Assessor, "handed"}, {Organizer, "closed"}} {
		if err := act(app, t, step.who, c, map[string]any{"state": step.state}); err != nil {
			t.Fatal(step, err)
		}
	}
	c, err := app.FindRecordById(account.Closings, c.Id)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// R-DUES-15: one account never holds both powers over the same organization.
func TestR_DUES_15_AccountantAndCashier(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	post := func(number, role, unit, since, until string) error {
		_, err := apptest.Try(app, "org_posts", apptest.Named(t, app, map[string]any{"person": "#" + number, "role": "$" + role, "org": "@" + unit, "since": since, "until": until}))
		return err
	}
	apptest.Refused(t, "the accountant pays in a branch below", post(Accountant, "cashier", "zb1", "2026-01-01", ""), "dues_same_keeper")
	apptest.Refused(t, "the cashier reckons later", post(Cashier, "accountant", "zb2", "2027-01-01", ""), "dues_same_keeper")
	apptest.Refused(t, "it is over", post(Cashier, "accountant", "zb2", "2025-01-01", "2025-12-31"), "")
	apptest.Refused(t, "elsewhere", post(Cashier, "accountant", "wd", "2026-01-01", ""), "")
	role := apptest.Role(t, app, "accountant")
	apptest.Refused(t, "the role gets both", apptest.Save(app, role, map[string]any{"powers": []string{"dues.account", "dues.cash"}}), "dues_same_keeper")
}

// A closed month stays what it was closed with.
func TestClosing(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	apptest.SetToday(t, app, "2026-05-02")
	bill(t, app, "2026-05", "2026-05")
	apptest.SetToday(t, app, "2026-06-10")
	bill(t, app, "2026-06", "2026-06")
	data := payment(apptest.Member, 100_00, "2026-05", "2026-05")
	data["received_on"] = "2026-05-20"
	apptest.Make(t, app, "dues_payments", data)
	c := apptest.Make(t, app, account.Closings, map[string]any{"org": "@zb1", "month": "2026-05", "state": "open", "charged": 1})
	if c.GetInt("charged") != 0 {
		t.Error("an open month says what it came to")
	}
	apptest.Refused(t, "closed before it is handed in", act(app, t, Organizer, c, map[string]any{"state": "closed"}), "dues_closings_move")
	apptest.Refused(t, "handed in", act(app, t, Assessor, c, map[string]any{"state": "handed"}), "")
	apptest.Refused(t, "closed by the branch", act(app, t, apptest.Branch, c, map[string]any{"state": "closed"}), "dues_closing_above")
	apptest.Refused(t, "closed", act(app, t, Organizer, c, map[string]any{"state": "closed"}), "")
	c, err := app.FindRecordById(account.Closings, c.Id)
	if err != nil || c.GetInt("people") != 3 || c.GetInt("payers") != 0 || c.GetInt("charged") != 128_70 || c.GetInt("paid") != 100_00 || c.GetInt("owed") != 28_70 || c.GetString("hash") == "" {
		t.Errorf("%v %v", c.PublicExport(), err)
	}
	data["amount"] = 12_50
	_, err = apptest.Try(app, "dues_payments", apptest.Named(t, app, data))
	apptest.Refused(t, "booked into it", err, "dues_month_closed")
	data["received_on"] = apptest.Today
	_, err = apptest.Try(app, "dues_payments", apptest.Named(t, app, data))
	apptest.Refused(t, "booked today", err, "")
	_, err = apptest.Try(app, account.Closings, apptest.Named(t, app, map[string]any{"org": "@zb1", "month": "2026-06", "state": "handed", "handed_by": "#" + Assessor}))
	apptest.Refused(t, "the present month", err, "dues_closing_early")
	apptest.Refused(t, "opened again", act(app, t, Organizer, c, map[string]any{"state": "open"}), "dues_closings_move")
	whole(t, app)
}
