package ideology

import (
	"fmt"
	"time"

	"yaodian/hooks/calendar"
)

// Term is a quarter or a half-year whose review or report is asked for: from
// ten days before it ends; late is what isn't handed in five workdays after a
// quarter, or ten days after a half-year (domain.md 14.3).
type Term struct {
	Key  string // YYYY-Qn or YYYY-Hn
	End  calendar.Date
	Due  calendar.Date
	Late bool
}

const (
	ahead        = 10 // days
	reviewWithin = 5  // workdays
	reportWithin = 10 // days
	behind       = 30 // days for which what is late is looked at
)

// TermsOn lists what is asked for on a day.
func TermsOn(days calendar.Days, day time.Time) []Term {
	today := calendar.Of(day)
	var list []Term
	add := func(t Term) {
		if today < t.End-ahead || today > t.Due+behind {
			return
		}
		t.Late = today > t.Due
		list = append(list, t)
	}
	for back := range 2 {
		first := time.Date(day.Year(), (day.Month()-1)/3*3+1-time.Month(3*back), 1, 0, 0, 0, 0, time.UTC)
		end := calendar.Of(first).AddMonths(3) - 1
		due, _ := days.AddWorkdays(end, reviewWithin, false)
		add(Term{Key: fmt.Sprintf("%d-Q%d", first.Year(), (int(first.Month())+2)/3), End: end, Due: due})
		if first.Month()%6 == 4 { // the second or the fourth quarter
			add(Term{Key: fmt.Sprintf("%d-H%d", first.Year(), (int(first.Month())+5)/6), End: end, Due: end + reportWithin})
		}
	}
	return list
}
