// Package tell writes to the officers who have to do with dues, once each.
package tell

import (
	"context"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/notify"
	"yaodian/hooks/org"
)

// Officers are the active people who hold a power by a post at exactly an
// organization today, for every organization at once.
func Officers(app core.App, power string) (map[string][]string, error) {
	return org.Officers(app, power, kit.Today(app))
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
