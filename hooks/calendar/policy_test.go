package calendar_test

import (
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
)

// Everybody signed in reads the working calendar; the system keeper writes it.
func TestDaysPolicy(t *testing.T) {
	t.Parallel()
	apptest.Policy{
		Collection: "calendar_days",
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			return apptest.Create(t, app, "calendar_days", map[string]any{"date": "2026-09-26", "kind": "workday", "name": "调休"})
		},
		Create: map[string]any{"date": "2026-09-28", "kind": "holiday", "name": "测试"},
		Update: map[string]any{"name": "国庆节调休"},
		Table: `
			who       list view create update delete
			guest     0    404  403    403    403
			outsider  1    200  403    403    403
			member    1    200  403    403    403
			branch1   1    200  403    403    403
			inspector 1    200  403    403    403
			clerk     1    200  403    403    403
			secretary 1    200  403    403    403
			keeper    1    200  200    200    204`,
	}.Test(t)
}

// The same holds for the festival nodes.
func TestNodesPolicy(t *testing.T) {
	t.Parallel()
	apptest.Policy{
		Collection: "calendar_nodes",
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			return apptest.First(t, app, "calendar_nodes", "name", "中秋")
		},
		Create: map[string]any{"name": "重阳", "kind": "lunar", "month": 9, "day": 9, "before": 7},
		Update: map[string]any{"note": "严禁公款送礼。"},
		Table: `
			who       list view create update delete
			guest     0    404  403    403    403
			outsider  8    200  403    403    403
			member    8    200  403    403    403
			branch1   8    200  403    403    403
			inspector 8    200  403    403    403
			clerk     8    200  403    403    403
			secretary 8    200  403    403    403
			keeper    8    200  200    200    204`,
	}.Test(t)
}
