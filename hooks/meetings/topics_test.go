package meetings_test

import (
	"net/http"
	"slices"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/meetings"
)

var (
	committee = map[string]any{
		"org": "@jd", "title": "党工委会议", "kind": "committee", "held_on": "2026-06-09", "starts": "09:00", "place": "三楼会议室",
		"host": "#secretary", "recorder": "#clerk", "minutes": "发言要点", "state": "held",
	}
	list = map[string]any{
		"org": "@jd", "title": "三重一大事项清单", "document": "清工委〔2026〕2号", "effective_on": "2026-01-01",
		"project_from": 5_000_000, "funds_from": 5_000_000, "matters": "一、重大决策……",
	}
)

// sitting is a meeting of the committee on a day with a decision of a kind:
// the secretary and the deputy came, the clerk sits in.
func sitting(t testing.TB, app core.App, day, major string) (meeting, topic *core.Record) {
	t.Helper()
	meeting = apptest.Make(t, app, meetings.Meetings, with(committee, "held_on", day))
	for who, status := range map[string]string{"#secretary": "present", "#deputy": "present", "#clerk": "observer"} {
		apptest.Make(t, app, meetings.Attendance, map[string]any{"meeting": meeting.Id, "person": who, "status": status})
	}
	apptest.Make(t, app, meetings.Agenda, map[string]any{"meeting": meeting.Id, "number": 1, "title": "学习", "kind": "first_topic", "outcome": "noted"})
	topic = apptest.Make(t, app, meetings.Agenda, map[string]any{
		"meeting": meeting.Id, "number": 2, "title": "经费", "kind": "decision", "major": major, "amount": 6_000_000, "speakers": []string{apptest.Person(t, app, "deputy").Id, apptest.Person(t, app, "secretary").Id},
	})
	apptest.Make(t, app, meetings.Votes, map[string]any{"agenda": topic.Id, "mode": "street_committee", "method": "hands", "expected": 2, "attended": 2, "yes": 2})
	apptest.Refused(t, "adopted", apptest.Save(app, topic, map[string]any{"outcome": "adopted"}), "")
	return meeting, topic
}

// file takes a meeting to the archive.
func file(t testing.TB, app core.App, meeting *core.Record) error {
	t.Helper()
	apptest.Refused(t, "recorded", apptest.Save(app, meeting, map[string]any{"state": "recorded"}), "")
	return apptest.Save(app, meeting, map[string]any{"state": "filed", "filed_by": apptest.Person(t, app, apptest.Clerk).Id})
}

func TestR_TOP_03_OrderIsKept(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	_, topic := sitting(t, app, "2026-06-09", "funds")
	secretary, deputy := apptest.Person(t, app, "secretary").Id, apptest.Person(t, app, "deputy").Id
	if got := apptest.First(t, app, meetings.Agenda, "id", topic.Id).GetStringSlice("speakers"); !slices.Equal(got, []string{deputy, secretary}) {
		t.Errorf("Expected the order in which they spoke, got %v", got)
	}
	apptest.Refused(t, "the secretary first", apptest.Save(app, topic, map[string]any{"speakers": []string{secretary, deputy}}), "meetings_secretary_last")
}

// A meeting of the committee is filed once everybody who came has spoken to what
// it decided; who only sits in isn't asked, and isn't expected either.
func TestR_TOP_04_FiledOnceAllAreHeard(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	meeting, topic := sitting(t, app, "2026-06-09", "funds")
	apptest.Make(t, app, meetings.Resolutions, map[string]any{"agenda": topic.Id, "text": "同意"})
	apptest.Refused(t, "one silent", apptest.Save(app, topic, map[string]any{"speakers": []string{apptest.Person(t, app, "secretary").Id}}), "")
	apptest.Refused(t, "filed early", file(t, app, meeting), "meetings_unheard")
	apptest.Refused(t, "stood aside", apptest.Save(app, apptest.First(t, app, meetings.Agenda, "id", topic.Id), map[string]any{"withdrew": apptest.Person(t, app, "deputy").Id}), "")
	meeting = apptest.First(t, app, meetings.Meetings, "id", meeting.Id)
	apptest.Refused(t, "filed", apptest.Save(app, meeting, map[string]any{"state": "filed", "filed_by": apptest.Person(t, app, apptest.Clerk).Id}), "")
	if n := apptest.First(t, app, meetings.Meetings, "id", meeting.Id).GetInt("expected"); n != 2 {
		t.Errorf("Expected two who had to come, got %d", n)
	}
}

// Whoever answers for a resolution hears of it in time, and those who keep the
// meetings when it is late.
func TestR_TOP_06_FromResolutionToFeedback(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	meeting, topic := sitting(t, app, "2026-06-09", "funds")
	r := apptest.Make(t, app, meetings.Resolutions, map[string]any{"agenda": topic.Id, "text": "购置图书", "responsible": "#member", "due": "2026-06-30"})
	const soon, late = "决议到期（2026-06-30）：购置图书", "决议逾期没有反馈（2026-06-30）：购置图书"
	if got := remindOn(t, app, "2026-06-25", apptest.Member); slices.Contains(got, soon) {
		t.Errorf("Expected nothing before the meeting is filed, got %q", got)
	}
	apptest.Refused(t, "filed", file(t, app, meeting), "")
	if got := remindOn(t, app, "2026-06-25", apptest.Member); !slices.Contains(got, soon) {
		t.Errorf("Expected a reminder in time, got %q", got)
	}
	if got := remindOn(t, app, "2026-07-01", apptest.Clerk); !slices.Contains(got, late) || slices.Contains(got, soon) {
		t.Errorf("Expected the clerk to hear when it is late, got %q", got)
	}
	apptest.Refused(t, "without feedback", apptest.Save(app, r, map[string]any{"state": "done", "done_by": apptest.Person(t, app, "member").Id}), "meetings_resolutions_needs")
}

// What was decided on a major matter is changed by the same committee alone, on
// the same sort of matter, and holds until that meeting is filed.
func TestR_TOP_07_ChangedByAnotherMeeting(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	first, topic := sitting(t, app, "2026-05-12", "funds")
	old := apptest.Make(t, app, meetings.Resolutions, map[string]any{"agenda": topic.Id, "text": "购置图书", "responsible": "#member", "due": "2026-06-30"})
	apptest.Refused(t, "filed", file(t, app, first), "")
	apptest.Refused(t, "rewritten", apptest.Save(app, old, map[string]any{"text": "购置桌椅"}), "meetings_filed")
	old = apptest.First(t, app, meetings.Resolutions, "id", old.Id)
	apptest.Refused(t, "by hand", apptest.Save(app, old, map[string]any{"state": "replaced"}), "meetings_resolutions_by_system")

	_, other := sitting(t, app, "2026-06-02", "decision")
	_, err := apptest.Try(app, meetings.Resolutions, map[string]any{"agenda": other.Id, "text": "购置桌椅", "replaces": old.Id})
	apptest.Refused(t, "as another matter", err, "meetings_replaces")
	second, again := sitting(t, app, "2026-06-09", "funds")
	apptest.Make(t, app, meetings.Resolutions, map[string]any{"agenda": again.Id, "text": "购置桌椅", "replaces": old.Id, "responsible": "#member", "due": "2026-07-30"})
	for _, want := range []string{"decided", "replaced"} {
		if got := apptest.First(t, app, meetings.Resolutions, "id", old.Id).GetString("state"); got != want {
			t.Errorf("Expected %s, got %s", want, got)
		}
		if want == "decided" {
			apptest.Refused(t, "filed", file(t, app, second), "")
		}
	}
}

// A topic is judged by the list in force on the day of the meeting; a list in
// force stays, and a new version takes its place from its day on.
func TestR_TOP_08_TheListInForceJudges(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	first := apptest.Make(t, app, meetings.Lists, list)
	next := apptest.Make(t, app, meetings.Lists, with(list, "effective_on", "2026-06-11", "funds_from", 1_000_000))
	apptest.Make(t, app, meetings.Lists, with(list, "org", "@wd", "effective_on", "2026-06-01", "funds_from", 100))
	meet := func(id, day string) {
		apptest.Make(t, app, meetings.Meetings, with(committee, "id", id, "held_on", day, "state", "planned"))
	}
	meet("meeting00000001", "2026-06-10")
	meet("meeting00000002", "2026-06-11")
	topic := map[string]any{"number": 1, "title": "经费", "kind": "decision", "amount": 4_999_999}
	made := apptest.Make(t, app, meetings.Agenda, with(topic, "meeting", "meeting00000001"))
	if got := made.GetString("list"); got != first.Id {
		t.Errorf("Expected the list in force, got %q", got)
	}
	_, err := apptest.Try(app, meetings.Agenda, with(topic, "meeting", "meeting00000002"))
	apptest.Refused(t, "the day after", err, "meetings_major")
	made = apptest.Make(t, app, meetings.Agenda, with(topic, "meeting", "meeting00000002", "major", "funds"))
	if got := made.GetString("list"); got != next.Id {
		t.Errorf("Expected the new list, got %q", got)
	}
	apptest.Refused(t, "a list in force", apptest.Save(app, first, map[string]any{"funds_from": 1}), "meetings_list_in_force")
	apptest.Refused(t, "deleted", app.Delete(first), "meetings_list_in_force")
	apptest.Refused(t, "before its day", apptest.Save(app, next, map[string]any{"funds_from": 2_000_000}), "")
	_, err = apptest.Try(app, meetings.Lists, apptest.Named(t, app, with(list, "effective_on", "2026-06-05")))
	apptest.Refused(t, "from the past", err, "meetings_list_order")
}

// Over REST nobody says by which list a topic was judged.
func TestR_TOP_01_JudgedByTheSystem(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	first := apptest.Make(t, s.App, meetings.Lists, list)
	meeting := apptest.Make(t, s.App, meetings.Meetings, committee)
	body := map[string]any{"meeting": meeting.Id, "number": 1, "title": "经费", "kind": "decision", "amount": 5_000_000}
	post := func(body map[string]any) apptest.Answer {
		return s.Do(t, apptest.Clerk, http.MethodPost, apptest.URL(meetings.Agenda), body)
	}
	post(body).Want(t, 400, "meetings_major", "5 万元")
	post(with(body, "major", "funds", "list", "")).Want(t, 200, first.Id)
}

func TestListsPolicy(t *testing.T) {
	t.Parallel()
	later := with(list, "org", "@zb1", "effective_on", "2026-07-01")
	apptest.Policy{
		Collection: meetings.Lists,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			return apptest.Make(t, app, meetings.Lists, later)
		},
		Create: with(later, "effective_on", "2026-08-01"),
		Update: map[string]any{"matters": "一、二、"},
		Table: `
			who       list view create update delete
			guest     0    404  400    404    404
			outsider  0    404  400    404    404
			member    1    200  400    404    404
			branch2   0    404  400    404    404
			branch1   1    200  200    200    204
			inspector 1    200  400    404    404
			clerk     1    200  200    200    204
			keeper    1    200  200    200    204`,
	}.Test(t)
}
