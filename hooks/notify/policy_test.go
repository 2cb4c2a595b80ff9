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

// Officers who keep the tree see the channels of their reach, without the
// addresses, and switch them on and off; the system keeper enters them.
func TestChannelsPolicy(t *testing.T) {
	t.Parallel()
	channel := map[string]any{"name": "工作群", "kind": "wecom", "org": "@jd", "url": weComURL, "kinds": []string{"duty"}, "active": true}
	apptest.Policy{
		Collection: notify.Channels,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			robot(t, app, notify.Feishu, "wd", nil)
			return apptest.Make(t, app, notify.Channels, channel)
		},
		Create: channel,
		Update: map[string]any{"active": false},
		Table: `
			who       list view create update delete
			guest     0    404  403    404    403
			outsider  0    404  403    404    403
			member    0    404  403    404    403
			branch2   0    404  403    404    403
			branch1   0    404  403    404    403
			inspector 0    404  403    404    403
			deputy    0    404  403    404    403
			clerk     1    200  403    200    403
			secretary 1    200  403    200    403
			keeper    2    200  200    200    204`,
	}.Test(t)
}

// What a person chooses is theirs alone, from the system keeper apart.
func TestChoicesPolicy(t *testing.T) {
	t.Parallel()
	apptest.Policy{
		Collection: notify.Choices,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			apptest.Make(t, app, notify.Choices, map[string]any{"person": "#outsider"})
			return apptest.Make(t, app, notify.Choices, map[string]any{"person": "#branch1"})
		},
		Create: map[string]any{"person": "#member", "mail_off": []string{"plan"}},
		Update: map[string]any{"digest": true},
		Table: `
			who       list view create update delete
			guest     0    404  400    404    403
			outsider  1    404  400    404    403
			member    0    404  200    404    403
			branch2   0    404  400    404    403
			branch1   1    200  400    200    403
			clerk     0    404  400    404    403
			secretary 0    404  400    404    403
			keeper    2    200  200    200    204`,
	}.Test(t)
}

// What became of a message is seen by its person and by officers who keep the
// tree above them. Nobody writes it, the system keeper neither.
func TestDeliveriesPolicy(t *testing.T) {
	t.Parallel()
	apptest.Policy{
		Collection: notify.Deliveries,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			tell(t, app, apptest.Outsider, notify.Duty, "给外人的")
			tell(t, app, apptest.Member, notify.Duty, "题")
			return apptest.First(t, app, notify.Deliveries, "person", apptest.Person(t, app, apptest.Member).Id)
		},
		Create: map[string]any{"person": "#member", "org": "@zb1", "via": "mail", "state": "sent", "message": "nosuchmessage00"},
		Update: map[string]any{"state": "sent"},
		Table: `
			who       list view create update delete
			guest     0    404  403    403    403
			outsider  1    404  403    403    403
			member    1    200  403    403    403
			branch2   0    404  403    403    403
			branch1   0    404  403    403    403
			inspector 0    404  403    403    403
			clerk     1    200  403    403    403
			secretary 1    200  403    403    403
			keeper    2    200  400    403    403`,
	}.Test(t)
}

// Calendar links are seen by their person and made by the routes; the system
// keeper may throw one away.
func TestFeedsPolicy(t *testing.T) {
	t.Parallel()
	apptest.Policy{
		Collection: notify.Feeds,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			apptest.Make(t, app, notify.Feeds, map[string]any{"person": "#outsider", "token_hash": "1"})
			return apptest.Make(t, app, notify.Feeds, map[string]any{"person": "#member", "token_hash": "2"})
		},
		Create: map[string]any{"person": "#member", "token_hash": "3"},
		Update: map[string]any{"revoked": ""},
		Table: `
			who       list view create update delete
			guest     0    404  403    403    403
			outsider  1    404  403    403    403
			member    1    200  403    403    403
			branch1   0    404  403    403    403
			clerk     0    404  403    403    403
			secretary 0    404  403    403    403
			keeper    2    200  403    403    204`,
	}.Test(t)
}
