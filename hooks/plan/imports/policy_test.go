package imports_test

import (
	"testing"

	"yaodian/hooks/apptest"
	"yaodian/hooks/plan/imports"
	"yaodian/hooks/plan/plantest"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"
)

// theImport is the one import that there is.
func theImport(t testing.TB, app *tests.TestApp) *core.Record {
	return apptest.Only(t, app, imports.Imports)
}

// An import is for those who edit and those who confirm. It is made by the
// workbench's route, and deleted by the keeper.
func TestImportPolicy(t *testing.T) {
	t.Parallel()
	apptest.Policy{
		Collection: imports.Imports, App: plantest.WithDraft, Record: theImport,
		Create: map[string]any{"org": "@jd", "text": "2026年工作要点\n一、学习\n1.集中学习。每季度一次。"},
		Update: map[string]any{"since": "2026-02-01"},
		Table: `
			who       list view create update delete
			guest     0    404  403    404    403
			outsider  0    404  403    404    403
			member    0    404  403    404    403
			branch2   0    404  403    404    403
			branch1   0    404  403    404    403
			inspector 0    404  403    404    403
			deputy    1    200  403    404    403
			clerk     1    200  403    200    403
			secretary 1    200  403    200    403
			keeper    1    200  200    200    204`,
	}.Test(t)
}

// What was handed in is sent back by who edits or confirms, and by nobody else.
func TestSendBackPolicy(t *testing.T) {
	t.Parallel()
	apptest.Policy{
		Collection: imports.Imports, App: plantest.WithImport, Record: theImport,
		Update: map[string]any{"state": "draft"},
		Table: `
			who       view update
			guest     404  404
			outsider  404  404
			member    404  404
			branch1   404  404
			inspector 404  404
			deputy    200  200
			clerk     200  200
			secretary 200  200
			keeper    200  200`,
	}.Test(t)
}

// An import is told to those who work on it.
func TestImportsOverRealtime(t *testing.T) {
	t.Parallel()
	s := apptest.Serve(t, plantest.WithImport(t))
	pages := map[string]*apptest.Listener{}
	for _, who := range []string{apptest.Guest, apptest.Outsider, apptest.Member, apptest.Branch, apptest.Inspector, apptest.Deputy, apptest.Clerk} {
		pages[who], _ = s.Listen(t, who, "plan_imports/*")
	}
	if err := apptest.Save(s.App, apptest.Only(t, s.App, imports.Imports), map[string]any{"state": "draft"}); err != nil {
		t.Fatal(err)
	}
	for who, page := range pages {
		page.Hear(t, map[string]int{apptest.Deputy: 1, apptest.Clerk: 1}[who])
	}
}
