package demo

import (
	"fmt"
	"time"

	"yaodian/hooks/plan"
)

// cast writes the i-th duty's part into the year.
func (s *stage) cast(i int, d fatedDuty) {
	if d.fate == exempted {
		s.exempt(i, d)
		return
	}
	day := s.workday(s.doneOn(i, d), d.Opens, 9+i%7, i*7%50)
	if d.Document != "" {
		s.draft(i, d, day)
	}
	if d.fate == untouched {
		return
	}
	by := s.submitter(d.duty)
	s.at(day, func() error { return s.prove(i, d.duty, by) })
	if d.fate == begunOnly {
		return
	}
	s.submit(day.Add(5*time.Minute), d, by)
	s.judge(i, day, d, by)
}

// doneOn is the day on which somebody does the duty, or would.
func (s *stage) doneOn(i int, d fatedDuty) string {
	room := max(daysBetween(d.Opens, d.due), 0)
	switch d.fate {
	case late:
		return addDays(d.due, 2+i%9)
	case waiting:
		return addDays(d.due, -min(room, i%2))
	case returned, begunOnly:
		return addDays(d.due, -min(room, 2+i%2))
	default:
		return addDays(d.due, -min(room, 1+i*5%11))
	}
}

func (s *stage) submit(at time.Time, d fatedDuty, by string) {
	s.at(at, func() error {
		return s.change(plan.Duties, d.ID, map[string]any{"state": "submitted", "submitted_by": s.people[by].Id})
	})
}

// judge: somebody else accepts the duty, or returns it first.
func (s *stage) judge(i int, day time.Time, d fatedDuty, by string) {
	accepter := s.accepter(i, d.duty, by)
	verdict := func(at time.Time, data map[string]any) {
		data["accepted_by"] = s.people[accepter].Id
		s.at(at, func() error { return s.change(plan.Duties, d.ID, data) })
	}
	sentBack := map[string]any{"state": "returned", "reason": faults[i%len(faults)]}
	next := s.nextWorkday(day, 1+i%2, i%60)

	switch d.fate {
	case waiting:
	case returned:
		verdict(day.Add(90*time.Minute), sentBack)
	case corrected:
		verdict(day.Add(90*time.Minute), sentBack)
		s.at(day.Add(2*time.Hour), func() error { return s.supplement(d.duty, by) })
		s.submit(day.Add(125*time.Minute), d, by)
		verdict(next, map[string]any{"state": "done"})
	default:
		verdict(next, map[string]any{"state": "done"})
	}
}

// faults are why a duty is sent back.
var faults = []string{
	"照片看不出活动内容，请补一张全景和签到表。", "缺少会议记录，请补齐后再交。", "应到、实到人数没有写，请补充。", "材料是上一期的，请换成本期的。",
}

func (s *stage) exempt(i int, d fatedDuty) {
	by := []string{secretary, "10003"}[i%2]
	if d.Person == s.people[by].Id {
		by = "10004"
	}
	reasons := []string{"本人住院治疗，经研究同意免做。", "本期已由街道统一组织，不再重复开展。", "因防汛值守抽调，经研究同意免做。"}
	s.at(s.workday(addDays(d.Opens, 1+i%5), d.Opens, 16, i%60), func() error {
		return s.change(plan.Duties, d.ID, map[string]any{
			"state": "exempted", "reason": reasons[i%len(reasons)], "exempted_by": s.people[by].Id,
		})
	})
}

// heads are who submits for an organization.
var heads = map[string]string{
	root: secretary, "/qh/djb/": "10003", "/qh/jjb/": "10005", "/qh/xcb/": "10006", "/qh/msb/": "10007", "/qh/gh/": "10801", "/qh/tw/": "10851",
}

// submitter is who is responsible, or for an organization and for who has no
// phone the head of the organization.
func (s *stage) submitter(d duty) string {
	if p := s.byID(d.Person); p != "" && s.people[p].GetString("mobile") != "" {
		return p
	}
	path := s.paths[d.Org]
	if head, ok := heads[path]; ok {
		return head
	}
	for i, branch := range branches() {
		if branch == path {
			return fmt.Sprintf("10%d01", i+1)
		}
	}
	panic("nobody submits for " + path)
}

// accepter is somebody with the power who has no part in the duty.
func (s *stage) accepter(i int, d duty, by string) string {
	for n := range 3 {
		who := []string{clerk, "10003", "10010"}[(i+n)%3]
		if who != by && s.people[who].Id != d.Person {
			return who
		}
	}
	return secretary
}

// byID is the number of a person by id; empty for nobody.
func (s *stage) byID(id string) string {
	if id == "" {
		return ""
	}
	return s.numbers[id]
}
