package pledges

import (
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/notify"
)

func remind(app core.App, day time.Time) {
	n, err := Remind(kit.As(app, kit.Job("pledges_remind")), day)
	app.Logger().Info("Reminded of pledges", "messages", n, "error", err)
}

// Remind tells whoever has pledged what is due on a day: to sign, to report in
// mid-year, to report at the end; once each (domain.md 14.6).
func Remind(app core.App, day time.Time) (sent int, err error) {
	asked, due := Due(day)
	if !due {
		return 0, nil
	}
	var rows []struct {
		ID     string `db:"id"`
		Person string `db:"person"`
		Title  string `db:"title"`
	}
	query := app.DB().Select("p.id", "p.person", "p.title").From(Pledges + " p").Where(dbx.HashExp{"p.year": asked.Year})
	if asked.Term == "" {
		query.AndWhere(dbx.NewExp("p.state = 'draft' AND p.due <= {:by}", dbx.Params{"by": day.AddDate(0, 0, Before).Format(time.DateOnly)}))
	} else {
		query.AndWhere(dbx.NewExp(`p.state = 'signed' AND NOT EXISTS (SELECT 1 FROM pledges_reports r WHERE r.pledge = p.id AND r.term = {:term} AND r.state = 'handed')`,
			dbx.Params{"term": asked.Term}))
	}
	if err := query.OrderBy("p.org_path", "p.kind", "p.person").All(&rows); err != nil {
		return 0, err
	}
	list := make([]notify.Message, len(rows))
	for i, r := range rows {
		list[i] = notify.Message{
			Person: r.Person, Kind: notify.Duty, Link: "#/ledgers/" + Pledges + "/" + r.ID,
			Title: fmt.Sprintf("%s：%s", notify.Mask(r.Title), asked.Title), Body: asked.Body,
		}
	}
	return notify.Remind(app, list)
}
