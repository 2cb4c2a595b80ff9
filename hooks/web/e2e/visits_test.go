package e2e

import (
	"testing"

	"github.com/chromedp/chromedp"

	"yaodian/hooks/apptest"
)

// TestVisit: a member who looks after a household enters a visit on the phone:
// finds the household by a few letters, is told at the field about a day that
// hasn't come, and sees the visit as a card.
func TestVisit(t *testing.T) {
	t.Parallel()
	h := open(t)
	for alias, who := range map[string]string{"东风3号户": "#member", "东风4号户": "#branch1"} {
		apptest.Make(t, h.app, "outreach_pairs", map[string]any{"person": who, "alias": alias, "brief": "两口人，需要就业信息", "since": "2026-01-05", "org": "@zb1"})
	}
	p := h.as(t, apptest.Member, phone, "status of 400")
	p.visit("/more", "更多")
	p.press("台账")
	p.sees(".row-title", "走访记录")
	p.fits("overview")
	p.do(chromedp.Click(chromedp.CSS(`a[href="#/ledgers/outreach_visits"]`)))
	p.sees(".empty", "还没有记录")
	p.press("登记")
	p.sees("h1", "登记走访记录")
	p.waits(`document.querySelector("[name=visited_on]").value === "` + apptest.Today + `"`)
	p.choose("帮扶对子", "3号")
	p.waits(`document.querySelector(".chips li").textContent.includes("东风3号户")`)
	p.fits("visit form")
	p.tick("政策宣传")
	p.tick("岗位推荐")
	p.fill("[name=visited_on]", "2026-06-11")
	p.fill("[name=note]", "想找离家近的保洁工作。")
	p.press("登记")
	p.sees(".wrong[id$=-visited_on-error]", "走访日期要在帮扶期间内，不能晚于今天。")
	p.waits(`document.activeElement.name === "visited_on"`)
	p.fits("refused visit")
	p.picture("visit-refused")
	p.fill("[name=visited_on]", "2026-06-08")
	p.press("登记")
	p.sees("dd", "政策宣传、岗位推荐")
	p.fits("visit")
	if visit := h.first(t, "outreach_visits"); visit.GetString("person") != apptest.Person(t, h.app, apptest.Member).Id || visit.GetString("week") != "2026-W24" {
		t.Errorf("stored for %q in %q", visit.GetString("person"), visit.GetString("week"))
	}

	p.visit("/ledgers/outreach_visits", "走访记录")
	p.sees("tbody th", "东风3号户")
	p.waits(`getComputedStyle(document.querySelector("tbody tr")).display !== "table-row"`) // a card
	p.fits("visits")
	p.picture("visits")
	p.do(chromedp.Click(chromedp.CSS(".row-link")))
	p.sees("main", "想找离家近的保洁工作。")
}
