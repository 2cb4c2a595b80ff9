package e2e

import (
	"testing"

	"github.com/chromedp/chromedp"

	"yaodian/hooks/apptest"
)

// TestTransfer is a transfer from the phone to the roster, each step by whom it
// belongs to. What the member has typed survives a reload.
func TestTransfer(t *testing.T) {
	t.Parallel()
	h := open(t)
	apptest.Make(t, h.app, "org_posts", map[string]any{"person": "#" + apptest.Deputy, "role": "$organizer", "org": "@jd", "since": "2026-01-01"})
	zb2 := apptest.Unit(t, h.app, "zb2")

	member := h.as(t, apptest.Member, phone)
	member.visit("/transfers", "组织关系转接")
	member.press("申请转接")
	member.sees("h1", "申请转接")
	member.fill("[name=to_org]", zb2.Id)
	member.fill("[name=reason]", "residence")
	member.fill("[name=note]", "搬到西苑社区居住。")
	member.do(chromedp.Reload())
	member.waits(`document.querySelector("[name=note]")?.value === "搬到西苑社区居住。" && document.querySelector("[name=to_org]").value === "` + zb2.Id + `"`)
	member.fits("transfer")
	member.picture("transfer-apply")
	member.press("提交申请")
	member.sees(".deadline .badge", "已申请")

	approve := func(number string) {
		p := h.as(t, number, desk)
		p.visit("/approvals", "审批")
		p.do(chromedp.Click(chromedp.Search(`//a[contains(., "孙党员的组织关系")]`)))
		p.press("同意")
		p.sees(".lead", "没有等您审批的申请")
	}
	approve(apptest.Branch)
	member.sees(".deadline .badge", "支部已同意") // came by itself
	approve(apptest.Deputy)

	clerk := h.as(t, apptest.Clerk, desk)
	clerk.visit("/transfers", "组织关系转接")
	clerk.sees(".lead", "待开介绍信 1 件")
	clerk.do(chromedp.Click(chromedp.CSS("a.row-link")))
	clerk.press("开介绍信")
	clerk.fill("dialog [name=paid_to]", "2026-06")
	clerk.press("开信")
	clerk.sees(".deadline .badge", "在途")
	clerk.press("打印介绍信")
	clerk.sees(".letter", "请转接组织关系")
	clerk.picture("transfer-letter")
	if pages := eval[float64](clerk, `document.querySelectorAll(".part").length`); pages != 3 {
		t.Errorf("a letter of %v parts", pages)
	}

	neighbour := h.as(t, apptest.Neighbour, phone)
	neighbour.visit("/people", "党员名册")
	neighbour.waits(`!document.body.textContent.includes("孙党员")`)
	neighbour.visit("/approvals", "审批")
	neighbour.do(chromedp.Click(chromedp.Search(`//a[contains(., "孙党员的组织关系")]`)))
	neighbour.sees(".facts", "〔2026〕1号")
	neighbour.sees(".facts", "2026-06")
	neighbour.fits("receive")
	neighbour.picture("transfer-receive")
	neighbour.press("同意")
	neighbour.sees(".lead", "没有等您审批的申请")
	neighbour.visit("/people", "党员名册")
	neighbour.sees("main", "孙党员")
	member.sees(".deadline .badge", "已回执")
}
