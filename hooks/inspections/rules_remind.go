package inspections

import (
	"fmt"

	"yaodian/hooks/calendar"
)

// Work is how far a unit has come with the findings of a round.
type Work struct {
	Feedback  string `db:"feedback_on"`
	All       int    `db:"n"`
	Unplanned int    `db:"unplanned"` // without a plan
	Unhanded  int    `db:"unhanded"`  // not handed in
	Closed    int    `db:"closed"`
	Due       string `db:"due"` // the earliest of those that aren't closed
}

// Urgency is who hears of something: the unit, then those above it, too.
type Urgency int

// The urgencies.
const (
	Quiet Urgency = iota
	Unit
	Above
)

// Late is what a unit owes on a day: a plan thirty days after the feedback, its
// report two months after it, unless the terms say otherwise; a week later
// those above hear of it, too (R-INSP-07).
func (w Work) Late(t Terms, today string) (title, body string, urgency Urgency) {
	from, err := calendar.Parse(w.Feedback)
	if err != nil {
		return "", "", Quiet
	}
	for _, owed := range []struct {
		n           int
		due         calendar.Date
		title, body string
	}{
		{w.Unhanded, from.AddMonths(t.ReportMonths), "整改报告逾期", fmt.Sprintf("件整改还没有提交。收到反馈 %d 个月内报告整改情况，主要负责人是第一责任人。", t.ReportMonths)},
		{w.Unplanned, from + calendar.Date(t.PlanDays), "整改方案逾期", fmt.Sprintf("个问题还没有整改方案。收到反馈 %d 日内定方案。", t.PlanDays)},
	} {
		switch {
		case owed.n == 0 || today <= owed.due.String():
			continue
		case today > (owed.due + 7).String():
			return owed.title + "，提请督办", fmt.Sprintf("%d %s", owed.n, owed.body), Above
		}
		return owed.title, fmt.Sprintf("%d %s", owed.n, owed.body), Unit
	}
	return "", "", Quiet
}

// Talk is why a talk is suggested with whoever answers for the fixes: one is
// more than thirty days late, or too few are closed when the time that all are
// worked on together (集中整改期) is over; the report comes earlier, when much may
// still be going on. Whether there is a talk, people decide (R-INSP-08).
func (w Work) Talk(t Terms, today string) (why string, suggested bool) {
	if due, err := calendar.Parse(w.Due); err == nil && today > (due+calendar.Date(t.OverdueDays)).String() {
		return fmt.Sprintf("有整改逾期超过 %d 天。", t.OverdueDays), true
	}
	from, err := calendar.Parse(w.Feedback)
	if err != nil || w.All == 0 || today <= from.AddMonths(t.FocusMonths).String() || w.Closed*100 >= w.All*t.Rate {
		return "", false
	}
	return fmt.Sprintf("集中整改期已过，问题 %d 个，销号 %d 个，整改率不到 %d%%。", w.All, w.Closed, t.Rate), true
}
