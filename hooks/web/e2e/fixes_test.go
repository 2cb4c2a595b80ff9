package e2e

import (
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/apptest"
)

// inspected has a round at zb1 that found something. The inspector, the deputy
// and, of all people, the secretary of zb1 hold inspections.edit.
func inspected(t *testing.T, app core.App) {
	t.Helper()
	for _, who := range []string{"#deputy", "#branch1"} {
		apptest.Make(t, app, "org_posts", map[string]any{"person": who, "role": "$inspector", "org": "@jd", "since": "2026-01-01"})
	}
	points := apptest.Make(t, app, "documents", map[string]any{
		"title": "巡察工作要点", "action": "draft", "year": 2026, "state": "issued", "number": "清工委〔2026〕5号", "issued_on": "2026-03-02", "org": "@jd",
	})
	round := apptest.Make(t, app, "inspections", map[string]any{
		"title": "第一轮常规巡察", "kind": "regular", "begins": "2026-06-01", "points": points.Id, "targets": []string{apptest.Unit(t, app, "zb1").Id}, "org": "@jd",
	})
	for who, role := range map[string]string{"#inspector": "leader", "#deputy": "member"} {
		apptest.Make(t, app, "inspections_pool", map[string]any{"person": who, "leader": true, "since": "2026-01-01", "org": "@jd"})
		apptest.Make(t, app, "inspections_teams", map[string]any{"inspection": round.Id, "person": who, "role": role, "recusal": "none", "recusal_on": "2026-05-20"})
	}
	if err := apptest.Save(app, round, map[string]any{"state": "working", "authority_basis": "县委授权", "authority_number": "授权〔2026〕1号"}); err != nil {
		t.Fatal(err)
	}
	paper := apptest.Make(t, app, "inspections_papers", map[string]any{
		"inspection": round.Id, "target": "@zb1", "number": "底稿-01", "title": "会议记录", "facts": "缺两次", "state": "reviewed", "checked_by": "#inspector", "reviewed_by": "#deputy",
	})
	apptest.Make(t, app, "inspections_findings", map[string]any{
		"inspection": round.Id, "paper": paper.Id, "target": "@zb1", "number": "1-东风-01", "title": "会议记录不全", "class": "building", "state": "reported",
	})
}

// steps takes a record from state to state on its page.
func (p *tab) steps(words ...string) {
	p.t.Helper()
	for _, word := range words {
		p.press(word)
		p.sees(".states [aria-pressed=true]", word)
	}
}

// TestFix: an inspector opens a rectification, the branch plans, works and hands
// it in, and can't accept its own work; nor can who checked it review it. The
// branch's page follows.
func TestFix(t *testing.T) {
	t.Parallel()
	h := open(t)
	inspected(t, h.app)
	const refused = "提交和审核、检查和复核不能是同一个人，请由另一位负责人办理。"

	inspector := h.as(t, apptest.Inspector, desk, "status of 400")
	inspector.visit("/ledgers/inspections_fixes", "整改台账")
	inspector.press("登记")
	inspector.sees("h1", "登记整改台账")
	inspector.choose("问题", "会议记录不全")
	inspector.press("登记")
	inspector.sees(".states [aria-pressed=true]", "待定方案")
	route := "/ledgers/inspections_fixes/" + h.first(t, "inspections_fixes").Id

	branch := h.as(t, apptest.Branch, desk, "status of 400")
	branch.visit(route, "会议记录不全")
	branch.press("已定方案")
	branch.sees(".states .wrong", "“责任人”还没有填写，不能是“已定方案”。")
	branch.press("修改")
	branch.sees("h1", "修改")
	branch.choose("责任人", "赵支书")
	branch.fill("[name=measures]", "补齐缺的两次记录，每月核对。")
	branch.fill("[name=due]", "2026-06-30")
	branch.press("保存")
	branch.steps("已定方案", "整改中")
	branch.press("修改")
	branch.fill("[name=result]", "两次记录已经补齐。")
	branch.tick("真实性承诺")
	branch.press("保存")
	branch.steps("已提交")
	branch.press("已检查")
	branch.sees(".states .wrong", refused)
	branch.picture("fix-refused")

	inspector.sees(".states [aria-pressed=true]", "已提交") // came by itself
	inspector.steps("已检查")
	inspector.press("已复核")
	inspector.sees(".states .wrong", refused)
	reviewer := h.as(t, apptest.Deputy, desk, "status of 400")
	reviewer.visit(route, "会议记录不全")
	reviewer.steps("已复核")
	reviewer.press("已销号")
	reviewer.sees(".states .wrong", "“销号日期”还没有填写，不能是“已销号”。")
	reviewer.press("修改")
	reviewer.fill("[name=closed_on]", apptest.Today)
	reviewer.press("保存")
	reviewer.steps("已销号")
	branch.sees(".states [aria-pressed=true]", "已销号")
}

// tick presses the box of a form with that label.
func (p *tab) tick(label string) {
	p.t.Helper()
	p.waits(`Boolean(document.querySelector("main form"))`)
	eval[any](p, `[...document.querySelectorAll("label.check")].find(e => e.textContent.startsWith("`+label+`")).querySelector("input").click()`)
}
