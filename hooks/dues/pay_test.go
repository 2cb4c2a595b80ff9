package dues_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"testing"

	"yaodian/hooks/apptest"
	"yaodian/hooks/dues/pay"
	"yaodian/hooks/dues/rate"
)

// A payment settles the oldest month first, reaches ahead where it says so, and
// takes no more than is owed.
func TestPayment(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	bill(t, app, "2026-03", "2026-06")
	first := pays(t, app, apptest.Member, 200_00, "2026-03", "2026-06")
	second := pays(t, app, apptest.Member, 112_50, "2026-03", "2026-06")
	if a, b := first.GetString("receipt_no"), second.GetString("receipt_no"); a != "2026-000001" || b != "2026-000002" {
		t.Error(a, b)
	}
	for m, want := range map[string]rate.Fen{"2026-03": 0, "2026-04": 0, "2026-05": 25_00, "2026-06": 112_50} {
		if got := month(t, app, apptest.Member, m).Remaining; got != want {
			t.Errorf("%s: Expected %s, got %s", m, want, got)
		}
	}
	_, err := apptest.Try(app, "dues_payments", apptest.Named(t, app, payment(apptest.Member, 137_51, "2026-03", "2026-06")))
	apptest.Refused(t, "a fen too much", err, "dues_overpaid")
	if n, _ := app.CountRecords("dues_payments"); n != 2 {
		t.Errorf("a payment that was refused is there: %d", n)
	}
	ahead := payment(apptest.Member, 362_50, "2026-05", "2026-08")
	ahead["reason"] = "支部同意按季度交纳"
	paid := apptest.Make(t, app, "dues_payments", ahead)
	if got := month(t, app, apptest.Member, "2026-08").Remaining; got != -112_50 {
		t.Errorf("ahead: %s", got)
	}
	apptest.SetToday(t, app, "2026-08-02")
	settle(t, app, apptest.Member, "2026-08", 8000_00)
	bill(t, app, "2026-07", "2026-08")
	for m, want := range map[string]rate.Fen{"2026-07": 0, "2026-08": 7_50} { // the later difference
		if got := month(t, app, apptest.Member, m).Remaining; got != want {
			t.Errorf("%s: Expected %s, got %s", m, want, got)
		}
	}
	if err := act(app, t, apptest.Branch, paid, map[string]any{"state": "reversed", "reason": "银行退票"}); err != nil {
		t.Fatal(err)
	}
	if got := month(t, app, apptest.Member, "2026-08").Remaining; got != 120_00 {
		t.Errorf("after the reversal: %s", got)
	}
	if err := act(app, t, apptest.Branch, paid, map[string]any{"reason": "又"}); err == nil {
		t.Error("what is reversed is changed")
	}
	whole(t, app)
}

// A receipt names who paid as they were called that day, whatever somebody sends
// along; who keeps the account reads it without the roster.
func TestReceiptKeepsTheName(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	bill(t, app, "2026-03", "2026-03")
	data := payment(apptest.Member, 112_50, "2026-03", "2026-03")
	data["name"] = "别的名字"
	paid := apptest.Make(t, app, "dues_payments", data)
	if err := apptest.Save(app, apptest.Person(t, app, apptest.Member), map[string]any{"name": "孙改名"}); err != nil {
		t.Fatal(err)
	}
	s := apptest.Serve(t, app)
	s.Do(t, Accountant, http.MethodGet, apptest.URL("dues_payments")+"/"+paid.Id, nil).Want(t, 200, `"name":"孙党员"`)
	s.Do(t, Accountant, http.MethodGet, apptest.URL("people")+"/"+paid.GetString("person"), nil).Want(t, 404)
	s.Do(t, apptest.Member, http.MethodGet, "/api/dues/payments/"+paid.Id+"/receipt", nil).Want(t, 200, `"person":"孙党员"`)
	s.Do(t, apptest.Branch, http.MethodPatch, apptest.URL("dues_payments")+"/"+paid.Id, map[string]any{"name": "孙改名"}).Want(t, 404)
}

// Whatever is owed and given: the parts add up to the amount, no part is more
// than its month owes, and no month is paid before an older one is settled.
func TestAllocateAddsUp(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(6, 10))
	for range 20_000 {
		wants := make([]pay.Part, 1+random.IntN(8))
		var owed rate.Fen
		for i := range wants {
			wants[i] = pay.Part{Month: rate.Shift("2026-01", i), Amount: rate.Fen(random.Int64N(300) - 50)}
			owed += max(wants[i].Amount, 0)
		}
		amount := rate.Fen(1 + random.Int64N(1200))
		parts, err := pay.Allocate(amount, wants)
		if (err != nil) != (amount > owed) {
			t.Fatalf("%s of %s: %v", amount, owed, err)
		}
		if err != nil {
			continue
		}
		got := map[string]rate.Fen{}
		var sum rate.Fen
		for _, p := range parts {
			got[p.Month] = p.Amount
			sum += p.Amount
		}
		open := false
		for _, w := range wants {
			part := got[w.Month]
			if part < 0 || part > max(w.Amount, 0) || open && part > 0 {
				t.Fatalf("%v of %v: %v", amount, wants, parts)
			}
			open = open || w.Amount > 0 && part < w.Amount
		}
		if sum != amount {
			t.Fatalf("%v add up to %s, not %s", parts, sum, amount)
		}
	}
}

func TestCapital(t *testing.T) {
	t.Parallel()
	for amount, want := range map[rate.Fen]string{
		0: "零元整", 20: "贰角", 5: "伍分", 100: "壹元整", 112_50: "壹佰壹拾贰元伍角", 105_03: "壹佰零伍元零叁分", 1000_00: "壹仟元整", 10_005_00: "壹万零伍元整",
		20_300_000_10: "贰仟零叁拾万元壹角", 100_000_000_00: "壹亿元整", 1010_00: "壹仟零壹拾元整",
	} {
		if got := pay.Capital(amount); got != want {
			t.Errorf("%s: Expected %s, got %s", amount, want, got)
		}
	}
}

// A day's list is tried, entered as a whole and taken back as a whole.
func TestBatch(t *testing.T) {
	t.Parallel()
	s := served(t)
	app := s.App
	bill(t, app, "2026-05", "2026-06")
	row := func(number string, amount int) map[string]any {
		return map[string]any{"person": id(t, app, number), "amount": amount, "from_month": "2026-05", "to_month": "2026-06"}
	}
	good := []map[string]any{row(apptest.Member, 225_00), row(apptest.Branch, 32_00), row(Assessor, 40)}
	send := func(who string, preview bool, rows ...map[string]any) (apptest.Answer, pay.DayResult) {
		a := s.Do(t, who, http.MethodPost, "/api/dues/payments/batch", map[string]any{"received_on": apptest.Today, "preview": preview, "rows": rows})
		result := pay.DayResult{}
		_ = json.Unmarshal([]byte(a.Body), &result)
		return a, result
	}
	for who, want := range map[string]int{apptest.Guest: 401, apptest.Member: 403, apptest.Neighbour: 403, Accountant: 403, apptest.Keeper: 403} {
		if a, _ := send(who, false, good...); a.Status != want {
			t.Errorf("%s: Expected %d, got %d", who, want, a.Status)
		}
	}
	a, tried := send(Assessor, true, good...)
	if a.Status != 200 || tried.Written || tried.Total != 257_40 || len(tried.Rows[0].Parts) != 2 {
		t.Fatal(a.Body)
	}
	a, _ = send(Assessor, false, row(apptest.Branch, 32_00), row(apptest.Member, 225_01))
	if a.Status != 400 || !a.Has("超过这些月份欠交的 225.00 元") {
		t.Error(a.Body)
	}
	if n, _ := app.CountRecords("dues_payments"); n != 0 {
		t.Fatalf("%d payments were written", n)
	}
	a, done := send(Assessor, false, good...)
	if a.Status != 200 || !done.Written || done.Rows[2].Receipt != "2026-000003" || owes(t, app, apptest.Member) != 0 {
		t.Fatal(a.Body)
	}
	receipt := get(t, s, apptest.Member, "/api/dues/payments/"+done.Rows[0].ID+"/receipt")
	receipt.Want(t, 200, `"capital":"贰佰贰拾伍元整"`, `"number":"2026-000001"`, "孙党员", "李组委", "东风社区党支部")
	get(t, s, apptest.Neighbour, "/api/dues/payments/"+done.Rows[0].ID+"/receipt").Want(t, 404)

	undo := fmt.Sprintf("/api/dues/payments/batch/%s/reverse", done.Batch)
	s.Do(t, Assessor, http.MethodPost, undo, map[string]any{"reason": "日期登错"}).Want(t, 404)
	s.Do(t, apptest.Branch, http.MethodPost, undo, map[string]any{"reason": ""}).Want(t, 400, "dues_reversal_reason")
	s.Do(t, apptest.Branch, http.MethodPost, undo, map[string]any{"reason": "日期登错"}).Want(t, 200, `"reversed":3`)
	s.Do(t, apptest.Branch, http.MethodPost, undo, map[string]any{"reason": "日期登错"}).Want(t, 404)
	if got := owes(t, app, apptest.Member); got != 225_00 {
		t.Errorf("Expected 225.00, got %s", got)
	}
	whole(t, app)
}
