package plan_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/apptest"
	"yaodian/hooks/plan"
	"yaodian/hooks/plan/plantest"
)

// A duty's whole way, each step by the person whose it is, through the API.
func TestWayOfADuty(t *testing.T) {
	t.Parallel()
	s := apptest.Serve(t, plantest.WithPlan(t))
	duty := plantest.Duty(t, s.App, "zb1", "2026-Q2")
	url := apptest.URL(plan.Duties, duty.Id)
	patch := func(who string, body map[string]any) apptest.Answer {
		return s.Do(t, who, http.MethodPatch, url, body)
	}
	to := func(state string) map[string]any { return map[string]any{"state": state} }

	patch(apptest.Branch, to("submitted")).Want(t, 400, "plan_no_evidence")
	plantest.Prove(t, s.App, duty, apptest.Branch, nil)
	patch(apptest.Member, to("submitted")).Want(t, 404)
	patch(apptest.Deputy, to("done")).Want(t, 400, "plan_duty_not_submitted", "这项任务还是“待办”")
	patch(apptest.Branch, to("submitted")).Want(t, 200, `"submitted_by":"`+apptest.Person(t, s.App, apptest.Branch).Id+`"`)
	patch(apptest.Branch, to("done")).Want(t, 404)
	patch(apptest.Deputy, to("returned")).Want(t, 400, "plan_reason_missing")
	patch(apptest.Deputy, to("open")).Want(t, 404) // an accepter returns with a reason
	patch(apptest.Branch, to("open")).Want(t, 200, `"state":"open"`, `"submitted_by":""`, `"submitted_at":""`)
	patch(apptest.Branch, to("submitted")).Want(t, 200)
	patch(apptest.Deputy, map[string]any{"state": "returned", "reason": "缺少签到表。"}).Want(t, 200, `"reason":"缺少签到表。"`)
	patch(apptest.Branch, to("submitted")).Want(t, 200, `"reason":""`, `"accepted_by":""`)
	patch(apptest.Deputy, to("done")).Want(t, 200, `"state":"done"`, `"accepted_by":"`+apptest.Person(t, s.App, apptest.Deputy).Id+`"`)
	for _, state := range []string{"open", "returned", "submitted", "exempted", "upcoming", "overdue", "made_up"} {
		answer := patch(apptest.Secretary, map[string]any{"state": state, "reason": "想改回来"})
		if answer.Status < 400 {
			t.Errorf("from done to %s: %+v", state, answer)
		}
		apptest.Refused(t, "done to "+state, apptest.Save(s.App, apptest.First(t, s.App, plan.Duties, "id", duty.Id), to(state)), "plan_duty_accepted")
	}
	told := 0
	messages, err := s.App.FindAllRecords("notify_messages")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range messages {
		if m.GetString("person") == apptest.Person(t, s.App, apptest.Branch).Id && m.GetString("link") == "#/duties/"+duty.Id {
			told++
		}
	}
	if told != 2 {
		t.Errorf("Expected the branch to be told of the return and of the acceptance, got %d messages", told)
	}
}

// What is accepted after it had been due was made up; what counts is the day
// on which it was submitted.
func TestMadeUp(t *testing.T) {
	t.Parallel()
	app := plantest.WithPlan(t)
	late, inTime := plantest.Duty(t, app, "zb1", "2026-Q1"), plantest.Duty(t, app, "zb1", "2026-Q2")
	if late.GetString("state") != "overdue" || inTime.GetString("state") != "open" {
		t.Fatalf("%s, %s", late.GetString("state"), inTime.GetString("state"))
	}
	for _, duty := range []*core.Record{late, inTime} {
		plantest.Prove(t, app, duty, apptest.Branch, nil)
		plantest.Moved(t, app, duty.Id, [2]string{"submitted", apptest.Branch})
	}
	apptest.SetToday(t, app, "2026-07-20")
	for _, duty := range []*core.Record{late, inTime} {
		plantest.Moved(t, app, duty.Id, [2]string{"done", apptest.Deputy})
	}
	if a, b := plantest.Duty(t, app, "zb1", "2026-Q1").GetString("state"), plantest.Duty(t, app, "zb1", "2026-Q2").GetString("state"); a != "made_up" || b != "done" {
		t.Errorf("Expected made_up and done, got %s and %s", a, b)
	}
}

// Nobody who is responsible, submitted or gave evidence accepts.
func TestAccepterIsSomebodyElse(t *testing.T) {
	t.Parallel()
	app := plantest.WithPlan(t)
	// the clerk, who may accept, also works for the office
	apptest.Make(t, app, "org_posts", map[string]any{"person": "#clerk", "role": "$office_head", "org": "@djb", "since": "2026-01-01"})
	duty := plantest.Duty(t, app, "djb", "2026", "检查")
	plantest.Prove(t, app, duty, apptest.Secretary, nil)
	plantest.Moved(t, app, duty.Id, [2]string{"submitted", apptest.Clerk})
	apptest.Refused(t, "submitted", plantest.Move(t, app, duty.Id, "done", apptest.Clerk), "plan_same_person")
	apptest.Refused(t, "gave evidence", plantest.Move(t, app, duty.Id, "done", apptest.Secretary), "plan_same_person")
	apptest.Refused(t, "gave evidence, returns", plantest.Move(t, app, duty.Id, "returned", apptest.Secretary), "plan_same_person")
	plantest.Moved(t, app, duty.Id, [2]string{"done", apptest.Deputy})

	// the deputy is responsible for the visits; the secretary hands in for him
	visit := plantest.Duty(t, app, apptest.Deputy, "2026-05")
	plantest.Prove(t, app, visit, apptest.Secretary, nil)
	plantest.Moved(t, app, visit.Id, [2]string{"submitted", apptest.Secretary})
	apptest.Refused(t, "responsible", plantest.Move(t, app, visit.Id, "done", apptest.Deputy), "plan_same_person")
	plantest.Moved(t, app, visit.Id, [2]string{"done", apptest.Clerk})
}

// Exempting needs a reason and the power, isn't for one's own, and only who
// has the power lifts it again.
func TestExempt(t *testing.T) {
	t.Parallel()
	s := apptest.Serve(t, plantest.WithPlan(t))
	visit, talk := plantest.Duty(t, s.App, apptest.Deputy, "2026-06"), plantest.Duty(t, s.App, "zb1", "2026-Q2")
	patch := func(who, id string, body map[string]any) apptest.Answer {
		return s.Do(t, who, http.MethodPatch, apptest.URL(plan.Duties, id), body)
	}
	because := map[string]any{"state": "exempted", "reason": "外出培训一个月"}
	patch(apptest.Deputy, visit.Id, because).Want(t, 400, "plan_same_person")
	patch(apptest.Branch, talk.Id, because).Want(t, 404)
	patch(apptest.Clerk, visit.Id, map[string]any{"state": "exempted", "reason": " 免 "}).Want(t, 400, "plan_reason_missing")
	patch(apptest.Clerk, visit.Id, because).Want(t, 200, `"exempted_by":"`+apptest.Person(t, s.App, apptest.Clerk).Id+`"`)
	if got := apptest.First(t, s.App, plan.Duties, "id", visit.Id).GetDateTime("exempted_at"); got.IsZero() {
		t.Error("it isn't written down when")
	}

	plantest.Prove(t, s.App, talk, apptest.Branch, nil)
	patch(apptest.Branch, talk.Id, map[string]any{"state": "submitted"}).Want(t, 200)
	patch(apptest.Clerk, talk.Id, because).Want(t, 200)
	patch(apptest.Branch, talk.Id, map[string]any{"state": "open"}).Want(t, 404)
	patch(apptest.Branch, talk.Id, map[string]any{"state": "submitted"}).Want(t, 400, "plan_duty_exempted")
	patch(apptest.Clerk, talk.Id, map[string]any{"state": "open"}).Want(t, 200, `"state":"open"`, `"exempted_by":""`, `"exempted_at":""`, `"reason":""`)
}

// Who did what is written by moving the duty on, and by nothing else: not by a
// move that isn't about it, not by the keeper, not by a script.
func TestHandlingCannotBeForged(t *testing.T) {
	t.Parallel()
	s := apptest.Serve(t, plantest.WithPlan(t))
	duty := plantest.Duty(t, s.App, "zb1", "2026-Q2")
	plantest.Prove(t, s.App, duty, apptest.Branch, nil)
	plantest.Moved(t, s.App, duty.Id, [2]string{"submitted", apptest.Branch})
	other := apptest.Person(t, s.App, apptest.Member).Id
	accepter := apptest.Person(t, s.App, apptest.Deputy).Id
	for field, value := range map[string]any{
		"submitted_by": other, "submitted_at": "2026-01-01 00:00:00.000Z", "exempted_by": other, "exempted_at": "2026-01-01 00:00:00.000Z", "accepted_at": "2026-01-01 00:00:00.000Z",
	} {
		change := map[string]any{"state": "done", "accepted_by": accepter, field: value}
		s.Do(t, apptest.Deputy, http.MethodPatch, apptest.URL(plan.Duties, duty.Id), change).Want(t, 400, "plan_duty_locked")
		s.Do(t, apptest.Keeper, http.MethodPatch, apptest.URL(plan.Duties, duty.Id), change).Want(t, 400, "plan_duty_locked")
	}
	for _, field := range []string{"reason", "submitted_by", "submitted_at", "accepted_by", "accepted_at", "exempted_by", "exempted_at"} {
		value := any(other)
		if strings.HasSuffix(field, "_at") {
			value = "2026-01-01 00:00:00.000Z"
		}
		s.Do(t, apptest.Keeper, http.MethodPatch, apptest.URL(plan.Duties, duty.Id), map[string]any{field: value}).Want(t, 400, "plan_duty_locked")
	}
	for field, value := range map[string]any{
		"org": apptest.Unit(t, s.App, "zb2").Id, "person": other, "period": "2026-Q3", "title": "换个名称", "opens": "2026-01-01", "due": "2026-12-31",
		"due_original": "2026-12-31", "task": plantest.Duty(t, s.App, "djb", "2026", "检查").GetString("task"),
	} {
		s.Do(t, apptest.Keeper, http.MethodPatch, apptest.URL(plan.Duties, duty.Id), map[string]any{field: value}).Want(t, 400, "plan_duty_locked")
	}
}

// The keeper and scripts are bound like everybody: whoever they name must have
// the power and be somebody else, and without validation it is the same.
func TestNobodyGoesAround(t *testing.T) {
	t.Parallel()
	s := apptest.Serve(t, plantest.WithPlan(t))
	duty := plantest.Duty(t, s.App, "zb1", "2026-Q2")
	id := func(who string) string { return apptest.Person(t, s.App, who).Id }
	keep := func(body map[string]any) apptest.Answer {
		return s.Do(t, apptest.Keeper, http.MethodPatch, apptest.URL(plan.Duties, duty.Id), body)
	}
	keep(map[string]any{"state": "submitted", "submitted_by": id(apptest.Branch)}).Want(t, 400, "plan_no_evidence")
	plantest.Prove(t, s.App, duty, apptest.Branch, nil)
	keep(map[string]any{"state": "submitted"}).Want(t, 400, "plan_not_responsible")
	keep(map[string]any{"state": "submitted", "submitted_by": id(apptest.Neighbour)}).Want(t, 400, "plan_not_responsible")
	keep(map[string]any{"state": "submitted", "submitted_by": id(apptest.Branch)}).Want(t, 200)
	keep(map[string]any{"state": "done"}).Want(t, 400, "plan_no_power")
	keep(map[string]any{"state": "done", "accepted_by": id(apptest.Member)}).Want(t, 400, "plan_no_power")
	keep(map[string]any{"state": "exempted", "exempted_by": id(apptest.Branch), "reason": "不做了"}).Want(t, 400, "plan_no_power")
	for _, state := range []string{"overdue", "upcoming", "made_up"} {
		keep(map[string]any{"state": state, "accepted_by": id(apptest.Deputy)}).Want(t, 400)
	}
	record := apptest.First(t, s.App, plan.Duties, "id", duty.Id)
	record.Load(map[string]any{"state": "done", "accepted_by": id(apptest.Branch)})
	apptest.Refused(t, "without validation", s.App.SaveNoValidate(record), "plan_no_power")
	for _, collection := range []string{plan.Years, plan.Sections, plan.Items, plan.Tasks, plan.Duties} {
		record, err := s.App.FindFirstRecordByFilter(collection, "id != ''")
		if err != nil {
			t.Fatal(err)
		}
		apptest.Refused(t, "delete "+collection, s.App.Delete(record), "plan_permanent")
	}
}

// Two accept, or one accepts and the other sends back, what both have open: the
// first decides, the second reads that somebody has.
func TestTwoDecideAtOnce(t *testing.T) {
	t.Parallel()
	app := plantest.WithPlan(t)
	for period, second := range map[string]string{"2026-Q1": "returned", "2026-Q2": "exempted", "2026-Q3": "open"} {
		duty := plantest.Duty(t, app, "zb1", period)
		plantest.Prove(t, app, duty, apptest.Branch, nil)
		plantest.Moved(t, app, duty.Id, [2]string{"submitted", apptest.Branch})
		stale := plantest.Duty(t, app, "zb1", period)
		plantest.Moved(t, app, duty.Id, [2]string{"done", apptest.Deputy})
		by := apptest.Person(t, app, apptest.Clerk).Id
		data := map[string]any{"state": second, "reason": "再看看"}
		switch second {
		case "returned":
			data["accepted_by"] = by
		case "exempted":
			data["exempted_by"] = by
		}
		apptest.Refused(t, second, apptest.Save(app, stale, data), "plan_duty_accepted")
	}
	twice := plantest.Duty(t, app, "zb1", "2026-Q4")
	plantest.Prove(t, app, twice, apptest.Branch, nil)
	plantest.Moved(t, app, twice.Id, [2]string{"submitted", apptest.Branch})
	stale := plantest.Duty(t, app, "zb1", "2026-Q4")
	plantest.Moved(t, app, twice.Id, [2]string{"done", apptest.Deputy})
	apptest.Refused(t, "accepted twice", apptest.Save(app, stale, map[string]any{"state": "done", "accepted_by": apptest.Person(t, app, apptest.Clerk).Id}), "plan_duty_locked")
	if got := plantest.Duty(t, app, "zb1", "2026-Q4").GetString("accepted_by"); got != apptest.Person(t, app, apptest.Deputy).Id {
		t.Errorf("accepted by %s", got)
	}
}

// A post that ends today closes access today: the session stays, its answers
// change. What was done in office stays done.
func TestPostThatEndsToday(t *testing.T) {
	t.Parallel()
	s := apptest.Serve(t, plantest.WithPlan(t))
	duty := plantest.Duty(t, s.App, "zb1", "2026-Q2")
	url := apptest.URL(plan.Duties, duty.Id)
	evidence := plantest.Prove(t, s.App, duty, apptest.Branch, nil)
	give := map[string]any{"duty": duty.Id, "text": "补一句"}

	s.Do(t, apptest.Branch, http.MethodGet, apptest.URL(plan.Duties), nil).Want(t, 200, duty.Id)
	s.Do(t, apptest.Branch, http.MethodGet, url, nil).Want(t, 200)
	board := "/api/plan/years/" + apptest.Only(t, s.App, plan.Years).Id + "/board"
	s.Do(t, apptest.Branch, http.MethodGet, board, nil).Want(t, 200, `"counts":{"total":4,`)

	posts := plantest.Posts(t, s.App, "branch_secretary")
	for _, post := range posts {
		if post.GetString("person") == apptest.Person(t, s.App, apptest.Branch).Id {
			if err := apptest.Save(s.App, post, map[string]any{"until": apptest.Today}); err != nil {
				t.Fatal(err)
			}
		}
	}
	if got := s.Do(t, apptest.Branch, http.MethodGet, apptest.URL(plan.Duties), nil); got.Count() != 0 {
		t.Errorf("still sees %s", got.Short())
	}
	s.Do(t, apptest.Branch, http.MethodGet, url, nil).Want(t, 404)
	s.Do(t, apptest.Branch, http.MethodPatch, url, map[string]any{"state": "submitted"}).Want(t, 404)
	s.Do(t, apptest.Branch, http.MethodPost, apptest.URL(plan.Evidence), give).Want(t, 400)
	s.Do(t, apptest.Branch, http.MethodDelete, apptest.URL(plan.Evidence, evidence.Id), nil).Want(t, 404)
	s.Do(t, apptest.Branch, http.MethodGet, board, nil).Want(t, 200, `"counts":{"total":0,`)
	apptest.Refused(t, "by a script", plantest.Move(t, s.App, duty.Id, "submitted", apptest.Branch), "plan_not_responsible")
	if _, err := s.App.FindRecordById(plan.Evidence, evidence.Id); err != nil {
		t.Error("the evidence is gone with the post")
	}
}
