package demo

import "time"

// fate is how it goes with a duty.
type fate int

const (
	untouched fate = iota // nothing happens
	inTime                // proved, submitted and accepted before it was due
	late                  // the same, after it was due: made up
	corrected             // returned once, then accepted
	exempted              // somebody with the power says it needn't be done
	waiting               // submitted just now, not yet looked at
	returned              // sent back, not yet submitted again
	begunOnly             // evidence given, not yet submitted
)

// What is long past was done, with the exceptions of a real year; the last
// weeks and what is open now show every state. Each fate comes round in turn.
var (
	longPast = cycle(50, map[int]fate{3: late, 9: corrected, 14: exempted, 22: late, 27: untouched, 31: corrected, 38: late, 45: exempted})
	lately   = []fate{inTime, waiting, inTime, untouched, inTime, late, returned, inTime, untouched, inTime, corrected}
	now      = []fate{untouched, inTime, waiting, untouched, begunOnly, returned, untouched, inTime, untouched}

	// What every member has to do at once would bury all the rest.
	crowded = append([]fate{waiting, returned, begunOnly}, cycle(29, map[int]fate{1: untouched, 2: untouched, 5: untouched, 7: untouched,
		8: untouched, 11: untouched, 13: untouched, 14: untouched, 17: untouched, 19: untouched, 22: untouched, 23: untouched, 26: untouched})...)
)

// crowd is how many have to do the same task in the same period before it
// counts as everybody's.
const crowd = 40

func cycle(n int, exceptions map[int]fate) []fate {
	out := make([]fate, n)
	for i := range out {
		out[i] = inTime
		if f, ok := exceptions[i]; ok {
			out[i] = f
		}
	}
	return out
}

// recent is how many days back "lately" goes.
const recent = 20

// fatedDuty is a duty and how it goes with it.
type fatedDuty struct {
	duty
	fate fate
	due  string // the day on which it counts as due in its story: not after today
}

// fated gives every duty its fate.
func (l *loader) fated(duties []duty) []fatedDuty {
	today := l.now.Format(time.DateOnly)
	since := addDays(today, -recent)
	out := make([]fatedDuty, len(duties))
	same, tasks := map[string]int{}, map[string]int{}
	for _, d := range duties {
		same[d.Task+d.Period]++
		tasks[d.Task]++
	}
	var past, last, open int
	for i, d := range duties {
		f := fatedDuty{duty: d, due: d.Due}
		switch {
		case d.Due >= today && same[d.Task+d.Period] > crowd:
			f.fate, f.due = crowded[open%len(crowded)], today
			open++
		case d.Due < since:
			f.fate = longPast[past%len(longPast)]
			past++
		case d.Due < today:
			f.fate = lately[last%len(lately)]
			last++
		default:
			f.fate = now[open%len(now)]
			f.due = today
			open++
		}
		if f.fate == inTime && d.Due >= today && early(d, today) {
			f.fate = untouched
		}
		f.fate = plausible(f, tasks[d.Task])
		out[i] = f
	}
	return out
}

// early: nobody has done a year's work in spring.
func early(d duty, today string) bool {
	return daysBetween(d.Opens, today)*5 < daysBetween(d.Opens, d.Due)*3
}

// plausible: what is done once a year is not excused, and a document may be
// late but isn't forgotten.
func plausible(f fatedDuty, ofTask int) fate {
	switch {
	case f.fate == exempted && ofTask < 4:
		return inTime
	case f.fate == untouched && f.Document != "" && f.due == f.Due:
		return late
	}
	return f.fate
}
