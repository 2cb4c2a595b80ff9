package terms

import (
	"slices"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/calendar"
	"yaodian/hooks/kit"
	"yaodian/hooks/notify"
	"yaodian/hooks/org"
)

func remind(app core.App, day time.Time) {
	n, err := Remind(kit.As(app, kit.Job("org_terms_remind")), day)
	app.Logger().Info("Reminded of terms that end", "messages", n, "error", err)
}

// Remind tells who keeps the elections of a unit, and from the end on also of
// the one above, how near the end of its term is; once for each stage
// (R-TERM-01). A day may be repeated or missed.
func Remind(app core.App, day time.Time) (sent int, err error) {
	today := day.Format(time.DateOnly)
	var rows []struct {
		ID       string `db:"id"`
		Title    string `db:"title"`
		Ends     string `db:"ends"`
		Org      string `db:"org"`
		Parent   string `db:"parent"`
		Extended string `db:"extended"`
	}
	first := calendar.Of(day).AddMonths(stages[0].Months) + 1
	err = app.DB().NewQuery(`SELECT t.id, t.title, t.ends, t.extended, t.org, u.parent FROM org_terms t JOIN org_units u ON u.id = t.org
		WHERE t.state = 'current' AND t.ends <= {:first} ORDER BY t.ends, t.org_path`).Bind(dbx.Params{"first": first.String()}).All(&rows)
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	officers, err := org.Officers(app, today, "elections.edit")
	if err != nil {
		return 0, err
	}
	var list []notify.Message
	for _, r := range rows {
		ends := max(r.Ends, r.Extended)
		stage, due := StageOn(ends, today)
		if !due {
			continue
		}
		people := officers[r.Org]
		if stage.Months == 6 || stage.Months == 0 {
			people = slices.Concat(people, officers[r.Parent])
		}
		list = append(list, notify.Message{
			Kind: notify.Duty, Link: "#/ledgers/" + Terms + "/" + r.ID,
			Title: notify.Mask(r.Title) + stage.Title, Body: "届满日期 " + ends + "。" + stage.Body,
		}.To(people...)...)
	}
	return notify.Remind(app, list)
}
