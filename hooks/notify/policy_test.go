package notify_test

import (
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/notify"
)

// Each person reads their own messages and marks them as read. Messages are
// written by the application alone; the system keeper may clear them away.
func TestMessagesPolicy(t *testing.T) {
	t.Parallel()
	apptest.Policy{
		Collection: notify.Messages,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			apptest.Make(t, app, notify.Messages, map[string]any{"person": "#outsider", "kind": "system", "title": "给别人的"})
			return apptest.Make(t, app, notify.Messages, map[string]any{"person": "#member", "kind": "duty", "title": "有一项新任务"})
		},
		Create: map[string]any{"person": "#member", "kind": "system", "title": "假通知"},
		Update: map[string]any{"read_at": "2026-06-10 02:00:00.000Z"},
		Table: `
			who       list view create update delete
			guest     0    404  403    404    403
			outsider  1    404  403    404    403
			member    1    200  403    200    403
			branch2   0    404  403    404    403
			branch1   0    404  403    404    403
			inspector 0    404  403    404    403
			clerk     0    404  403    404    403
			secretary 0    404  403    404    403
			keeper    2    200  403    200    204`,
	}.Test(t)
}
