package demo

import (
	"fmt"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/meetings"
)

// gathering is a meeting of the demo with one topic.
type gathering struct {
	unit, kind, title, topic string
	day                      time.Time
	host, recorder           int // numbers of people
	others                   []int
	voted                    bool
}

// saveMeetings lets branches meet: theme days every month in two of them, an
// assembly every quarter in the first, the committee once, and a talk.
func (l *loader) saveMeetings() error {
	kit.SetNow(l.app, l.now)
	for m := time.January; m <= time.December; m++ {
		for no := 1; no <= 2; no++ {
			if err := l.meet(l.branchMeets(no, "theme_day", fmt.Sprintf("%d月主题党日", m), "集中学习和志愿服务", m, 5+no)); err != nil {
				return err
			}
		}
		if m%3 == 0 {
			if err := l.meet(gathering{
				unit: root, kind: "center_group", title: "理论学习中心组学习", topic: "学习党的创新理论", day: l.on(m, 10),
				host: 10001, recorder: 10006, others: []int{10002, 10003, 10004, 10005, 10007},
			}); err != nil {
				return err
			}
			if err := l.meet(l.branchMeets(1, "branch_assembly", fmt.Sprintf("%d月支部党员大会", m), "审议党员活动经费使用", m, 12)); err != nil {
				return err
			}
		}
	}
	if err := l.saveLists(); err != nil {
		return err
	}
	if err := l.meet(gathering{
		unit: root, kind: "committee", title: "党工委会议", topic: "审定党员教育经费安排", day: l.on(time.February, 10),
		host: 10001, recorder: 10010, others: []int{10003, 10004, 10005, 10006, 10007, 10008}, voted: true,
	}); err != nil {
		return err
	}
	if l.on(time.March, 3).After(l.now) {
		return nil
	}
	_, err := l.save(meetings.Meetings, map[string]any{
		"org": l.units["/qh/zb1/"], "kind": "heart_talk", "title": "支委与党员谈心谈话", "held_on": l.on(time.March, 3).Format(time.DateOnly),
		"host": l.people["10101"].Id, "talked_with": l.people["10111"].Id, "state": "filed",
	})
	return err
}

// saveLists has the list of major matters as it was, and its revision of this
// year.
func (l *loader) saveLists() error {
	b := &book{loader: l}
	for _, v := range []struct {
		year           int
		on             string
		projects, fund int // yuan
	}{{l.year - 3, l.ago(3, time.March, 1), 10_000, 5_000}, {l.year, l.iso(time.February, 20), 20_000, 10_000}} {
		b.put(l.on(time.January, 4), meetings.Lists, map[string]any{
			"org": l.units[root], "title": fmt.Sprintf("党工委前置讨论“三重一大”事项清单（%d年版）", v.year), "document": fmt.Sprintf("清工委〔%d〕2号", v.year),
			"effective_on": v.on, "project_from": v.projects * 100, "funds_from": v.fund * 100,
			"matters": "一、重大决策：年度计划，机构和制度，信访稳定中的重大事项。\n二、人事任免：中层及以下干部任免，区级以上先进推荐。\n三、重大项目：达到起点的建设、采购和服务。\n四、大额资金：达到起点的支出。",
		})
	}
	kit.SetNow(l.app, l.now)
	return b.err
}

func (l *loader) on(m time.Month, day int) time.Time {
	return time.Date(l.year, m, day, 9, 0, 0, 0, kit.Beijing)
}

func (l *loader) branchMeets(no int, kind, title, topic string, m time.Month, day int) gathering {
	at := 10000 + no*100
	return gathering{
		unit: fmt.Sprintf("/qh/zb%d/", no), kind: kind, title: title, topic: topic, day: l.on(m, day),
		host: at + 1, recorder: at + 2, others: []int{at + 3, at + 4, at + 5, at + 11}, voted: kind == "branch_assembly",
	}
}

// meet registers a meeting and takes it to the archive, if its day has come.
func (l *loader) meet(g gathering) error {
	if g.day.After(l.now) || g.day.Before(l.start) {
		return nil
	}
	meeting, err := l.save(meetings.Meetings, map[string]any{
		"org": l.units[g.unit], "kind": g.kind, "title": g.title, "held_on": g.day.Format(time.DateOnly), "starts": "09:30",
		"place": "党群活动室", "host": l.byNumber(g.host), "recorder": l.byNumber(g.recorder), "state": "held",
		"minutes": "围绕“" + g.topic + "”交流发言，明确了任务和时限。",
	})
	if err != nil {
		return err
	}
	if err := l.attend(meeting, g); err != nil {
		return err
	}
	if err := l.discuss(meeting, g); err != nil {
		return err
	}
	for _, state := range []string{"recorded", "filed"} {
		data := map[string]any{"state": state}
		if state == "filed" {
			data["filed_by"] = l.byNumber(g.recorder)
		}
		if err := l.change(meetings.Meetings, meeting.Id, data); err != nil {
			return fmt.Errorf("%s %s: %w", g.title, state, err)
		}
	}
	return nil
}

// attend: all came but the last, who was on leave.
func (l *loader) attend(meeting *core.Record, g gathering) error {
	for i, number := range append([]int{g.host, g.recorder}, g.others...) {
		data := map[string]any{"meeting": meeting.Id, "person": l.byNumber(number), "status": "present"}
		if i == len(g.others)+1 {
			data["status"], data["reason"] = "leave", "因公外出"
			if made := g.day.AddDate(0, 0, 6); g.kind == "center_group" && made.Before(l.now) {
				data["made_up_on"] = made.Format(time.DateOnly)
			}
		}
		if _, err := l.save(meetings.Attendance, data); err != nil {
			return err
		}
	}
	return nil
}

// discuss is the topic, put to the vote and resolved where there is a vote.
func (l *loader) discuss(meeting *core.Record, g gathering) error {
	number := 1
	if g.kind == "committee" {
		number = 2
		if _, err := l.save(meetings.Agenda, map[string]any{"meeting": meeting.Id, "number": 1, "kind": "first_topic", "title": "学习贯彻上级全会精神", "outcome": "noted"}); err != nil {
			return err
		}
	}
	topic := map[string]any{"meeting": meeting.Id, "number": number, "kind": "study", "title": g.topic, "outcome": "noted"}
	if g.voted {
		topic["kind"], topic["outcome"] = "decision", "adopted"
	}
	if g.kind == "committee" { // all who came, but the last, and the secretary after the others
		var speakers []string
		for _, n := range append(g.others[:len(g.others)-1:len(g.others)-1], g.recorder, g.host) {
			speakers = append(speakers, l.byNumber(n))
		}
		topic["major"], topic["amount"], topic["speakers"] = "funds", 3_000_000, speakers
	}
	agenda, err := l.save(meetings.Agenda, topic)
	if err != nil || !g.voted {
		return err
	}
	mode := map[bool]string{true: "street_committee", false: "assembly_general"}[g.kind == "committee"]
	all := len(g.others) + 2
	if _, err := l.save(meetings.Votes, map[string]any{"agenda": agenda.Id, "mode": mode, "method": "hands", "expected": all, "attended": all - 1, "yes": all - 1}); err != nil {
		return err
	}
	_, err = l.save(meetings.Resolutions, map[string]any{
		"agenda": agenda.Id, "text": "同意" + g.topic + "。", "responsible": l.byNumber(g.recorder), "due": g.day.AddDate(0, 1, 0).Format(time.DateOnly),
	})
	return err
}

func (l *loader) byNumber(n int) string {
	if p := l.people[fmt.Sprint(n)]; p != nil {
		return p.Id
	}
	return ""
}
