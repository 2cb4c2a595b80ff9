package meetings

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/notify"
	"yaodian/hooks/org"
)

// chase asks after resolutions of filed meetings that aren't carried out yet:
// whoever answers for one, and those who keep the meetings when it is late or
// has nobody (R-TOP-06).
func chase(app core.App, day time.Time) ([]notify.Message, error) {
	today := day.Format(time.DateOnly)
	var errands []Errand
	err := app.DB().NewQuery(`SELECT r.id, r.text, r.responsible, r.due, r.org, m.held_on FROM meetings_resolutions r
		JOIN meetings m ON m.id = r.meeting AND m.state = 'filed'
		WHERE r.state IN ('decided', 'doing') ORDER BY r.org_path, r.due, r.id`).All(&errands)
	if err != nil || len(errands) == 0 {
		return nil, err
	}
	keepers, err := org.Officers(app, today, "meetings.edit")
	if err != nil {
		return nil, err
	}
	var list []notify.Message
	for _, d := range errands {
		what, more := d.Asked(today)
		if what == "" {
			continue
		}
		people := []string{d.Responsible}
		if more {
			people = append(people, keepers[d.Org]...)
		}
		list = append(list, notify.Message{
			Kind: notify.Duty, Link: "#/ledgers/" + Resolutions + "/" + d.ID,
			Title: what + "：" + notify.Mask(kit.Clip(d.Text, 30)), Body: "请登记责任人、期限和办理情况；办完的填写反馈并办结。",
		}.To(people...)...)
	}
	return list, nil
}
