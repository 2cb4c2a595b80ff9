package e2e

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/apptest"
	"yaodian/hooks/dues/charge"
	"yaodian/hooks/kit"
)

// assessor is 支部组织委员 of zb1, who records payments.
const assessor = "assessor"

// owe gives the branch somebody who records, and has its people owe for May and
// June: the member 112.50 a month, the secretary 16.00.
func owe(t *testing.T, app core.App) {
	t.Helper()
	apptest.Make(t, app, "people", map[string]any{
		"number": assessor, "name": "李组委", "org": "@zb1", "kind": "member", "state": "active", "password": apptest.Password, "status_since": "2020-01-01",
	})
	apptest.Make(t, app, "org_posts", map[string]any{"person": "#" + assessor, "role": "$branch_organizer", "org": "@zb1", "since": "2020-01-01"})
	assess(t, app, apptest.Member, "wage_monthly", 7500_00)
	assess(t, app, apptest.Branch, "retired", 3200_00)
	bill(t, app)
}

func assess(t *testing.T, app core.App, number, category string, base int) *core.Record {
	t.Helper()
	apptest.Make(t, app, "dues_profiles", map[string]any{"person": "#" + number, "category": category, "since": "2026-01"})
	return apptest.Make(t, app, "dues_bases", map[string]any{
		"person": "#" + number, "year": 2026, "since": "2026-01", "base": base, "state": "reviewed",
		"assessed_by": "#" + apptest.Secretary, "confirmed_by": "#" + number, "reviewed_by": "#" + apptest.Deputy,
	})
}

func bill(t *testing.T, app core.App) {
	t.Helper()
	for _, month := range []string{"2026-05", "2026-06"} {
		if _, err := charge.BillMonth(app, month, kit.Now(app)); err != nil {
			t.Fatal(month, err)
		}
	}
}

// duesRooms are the pages of dues, with a payment, a base, a disclosure and a
// remittance that can be opened.
func duesRooms(t *testing.T, app core.App, r *rooms) {
	t.Helper()
	owe(t, app)
	r.base = assess(t, app, apptest.Clerk, "wage_monthly", 5200_00).Id
	apptest.Make(t, app, "org_posts", map[string]any{"person": "#" + apptest.Clerk, "role": "$accountant", "org": "@jd", "since": "2026-01-01"})
	bill(t, app)
	r.payment = apptest.Make(t, app, "dues_payments", map[string]any{
		"person": "#" + apptest.Clerk, "amount": 78_00, "from_month": "2026-05", "to_month": "2026-05", "method": "cash", "received_on": apptest.Today, "recorded_by": "#" + assessor,
	}).Id
	r.disclosure = apptest.Make(t, app, "dues_disclosures", map[string]any{"org": "@jd", "period": "2026-Q1", "audience": "members"}).Id
	r.remittance = apptest.Make(t, app, "dues_remittances", map[string]any{
		"org": "@jd", "from_month": "2026-04", "to_month": "2026-05", "rate": 3000, "document": "省委组〔2026〕9号", "due": "2026-07-31",
	}).Id
}

// TestDuesJob: the branch's recorder pastes a day's payments out of Excel, is told
// in which row one is wrong, and enters them; somebody else checks; the member
// sees on the phone that it is paid, how it comes about, and the receipt; and what
// is taken back is owed again, by itself.
func TestDuesJob(t *testing.T) {
	t.Parallel()
	h := open(t)
	owe(t, h.app)

	recorder := h.as(t, assessor, desk)
	recorder.visit("/dues/grid", "党费收缴表")
	recorder.sees(".grid td", "欠交")
	recorder.visit("/dues/entry", "登记收款")
	recorder.press("从 Excel 粘贴")
	recorder.fill("#dues-paste", "姓名\t实交金额（元）\t金额\t起始月\t截止月\t方式\n孙党员\t\t225.00元\t2026年5月\t6月\t微信转账\n赵支书\t\t99\t5月\t6月\t现金\n合计\t\t324.00\t\t\t\n")
	recorder.sees("dialog [role=status]", "读到 2 行")
	recorder.press("放进表里")
	recorder.press("登记")
	recorder.sees(".said .wrong", "本次登记 99.00 元，超过这些月份欠交的 32.00 元")
	if n, err := h.app.CountRecords("dues_payments"); err != nil || n > 0 {
		t.Errorf("%d payments are there already, %v", n, err)
	}
	recorder.do(chromedp.Reload())
	recorder.sees(".hint", "恢复")
	recorder.fill("tbody tr:nth-child(2) [name=amount]", "32")
	recorder.picture("dues-entry")
	recorder.press("登记")
	recorder.agree("登记")
	recorder.sees("h2", "已经登记 2 笔，合计 257.00 元")
	recorder.visit("/dues/payments", "收款和复核")
	recorder.press("孙党员")
	recorder.sees(".panel .notice", "请另一位复核")

	member := h.as(t, apptest.Member, phone)
	member.visit("/dues", "我的党费")
	member.sees(".owed", "0.00")
	member.sees(".rows .badge", "待复核")
	member.sees(".link", "已连接")

	checker := h.as(t, apptest.Branch, desk)
	checker.visit("/dues/payments?state=recorded", "收款和复核")
	checker.press("孙党员")
	checker.press("复核无误")
	checker.sees(".lead", "有 1 笔等待复核")
	member.sees(".rows .badge", "已复核") // nobody has touched the phone

	member.do(chromedp.Click(chromedp.CSS("#m2026-06 summary")))
	member.sees("#m2026-06 li", "7500.00 × 1.5% = 112.50 元")
	member.fits("my dues")
	member.picture("dues-mine")
	member.do(chromedp.Click(chromedp.CSS(".rows a.row")))
	member.sees(".paper", "贰佰贰拾伍元整")
	member.sees(".paper", "复核：赵支书")
	member.fits("receipt")
	member.visit("/dues", "我的党费")

	checker.visit("/dues/payments", "收款和复核")
	checker.press("孙党员")
	checker.press("冲正")
	checker.fill("#ask-text", "把别人的款记到了他名下")
	checker.agree("冲正")
	member.sees(".owed", "225.00")
	member.sees("#m2026-05 .badge", "欠交")
}

// TestDuesBase: the recorder reckons a base by its items, the member confirms it on
// the phone and sees which count, somebody else reviews it.
func TestDuesBase(t *testing.T) {
	t.Parallel()
	h := open(t)
	owe(t, h.app)
	apptest.Make(t, h.app, "people", map[string]any{"number": "fresh", "name": "陈新人", "org": "@zb1", "kind": "member", "state": "active", "password": apptest.Password, "status_since": "2020-01-01"})
	apptest.Make(t, h.app, "dues_profiles", map[string]any{"person": "#fresh", "category": "wage_monthly", "since": "2026-01"})

	officer := h.as(t, assessor, desk)
	officer.visit("/dues/bases?stand=missing", "党费核定")
	officer.press("陈新人")
	officer.sees("h1", "陈新人 2026 年的核定")
	for _, item := range [][3]string{{"岗位工资", "6,000", "counted"}, {"个人所得税", "100.50", "deducted"}, {"公务交通补贴", "500", "excluded"}} {
		officer.fill("[name=name]", item[0])
		officer.fill("[name=amount]", item[1])
		officer.fill("[name=role]", item[2])
		officer.press("加上")
		officer.sees(".sums th", item[0])
	}
	officer.sees(".sums tfoot", "5,899.50")
	officer.sees("dd", "88.49 元")
	officer.press("交给本人确认")
	officer.sees(".deadline .badge", "待本人确认")

	own := h.as(t, "fresh", phone)
	own.visit("/dues", "我的党费")
	own.sees(".base td", "按规定不列入")
	own.fits("base")
	own.press("本人确认")
	own.agree("本人确认")
	own.sees(".base .badge", "本人已确认")
	officer.sees(".deadline .badge", "本人已确认")

	checker := h.as(t, apptest.Branch, desk)
	checker.visit("/dues/bases", "党费核定")
	checker.press("陈新人")
	checker.press("复核无误")
	checker.agree("复核无误")
	checker.sees(".deadline .badge", "已复核")
}

// TestDuesTexts: amounts and months are read as people write them, as text, and a
// block of Excel row by row.
func TestDuesTexts(t *testing.T) {
	t.Parallel()
	h := open(t)
	p := h.as(t, apptest.Member, desk)
	p.visit("/dues", "我的党费")
	load := func(name string) string {
		return fmt.Sprintf(`(await import(document.querySelector("script[type=module]").src.replace("app.js", "dues/%s.js")))`, name)
	}
	const somebody = `const people = [{ person: "x", name: "李四", number: "2", months: {
		"2026-01": { month: "2026-01", paid: 100, remaining: 0 }, "2026-02": { month: "2026-02", paid: 100, remaining: 0 }, "2026-03": { month: "2026-03", paid: 60, remaining: 40 }, "2026-04": { month: "2026-04", paid: 0, remaining: 100 } } }];`
	for script, want := range map[string]string{
		`["0.29", "1,234.50元", "１２．５", "¥ 3000", "-1.10", "0", "4100.5", "1.005", "12a", "", "1,23", "999999999.99", "1e3", "-0"].map(money.fenOf)`: `[29,123450,1250,300000,-110,0,410050,null,null,null,null,99999999999,null,0]`,
		`[29, 123450, -5, 0, 100].map(money.written)`: `["0.29","1234.50","-0.05","0.00","1.00"]`,
		`["2026年3月", "2026-03", "2026/3", "202612", "3月", "3月份", "13", "0", "", "三月", "2026-13"].map((text) => money.monthOf(text, "2026"))`: `["2026-03","2026-03","2026-03","2026-12","2026-03","2026-03","","","","",""]`,
		`[money.shift("2026-01", -1), money.shift("2026-12", 1), money.shift("2026-03", -15), money.monthOf("3月")]`:                          `["2025-12","2027-01","2024-12",""]`,
		`money.spans(["2025-12", "2026-01", "2026-03"])`: `"2025年12月至2026年1月、2026年3月"`,
		`paste.parse("李四\t12.5\t3月\n王五\t壹元\t2026-04\t5\t代交\t女儿", "2026").map(({ name, amount, from, to, method, payer }) => [name, amount, from, to, method, payer])`:                                                                                                                                `[["李四","12.50","2026-03","","cash",""],["王五","壹元","2026-04","2026-05","behalf","女儿"]]`,
		`paste.find("李四", [{ name: "李四", number: "1" }, { name: "李四", number: "2" }]).fault`:                                                                                                                                                                                                         `"有 2 位“李四”，请改写工号（1、2）。"`,
		`paste.bodyOf({ ...paste.EMPTY, name: "2", amount: "0.10", from: "2026-03" }, [{ person: "x", name: "李 四", number: "2" }]).body`:                                                                                                                                                             `{"person":"x","amount":10,"from_month":"2026-03","to_month":"2026-03","method":"cash","payer":"","reason":"","document":""}`,
		`paste.bodyOf({ ...paste.EMPTY, name: "李四", amount: "壹元" }, [{ person: "x", name: "李 四", number: "2" }]).faults`:                                                                                                                                                                             `["金额“壹元”读不出来，请写成元，最多两位小数。","请填写从哪个月起，例如 2026-03。"]`,
		`(() => { const { rows, same, more } = file.fromYear({ year: [{ name: "李四", number: "", months: { "01": 100, "02": 150, "03": 20 } }, { name: "无名", months: { "01": 5 } }] }, people, "2026"); return [rows.map(({ name, amount, from }) => [name, amount, from]), same, more.length]; })()`: `[[["李四","0.50","2026-02"],["无名","0.05","2026-01"]],1,1]`,
		`(() => { const { rows, strangers } = file.fromBank({ bank: [{ on: "2026-06-01", name: "李四", amount: 70, memo: "" }, { on: "2026-06-01", name: "他女儿", amount: 30, memo: "代李四交" }, { on: "2026-06-01", name: "公司", amount: 1, memo: "" }, { on: "2026-06-02", name: "李四", amount: 9, memo: "" }] }, people, "2026-06-01"); return [rows.map(({ name, amount, from, to, method, payer }) => [name, amount, from, to, method, payer]), strangers]; })()`: `[[["2","0.70","2026-03","2026-04","transfer",""],["2","0.30","2026-03","2026-04","behalf","他女儿"]],["公司 0.01 元"]]`,
		`[["2026-06", 100, 0, 0], ["2026-05", 100, 40, 0], ["2026-05", 100, 100, 0], ["2026-05", 100, 0, 100], ["2026-08", 0, 100, 0]].map(([month, charged, paid, waived]) =>
			words.standing({ month, charged, paid, waived, remaining: charged - paid - waived }, "2026-06-10").word)`: `["待交","欠交","交清","免交","预交"]`,
	} {
		got := eval[string](p, `(async () => { const money = `+load("money")+`, paste = `+load("paste")+`, words = `+load("words")+`, file = `+load("file")+`; `+somebody+` return JSON.stringify(`+script+`); })()`)
		if got != want {
			t.Errorf("%s: got %s, want %s", script, got, want)
		}
	}
}
