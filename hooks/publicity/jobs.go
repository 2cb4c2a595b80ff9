package publicity

import (
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/notify"
)

func remind(app core.App, day time.Time) {
	n, err := Remind(kit.As(app, kit.Job("publicity_remind")), day)
	app.Logger().Info("Reminded of notices that are over", "messages", n, "error", err)
}

// Remind tells who has put up a notice that it is over and waits for its
// result, once.
func Remind(app core.App, day time.Time) (sent int, err error) {
	var rows []struct {
		ID     string `db:"id"`
		Person string `db:"published_by"`
		Title  string `db:"title"`
		Ends   string `db:"ends"`
	}
	err = app.DB().Select("id", "published_by", "title", "ends").From(Notices).
		Where(dbx.NewExp("state = 'published' AND ends < {:today}", dbx.Params{"today": day.Format(time.DateOnly)})).OrderBy("ends", "id").All(&rows)
	if err != nil {
		return 0, err
	}
	list := make([]notify.Message, len(rows))
	for i, r := range rows {
		list[i] = notify.Message{
			Person: r.Person, Kind: notify.Duty, Link: "#/ledgers/" + Notices + "/" + r.ID,
			Title: notify.Mask(r.Title) + "已期满（" + r.Ends + "）", Body: "请核对有没有异议，填写结果，结束公示。",
		}
	}
	return notify.Remind(app, list)
}
