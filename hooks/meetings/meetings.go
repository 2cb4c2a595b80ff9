// Package meetings keeps the record of meetings (会议): the assemblies, the
// committees, the lectures and theme days of organizational life (组织生活), the
// agenda, who came, the numbers of each vote and what was decided.
//
// A meeting is planned, held, recorded and filed; what is filed is fixed, with
// everything that belongs to it, and corrected by slips. A heart-to-heart talk
// (谈心谈话) is registered as who, with whom and when. No record says who voted
// what or what somebody thinks: of a matter that the committee decides it is known
// who spoke, in what order, and who stood aside.
package meetings

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// The collections of this capability.
const (
	Meetings    = "meetings"
	Agenda      = "meetings_agenda"
	Attendance  = "meetings_attendance"
	Votes       = "meetings_votes"
	Resolutions = "meetings_resolutions"
	Lists       = "meetings_lists"
)

// Bind attaches the rules of meetings to app.
func Bind(app core.App) {
	org.Follow(app, course)
	kit.OnSave(app, Meetings, saveMeeting)

	kit.OnSave(app, Lists, saveList)
	kit.On(app.OnRecordDeleteExecute(Lists), deleteList)

	org.Inherit(app, Agenda, "meeting")
	org.Inherit(app, Attendance, "meeting")
	org.Inherit(app, Votes, "agenda", "meeting")
	org.Inherit(app, Resolutions, "agenda", "meeting")
	keepFiled(app, Agenda)
	keepFiled(app, Attendance, "made_up_on")
	keepFiled(app, Votes)
	keepFiled(app, Resolutions, "state", "feedback", "done_on", "done_by")

	kit.OnSave(app, Agenda, saveAgenda)
	kit.OnSave(app, Attendance, saveAttendance)
	kit.OnSave(app, Votes, saveVote)
	org.Follow(app, errands)
	kit.OnSave(app, Resolutions, saveResolution)

	app.Cron().MustAdd("meetings_remind", "10 8 * * *", func() { remind(app, time.Now().In(kit.Beijing)) })
}

// course is how a meeting goes.
var course = org.States{
	Collection: Meetings,
	Words:      []org.Word{{State: "planned", Name: "已安排"}, {State: "held", Name: "已召开"}, {State: "recorded", Name: "已记录"}, {State: "filed", Name: "已归档"}, {State: "cancelled", Name: "已取消"}},
	Moves: []org.Move{
		{From: "planned", To: "held"},
		{From: "planned", To: "cancelled"},
		{From: "held", To: "recorded"},
		{From: "recorded", To: "held"},
		{From: "recorded", To: "filed", Power: "meetings.edit", Sign: "filed_by"},
	},
	Needs: map[string][]string{"held": {"host"}, "recorded": {"host"}, "filed": {"host"}, "cancelled": {"cancel_note"}},
	Filed: []string{"filed", "cancelled"},
}

// errands is how a resolution is carried out.
var errands = org.States{
	Collection: Resolutions,
	Words:      []org.Word{{State: "decided", Name: "已议定"}, {State: "doing", Name: "办理中"}, {State: "done", Name: "已办结"}, {State: "replaced", Name: "已变更"}},
	Moves: []org.Move{
		{From: "decided", To: "doing"},
		{From: "decided", To: "done", Sign: "done_by"},
		{From: "doing", To: "done", Sign: "done_by"},
		{From: "decided", To: "replaced", System: true},
		{From: "doing", To: "replaced", System: true},
		{From: "done", To: "replaced", System: true},
	},
	Needs: map[string][]string{"doing": {"responsible", "due"}, "done": {"responsible", "feedback"}},
	Filed: []string{"done", "replaced"},
}

func saveMeeting(e *core.RecordEvent) error {
	m := meetingOf(e.Record)
	if err := m.check(kit.Today(e.App)); err != nil {
		return err
	}
	if e.Record.IsNew() {
		return e.Next()
	}
	stored, err := kit.Stored(e)
	if err != nil {
		return err
	}
	if field, changed := kit.Changed(e.Record, stored, "kind"); changed && m.State() != "planned" {
		return kit.Reject(field, "meetings_kind_fixed", "已经召开的会议不能改类别。")
	}
	if err := m.count(e.App, stored); err != nil {
		return err
	}
	if err := e.Next(); err != nil || m.State() != "filed" || stored.GetString("state") == "filed" {
		return err
	}
	return replace(e, m.Id)
}

// saveAgenda: the first topic comes first, a matter is major by the list in
// force, the secretary speaks last, and what a vote refused isn't written down
// as adopted.
func saveAgenda(e *core.RecordEvent) error {
	r := e.Record
	if err := CheckOrder(r.GetString("kind"), r.GetInt("number")); err != nil {
		return err
	}
	meeting, err := org.Parent(e.App, r, "meeting")
	if err != nil {
		return err
	}
	if err := judge(e.App, r, meeting); err != nil {
		return err
	}
	if err := checkSpeakers(e.App, r, meeting); err != nil {
		return err
	}
	if r.GetString("outcome") == "adopted" {
		vote, err := voteOf(e.App, r.Id)
		if err != nil {
			return err
		}
		if err := CheckAdopted(vote != nil, vote != nil && vote.GetBool("passed")); err != nil {
			return err
		}
	}
	return e.Next()
}

// judge holds a topic to the list that is in force on the day of the meeting,
// and writes down which that was (R-TOP-01, R-TOP-08).
func judge(app core.App, topic, meeting *core.Record) error {
	topic.Set("list", "")
	if !committeeDecides(meeting.GetString("kind"), topic.GetString("kind")) {
		return nil
	}
	list, limits, err := listOn(app, meeting.GetString("org_path"), meeting.GetString("held_on"))
	if err != nil {
		return err
	}
	topic.Set("list", list)
	return CheckMajor(limits, meeting.GetString("kind"), topic.GetString("kind"), topic.GetString("major"), topic.GetInt("amount"))
}

// checkSpeakers asks who is secretary on the day of the meeting, where it is
// said who spoke.
func checkSpeakers(app core.App, topic, meeting *core.Record) error {
	speakers, secretary := topic.GetStringSlice("speakers"), ""
	if len(speakers) > 0 {
		heads, err := org.Holders(app, "committee_secretary", meeting.GetString("org_path"), meeting.GetString("held_on"))
		if err != nil {
			return err
		}
		for _, h := range heads {
			if h.Org == meeting.GetString("org") {
				secretary = h.Person
			}
		}
	}
	return CheckSpeakers(meeting.GetString("kind"), topic.GetString("kind"), speakers, topic.GetStringSlice("withdrew"), secretary)
}

func saveAttendance(e *core.RecordEvent) error {
	r := e.Record
	if err := CheckReason(r.GetString("status"), r.GetString("reason")); err != nil {
		return err
	}
	if err := CheckMadeUp(r.GetString("status"), r.GetString("made_up_on"), kit.Today(e.App)); err != nil {
		return err
	}
	return e.Next()
}

// saveVote checks the numbers and writes down what they mean.
func saveVote(e *core.RecordEvent) error {
	topic, err := e.App.FindRecordById(Agenda, e.Record.GetString("agenda"))
	if err != nil {
		return err
	}
	mode, tally := Mode(e.Record.GetString("mode")), tallyOf(e.Record)
	if err := CheckMode(mode, topic.GetString("major")); err != nil {
		return err
	}
	if err := tally.Check(mode); err != nil {
		return err
	}
	if topic.GetString("outcome") == "adopted" {
		if err := CheckAdopted(true, tally.Passed(mode)); err != nil {
			return err
		}
	}
	e.Record.Load(map[string]any{"quorum": tally.Quorum(mode), "passed": tally.Passed(mode), "remark": tally.Remark(mode)})
	return e.Next()
}
