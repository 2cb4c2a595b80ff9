package org

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// Officers are the active people who hold any of the powers by a post at
// exactly an organization on a day, for every organization at once: whom a
// reminder about the organization goes to.
func Officers(app core.App, day string, powers ...string) (map[string][]string, error) {
	var rows []struct {
		Org    string `db:"org"`
		Person string `db:"person"`
	}
	err := app.DB().NewQuery(`SELECT DISTINCT o.org, o.person FROM org_posts o JOIN org_roles r ON r.id = o.role JOIN people p ON p.id = o.person
		WHERE p.state = 'active' AND o.since <= {:day} AND (o.until = '' OR o.until > {:day})
		AND EXISTS (SELECT 1 FROM json_each(r.powers) WHERE value IN (SELECT value FROM json_each({:powers}))) ORDER BY 1, 2`).
		Bind(dbx.Params{"day": day, "powers": types.JSONArray[string](powers)}).All(&rows)
	out := map[string][]string{}
	for _, r := range rows {
		out[r.Org] = append(out[r.Org], r.Person)
	}
	return out, err
}
