package e2e

import (
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
		{"/plan", "党建工作要点"}, {"/plan/items/" + r.item + "?duty=" + r.duty, "开展党课"}, {"/plan/timeline", "时间轴"},
		{"/plan/imports", "导入工作要点"}, {"/plan/imports/" + r.draft, "讨论稿"}, {"/plan/imports/" + r.plan, "党建工作要点"},
		{"/people", "党员名册"}, {"/people?person=" + r.member, "党员名册"}, {"/people/" + r.member, "赵支书"},
		{"/org", "组织"}, {"/org?unit=" + r.unit, "组织"}, {"/documents", "文件台账"}, {"/documents/" + r.document, "学习规则"},
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
	p.accessible(v.route, "light")
	if p.size == phone {
		p.fits(v.route)
	} else {
		p.accessible(v.route, "dark")
	}
	p.picture(p.size.name + strings.NewReplacer("/", "_", "?", "_").Replace(v.route))
}

// accessible asks axe, the rules for contrast alone in the second theme: the
// others don't look at colours.
func (p *tab) accessible(where, theme string) {
	p.t.Helper()
	only := "{}"
	if theme == "dark" {
		only = `{ runOnly: ["color-contrast"] }`
	}
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
	for _, v := range (rooms{plan: ":id", item: ":id", duty: ":id", document: ":id", draft: ":id", member: ":id", unit: ":id"}).views() {
		path, _, _ := strings.Cut(v.route, "?")
		known[path] = true
	}
	for line := range strings.Lines(table) {
		if f := strings.Split(line, `"`); len(f) > 1 && !known[f[1]] {
			t.Errorf("%s is in js/app.js and in no test", f[1])
		}
	}
}
