package inspections

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/notify"
	"yaodian/hooks/org"
)

func remind(app core.App, day time.Time) {
	n, err := Remind(kit.As(app, kit.Job("inspections_remind")), day)
	app.Logger().Info("Reminded of fixes", "messages", n, "error", err)
}

// Remind tells the units what they owe of their fixes, those above what is long
// overdue, and who inspects when a talk is suggested; once each (R-INSP-07,
// R-INSP-08).
func Remind(app core.App, day time.Time) (sent int, err error) {
	today := day.Format(time.DateOnly)
	var rows []struct {
		Work
		Round string `db:"title"`
		Name  string `db:"name"`
		Unit  string `db:"unit"`
		Org   string `db:"org"`
		Path  string `db:"org_path"`
	}
	err = app.DB().NewQuery(`SELECT r.title, r.feedback_on, r.org, r.org_path, u.name, u.id AS unit, count(*) AS n,
		sum(coalesce(x.state, 'open') = 'open') AS unplanned, sum(coalesce(x.state, 'open') IN ('open', 'planned', 'doing', 'returned', 'reopened', 'faked')) AS unhanded,
		sum(coalesce(x.state, '') = 'closed') AS closed, coalesce(min(CASE WHEN x.state != 'closed' AND x.due != '' THEN x.due END), '') AS due
		FROM inspections r JOIN inspections_findings f ON f.inspection = r.id AND f.state = 'reported'
		JOIN org_units u ON u.id = f.target LEFT JOIN inspections_fixes x ON x.finding = f.id
		WHERE r.state = 'feedback' GROUP BY r.id, u.id ORDER BY r.feedback_on, u.path`).All(&rows)
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	local, err := readTerms(app)
	if err != nil {
		return 0, err
	}
	units, err := org.Officers(app, today, "plan.submit")
	if err != nil {
		return 0, err
	}
	keepers, err := org.Officers(app, today, edit)
	if err != nil {
		return 0, err
	}
	var list []notify.Message
	for _, r := range rows {
		terms := local.At(r.Path)
		about := func(title, body string) notify.Message {
			return notify.Message{Kind: notify.Duty, Link: "#/ledgers/" + Fixes, Title: notify.Mask(r.Round + "：" + r.Name + title), Body: body}
		}
		title, body, urgency := r.Late(terms, today)
		if urgency >= Unit {
			list = append(list, about(title, body).To(units[r.Unit]...)...)
		}
		if urgency == Above {
			list = append(list, about(title, body).To(keepers[r.Org]...)...)
		}
		if why, suggested := r.Talk(terms, today); suggested {
			list = append(list, about("整改约谈建议", why+"是否约谈由党工委研究决定。").To(keepers[r.Org]...)...)
		}
	}
	return notify.Remind(app, list)
}
