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
// who is on probation hears a month before it ends (R-DEV-12). They are also
// told where a declaration about relatives lacks, or says yes (R-DEV-16).
func Remind(app core.App, day time.Time) (sent int, err error) {
	today := day.Format(time.DateOnly)
	var rows []struct {
		Progress
		Kin
		Org    string `db:"org"`
		Person string `db:"person"`
		Name   string `db:"name"`
		ID     string `db:"id"`
	}
	latest := func(step int) string {
		return fmt.Sprintf("coalesce((SELECT max(s.done_on) FROM development_steps s WHERE s.dossier = c.id AND s.state = 'done' AND s.step = %d), '')", step)
	}
	err = app.DB().NewQuery(`SELECT c.id, c.org, c.person, p.name, c.step, c.applied_on, c.activist_on, c.passed_on, c.extended, c.kin_talk, c.kin_contacts, c.kin_review, c.kin_above,
		` + latest(Observe) + ` AS observed, ` + latest(Preview) + ` AS previewed, ` + latest(Assembly2) + ` AS passed2, ` + latest(Approval2) + ` AS approved2
		FROM development_cases c JOIN people p ON p.id = c.person WHERE c.state = 'open' ORDER BY c.org_path, c.id`).Bind(dbx.Params{}).All(&rows)
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	officers, err := org.Officers(app, today, "development.edit")
	if err != nil {
		return 0, err
	}
	var list []notify.Message
	for _, r := range rows {
		link := "#/ledgers/" + Cases + "/" + r.ID
		if due, ok := r.Due(today); ok {
			people := officers[r.Org]
			if due.Self {
				people = append([]string{r.Person}, people...)
			}
			list = append(list, about(link, r.Name+due.Title, "期限 "+due.On+"。"+due.Body).To(people...)...)
		}
		missing, kin := r.Asked(r.Step)
		if missing != "" {
			list = append(list, about(link, r.Name+"的回避声明待补："+missing, "请核实是不是本人的亲属，在档案里如实选择。").To(officers[r.Org]...)...)
		}
		if kin != "" {
			list = append(list, about(link, r.Name+"的亲属应当回避："+kin, "请换人办理；确实不能换的，档案里要写明原因。").To(officers[r.Org]...)...)
		}
	}
	return notify.Remind(app, list)
}

func about(link, title, body string) notify.Message {
	return notify.Message{Kind: notify.Duty, Link: link, Title: title, Body: body}
}
