package e2e

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"yaodian/hooks/apptest"
)

type view struct{ route, heading string }

// views is every route of js/app.js behind the sign-in; TestEveryRouteIsLookedAt
// holds it to that.
func (r rooms) views() []view {
	return []view{
		{"/", "林干事"}, {"/duties/" + r.duty, "党课"}, {"/inbox", "收件箱"}, {"/me", "我的"}, {"/more", "更多"}, {"/password", "修改密码"},
		{"/me/seen", "谁能看到我"}, {"/me/devices", "登录设备"}, {"/me/totp", "动态口令"}, {"/notify/settings", "通知设置"}, {"/notify/deliveries", "通知送达"},
		{"/approvals", "审批"}, {"/approvals/mine", "我的申请"}, {"/approvals/new", "新的申请"}, {"/approvals/delegations", "审批委托"},
		{"/approvals/new/study_plan", "个人学习计划"}, {"/approvals/new/declaration_matter", "个人重大事项申报"}, {"/approvals/new/declaration_event/" + r.event, "婚丧喜庆事宜报备"},
		{"/ledgers/declarations_events/" + r.event, "女儿婚礼"}, {"/declarations/reports/" + r.report, "公文版式"}, {"/documents/issues", "发文统计"}, {"/approvals/" + r.request, "全年读书计划"},
		{"/plan", "党建工作要点"}, {"/plan/items/" + r.item + "?duty=" + r.duty, "开展党课"}, {"/plan/timeline", "时间轴"},
		{"/plan/imports", "导入工作要点"}, {"/plan/imports/" + r.draft, "讨论稿"}, {"/plan/imports/" + r.plan, "党建工作要点"},
		{"/people", "党员名册"}, {"/people?on=2025-06-30", "党员名册"}, {"/people?person=" + r.member, "党员名册"}, {"/people/" + r.member, "赵支书"},
		{"/transfers", "组织关系转接"}, {"/transfers/new", "申请转接"}, {"/transfers/new?for=other", "登记转接"},
		{"/transfers/" + r.transfer, "孙党员"}, {"/transfers/" + r.transfer + "/letter", "介绍信〔2026〕1号"},
		{"/org", "组织"}, {"/org?unit=" + r.unit, "组织"}, {"/documents", "文件台账"}, {"/documents/" + r.document, "学习规则"},
		{"/ledgers", "台账"}, {"/ledgers/documents", "文件台账"}, {"/ledgers/documents?view=board", "文件台账"}, {"/ledgers/documents?view=month", "文件台账"},
		{"/ledgers/documents?view=heat", "文件台账"}, {"/ledgers/documents/new", "登记文件台账"}, {"/ledgers/documents/" + r.document, "学习规则"}, {"/ledgers/documents/" + r.document + "/edit", "修改"},
		{"/dues", "我的党费"}, {"/dues/mine/2026-05/1", "我的党费"}, {"/dues/people/" + r.member, "赵支书的党费"}, {"/dues/receipts/" + r.payment, "收据"}, {"/dues/grid", "党费收缴表"}, {"/dues/entry", "登记收款"},
		{"/dues/payments", "收款和复核"}, {"/dues/payments?open=" + r.payment, "收款和复核"}, {"/dues/arrears", "欠交名单"}, {"/dues/arrears/" + r.member + "/2026-05/1", "欠交名单"}, {"/dues/bases", "党费核定"}, {"/dues/bases/" + r.base, "林干事"},
		{"/people/twins", "可能重复登记的人"}, {"/dues/assess/" + r.unit + "/2026", "党费核定"}, {"/dues/closing", "月结"}, {"/dues/rates", "党费标准"}, {"/dues/account", "党费账目"}, {"/dues/account?tab=incomes", "党费账目"},
		{"/dues/remittances/" + r.remittance, "党费账目"}, {"/dues/disclosures", "党费公开"}, {"/dues/disclosures/" + r.disclosure, "党费公开"},
		{"/points", "我的积分"}, {"/points/people/" + r.member, "赵支书的积分"}, {"/points/claim", "申报积分"}, {"/points/review", "待审申报"}, {"/points/branch", "积分"}, {"/points/rules", "积分项目"},
		{"/points/rules/" + r.rule, "A01"}, {"/points/periods", "积分季度公示"}, {"/points/periods/" + r.period, "积分公示"}, {"/points/appeals", "积分申诉"}, {"/points/appeals/" + r.appeal, "林干事的积分申诉"},
		{"/exchange", "导入导出"}, {"/exchange/people", "导入党员名册"}, {"/audit", "留痕"}, {"/me/records", "关于我的记录"},
	}
}

// TestViews opens every view on a phone in the largest size and on a desk, and
// asks axe about each, on the desk in the dark as well: colours are the same on both.
func TestViews(t *testing.T) {
	t.Parallel()
	h := open(t)
	r := furnish(t, h.app)
	axe, err := os.ReadFile("testdata/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []size{phone, desk} {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			p := h.as(t, apptest.Clerk, s)
			p.visit("/", "林干事")
			eval[any](p, string(axe)+"; null")
			for _, v := range r.views() {
				p.look(v)
			}
		})
	}
}

// look opens a view and looks at it.
func (p *tab) look(v view) {
	p.t.Helper()
	p.visit(v.route, v.heading)
	p.waits(`!document.querySelector(".panel") || document.querySelector(".panel .facts, .panel h3") !== null`)
	if p.size == phone {
		p.accessible(v.route, "light", `{ rules: { "color-contrast": { enabled: false } } }`) // the colours are those of the desk
		p.fits(v.route)
	} else {
		p.accessible(v.route, "light", `{}`)
		p.accessible(v.route, "dark", `{ runOnly: ["color-contrast"] }`)
	}
	p.picture(p.size.name + strings.NewReplacer("/", "_", "?", "_").Replace(v.route))
}

// accessible asks axe in a theme. The rule for contrast, the slowest, is the only
// one that looks at colours.
func (p *tab) accessible(where, theme, only string) {
	p.t.Helper()
	found := eval[[]string](p, `(async () => {
		display.theme = "`+theme+`"; display.apply();
		const { violations } = await axe.run(document, { resultTypes: ["violations"], ...`+only+` });
		return violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ html, failureSummary }) => id + " " + html.slice(0, 160) + " " + failureSummary));
	})()`)
	for _, f := range found {
		p.t.Errorf("%s, %s, %s: %s", where, p.size.name, theme, f)
	}
}

// TestEveryRouteIsLookedAt: a route that is added to js/app.js is added to views.
func TestEveryRouteIsLookedAt(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("../../../pb_public/js/app.js")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(source), "const VIEWS = {")
	table, _, _ = strings.Cut(table, "};")
	known := map[string]bool{"/login": true} // TestSignIn
	for _, v := range (rooms{
		plan: ":id", item: ":id", duty: ":id", document: ":id", draft: ":id", member: ":id", unit: ":id", request: ":id", event: ":id", report: ":id", transfer: ":id",
		payment: ":id", base: ":id", disclosure: ":id", remittance: ":id", rule: ":id", period: ":id", appeal: ":id",
	}).views() {
		path, _, _ := strings.Cut(v.route, "?")
		known[path] = true
		known[strings.Replace(path, "/approvals/new/declaration_event", "/approvals/new/:kind", 1)] = true
		known[strings.Replace(path, "/approvals/new/study_plan", "/approvals/new/:kind", 1)] = true
		known[strings.Replace(path, "/ledgers/documents", "/ledgers/:collection", 1)] = true
		known[strings.NewReplacer("people/:id", "people/:person", "arrears/:id", "arrears/:person", "assess/:id", "assess/:org", "/2026-05/1", "/:month/:level", "/2026", "/:year").Replace(path)] = true
		if strings.HasPrefix(path, "/exchange/") {
			known["/exchange/:collection"] = true
		}
	}
	for line := range strings.Lines(table) {
		if f := strings.Split(line, `"`); len(f) > 1 && !known[f[1]] {
			t.Errorf("%s is in js/app.js and in no test", f[1])
		}
	}
}

// TestComingBack: who goes back before the next page has opened stays.
func TestComingBack(t *testing.T) {
	t.Parallel()
	p := open(t).as(t, apptest.Clerk, desk)
	p.visit("/people", "党员名册")
	for _, wait := range []int{1, 10, 40} { // ms, somewhere within the opening
		eval[any](p, fmt.Sprintf(`{ window.settled = false; location.hash = "#/exchange/people"; setTimeout(() => { location.hash = "#/people"; }, %d); setTimeout(() => { window.settled = true; }, 1500); null }`, wait))
		p.waits(`window.settled`)
		p.waits(`document.querySelector("main h1").textContent === "党员名册" && document.querySelector("main").ariaBusy === "false"`)
		eval[any](p, `location.hash = "#/org"`)
		p.waits(`document.querySelector("main h1").textContent === "组织"`)
		p.visit("/people", "党员名册")
	}
}
