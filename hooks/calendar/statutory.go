package calendar

import (
	"strings"
	"sync"

	"github.com/6tail/lunar-go/HolidayUtil"
)

// arrangement is the State Council's arrangement of holidays, year by year.
type arrangement struct {
	days    map[Date]Day
	settled map[int]bool
}

// The library's data begins with 2002. It is extended by an upgrade of the
// library or by entries in calendar_days, whichever comes first.
const firstYear, lastYear = 2000, 2099

// statutory reads the library's table into days once; its own look-up searches
// a string from the beginning each time.
var statutory = sync.OnceValue(func() arrangement {
	all := arrangement{days: map[Date]Day{}, settled: map[int]bool{}}
	for year := firstYear; year <= lastYear; year++ {
		list := HolidayUtil.GetHolidaysByYear(year)
		for e := list.Front(); e != nil; e = e.Next() {
			all.add(e.Value.(*HolidayUtil.Holiday))
		}
	}
	return all
})

func (a arrangement) add(h *HolidayUtil.Holiday) {
	date, err := Parse(h.GetDay())
	if err != nil {
		return
	}
	day := Day{Date: date, Kind: Holiday, Name: strings.Replace(h.GetName(), "元旦节", "元旦", 1), Source: "国务院办公厅放假安排"}
	if h.IsWork() {
		day.Kind = Workday
	}
	a.days[date] = day
	if settles(day) {
		a.settled[date.Year()] = true
	}
}
