package development

import "yaodian/hooks/calendar"

// Progress is what the reminders of a case look at.
type Progress struct {
	Step      int    `db:"step"`
	Applied   string `db:"applied_on"`
	Activist  string `db:"activist_on"`
	Observed  string `db:"observed"` // the last observation of an activist
	Previewed string `db:"previewed"`
	Passed    string `db:"passed_on"`
	Passed2   string `db:"passed2"`
	Approved2 string `db:"approved2"`
	Extended  int    `db:"extended"`
}

// Reminder is what is due, by when, and whether the person hears of it, too.
// The title names the day, so that each is sent once.
type Reminder struct {
	On, Title, Body string
	Self            bool
}

// Due is what somebody has to be reminded of on a day: the talk (R-DEV-02),
// the half-yearly observation (R-DEV-05), the assembly (R-DEV-09), the approval
// (R-DEV-11), the end of the probation (R-DEV-12), the archive (R-DEV-17).
func (p Progress) Due(today string) (Reminder, bool) {
	for _, r := range []struct {
		when   bool
		from   string
		months int
		days   int // after the months
		before int // days
		Reminder
	}{
		{p.Step < Talk, p.Applied, 1, 0, 7, Reminder{Title: "的入党申请需要谈话", Body: "收到申请书后一个月内派人谈话。"}},
		{p.Step >= Activist && p.Step < Register, max(p.Activist, p.Observed), 6, 0, 7, Reminder{Title: "的半年考察到期", Body: "积极分子每半年考察一次；晚登记的标为补录。"}},
		{p.Step == Preview || p.Step == Assembly-1, p.Previewed, 1, 0, 7, Reminder{Title: "的支部大会需要召开", Body: "预审合格后一个月内提交支部大会讨论。"}},
		{p.Step >= Assembly && p.Step < Approval, p.Passed, Usual, 0, 14, Reminder{Title: "的审批到期", Body: "三个月内审批，超过六个月的退回支部重新办理。"}},
		{p.Step >= Approval && p.Step < Request, p.Passed, Probation + p.Extended, 0, 30, Reminder{Title: "的预备期将满", Body: "请本人按时提出转正申请，支部准备讨论。", Self: true}},
		{p.Step == Assembly2, p.Passed2, Usual, 0, 14, Reminder{Title: "的转正审批到期", Body: "三个月内审批，超过六个月的退回支部重新办理。"}},
		{p.Step == Approval2, p.Approved2, 0, 7, 7, Reminder{Title: "的材料需要归档", Body: "转正后及时归档。"}},
	} {
		from, err := calendar.Parse(r.from)
		if !r.when || err != nil {
			continue
		}
		on := from.AddMonths(r.months) + calendar.Date(r.days)
		if today < (on - calendar.Date(r.before)).String() {
			continue
		}
		r.On = on.String()
		r.Title += "（" + r.On + "）"
		return r.Reminder, true
	}
	return Reminder{}, false
}
