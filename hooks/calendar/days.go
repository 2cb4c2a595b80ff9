package calendar

import (
	"maps"
	"slices"
	"time"
)

// Kind says whether people are off or at work on a day.
type Kind string

// The kinds of days that differ from a plain week.
const (
	Holiday Kind = "holiday" // 放假
	Workday Kind = "workday" // 调休上班
)

// Day is a day on which people are off, or work, by decision.
type Day struct {
	Date   Date   `json:"date"`
	Kind   Kind   `json:"kind"`
	Name   string `json:"name"`
	Source string `json:"source"`
}

// Days tells workdays from days off: what the organization has entered comes
// first, then the State Council's arrangement, then Monday to Friday. The zero
// value knows no entries.
type Days struct {
	entered map[Date]Day
	settled map[int]bool // the years that the entries settle
}

// New is the calendar with the entries of an organization.
func New(entered ...Day) Days {
	days := Days{entered: make(map[Date]Day, len(entered)), settled: map[int]bool{}}
	for _, d := range entered {
		days.entered[d.Date] = d
		if settles(d) {
			days.settled[d.Date.Year()] = true
		}
	}
	return days
}

// Find is what has been decided about a day, if anything.
func (c Days) Find(d Date) (Day, bool) {
	if day, ok := c.entered[d]; ok {
		return day, true
	}
	day, ok := statutory().days[d]
	return day, ok
}

// IsWorkday reports whether people work on a day. It is provisional while the
// year's holidays aren't known: the answer is then Monday to Friday, and must
// be shown with a warning (domain.md 2.3).
func (c Days) IsWorkday(d Date) (works, provisional bool) {
	return c.works(d), c.Provisional(d.Year())
}

// Provisional reports whether the holidays of a year are not yet known. The
// State Council's notice always settles the National Day, so a year is known
// once a day off in the first week of October is.
func (c Days) Provisional(year int) bool {
	return !c.settled[year] && !statutory().settled[year]
}

// AddWorkdays counts n workdays from a day, backwards where n is negative.
// Inclusive counts the first day itself, if people work on it. The public
// notice of five workdays ends on AddWorkdays(from, 5, …); by default the day
// it begins isn't counted (domain.md 2.3, 2.10).
func (c Days) AddWorkdays(from Date, n int, inclusive bool) (end Date, provisional bool) {
	step := Date(1)
	if n < 0 {
		n, step = -n, -1
	}
	end, provisional = from, c.Provisional(from.Year())
	if inclusive && n > 0 && c.works(from) {
		n--
	}
	for n > 0 {
		end += step
		works, unsure := c.IsWorkday(end)
		provisional = provisional || unsure
		if works {
			n--
		}
	}
	return end, provisional
}

// Shift says where a date goes that falls on a day off.
type Shift string

// What becomes of a date on a day off.
const (
	Before Shift = "before" // 提前到工作日
	After  Shift = "after"  // 顺延到工作日
	Stay   Shift = "none"   // 不动
)

// Shift moves a date off days off: before, to the last workday; after, to the
// next one; none leaves it.
func (c Days) Shift(d Date, to Shift) Date {
	step := map[Shift]Date{Before: -1, After: 1}[to]
	for step != 0 && !c.works(d) {
		d += step
	}
	return d
}

// Year lists the days of a year that differ from Monday to Friday, in order.
func (c Days) Year(year int) []Day {
	known := maps.Clone(statutory().days)
	maps.Copy(known, c.entered)
	list := []Day{}
	for _, d := range slices.Sorted(maps.Keys(known)) {
		if d.Year() == year && known[d].differs() {
			list = append(list, known[d])
		}
	}
	return list
}

func (c Days) works(d Date) bool {
	if day, ok := c.Find(d); ok {
		return day.Kind == Workday
	}
	return !d.onWeekend()
}

// differs reports whether the day isn't what Monday to Friday would make it.
func (d Day) differs() bool { return (d.Kind == Workday) == d.Date.onWeekend() }

// settles reports whether the day shows that its year's holidays are known.
func settles(d Day) bool {
	t := d.Date.Time()
	return d.Kind == Holiday && t.Month() == time.October && t.Day() <= 7
}
