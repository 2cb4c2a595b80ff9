package rule

import (
	"fmt"
	"strconv"
	"time"
)

// QuarterOf is the quarter of a day: 2026-Q1.
func QuarterOf(day string) string {
	month, err := strconv.Atoi(day[5:7])
	if err != nil {
		return ""
	}
	return fmt.Sprintf("%s-Q%d", day[:4], (month+2)/3)
}

// QuarterEnd is the last day of a quarter.
func QuarterEnd(quarter string) string {
	year, _ := strconv.Atoi(quarter[:4])
	n := int(quarter[6] - '0')
	return time.Date(year, time.Month(3*n+1), 0, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
}

// QuarterBegin is the first day of a quarter.
func QuarterBegin(quarter string) string {
	return fmt.Sprintf("%s-%02d-01", quarter[:4], 3*int(quarter[6]-'0')-2)
}

// QuarterBefore is the quarter before one.
func QuarterBefore(quarter string) string {
	begin, err := time.Parse(time.DateOnly, QuarterBegin(quarter))
	if err != nil {
		return ""
	}
	return QuarterOf(begin.AddDate(0, 0, -1).Format(time.DateOnly))
}

// NextMonth is the month after one: 2026-12 is followed by 2027-01.
func NextMonth(month string) string {
	t, err := time.Parse("2006-01", month)
	if err != nil {
		return "9999-99"
	}
	return t.AddDate(0, 1, 0).Format("2006-01")
}
