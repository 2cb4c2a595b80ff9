package exchange_test

import (
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/exchange"
)

// Who asked for an import sees it, nobody else; the application alone writes.
func TestImportsPolicy(t *testing.T) {
	t.Parallel()
	made := map[string]any{"person": "#clerk", "collection": "people", "title": "党员名册", "state": "ready", "org": "@djb"}
	apptest.Policy{
		Collection: exchange.Imports,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			return apptest.Make(t, app, exchange.Imports, made)
		},
		Create: made,
		Update: map[string]any{"state": "done"},
		Table: `
			who       list view create update delete
			guest     0    404  403    403    403
			outsider  0    404  403    403    403
			member    0    404  403    403    403
			branch2   0    404  403    403    403
			branch1   0    404  403    403    403
			inspector 0    404  403    403    403
			deputy    0    404  403    403    403
			secretary 0    404  403    403    403
			clerk     1    200  403    403    403
			keeper    1    200  403    403    403`,
	}.Test(t)
}

func TestExportsPolicy(t *testing.T) {
	t.Parallel()
	made := map[string]any{"person": "#branch1", "collection": "people", "title": "党员名册", "state": "done", "format": "xlsx", "org": "@zb1"}
	apptest.Policy{
		Collection: exchange.Exports,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			return apptest.Make(t, app, exchange.Exports, made)
		},
		Create: made,
		Update: map[string]any{"rows": 0},
		Table: `
			who       list view create update delete
			guest     0    404  403    403    403
			outsider  0    404  403    403    403
			member    0    404  403    403    403
			branch2   0    404  403    403    403
			branch1   1    200  403    403    403
			inspector 0    404  403    403    403
			deputy    0    404  403    403    403
			secretary 0    404  403    403    403
			clerk     0    404  403    403    403
			keeper    1    200  403    403    403`,
	}.Test(t)
}
