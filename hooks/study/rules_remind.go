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

// Unmet is what those who run a centre group are told of a quarter without a
// session, before it ends and once it is over (domain.md 14.4).
func Unmet(quarter, last string, over bool) (title, body string) {
	if over {
		return quarter + "缺中心组学习", "上季度没有登记中心组集体学习；已经学习的请补登，没有学习的请说明情况。"
	}
	return quarter + "还没有中心组学习", "理论学习中心组每季度至少集体学习一次，请在 " + last + " 前安排并登记。"
}

// MakeUpDays is how long somebody has to make up for a session (domain.md 14.4).
const MakeUpDays = 10

// MakeUpDue are the days of the sessions that are spoken of today: those that
// should have been made up for by now, and no older than another month, so that
// what is long past isn't raked up.
func MakeUpDue(day time.Time) (from, to string) {
	return day.AddDate(0, -1, -MakeUpDays-1).Format(time.DateOnly), day.AddDate(0, 0, -MakeUpDays-1).Format(time.DateOnly)
}
