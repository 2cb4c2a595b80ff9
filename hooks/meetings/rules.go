package meetings

import (
	"fmt"
	"strings"

	"yaodian/hooks/kit"
)

// CheckPeople: who records a meeting isn't who hosts it (R-ORG-04), and nobody
// talks with themselves.
func CheckPeople(kind, host, recorder, talkedWith string) error {
	switch {
	case host != "" && host == recorder:
		return kit.Reject("recorder", "meetings_recorder_hosts", "记录人不能是主持人，请由另一位同志记录。")
	case kind != "heart_talk" && talkedWith != "":
		return kit.Reject("talked_with", "meetings_no_talk", "只有谈心谈话才填写谈话对象。")
	case talkedWith != "" && talkedWith == host:
		return kit.Reject("talked_with", "meetings_talk_self", "谈话对象不能是发起人本人。")
	}
	return nil
}

// CheckTalk: a heart-to-heart talk says who, with whom and when; what was said
// is nobody's business (domain.md 3.1, 11.4).
func CheckTalk(kind, minutes string) error {
	if kind == "heart_talk" && strings.TrimSpace(minutes) != "" {
		return kit.Reject("minutes", "meetings_talk_private", "谈心谈话只登记谁与谁、何时谈，不记谈话内容。")
	}
	return nil
}

// CheckHeld: a meeting has been held when its day has come.
func CheckHeld(state, on, today string) error {
	if !kit.IsDate(on) {
		return kit.Reject("held_on", "meetings_date_unreal", "请填写真实的日期。")
	}
	if state != "planned" && state != "cancelled" && on > today {
		return kit.Reject("held_on", "meetings_date_future", "还没有到开会的日期，不能登记为已召开。")
	}
	return nil
}

// CheckOpen: what belongs to a filed meeting is fixed (R-ORG-04), and a talk
// has neither agenda nor list of who came. fixed names a field that changed.
func CheckOpen(state, kind, fixed string, touched bool) error {
	switch {
	case kind == "heart_talk" && touched:
		return kit.Reject("meeting", "meetings_talk_private", "谈心谈话只登记谁与谁、何时谈，不记其他内容。")
	case state == "cancelled" && touched:
		return kit.Reject("meeting", "meetings_cancelled", "已取消的会议不再登记。")
	case state == "filed" && touched:
		if fixed == "" {
			fixed = "meeting"
		}
		return kit.Reject(fixed, "meetings_filed", "会议已经归档，不能修改；有差错请登记更正件，变更决议请重新上会。")
	}
	return nil
}

// CheckOrder: the first topic (第一议题) is the first on the agenda.
func CheckOrder(kind string, number int) error {
	if kind == "first_topic" && number != 1 {
		return kit.Reject("number", "meetings_first_topic", "第一议题必须排在第 1 项。")
	}
	return nil
}

// CheckReason: who is on leave or exempt has a reason.
func CheckReason(status, reason string) error {
	if (status == "leave" || status == "exempt") && strings.TrimSpace(reason) == "" {
		return kit.Reject("reason", "meetings_reason_missing", "请假和免于要求的要写明原因。")
	}
	return nil
}

// CheckMadeUp: who missed a session makes up for it, in the past.
func CheckMadeUp(status, on, today string) error {
	switch {
	case on == "":
		return nil
	case status != "leave" && status != "absent":
		return kit.Reject("made_up_on", "meetings_made_up", "到会的不用补课。")
	case !kit.IsDate(on) || on > today:
		return kit.Reject("made_up_on", "meetings_date_future", "补课日期要真实，并且不晚于今天。")
	}
	return nil
}

// CheckAdopted: what was put to the vote is adopted if it passed.
func CheckAdopted(voted, passed bool) error {
	if voted && !passed {
		return kit.Reject("outcome", "meetings_not_passed", "表决没有通过，结果不能是“通过”。")
	}
	return nil
}

// Count is how many were expected and how many came.
type Count struct{ Expected, Attended, Absent int }

// CountAttendance counts who came: the exempt are neither expected nor absent
// (R-ORG-05), nor is who only sits in (列席).
func CountAttendance(statuses []string) Count {
	var c Count
	for _, s := range statuses {
		switch s {
		case "present":
			c.Expected++
			c.Attended++
		case "leave", "absent":
			c.Expected++
			c.Absent++
		}
	}
	return c
}

// Topic is what the record of a meeting says about one item of the agenda.
type Topic struct {
	Number  int    `db:"number"`
	Kind    string `db:"kind"`
	Title   string `db:"title"`
	Outcome string `db:"outcome"`
	Vote    string `db:"vote"`

	Speakers []string // in the order in which they spoke
	Withdrew []string
}

// Record is what the minutes of a meeting hold.
type Record struct {
	Kind, HeldOn, Starts, Place, Recorder, Minutes, Urgent, TalkedWith string

	Count    Count
	Present  []string // who came
	Topics   []Topic
	Resolved map[int]bool // topics with a resolution
}

// Check: a meeting is filed with its time, place, recorder, who came and who
// didn't, the agenda, the main points, resolutions and numbers of votes
// (R-ORG-03); a talk with whom it was.
func (r Record) Check() error {
	if r.Kind == "heart_talk" {
		if r.TalkedWith == "" {
			return missing("talked_with", "谈话对象")
		}
		return nil
	}
	for _, f := range []struct{ field, name, value string }{
		{"starts", "时间", r.Starts}, {"place", "地点", r.Place}, {"recorder", "记录人", r.Recorder}, {"minutes", "发言要点", r.Minutes},
	} {
		if strings.TrimSpace(f.value) == "" {
			return missing(f.field, f.name)
		}
	}
	switch {
	case r.Count.Attended == 0:
		return missing("attended", "签到情况（应到、实到、缺席及原因）")
	case len(r.Topics) == 0:
		return missing("title", "议题")
	case r.Kind == "democratic_life" && !(Tally{Expected: r.Count.Expected, Attended: r.Count.Attended}).Quorum(Life):
		return kit.Reject("attended", "meetings_quorum", "民主生活会到会人数不到应到的三分之二，不能归档。")
	}
	return r.checkTopics()
}

// checkTopics: each topic has an outcome, what was decided has numbers and a
// resolution, and the committee began with the first topic (domain.md 14.4).
func (r Record) checkTopics() error {
	if r.Kind == "committee" && r.Topics[0].Kind != "first_topic" && strings.TrimSpace(r.Urgent) == "" {
		return kit.Reject("urgent_note", "meetings_first_topic", "党工委会要有第一议题；紧急会议没有的，请写明情况。")
	}
	for _, t := range r.Topics {
		switch {
		case t.Outcome == "":
			return kit.Reject("title", "meetings_incomplete", fmt.Sprintf("第 %d 项议题“%s”还没有填写结果，不能归档。", t.Number, t.Title))
		case t.Kind == "decision" && t.Outcome != "deferred" && t.Vote == "":
			return kit.Reject("title", "meetings_incomplete", fmt.Sprintf("第 %d 项议题“%s”还没有登记票数，不能归档。", t.Number, t.Title))
		case t.Kind == "decision" && t.Outcome == "adopted" && !r.Resolved[t.Number]:
			return kit.Reject("title", "meetings_incomplete", fmt.Sprintf("第 %d 项议题“%s”还没有登记决议，不能归档。", t.Number, t.Title))
		}
		if err := r.checkHeard(t); err != nil {
			return err
		}
	}
	return nil
}

func missing(field, name string) error {
	return kit.Reject(field, "meetings_incomplete", fmt.Sprintf("会议记录还没有%s，不能归档。", name))
}
