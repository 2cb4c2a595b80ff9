package e2e

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"yaodian/hooks/apptest"
)

// focus puts the focus on the button that says so, as Tab would in the end.
func (p *tab) focus(word string) {
	p.t.Helper()
	find := `[...document.querySelectorAll("button, a")].find(e => e.offsetParent && e.innerText.trim() === "` + word + `")`
	p.waits("Boolean(" + find + ")")
	eval[any](p, find+`.focus()`)
}

const (
	inDialog = `document.activeElement.closest("dialog[open]") !== null`
	closed   = `document.querySelector("dialog[open]") === null`
)

func (p *tab) focused(word string) {
	p.t.Helper()
	p.waits(`document.activeElement.innerText?.trim() === "` + word + `"`)
}

// TestKeyboard enters somebody, gives them a post and walks the roster without
// a mouse: a dialog holds the focus, Esc closes it, and the focus goes back.
func TestKeyboard(t *testing.T) {
	t.Parallel()
	h := open(t)
	p := h.as(t, apptest.Clerk, desk, "status of 400")
	p.visit("/people", "党员名册")
	p.focus("登记人员")
	p.keys("\r")
	p.waits(inDialog)
	for range 30 { // all the way round
		p.keys("\t")
		if !eval[bool](p, inDialog+` || document.activeElement === document.body`) {
			t.Fatal("Tab leaves the dialog")
		}
	}
	p.keys(kb.Escape)
	p.waits(closed)
	p.focused("登记人员")

	p.keys("\r")
	p.do(chromedp.SendKeys(chromedp.CSS("dialog [name=name]"), "周新"))
	p.fill("dialog [name=org]", apptest.Unit(t, h.app, "zb1").Id)
	p.fill("dialog [name=number]", apptest.Member) // taken
	p.keys("\r")
	p.sees("dialog .wrong", "请") // said at the field, in Chinese
	p.waits(`document.activeElement.name === "number"`)
	p.fill("dialog [name=number]", "70001")
	p.keys("\r")
	p.waits(closed)
	p.sees(".panel h2", "周新")
	p.keys(kb.Escape)
	p.waits(`document.querySelector(".panel") === null`)

	// Not p.keys: that sends the character as an event of its own, which would be typed into the box.
	eval[any](p, `document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "/", bubbles: true, cancelable: true }))`)
	p.waits(`document.activeElement.type === "search"`)
	p.keys("70001")
	p.waits(`document.activeElement.value === "70001"`)
	p.sees(".lead", "共 1 人")
	eval[any](p, `document.querySelector(".table-scroll").focus()`)
	p.keys(kb.ArrowDown + "\r")
	p.sees(".panel h2", "周新")
}

// TestDraftSurvives: what was typed is there after a reload, and gone after a
// sign-out.
func TestDraftSurvives(t *testing.T) {
	t.Parallel()
	h := open(t)
	r := furnish(t, h.app)
	if err := apptest.Save(h.app, apptest.First(t, h.app, "plan_duties", "id", r.duty), map[string]any{"state": "open"}); err != nil {
		t.Fatal(err)
	}
	p := h.as(t, apptest.Branch, phone)
	p.visit("/duties/"+r.duty, "党课")
	p.do(chromedp.SendKeys(chromedp.CSS("[name=text]"), "写了一半"))
	p.do(chromedp.Reload())
	p.sees(".submit-form .hint", "已经恢复")
	p.waits(`document.querySelector("[name=text]").value === "写了一半"`)
	p.visit("/me", "我的")
	p.press("退出登录")
	p.agree("退出登录")
	p.sees("h1", "登录")
	if left := eval[int](p, `Object.keys(localStorage).filter(k => k.startsWith("draft:")).length`); left > 0 {
		t.Errorf("%d drafts stay on a shared computer", left)
	}
}

// TestCutOff: a change that is made while the stream is cut is seen all the same.
func TestCutOff(t *testing.T) {
	t.Parallel()
	h := open(t)
	r := furnish(t, h.app)
	p := h.as(t, apptest.Clerk, desk, "net::ERR_")
	p.visit("/documents", "文件台账")
	p.sees(".link", "已连接")
	h.server.CloseClientConnections()
	if err := apptest.Save(h.app, apptest.First(t, h.app, "documents", "id", r.document), map[string]any{"title": "换了名字的规则"}); err != nil {
		t.Fatal(err)
	}
	p.sees("tbody th", "换了名字的规则")
	p.sees(".link", "已连接")
}
