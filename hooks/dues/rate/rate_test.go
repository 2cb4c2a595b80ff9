package rate_test

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"yaodian/hooks/dues/rate"
)

func yuan(t testing.TB, s string) rate.Fen {
	t.Helper()
	f, err := rate.ParseYuan(s)
	if err != nil {
		t.Fatal(s, err)
	}
	return f
}

// TestR_DUES_02_WorkedExamples holds the worked examples of domain.md 1.14.
func TestR_DUES_02_WorkedExamples(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		no       string
		category rate.Category
		base     string
		month    string
		due      string
		capped   bool
	}{
		{"1", rate.WageMonthly, "2500", "2022-03", "12.50", false},
		{"2", rate.WageMonthly, "3500", "2022-03", "35.00", false},
		{"3", rate.WageMonthly, "7500", "2022-03", "112.50", false},
		{"4", rate.WageMonthly, "12000", "2022-03", "240.00", false},
		{"5", rate.WageMonthly, "8000", "2022-03", "120.00", false},
		{"6", rate.WageAnnual, "5000", "2022-11", "50.00", false},
		{"7a", rate.WageAnnual, "245000", "2016-12", "4900.00", false},
		{"7b", rate.WageAnnual, "245000", "2022-12", "1000.00", true},
		{"8", rate.WageMonthly, "3000.00", "2022-03", "15.00", false},
		{"9", rate.WageMonthly, "3000.01", "2022-03", "30.00", false},
		{"10", rate.WageMonthly, "5000.00", "2022-03", "50.00", false},
		{"11", rate.WageMonthly, "5000.01", "2022-03", "75.00", false},
		{"12", rate.WageMonthly, "10000.00", "2022-03", "150.00", false},
		{"13", rate.WageMonthly, "10000.01", "2022-03", "200.00", false},
		{"14", rate.WageMonthly, "50000", "2022-03", "1000.00", false},
		{"15", rate.WageMonthly, "66666", "2022-03", "1000.00", true},
		{"16", rate.WageMonthly, "5321.37", "2022-03", "79.82", false},
		{"17", rate.WageMonthly, "4100.50", "2022-03", "41.01", false},
		{"18", rate.Retired, "3200", "2022-03", "16.00", false},
		{"19", rate.Retired, "5000", "2022-03", "25.00", false},
		{"20", rate.Retired, "5000.01", "2022-03", "50.00", false},
		{"21", rate.Retired, "6000", "2022-03", "60.00", false},
		{"22a", rate.Farmer, "0.20", "2022-03", "0.20", false},
		{"22b", rate.Farmer, "1", "2022-03", "1.00", false},
		{"23a", rate.Student, "0", "2022-03", "0.20", false},
		{"23b", rate.Unemployed, "0", "2022-03", "0.20", false},
		{"23c", rate.Relief, "0", "2022-03", "0.20", false},
		{"23d", rate.Dibao, "0", "2022-03", "0.20", false},
		{"24", rate.SelfEmployed, "9000", "2022-03", "135.00", false},
		{"29a", rate.WageMonthly, "1500", "2007-12", "30.00", false},
		{"29b", rate.WageMonthly, "1500.01", "2007-12", "45.00", false},
	} {
		q, err := rate.For(rate.National(), rate.Ask{Category: c.category, Base: yuan(t, c.base), Month: c.month})
		if err != nil {
			t.Errorf("%s: %v", c.no, err)
			continue
		}
		if got := q.Due.String(); got != c.due || q.CapApplied != c.capped {
			t.Errorf("%s: Expected %s (capped %v), got %s (capped %v)", c.no, c.due, c.capped, got, q.CapApplied)
		}
		if !strings.Contains(q.Explain, c.due+" 元") || !strings.HasSuffix(q.Explain, "。") || !strings.Contains(q.Explain, q.Set.Document) {
			t.Errorf("%s: the sentence doesn't explain %s: %s", c.no, c.due, q.Explain)
		}
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		ask  rate.Ask
		code string
	}{
		{rate.Ask{Category: rate.Farmer, Base: 19, Month: "2022-03"}, "dues_out_of_range"},
		{rate.Ask{Category: rate.Farmer, Base: 101, Month: "2022-03"}, "dues_out_of_range"},
		{rate.Ask{Category: rate.WageMonthly, Base: 0, Month: "2022-03"}, "dues_base_missing"},
		{rate.Ask{Category: rate.WageMonthly, Base: -1, Month: "2022-03"}, "dues_base_missing"},
		{rate.Ask{Category: "rich", Base: 100, Month: "2022-03"}, "dues_category_unknown"},
		{rate.Ask{Category: rate.Student, Month: "1990-01"}, "dues_no_rates"},
		{rate.Ask{Category: rate.Student, Month: "2022-03", Waiver: &rate.Waiver{Amount: 20}}, "dues_waiver_amount"},
	} {
		_, err := rate.For(rate.National(), c.ask)
		var refusal *rate.Refusal
		if !errors.As(err, &refusal) || refusal.Code != c.code || !strings.HasSuffix(refusal.Message, "。") {
			t.Errorf("%+v: Expected %s, got %v", c.ask, c.code, err)
		}
	}
}

// TestR_DUES_09_Waived is worked example 28: nothing is owed while it lasts.
func TestR_DUES_09_Waived(t *testing.T) {
	t.Parallel()
	ask := rate.Ask{Category: rate.WageMonthly, Base: 7500_00, Month: "2022-03", Waiver: &rate.Waiver{Document: "街工委〔2022〕7号"}}
	q, err := rate.For(rate.National(), ask)
	if err != nil || q.Due != 0 || !strings.Contains(q.Explain, "免交") {
		t.Errorf("Expected nothing to be owed, got %s: %s %v", q.Due, q.Explain, err)
	}
}

// TestStepsAddUp: for any base, category, month and waiver the steps sum to
// what is owed, and it is never negative nor above the cap.
func TestStepsAddUp(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	months := []string{"2000-01", "2010-06", "2017-03", "2026-11"}
	for range 20_000 {
		ask := rate.Ask{
			Category: rate.Categories[random.IntN(len(rate.Categories))].Key, Base: rate.Fen(1 + random.Int64N(10_000_000)), Month: months[random.IntN(4)],
		}
		if ask.Category == rate.Farmer {
			ask.Base = rate.Fen(20 + random.Int64N(81))
		}
		if random.IntN(3) == 0 {
			ask.Waiver = &rate.Waiver{Amount: rate.Fen(random.Int64N(10))}
		}
		q, err := rate.For(rate.National(), ask)
		if err != nil {
			if ask.Waiver != nil { // the waiver may exceed what is owed
				continue
			}
			t.Fatalf("%+v: %v", ask, err)
		}
		var sum rate.Fen
		for _, s := range q.Steps {
			sum += s.Amount
		}
		if sum != q.Due || q.Due < 0 || q.Set.Cap > 0 && q.Due > q.Set.Cap {
			t.Fatalf("%+v: steps %v add up to %s, due %s", ask, q.Steps, sum, q.Due)
		}
	}
}

// TestMonotone: within a set more income never means lower dues, although the
// steps jump.
func TestMonotone(t *testing.T) {
	t.Parallel()
	for _, set := range rate.National() {
		var last rate.Fen
		for base := rate.Fen(1); base < 2_000_000; base += 97 {
			q, err := set.Quote(rate.Ask{Category: rate.WageMonthly, Base: base, Month: set.Effective})
			if err != nil || q.Due < last {
				t.Fatalf("%s: %s owes %s, less than %s before: %v", set.No, base, q.Due, last, err)
			}
			last = q.Due
		}
	}
}

func TestNationalSetsAreSound(t *testing.T) {
	t.Parallel()
	for _, s := range rate.National() {
		if wrong := s.Check(); len(wrong) > 0 {
			t.Errorf("%s: %q", s.No, wrong)
		}
	}
	broken := rate.National()[2]
	broken.Unit, broken.Document = 7, ""
	broken.Scales = map[rate.Category]rate.Scale{
		rate.WageMonthly: {Brackets: []rate.Bracket{{UpTo: 5000, Rate: 50}, {UpTo: 3000, Rate: 100}, {Rate: 150}}},
		rate.Retired:     {Brackets: []rate.Bracket{{UpTo: 5000, Rate: 50}}},
		rate.Student:     {Fixed: 20, Min: 1, Max: 2}, "rich": {Fixed: 1},
	}
	if wrong := broken.Check(); len(wrong) != 2+10+3+1 {
		t.Errorf("Expected 16 faults, got %d: %q", len(wrong), wrong)
	}
}

func TestParseYuan(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]rate.Fen{"0": 0, "3000": 300000, " 5321.37 ": 532137, "4100.5": 410050, "-1.20": -120, "100000000": 1e10} {
		if got, err := rate.ParseYuan(text); err != nil || got != want {
			t.Errorf("%q: Expected %d, got %d %v", text, want, got, err)
		}
	}
	for _, text := range []string{"", ".", "1.", ".5", "1.234", "1e3", "+1", "--1", "1,000", "100000000.01", "99999999999999999999", "一百", "0x10", "１"} {
		if got, err := rate.ParseYuan(text); err == nil {
			t.Errorf("%q: Expected an error, got %d", text, got)
		}
	}
}

// FuzzParseYuan: whatever is read is written back as the same amount.
func FuzzParseYuan(f *testing.F) {
	for _, s := range []string{"0", "5321.37", "-0.01", "100000000"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		amount, err := rate.ParseYuan(s)
		if err != nil {
			return
		}
		if again, err := rate.ParseYuan(amount.String()); err != nil || again != amount {
			t.Fatalf("%q: %d is written as %s and read as %d %v", s, amount, amount, again, err)
		}
	})
}

func TestMonths(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		month string
		n     int
		want  string
	}{{"2026-01", 0, "2026-01"}, {"2026-12", 1, "2027-01"}, {"2026-01", -1, "2025-12"}, {"2026-03", 24, "2028-03"}, {"x", 1, "x"}} {
		if got := rate.Shift(c.month, c.n); got != c.want {
			t.Errorf("%s %+d: Expected %s, got %s", c.month, c.n, c.want, got)
		}
	}
	for _, c := range []struct {
		from, to string
		want     int
	}{{"2026-01", "2026-01", 1}, {"2025-11", "2026-02", 4}, {"2026-02", "2026-01", 0}, {"2026-02", "2025-12", -1}, {"x", "2026-01", 0}} {
		if got := rate.Span(c.from, c.to); got != c.want {
			t.Errorf("%s to %s: Expected %d, got %d", c.from, c.to, c.want, got)
		}
		if got := len(rate.Months(c.from, c.to)); got != max(c.want, 0) {
			t.Errorf("%s to %s: %d months", c.from, c.to, got)
		}
	}
	for month, want := range map[string]string{"2026-02": "2026-02-28", "2028-02": "2028-02-29", "2026-12": "2026-12-31"} {
		if got := rate.LastDay(month); got != want {
			t.Errorf("Expected %s, got %s", want, got)
		}
	}
	for s, want := range map[string]bool{"2026-01": true, "2026-13": false, "2026-1": false, "": false, "2026-01-01": false} {
		if rate.IsMonth(s) != want {
			t.Errorf("%q: Expected %v", s, want)
		}
	}
}

// Items of any kind in any order add up to what counts less what is deducted.
func TestBaseOf(t *testing.T) {
	t.Parallel()
	items := []rate.Item{{Name: "甲", Amount: 100, Role: rate.Counted}, {Name: "乙", Amount: 51, Role: rate.Counted}, {Name: "丙", Amount: 30, Role: rate.Deducted}, {Name: "丁", Amount: 999, Role: rate.Excluded}}
	if got := rate.BaseOf(rate.WageMonthly, items); got != 121 {
		t.Errorf("got %s", got)
	}
	if got := rate.BaseOf(rate.SelfEmployed, items[:2]); got != 76 { // 75.5, half up
		t.Errorf("got %s", got)
	}
	for name, c := range map[string]struct {
		item   rate.Item
		reason string
		fine   bool
	}{
		"as usual":          {rate.Item{Name: "岗位工资", Amount: 1, Role: rate.Counted}, "", true},
		"tax counted":       {rate.Item{Name: "个人所得税", Amount: 1, Role: rate.Counted}, "", false},
		"tax left out":      {rate.Item{Name: "个人所得税", Amount: 1, Role: rate.Excluded}, "", true},
		"overtime counted":  {rate.Item{Name: "加班补贴", Amount: 1, Role: rate.Counted}, "", false},
		"overtime deducted": {rate.Item{Name: "加班补贴", Amount: 1, Role: rate.Deducted}, "", false},
		"by decision":       {rate.Item{Name: "加班补贴", Amount: 1, Role: rate.Counted}, "工委研究决定", true},
		"nothing":           {rate.Item{Name: "岗位工资", Role: rate.Counted}, "工委研究决定", false},
	} {
		if err := rate.CheckItem(c.item, c.reason); (err == nil) != c.fine {
			t.Errorf("%s: %v", name, err)
		}
	}
}
