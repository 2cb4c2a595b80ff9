package inspections_test

import (
	"maps"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/inspections"
)

// world has issued points, a pool of three, and a round at zb1 whose team of
// the inspector (leader) and the deputy is at work. Both hold inspections.edit.
var world = apptest.Prepared(func(t testing.TB, app core.App) {
	points := apptest.Make(t, app, "documents", map[string]any{
		"title": "巡察工作要点", "action": "draft", "year": 2026, "state": "issued", "number": "清工委〔2026〕5号", "issued_on": "2026-03-02", "org": "@jd",
	})
	apptest.Make(t, app, "org_posts", map[string]any{"person": "#deputy", "role": "$inspector", "org": "@jd", "since": "2026-01-01"})
	for _, who := range []string{"#inspector", "#deputy", "#clerk", "#branch1"} {
		apptest.Make(t, app, inspections.Pool, map[string]any{"person": who, "leader": who == "#inspector", "since": "2026-01-01", "org": "@jd"})
	}
	first := apptest.Make(t, app, inspections.Rounds, map[string]any{
		"title": "第一轮", "kind": "regular", "begins": "2026-06-01", "points": points.Id, "targets": []string{apptest.Unit(t, app, "zb1").Id}, "org": "@jd",
	})
	for who, role := range map[string]string{"#inspector": "leader", "#deputy": "member"} {
		join(t, app, first.Id, who, role)
	}
	if err := apptest.Save(app, first, map[string]any{"state": "working", "authority_basis": "县委授权", "authority_number": "授权〔2026〕1号"}); err != nil {
		t.Fatal(err)
	}
	apptest.Make(t, app, inspections.Rounds, map[string]any{
		"title": "第二轮", "kind": "regular", "begins": "2026-07-01", "points": points.Id, "targets": []string{apptest.Unit(t, app, "zb2").Id}, "org": "@jd",
	})
})

func join(t testing.TB, app core.App, round, who, role string) *core.Record {
	t.Helper()
	return apptest.Make(t, app, inspections.Teams, map[string]any{
		"inspection": round, "person": who, "role": role, "recusal": "none", "recusal_on": "2026-05-20",
	})
}

func round(t testing.TB, app core.App, title string) *core.Record {
	t.Helper()
	return apptest.First(t, app, inspections.Rounds, "title", title)
}

// paper makes a paper about zb1 in the first round.
func paper(t testing.TB, app core.App, number string, more map[string]any) *core.Record {
	t.Helper()
	data := map[string]any{"inspection": round(t, app, "第一轮").Id, "target": "@zb1", "number": number, "title": "会议记录", "facts": "缺两次"}
	maps.Copy(data, more)
	return apptest.Make(t, app, inspections.Papers, data)
}

// finding makes a finding that rests on a reviewed paper.
func finding(t testing.TB, app core.App, number, state string) *core.Record {
	t.Helper()
	p := paper(t, app, "底稿"+number, map[string]any{"state": "reviewed", "checked_by": "#inspector", "reviewed_by": "#deputy"})
	return apptest.Make(t, app, inspections.Findings, map[string]any{
		"inspection": p.GetString("inspection"), "paper": p.Id, "target": "@zb1", "number": number, "title": "会议记录不全", "class": "building", "state": state,
	})
}

func fix(t testing.TB, app core.App, state string) *core.Record {
	t.Helper()
	return apptest.Make(t, app, inspections.Fixes, map[string]any{"finding": finding(t, app, "1", "reported").Id, "state": state})
}

// ids turns the names of a body into what a client sends.
func ids(t testing.TB, app *tests.TestApp, data map[string]any) map[string]any {
	t.Helper()
	return apptest.Named(t, app, data)
}
