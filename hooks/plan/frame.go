package plan

import (
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/calendar"
)

// Frame is what the duties of a plan are made within.
type Frame struct {
	Year  int
	Days  calendar.Days
	Today string // who is in office and how far a duty is, is asked for this day
	From  string // what was due before this day isn't made any more
}

// FrameOf is the rest of a plan's year from today on.
func FrameOf(app core.App, year int, today string) (Frame, error) {
	days, err := calendar.Load(app)
	return Frame{Year: year, Days: days, Today: today, From: today}, err
}
