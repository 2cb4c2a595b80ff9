package documents_test

import (
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/documents"
)

var planned = map[string]any{"title": "党员积分管理办法", "action": "draft", "year": 2026, "state": "planned", "org": "@zb1"}

// What isn't issued is read by officers with "documents" or "plan" in reach;
// "documents.edit" writes.
func TestPlannedPolicy(t *testing.T) {
	t.Parallel()
	apptest.Policy{
		Collection: documents.Documents,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			return apptest.Make(t, app, documents.Documents, planned)
		},
		Create: planned,
		Update: map[string]any{"due": "2026-09-30"},
		Table: `
			who       list view create update delete
			guest     0    404  400    404    404
			outsider  0    404  400    404    404
			member    0    404  400    404    404
			branch2   0    404  400    404    404
			branch1   1    200  400    404    404
			inspector 1    200  400    404    404
			deputy    1    200  400    404    404
			clerk     1    200  200    200    204
			secretary 1    200  200    200    204
			keeper    1    200  200    200    204`,
	}.Test(t)
}

// What is issued is read by everybody whose organization issued it or lies
// below, and deleted by nobody.
func TestIssuedPolicy(t *testing.T) {
	t.Parallel()
	apptest.Policy{
		Collection: documents.Documents,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			apptest.Make(t, app, documents.Documents, issued("@zb1"))
			return apptest.Make(t, app, documents.Documents, issued("@jd"))
		},
		Create: issued("@jd"),
		Update: map[string]any{"note": "已归档"},
		Table: `
			who       list view create update delete
			guest     0    404  400    404    404
			outsider  0    404  400    404    404
			member    2    200  400    404    404
			branch2   1    200  400    404    404
			branch1   2    200  400    404    404
			inspector 2    200  400    404    404
			deputy    2    200  400    404    404
			clerk     2    200  200    200    404
			secretary 2    200  200    200    404
			keeper    2    200  200    200    403`,
	}.Test(t)
}

func issued(org string) map[string]any {
	return map[string]any{
		"title": "党支部工作规范", "action": "draft", "year": 2026, "state": "issued", "org": org,
		"number": "清工委〔2026〕3号", "issued_on": "2026-03-02",
	}
}
