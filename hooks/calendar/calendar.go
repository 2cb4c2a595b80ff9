// Package calendar knows which days are workdays (工作日历) and when the festival
// nodes (节日节点) of a year fall.
//
// The State Council's holidays and make-up workdays and the lunar calendar come
// from a library; what differs here, or isn't in the library yet, is entered in
// calendar_days. Where a year's holidays aren't known, the answer is Monday to
// Friday and says that it is provisional.
package calendar

import (
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
)

// The collections of this capability.
const (
	DayEntries    = "calendar_days"
	FestivalNodes = "calendar_nodes"
)

// Bind attaches the rules of the calendar to app.
func Bind(app core.App) {
	kit.OnSave(app, DayEntries, saveDay)
	kit.OnSave(app, FestivalNodes, saveNode)

	app.OnServe().BindFunc(bindRoutes)
}

func saveDay(e *core.RecordEvent) error {
	date := e.Record.GetString("date")
	if err := CheckDay(date, Kind(e.Record.GetString("kind"))); err != nil {
		return err
	}
	other, err := enteredAs(e.App, e.Record)
	if err != nil {
		return err
	}
	if err := CheckUnique(date, other); err != nil {
		return err
	}
	return e.Next()
}

func saveNode(e *core.RecordEvent) error {
	if err := CheckNode(nodeOf(e.Record)); err != nil {
		return err
	}
	return e.Next()
}
