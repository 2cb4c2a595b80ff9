// Package tell writes to the officers who have to do with dues, once each.
package tell

import (
	"context"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/notify"
)

// Officers are the active people who hold a power by a post at exactly an
// organization today, for every organization at once.
func Officers(app core.App, power string) (map[string][]string, error) {
	var rows []struct {
		Org    string `db:"org"`
		Person string `db:"person"`
	}
	err := app.DB().NewQuery(`SELECT DISTINCT o.org, o.person FROM org_posts o JOIN org_roles r ON r.id = o.role JOIN people p ON p.id = o.person
		WHERE p.state = 'active' AND o.since <= {:day} AND (o.until = '' OR o.until > {:day})
		AND EXISTS (SELECT 1 FROM json_each(r.powers) WHERE value = {:power}) ORDER BY 1, 2`).
		Bind(dbx.Params{"day": kit.Today(app), "power": power}).All(&rows)
	out := map[string][]string{}
	for _, r := range rows {
		out[r.Org] = append(out[r.Org], r.Person)
	}
	return out, err
}

// Once sends a message unless its person has got one with the same link: a job
// may run every day and tell of a thing once. It returns how many it sent.
func Once(app core.App, ctx context.Context, m notify.Message, people ...string) (sent int, err error) {
	for _, p := range people {
		var n int
		err := app.DB().NewQuery("SELECT count(*) FROM notify_messages WHERE person = {:person} AND link = {:link}").
			Bind(dbx.Params{"person": p, "link": m.Link}).Row(&n)
		if err != nil {
			return sent, err
		}
		if n > 0 {
			continue
		}
		m.Person = p
		if err := notify.Send(app, ctx, m); err != nil {
			return sent, err
		}
		sent++
	}
	return sent, nil
}
