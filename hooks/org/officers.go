package org

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Officers are the active people who hold a power by a post at
// exactly an organization on a day, for every organization at once: whom a
// reminder about the organization goes to.
func Officers(app core.App, power, day string) (map[string][]string, error) {
	var rows []struct {
		Org    string `db:"org"`
		Person string `db:"person"`
	}
	err := app.DB().NewQuery(`SELECT DISTINCT o.org, o.person FROM org_posts o JOIN org_roles r ON r.id = o.role JOIN people p ON p.id = o.person
		WHERE p.state = 'active' AND o.since <= {:day} AND (o.until = '' OR o.until > {:day})
		AND EXISTS (SELECT 1 FROM json_each(r.powers) WHERE value = {:power}) ORDER BY 1, 2`).
		Bind(dbx.Params{"day": day, "power": power}).All(&rows)
	out := map[string][]string{}
	for _, r := range rows {
		out[r.Org] = append(out[r.Org], r.Person)
	}
	return out, err
}
