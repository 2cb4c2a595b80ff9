package study

import (
	"fmt"
	"time"
)

// PlanDue: from the middle of February a member of the committee without a
// personal plan on record for the year is reminded, in the first half of March
// once more (domain.md 14.4).
func PlanDue(day time.Time) (title string, due bool) {
	switch {
	case day.Month() == time.February && day.Day() >= 15:
		return fmt.Sprintf("%d年个人学习计划还没有备案", day.Year()), true
	case day.Month() == time.March && day.Day() <= 15:
		return fmt.Sprintf("%d年个人学习计划逾期没有备案", day.Year()), true
	}
	return "", false
}
