package study

import (
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/notify"
)

func remind(app core.App, day time.Time) {
	n, err := Remind(kit.As(app, kit.Job("study_remind")), day)
	app.Logger().Info("Reminded of study", "messages", n, "error", err)
}

// Hours is how many tenths of an hour a person has studied in a year.
func Hours(app core.App, person string, year int) (tenths int, err error) {
	err = app.DB().NewQuery(`SELECT coalesce(sum(tenths), 0) FROM study_records
		WHERE person = {:person} AND studied_on BETWEEN {:first} AND {:last}`).
		Bind(dbx.Params{"person": person, "first": fmt.Sprintf("%d-01-01", year), "last": fmt.Sprintf("%d-12-31", year)}).Row(&tenths)
	return tenths, err
}

// Remind tells each member who is short of hours, and nobody else (R-ORG-09).
func Remind(app core.App, day time.Time) (sent int, err error) {
	year, asked := Short(day)
	if asked == 0 {
		return 0, nil
	}
	var short []struct {
		Person string `db:"id"`
		Tenths int    `db:"total"`
	}
	err = app.DB().NewQuery(`SELECT p.id, coalesce(sum(r.tenths), 0) AS total FROM people p
		LEFT JOIN study_records r ON r.person = p.id AND r.studied_on BETWEEN {:first} AND {:last}
		WHERE p.state = 'active' AND p.kind = 'member'
		GROUP BY p.id HAVING total < {:asked} ORDER BY p.id`).
		Bind(dbx.Params{"first": fmt.Sprintf("%d-01-01", year), "last": fmt.Sprintf("%d-12-31", year), "asked": asked}).All(&short)
	if err != nil {
		return 0, err
	}
	list := make([]notify.Message, len(short))
	for i, s := range short {
		list[i] = notify.Message{
			Person: s.Person, Kind: notify.Duty, Link: "#/ledgers/study_records", Title: fmt.Sprintf("%d年学时还不到 %d 学时", year, asked/10),
			Body: fmt.Sprintf("已登记 %d.%d 学时。党员每年参加集中学习培训一般不少于 32 学时；已经学习的请支部补登。", s.Tenths/10, s.Tenths%10),
		}
	}
	return notify.Remind(app, list)
}
