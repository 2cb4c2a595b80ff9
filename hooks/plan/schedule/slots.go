package schedule

import (
	"fmt"
	"slices"
	"time"

	"github.com/teambition/rrule-go"

	"yaodian/hooks/calendar"
)

// unit is what a year is divided into by a frequency.
type unit int

const (
	years unit = iota
	months
	weeks
	workdays
)

// unitOf is the unit of a frequency. A yearly rule that names months or days
// of the month is a monthly one in those months (RFC 5545, 3.3.10).
func unitOf(o rrule.ROption) unit {
	byMonth := len(o.Bymonthday) > 0
	switch {
	case o.Freq == rrule.WEEKLY:
		return weeks
	case o.Freq == rrule.MONTHLY || byMonth || o.Freq == rrule.YEARLY && len(o.Bymonth) > 0 && len(o.Byyearday)+len(o.Byweekno) == 0:
		return months
	case o.Freq == rrule.DAILY:
		return workdays
	}
	return years
}

// slot is a period in which something is to be done: a year, half, quarter,
// month or week, or a run of them.
type slot struct {
	span
	key  string
	last calendar.Date // the first day of its last unit, in which named days lie
	due  calendar.Date // its last day, or Friday: the due date where no day is named
}

// slots divides the year by the frequency of the rule.
func (p pattern) slots() []slot {
	switch p.unit {
	case months:
		return p.group(monthSlots(p.Year))
	case weeks:
		return p.group(p.weekSlots())
	}
	whole := span{calendar.On(p.Year, 1, 1), calendar.On(p.Year, 12, 31)}
	return []slot{{span: whole, key: fmt.Sprint(p.Year), last: whole.from, due: whole.to}}
}

func monthSlots(year int) []slot {
	list := make([]slot, 12)
	for i := range list {
		from := calendar.On(year, time.Month(i+1), 1)
		list[i] = slot{span: span{from, from.MonthEnd()}, key: from.String()[:len("2006-01")], last: from, due: from.MonthEnd()}
	}
	return list
}

// weekSlots are the ISO weeks of the year; for a rule that names weekdays, all
// weeks that have a day in the year. A week's work is due on Friday.
func (p pattern) weekSlots() []slot {
	first, last := calendar.On(p.Year, 1, 4), calendar.On(p.Year, 12, 28) // always in the first and last ISO week
	if p.names() {
		first, last = calendar.On(p.Year, 1, 1), calendar.On(p.Year, 12, 31)
	}
	var list []slot
	for monday := first - sinceMonday(first); monday <= last; monday += 7 {
		year, week := monday.Week()
		list = append(list, slot{span: span{monday, monday + 6}, key: fmt.Sprintf("%d-W%02d", year, week), last: monday, due: monday + 4})
	}
	return list
}

func sinceMonday(d calendar.Date) calendar.Date { return calendar.Date(d.Weekday()+6) % 7 }

// group puts INTERVAL units into each period: three months are a quarter. The
// work is due in the last unit, or in the last one that BYMONTH allows.
func (p pattern) group(units []slot) []slot {
	size := 1
	if p.option.Freq == rrule.MONTHLY || p.option.Freq == rrule.WEEKLY {
		size = max(1, p.option.Interval)
	}
	var list []slot
	for run := range slices.Chunk(units, size) {
		whole := merge(run)
		if p.unit == months {
			run = slices.DeleteFunc(slices.Clone(run), func(s slot) bool { return !p.inMonths(s.due) })
		}
		if len(run) == 0 {
			continue
		}
		end := run[len(run)-1]
		whole.to, whole.last, whole.due = end.to, end.last, end.due
		list = append(list, whole)
	}
	return list
}

// merge makes one period of a run of them.
func merge(run []slot) slot {
	first, last := run[0], run[len(run)-1]
	last.from = first.from
	if len(run) > 1 {
		last.key = keyOf(last.span, last.key)
	}
	return last
}

// keyOf names a period that is a year, a half or a quarter; any other keeps
// the name of its last unit.
func keyOf(s span, last string) string {
	from, to := s.from.Time(), s.to.Time()
	if from.Day() != 1 || s.to != s.to.MonthEnd() || from.Year() != to.Year() {
		return last
	}
	begin, end := int(from.Month())-1, int(to.Month())
	switch length := end - begin; {
	case length == 12:
		return fmt.Sprint(from.Year())
	case length == 6 && begin%6 == 0:
		return fmt.Sprintf("%d-H%d", from.Year(), end/6)
	case length == 3 && begin%3 == 0:
		return fmt.Sprintf("%d-Q%d", from.Year(), end/3)
	}
	return last
}

func (p pattern) inMonths(d calendar.Date) bool {
	return len(p.option.Bymonth) == 0 || slices.Contains(p.option.Bymonth, int(d.Month()))
}
