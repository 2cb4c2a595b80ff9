package e2e

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"yaodian/hooks/apptest"
)

// visits is a collection as an administrator adds it: fields with Chinese help
// and a rule, no code. People see what names them, the documents' clerk all.
func visits(t *testing.T, app core.App) *core.Collection {
	t.Helper()
	to := func(name string) string {
		c, err := app.FindCollectionByNameOrId(name)
		if err != nil {
			t.Fatal(err)
		}
		return c.Id
	}
	rule := `person = @request.auth.id || under(org.path, @request.auth.id, "documents.edit") = true`
	c := core.NewBaseCollection("visits")
	c.ListRule, c.ViewRule, c.UpdateRule, c.CreateRule = &rule, &rule, &rule, types.Pointer(`@request.auth.id != ""`)
	c.Fields.Add(
		&core.TextField{Name: "title", Required: true, Presentable: true, Help: "走访主题。"},
		&core.RelationField{Name: "org", CollectionId: to("org_units"), Required: true, MaxSelect: 1, Help: "组织。"},
		&core.RelationField{Name: "person", CollectionId: to("people"), MaxSelect: 1, Help: "走访人。"},
		&core.TextField{Name: "held", Required: true, Pattern: `^20\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$`, Help: "走访日期。"},
		&core.NumberField{Name: "cost", OnlyInt: true, Help: "慰问金（分）。"},
		&core.SelectField{Name: "state", Required: true, MaxSelect: 1, Values: []string{"planned", "done"}, Help: "进度：planned 计划中，done 已完成。"},
	)
	if err := app.Save(c); err != nil {
		t.Fatal(err)
	}
	return c
}

// TestLedgerWithoutCode: what an administrator adds appears on an open page with
// a list, a board, a month and a form that work; the rule decides who sees what.
func TestLedgerWithoutCode(t *testing.T) {
	t.Parallel()
	h := open(t)
	clerk := h.as(t, apptest.Clerk, desk)
	clerk.visit("/ledgers", "台账")
	clerk.sees(".link", "已连接")
	visits(t, h.app)
	clerk.sees(".row-title", "visits") // came by itself
	app := h.app
	apptest.Create(t, app, "ledgers_views", map[string]any{"collection": "visits", "title": "走访台账", "columns": "title org person held cost state"})
	clerk.sees(".row-title", "走访台账")

	clerk.visit("/ledgers/visits/new", "登记走访台账")
	clerk.press("登记")
	clerk.sees(".wrong", "请填写走访主题") // at its field, nothing was sent
	clerk.fill("[name=title]", "看望老党员")
	clerk.fill("[name=held]", "2026-06-09")
	clerk.fill("[name=cost]", "1,200.50")
	clerk.choose("走访人", "孙党员")
	clerk.press("登记")
	clerk.sees("h1", "看望老党员")
	clerk.sees("dd", "1,200.50")
	clerk.sees("dd a", "孙党员")
	if visit := h.first(t, "visits"); visit.GetInt("cost") != 120_050 || visit.GetString("held") != "2026-06-09" {
		t.Errorf("stored %d fen on %s", visit.GetInt("cost"), visit.GetString("held"))
	}

	clerk.visit("/ledgers/visits", "走访台账")
	clerk.sees("td", "1,200.50")
	clerk.do(chromedp.Click(chromedp.CSS("tbody .pick input")))
	clerk.press("批量修改")
	clerk.fill("#bulk-value", "done")
	clerk.press("修改")
	clerk.sees("dialog [role=status]", "改好 1 条")
	clerk.press("关闭")
	clerk.visit("/ledgers/visits?view=board", "走访台账")
	clerk.sees("[aria-label=已完成]", "看望老党员")
	clerk.fill(".board-card select", "planned")
	clerk.sees("[aria-label=计划中]", "看望老党员")
	clerk.visit("/ledgers/visits?view=month&month=2026-06", "走访台账")
	clerk.sees(".day-entry", "看望老党员")
	clerk.visit("/ledgers/visits?view=heat&year=2026", "走访台账")
	clerk.sees(".heat [data-heat]", "1")

	id := h.first(t, "visits").Id
	clerk.visit("/ledgers/visits/"+id+"/edit", "修改")
	clerk.fill("[name=cost]", "80")
	clerk.press("保存")
	clerk.sees("dd", "80.00")
	ownOnly(t, h, id)
}

// ownOnly: the member who is named sees the visit and no other one, live; a
// member who isn't named finds nothing.
func ownOnly(t *testing.T, h *house, id string) {
	t.Helper()
	app := h.app
	member := h.as(t, apptest.Member, phone)
	member.visit("/more", "更多")
	member.press("台账")
	member.sees(".row-title", "走访台账")
	member.visit("/ledgers/visits", "走访台账")
	member.sees(".row-link", "看望老党员")
	member.sees(".link", "已连接")
	org := apptest.Unit(t, app, "zb1").Id
	add := func(title, who string) {
		apptest.Create(t, app, "visits", map[string]any{"title": title, "org": org, "held": "2026-06-10", "state": "planned", "person": apptest.Person(t, app, who).Id})
	}
	add("别人的走访", apptest.Branch)
	add("我的第二次走访", apptest.Member)
	member.sees(".row-link", "我的第二次走访") // came by itself
	if eval[bool](member, `document.body.innerText.includes("别人的走访")`) {
		t.Error("a member sees a visit that doesn't name them")
	}
	member.fits("ledger list")
	member.visit("/ledgers/visits/"+id, "看望老党员")
	member.fits("ledger record")
	member.visit("/ledgers/visits/new", "登记")
	member.fits("ledger form")
	member.visit("/ledgers/visits?view=board", "走访台账")
	member.sees(".board-card", "看望老党员")
	member.fits("ledger board")
}

// choose types into the box of a relation and takes the first that is found.
func (p *tab) choose(label, name string) {
	p.t.Helper()
	box := fmt.Sprintf(`[...document.querySelectorAll("label")].find(e => e.textContent.startsWith(%q)).control`, label)
	p.waits("Boolean(" + box + ")")
	eval[any](p, fmt.Sprintf(`{ const e = %s; e.focus(); e.value = %q; e.dispatchEvent(new Event("input", { bubbles: true })); null }`, box, name))
	p.sees(".found li", name)
	p.keys("\r")
	p.sees(".chips li", name)
}
