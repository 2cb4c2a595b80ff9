package inspections

import (
	"fmt"

	"yaodian/hooks/calendar"
)

// The times that a unit has for its fixes (R-INSP-07; the first is a local
// default, the second from the regulations).
const (
	PlanMonths   = 1
	ReportMonths = 2
	Overdue      = 30 // days after which a talk is suggested (R-INSP-08)
	FixedPerCent = 95 // below this a talk is suggested, once the time for the report is over
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

// Late is what a unit owes on a day: a plan a month after the feedback, its
// report two months after it; a week later those above hear of it, too
// (R-INSP-07).
func (w Work) Late(today string) (title, body string, urgency Urgency) {
	from, err := calendar.Parse(w.Feedback)
	if err != nil {
		return "", "", Quiet
	}
	for _, owed := range []struct {
		n, months   int
		title, body string
	}{
		{w.Unhanded, ReportMonths, "整改报告逾期", "件整改还没有提交。收到反馈两个月内报告整改情况，主要负责人是第一责任人。"},
		{w.Unplanned, PlanMonths, "整改方案逾期", "个问题还没有整改方案。收到反馈一个月内定方案。"},
	} {
		due := from.AddMonths(owed.months)
		switch {
		case owed.n == 0 || today <= due.String():
			continue
		case today > (due + 7).String():
			return owed.title + "，提请督办", fmt.Sprintf("%d %s", owed.n, owed.body), Above
		}
		return owed.title, fmt.Sprintf("%d %s", owed.n, owed.body), Unit
	}
	return "", "", Quiet
}

// Talk is why a talk is suggested with whoever answers for the fixes: one is
// more than thirty days late, or too few are closed when the report is due.
// Whether there is one, people decide (R-INSP-08).
func (w Work) Talk(today string) (why string, suggested bool) {
	if due, err := calendar.Parse(w.Due); err == nil && today > (due+Overdue).String() {
		return fmt.Sprintf("有整改逾期超过 %d 天。", Overdue), true
	}
	from, err := calendar.Parse(w.Feedback)
	if err != nil || w.All == 0 || today <= from.AddMonths(2*ReportMonths).String() || w.Closed*100 >= w.All*FixedPerCent {
		return "", false
	}
	return fmt.Sprintf("问题 %d 个，销号 %d 个，整改率不到 %d%%。", w.All, w.Closed, FixedPerCent), true
}
