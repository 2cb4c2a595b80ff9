package elections

import (
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/calendar"
	"yaodian/hooks/kit"
	"yaodian/hooks/notify"
	"yaodian/hooks/org"
)

func remind(app core.App, day time.Time) {
	n, err := Remind(kit.As(app, kit.Job("elections_remind")), day)
	app.Logger().Info("Reminded of reports on elections", "messages", n, "error", err)
}

// Remind tells who keeps the elections of a unit that one month after an
// election its report is missing, once (domain.md 4.2).
func Remind(app core.App, day time.Time) (sent int, err error) {
	var rows []struct {
		ID    string `db:"id"`
		Org   string `db:"org"`
		Title string `db:"title"`
	}
	since := calendar.Of(day).AddMonths(-1).String()
	err = app.DB().Select("id", "org", "title").From(Elections).
		Where(dbx.NewExp("state IN ('counted', 'verified', 'confirmed') AND held_on <= {:since} AND reported_on = ''", dbx.Params{"since": since})).OrderBy("held_on", "id").All(&rows)
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	officers, err := org.Officers(app, day.Format(time.DateOnly), "elections.edit")
	if err != nil {
		return 0, err
	}
	var list []notify.Message
	for _, r := range rows {
		list = append(list, notify.Message{
			Kind: notify.Duty, Link: "#/ledgers/" + Elections + "/" + r.ID,
			Title: notify.Mask(r.Title) + "还没有报告", Body: "换届后一个月内向党工委报告换届情况，并归档。",
		}.To(officers[r.Org]...)...)
	}
	return notify.Remind(app, list)
}
