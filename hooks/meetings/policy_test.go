package meetings_test

import (
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/meetings"
)

// Officers with "meetings" in reach read, "meetings.edit" writes; the recorder
// reads their own.
func TestMeetingsPolicy(t *testing.T) {
	t.Parallel()
	apptest.Policy{
		Collection: meetings.Meetings,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			return apptest.Make(t, app, meetings.Meetings, assembly)
		},
		Create: assembly,
		Update: map[string]any{"place": "会议室"},
		Table: `
			who       list view create update delete
			guest     0    404  400    404    404
			outsider  0    404  400    404    404
			member    1    200  400    404    404
			branch2   0    404  400    404    404
			branch1   1    200  200    200    204
			inspector 1    200  400    404    404
			deputy    1    200  200    200    204
			clerk     1    200  200    200    204
			keeper    1    200  200    200    204`,
	}.Test(t)
}

// A filed assembly is read by everybody of the branch, and deleted by nobody.
func TestFiledMeetingsPolicy(t *testing.T) {
	t.Parallel()
	apptest.Policy{
		Collection: meetings.Meetings,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			apptest.Make(t, app, meetings.Meetings, with(assembly, "kind", "branch_committee", "recorder", "", "state", "filed"))
			return apptest.Make(t, app, meetings.Meetings, with(assembly, "recorder", "", "state", "filed"))
		},
		Create: with(assembly, "state", "filed"),
		Update: map[string]any{"place": "会议室"},
		Table: `
			who       list view create update delete
			member    1    200  400    404    404
			branch2   0    404  400    404    404
			branch1   2    200  400    400    403
			keeper    2    200  400    400    403`,
	}.Test(t)
}

func TestAgendaPolicy(t *testing.T) {
	t.Parallel()
	ofMeeting(t, meetings.Agenda, map[string]any{"number": 2, "title": "乙", "kind": "other"}, map[string]any{"number": 3, "title": "丙", "kind": "other"},
		map[string]any{"speeches": "要点"}, "0    404")
}

// A member reads their own attendance.
func TestAttendancePolicy(t *testing.T) {
	t.Parallel()
	ofMeeting(t, meetings.Attendance, map[string]any{"person": "#member", "status": "present"}, map[string]any{"person": "#branch1", "status": "present"},
		map[string]any{"status": "absent"}, "1    200")
}

// ofMeeting tests who may do what with what belongs to a meeting; member is
// what a member without a post sees.
func ofMeeting(t *testing.T, collection string, record, create, update map[string]any, member string) {
	t.Helper()
	app := apptest.Prepared(func(t testing.TB, app core.App) {
		apptest.Make(t, app, meetings.Meetings, with(assembly, "id", "meeting00000001", "state", "held"))
	})
	apptest.Policy{
		Collection: collection,
		App:        app,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			return apptest.Make(t, app, collection, with(record, "meeting", "meeting00000001"))
		},
		Create: with(create, "meeting", "meeting00000001"),
		Update: update,
		Table: `
			who       list view create update delete
			guest     0    404  400    404    404
			outsider  0    404  400    404    404
			member    ` + member + `  400    404    404
			branch2   0    404  400    404    404
			branch1   1    200  200    200    204
			inspector 1    200  400    404    404
			clerk     1    200  200    200    204
			keeper    1    200  200    200    204`,
	}.Test(t)
}

// A vote belongs to a topic; nobody without "meetings" reads its numbers.
func TestVotesPolicy(t *testing.T) {
	t.Parallel()
	vote := map[string]any{"mode": "assembly_general", "method": "hands", "expected": 3, "attended": 3, "yes": 3}
	ofTopic(t, meetings.Votes, vote, map[string]any{"no": 0}, "0    404")
}

// Who answers for a resolution reads it.
func TestResolutionsPolicy(t *testing.T) {
	t.Parallel()
	ofTopic(t, meetings.Resolutions, map[string]any{"text": "购置图书", "responsible": "#member"}, map[string]any{"due": "2026-09-30"}, "1    200")
}

func ofTopic(t *testing.T, collection string, data, update map[string]any, member string) {
	t.Helper()
	app := apptest.Prepared(func(t testing.TB, app core.App) {
		apptest.Make(t, app, meetings.Meetings, with(assembly, "id", "meeting00000001", "state", "held"))
		for i, id := range []string{"agenda000000001", "agenda000000002"} {
			apptest.Make(t, app, meetings.Agenda, map[string]any{"id": id, "meeting": "meeting00000001", "number": i + 1, "title": "甲", "kind": "decision"})
		}
	})
	apptest.Policy{
		Collection: collection,
		App:        app,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			return apptest.Make(t, app, collection, with(data, "agenda", "agenda000000001"))
		},
		Create: with(data, "agenda", "agenda000000002"),
		Update: update,
		Table: `
			who       list view create update delete
			guest     0    404  400    404    404
			outsider  0    404  400    404    404
			member    ` + member + `  400    404    404
			branch2   0    404  400    404    404
			branch1   1    200  200    200    204
			inspector 1    200  400    404    404
			clerk     1    200  200    200    204
			keeper    1    200  200    200    204`,
	}.Test(t)
}
