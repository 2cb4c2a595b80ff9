package dues_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/approvals"
	"yaodian/hooks/apptest"
	"yaodian/hooks/dues"
	"yaodian/hooks/dues/account"
	"yaodian/hooks/dues/assess"
	"yaodian/hooks/dues/pay"
	"yaodian/hooks/dues/rate"
)

// R-DUES-01: everybody has one category at a time.
func TestRDUES01OneCategory(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	add := func(category, since, until, reason string) error {
		_, err := apptest.Try(app, assess.Profiles, apptest.Named(t, app, map[string]any{
			"person": "#" + apptest.Member, "category": category, "since": since, "until": until, "reason": reason,
		}))
		return err
	}
	apptest.Refused(t, "while another lasts", add("retired", "2026-05", "", "退休"), "dues_category_overlap")
	apptest.Refused(t, "no category", add("", "2025-01", "2025-12", "补录"), "validation_required")
	apptest.Refused(t, "reaches into another", add("student", "2025-01", "2026-01", "补录"), "dues_category_overlap")
	apptest.Refused(t, "backwards", add("student", "2025-05", "2025-01", "补录"), "dues_period_reversed")
	apptest.Refused(t, "without a reason", add("student", "2025-01", "2025-12", ""), "dues_category_reason")
	apptest.Refused(t, "before another", add("student", "2025-01", "2025-12", "补录"), "")
	first := apptest.First(t, app, assess.Profiles, "since", "2026-01")
	apptest.Refused(t, "another category", apptest.Save(app, first, map[string]any{"category": "farmer"}), "dues_category_fixed")
	member, err := app.FindFirstRecordByFilter(assess.Profiles, "person = {:p} && since = '2026-01'", map[string]any{"p": id(t, app, apptest.Member)})
	if err != nil {
		t.Fatal(err)
	}
	apptest.Refused(t, "ends", apptest.Save(app, member, map[string]any{"until": "2026-04"}), "")
	apptest.Refused(t, "then another", add("retired", "2026-05", "", "退休"), "")
	apptest.Refused(t, "deleted", app.Delete(member), "dues_category_permanent")
}

// R-DUES-03: nobody owes more than 1000 yuan a month.
func TestRDUES03Cap(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	settle(t, app, apptest.Member, "2026-02", 245_000_00)
	bill(t, app, "2026-02", "2026-02")
	if got := month(t, app, apptest.Member, "2026-02").Charged; got != 1000_00 {
		t.Errorf("Expected 1000.00, got %s", got)
	}
}

// R-DUES-04: what isn't assessed by 31 January is listed and told of, once.
func TestRDUES04Unassessed(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	apptest.SetToday(t, app, "2027-01-25")
	told, err := assess.RemindAssessing(app, "2027-01-25")
	if err != nil || told != 2 { // who assesses and who checks at zb1
		t.Errorf("Expected 2, got %d %v", told, err)
	}
	if told, err = assess.RemindAssessing(app, "2027-01-26"); err != nil || told != 0 {
		t.Errorf("told twice: %d %v", told, err)
	}
	settle(t, app, apptest.Branch, "2027-01", 3300_00)
	list, err := assess.Unassessed(app, "2027", "2027-02-01", nil)
	if err != nil || len(list) != 1 || list[0].People != 1 || !list[0].Late {
		t.Errorf("%+v %v", list, err)
	}
	if told, err = assess.RemindAssessing(app, "2027-02-01"); err != nil || told != 2 {
		t.Errorf("late: Expected 2, got %d %v", told, err)
	}
	settle(t, app, apptest.Member, "2027-01", 7600_00)
	if list, err = assess.Unassessed(app, "2027", "2027-02-01", nil); err != nil || len(list) != 0 {
		t.Errorf("%+v %v", list, err)
	}
}

// R-DUES-05: a base changes within the year for a reason that the branch has
// confirmed, except where income itself changes every month.
func TestRDUES05MidYear(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	base := func(number, reason, resolution string) error {
		_, err := apptest.Try(app, assess.Bases, apptest.Named(t, app, map[string]any{
			"person": "#" + number, "year": 2026, "since": "2026-05", "base": 8000_00, "state": "draft", "reason": reason, "resolution": resolution,
		}))
		return err
	}
	apptest.Refused(t, "no reason", base(apptest.Member, "", ""), "dues_midyear_reason")
	apptest.Refused(t, "not confirmed", base(apptest.Member, "晋级", ""), "dues_midyear_confirm")
	apptest.Refused(t, "confirmed", base(apptest.Member, "晋级", "5月6日支部会"), "")
	categorize(t, app, apptest.Neighbour, rate.WageAnnual, "2026-01")
	settle(t, app, apptest.Neighbour, "2026-01", 5000_00)
	apptest.Refused(t, "paid by the month's income", base(apptest.Neighbour, "", ""), "")
}

// The base of a year goes from the assessor to the member and to the reviewer,
// who is neither.
func TestBaseIsConfirmedAndReviewed(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	base := apptest.Make(t, app, assess.Bases, map[string]any{"person": "#" + apptest.Member, "year": 2027, "since": "2027-01", "base": 8000_00, "state": "draft"})
	if base.GetInt("due") != 120_00 {
		t.Errorf("Expected 120.00, got %d", base.GetInt("due"))
	}
	steps := []struct {
		name, who string
		data      map[string]any
		code      string
	}{
		{"skips the member", Assessor, map[string]any{"state": "reviewed"}, "dues_bases_move"},
		{"somebody without the power", apptest.Neighbour, map[string]any{"state": "handed"}, "dues_bases_no_power"},
		{"hands it over", Assessor, map[string]any{"state": "handed"}, ""},
		{"changes it afterwards", Assessor, map[string]any{"base": 1}, "dues_base_handed"},
		{"confirms for the member", Assessor, map[string]any{"state": "confirmed"}, "dues_base_proxy"},
		{"the member confirms", apptest.Member, map[string]any{"state": "confirmed"}, ""},
		{"the assessor reviews", Assessor, map[string]any{"state": "reviewed"}, "dues_bases_no_power"},
		{"the branch reviews", apptest.Branch, map[string]any{"state": "reviewed"}, ""},
		{"changes what is reviewed", Assessor, map[string]any{"base": 1}, "dues_bases_filed"},
	}
	for _, s := range steps {
		apptest.Refused(t, s.name, act(app, t, s.who, base, s.data), s.code)
	}
	own := apptest.Make(t, app, assess.Bases, map[string]any{
		"person": "#" + apptest.Branch, "year": 2027, "since": "2027-01", "base": 8000_00, "state": "confirmed",
		"assessed_by": "#" + Assessor, "confirmed_by": "#" + apptest.Branch,
	})
	apptest.Refused(t, "reviews the own base", act(app, t, apptest.Branch, own, map[string]any{"state": "reviewed"}), "org_same_person")
	apptest.Refused(t, "the committee does", act(app, t, Organizer, own, map[string]any{"state": "reviewed"}), "")
}

// TestRDUES02Items holds worked examples 24 to 27: a base from its items.
func TestRDUES02Items(t *testing.T) {
	t.Parallel()
	type item struct {
		name   string
		amount int
		role   string
	}
	office := []item{
		{"职务工资", 1500_00, "counted"}, {"级别工资", 2800_00, "counted"}, {"工作性津贴", 1200_00, "counted"}, {"生活性补贴", 900_00, "counted"},
		{"个人所得税", 60_00, "deducted"}, {"社保、公积金个人部分", 940_00, "deducted"},
	}
	extras := []item{{"公务用车补贴", 650_00, "excluded"}, {"艰苦边远地区津贴", 300_00, "excluded"}, {"加班费", 500_00, "excluded"}}
	for name, c := range map[string]struct {
		category  rate.Category
		items     []item
		base, due int
	}{
		"24": {rate.SelfEmployed, []item{{"1月", 9000_00, "counted"}, {"2月", 12000_00, "counted"}, {"3月", 6000_00, "counted"}}, 9000_00, 135_00},
		"25": {rate.WageMonthly, office, 5400_00, 81_00},
		"26": {rate.WageMonthly, append(append([]item{}, office...), extras...), 5400_00, 81_00},
		"27": {rate.WageMonthly, []item{
			{"岗位工资", 2000_00, "counted"}, {"薪级工资", 1500_00, "counted"}, {"基础性绩效", 2200_00, "counted"}, {"奖励性绩效", 1800_00, "excluded"}, {"社保、公积金个人部分", 900_00, "deducted"},
		}, 4800_00, 48_00},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			app := prepared(t)
			categorize(t, app, apptest.Neighbour, c.category, "2026-01")
			base := apptest.Make(t, app, assess.Bases, map[string]any{"person": "#" + apptest.Neighbour, "year": 2026, "since": "2026-01", "state": "draft"})
			for _, i := range c.items {
				apptest.Make(t, app, assess.Items, map[string]any{"base_of": base.Id, "name": i.name, "amount": i.amount, "role": i.role})
			}
			base, err := app.FindRecordById(assess.Bases, base.Id)
			if err != nil || base.GetInt("base") != c.base || base.GetInt("due") != c.due {
				t.Errorf("Expected %d and %d, got %d and %d: %v", c.base, c.due, base.GetInt("base"), base.GetInt("due"), err)
			}
			answer, err := assess.Quote(rate.National(), string(c.category), rate.Fen(c.base).String(), "2026-01", apptest.Today)
			if err != nil || answer.DueYuan != rate.Fen(c.due).String() {
				t.Errorf("%+v %v", answer, err)
			}
		})
	}
	app := prepared(t)
	base := apptest.Make(t, app, assess.Bases, map[string]any{"person": "#" + apptest.Member, "year": 2027, "since": "2027-01", "state": "draft"})
	wrong := map[string]any{"base_of": base.Id, "name": "奖励性绩效", "amount": 1800_00, "role": "counted"}
	_, err := apptest.Try(app, assess.Items, wrong)
	apptest.Refused(t, "counts what isn't", err, "dues_item_reason")
	wrong["reason"] = "街道党工委研究决定"
	counted, err := apptest.Try(app, assess.Items, wrong)
	apptest.Refused(t, "by decision", err, "")
	if err := app.Delete(counted); err != nil {
		t.Fatal(err)
	}
	if base, err = app.FindRecordById(assess.Bases, base.Id); err != nil || base.GetInt("due") != 9_00 {
		t.Errorf("after the last item is gone the base stays to be corrected: %d %v", base.GetInt("due"), err)
	}
}

// R-DUES-06: a payment spans, makes up for and reaches ahead six months.
func TestRDUES06Reach(t *testing.T) {
	t.Parallel()
	slip := func(from, to string, more func(*pay.Slip)) pay.Slip {
		s := pay.Slip{Amount: 1, From: from, To: to, Method: "cash", RecordedBy: "r", ReceivedOn: "2026-06-10"}
		if more != nil {
			more(&s)
		}
		return s
	}
	agreed := func(s *pay.Slip) { s.Reason = "支部同意" }
	leave := func(s *pay.Slip) { s.Reason, s.Document = "支部同意", "工委〔2026〕3号" }
	for name, c := range map[string]struct {
		slip pay.Slip
		code string
	}{
		"this month":             {slip("2026-06", "2026-06", nil), ""},
		"six months back":        {slip("2025-12", "2026-05", nil), ""},
		"seven months back":      {slip("2025-11", "2025-11", nil), "dues_payment_late"},
		"seven, with leave":      {slip("2025-11", "2025-11", leave), ""},
		"ahead without a reason": {slip("2026-07", "2026-07", nil), "dues_payment_ahead_reason"},
		"six months ahead":       {slip("2026-07", "2026-12", agreed), ""},
		"seven months ahead":     {slip("2027-01", "2027-01", leave), "dues_payment_ahead"},
		"spans seven":            {slip("2026-02", "2026-08", agreed), "dues_payment_span"},
		"spans seven with leave": {slip("2026-02", "2026-08", leave), ""},
		"backwards":              {slip("2026-06", "2026-05", nil), "dues_period_reversed"},
		"no month":               {slip("2026-6", "2026-6", nil), "dues_month_unreal"},
		"to come":                {slip("2026-06", "2026-06", func(s *pay.Slip) { s.ReceivedOn = "2026-06-11" }), "dues_date_future"},
		"nothing":                {slip("2026-06", "2026-06", func(s *pay.Slip) { s.Amount = 0 }), "dues_payment_amount"},
		"by nobody":              {slip("2026-06", "2026-06", func(s *pay.Slip) { s.RecordedBy = "" }), "dues_recorder_missing"},
	} {
		apptest.Refused(t, name, pay.CheckSlip(c.slip, apptest.Today), c.code)
	}
	if w := pay.Warnings(slip("2026-07", "2026-10", agreed)); len(w) != 1 || !strings.Contains(w[0], "4 个月") {
		t.Error(w)
	}
	if w := pay.Warnings(slip("2026-05", "2026-09", agreed)); len(w) != 0 {
		t.Error(w)
	}
}

// R-DUES-07: who pays for another isn't who records it, and who checks isn't
// who recorded.
func TestRDUES07TwoPeople(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	bill(t, app, "2026-05", "2026-06")
	try := func(more map[string]any) error {
		data := payment(apptest.Member, 112_50, "2026-05", "2026-05")
		data["method"] = "behalf"
		for k, v := range more {
			data[k] = v
		}
		_, err := apptest.Try(app, "dues_payments", apptest.Named(t, app, data))
		return err
	}
	apptest.Refused(t, "by nobody", try(nil), "dues_payer_missing")
	apptest.Refused(t, "by the recorder", try(map[string]any{"payer": "李组委（同事）"}), "dues_payer_recorder")
	apptest.Refused(t, "by the recorder as a person", try(map[string]any{"payer_person": "#" + Assessor}), "dues_payer_recorder")
	apptest.Refused(t, "by a daughter", try(map[string]any{"payer": "孙小（女儿）"}), "")

	paid := pays(t, app, apptest.Member, 112_50, "2026-06", "2026-06")
	apptest.Refused(t, "checks the own", act(app, t, Assessor, paid, map[string]any{"state": "checked"}), "dues_payments_no_power")
	if err := app.Save(func() *core.Record {
		r, _ := app.FindRecordById("dues_payments", paid.Id)
		r.Set("state", "checked")
		return r
	}()); err == nil {
		t.Error("checked by nobody")
	}
	apptest.Refused(t, "changes it", act(app, t, Assessor, paid, map[string]any{"amount": 1}), "dues_payment_fixed")
	apptest.Refused(t, "another checks", act(app, t, apptest.Branch, paid, map[string]any{"state": "checked"}), "")
	apptest.Refused(t, "reversed without a reason", act(app, t, apptest.Branch, paid, map[string]any{"state": "reversed"}), "dues_reversal_reason")
	apptest.Refused(t, "reversed", act(app, t, apptest.Branch, paid, map[string]any{"state": "reversed", "reason": "登记错人"}), "")
	if got := month(t, app, apptest.Member, "2026-06"); got.Remaining != 112_50 || got.Paid != 0 {
		t.Errorf("after the reversal: %+v", got)
	}
	apptest.Refused(t, "deleted", app.Delete(pays(t, app, apptest.Member, 112_50, "2026-06", "2026-06")), "dues_payment_permanent")
	whole(t, app)
}

// R-DUES-08: after one, three, five and six consecutive months without dues
// something is said, once; at six people look into it and nothing else happens.
func TestRDUES08Unpaid(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		months []string
		want   int
	}{
		{nil, 0}, {[]string{"2026-05"}, 1}, {[]string{"2026-05", "2026-04", "2026-03"}, 3}, {[]string{"2026-05", "2026-03"}, 1}, {[]string{"2026-04", "2026-03"}, 0},
		{[]string{"2026-05", "2026-04", "2026-03", "2026-02", "2026-01", "2025-12", "2025-11"}, 7},
	} {
		if got := dues.Streak(c.months, "2026-05").Months(); got != c.want {
			t.Errorf("%v: Expected %d, got %d", c.months, c.want, got)
		}
	}
	for n, want := range []int{0, 1, 1, 3, 3, 5, 6, 6} {
		if got := dues.LevelOf(n); got != want {
			t.Errorf("%d: Expected level %d, got %d", n, want, got)
		}
	}
	app := prepared(t)
	apptest.SetToday(t, app, "2026-07-05")
	bill(t, app, "2026-01", "2026-07")
	pays(t, app, apptest.Branch, 16_00, "2026-04", "2026-04")
	found, told, err := dues.Remind(app, "2026-07-05")
	if err != nil || found != 2 || told == 0 { // the member and the assessor
		t.Fatalf("Expected 2 reviews, got %d, told %d: %v", found, told, err)
	}
	if found, told, err = dues.Remind(app, "2026-07-06"); err != nil || found != 0 || told != 0 {
		t.Errorf("said twice: %d %d %v", found, told, err)
	}
	if state := apptest.Person(t, app, apptest.Member).GetString("state"); state != "active" {
		t.Error("something happened to the member:", state)
	}
	review := apptest.First(t, app, dues.Reviews, "person", id(t, app, apptest.Member))
	if review.GetString("from_month") != "2026-01" || review.GetString("to_month") != "2026-06" {
		t.Error(review.GetString("from_month"), review.GetString("to_month"))
	}
	apptest.Refused(t, "without a finding", act(app, t, apptest.Branch, review, map[string]any{"state": "settled"}), "dues_reviews_needs")
	apptest.Refused(t, "looked into", act(app, t, apptest.Branch, review, map[string]any{"state": "settled", "finding": "住院，家属未及时代交"}), "")
	apptest.SetToday(t, app, "2026-08-05")
	bill(t, app, "2026-08", "2026-08")
	if found, _, err = dues.Remind(app, "2026-08-05"); err != nil || found != 0 {
		t.Errorf("the same months again: %d %v", found, err)
	}
}

// R-DUES-09: worked example 28. A waiver is approved by level, lasts to December
// and lapses by itself.
func TestRDUES09Waiver(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	bill(t, app, "2026-01", "2026-06")
	draft := func(number string, more map[string]any) (*core.Record, error) {
		data := map[string]any{"person": "#" + number, "reason": "illness", "detail": "肺癌，化疗中", "amount": 0, "since": "2026-03", "until": "2026-12"}
		for k, v := range more {
			data[k] = v
		}
		return apptest.Try(app, assess.Waivers, apptest.Named(t, app, data))
	}
	for name, c := range map[string]struct {
		more map[string]any
		code string
	}{
		"into the next year": {map[string]any{"until": "2027-01"}, "dues_waiver_year"},
		"without an end":     {map[string]any{"until": ""}, "validation_required"},
		"no less":            {map[string]any{"amount": 112_50}, "dues_waiver_amount"},
		"negative":           {map[string]any{"amount": -1}, "dues_waiver_amount"},
	} {
		_, err := draft(apptest.Member, c.more)
		apptest.Refused(t, name, err, c.code)
	}
	w, err := draft(apptest.Member, nil)
	if err != nil {
		t.Fatal(err)
	}
	apptest.Refused(t, "approved by itself", act(app, t, Organizer, w, map[string]any{"state": "approved"}), "dues_waivers_move")
	apptest.Refused(t, "handed in", act(app, t, apptest.Member, w, map[string]any{"state": "pending"}), "")
	apptest.Refused(t, "approved while pending", act(app, t, Organizer, w, map[string]any{"state": "approved"}), "dues_waiver_decided")
	apptest.Refused(t, "changed while pending", act(app, t, apptest.Member, w, map[string]any{"amount": 50_00}), "dues_waiver_fixed")
	_, err = draft(apptest.Member, map[string]any{"since": "2026-12"})
	apptest.Refused(t, "meets another", err, "dues_waiver_overlap")

	request := apptest.First(t, app, approvals.Requests, "subject_id", w.Id)
	if s := request.GetString("snapshot"); strings.Contains(s, "肺癌") || !strings.Contains(s, "parent_committee") {
		t.Error("the request holds the details:", s)
	}
	decide(t, app, request, apptest.Branch, Organizer)
	if got := month(t, app, apptest.Member, "2026-03").Remaining; got != 112_50 {
		t.Errorf("before the last yes: %s", got)
	}
	decide(t, app, request, apptest.Secretary)
	for m, want := range map[string]rate.Fen{"2026-01": 112_50, "2026-02": 112_50, "2026-03": 0, "2026-06": 0} {
		if got := month(t, app, apptest.Member, m).Remaining; got != want {
			t.Errorf("%s: Expected %s, got %s", m, want, got)
		}
	}
	apptest.SetToday(t, app, "2027-01-05")
	bill(t, app, "2026-07", "2027-01")
	for m, want := range map[string]rate.Fen{"2026-12": 0, "2027-01": 112_50} {
		if got := month(t, app, apptest.Member, m).Remaining; got != want {
			t.Errorf("%s: Expected %s, got %s", m, want, got)
		}
	}
	whole(t, app)
	apptest.Refused(t, "ended without a month", act(app, t, Organizer, w, map[string]any{"state": "ended"}), "dues_waiver_end")
	apptest.Refused(t, "ended early", act(app, t, Organizer, w, map[string]any{"state": "ended", "until": "2026-08"}), "")
	for m, want := range map[string]rate.Fen{"2026-08": 0, "2026-09": 112_50, "2026-12": 112_50} {
		if got := month(t, app, apptest.Member, m).Remaining; got != want {
			t.Errorf("ended, %s: Expected %s, got %s", m, want, got)
		}
	}
	whole(t, app)
}

func decide(t testing.TB, app core.App, request *core.Record, who ...string) {
	t.Helper()
	for _, by := range who {
		_, err := approvals.Decide(app, t.Context(), approvals.Decision{Request: request.Id, By: id(t, app, by), Verdict: approvals.Approve})
		if err != nil {
			t.Fatal(by, err)
		}
	}
}

// The branch decides for the retired.
func TestRDUES09RetiredByBranch(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	retired := apptest.Make(t, app, "people", map[string]any{
		"number": "retired", "name": "老党员", "org": "@zb1", "kind": "member", "state": "active", "password": apptest.Password, "status_since": "2020-01-01",
	})
	categorize(t, app, "retired", rate.Retired, "2026-01")
	settle(t, app, "retired", "2026-01", 3200_00)
	w := apptest.Make(t, app, assess.Waivers, map[string]any{"person": retired.Id, "reason": "other", "amount": 5_00, "since": "2026-05", "until": "2026-12"})
	if err := apptest.Save(app, w, map[string]any{"state": "pending"}); err != nil {
		t.Fatal(err)
	}
	request := apptest.First(t, app, approvals.Requests, "subject_id", w.Id)
	decide(t, app, request, Assessor, apptest.Branch)
	bill(t, app, "2026-04", "2026-05")
	if got := month(t, app, "retired", "2026-05"); got.Charged != 16_00 || got.Waived != 11_00 || got.Remaining != 5_00 {
		t.Errorf("%+v", got)
	}
	if got := month(t, app, "retired", "2026-04").Remaining; got != 16_00 {
		t.Errorf("April: %s", got)
	}
	whole(t, app)
}

// R-DUES-10: 1000 yuan given at once go up whole and stay out of the account.
func TestRDUES10Donations(t *testing.T) {
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

// R-DUES-11: five purposes, a decision, the money, and three people.
func TestRDUES11Spending(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	spend := func(more map[string]any) (*core.Record, error) {
		data := map[string]any{
			"org": "@jd", "purpose": "training", "title": "党员集中培训", "amount": 300_00, "payee": "县委党校", "resolution": "工委会纪要〔2026〕5号",
			"resolved_on": "2026-06-01", "handled_by": "#" + Accountant, "state": "draft",
		}
		for k, v := range more {
			data[k] = v
		}
		return apptest.Try(app, account.Expenses, apptest.Named(t, app, data))
	}
	for name, c := range map[string]struct {
		more map[string]any
		code string
	}{
		"another purpose":   {map[string]any{"purpose": "dinner"}, "validation_invalid_value"},
		"no decision":       {map[string]any{"resolution": ""}, "validation_required"},
		"decided later":     {map[string]any{"resolved_on": "2026-06-11"}, "dues_expense_resolved"},
		"to the handler":    {map[string]any{"payee": "贺会计"}, "dues_expense_payee"},
		"nothing":           {map[string]any{"amount": 0}, "dues_expense_amount"},
		"handled by nobody": {map[string]any{"handled_by": ""}, "dues_recorder_missing"},
	} {
		_, err := spend(c.more)
		apptest.Refused(t, name, err, c.code)
	}
	x, err := spend(nil)
	if err != nil {
		t.Fatal(err)
	}
	apptest.Refused(t, "paid at once", act(app, t, Cashier, x, map[string]any{"state": "paid"}), "dues_expenses_move")
	apptest.Refused(t, "approved by the accountant", act(app, t, Accountant, x, map[string]any{"state": "approved"}), "dues_expenses_no_power")
	apptest.Refused(t, "approved", act(app, t, Organizer, x, map[string]any{"state": "approved"}), "")
	apptest.Refused(t, "more is spent than approved", act(app, t, Accountant, x, map[string]any{"amount": 900_00}), "dues_account_fixed")
	apptest.Refused(t, "paid by who approved", act(app, t, Organizer, x, map[string]any{"state": "paid"}), "dues_expenses_no_power")
	apptest.Refused(t, "there is no money", act(app, t, Cashier, x, map[string]any{"state": "paid"}), "dues_expense_balance")
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

// R-DUES-12: what goes up is a share of what was paid, and late is told of.
func TestRDUES12Remittance(t *testing.T) {
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

// R-DUES-13: a quarter that isn't disclosed in time is told of.
func TestRDUES13Disclosure(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	apptest.SetToday(t, app, "2026-04-01")
	bill(t, app, "2026-01", "2026-03")
	made, told, err := account.Remind(app, "2026-04-01")
	if err != nil || made != 1 || told != 0 {
		t.Fatalf("Expected a draft, got %d, told %d: %v", made, told, err)
	}
	if made, told, err = account.Remind(app, "2026-04-30"); err != nil || made+told != 0 {
		t.Errorf("before it is late: %d %d %v", made, told, err)
	}
	if _, told, err = account.Remind(app, "2026-05-01"); err != nil || told != 2 { // secretary and organizer
		t.Errorf("Expected 2, told %d %v", told, err)
	}
	d := apptest.First(t, app, account.Disclosures, "period", "2026-Q1")
	if d.GetString("due") != "2026-04-30" {
		t.Error(d.GetString("due"))
	}
	apptest.Refused(t, "published", act(app, t, apptest.Branch, d, map[string]any{"state": "published", "content": map[string]any{"forged": true}}), "")
	d = apptest.First(t, app, account.Disclosures, "period", "2026-Q1")
	text := d.GetString("content")
	for _, want := range []string{"孙党员", `"due":33750`, `"owed":33750`} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is missing in %s", want, text)
		}
	}
	for _, secret := range []string{"forged", "7500", "750000", "base", "reason"} {
		if strings.Contains(text, secret) {
			t.Errorf("%s is disclosed: %s", secret, text)
		}
	}
	apptest.Refused(t, "changed", act(app, t, apptest.Branch, d, map[string]any{"note": "改"}), "dues_disclosures_filed")
	_, err = apptest.Try(app, account.Disclosures, apptest.Named(t, app, map[string]any{"org": "@zb1", "period": "2026-Q2", "audience": "members", "state": "published", "published_by": "#" + apptest.Branch}))
	apptest.Refused(t, "before it is over", err, "dues_disclosure_early")
	if n, err := account.Overdue(app, "2026-05-01", nil); err != nil || len(n) != 0 {
		t.Error(n, err)
	}
	whole(t, app)
}

// The public reads no number that fewer than five people stand behind.
func TestRDUES13PublicCells(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	bill(t, app, "2026-01", "2026-03")
	c, err := account.ContentOf(app, apptest.Unit(t, app, "zb1").Id, "2026-Q1", "public")
	if err != nil || len(c.Members) != 0 || c.Units[0].Sums != nil || c.Total.Due != 0 || c.Book != nil {
		t.Errorf("%+v %v", c, err)
	}
	for _, c := range []struct {
		counts []int
		want   []bool
	}{
		{[]int{3, 9, 7}, []bool{true, false, true}}, {[]int{3, 4, 9}, []bool{true, true, false}}, {[]int{5, 6}, []bool{false, false}}, {[]int{0, 2}, []bool{false, true}},
	} {
		if got := rate.Hide(c.counts, rate.LeastCell); !slices.Equal(got, c.want) {
			t.Errorf("%v: Expected %v, got %v", c.counts, c.want, got)
		}
	}
}

// R-DUES-15: one account never holds both powers over the same organization.
func TestRDUES15AccountantAndCashier(t *testing.T) {
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

// R-DUES-14: wages are open to their owner, who assesses and who reviews, by no
// way to anybody else.
func TestRDUES14Wages(t *testing.T) {
	t.Parallel()
	s := served(t)
	app := s.App
	bill(t, app, "2026-05", "2026-05")
	base := apptest.First(t, app, assess.Bases, "base", "750000")
	for who, want := range map[string]int{
		apptest.Guest: 404, apptest.Outsider: 404, apptest.Neighbour: 404, Accountant: 404, Cashier: 404, apptest.Secretary: 404, apptest.Inspector: 404,
		apptest.Member: 200, Assessor: 200, apptest.Branch: 200, Organizer: 200,
	} {
		if got := get(t, s, who, apptest.URL(assess.Bases, base.Id)).Status; got != want {
			t.Errorf("%s: Expected %d, got %d", who, want, got)
		}
		if want == 200 {
			continue
		}
		for _, url := range []string{
			apptest.URL(assess.Bases), apptest.URL("dues_entries") + "?perPage=100", apptest.URL("people") + "?expand=dues_bases_via_person,dues_entries_via_person",
			"/api/dues/mine?person=" + id(t, app, apptest.Member), "/api/dues/grid?org=" + apptest.Unit(t, app, "zb1").Id, apptest.URL("audit_entries") + "?perPage=500",
		} {
			if a := get(t, s, who, url); a.Has("750000") || a.Has("7500.00") {
				t.Errorf("%s reads the wage at %s: %s", who, url, a.Short())
			}
		}
		for _, probe := range []string{"explain~'7500'", "person.dues_bases_via_person.base?=750000"} {
			if a := get(t, s, who, apptest.URL("dues_entries")+"?filter="+strings.NewReplacer("~", "%7E", "'", "%27", "=", "%3D").Replace(probe)); a.Count() > 0 {
				t.Errorf("%s finds it out by %s: %s", who, probe, a.Short())
			}
		}
	}
	if a := get(t, s, apptest.Member, "/api/dues/mine"); !a.Has("7500.00") {
		t.Error("the owner reads no explanation:", a.Short())
	}
	if a := get(t, s, apptest.Secretary, "/api/dues/mine?person="+id(t, app, apptest.Member)); a.Status != 200 || !a.Has("11250") {
		t.Error("an officer doesn't read the amount:", a.Short())
	}
	page, a := s.Listen(t, Accountant, "dues_bases/*")
	if a.Status != http.StatusNoContent {
		t.Fatal(a)
	}
	own, _ := s.Listen(t, apptest.Member, "dues_bases/*")
	settle(t, app, apptest.Member, "2026-06", 9999_00)
	own.Hear(t, 1)
	for _, message := range page.Drain() {
		if strings.Contains(message, "999900") {
			t.Error("heard over realtime:", message)
		}
	}
	if a := s.Do(t, apptest.Branch, http.MethodGet, apptest.URL("audit_entries")+"?perPage=500&filter=collection%3D%27dues_bases%27", nil); a.Count() == 0 || a.Has("999900") {
		t.Error("the trail holds the wage, or nothing:", a.Short())
	}
}
