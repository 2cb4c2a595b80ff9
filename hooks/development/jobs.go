package development

import (
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/notify"
	"yaodian/hooks/org"
)

func remind(app core.App, day time.Time) {
	n, err := Remind(kit.As(app, kit.Job("development_remind")), day)
	app.Logger().Info("Reminded of cases", "messages", n, "error", err)
}

// Remind tells the officers of a branch what is due in its cases, once each;
// who is on probation hears a month before it ends (R-DEV-12).
func Remind(app core.App, day time.Time) (sent int, err error) {
	today := day.Format(time.DateOnly)
	var rows []struct {
		Progress
		Org    string `db:"org"`
		Person string `db:"person"`
		Name   string `db:"name"`
		ID     string `db:"id"`
	}
	latest := func(step int) string {
		return fmt.Sprintf("coalesce((SELECT max(s.done_on) FROM development_steps s WHERE s.dossier = c.id AND s.state = 'done' AND s.step = %d), '')", step)
	}
	err = app.DB().NewQuery(`SELECT c.id, c.org, c.person, p.name, c.step, c.applied_on, c.activist_on, c.passed_on, c.extended,
		` + latest(Observe) + ` AS observed, ` + latest(Preview) + ` AS previewed, ` + latest(Assembly2) + ` AS passed2, ` + latest(Approval2) + ` AS approved2
		FROM development_cases c JOIN people p ON p.id = c.person WHERE c.state = 'open' ORDER BY c.org_path, c.id`).Bind(dbx.Params{}).All(&rows)
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	officers, err := org.Officers(app, "development.edit", today)
	if err != nil {
		return 0, err
	}
	var list []notify.Message
	for _, r := range rows {
		due, ok := r.Due(today)
		if !ok {
			continue
		}
		people := officers[r.Org]
		if due.Self {
			people = append([]string{r.Person}, people...)
		}
		for _, person := range people {
			list = append(list, notify.Message{
				Person: person, Kind: notify.Duty, Link: "#/ledgers/" + Cases + "/" + r.ID, Title: r.Name + due.Title, Body: "期限 " + due.On + "。" + due.Body,
			})
		}
	}
	return notify.Remind(app, list)
}
