package plan

import (
	"cmp"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/calendar"
	"yaodian/hooks/kit"
)

// frame is what the duties of a plan are made within.
type frame struct {
	year  int
	days  calendar.Days
	today string // who is in office and how far a duty is, is asked for this day
	from  string // what was due before this day isn't made any more
}

func frameOf(app core.App, year int, today string) (frame, error) {
	days, err := calendar.Load(app)
	return frame{year: year, days: days, today: today, from: today}, err
}

// frameOfImport begins with the day that the clerk chose.
func frameOfImport(app core.App, draft *core.Record) (frame, error) {
	f, err := frameOf(app, draft.GetInt("year"), kit.Today(app))
	f.from = cmp.Or(draft.GetString("since"), f.today)
	return f, err
}
