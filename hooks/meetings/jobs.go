package meetings

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/notify"
	"yaodian/hooks/org"
)

func remind(app core.App, day time.Time) {
	n, err := Remind(kit.As(app, kit.Job("meetings_remind")), day)
	app.Logger().Info("Reminded of meetings", "messages", n, "error", err)
}

// Remind writes to who is responsible for what the calendar asks on a day. It
// looks at periods, so a day may be repeated or missed.
func Remind(app core.App, day time.Time) (sent int, err error) {
	err = app.RunInTransaction(func(tx core.App) error {
		var list []notify.Message
		for _, reminder := range []func(core.App, time.Time) ([]notify.Message, error){assemblies, monthly, lectures, idle, unheard, chase} {
			messages, err := reminder(tx, day)
			if err != nil {
				return err
			}
			list = append(list, messages...)
		}
		sent, err = notify.SendNew(tx, context.Background(), list)
		return err
	})
	return sent, err
}

// gap is a unit that lacks a kind of meeting, and who answers for it.
type gap struct {
	Person string `db:"person"`
	Name   string `db:"name"`
}

// lacking lists the units of the kinds without a meeting of a kind in a
// period, with the holder of role at the unit or at the one above.
func lacking(app core.App, p Period, meeting, role, today, kinds string) ([]gap, error) {
	var list []gap
	err := app.DB().NewQuery(`SELECT o.person, u.name FROM org_units u
		JOIN org_roles r ON r.key = {:role}
		JOIN org_posts o ON o.role = r.id AND (o.org = u.id OR o.org = u.parent) AND o.since <= {:today} AND (o.until = '' OR o.until > {:today})
		WHERE instr({:kinds}, u.kind) > 0 AND u.established <= {:first} AND (u.closed = '' OR u.closed > {:last})
		AND NOT EXISTS (SELECT 1 FROM meetings m WHERE m.org = u.id AND m.kind = {:meeting} AND m.held_on BETWEEN {:first} AND {:last}
			AND m.state IN ('held', 'recorded', 'filed'))
		ORDER BY u.path, o.person`).
		Bind(dbx.Params{"meeting": meeting, "role": role, "first": p.First, "last": p.Last, "today": today, "kinds": kinds}).All(&list)
	return list, err
}

func assemblies(app core.App, day time.Time) ([]notify.Message, error) {
	p, missed, ask := QuarterDue(day)
	if !ask {
		return nil, nil
	}
	gaps, err := lacking(app, p, "branch_assembly", "branch_secretary", day.Format(time.DateOnly), "branch retired")
	title, body := p.Name+"还没有召开支部党员大会", "支部党员大会一般每季度召开一次，请在 "+p.Last+" 前召开并登记。"
	if missed {
		title, body = p.Name+"缺支部党员大会", "上季度没有登记支部党员大会；已经召开的请补登，没有召开的请说明情况。"
	}
	return tell(gaps, title, body), err
}

// monthly lists what the month before lacks, one message a person.
func monthly(app core.App, day time.Time) ([]notify.Message, error) {
	p, due := MonthDue(day)
	if !due {
		return nil, nil
	}
	var list []notify.Message
	for _, m := range []struct {
		kind, name, units string
	}{
		{"theme_day", "主题党日", "branch retired"},
		{"branch_committee", "支委会", "branch retired"},
		{"party_group", "党小组会", "group"},
	} {
		gaps, err := lacking(app, p, m.kind, "branch_secretary", day.Format(time.DateOnly), m.units)
		if err != nil {
			return nil, err
		}
		list = append(list, tell(gaps, p.Name+"没有登记"+m.name, "一般每月一次；已经召开的请补登，没有召开的请说明情况。")...)
	}
	return list, nil
}

// tell is one message for each person, naming their units.
func tell(gaps []gap, title, body string) []notify.Message {
	units := map[string][]string{}
	var people []string
	for _, g := range gaps {
		if units[g.Person] == nil {
			people = append(people, g.Person)
		}
		units[g.Person] = append(units[g.Person], g.Name)
	}
	list := make([]notify.Message, len(people))
	for i, person := range people {
		slices.Sort(units[person])
		list[i] = notify.Message{
			Person: person, Kind: notify.Duty, Title: title, Link: "#/ledgers/meetings",
			Body: strings.Join(slices.Compact(units[person]), "、") + "。" + body,
		}
	}
	return list
}

// lectures reminds committee members without a lecture, and their secretary.
func lectures(app core.App, day time.Time) ([]notify.Message, error) {
	p, due := LectureDue(day)
	if !due {
		return nil, nil
	}
	today := day.Format(time.DateOnly)
	members, err := org.Holders(app, "committee_member", "/", today)
	if err != nil {
		return nil, err
	}
	var lectured []string
	err = app.DB().Select("lecturer").From(Meetings).Where(dbx.HashExp{"kind": "party_lecture"}).
		AndWhere(dbx.NewExp("held_on BETWEEN {:first} AND {:last} AND state != 'cancelled'", dbx.Params{"first": p.First, "last": p.Last})).Column(&lectured)
	if err != nil {
		return nil, err
	}
	return lectureMessages(app, p, today, slices.DeleteFunc(members, func(h org.Holder) bool { return slices.Contains(lectured, h.Person) }))
}

func lectureMessages(app core.App, p Period, today string, members []org.Holder) ([]notify.Message, error) {
	if len(members) == 0 {
		return nil, nil
	}
	secretaries, err := org.Holders(app, "committee_secretary", "/", today)
	if err != nil {
		return nil, err
	}
	var list []notify.Message
	for _, m := range members {
		list = append(list, notify.Message{
			Person: m.Person, Kind: notify.Duty, Link: "#/ledgers/meetings",
			Title: p.Name + "“七一”党课还没有安排", Body: "请在 " + p.Last + " 前到联系点讲一次党课并登记。",
		})
	}
	for _, s := range secretaries {
		names := namesUnder(members, s.Path)
		if names == "" {
			continue
		}
		list = append(list, notify.Message{
			Person: s.Person, Kind: notify.Duty, Link: "#/ledgers/meetings",
			Title: p.Name + "“七一”党课未安排名单", Body: "还没有安排的委员：" + names + "。",
		})
	}
	return list, nil
}

func namesUnder(members []org.Holder, path string) string {
	var names []string
	for _, m := range members {
		if strings.HasPrefix(m.Path, path) {
			names = append(names, m.Name)
		}
	}
	return strings.Join(names, "、")
}

// idle tells branch secretaries how many members were absent in each of six
// months without a reason. Who they are they see in the ledger.
func idle(app core.App, day time.Time) ([]notify.Message, error) {
	p, due := IdleDue(day)
	if !due {
		return nil, nil
	}
	var rows []struct {
		Person string `db:"secretary"`
		N      int    `db:"n"`
	}
	err := app.DB().NewQuery(`SELECT o.person AS secretary, count(DISTINCT a.person) AS n FROM (
			SELECT t.person, t.org FROM meetings_attendance t JOIN meetings m ON m.id = t.meeting
			WHERE m.held_on BETWEEN {:first} AND {:last} AND m.state != 'cancelled'
			GROUP BY t.person HAVING count(*) = sum(t.status = 'absent') AND count(DISTINCT substr(m.held_on, 1, 7)) = {:idle}) a
		JOIN people p ON p.id = a.person
		JOIN org_units u ON u.id = p.org
		JOIN org_roles r ON r.key = 'branch_secretary'
		JOIN org_posts o ON o.role = r.id AND (o.org = u.id OR o.org = u.parent) AND o.since <= {:today} AND (o.until = '' OR o.until > {:today})
		GROUP BY o.person ORDER BY o.person`).
		Bind(dbx.Params{"first": p.First, "last": p.Last, "idle": Idle, "today": day.Format(time.DateOnly)}).All(&rows)
	list := make([]notify.Message, len(rows))
	for i, r := range rows {
		list[i] = notify.Message{
			Person: r.Person, Kind: notify.Duty, Link: "#/ledgers/meetings_attendance", Title: p.Name + "组织生活核查事项",
			Body: fmt.Sprintf("有 %d 名党员连续六个月无故不参加组织生活，请核查情况。是否处理由组织决定。", r.N),
		}
	}
	return list, err
}

// unheard tells branch secretaries which matters of the community were adopted
// by the committee of the branch last month and have come before no assembly
// since (R-ORG-10).
func unheard(app core.App, day time.Time) ([]notify.Message, error) {
	p, due := MonthDue(day)
	if !due {
		return nil, nil
	}
	var gaps []gap
	err := app.DB().NewQuery(`SELECT o.person, '“' || a.title || '”' AS name FROM meetings_agenda a
		JOIN meetings m ON m.id = a.meeting AND m.kind = 'branch_committee' AND m.held_on BETWEEN {:first} AND {:last}
		JOIN org_roles r ON r.key = 'branch_secretary'
		JOIN org_posts o ON o.role = r.id AND o.org = m.org AND o.since <= {:today} AND (o.until = '' OR o.until > {:today})
		WHERE a.major = 'community' AND a.outcome = 'adopted' AND NOT EXISTS (
			SELECT 1 FROM meetings n JOIN meetings_agenda b ON b.meeting = n.id AND b.major = 'community'
			WHERE n.org = m.org AND n.kind = 'branch_assembly' AND n.held_on >= m.held_on AND n.state IN ('held', 'recorded', 'filed'))`).
		Bind(dbx.Params{"first": p.First, "last": p.Last, "today": day.Format(time.DateOnly)}).All(&gaps)
	for i := range gaps {
		gaps[i].Name = notify.Mask(gaps[i].Name)
	}
	return tell(gaps, p.Name+"社区重大事项缺支部大会记录", "社区重要事项和与群众利益密切相关的事项，须经支部党员大会讨论。"), err
}
