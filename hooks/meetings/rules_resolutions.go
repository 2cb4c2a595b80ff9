package meetings

import (
	"fmt"

	"yaodian/hooks/calendar"
	"yaodian/hooks/kit"
)

// CheckExecutable: what didn't pass isn't carried out (R-TOP-05).
func CheckExecutable(outcome string, voted, passed bool) error {
	if outcome == "rejected" || outcome == "deferred" || voted && !passed {
		return kit.Reject("agenda", "meetings_not_passed", "这项议题没有通过，不能形成要执行的决议。")
	}
	return nil
}

// Decided is where a resolution comes from: who met, when, about what.
type Decided struct {
	Org     string `db:"org"`
	Kind    string `db:"kind"`
	HeldOn  string `db:"held_on"`
	Meeting string `db:"meeting_state"`
	Major   string `db:"major"`
	State   string `db:"state"`
}

// CheckReplaces: what was decided is changed by a later meeting of those who
// decided it, and a major matter goes through as one again (R-TOP-07).
func CheckReplaces(old, now Decided) error {
	reject := func(message string) error { return kit.Reject("replaces", "meetings_replaces", message) }
	switch {
	case old.Meeting != "filed":
		return reject("原决议的会议还没有归档，可以直接修改原决议。")
	case old.State == "replaced":
		return reject("这项决议已经变更过，请选择变更后的那一项。")
	case old.Org != now.Org || old.Kind != now.Kind:
		return reject("变更决议须由原来作决定的会议重新讨论，请在同一组织、同一类会议上登记。")
	case now.HeldOn < old.HeldOn:
		return reject("变更决议的会议不能早于原来的会议。")
	case old.Major != "" && old.Major != now.Major:
		return reject("原决议属于重大事项，变更时议题须选同一种重大事项重新上会。")
	}
	return nil
}

// Errand is a resolution that somebody answers for.
type Errand struct {
	Text        string `db:"text"`
	Responsible string `db:"responsible"`
	Due         string `db:"due"`
	HeldOn      string `db:"held_on"`
	Org         string `db:"org"`
	ID          string `db:"id"`
}

// The days before and after which an errand is spoken of.
const (
	errandBefore = 7 // before it is due
	errandShare  = 7 // after the meeting, if nobody has it
)

// Asked is what has to be said of an errand on a day, and whether those who keep
// the meetings hear of it: it has nobody or no date a week after the meeting,
// it is due within a week, or it is late (R-TOP-06).
func (d Errand) Asked(today string) (what string, keepers bool) {
	day, err := calendar.Parse(today)
	if err != nil {
		return "", false
	}
	switch {
	case d.Responsible == "" || d.Due == "":
		if d.HeldOn < (day - errandShare).String() {
			return "决议还没有分工", true
		}
	case d.Due < today:
		return fmt.Sprintf("决议逾期没有反馈（%s）", d.Due), true
	case d.Due <= (day + errandBefore).String():
		return fmt.Sprintf("决议到期（%s）", d.Due), false
	}
	return "", false
}
