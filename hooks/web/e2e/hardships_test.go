package e2e

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"yaodian/hooks/apptest"
)

// TestHardship: without the person's own consent nothing is stored and nothing
// that was typed is lost; with it the file is there, for the union alone.
func TestHardship(t *testing.T) {
	t.Parallel()
	h := open(t)
	apptest.Make(t, h.app, "org_units", map[string]any{"code": "gh", "name": "清河街道工会", "kind": "union", "parent": "@jd"})
	apptest.Make(t, h.app, "org_posts", map[string]any{"person": "#deputy", "role": "$union_chair", "org": "@gh", "since": "2026-01-01"})
	for _, who := range []string{"#branch1", "#member"} { // both saw the same notice
		apptest.Make(t, h.app, "massorg_consents", map[string]any{"person": who, "scope": "hardship", "notice": "2026-01", "given_on": "2026-03-02", "org": "@gh"})
	}
	union := h.as(t, apptest.Deputy, desk, "status of 400")
	union.visit("/ledgers/massorg_hardships", "困难档案")
	union.press("登记")
	union.sees("h1", "登记困难档案")
	union.choose("职工", "孙党员")
	union.fill("[name=level]", "relative")
	union.fill("[name=members]", "3")
	union.fill("[name=income]", "48,000.00")
	union.pick("负责帮扶的工会", "清河街道工会")
	union.press("登记")
	union.sees(".wrong[id$=-consent-error]", "没有本人对这一项的单独同意")
	union.picture("hardship-refused")
	if n, err := h.app.CountRecords("massorg_hardships"); err != nil || n > 0 {
		t.Errorf("%d files are there without a consent, %v", n, err)
	}
	union.do(chromedp.Reload())
	union.sees(".hint", "已经恢复")
	union.sees(".chips li", "孙党员")
	union.waits(`document.querySelector("[name=income]").value === "" && document.querySelector("[name=level]").value === ""`) // figures of a household aren't left on the machine
	if kept := eval[string](union, `JSON.stringify({...localStorage, ...sessionStorage})`); strings.Contains(kept, "48,000") || strings.Contains(kept, "relative") {
		t.Errorf("the browser keeps %s", kept)
	}
	union.fill("[name=level]", "relative")
	union.fill("[name=members]", "3")
	union.fill("[name=income]", "48,000.00")

	union.choose("单独同意", "孙党员") // by whom it is, since both are called after the notice
	union.press("登记")
	union.sees("dd", "48,000.00")
	union.sees("dd", "相对困难")
	file := h.first(t, "massorg_hardships")
	if consent := apptest.First(t, h.app, "massorg_consents", "id", file.GetString("consent")); consent.GetString("person") != file.GetString("person") {
		t.Error("the consent is somebody else's")
	}

	for _, who := range []string{apptest.Outsider, apptest.Secretary} { // not even who leads the committee
		p := h.as(t, who, phone, "status of 404")
		p.visit("/ledgers/massorg_hardships", "困难档案")
		p.sees(".empty", "还没有记录")
		eval[any](p, `location.hash = "#/ledgers/massorg_hardships/`+file.Id+`"`)
		p.sees("main", "没有找到")
		p.waits(`!document.body.textContent.includes("48,000")`)
	}
}

// pick chooses from a list of a form by its words.
func (p *tab) pick(label, word string) {
	p.t.Helper()
	find := `[...document.querySelectorAll("label")].find(e => e.textContent.startsWith("` + label + `"))?.control`
	p.waits(`[...` + find + `?.options ?? []].some(o => o.text.includes("` + word + `"))`)
	eval[any](p, `{ const e = `+find+`; e.value = [...e.options].find(o => o.text.includes("`+word+`")).value; e.dispatchEvent(new Event("change", { bubbles: true })); null }`)
}
