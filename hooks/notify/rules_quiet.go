package notify

import (
	"time"

	"yaodian/hooks/kit"
)

// Quiet is a stretch of each day, in minutes after midnight, in which nobody is
// disturbed. It may cross midnight; one that ends when it begins is none.
type Quiet struct{ From, Until int }

// night is the quiet of those who chose nothing: 21:00 to 08:00.
var night = Quiet{21 * 60, 8 * 60}

// QuietOf reads quiet hours written "21:00", "08:00", the first that are
// written down: the person's, then the channel's, then the house's.
func QuietOf(pairs ...[2]string) Quiet {
	for _, p := range pairs {
		from, ok := minutes(p[0])
		until, ok2 := minutes(p[1])
		if ok && ok2 {
			return Quiet{from, until}
		}
	}
	return night
}

func minutes(clock string) (int, bool) {
	t, err := time.Parse("15:04", clock)
	return t.Hour()*60 + t.Minute(), err == nil
}

// CheckQuiet: quiet hours have a beginning and an end, or neither.
func CheckQuiet(from, until string) error {
	_, ok := minutes(from)
	_, ok2 := minutes(until)
	switch {
	case from == "" && until == "", ok && ok2:
		return nil
	case !ok:
		return kit.Reject("quiet_from", "notify_quiet", "免打扰的开始时间请按“21:00”的格式填写。")
	}
	return kit.Reject("quiet_until", "notify_quiet", "免打扰的结束时间请按“08:00”的格式填写。")
}

// Holds reports whether t lies in quiet hours.
func (q Quiet) Holds(t time.Time) bool {
	t = t.In(kit.Beijing)
	m := t.Hour()*60 + t.Minute()
	if q.From <= q.Until {
		return q.From <= m && m < q.Until
	}
	return m >= q.From || m < q.Until
}

// Next is t itself, or the end of the quiet hours that t lies in.
func (q Quiet) Next(t time.Time) time.Time {
	if !q.Holds(t) {
		return t
	}
	return q.morning(t)
}

// Gather is when the mail of a day goes out that is wanted as one: at the end of
// the next quiet hours, which without quiet hours is eight in the morning.
func (q Quiet) Gather(t time.Time) time.Time {
	if q.From == q.Until {
		q = night
	}
	return q.morning(t)
}

// morning is the first end of quiet hours after t.
func (q Quiet) morning(t time.Time) time.Time {
	t = t.In(kit.Beijing)
	end := time.Date(t.Year(), t.Month(), t.Day(), 0, q.Until, 0, 0, kit.Beijing)
	if !end.After(t) {
		end = end.AddDate(0, 0, 1)
	}
	return end
}
