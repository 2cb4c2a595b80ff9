package meetings_test

import (
	"testing"
	"time"

	"yaodian/hooks/apptest"
	"yaodian/hooks/kit"
	"yaodian/hooks/meetings"
)

// The vectors of domain.md appendix B.
func TestVoteVectors(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		mode   meetings.Mode
		tally  meetings.Tally
		quorum bool
		passed bool
	}{
		{"general, half came", meetings.General, meetings.Tally{Expected: 16, Attended: 8, Yes: 8}, true, false},
		{"general, 9 of 16 agree", meetings.General, meetings.Tally{Expected: 16, Attended: 9, Yes: 9}, true, true},
		{"general, one too few came", meetings.General, meetings.Tally{Expected: 16, Attended: 7, Yes: 7}, false, false},
		{"developing, half came", meetings.Developing, meetings.Tally{Expected: 16, Attended: 8, Yes: 8}, false, false},
		{"developing, 9 of 16", meetings.Developing, meetings.Tally{Expected: 16, Attended: 9, Yes: 9}, true, true},
		{"developing, 7 of 15", meetings.Developing, meetings.Tally{Expected: 15, Attended: 15, Yes: 7}, true, false},
		{"developing, 8 of 15", meetings.Developing, meetings.Tally{Expected: 15, Attended: 15, Yes: 8}, true, true},
		{"developing, 8 is half of 16", meetings.Developing, meetings.Tally{Expected: 16, Attended: 12, Yes: 8}, true, false},
		{"developing, 9 of 12 present", meetings.Developing, meetings.Tally{Expected: 16, Attended: 12, Yes: 9}, true, true},
		{"developing, one in writing", meetings.Developing, meetings.Tally{Expected: 15, Attended: 8, Written: 1, Yes: 8}, true, true},
		{"developing, written ones don't come", meetings.Developing, meetings.Tally{Expected: 15, Attended: 7, Written: 2, Yes: 9}, false, false},
		{"election, 19 of 25", meetings.Election, meetings.Tally{Expected: 25, Attended: 19, Yes: 19}, false, false},
		{"election, exactly four fifths", meetings.Election, meetings.Tally{Expected: 25, Attended: 20, Yes: 11}, true, true},
		{"election, 21 of 25", meetings.Election, meetings.Tally{Expected: 25, Attended: 21, Yes: 10}, true, false},
		{"election, 12 of 24 present", meetings.Election, meetings.Tally{Expected: 30, Attended: 24, Yes: 12}, true, false},
		{"election, 13 of 24 present", meetings.Election, meetings.Tally{Expected: 30, Attended: 24, Yes: 13}, true, true},
		{"branch committee, half came", meetings.Branch, meetings.Tally{Expected: 4, Attended: 2, Yes: 2}, true, true},
		{"branch committee, split", meetings.Branch, meetings.Tally{Expected: 5, Attended: 4, Yes: 2}, true, false},
		{"street, 4 of 9 came", meetings.Street, meetings.Tally{Expected: 9, Attended: 4, Yes: 4}, false, false},
		{"street, 5 of 9 agree", meetings.Street, meetings.Tally{Expected: 9, Attended: 5, Yes: 5}, true, true},
		{"street, 4 agree", meetings.Street, meetings.Tally{Expected: 9, Attended: 5, Yes: 4}, true, false},
		{"major, 5 of 9 came", meetings.Major, meetings.Tally{Expected: 9, Attended: 5, Yes: 5}, false, false},
		{"major, 6 of 9 came", meetings.Major, meetings.Tally{Expected: 9, Attended: 6, Yes: 5}, true, true},
		{"democratic life, 5 of 9", meetings.Life, meetings.Tally{Expected: 9, Attended: 5}, false, false},
		{"democratic life, no vote", meetings.Life, meetings.Tally{Expected: 9, Attended: 6, Yes: 6}, true, false},
		{"no such mode", meetings.Mode("x"), meetings.Tally{Expected: 9, Attended: 9, Yes: 9}, false, false},
	} {
		if got := c.tally.Quorum(c.mode); got != c.quorum {
			t.Errorf("%s: Expected quorum %v, got %v", c.name, c.quorum, got)
		}
		if got := c.tally.Passed(c.mode); got != c.passed {
			t.Errorf("%s: Expected passed %v, got %v", c.name, c.passed, got)
		}
	}
	if (meetings.Tally{Expected: 25, Attended: 20}).Remark(meetings.Election) == "" {
		t.Error("Expected a remark at exactly four fifths")
	}
	if r := (meetings.Tally{Expected: 25, Attended: 21}).Remark(meetings.Election); r != "" {
		t.Errorf("Expected no remark above four fifths, got %q", r)
	}
}

func TestTallyAddsUp(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, want string
		mode       meetings.Mode
		tally      meetings.Tally
	}{
		{"all counted", "", meetings.General, meetings.Tally{Expected: 9, Attended: 9, Yes: 5, No: 2, Abstain: 2}},
		{"some didn't vote", "", meetings.General, meetings.Tally{Expected: 9, Attended: 8, Yes: 5}},
		{"more votes than people", "meetings_tally", meetings.General, meetings.Tally{Expected: 9, Attended: 8, Yes: 5, No: 2, Abstain: 2}},
		{"more people than expected", "meetings_tally", meetings.General, meetings.Tally{Expected: 9, Attended: 10, Yes: 5}},
		{"nobody expected", "meetings_tally", meetings.General, meetings.Tally{}},
		{"less than nobody", "meetings_tally", meetings.General, meetings.Tally{Expected: 9, Attended: 9, Yes: -1}},
		{"written", "", meetings.Developing, meetings.Tally{Expected: 9, Attended: 8, Written: 1, Yes: 9}},
		{"too many written", "meetings_tally", meetings.Developing, meetings.Tally{Expected: 9, Attended: 8, Written: 2, Yes: 9}},
		{"written in an election", "meetings_tally", meetings.Election, meetings.Tally{Expected: 9, Attended: 8, Written: 1, Yes: 8}},
	} {
		apptest.Refused(t, c.name, c.tally.Check(c.mode), c.want)
	}
}

func TestR_TOP_02_MajorMattersNeedTwoThirds(t *testing.T) {
	t.Parallel()
	for major, want := range map[string]string{
		"": "", "decision": "", "funds": "", "community": "",
		"appointment": "meetings_mode_major", "project": "meetings_mode_major", "award": "meetings_mode_major",
	} {
		apptest.Refused(t, major, meetings.CheckMode(meetings.Street, major), want)
		apptest.Refused(t, major, meetings.CheckMode(meetings.Major, major), "")
	}
}

func whole() meetings.Record {
	return meetings.Record{
		Kind: "committee", HeldOn: "2026-06-09", Starts: "09:00", Place: "三楼会议室", Recorder: "r", Minutes: "要点",
		Count: meetings.Count{Expected: 9, Attended: 7, Absent: 2},
		Topics: []meetings.Topic{
			{Number: 1, Kind: "first_topic", Title: "学习", Outcome: "noted"},
			{Number: 2, Kind: "decision", Title: "经费", Outcome: "adopted", Vote: "v", Speakers: []string{"a", "b", "s"}},
		},
		Present:  []string{"s", "a", "b"},
		Resolved: map[int]bool{2: true},
	}
}

func TestR_ORG_03_RecordIsComplete(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		want string
		take func(r *meetings.Record)
	}{
		"complete":            {"", func(*meetings.Record) {}},
		"no time":             {"meetings_incomplete", func(r *meetings.Record) { r.Starts = "" }},
		"no place":            {"meetings_incomplete", func(r *meetings.Record) { r.Place = " " }},
		"no recorder":         {"meetings_incomplete", func(r *meetings.Record) { r.Recorder = "" }},
		"no minutes":          {"meetings_incomplete", func(r *meetings.Record) { r.Minutes = "" }},
		"nobody came":         {"meetings_incomplete", func(r *meetings.Record) { r.Count.Attended = 0 }},
		"no agenda":           {"meetings_incomplete", func(r *meetings.Record) { r.Topics = nil }},
		"no outcome":          {"meetings_incomplete", func(r *meetings.Record) { r.Topics[1].Outcome = "" }},
		"no numbers":          {"meetings_incomplete", func(r *meetings.Record) { r.Topics[1].Vote = "" }},
		"deferred, no vote":   {"", func(r *meetings.Record) { r.Topics[1].Outcome, r.Topics[1].Vote = "deferred", "" }},
		"no resolution":       {"meetings_incomplete", func(r *meetings.Record) { r.Resolved = nil }},
		"refused":             {"", func(r *meetings.Record) { r.Topics[1].Outcome, r.Resolved = "rejected", nil }},
		"no first topic":      {"meetings_first_topic", func(r *meetings.Record) { r.Topics[0].Kind = "report" }},
		"urgent":              {"", func(r *meetings.Record) { r.Topics[0].Kind, r.Urgent = "report", "防汛紧急调度" }},
		"a branch needs none": {"", func(r *meetings.Record) { r.Kind, r.Topics[0].Kind = "branch_assembly", "report" }},
		"democratic life, 5":  {"meetings_quorum", func(r *meetings.Record) { r.Kind, r.Count.Attended = "democratic_life", 5 }},
		"democratic life, 6":  {"", func(r *meetings.Record) { r.Kind, r.Count.Attended = "democratic_life", 6 }},
		"talk with nobody":    {"meetings_incomplete", func(r *meetings.Record) { *r = meetings.Record{Kind: "heart_talk"} }},
		"talk":                {"", func(r *meetings.Record) { *r = meetings.Record{Kind: "heart_talk", TalkedWith: "p"} }},
	} {
		r := whole()
		c.take(&r)
		apptest.Refused(t, name, r.Check(), c.want)
	}
}

func TestR_ORG_04_RecorderIsNotHost(t *testing.T) {
	t.Parallel()
	apptest.Refused(t, "same", meetings.CheckPeople("committee", "a", "a", ""), "meetings_recorder_hosts")
	apptest.Refused(t, "two", meetings.CheckPeople("committee", "a", "b", ""), "")
	apptest.Refused(t, "neither yet", meetings.CheckPeople("committee", "", "", ""), "")
	apptest.Refused(t, "talk with oneself", meetings.CheckPeople("heart_talk", "a", "", "a"), "meetings_talk_self")
	apptest.Refused(t, "talk at a committee", meetings.CheckPeople("committee", "a", "", "b"), "meetings_no_talk")
	apptest.Refused(t, "what was said", meetings.CheckTalk("heart_talk", "他说"), "meetings_talk_private")
}

func TestR_ORG_05_ExemptAreNotAbsent(t *testing.T) {
	t.Parallel()
	got := meetings.CountAttendance([]string{"present", "present", "leave", "absent", "exempt", "exempt"})
	if want := (meetings.Count{Expected: 4, Attended: 2, Absent: 2}); got != want {
		t.Errorf("Expected %+v, got %+v", want, got)
	}
	apptest.Refused(t, "exempt without a reason", meetings.CheckReason("exempt", " "), "meetings_reason_missing")
	apptest.Refused(t, "absent without a reason", meetings.CheckReason("absent", ""), "")
	apptest.Refused(t, "made up though present", meetings.CheckMadeUp("present", "2026-06-01", "2026-06-10"), "meetings_made_up")
	apptest.Refused(t, "made up tomorrow", meetings.CheckMadeUp("leave", "2026-06-11", "2026-06-10"), "meetings_date_future")
	apptest.Refused(t, "made up", meetings.CheckMadeUp("leave", "2026-06-09", "2026-06-10"), "")
}

func TestPeriods(t *testing.T) {
	t.Parallel()
	on := func(s string) time.Time {
		day, err := time.ParseInLocation(time.DateOnly, s, kit.Beijing)
		if err != nil {
			t.Fatal(err)
		}
		return day
	}
	for day, want := range map[string]string{
		"2026-06-14": "", "2026-06-15": "2026年第2季度", "2026-06-30": "2026年第2季度", "2026-07-01": "2026年第2季度missed",
		"2026-07-15": "2026年第2季度missed", "2026-07-16": "", "2026-01-03": "2025年第4季度missed",
	} {
		p, missed, _ := meetings.QuarterDue(on(day))
		got := p.Name
		if missed {
			got += "missed"
		}
		if got != want {
			t.Errorf("%s: Expected %q, got %q", day, want, got)
		}
	}
	for day, want := range map[string]string{"2026-03-04": "", "2026-03-05": "2026-02-28", "2026-03-10": "2026-02-28", "2026-03-11": "", "2026-01-05": "2025-12-31"} {
		if p, _ := meetings.MonthDue(on(day)); p.Last != want {
			t.Errorf("%s: Expected %q, got %q", day, want, p.Last)
		}
	}
	if p, _ := meetings.IdleDue(on("2026-03-05")); p.First != "2025-09-01" || p.Last != "2026-02-28" {
		t.Errorf("Expected September to February, got %+v", p)
	}
}

func TestR_TOP_01_MajorByAmount(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		meeting, kind, major string
		amount               int
		want                 string
	}{
		"just below":         {"committee", "decision", "", 999_999, ""},
		"ten thousand yuan":  {"committee", "decision", "", 1_000_000, "meetings_major"},
		"named as funds":     {"committee", "decision", "funds", 1_000_000, ""},
		"funds, how much":    {"committee", "decision", "funds", 0, "meetings_amount"},
		"a small project":    {"committee", "decision", "project", 1_999_999, "meetings_major"},
		"a project":          {"committee", "decision", "project", 2_000_000, ""},
		"heard, not decided": {"committee", "report", "", 1_000_000, ""},
		"in a branch":        {"branch_assembly", "decision", "", 1_000_000, ""},
	} {
		apptest.Refused(t, name, meetings.CheckMajor(meetings.DefaultLimits, c.meeting, c.kind, c.major, c.amount), c.want)
	}
}
