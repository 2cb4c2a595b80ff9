package rate

import "time"

const monthLayout = "2006-01"

// IsMonth reports whether s is a month written YYYY-MM.
func IsMonth(s string) bool {
	_, err := time.Parse(monthLayout, s)
	return err == nil
}

// MonthOf is the month in which a moment or a day lies.
func MonthOf(t time.Time) string { return t.Format(monthLayout) }

// Shift is the month n months after month, before it where n is negative.
func Shift(month string, n int) string {
	t, err := time.Parse(monthLayout, month)
	if err != nil {
		return month
	}
	return t.AddDate(0, n, 0).Format(monthLayout)
}

// Span is how many months from and to enclose, both included; not positive
// where to lies before from.
func Span(from, to string) int {
	a, errA := time.Parse(monthLayout, from)
	b, errB := time.Parse(monthLayout, to)
	if errA != nil || errB != nil {
		return 0
	}
	return (b.Year()-a.Year())*12 + int(b.Month()) - int(a.Month()) + 1
}

// Months lists the months from one to another, both included.
func Months(from, to string) []string {
	out := make([]string, max(Span(from, to), 0))
	for n := range out {
		out[n] = Shift(from, n)
	}
	return out
}

// LastDay is the last day of a month, YYYY-MM-DD.
func LastDay(month string) string {
	t, err := time.Parse(monthLayout, month)
	if err != nil {
		return month
	}
	return t.AddDate(0, 1, -1).Format(time.DateOnly)
}
