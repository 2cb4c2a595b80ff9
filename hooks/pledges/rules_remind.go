package pledges

import "time"

// Before is how many days before its date something is reminded of.
const Before = 15

// Asked is what a time of the year asks of a pledge: a signature, where Term is
// empty, or a report.
type Asked struct {
	Year        int
	Term        string
	Title, Body string
}

// Due: from the middle of March to its end pledges are signed, from the middle
// of June the first half-year is reported on, from the middle of December the
// year. What is late is said once more in the first half of the next month.
func Due(day time.Time) (Asked, bool) {
	year, month, d := day.Date()
	switch {
	case month == time.March && d >= 31-Before:
		return Asked{year, "", "还没有签订", "责任书在 3 月 31 日前签订。"}, true
	case month == time.April && d <= Before:
		return Asked{year, "", "逾期没有签订", "请尽快签订，并写明逾期原因。"}, true
	case month == time.June && d >= 30-Before:
		return Asked{year, "mid", "年中报告还没有提交", "请在 6 月 30 日前书面报告履责情况。"}, true
	case month == time.July && d <= Before:
		return Asked{year, "mid", "年中报告逾期", "年中报告应在 6 月 30 日前提交，请尽快提交。"}, true
	case month == time.December && d >= 31-Before:
		return Asked{year, "final", "年末报告还没有提交", "请在 12 月 31 日前书面报告全年履责情况。"}, true
	case month == time.January && d <= Before:
		return Asked{year - 1, "final", "年末报告逾期", "年末报告应在 12 月 31 日前提交，请尽快提交。"}, true
	}
	return Asked{}, false
}
