package calendar

import (
	"cmp"
	"slices"
	"time"

	lunar "github.com/6tail/lunar-go/calendar"
)

// NodeKind says which calendar a festival follows.
type NodeKind string

// The calendars a festival may follow.
const (
	Solar NodeKind = "solar" // 公历
	Lunar NodeKind = "lunar" // 农历
	Term  NodeKind = "term"  // 节气
)

// Terms are the solar terms, from the first of a calendar year.
var Terms = []string{
	"小寒", "大寒", "立春", "雨水", "惊蛰", "春分", "清明", "谷雨", "立夏", "小满", "芒种", "夏至",
	"小暑", "大暑", "立秋", "处暑", "白露", "秋分", "寒露", "霜降", "立冬", "小雪", "大雪", "冬至",
}

// Node is a festival before which discipline is recalled (domain.md 8.4).
type Node struct {
	ID     string
	Name   string
	Kind   NodeKind
	Month  int    // of the solar or the lunar calendar
	Day    int    // of that month; its last day, where the month is shorter
	Term   string // one of Terms
	Before int    // days of notice
}

// Occasion is a festival in a certain year.
type Occasion struct {
	Node   string `json:"node"`
	Name   string `json:"name"`
	Date   Date   `json:"date"`
	Notice Date   `json:"notice"` // the day on which notice is given
}

// Occasions lists the festivals of a year in order.
func Occasions(nodes []Node, year int) []Occasion {
	list := []Occasion{}
	for _, n := range nodes {
		for _, d := range n.In(year) {
			list = append(list, Occasion{Node: n.ID, Name: n.Name, Date: d, Notice: d - Date(n.Before)})
		}
	}
	slices.SortStableFunc(list, func(a, b Occasion) int { return cmp.Compare(a.Date, b.Date) })
	return list
}

// In is when the festival falls in a calendar year. The end of the lunar year
// may fall into it twice or not at all.
func (n Node) In(year int) []Date {
	switch n.Kind {
	case Solar:
		first := On(year, time.Month(n.Month), 1)
		return []Date{min(first+Date(n.Day-1), first.MonthEnd())}
	case Term:
		return []Date{termIn(n.Term, year)}
	case Lunar:
		dates := []Date{lunarDay(year-1, n.Month, n.Day), lunarDay(year, n.Month, n.Day)}
		return slices.DeleteFunc(dates, func(d Date) bool { return d.Year() != year })
	}
	return nil
}

// lunarDay is the solar date of a day of the lunar calendar.
func lunarDay(year, month, day int) Date {
	last := lunar.NewLunarMonthFromYm(year, month).GetDayCount()
	return solar(lunar.NewLunarFromYmd(year, month, min(day, last)).GetSolar())
}

// termIn is when a solar term falls in a calendar year. The library's table
// begins with the winter solstice of the year before and names that of the
// year itself in capitals.
func termIn(term string, year int) Date {
	if term == "冬至" {
		term = "DONG_ZHI"
	}
	return solar(lunar.NewSolarFromYmd(year, 7, 1).GetLunar().GetJieQiTable()[term])
}

func solar(s *lunar.Solar) Date { return On(s.GetYear(), time.Month(s.GetMonth()), s.GetDay()) }
