package org_test

import (
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/org"
)

// Everybody signed in reads the tree; it is kept by those with "org" over the
// place.
func TestUnitsPolicy(t *testing.T) {
	t.Parallel()
	apptest.Policy{
		Collection: org.Units,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			return apptest.Make(t, app, org.Units, map[string]any{"code": "xz9", "name": "东风第九党小组", "kind": "group", "parent": "@zb1"})
		},
		Create: map[string]any{"code": "zb3", "name": "南门社区党支部", "kind": "branch", "parent": "@jd"},
		Update: map[string]any{"name": "东风第九党小组（改）"},
		Table: `
			who       list view create update delete
			guest     0    404  400    404    404
			outsider  8    200  400    404    404
			member    8    200  400    404    404
			branch2   8    200  400    404    404
			branch1   8    200  400    404    404
			inspector 8    200  400    404    404
			deputy    8    200  400    404    404
			clerk     8    200  200    200    204
			secretary 8    200  200    200    204
			keeper    8    200  200    200    204`,
	}.Test(t)
}

// Roles are read by everybody signed in and kept by the system keeper.
func TestRolesPolicy(t *testing.T) {
	t.Parallel()
	apptest.Policy{
		Collection: org.Roles,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			return apptest.Role(t, app, "union_chair")
		},
		Create: map[string]any{"key": "auditor", "name": "审计员", "powers": []string{"plan"}},
		Update: map[string]any{"powers": []string{"org"}},
		Table: `
			who       list view create update delete
			guest     0    404  403    403    403
			outsider  18  200  403    403    403
			member    18  200  403    403    403
			branch1   18  200  403    403    403
			inspector 18  200  403    403    403
			clerk     18  200  403    403    403
			secretary 18  200  403    403    403
			keeper    18  200  200    200    204`,
	}.Test(t)
}

// A person reads their own posts, officers with "org" or "people" those in
// reach; "org" writes.
func TestPostsPolicy(t *testing.T) {
	t.Parallel()
	apptest.Policy{
		Collection: org.Posts,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			return apptest.Make(t, app, org.Posts, map[string]any{"person": "#member", "org": "@zb1", "role": "$branch_member", "since": "2099-01-01"})
		},
		Create: map[string]any{"person": "#member", "org": "@xz1", "role": "$group_leader", "since": "2026-07-01"},
		Update: map[string]any{"document": "清工委〔2026〕3号"},
		Table: `
			who       list view create update delete
			guest     0    404  400    404    404
			outsider  0    404  400    404    404
			member    1    200  400    404    404
			branch2   1    404  400    404    404
			branch1   2    200  400    404    404
			inspector 1    404  400    404    404
			deputy    7    200  400    404    404
			clerk     7    200  200    200    204
			secretary 7    200  200    200    204
			keeper    7    200  200    200    204`,
	}.Test(t)
}

// A contact is seen by the person and by officers with "org" or "plan" over
// the branch; "org" writes.
func TestContactsPolicy(t *testing.T) {
	t.Parallel()
	apptest.Policy{
		Collection: org.Contacts,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			apptest.Make(t, app, org.Contacts, map[string]any{"person": "#outsider", "org": "@wzb", "since": "2026-01-01"})
			return apptest.Make(t, app, org.Contacts, map[string]any{"person": "#deputy", "org": "@zb1", "since": "2026-01-01"})
		},
		Create: map[string]any{"person": "#deputy", "org": "@zb2", "since": "2026-01-01"},
		Update: map[string]any{"note": "每季度到支部一次"},
		Table: `
			who       list view create update delete
			guest     0    404  400    404    404
			outsider  1    404  400    404    404
			member    0    404  400    404    404
			branch2   0    404  400    404    404
			branch1   1    200  400    404    404
			inspector 1    200  400    404    404
			deputy    1    200  400    404    404
			clerk     1    200  200    200    204
			secretary 1    200  200    200    204
			keeper    2    200  200    200    204`,
	}.Test(t)
}
