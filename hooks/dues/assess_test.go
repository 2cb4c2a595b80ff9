package dues_test

import (
	"testing"

	"yaodian/hooks/apptest"
	"yaodian/hooks/dues/assess"
	"yaodian/hooks/dues/rate"
)

// R-DUES-01: everybody has one category at a time.
func TestR_DUES_01_OneCategory(t *testing.T) {
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
func TestR_DUES_03_Cap(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	settle(t, app, apptest.Member, "2026-02", 245_000_00)
	bill(t, app, "2026-02", "2026-02")
	if got := month(t, app, apptest.Member, "2026-02").Charged; got != 1000_00 {
		t.Errorf("Expected 1000.00, got %s", got)
	}
}

// R-DUES-04: what isn't assessed by 31 January is listed and told of, once.
func TestR_DUES_04_Unassessed(t *testing.T) {
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
func TestR_DUES_05_MidYear(t *testing.T) {
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
		{"the member takes it elsewhere", apptest.Member, apptest.Named(t, app, map[string]any{"org": "@zb2"}), "dues_base_fixed"},
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

// TestR_DUES_02_Items holds worked examples 24 to 27: a base from its items.
func TestR_DUES_02_Items(t *testing.T) {
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
