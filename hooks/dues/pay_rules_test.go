package dues_test

import (
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/apptest"
	"yaodian/hooks/dues/pay"
)

// R-DUES-06: a payment spans, makes up for and reaches ahead six months.
func TestR_DUES_06_Reach(t *testing.T) {
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
func TestR_DUES_07_TwoPeople(t *testing.T) {
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
