package e2e

import (
	"testing"

	"github.com/chromedp/chromedp"

	"yaodian/hooks/apptest"
)

// transfer is what a page has moved over the wire, the headers included.
type transfer struct {
	Requests, All, Script, Foreign int
}

const measure = `(() => {
	const entries = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
	const sum = (list) => list.reduce((n, e) => n + e.transferSize, 0);
	return { Requests: entries.length, All: sum(entries), Script: sum(entries.filter(e => /\.m?js$/.test(e.name))), Foreign: entries.filter(e => !e.name.startsWith(location.origin)).length };
})()`

// TestBudgets: what a member's first page costs, cold and on the next visit
// (ui.md 4.6).
func TestBudgets(t *testing.T) {
	t.Parallel()
	h := open(t)
	furnish(t, h.app)
	p := h.as(t, apptest.Member, phone)
	p.visit("/", "孙党员")
	p.sees(".link", "已连接")
	cold := eval[transfer](p, measure)
	t.Logf("cold: %+v", cold)
	if cold.Requests > 25 || cold.Script > 60_000 || cold.All > 90_000 || cold.Foreign > 0 {
		t.Errorf("a member's first page, cold: %+v; at most 25 requests, 60,000 bytes of JavaScript, 90,000 in all, none from elsewhere", cold)
	}

	p.do(chromedp.Navigate("about:blank"))
	p.visit("/", "孙党员")
	again := eval[transfer](p, measure)
	t.Logf("again: %+v", again)
	if again.Script > 0 {
		t.Errorf("the next visit moves %d bytes of JavaScript", again.Script)
	}
}
