package meetings

import (
	"fmt"
	"time"
)

// Period is a month or a quarter that meetings are asked of: from its first
// day to its last.
type Period struct{ Name, First, Last string }

func period(name string, first, next time.Time) Period {
	return Period{name, first.Format(time.DateOnly), next.AddDate(0, 0, -1).Format(time.DateOnly)}
}

func month(first time.Time) Period {
	return period(fmt.Sprintf("%d年%d月", first.Year(), first.Month()), first, first.AddDate(0, 1, 0))
}

func quarter(first time.Time) Period {
	return period(fmt.Sprintf("%d年第%d季度", first.Year(), (int(first.Month())+2)/3), first, first.AddDate(0, 3, 0))
}

func firstOfQuarter(day time.Time) time.Time {
	return time.Date(day.Year(), (day.Month()-1)/3*3+1, 1, 0, 0, 0, 0, day.Location())
}

func firstOfMonth(day time.Time) time.Time {
	return time.Date(day.Year(), day.Month(), 1, 0, 0, 0, 0, day.Location())
}

// QuarterDue: from fifteen days before a quarter ends an assembly that hasn't
// been held is called for, and in the first fifteen days of the next it is
// missed (R-ORG-01).
func QuarterDue(day time.Time) (p Period, missed, ask bool) {
	this := firstOfQuarter(day)
	end := this.AddDate(0, 3, -1)
	switch {
	case !day.Before(end.AddDate(0, 0, -15)):
		return quarter(this), false, true
	case day.Before(this.AddDate(0, 0, 15)):
		return quarter(this.AddDate(0, -3, 0)), true, true
	}
	return Period{}, false, false
}

// MonthDue: from the fifth to the tenth, what wasn't registered for the month
// before is missed (R-ORG-02).
func MonthDue(day time.Time) (Period, bool) {
	if day.Day() < 5 || day.Day() > 10 {
		return Period{}, false
	}
	return month(firstOfMonth(day).AddDate(0, -1, 0)), true
}

// LectureDue: from the twentieth of June a committee member without a lecture
// in June is reminded (R-ORG-08).
func LectureDue(day time.Time) (Period, bool) {
	if day.Month() != time.June || day.Day() < 20 {
		return Period{}, false
	}
	return month(firstOfMonth(day)), true
}

// Idle is how many months in a row without a reason make a matter to look
// into (R-ORG-06). What comes of it, people decide.
const Idle = 6

// IdleDue: the six months before the current one, looked at from the fifth to
// the tenth, when they have been registered.
func IdleDue(day time.Time) (Period, bool) {
	if _, due := MonthDue(day); !due {
		return Period{}, false
	}
	end := firstOfMonth(day)
	start := end.AddDate(0, -Idle, 0)
	return period(fmt.Sprintf("%d年%d月起六个月", start.Year(), start.Month()), start, end), true
}
