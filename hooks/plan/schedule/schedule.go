// Package schedule turns the rule of a task (频次与期限) into the periods in which
// it is to be done in a year, and says how a duty moves from state to state. It
// is pure: no database, no clock.
//
// The due date follows the class of the frequency: a week's work is due on
// Friday, a month's, quarter's or half-year's on its last day, a year's at the
// end of the year; a rule that names days (BYDAY, BYMONTHDAY…) is due on them.
package schedule

import (
	"fmt"
	"slices"
	"time"

	"github.com/teambition/rrule-go"

	"yaodian/hooks/calendar"
	"yaodian/hooks/kit"
)

// Period is one time that a task is to be done.
type Period struct {
	Key         string `json:"period"` // 2026, 2026-H1, 2026-Q1, 2026-03, 2026-W12 or a date
	Opens       string `json:"opens"`
	Due         string `json:"due"`
	DueOriginal string `json:"due_original"` // before it was moved off a day off
}

// Expand lists the periods of a rule in its year, in order. What was due before
// the rule's Since is left out, so the list may be empty; a rule by which
// nothing is ever due is refused.
func Expand(r Rule, days calendar.Days) ([]Period, error) {
	p, err := read(r)
	if err != nil {
		return nil, err
	}
	all := p.occurrences(days)
	if len(all) == 0 {
		return nil, kit.Reject("rrule", "plan_rrule_empty", fmt.Sprintf("按这样的频次和期限，%d 年一次也没有，请调整。", r.Year))
	}
	list := make([]Period, 0, len(all))
	for _, o := range all {
		if due := p.move(o, days); due >= p.since {
			list = append(list, Period{Key: o.key, Opens: p.opens(o, due).String(), Due: due.String(), DueOriginal: o.due.String()})
		}
	}
	return list, nil
}

// occurrence is a slot with its due date.
type occurrence struct {
	slot
	fixed bool // stays on its day, whatever day that is
}

// occurrences are all due dates of the year. COUNT is how many there are in the
// year, evenly spread; a frequency with fewer is divided more finely.
func (p pattern) occurrences(days calendar.Days) []occurrence {
	list := p.within(p.due(days))
	for p.option.Count > len(list) && !p.names() && p.unit < workdays {
		p.unit, p.option.Interval = p.unit+1, 1
		list = p.within(p.due(days))
	}
	return spread(list, p.option.Count)
}

// due finds the due dates of each slot. Where any slot has several, each is
// known by its date.
func (p pattern) due(days calendar.Days) []occurrence {
	var list []occurrence
	several := p.lists()
	for _, s := range p.slots() {
		dates := p.dates(s, days)
		several = several || len(dates) > 1
		for i, d := range dates {
			o := occurrence{s, p.lists() || p.meansWeekend(d)}
			o.due = d
			switch {
			case p.lists():
				o.from = d
			case i > 0:
				o.from = dates[i-1] + 1
			}
			list = append(list, o)
		}
	}
	for i := range list {
		if several {
			list[i].key, list[i].to = list[i].due.String(), list[i].due
		}
	}
	return list
}

// dates are the days of a slot on which something is due.
func (p pattern) dates(s slot, days calendar.Days) []calendar.Date {
	switch {
	case p.meansWorkdays():
		return slices.DeleteFunc(eachDay(s), func(d calendar.Date) bool { return !isWorkday(days, d) || !p.inMonths(d) })
	case !p.names():
		return []calendar.Date{s.due}
	}
	list := p.recur(s)
	if len(list) == 0 && p.pastMonthEnd() {
		return []calendar.Date{s.to}
	}
	if p.lists() && p.Shift != calendar.Stay {
		list = slices.DeleteFunc(list, func(d calendar.Date) bool { return !isWorkday(days, d) && !p.meansWeekend(d) })
	}
	return list
}

// recur expands the named days in the last unit of a slot.
func (p pattern) recur(s slot) []calendar.Date {
	switch p.unit {
	case years:
		return p.expand(s, rrule.YEARLY)
	case months:
		return p.expand(s, rrule.MONTHLY)
	case weeks:
		return p.positions(p.weekdays(s, 1))
	}
	return p.weekdays(s, max(1, p.option.Interval))
}

// beyond is an interval after which the library has passed the last year it
// knows and stops. Otherwise it would go on looking for a day that never comes.
const beyond = 12 * 10_000

// expand finds the days of one month or year. The library does it; weeks and
// single days are simpler than its price.
func (p pattern) expand(s slot, freq rrule.Frequency) []calendar.Date {
	o := p.option
	if len(o.Byweekno) > 0 && len(o.Byweekday) == 0 {
		o.Byweekday = []rrule.Weekday{rrule.FR}
	}
	o.Freq, o.Count, o.Interval, o.Dtstart, o.Until = freq, 0, beyond, s.last.Time(), s.to.Time()
	r, err := rrule.NewRRule(o)
	if err != nil {
		return nil // read has checked it
	}
	var list []calendar.Date
	for _, t := range r.All() {
		list = append(list, calendar.On(t.Date()))
	}
	return list
}

// weekdays are every day, or every so many, of those the rule names.
func (p pattern) weekdays(s slot, step int) []calendar.Date {
	var list []calendar.Date
	for d := s.last; d <= s.to; d += calendar.Date(step) {
		if p.inMonths(d) && (len(p.option.Byweekday) == 0 || p.namesWeekday(d)) {
			list = append(list, d)
		}
	}
	return list
}

// positions are those of a list that BYSETPOS means: from 1 on, or from -1 back.
func (p pattern) positions(list []calendar.Date) []calendar.Date {
	if len(p.option.Bysetpos) == 0 {
		return list
	}
	var chosen []calendar.Date
	for i, d := range list {
		if slices.Contains(p.option.Bysetpos, i+1) || slices.Contains(p.option.Bysetpos, i-len(list)) {
			chosen = append(chosen, d)
		}
	}
	return chosen
}

// within keeps what lies between the rule's dates. A period that reaches past
// them is cut off; a named day outside is none.
func (p pattern) within(list []occurrence) []occurrence {
	var kept []occurrence
	for _, o := range list {
		if !p.names() {
			o.due = min(o.due, p.window.to)
		}
		o.from, o.to = max(o.from, p.window.from), min(o.to, p.window.to)
		if p.window.holds(o.due) && o.from <= o.due && p.inMonths(o.due) {
			kept = append(kept, o)
		}
	}
	return kept
}

// spread makes n periods out of a list by joining neighbours. Where it comes
// out even, they are called halves or quarters if they are.
func spread(list []occurrence, n int) []occurrence {
	total := len(list)
	if n == 0 || n >= total {
		return list
	}
	joined := make([]occurrence, n)
	for i := range joined {
		run := list[total*i/n : total*(i+1)/n]
		joined[i] = run[len(run)-1]
		joined[i].from = run[0].from
		if len(run) > 1 && total%n == 0 {
			joined[i].key = keyOf(joined[i].span, joined[i].key)
		}
	}
	return joined
}

// move takes a due date off days off. It never leaves the year, nor the period
// backwards: where the wanted direction does, the other is taken, and where
// both do, the date stays.
func (p pattern) move(o occurrence, days calendar.Days) calendar.Date {
	if o.fixed {
		return o.due
	}
	bounds := span{o.from, calendar.On(p.Year, time.December, 31)}
	other := map[calendar.Shift]calendar.Shift{calendar.Before: calendar.After, calendar.After: calendar.Before}
	for _, to := range []calendar.Shift{p.Shift, other[p.Shift]} {
		if due := days.Shift(o.due, to); bounds.holds(due) {
			return due
		}
	}
	return o.due
}

// opens is the first day on which a duty may be done: the beginning of its
// period, or so many days before it is due.
func (p pattern) opens(o occurrence, due calendar.Date) calendar.Date {
	if p.Lead == 0 {
		return o.from
	}
	return max(due-calendar.Date(p.Lead), p.window.from)
}

// names reports whether the rule says on which days it is due.
func (p pattern) names() bool {
	o := p.option
	return len(o.Byweekday)+len(o.Bymonthday)+len(o.Byyearday)+len(o.Byweekno) > 0 || o.Freq == rrule.DAILY
}

// lists reports whether the rule is a list of days (every workday, Tuesdays
// and Thursdays): each is a duty of its own, and one on a holiday is left out,
// for it would only fall onto its neighbour.
func (p pattern) lists() bool {
	o := p.option
	plain := !slices.ContainsFunc(o.Byweekday, func(d rrule.Weekday) bool { return d.N() != 0 }) && len(o.Bysetpos)+len(o.Bymonthday) == 0
	return p.unit == workdays || plain && len(o.Byweekday) > 1
}

// meansWorkdays reports whether the rule means every workday (每工作日), make-up
// Saturdays included: Monday to Friday by name.
func (p pattern) meansWorkdays() bool {
	switch {
	case !p.lists() || !p.names():
		return p.lists()
	case p.option.Freq == rrule.DAILY && p.option.Interval > 1:
		return false
	}
	var named [7]bool
	for _, d := range p.option.Byweekday {
		named[d.Day()] = true
	}
	return named == [7]bool{true, true, true, true, true, false, false}
}

// meansWeekend reports whether the rule puts a day on a weekend by name, and so
// on purpose.
func (p pattern) meansWeekend(d calendar.Date) bool {
	return sinceMonday(d) >= 5 && p.namesWeekday(d)
}

func (p pattern) namesWeekday(d calendar.Date) bool {
	return slices.ContainsFunc(p.option.Byweekday, func(w rrule.Weekday) bool { return w.Day() == int(sinceMonday(d)) })
}

// pastMonthEnd reports whether the rule names a day that not every month has;
// it is then due on the last (domain.md 2.3).
func (p pattern) pastMonthEnd() bool {
	return p.unit == months && len(p.option.Bymonthday) > 0 && len(p.option.Byweekday) == 0 && slices.Max(p.option.Bymonthday) > 28
}

func eachDay(s slot) []calendar.Date {
	list := make([]calendar.Date, 0, s.to-s.last+1)
	for d := s.last; d <= s.to; d++ {
		list = append(list, d)
	}
	return list
}

func isWorkday(days calendar.Days, d calendar.Date) bool {
	works, _ := days.IsWorkday(d)
	return works
}
