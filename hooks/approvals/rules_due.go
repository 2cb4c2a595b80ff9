package approvals

import "yaodian/hooks/calendar"

// Notice is how far the people concerned have been told of a due date.
type Notice string

// The notices of a due date, in their order.
const (
	Soon    Notice = "soon"
	DueDay  Notice = "due"
	Overdue Notice = "overdue"
)

var noticeOrder = map[Notice]int{"": 0, Soon: 1, DueDay: 2, Overdue: 3}

// NoticeOn is what is to be told of a due date on a day: that it is a workday
// away, that it has come, that it has passed. Nothing follows from that.
func NoticeOn(days calendar.Days, due, today calendar.Date) Notice {
	before, _ := days.AddWorkdays(due, -1, false)
	switch {
	case due == 0 || today < before:
		return ""
	case today < due:
		return Soon
	case today == due:
		return DueDay
	}
	return Overdue
}

// After reports whether n has still to be told when told has been.
func (n Notice) After(told Notice) bool { return noticeOrder[n] > noticeOrder[told] }
