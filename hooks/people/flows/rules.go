package flows

import (
	"strings"

	"yaodian/hooks/calendar"
	"yaodian/hooks/kit"
	"yaodian/hooks/people"
)

const (
	reviewMonths = 6  // R-FLOW-01
	usualContact = 90 // days, R-FLOW-02
	stopMonths   = 6  // R-FLOW-03
	removeMonths = 24 // R-FLOW-04
)

// Flow is what CheckFlow looks at.
type Flow struct {
	Person, Contact, Reason, To      string
	Org, ToOrg, Host                 string
	Since, Expected, Reviewed, Ended string
}

// CheckFlow: a member is away since a real day, one branch is theirs and another
// helps, and somebody else keeps in touch (domain.md 5.2).
func CheckFlow(f Flow, kind, today string) error {
	switch {
	case kind != people.Member && kind != people.Probationary:
		return kit.Reject("person", "people_flows_kind", "只有正式党员和预备党员登记为流动党员。")
	case !kit.IsDate(f.Since) || f.Since > today:
		return kit.Reject("since", "people_flows_since", "外出日期应当是真实的日期，不能晚于今天。")
	case f.Expected != "" && f.Expected < addMonths(f.Since, reviewMonths):
		return kit.Reject("expected", "people_flows_short", "外出不满六个月的不登记为流动党员。")
	case f.Contact == f.Person:
		return kit.Reject("contact", "people_flows_contact", "联系人不能是本人，请选择支部里的另一位。")
	case f.ToOrg != "" && f.ToOrg == f.Org:
		return kit.Reject("to_org", "people_flows_same", "流入地党支部不能就是流出地的支部。")
	case f.ToOrg != "" && strings.TrimSpace(f.Host) != "":
		return kit.Reject("host", "people_flows_two", "流入地党组织在系统内的只选支部，不再填写名称。")
	case f.Reviewed != "" && (f.Reviewed < f.Since || f.Reviewed > today):
		return kit.Reject("reviewed_on", "people_flows_reviewed", "复核日期应当在外出之后，不能晚于今天。")
	case f.Ended != "" && (f.Ended < f.Since || f.Ended > today):
		return kit.Reject("ended_on", "people_flows_ended", "结束日期应当在外出之后，不能晚于今天。")
	}
	return nil
}

// CheckContact: a contact has happened while somebody was away, and only they
// report by themselves.
func CheckContact(on, way, since, state string, own bool, today string) error {
	switch {
	case state != "away":
		return kit.Reject("flow", "people_flows_over", "这次流动已经结束，不再登记联系。")
	case !kit.IsDate(on) || on < since || on > today:
		return kit.Reject("contacted_on", "people_flows_contacted", "联系日期应当在外出之后，不能晚于今天。")
	case own != (way == "report"):
		return kit.Reject("way", "people_flows_way", "本人登记的方式是“本人汇报”，由别人联系的请选择其他方式。")
	}
	return nil
}

// ReviewDue is the day by which an entry is looked at again: six months after
// the last time (R-FLOW-01).
func ReviewDue(since, reviewed string) string { return addMonths(max(since, reviewed), reviewMonths) }

// Silent reports whether the last contact is longer ago than days (R-FLOW-02).
func Silent(last string, days int, today string) bool {
	from, err := calendar.Parse(last)
	now, err2 := calendar.Parse(today)
	return err == nil && err2 == nil && int(now-from) > days
}

// Loss is what CheckLoss looks at.
type Loss struct{ State, Since, Stopped, Removed, Found string }

// StopFrom is the day from which a membership may be stopped (R-FLOW-03).
func StopFrom(lost string) string { return addMonths(lost, stopMonths) }

// RemoveFrom is the day from which somebody may be struck off (R-FLOW-04).
func RemoveFrom(stopped string) string { return addMonths(stopped, removeMonths) }

// Suggest is what an entry asks an organization to consider on a day; it decides
// nothing.
func Suggest(l Loss, today string) string {
	switch {
	case l.State == "searching" && today >= StopFrom(l.Since):
		return "stop"
	case l.State == "stopped" && today >= RemoveFrom(l.Stopped):
		return "remove"
	}
	return ""
}

// CheckLoss: contact was lost on a real day; a membership is stopped after six
// months of it and somebody struck off two years after that, not before.
func CheckLoss(l Loss, kind, today string) error {
	for _, d := range []struct{ field, day string }{{"lost_since", l.Since}, {"stopped_on", l.Stopped}, {"removed_on", l.Removed}, {"found_on", l.Found}} {
		if d.day != "" && (!kit.IsDate(d.day) || d.day > today) {
			return kit.Reject(d.field, "people_flows_day", "请填写真实的日期，不能晚于今天。")
		}
	}
	switch {
	case kind != people.Member && kind != people.Probationary:
		return kit.Reject("person", "people_flows_kind", "只有正式党员和预备党员登记失联。")
	case l.Stopped != "" && l.Stopped < StopFrom(l.Since):
		return kit.Reject("stopped_on", "people_flows_stop_early", "失去联系不满六个月，不能停止党籍。")
	case l.Removed != "" && (l.Stopped == "" || l.Removed < RemoveFrom(l.Stopped)):
		return kit.Reject("removed_on", "people_flows_remove_early", "停止党籍不满两年，不能除名。")
	}
	return nil
}

func addMonths(day string, n int) string {
	d, err := calendar.Parse(day)
	if err != nil {
		return ""
	}
	return d.AddMonths(n).String()
}
