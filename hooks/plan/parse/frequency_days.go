package parse

import (
	"fmt"
	"strings"
)

// refine reads what follows a period: 每周五, 每月20日, 每月第一周周五,
// 每季度末. It returns the finer rule and where the words end.
func refine(r []rune, rule string, i, end int) (string, int) {
	switch {
	case strings.HasPrefix(rule, weekly) && rule != workdays:
		if days, next := weekdays(r, i, end); days != "" {
			return rule + ";BYDAY=" + days, next
		}
	case rule == monthly:
		return refineMonth(r, rule, i, end)
	}
	return rule, i
}

var dayNames = map[rune]string{'一': "MO", '二': "TU", '三': "WE", '四': "TH", '五': "FR", '六': "SA", '日': "SU", '天': "SU", '末': ""}

// dayCodes in the order of the week.
var dayCodes = []string{"MO", "TU", "WE", "TH", "FR", "SA", "SU"}

// weekdays reads 五, 一、三、五 and 一至周五 behind 每周.
func weekdays(r []rune, i, end int) (codes string, next int) {
	j := i
	j += oneAt(r[:end], j, weekOpeners)
	if j >= end || dayNames[r[j]] == "" || isMeasured(r, j+1, end, r[j]) {
		return "", i
	}
	days := []string{dayNames[r[j]]}
	for j++; j < end && is(r[j], "、和至-到/") && len(days) < 7; {
		k := j + 1
		k += oneAt(r[:end], k, weekMark)
		if k >= end || dayNames[r[k]] == "" || isMeasured(r, k+1, end, r[k]) {
			break
		}
		if is(r[j], "至-到") {
			days = daysBetween(days[0], dayNames[r[k]])
		} else {
			days = append(days, dayNames[r[k]])
		}
		j = k + 1
	}
	return strings.Join(days, ","), j
}

func daysBetween(a, b string) []string {
	var out []string
	for _, c := range dayCodes {
		if c == a || len(out) > 0 {
			out = append(out, c)
		}
		if c == b && len(out) > 0 {
			break
		}
	}
	return out
}

// isMeasured tells 每周一次 from Monday: a measure follows the number. For
// 一, which also opens 一学 and 一题, only what a day can be followed by counts
// as a day.
func isMeasured(r []rune, i, end int, day rune) bool {
	if i >= end {
		return day == '一'
	}
	if is(r[i], "次个场节篇期例堂遍项课名位件条封天小题本套至到") && !(is(r[i], "至到") && i+1 < end && is(r[i+1], "周星五四三六日")) {
		return !(r[i] == '例' && i+1 < end && r[i+1] == '会')
	}
	if day != '一' {
		return false
	}
	return !is(r[i], "，、。；）：和-/") && oneAt(r, i, mondayTails) == 0
}

func refineMonth(r []rune, rule string, i, end int) (string, int) {
	j := i
	if hasAt(r[:end], j, "的") {
		j++
	}
	if days, next := daysOfMonth(r, j, end); days != "" {
		return rule + ";BYMONTHDAY=" + days, next
	}
	if code, next := weekdayOfMonth(r, j, end); next > j {
		if code == "" {
			return rule, next
		}
		return rule + ";BYDAY=" + code, next
	}
	if w := oneAt(r[:end], j, monthEnds); w > 0 {
		return rule + ";BYMONTHDAY=-1", j + w
	}
	if w := oneAt(r[:end], j, monthThirds); w > 0 {
		return rule, j + w
	}
	return rule, i
}

// daysOfMonth reads 20日, 5号前, 10日、20日 and 25日至30日 (its first day).
func daysOfMonth(r []rune, i, end int) (days string, next int) {
	n, j, _ := ordinalNumber(r, i, end)
	if n < 1 || n > 31 || j >= end {
		return "", i
	}
	if is(r[j], "-~至") {
		m, k, _ := ordinalNumber(r, j+1, end)
		if m < 1 || k >= end || !is(r[k], "日号") {
			return "", i
		}
		return fmt.Sprint(n), k + 1
	}
	if !is(r[j], "日号") || isWordDay(r, j, end) {
		return "", i
	}
	days = fmt.Sprint(n)
	for j++; j < end && is(r[j], "、和"); {
		m, k, _ := ordinalNumber(r, j+1, end)
		if m < 1 || m > 31 || k >= end || !is(r[k], "日号") {
			break
		}
		days += fmt.Sprintf(",%d", m)
		j = k + 1
	}
	if hasAt(r[:end], j, "之前") {
		j += 2
	} else if hasAt(r[:end], j, "前") {
		j++
	}
	return days, j
}

// isWordDay tells 每月一日捐 from the first of the month.
func isWordDay(r []rune, j, end int) bool { return r[j] == '日' && j+1 < end && is(r[j+1], "游捐") }

// weekdayOfMonth reads 第一周周五, 第二个星期三, 最后一个周五 and 第一周.
func weekdayOfMonth(r []rune, i, end int) (code string, next int) {
	n, j := 0, i
	switch {
	case hasAt(r[:end], i, "最后"):
		n, j = -1, i+2
		if j < end && r[j] == '一' {
			j++
		}
	case hasAt(r[:end], i, "第"):
		n, j, _ = ordinalNumber(r, i+1, end)
	case hasAt(r[:end], i, "首个"):
		n, j = 1, i+1
	}
	if n == 0 || n > 5 {
		return "", i
	}
	if hasAt(r[:end], j, "个") {
		j++
	}
	k := j + oneAt(r[:end], j, weekdayOf)
	switch {
	case k > j && k < end && dayNames[r[k]] != "" && !isMeasured(r, k+1, end, r[k]):
		return fmt.Sprintf("%d%s", n, dayNames[r[k]]), k + 1
	case k > j:
		return "", k
	}
	return "", i
}
