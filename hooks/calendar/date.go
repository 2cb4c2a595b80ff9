package calendar

import (
	"fmt"
	"time"

	"yaodian/hooks/kit"
)

// Date is a day in Beijing, as the number of days since 1970-01-01: dates
// compare, add and subtract like the numbers they are. Outside Go it is
// written YYYY-MM-DD; zero is no date and is written as nothing.
type Date int

// On is a day by its parts. Parts that run over carry on, as in time.Date.
func On(year int, month time.Month, day int) Date {
	return Date(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay)
}

// Of is the day in Beijing on which a moment falls.
func Of(t time.Time) Date {
	year, month, day := t.In(kit.Beijing).Date()
	return On(year, month, day)
}

// Parse reads a date written YYYY-MM-DD.
func Parse(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("not a date: %q", s)
	}
	return Of(t), nil
}

const secondsPerDay = 24 * 60 * 60

// Time is midnight of the day in UTC, for libraries that know days only as
// moments.
func (d Date) Time() time.Time { return time.Unix(int64(d)*secondsPerDay, 0).UTC() }

// String writes the date as YYYY-MM-DD; no date is empty.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	return d.Time().Format(time.DateOnly)
}

// MarshalText writes the date into JSON.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the date from JSON.
func (d *Date) UnmarshalText(text []byte) (err error) {
	if len(text) == 0 {
		*d = 0
		return nil
	}
	*d, err = Parse(string(text))
	return err
}

// Scan reads the date from a column of the database.
func (d *Date) Scan(value any) error {
	s, ok := value.(string)
	if !ok {
		return fmt.Errorf("not a date: %v", value)
	}
	return d.UnmarshalText([]byte(s))
}

// Year is the calendar year.
func (d Date) Year() int { return d.Time().Year() }

// Month is the month of the year.
func (d Date) Month() time.Month { return d.Time().Month() }

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday { return d.Time().Weekday() }

// Week is the ISO 8601 week and the year it belongs to, which near the New
// Year may differ from the calendar year.
func (d Date) Week() (year, week int) { return d.Time().ISOWeek() }

// AddMonths moves by natural months; where the month has no such day, to its
// last (domain.md 2.3): 2022-01-31 and one month is 2022-02-28.
func (d Date) AddMonths(n int) Date {
	t := d.Time()
	moved := On(t.Year(), t.Month()+time.Month(n), 1)
	return min(moved+Date(t.Day()-1), moved.MonthEnd())
}

// MonthEnd is the last day of the month.
func (d Date) MonthEnd() Date {
	t := d.Time()
	return On(t.Year(), t.Month()+1, 1) - 1
}

// onWeekend reports whether the day is a Saturday or Sunday.
func (d Date) onWeekend() bool {
	return d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
}
