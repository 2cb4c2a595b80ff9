package meetings_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/apptest"
	"yaodian/hooks/kit"
	"yaodian/hooks/meetings"
)

var assembly = map[string]any{
	"org": "@zb1", "title": "二季度支部党员大会", "kind": "branch_assembly", "held_on": "2026-06-09", "starts": "09:30", "place": "活动室",
	"host": "#branch1", "recorder": "#member", "minutes": "发言要点",
}

// with is data with changes.
func with(data map[string]any, changes ...any) map[string]any {
	out := map[string]any{}
	for k, v := range data {
		out[k] = v
	}
	for i := 0; i < len(changes); i += 2 {
		out[changes[i].(string)] = changes[i+1]
	}
	return out
}

// held is an assembly with one topic and one member present.
func held(t testing.TB, app core.App) (meeting, topic *core.Record) {
	t.Helper()
	meeting = apptest.Make(t, app, meetings.Meetings, with(assembly, "state", "held"))
	apptest.Make(t, app, meetings.Attendance, map[string]any{"meeting": meeting.Id, "person": "#member", "status": "present"})
	topic = apptest.Make(t, app, meetings.Agenda, map[string]any{"meeting": meeting.Id, "number": 1, "title": "活动经费", "kind": "decision"})
	return meeting, topic
}

// A meeting goes from plan to archive over REST, with what belongs to it.
func TestR_ORG_04_FromPlanToArchive(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	ask := func(who, method, url string, body map[string]any) apptest.Answer {
		return s.Do(t, who, method, url, apptest.Named(t, s.App, body))
	}
	post := func(collection string, body map[string]any) (string, apptest.Answer) {
		a := ask(apptest.Branch, http.MethodPost, apptest.URL(collection), body)
		return a.Text("id"), a
	}
	id, a := post(meetings.Meetings, assembly)
	a.Want(t, 200, `"planned"`)
	url := apptest.URL(meetings.Meetings, id)
	move := func(state string) apptest.Answer {
		return ask(apptest.Branch, http.MethodPatch, url, map[string]any{"state": state})
	}
	move("filed").Want(t, 400, "meetings_move")
	move("held").Want(t, 200)
	ask(apptest.Branch, http.MethodPatch, url, map[string]any{"recorder": "#branch1"}).Want(t, 400, "meetings_recorder_hosts")

	_, a = post(meetings.Attendance, map[string]any{"meeting": id, "person": "#member", "status": "leave"})
	a.Want(t, 400, "meetings_reason_missing")
	for person, status := range map[string]string{"#member": "present", "#branch1": "present", "#branch2": "exempt"} {
		_, a = post(meetings.Attendance, map[string]any{"meeting": id, "person": person, "status": status, "reason": "年老"})
		a.Want(t, 200)
	}
	topic, a := post(meetings.Agenda, map[string]any{"meeting": id, "number": 1, "title": "活动经费", "kind": "decision"})
	a.Want(t, 200, apptest.Unit(t, s.App, "zb1").Id)
	move("recorded").Want(t, 200, `"expected":2`, `"attended":2`)
	move("filed").Want(t, 400, "还没有填写结果")
	_, a = post(meetings.Votes, map[string]any{"agenda": topic, "mode": "assembly_general", "method": "hands", "expected": 2, "attended": 2, "yes": 2})
	a.Want(t, 200, `"quorum":true`, `"passed":true`)
	ask(apptest.Branch, http.MethodPatch, apptest.URL(meetings.Agenda, topic), map[string]any{"outcome": "adopted"}).Want(t, 200)
	move("filed").Want(t, 400, "还没有登记决议")
	resolution, a := post(meetings.Resolutions, map[string]any{"agenda": topic, "text": "购置图书", "responsible": "#member", "due": "2026-07-01"})
	a.Want(t, 200)
	move("filed").Want(t, 200, apptest.Person(t, s.App, apptest.Branch).Id)

	ask(apptest.Keeper, http.MethodPatch, url, map[string]any{"minutes": "改"}).Want(t, 400, "meetings_filed")
	ask(apptest.Keeper, http.MethodPatch, apptest.URL(meetings.Agenda, topic), map[string]any{"title": "改"}).Want(t, 400, "meetings_filed")
	_, a = post(meetings.Agenda, map[string]any{"meeting": id, "number": 2, "title": "补", "kind": "other"})
	a.Want(t, 400, "meetings_filed")
	vote := apptest.First(t, s.App, meetings.Votes, "agenda", topic)
	apptest.Refused(t, "a vote deleted from Go", s.App.Delete(vote), "meetings_filed")

	at := apptest.URL(meetings.Resolutions, resolution)
	ask(apptest.Branch, http.MethodPatch, at, map[string]any{"text": "改"}).Want(t, 400, "meetings_filed")
	ask(apptest.Member, http.MethodPatch, at, map[string]any{"text": "改"}).Want(t, 404)
	ask(apptest.Member, http.MethodPatch, at, map[string]any{"state": "done"}).Want(t, 400, "“反馈”还没有填写")
	ask(apptest.Member, http.MethodPatch, at, map[string]any{"state": "done", "feedback": "已购 60 册"}).Want(t, 200, apptest.Today)
}

func TestR_TOP_05_WhatFailedIsNotCarriedOut(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	_, topic := held(t, app)
	apptest.Make(t, app, meetings.Votes, map[string]any{
		"agenda": topic.Id, "mode": "assembly_general", "method": "hands", "expected": 16, "attended": 8, "yes": 8,
	})
	_, err := apptest.Try(app, meetings.Resolutions, map[string]any{"agenda": topic.Id, "text": "购置图书"})
	apptest.Refused(t, "resolution", err, "meetings_not_passed")
	apptest.Refused(t, "adopted", apptest.Save(app, topic, map[string]any{"outcome": "adopted"}), "meetings_not_passed")
	apptest.Refused(t, "rejected", apptest.Save(app, topic, map[string]any{"outcome": "rejected"}), "")
}

func TestR_TOP_02_TopicAsksForItsMode(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	_, topic := held(t, app)
	apptest.Refused(t, "major", apptest.Save(app, topic, map[string]any{"major": "appointment"}), "")
	vote := map[string]any{"agenda": topic.Id, "mode": "street_committee", "method": "ballot", "expected": 9, "attended": 6, "yes": 5}
	_, err := apptest.Try(app, meetings.Votes, vote)
	apptest.Refused(t, "half", err, "meetings_mode_major")
	_, err = apptest.Try(app, meetings.Votes, with(vote, "mode", "street_major"))
	apptest.Refused(t, "two thirds", err, "")
}

func TestTalkIsWhoWithWhomAndWhen(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	talk := map[string]any{"org": "@zb1", "title": "谈心谈话", "kind": "heart_talk", "held_on": "2026-06-09", "host": "#branch1", "talked_with": "#member"}
	_, err := apptest.Try(app, meetings.Meetings, apptest.Named(t, app, with(talk, "minutes", "谈了家庭")))
	apptest.Refused(t, "what was said", err, "meetings_talk_private")
	record := apptest.Make(t, app, meetings.Meetings, talk)
	agenda := core.NewRecord(must(app.FindCollectionByNameOrId(meetings.Agenda)))
	apptest.Refused(t, "agenda", apptest.Save(app, agenda, map[string]any{"meeting": record.Id, "number": 1, "title": "家庭", "kind": "other"}), "meetings_talk_private")
	for _, state := range []string{"held", "recorded", "filed"} {
		apptest.Refused(t, state, apptest.Save(app, record, map[string]any{"state": state, "filed_by": apptest.Person(t, app, apptest.Clerk).Id}), "")
		record = apptest.First(t, app, meetings.Meetings, "id", record.Id)
		if state == "held" {
			record.Set("filed_by", "")
		}
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// remindOn runs the job twice and lists what a person was told.
func remindOn(t *testing.T, app core.App, day, who string) []string {
	t.Helper()
	at := must(time.ParseInLocation(time.DateOnly, day, kit.Beijing))
	if _, err := meetings.Remind(app, at); err != nil {
		t.Fatal(err)
	}
	if n, err := meetings.Remind(app, at); n != 0 || err != nil {
		t.Errorf("%s: Expected nothing the second time, got %d, %v", day, n, err)
	}
	records, err := app.FindAllRecords("notify_messages")
	if err != nil {
		t.Fatal(err)
	}
	var titles []string
	for _, r := range records {
		if r.GetString("person") == apptest.Person(t, app, who).Id {
			titles = append(titles, r.GetString("title"))
		}
	}
	slices.Sort(titles)
	return titles
}

func TestR_ORG_01_AssemblyOfTheQuarter(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	held(t, app)
	if got := remindOn(t, app, "2026-06-14", apptest.Neighbour); got != nil {
		t.Errorf("Expected nothing sixteen days before, got %q", got)
	}
	if got := remindOn(t, app, "2026-06-15", apptest.Neighbour); !slices.Equal(got, []string{"2026年第2季度还没有召开支部党员大会"}) {
		t.Errorf("Expected a reminder, got %q", got)
	}
	if got := remindOn(t, app, "2026-07-01", apptest.Neighbour); !slices.Contains(got, "2026年第2季度缺支部党员大会") {
		t.Errorf("Expected it to be missed, got %q", got)
	}
	if got := remindOn(t, app, "2026-07-01", apptest.Branch); got != nil {
		t.Errorf("Expected nothing where it was held, got %q", got)
	}
}

func TestR_ORG_02_WhatTheMonthLacks(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	apptest.Make(t, app, meetings.Meetings, with(assembly, "kind", "theme_day", "held_on", "2026-05-05", "state", "held"))
	want := []string{"2026年5月没有登记党小组会", "2026年5月没有登记支委会"}
	if got := remindOn(t, app, "2026-06-05", apptest.Branch); !slices.Equal(got, want) {
		t.Errorf("Expected %q, got %q", want, got)
	}
	want = []string{"2026年5月没有登记主题党日", "2026年5月没有登记支委会"}
	if got := remindOn(t, app, "2026-06-05", apptest.Neighbour); !slices.Equal(got, want) {
		t.Errorf("Expected %q without groups, got %q", want, got)
	}
}

func TestR_ORG_06_SixMonthsAway(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	away := func(person, last string) {
		for i := 1; i <= 6; i++ {
			status := "absent"
			if i == 6 {
				status = last
			}
			m := apptest.Make(t, app, meetings.Meetings, with(assembly, "kind", "theme_day", "held_on", fmt.Sprintf("2026-%02d-05", i), "state", "held"))
			apptest.Make(t, app, meetings.Attendance, map[string]any{"meeting": m.Id, "person": person, "status": status, "reason": "外出"})
		}
	}
	away("#"+apptest.Secretary, "leave")
	idle := func(s string) bool { return s == "2026年1月起六个月组织生活核查事项" }
	if got := remindOn(t, app, "2026-07-05", apptest.Branch); slices.ContainsFunc(got, idle) {
		t.Errorf("Expected nobody who was on leave, got %q", got)
	}
	away("#"+apptest.Member, "absent")
	if got := remindOn(t, app, "2026-07-06", apptest.Branch); !slices.ContainsFunc(got, idle) {
		t.Errorf("Expected a matter to look into, got %q", got)
	}
}

func TestR_ORG_08_Lecture(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	for _, who := range []string{apptest.Secretary, apptest.Deputy} {
		apptest.Make(t, app, "org_posts", map[string]any{"org": "@jd", "person": "#" + who, "role": "$committee_member", "since": "2024-01-01"})
	}
	apptest.Make(t, app, meetings.Meetings, with(assembly, "kind", "party_lecture", "held_on", "2026-06-28", "lecturer", "#"+apptest.Deputy))
	if got := remindOn(t, app, "2026-06-19", apptest.Secretary); len(got) != 0 {
		t.Errorf("Expected nothing before the twentieth, got %q", got)
	}
	want := []string{"2026年6月“七一”党课未安排名单", "2026年6月“七一”党课还没有安排"}
	got := remindOn(t, app, "2026-06-20", apptest.Secretary)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("Expected %q, got %q", want, got)
	}
	list := apptest.First(t, app, "notify_messages", "title", "2026年6月“七一”党课未安排名单").GetString("body")
	if !strings.Contains(list, "高书记") || strings.Contains(list, "何副书记") {
		t.Errorf("Expected only who has no lecture, got %q", list)
	}
}

func TestR_ORG_10_CommunityMattersComeBeforeTheAssembly(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	matter := func(kind, day string) {
		m := apptest.Make(t, app, meetings.Meetings, with(assembly, "kind", kind, "held_on", day, "state", "held"))
		apptest.Make(t, app, meetings.Agenda, map[string]any{"meeting": m.Id, "number": 1, "title": "小区停车", "kind": "decision", "major": "community", "outcome": "adopted"})
	}
	matter("branch_committee", "2026-05-11")
	const title = "2026年5月社区重大事项缺支部大会记录"
	if got := remindOn(t, app, "2026-06-05", apptest.Branch); !slices.Contains(got, title) {
		t.Errorf("Expected %s, got %q", title, got)
	}
	other := apptest.New(t)
	app = other
	matter("branch_committee", "2026-05-11")
	matter("branch_assembly", "2026-05-20")
	if got := remindOn(t, app, "2026-06-05", apptest.Branch); slices.Contains(got, title) {
		t.Errorf("Expected nothing once the assembly has met, got %q", got)
	}
}
