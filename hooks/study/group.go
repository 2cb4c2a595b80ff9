package study

import (
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/meetings"
	"yaodian/hooks/notify"
)

func remindGroup(app core.App, day time.Time) {
	n, err := RemindGroup(kit.As(app, kit.Job("study_remind_group")), day)
	app.Logger().Info("Reminded of the centre group", "messages", n, "error", err)
}

// RemindGroup tells those who run the centre group of a committee that it
// hasn't met in a quarter, and who missed a session that it isn't made up for
// (domain.md 3.4, 14.4).
func RemindGroup(app core.App, day time.Time) (sent int, err error) {
	unmet, err := unmetGroups(app, day)
	if err != nil {
		return 0, err
	}
	missed, err := missedSessions(app, day)
	if err != nil {
		return 0, err
	}
	return notify.Remind(app, append(unmet, missed...))
}

// unmetGroups: the secretary leads the group, whoever keeps its plan of the year
// arranges it.
func unmetGroups(app core.App, day time.Time) ([]notify.Message, error) {
	quarter, over, due := meetings.QuarterDue(day)
	if !due {
		return nil, nil
	}
	var people []string
	err := app.DB().NewQuery(`WITH unmet AS (
			SELECT u.id FROM org_units u WHERE u.kind = 'committee' AND u.established <= {:first} AND (u.closed = '' OR u.closed > {:last})
			AND NOT EXISTS (SELECT 1 FROM meetings m WHERE m.org = u.id AND m.kind = 'center_group' AND m.held_on BETWEEN {:first} AND {:last}
				AND m.state IN ('held', 'recorded', 'filed'))
		)
		SELECT o.person FROM unmet u JOIN org_posts o ON o.org = u.id AND o.since <= {:today} AND (o.until = '' OR o.until > {:today})
			JOIN org_roles r ON r.id = o.role AND r.key = 'committee_secretary' JOIN people p ON p.id = o.person AND p.state = 'active'
		UNION SELECT s.person FROM unmet u JOIN study_plans s ON s.org = u.id AND s.scope = 'center_group' AND s.year = CAST({:first_year} AS INTEGER)
			JOIN people p ON p.id = s.person AND p.state = 'active' ORDER BY 1`).
		Bind(dbx.Params{"first": quarter.First, "last": quarter.Last, "today": day.Format(time.DateOnly), "first_year": quarter.First[:4]}).Column(&people)
	title, body := Unmet(quarter.Name, quarter.Last, over)
	return notify.Message{Kind: notify.Duty, Link: "#/ledgers/" + meetings.Meetings, Title: title, Body: body}.To(people...), err
}

// missedSessions are those of the last weeks that somebody missed and hasn't
// made up for; who arranges the group hears how many there are.
func missedSessions(app core.App, day time.Time) ([]notify.Message, error) {
	from, to := MakeUpDue(day)
	var rows []struct {
		Person string `db:"person"`
		HeldOn string `db:"held_on"`
		Keeper string `db:"keeper"`
		Unmade int    `db:"n"`
	}
	err := app.DB().NewQuery(`SELECT a.person, m.held_on, coalesce(s.person, '') AS keeper, count(*) OVER (PARTITION BY m.id) AS n FROM meetings m
		JOIN meetings_attendance a ON a.meeting = m.id AND a.status IN ('leave', 'absent') AND a.made_up_on = ''
		JOIN people p ON p.id = a.person AND p.state = 'active'
		LEFT JOIN study_plans s ON s.org = m.org AND s.scope = 'center_group' AND s.year = CAST(substr(m.held_on, 1, 4) AS INTEGER)
		WHERE m.kind = 'center_group' AND m.held_on BETWEEN {:from} AND {:to} AND m.state IN ('held', 'recorded', 'filed') ORDER BY m.held_on, m.id, a.person`).
		Bind(dbx.Params{"from": from, "to": to}).All(&rows)
	var list []notify.Message
	for _, r := range rows {
		on := kit.Day(r.HeldOn, "")
		list = append(list, notify.Message{
			Person: r.Person, Kind: notify.Duty, Link: "#/ledgers/" + meetings.Attendance, Title: on + "中心组学习还没有补课",
			Body: fmt.Sprintf("缺席的应在 %d 日内补课；已经补课的请登记补课日期。", MakeUpDays),
		})
		if r.Keeper != "" {
			list = append(list, notify.Message{
				Person: r.Keeper, Kind: notify.Duty, Link: "#/ledgers/" + meetings.Attendance, Title: on + "中心组学习有人没有补课",
				Body: fmt.Sprintf("还有 %d 人缺席超过 %d 日没有登记补课，请安排补课并登记日期。", r.Unmade, MakeUpDays),
			})
		}
	}
	return list, err
}
