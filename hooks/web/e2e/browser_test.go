package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"yaodian/hooks/apptest"
)

// size is a window: the phone in the largest type, or a clerk's screen.
type size struct {
	width, height int64
	name          string
}

var (
	phone = size{390, 844, "elder"}
	desk  = size{1440, 900, "standard"}
)

// tab is one person's page.
type tab struct {
	t    *testing.T
	ctx  context.Context
	url  string
	size size
}

// tab opens a page on which nobody is signed in. Refusals that the test asks
// for are the only errors that may stand in its console.
func (h *house) tab(t *testing.T, s size, refusals ...string) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(h.browser, chromedp.WithNewBrowserContext())
	console := chromedp.Console(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for m, err := range console {
			if err != nil {
				return
			}
			if (m.IsException() || m.Type == chromedp.ConsoleError) && !expected(m.Text+" "+m.URL, refusals) {
				t.Errorf("console: %s %s", m, m.URL)
			}
		}
	}()
	t.Cleanup(func() { _ = chromedp.Cancel(ctx); cancel(); <-done })
	options := []chromedp.EmulateViewportOption{}
	if s == phone {
		options = append(options, chromedp.EmulateMobile, chromedp.EmulateTouch)
	}
	p := &tab{t: t, ctx: ctx, url: h.url + "/?size=" + s.name, size: s}
	p.do(chromedp.EmulateViewport(s.width, s.height, options...))
	return p
}

func expected(text string, refusals []string) bool {
	for _, r := range refusals {
		if strings.Contains(text, r) {
			return true
		}
	}
	return false
}

// as opens a page on which somebody is signed in already.
func (h *house) as(t *testing.T, number string, s size, refusals ...string) *tab {
	t.Helper()
	person := apptest.Person(t, h.app, number)
	token, err := person.NewAuthToken()
	if err != nil {
		t.Fatal(err)
	}
	session, err := json.Marshal(map[string]any{"token": token, "record": map[string]any{"id": person.Id, "collectionName": "people"}})
	if err != nil {
		t.Fatal(err)
	}
	p := h.tab(t, s, append(refusals, "/favicon.ico")...)
	p.do(chromedp.Navigate(h.url + "/vendor/licences/htm@3.1.1.txt")) // of the same origin, and loads nothing
	eval[any](p, fmt.Sprintf(`localStorage.setItem("pocketbase_auth", %q)`, session))
	return p
}

func (p *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		p.t.Fatalf("%v, on a page with: %s", err, p.text())
	}
}

// text is the beginning of what the page says, for the message of a failure.
func (p *tab) text() string {
	said, _ := chromedp.Run(p.ctx, chromedp.Evaluate[string](`(document.querySelector("dialog[open]") ?? document.body).innerText.slice(0, 800)`))
	return said
}

func eval[T any](p *tab, script string) T {
	p.t.Helper()
	v, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	if err != nil {
		p.t.Fatalf("%s: %v", script[:min(len(script), 200)], err)
	}
	return v
}

// sees waits until an element of that kind contains the text.
func (p *tab) sees(selector, text string) {
	p.t.Helper()
	p.waits(fmt.Sprintf(`[...document.querySelectorAll(%q)].some(e => e.textContent.includes(%q))`, selector, text))
}

func (p *tab) waits(condition string) {
	p.t.Helper()
	deadline := time.Now().Add(patience)
	for {
		_, err := chromedp.Run(p.ctx, chromedp.Poll[bool](condition, chromedp.WithPollingInterval(30*time.Millisecond), chromedp.WithPollingTimeout(patience)))
		if err == nil {
			return
		}
		anew := strings.Contains(err.Error(), "context with specified id") || strings.Contains(err.Error(), "target navigated") // the page was loaded meanwhile
		if !anew || time.Now().After(deadline) {
			p.t.Fatalf("never came: %s: %v, on a page with: %s", condition, err, p.text())
		}
	}
}

// visit goes to a route and waits for its heading.
func (p *tab) visit(route, heading string) {
	p.t.Helper()
	if eval[string](p, `location.pathname`) != "/" {
		p.do(chromedp.Navigate(p.url + "#" + route))
	} else {
		eval[any](p, fmt.Sprintf(`location.hash = %q`, "#"+route))
	}
	p.waits(fmt.Sprintf(`document.querySelector("main h1")?.textContent.includes(%q) && document.querySelector("main").ariaBusy === "false"`, heading))
}

// press clicks on the visible button or link that says exactly that: of a
// dialog, where one is open.
func (p *tab) press(word string) {
	p.t.Helper()
	find := fmt.Sprintf(`[...(document.querySelector("dialog[open]") ?? document).querySelectorAll("button, a, summary")].find(e => e.offsetParent && !e.disabled && e.innerText.trim() === %q)`, word)
	p.waits("Boolean(" + find + ")")
	p.do(chromedp.Click(chromedp.JSPath(find)))
}

// agree presses a button of the dialog that opens.
func (p *tab) agree(word string) {
	p.t.Helper()
	p.waits(`document.querySelector("dialog[open]") !== null`)
	p.press(word)
}

// fill puts a value into a field as if it had been typed or chosen.
func (p *tab) fill(selector, value string) {
	p.t.Helper()
	p.waits(fmt.Sprintf(`Boolean(document.querySelector(%q))`, selector))
	eval[any](p, fmt.Sprintf(`{ const e = document.querySelector(%q); e.focus(); e.value = %q;
		e.dispatchEvent(new Event("input", { bubbles: true })); e.dispatchEvent(new Event("change", { bubbles: true })); null }`, selector, value))
}

// keys presses keys where the focus is.
func (p *tab) keys(keys string) {
	p.t.Helper()
	p.do(chromedp.KeyEvent(keys))
}

// signIn goes through the front door.
func (p *tab) signIn(number, password string) {
	p.t.Helper()
	p.visit("/login", "登录")
	p.fill(`[name=identity]`, number)
	p.fill(`[name=password]`, password)
	p.keys("\r")
}

// fits fails the test where something is wider than the window.
func (p *tab) fits(where string) {
	p.t.Helper()
	wide := eval[[]string](p, `[...document.querySelectorAll("body *")].filter(e => !e.closest(".sr, .skip, dialog:not([open])") && e.getBoundingClientRect().right > innerWidth + 1)
		.map(e => e.outerHTML.slice(0, 100)).slice(0, 3)`)
	if len(wide) > 0 {
		p.t.Errorf("%s: wider than the phone in the largest size: %q", where, wide)
	}
}

// picture keeps a screenshot where YAODIAN_SCREENSHOTS says.
func (p *tab) picture(name string) {
	p.t.Helper()
	dir := os.Getenv("YAODIAN_SCREENSHOTS")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(dir+"/"+name+".png", png, 0o644); err != nil {
		p.t.Fatal(err)
	}
}
