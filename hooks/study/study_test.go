package study_test

import (
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/kit"
	"yaodian/hooks/study"
)

const (
	quizID  = "quiz00000000001"
	classID = "class0000000001"
)

var (
	plan     = map[string]any{"org": "@djb", "title": "个人学习计划", "scope": "personal", "year": 2026, "person": "#clerk"}
	elements = map[string]any{"schedule": "每周", "content": "理论", "requirements": "笔记", "assessment": "年底"}
	quiz     = map[string]any{"org": "@jd", "title": "党纪测试", "version": 1, "paper": "一、……", "pass": 60, "opens": "2026-06-01", "closes": "2026-06-30"}
	class    = map[string]any{"org": "@jd", "title": "第三期教育辅导班", "session_no": 3, "kind": "member", "starts_on": "2026-06-01", "ends_on": "2026-06-03"}
)

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

// 脱产 2 天、半天 3 次、1 小时 5 次 is 33 hours (domain.md appendix B).
func TestR_ORG_09_Hours(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	who := apptest.Person(t, app, apptest.Member).Id
	for tenths, times := range map[int]int{study.FullDay: 2, study.HalfDay: 3, study.Hour: 5} {
		for range times {
			apptest.Make(t, app, study.Records, map[string]any{"org": "@zb1", "person": "#member", "studied_on": "2026-05-05", "tenths": tenths, "source": "class", "title": "培训"})
		}
	}
	if got, err := study.Hours(app, who, 2026); got != 330 || err != nil {
		t.Errorf("Expected 33 hours, got %d tenths, %v", got, err)
	}
	if got, _ := study.Hours(app, who, 2025); got != 0 {
		t.Errorf("Expected none the year before, got %d", got)
	}
	at := func(m time.Month) time.Time { return time.Date(2026, m, 2, 8, 0, 0, 0, kit.Beijing) }
	if n, err := study.Remind(app, at(time.September)); n != 0 || err != nil {
		t.Errorf("Expected nobody in September, got %d, %v", n, err)
	}
	n, err := study.Remind(app, at(time.October))
	if n == 0 || err != nil {
		t.Fatalf("Expected reminders in October, got %d, %v", n, err)
	}
	if n, err := study.Remind(app, at(time.October)); n != 0 || err != nil {
		t.Errorf("Expected nothing the second time, got %d, %v", n, err)
	}
	told, err := app.CountRecords("notify_messages", dbx.HashExp{"person": who})
	if told != 0 || err != nil {
		t.Errorf("Expected who has 33 hours not to be told, got %d, %v", told, err)
	}
}

func TestPlanIsExaminedBySomebodyElse(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	made := s.Do(t, apptest.Clerk, "POST", apptest.URL(study.Plans), apptest.Named(t, s.App, plan))
	made.Want(t, 200)
	url := apptest.URL(study.Plans, made.Text("id"))
	move := func(who string, body map[string]any) apptest.Answer { return s.Do(t, who, "PATCH", url, body) }
	for missing := range elements {
		move(apptest.Clerk, with(elements, missing, "", "state", "submitted")).Want(t, 400, "study_plans_needs")
	}
	move(apptest.Clerk, with(elements, "state", "submitted")).Want(t, 200)
	move(apptest.Clerk, map[string]any{"state": "reviewed"}).Want(t, 400, "org_same_person")
	move(apptest.Clerk, map[string]any{"state": "assessed"}).Want(t, 400, "study_plans_move")
	apptest.Make(t, s.App, "org_posts", map[string]any{"org": "@jd", "person": "#" + apptest.Deputy, "role": "$organizer", "since": "2024-01-01"})
	move(apptest.Deputy, map[string]any{"state": "reviewed"}).Want(t, 200)
	move(apptest.Clerk, map[string]any{"state": "filed"}).Want(t, 400, "org_same_person")
	move(apptest.Deputy, map[string]any{"state": "filed"}).Want(t, 200)
	move(apptest.Keeper, map[string]any{"content": "改"}).Want(t, 400, "study_plans_filed")
	move(apptest.Clerk, map[string]any{"state": "executing"}).Want(t, 200)
	move(apptest.Deputy, map[string]any{"state": "assessed"}).Want(t, 400, "study_plans_needs")
	move(apptest.Deputy, map[string]any{"state": "assessed", "result": "合格"}).Want(t, 200)
}

func TestPaperIsLockedAndAnsweredOnce(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	apptest.Make(t, s.App, study.Quizzes, with(quiz, "id", quizID))
	answer := func(who string, body map[string]any) apptest.Answer {
		return s.Do(t, who, "POST", apptest.URL(study.Answers), apptest.Named(t, s.App, body))
	}
	mine := map[string]any{"quiz": quizID, "person": "#member", "text": "甲"}
	answer(apptest.Member, mine).Want(t, 400, "study_quiz_closed")
	url := apptest.URL(study.Quizzes, quizID)
	s.Do(t, apptest.Clerk, "PATCH", url, map[string]any{"state": "open"}).Want(t, 200)
	s.Do(t, apptest.Keeper, "PATCH", url, map[string]any{"paper": "改"}).Want(t, 400, "study_quizzes_filed")
	answer(apptest.Branch, mine).Want(t, 400)
	answer(apptest.Member, with(mine, "score", 100)).Want(t, 400)
	made := answer(apptest.Member, mine)
	made.Want(t, 200)
	answer(apptest.Member, mine).Want(t, 400)
	at := apptest.URL(study.Answers, made.Text("id"))
	s.Do(t, apptest.Keeper, "PATCH", at, map[string]any{"text": "乙"}).Want(t, 400, "study_answered")
	s.Do(t, apptest.Neighbour, "GET", at, nil).Want(t, 404)
	s.Do(t, apptest.Branch, "PATCH", at, map[string]any{"score": 90, "state": "marked"}).Want(t, 200)
	s.Do(t, apptest.Branch, "PATCH", at, map[string]any{"score": 95}).Want(t, 400, "study_answers_filed")
}

func TestClassTakesWhomItIsFor(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ class, kind, full, want string }{
		{"activist_new_member", "activist", "", ""},
		{"activist_new_member", "probationary", "", ""},
		{"activist_new_member", "member", "2025-06-01", ""},
		{"activist_new_member", "member", "2025-05-31", "study_pupil"},
		{"activist_new_member", "member", "", "study_pupil"},
		{"activist_new_member", "applicant", "", "study_pupil"},
		{"candidate", "activist", "", ""},
		{"candidate", "member", "2025-06-01", "study_pupil"},
		{"member", "member", "", ""},
		{"member", "staff", "", "study_pupil"},
	} {
		apptest.Refused(t, c.class+c.kind+c.full, study.CheckPupil(c.class, c.kind, c.full, "2026-06-01"), c.want)
	}
	apptest.Refused(t, "23 hours", study.CheckHours("candidate", 239), "study_class_hours")
	apptest.Refused(t, "24 hours", study.CheckHours("candidate", 240), "")
	apptest.Refused(t, "passed without coming", study.CheckCertificate(false, true, ""), "study_not_present")
	apptest.Refused(t, "certified without passing", study.CheckCertificate(true, false, "3-01"), "study_not_passed")
	apptest.Refused(t, "certified", study.CheckCertificate(true, true, "3-01"), "")
	apptest.Refused(t, "tomorrow", study.CheckPast("studied_on", "2026-06-11", "2026-06-10"), "study_date")
}

func TestPlansPolicy(t *testing.T) {
	t.Parallel()
	policy(t, apptest.New, study.Plans, with(plan, "org", "@zb1", "person", "#member"), with(plan, "org", "@zb1", "person", "#member", "year", 2027),
		map[string]any{"content": "理论"}, "1 200 200 200 204", "0 404", "1 200")
}

func TestMaterialsPolicy(t *testing.T) {
	t.Parallel()
	m := map[string]any{"org": "@zb1", "title": "党章", "kind": "theory"}
	policy(t, apptest.New, study.Materials, m, m, map[string]any{"source": "网"}, "1 200 400 404 404", "0 404", "1 200")
}

func TestRecordsPolicy(t *testing.T) {
	t.Parallel()
	r := map[string]any{"org": "@zb1", "person": "#member", "studied_on": "2026-05-05", "tenths": 40, "source": "class", "title": "培训"}
	policy(t, apptest.New, study.Records, r, r, map[string]any{"tenths": 80}, "1 200 400 404 404", "0 404", "1 200")
}

func TestQuizzesPolicy(t *testing.T) {
	t.Parallel()
	q := with(quiz, "org", "@zb1")
	policy(t, apptest.New, study.Quizzes, q, with(q, "version", 2), map[string]any{"pass": 70}, "0 404 400 404 404", "0 404", "0 404")
}

func TestClassesPolicy(t *testing.T) {
	t.Parallel()
	c := with(class, "org", "@zb1")
	policy(t, apptest.New, study.Classes, c, with(c, "session_no", 4), map[string]any{"tenths": 80}, "1 200 400 404 404", "0 404", "1 200")
}

func TestEnrolmentsPolicy(t *testing.T) {
	t.Parallel()
	app := apptest.Prepared(func(t testing.TB, app core.App) {
		apptest.Make(t, app, study.Classes, with(class, "id", classID, "org", "@zb1"))
	})
	e := map[string]any{"class": classID, "person": "#member"}
	policy(t, app, study.Enrolments, e, with(e, "person", "#branch1"), map[string]any{"present": true}, "1 200 400 404 404", "0 404", "1 200")
}

// A person answers for themselves alone; who teaches marks.
func TestAnswersPolicy(t *testing.T) {
	t.Parallel()
	app := apptest.Prepared(func(t testing.TB, app core.App) {
		apptest.Make(t, app, study.Quizzes, with(quiz, "id", quizID, "state", "open"))
		apptest.Make(t, app, study.Quizzes, with(quiz, "id", "quiz00000000002", "version", 2, "state", "open"))
	})
	apptest.Policy{
		Collection: study.Answers,
		App:        app,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			return apptest.Make(t, app, study.Answers, map[string]any{"quiz": quizID, "person": "#member", "text": "甲"})
		},
		Create: map[string]any{"quiz": "quiz00000000002", "person": "#member", "text": "乙"},
		Update: map[string]any{"score": 90},
		Table: `
			who       list view create update delete
			guest     0    404  400    404    403
			outsider  0    404  400    404    403
			member    1    200  200    404    403
			branch2   0    404  400    404    403
			branch1   1    200  400    200    403
			inspector 0    404  400    404    403
			clerk     1    200  400    200    403
			keeper    1    200  200    200    204`,
	}.Test(t)
}

func policy(t *testing.T, app func(testing.TB) *tests.TestApp, collection string, record, create, update map[string]any, member, neighbour, inspector string) {
	t.Helper()
	apptest.Policy{
		Collection: collection,
		App:        app,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			return apptest.Make(t, app, collection, record)
		},
		Create: create,
		Update: update,
		Table: `
			who       list view create update delete
			guest     0    404  400    404    404
			outsider  0    404  400    404    404
			member    ` + member + `
			branch2   ` + neighbour + `  400    404    404
			branch1   1    200  200    200    204
			inspector ` + inspector + `  400    404    404
			clerk     1    200  200    200    204
			keeper    1    200  200    200    204`,
	}.Test(t)
}
