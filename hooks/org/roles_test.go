package org_test

import (
	"testing"

	"yaodian/hooks/apptest"
	"yaodian/hooks/org"
)

// A post is held where its role says. One that is held already stays when the
// role is narrowed.
func TestPostsAreHeldWhereTheRoleSays(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	for _, c := range []struct{ role, org, want string }{
		{"branch_deputy", "xz1", "org_post_misplaced"}, {"branch_deputy", "jd", "org_post_misplaced"}, {"branch_deputy", "zb1", ""},
		{"group_leader", "zb1", "org_post_misplaced"}, {"group_leader", "xz1", ""},
		{"committee_member", "djb", "org_post_misplaced"}, {"inspector", "djb", ""}, {"inspector", "zb1", ""},
	} {
		_, err := apptest.Try(app, org.Posts, post(t, app, apptest.Member, c.role, c.org, "2026-01-01", ""))
		apptest.Refused(t, c.role+" at "+c.org, err, c.want)
	}
	held := postOf(t, app, apptest.Inspector)
	if err := apptest.Save(app, apptest.Role(t, app, "inspector"), map[string]any{"kinds": []string{"office"}}); err != nil {
		t.Fatal(err)
	}
	apptest.Refused(t, "ended later", apptest.Save(app, held, map[string]any{"until": "2026-12-31"}), "")
}
