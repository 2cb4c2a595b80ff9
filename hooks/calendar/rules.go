package calendar

import (
	"fmt"
	"slices"
	"time"

	"yaodian/hooks/kit"
)

var kindWords = map[Kind]string{Holiday: "放假", Workday: "调休上班"}

// CheckDay: an entry names a real day and says something about it: a day off
// on a weekday or work on a weekend, or that the State Council's arrangement
// doesn't hold here.
func CheckDay(date string, kind Kind) error {
	d, err := Parse(date)
	if err != nil {
		return kit.Reject("date", "calendar_date_unreal", fmt.Sprintf("没有 %s 这一天，请按“2026-03-01”的格式填写真实的日期。", date))
	}
	day := Day{Date: d, Kind: kind}
	arranged, known := statutory().days[d]
	switch {
	case day.differs(), known && arranged.Kind != kind:
		return nil
	case kind == Holiday:
		return kit.Reject("kind", "calendar_holiday_on_weekend", fmt.Sprintf("%s是%s，本来就不上班，不用登记为放假。", kit.Day(date, ""), weekdayWords[d.Weekday()]))
	}
	return kit.Reject("kind", "calendar_workday_on_weekday", fmt.Sprintf("%s是%s，本来就要上班，不用登记为调休上班。", kit.Day(date, ""), weekdayWords[d.Weekday()]))
}

var weekdayWords = map[time.Weekday]string{
	time.Monday: "星期一", time.Tuesday: "星期二", time.Wednesday: "星期三", time.Thursday: "星期四",
	time.Friday: "星期五", time.Saturday: "星期六", time.Sunday: "星期日",
}

// CheckUnique: a day is entered once. other is what it has been entered as;
// empty means not yet.
func CheckUnique(date string, other Kind) error {
	if other == "" {
		return nil
	}
	return kit.Reject("date", "calendar_day_taken", fmt.Sprintf("%s已经登记为%s，请修改原来的那一条。", kit.Day(date, ""), kindWords[other]))
}

// CheckNode: a festival falls on a day that its calendar has, and notice is
// given at most two months before.
func CheckNode(n Node) error {
	switch {
	case n.Kind == Term && !slices.Contains(Terms, n.Term):
		return kit.Reject("term", "calendar_term_unknown", fmt.Sprintf("二十四节气中没有“%s”，请重新填写。", n.Term))
	case n.Kind != Term && (n.Month < 1 || n.Month > 12):
		return kit.Reject("month", "calendar_month_unreal", "月份应当在 1 到 12 之间。")
	case n.Kind != Term && (n.Day < 1 || n.Day > daysOf(n)):
		return kit.Reject("day", "calendar_day_unreal", fmt.Sprintf("这个月最多 %d 天，请重新填写。", daysOf(n)))
	case n.Before < 0 || n.Before > 60:
		return kit.Reject("before", "calendar_notice_out_of_range", "提前提醒的天数应当在 0 到 60 之间。")
	}
	return nil
}

// daysOf is how many days the month of a node may have.
func daysOf(n Node) int {
	if n.Kind == Lunar {
		return 30
	}
	return On(2024, time.Month(n.Month), 1).MonthEnd().Time().Day() // a leap year
}

// CheckYear: the calendar is kept for this century.
func CheckYear(year int) error {
	if year < firstYear || year > lastYear {
		return kit.Reject("year", "calendar_year_out_of_range", fmt.Sprintf("只能查询 %d 年到 %d 年的日历。", firstYear, lastYear))
	}
	return nil
}
