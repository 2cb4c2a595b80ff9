package e2e

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/ui"

	"yaodian/hooks/apptest"
	"yaodian/hooks/console"
)

// editing is the admin UI with the controls for the schema.
func editing(app core.App) {
	console.Bind(app, true)
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		e.Router.GET("/_/{path...}", apis.Static(ui.DistDirFS, false)) // as apis.Serve does
		return e.Next()
	})
}

// keeper signs in to PocketBase's own admin UI.
func (h *house) keeper(t *testing.T) *tab {
	t.Helper()
	if err := h.app.ReloadSettings(); err != nil {
		t.Fatal(err)
	}
	apptest.Create(t, h.app, core.CollectionNameSuperusers, map[string]any{"email": "keeper@example.com", "password": "keeper-2026"})
	p := h.tab(t, desk)
	p.do(chromedp.Navigate(h.url+"/_/"),
		chromedp.SendKeys(chromedp.CSS("input[type=email]"), "keeper@example.com"),
		chromedp.SendKeys(chromedp.CSS("input[type=password]"), "keeper-2026"+kb.Enter))
	p.sees(".app-main-nav a", "数据表")
	return p
}

// tap presses the newest button of the admin UI with that word. Its panels slide
// in, so a press by place would miss.
func (p *tab) tap(word string) {
	p.t.Helper()
	find := fmt.Sprintf(`[...document.querySelectorAll("button")].findLast(e => !e.disabled && e.textContent.trim() === %q)`, word)
	p.waits("Boolean(" + find + ")")
	eval[any](p, find+".click()")
}

// addField adds a field of a type in the editor of a collection and names it;
// it returns what its other boxes are called by.
func (p *tab) addField(kind, name, help string) (prefix string) {
	p.t.Helper()
	const unnamed = `[document.activeElement].find(e => /^fields\.\d+\.name$/.test(e.name))` // the box that waits for a name
	p.tap("New field")
	p.waits(`document.querySelector(".field-types-dropdown:popover-open") !== null`)
	eval[any](p, fmt.Sprintf(`[...document.querySelectorAll(".field-types-dropdown:popover-open button")].find(e => e.textContent.trim() === %q).click()`, kind))
	p.waits("Boolean(" + unnamed + ")")
	prefix = eval[string](p, unnamed+`.name.replace(/name$/, "")`)
	p.fill(`[name="`+prefix+`name"]`, name)
	p.fill(`[name="`+prefix+`help"]`, help)
	return prefix
}

// openTo lets whoever is signed in do what a rule of the collection is about.
func (p *tab) openTo(rules ...string) {
	p.t.Helper()
	p.tap("API rules")
	for _, rule := range rules {
		box := fmt.Sprintf(`[name=%s] [contenteditable]`, rule)
		p.do(chromedp.Click(chromedp.CSS(fmt.Sprintf(`[name=%s] .unlock-overlay`, rule))))
		p.waits(fmt.Sprintf(`Boolean(document.querySelector(%q))`, box))
		eval[any](p, fmt.Sprintf(`{ document.querySelector(%q).focus(); document.execCommand("insertText", false, '@request.auth.id != ""'); null }`, box))
		p.sees(box, `@request.auth.id`)
	}
}

// TestAdministrator: in the admin UI a field is added to a ledger and a whole
// ledger to the application, while a clerk has both pages open.
func TestAdministrator(t *testing.T) {
	t.Parallel()
	h := open(t, editing)
	clerk, other := h.as(t, apptest.Clerk, desk), h.as(t, apptest.Clerk, phone)
	clerk.visit("/ledgers/outreach_projects", "实事项目")
	other.visit("/ledgers", "台账")
	clerk.sees(".link", "已连接")
	other.sees(".link", "已连接")

	keeper := h.keeper(t)
	keeper.do(chromedp.Navigate(h.url+"/_/#/collections?collection=outreach_projects"), chromedp.Click(chromedp.CSS(".btn-collection-settings")))
	field := keeper.addField("Select", "urgency", "紧急程度：high 特急，low 平常。")
	keeper.do(chromedp.Click(chromedp.CSS(`[name="` + field + `values"]`)))
	keeper.waits(`document.activeElement.tagName === "TEXTAREA"`) // the box hands the focus to its list
	keeper.keys("high" + kb.Enter + "low")
	keeper.waits(`document.querySelector('[name="` + field + `values"]').value === "high • low"`)
	keeper.tap("Save changes")
	keeper.waits(`![...document.querySelectorAll("button")].some(e => e.textContent.trim() === "Save changes")`)
	clerk.press("更多条件")
	clerk.sees(".filter", "紧急程度") // came by itself
	view := apptest.First(t, h.app, "ledgers_views", "collection", "outreach_projects")
	if err := apptest.Save(h.app, view, map[string]any{"columns": "title urgency state"}); err != nil {
		t.Fatal(err)
	}
	clerk.sees("main", "还没有记录")
	clerk.press("登记")
	clerk.sees("h1", "登记实事项目")
	clerk.fill("[name=title]", "楼道灯改造")
	clerk.sees("label", "紧急程度")
	clerk.fill("[name=urgency]", "high")
	clerk.press("登记")
	clerk.sees("h1", "楼道灯改造")
	clerk.visit("/ledgers/outreach_projects", "实事项目")
	clerk.sees("th", "紧急程度")
	clerk.sees("td", "特急")

	keeper.waits(`!document.querySelector(".btn.loading")`)
	keeper.tap("New collection")
	keeper.fill(`[name=name][placeholder="e.g. posts"]`, "branch_library")
	keeper.addField("Plain text", "title", "书名。")
	keeper.openTo("listRule", "viewRule", "createRule")
	keeper.picture("admin-rules")
	keeper.tap("Create")
	keeper.waits(`![...document.querySelectorAll("button")].some(e => e.textContent.trim() === "Create")`)
	other.sees(".row-title", "branch_library") // came by itself
	other.visit("/ledgers/branch_library", "branch_library")
	other.press("登记")
	other.sees("h1", "登记branch_library")
	other.fill("[name=title]", "党章学习手册")
	other.press("登记")
	other.sees("h1", "党章学习手册")
	other.fits("own ledger")
}
