package plan

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"yaodian/hooks/kit"
	"yaodian/hooks/notify"
	"yaodian/hooks/org"
)

// maxFeed bounds how many duties a calendar holds.
const maxFeed = 500

// feedDuties puts what a person still has to do into their calendar: their own
// duties, and those of an organization in which they hold a post that submits.
func feedDuties(app core.App, person, from, to string) ([]notify.Entry, error) {
	today := kit.Today(app)
	posts := dbx.NewExp(`person = '' AND org IN (SELECT org FROM org_posts WHERE person = {:person} AND since <= {:today} AND (until = '' OR until > {:today}))`,
		dbx.Params{"person": person, "today": today})
	var rows []struct {
		ID      string         `db:"id"`
		Title   string         `db:"title"`
		Due     string         `db:"due"`
		Updated types.DateTime `db:"updated"`
	}
	err := app.DB().Select("id", "title", "due", "updated").From(Duties).
		Where(dbx.Or(dbx.HashExp{"person": person}, dbx.And(posts, org.InReach("org_path", person, "plan.submit", today)))).
		AndWhere(dbx.NewExp("due >= {:from} AND due <= {:to}", dbx.Params{"from": from, "to": to})).
		AndWhere(dbx.In("state", "upcoming", "open", "overdue", "returned")).OrderBy("due", "id").Limit(maxFeed).All(&rows)
	entries := make([]notify.Entry, len(rows))
	for i, r := range rows {
		entries[i] = notify.Entry{ID: Duties + "-" + r.ID, Title: "到期：" + r.Title, Day: r.Due, Link: "#/duties/" + r.ID, Changed: r.Updated.Time()}
	}
	return entries, err
}
