package points_test

import (
	"net/http"
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/kit"
	"yaodian/hooks/org"
	"yaodian/hooks/points"
	"yaodian/hooks/points/board"
	"yaodian/hooks/points/ledger"
	"yaodian/hooks/points/rule"
)

// Who has to do with points besides the people of apptest.
const (
	Reviewer   = "reviewer"   // 支部组织委员 of zb1: reviews
	Organizer  = "organizer"  // 党工委组织委员: keeps the rules
	Discipline = "discipline" // 纪工委书记
	Elder      = "elder"      // a member of zb1 who is eighty
)

var hired = []struct{ number, name, unit, role, at, birth string }{
	{Reviewer, "李组委", "zb1", "branch_organizer", "zb1", ""},
	{Organizer, "郑委员", "djb", "organizer", "jd", ""},
	{Discipline, "秦纪委", "djb", "discipline", "jd", ""},
	{Elder, "老党员", "zb1", "", "", "1945-03-01"},
}

// inForce are the rules of the tests, in force since the year began.
var inForce = map[string][]map[string]any{
	"points_rules": {
		{"no": "T01", "title": "参加组织生活", "subject": "attendance", "condition": `meeting.kind = "branch_assembly"`, "category": "org_life", "value": 30, "cap": 120, "cap_per": "year"},
		{"no": "T02", "title": "参加主题党日", "subject": "attendance", "condition": `meeting.kind = "theme_day"`, "category": "theme_day", "value": 20, "cap": 80, "cap_per": "year"},
		{"no": "T03", "title": "无故缺席", "subject": "absence", "category": "deduction", "value": -20},
		{"no": "T04", "title": "参加学习", "subject": "study", "category": "study", "value": 20, "cap": 120, "cap_per": "year"},
		{"no": "T05", "title": "按时交纳党费", "subject": "dues", "category": "dues", "value": 5, "cap": 60, "cap_per": "year"},
		{"no": "T06", "title": "走访", "subject": "visit", "category": "help", "value": 20, "cap": 80, "cap_per": "year"},
		{"no": "T07", "title": "街道表彰", "subject": "honor", "category": "honor", "value": 20, "cap": 100, "cap_per": "year"},
		{"no": "T08", "title": "培训合格", "subject": "class", "category": "study", "value": 10},
		{"no": "T10", "title": "志愿服务", "subject": "volunteer", "category": "volunteer", "value": 10, "unit": "小时", "cap": 100, "cap_per": "year", "evidence": true},
		{"no": "T11", "title": "承诺践诺", "subject": "pledge", "category": "pledge", "value": 30},
		{"no": "T12", "title": "未完成任务", "subject": "undone", "category": "deduction", "value": -30},
	},
}

// prepared is the application with every officer and the rules in force.
var prepared = apptest.Prepared(func(t testing.TB, app core.App) {
	for _, p := range hired {
		person := apptest.Make(t, app, "people", map[string]any{
			"number": p.number, "name": p.name, "org": "@" + p.unit, "kind": "member", "state": "active", "password": apptest.Password, "status_since": "2020-01-01", "birth_date": p.birth,
		})
		if p.role != "" {
			apptest.Make(t, app, org.Posts, map[string]any{"person": person.Id, "role": "$" + p.role, "org": "@" + p.at, "since": "2020-01-01"})
		}
	}
	for _, data := range inForce["points_rules"] {
		enact(t, app, data)
	}
})

// enact makes a rule and puts it into force.
func enact(t testing.TB, app core.App, data map[string]any) *core.Record {
	t.Helper()
	full := map[string]any{"since": "2026-01-01", "document": "清工委〔2026〕8号", "state": "active", "activated_by": "#" + apptest.Clerk}
	for k, v := range data {
		full[k] = v
	}
	return apptest.Make(t, app, "points_rules", full)
}

func served(t testing.TB) *apptest.Server {
	t.Helper()
	return apptest.Serve(t, prepared(t))
}

func id(t testing.TB, app core.App, number string) string {
	t.Helper()
	return apptest.Person(t, app, number).Id
}

func ruleNo(t testing.TB, app core.App, no string) string {
	t.Helper()
	return apptest.First(t, app, "points_rules", "no", no).Id
}

// meet holds a meeting of zb1 and files it with who came.
func meet(t testing.TB, app core.App, kind, day string, came map[string]string) *core.Record {
	t.Helper()
	m := apptest.Make(t, app, "meetings", map[string]any{
		"org": "@zb1", "kind": kind, "title": "会议", "held_on": day, "starts": "09:30", "place": "活动室", "host": "#" + apptest.Branch, "state": "held", "minutes": "发言要点。",
	})
	for number, status := range came {
		attend(t, app, m, number, status)
	}
	file(t, app, m)
	return m
}

func attend(t testing.TB, app core.App, meeting *core.Record, number, status string) *core.Record {
	t.Helper()
	data := map[string]any{"meeting": meeting.Id, "person": "#" + number, "status": status}
	if status == "leave" || status == "exempt" {
		data["reason"] = "事假"
	}
	return apptest.Make(t, app, "meetings_attendance", data)
}

// file puts a meeting into the archive, past what its minutes would need.
func file(t testing.TB, app core.App, meeting *core.Record) {
	t.Helper()
	for _, state := range []string{"recorded", "filed"} {
		set(t, app, meeting, state)
	}
}

// set moves a meeting on behind the rules of meetings, but not of points.
func set(t testing.TB, app core.App, meeting *core.Record, state string) {
	t.Helper()
	if _, err := app.NonconcurrentDB().Update("meetings", dbx.Params{"state": state}, dbx.HashExp{"id": meeting.Id}).Execute(); err != nil {
		t.Fatal(err)
	}
	fresh, err := app.FindRecordById("meetings", meeting.Id)
	if err != nil {
		t.Fatal(err)
	}
	if err := kit.SaveAsSystem(app, t.Context(), fresh); err != nil {
		t.Fatal(err)
	}
}

func learn(t testing.TB, app core.App, number, day string) *core.Record {
	t.Helper()
	return apptest.Make(t, app, "study_records", map[string]any{"person": "#" + number, "org": "@zb1", "studied_on": day, "tenths": 20, "source": "self", "title": "学习"})
}

// total is what somebody has this year.
func total(t testing.TB, app core.App, number string) rule.Total {
	t.Helper()
	book, err := board.Open(app, "2026")
	if err != nil {
		t.Fatal(err)
	}
	who := id(t, app, number)
	sums, err := ledger.Sums(app, ledger.Where{SQL: "e.person = {:p} AND e.day >= '2026-01-01' AND e.day <= '2026-12-31'", Params: dbx.Params{"p": who}})
	if err != nil {
		t.Fatal(err)
	}
	return book.Scheme.Tally(book.Rules, sums[who])
}

// added fails the test unless somebody has so many tenths above the base.
func added(t testing.TB, app core.App, number string, want rule.Tenths) {
	t.Helper()
	if got := total(t, app, number); got.Points-got.Base != want {
		t.Errorf("%s: Expected %s, got %+v", number, want, got)
	}
}

// act moves a record on as somebody.
func act(app core.App, t testing.TB, who string, record *core.Record, data map[string]any) error {
	t.Helper()
	fresh, err := app.FindRecordById(record.Collection(), record.Id)
	if err != nil {
		t.Fatal(err)
	}
	fresh.Load(data)
	return kit.As(app, kit.Actor{Kind: kit.ByPerson, ID: id(t, app, who)}).Save(fresh)
}

// whole fails the test unless the ledger is what everything adds up to.
func whole(t testing.TB, app core.App) {
	t.Helper()
	report, err := points.Verify(app)
	if err != nil || report.Whole() != nil {
		t.Fatal(report, err)
	}
}

func entries(t testing.TB, app core.App) int {
	t.Helper()
	n, err := app.CountRecords(ledger.Entries)
	if err != nil {
		t.Fatal(err)
	}
	return int(n)
}

func get(t testing.TB, s *apptest.Server, who, url string) apptest.Answer {
	t.Helper()
	return s.Do(t, who, http.MethodGet, url, nil)
}

func exec(t testing.TB, app *tests.TestApp, sql string) {
	t.Helper()
	if _, err := app.NonconcurrentDB().NewQuery(sql).Execute(); err != nil {
		t.Fatal(sql, err)
	}
}
