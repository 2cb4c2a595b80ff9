package dues

import "yaodian/hooks/dues/rate"

// Unpaid are the consecutive months, up to and with the last one, for which
// somebody has paid nothing and nothing was waived.
type Unpaid struct{ From, To string }

// Months is how many they are.
func (u Unpaid) Months() int { return max(rate.Span(u.From, u.To), 0) }

// Streak finds the months without dues that run up to a month, in months from
// the latest on; one month that was paid or waived breaks it (domain.md 1.7).
func Streak(latestFirst []string, last string) Unpaid {
	u := Unpaid{From: rate.Shift(last, 1), To: last}
	for _, month := range latestFirst {
		if month != rate.Shift(u.From, -1) {
			break
		}
		u.From = month
	}
	return u
}

// Levels are after how many months without dues something is said: a reminder,
// a report to the committee, a warning, and at six months a review by people,
// which is all that happens (R-DUES-08).
var Levels = []int{6, 5, 3, 1}

// LevelOf is the highest level that a number of months has reached; 0: none.
func LevelOf(months int) int {
	for _, level := range Levels {
		if months >= level {
			return level
		}
	}
	return 0
}
