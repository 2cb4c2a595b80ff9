package parse

import (
	"fmt"
	"time"
)

// findDates lists the dates in g, in order. Dates of the past and days inside
// a frequency are left out.
func findDates(p *page, g rng) []dateHit {
	var hits []dateHit
	for i := g.a; i < g.b; {
		d, ok := dateAt(p, p.m, i, g.b)
		if !ok {
			i++
			continue
		}
		if !d.past && !p.years.isPast(d) && !isPeriodName(p, d) {
			hits = append(hits, d)
		}
		i = d.b
	}
	return hits
}

// isPeriodName reports dates that name something: 3月份工资, 上半年总结.
func isPeriodName(p *page, d dateHit) bool {
	if d.part == yearForm && oneAt(p.r, d.b, periodNouns) > 0 && !hasBefore(p.r, d.b, "前") {
		return hasBefore(p.r, d.b, "半年")
	}
	return d.a > 0 && p.r[d.a-1] == '自' && d.to == nil
}

// due resolves a date with the year of the plan.
func (p *page) due(d dateHit) *Due {
	return &Due{Text: p.clean(d.rng), From: p.years.resolve(d.from), To: p.years.resolve(d.to)}
}

// resolve writes a day as YYYY-MM-DD; nil if it is open or has no year.
func (y years) resolve(d *day) *string {
	if d == nil || d.month == 0 {
		return nil
	}
	year := d.year
	if year == 0 {
		if y.plan == 0 {
			return nil
		}
		year = y.plan + d.next + y.shift(d.month)
	}
	last := time.Date(year, time.Month(d.month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
	s := fmt.Sprintf("%04d-%02d-%02d", year, d.month, min(d.day, last))
	return &s
}

// isPast reports a date whose year is before the plan's.
func (y years) isPast(d dateHit) bool {
	for _, at := range []*day{d.to, d.from} {
		if at != nil && at.year > 0 {
			return y.plan > 0 && at.year < y.plan
		}
	}
	return false
}
