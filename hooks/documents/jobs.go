package documents

import (
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/calendar"
	"yaodian/hooks/kit"
	"yaodian/hooks/notify"
)

func remind(app core.App, now time.Time) {
	n, err := Remind(kit.As(app, kit.Job("documents_remind")), now.Format(time.DateOnly))
	app.Logger().Info("Reminded of documents", "messages", n, "error", err)
}

// waiting is a receipt, a conveyance or an answer that somebody owes.
type waiting struct {
	ID     string `db:"id"`
	Person string `db:"person"`
	Title  string `db:"title"`
	Due    string `db:"due"`
}

// owed are the three of them, and how many days ahead each is told (14.1). Where
// nobody is named, whoever works for the unit signs.
var owed = []struct {
	what, collection, query string
	ahead                   int
}{
	{"签收", Receipts, `SELECT DISTINCT r.id, CASE r.person WHEN '' THEN o.person ELSE r.person END AS person, d.title, r.due FROM documents_receipts r JOIN documents d ON d.id = r.document
		LEFT JOIN org_posts o ON r.person = '' AND o.org = r.org AND o.since <= {:today} AND (o.until = '' OR o.until > {:today})
			AND EXISTS (SELECT 1 FROM org_roles l, json_each(l.powers) w WHERE l.id = o.role AND w.value = 'plan.submit')
		WHERE r.state = 'waiting' AND r.due <= {:soon} ORDER BY r.due, r.id`, 2},
	{"传达", Directives, `SELECT id, person, title, convey_due AS due FROM documents_directives
		WHERE parent = '' AND state != 'closed' AND conveyed_on = '' AND convey_due <= {:soon} ORDER BY due, id`, 2},
	{"反馈", Directives, `SELECT id, person, title, due FROM documents_directives
		WHERE parent != '' AND state = 'registered' AND due != '' AND due <= {:soon} ORDER BY due, id`, 7},
}

// Remind tells each what they owe once before it is due and once when it is late.
func Remind(app core.App, today string) (sent int, err error) {
	day, err := calendar.Parse(today)
	if err != nil {
		return 0, err
	}
	var list []notify.Message
	for _, o := range owed {
		var rows []waiting
		err := app.DB().NewQuery(o.query).Bind(dbx.Params{"today": today, "soon": (day + calendar.Date(o.ahead)).String()}).All(&rows)
		if err != nil {
			return 0, err
		}
		for _, w := range rows {
			list = append(list, w.message(o.what, o.collection, today))
		}
	}
	return notify.Remind(app, list)
}

func (w waiting) message(what, collection, today string) notify.Message {
	title := "请在" + kit.Day(w.Due, today) + "前" + what
	if w.Due < today {
		title = what + "已经逾期（" + kit.Day(w.Due, today) + "）"
	}
	return notify.Message{
		Person: w.Person, Kind: notify.Duty, Link: "#/ledgers/" + collection + "/" + w.ID,
		Title: kit.Clip(title+"：《"+notify.Mask(w.Title)+"》", 200), Body: "请点开办理。",
	}
}
