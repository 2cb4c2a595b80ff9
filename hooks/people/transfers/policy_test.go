package transfers_test

import (
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/people/transfers"
)

// Before the letter is issued only the old side knows; officers of the branch
// read, who keeps the roster enters, nobody deletes.
func TestTransfersPolicy(t *testing.T) {
	t.Parallel()
	apptest.Policy{
		Collection: transfers.Transfers,
		App:        organized,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			data := apptest.Named(t, app, near)
			data["by"] = data["person"]
			return apptest.Create(t, app, transfers.Transfers, data)
		},
		Create: map[string]any{"person": "#branch2", "org": "@zb2", "to_org": "@zb1", "reason": "org"},
		Update: map[string]any{"note": "随迁"},
		Table: `
			who        list view create update delete
			guest      0    404  400    404    403
			outsider   0    404  400    404    403
			wsecretary 0    404  400    404    403
			member     1    200  400    400    403
			branch1    1    200  400    404    403
			branch2    0    404  200    404    403
			inspector  0    404  400    404    403
			deputy     1    200  200    400    403
			clerk      1    200  200    400    403
			keeper     1    200  200    400    403`,
	}.Test(t)
}

// From the day on which it is issued the side that it is addressed to reads it.
func TestLettersPolicy(t *testing.T) {
	t.Parallel()
	apptest.Policy{
		Collection: transfers.Transfers,
		App:        organized,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			data := apptest.Named(t, app, near)
			data["by"] = data["person"]
			return sign(t, app, apptest.Create(t, app, transfers.Transfers, data))
		},
		Create: map[string]any{"person": "#inspector", "org": "@djb", "to_org": "@zb1", "reason": "org"},
		Update: map[string]any{"note": "随迁"},
		Table: `
			who        list view create update delete
			guest      0    404  400    404    403
			outsider   0    404  400    404    403
			wsecretary 0    404  400    404    403
			member     1    200  400    404    403
			branch1    1    200  400    404    403
			branch2    1    200  400    404    403
			inspector  0    404  200    404    403
			deputy     1    200  200    400    403
			clerk      1    200  200    400    403
			keeper     1    200  200    400    403`,
	}.Test(t)
}
