package study

import (
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/notify"
)

func remindPlans(app core.App, day time.Time) {
	n, err := RemindPlans(kit.As(app, kit.Job("study_remind_plans")), day)
	app.Logger().Info("Reminded of study plans", "messages", n, "error", err)
}

// RemindPlans tells each member of a committee without a personal plan on
// record, once in February and once when it is late (domain.md 14.4).
func RemindPlans(app core.App, day time.Time) (sent int, err error) {
	title, due := PlanDue(day)
	if !due {
		return 0, nil
	}
	var people []string
	err = app.DB().NewQuery(`SELECT DISTINCT o.person FROM org_posts o JOIN org_roles r ON r.id = o.role AND r.key = 'committee_member'
		JOIN people p ON p.id = o.person AND p.state = 'active'
		WHERE o.since <= {:today} AND (o.until = '' OR o.until > {:today}) AND NOT EXISTS (SELECT 1 FROM study_plans s
			WHERE s.person = o.person AND s.scope = 'personal' AND s.year = {:year} AND s.state IN ('filed', 'executing', 'assessed')) ORDER BY 1`).
		Bind(dbx.Params{"today": day.Format(time.DateOnly), "year": day.Year()}).Column(&people)
	if err != nil {
		return 0, err
	}
	return notify.Remind(app, notify.Message{
		Kind: notify.Duty, Link: "#/ledgers/" + Plans, Title: title,
		Body: fmt.Sprintf("请在 %d年2月底前提交个人学习计划，写明时间、内容、要求和考核，由他人审查备案。", day.Year()),
	}.To(people...))
}
