package plan_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"yaodian/hooks/apptest"
	"yaodian/hooks/plan"
	"yaodian/hooks/plan/plantest"
)

// secrets gives both branches evidence and a returned duty to guess about.
func secrets(t testing.TB, s *apptest.Server) {
	t.Helper()
	for who, unit := range map[string]string{apptest.Branch: "zb1", apptest.Neighbour: "zb2"} {
		duty := plantest.Duty(t, s.App, unit, "2026-Q2")
		plantest.Prove(t, s.App, duty, who, map[string]any{"text": "密语" + unit, "number": 7})
		plantest.Moved(t, s.App, duty.Id, [2]string{"submitted", who}, [2]string{"returned", apptest.Deputy})
	}
}

// A filter answers alike whether the guess about what one may not see is right
// or wrong, over relations forth and back.
func TestFiltersTellNothing(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ who, collection, right, wrong string }{
		{apptest.Guest, plan.Duties, `reason ~ "签到"`, `reason ~ "无此"`},
		{apptest.Outsider, plan.Duties, `reason ~ "签到"`, `reason ~ "无此"`},
		{apptest.Member, plan.Duties, `state = "returned"`, `state = "nosuch"`},
		{apptest.Branch, plan.Duties, `plan_evidence_via_duty.text ?~ "密语zb2"`, `plan_evidence_via_duty.text ?~ "无此"`},
		{apptest.Branch, plan.Evidence, `text ~ "密语zb2"`, `text ~ "无此"`},
		{apptest.Branch, plan.Evidence, `duty.task.plan_duties_via_task.reason ?~ "签到" && text = "无此"`, `duty.task.plan_duties_via_task.reason ?~ "无此" && text = "无此"`},
		{apptest.Member, plan.Tasks, `plan_duties_via_task.reason ?~ "签到"`, `plan_duties_via_task.reason ?~ "无此"`},
		{apptest.Member, plan.Tasks, `plan_duties_via_task.submitted_by.name ?= "赵支书"`, `plan_duties_via_task.submitted_by.name ?= "无此人"`},
		{apptest.Member, plan.Items, `plan_evidence_via_item.text ?~ "密语"`, `plan_evidence_via_item.text ?~ "无此"`},
		{apptest.Member, plan.Items, `plan_evidence_via_item.number ?> 6`, `plan_evidence_via_item.number ?> 8`},
		{apptest.Member, plan.Targets, `plan_evidence_via_target.number ?> 6`, `plan_evidence_via_target.number ?> 8`},
		{apptest.Member, plan.Years, `plan_imports_via_plan.filename ?= ""`, `plan_imports_via_plan.filename ?= "无此"`},
		{apptest.Member, plan.Years, `plan_imports_via_plan.created_by.name ?= "林干事"`, `plan_imports_via_plan.created_by.name ?= "无此人"`},
		{apptest.Member, plan.Years, `confirmed_by.name = "高书记"`, `confirmed_by.name = "无此人"`},
		{apptest.Inspector, plan.Duties, `submitted_by.number ~ "branch"`, `submitted_by.number ~ "nosuch"`},
	} {
		t.Run(c.right+" by "+c.who, func(t *testing.T) {
			t.Parallel()
			s := apptest.Serve(t, plantest.WithPlan(t))
			secrets(t, s)
			right, wrong := filtered(t, s, c.who, c.collection, c.right), filtered(t, s, c.who, c.collection, c.wrong)
			if right != wrong || right.Status != http.StatusOK {
				t.Errorf("a right guess is answered\n%s\na wrong one\n%s", right.Short(), wrong.Short())
			}
		})
	}
}

func filtered(t testing.TB, s *apptest.Server, who, collection, filter string) apptest.Answer {
	t.Helper()
	return s.Do(t, who, http.MethodGet, apptest.URL(collection)+"?filter="+url.QueryEscape(filter), nil)
}

// The same filters work for those who may see.
func TestFiltersWorkWithinReach(t *testing.T) {
	t.Parallel()
	s := apptest.Serve(t, plantest.WithPlan(t))
	secrets(t, s)
	for _, c := range []struct {
		who, collection, filter string
		want                    int
	}{
		{apptest.Branch, plan.Duties, `plan_evidence_via_duty.text ?~ "密语"`, 1},
		{apptest.Clerk, plan.Duties, `plan_evidence_via_duty.text ?~ "密语"`, 2},
		{apptest.Clerk, plan.Tasks, `plan_duties_via_task.reason ?~ "签到"`, 1},
		{apptest.Clerk, plan.Evidence, `duty.task.kind != "" && counted = true`, 2},
		{apptest.Clerk, plan.Years, `plan_imports_via_plan.created_by.name ?= "林干事"`, 1},
	} {
		if got := filtered(t, s, c.who, c.collection, c.filter); got.Count() != c.want {
			t.Errorf("%s by %s: Expected %d, got %+v", c.filter, c.who, c.want, got)
		}
	}
}

// Expanding stops at what one may see, forth and back.
func TestExpandStops(t *testing.T) {
	t.Parallel()
	s := apptest.Serve(t, plantest.WithPlan(t))
	secrets(t, s)
	for _, c := range []struct {
		who, collection, expand, secret string
		sees                            bool
	}{
		{apptest.Member, plan.Tasks, "plan_duties_via_task", "缺少签到表", false},
		{apptest.Branch, plan.Tasks, "plan_duties_via_task", "缺少签到表", true}, // their own
		{apptest.Branch, plan.Tasks, "plan_duties_via_task", "/jd/zb2/", false},
		{apptest.Member, plan.Items, "plan_evidence_via_item", "密语", false},
		{apptest.Branch, plan.Items, "plan_evidence_via_item", "密语zb2", false},
		{apptest.Branch, plan.Items, "plan_evidence_via_item", "密语zb1", true},
		{apptest.Member, plan.Years, "plan_imports_via_plan", `"outline"`, false},
		{apptest.Clerk, plan.Years, "plan_imports_via_plan", `"outline"`, true},
		{apptest.Inspector, plan.Duties, "submitted_by", "赵支书", false},
		{apptest.Clerk, plan.Duties, "submitted_by", "赵支书", true},
		{apptest.Inspector, plan.Evidence, "person", "赵支书", false},
		{apptest.Member, plan.Years, "confirmed_by", "高书记", false},
	} {
		answer := s.Do(t, c.who, http.MethodGet, apptest.URL(c.collection)+"?perPage=500&expand="+c.expand, nil)
		answer.Want(t, 200)
		if answer.Has(c.secret) != c.sees {
			t.Errorf("%s of %s as %s: Expected to see %s: %v, got %s", c.expand, c.collection, c.who, c.secret, c.sees, answer.Body)
		}
	}
}

// A batch is all or nothing: one refused item takes back the rest.
func TestBatchIsAllOrNothing(t *testing.T) {
	t.Parallel()
	s := apptest.Serve(t, plantest.WithPlan(t))
	mine, theirs := plantest.Duty(t, s.App, "zb1", "2026-Q2").Id, plantest.Duty(t, s.App, "zb2", "2026-Q2").Id
	give := func(duty string) map[string]any {
		return map[string]any{"method": "POST", "url": apptest.URL(plan.Evidence), "body": map[string]any{"duty": duty, "text": "已完成"}}
	}
	take := func(duty, state string) map[string]any {
		return map[string]any{"method": "PATCH", "url": apptest.URL(plan.Duties, duty), "body": map[string]any{"state": state, "reason": "理由"}}
	}
	for name, bad := range map[string]map[string]any{
		"another branch's evidence": give(theirs), "another branch's duty": take(theirs, "submitted"), "accepting": take(mine, "done"), "exempting": take(mine, "exempted"),
		"deleting": {"method": "DELETE", "url": apptest.URL(plan.Duties, mine)},
		"the task": {"method": "PATCH", "url": apptest.URL(plan.Tasks, plantest.Task(t, s.App, plantest.Duty(t, s.App, "zb1", "2026-Q2")).Id), "body": map[string]any{"title": "改"}},
	} {
		s.Do(t, apptest.Branch, http.MethodPost, "/api/batch", map[string]any{"requests": []any{give(mine), take(mine, "submitted"), bad}}).Want(t, 400)
		if n, state := apptest.Count(t, s.App, plan.Evidence), plantest.Duty(t, s.App, "zb1", "2026-Q2").GetString("state"); n != 0 || state != "open" {
			t.Fatalf("%s: the rest of the batch was kept: %d pieces of evidence, %s", name, n, state)
		}
	}
	ok := take(mine, "submitted")
	ok["body"] = map[string]any{"state": "submitted"}
	s.Do(t, apptest.Branch, http.MethodPost, "/api/batch", map[string]any{"requests": []any{give(mine), ok}}).Want(t, 200, `"submitted_by":"`+apptest.Person(t, s.App, apptest.Branch).Id)
}

// A duty's change is told to who is responsible and to officers over it, and
// to nobody else, whatever they subscribed to.
func TestDutiesOverRealtime(t *testing.T) {
	t.Parallel()
	s := apptest.Serve(t, plantest.WithPlan(t))
	talk, visit := plantest.Duty(t, s.App, "zb1", "2026-Q2"), plantest.Duty(t, s.App, apptest.Deputy, "2026-06")
	pages := map[string]*apptest.Listener{}
	for _, who := range []string{apptest.Guest, apptest.Outsider, apptest.Member, apptest.Neighbour, apptest.Branch, apptest.Inspector, apptest.Deputy, apptest.Clerk} {
		page, answer := s.Listen(t, who, "plan_duties/*", "plan_evidence/*")
		answer.Want(t, 204)
		pages[who] = page
	}
	single, _ := s.Listen(t, apptest.Neighbour, "plan_duties/"+talk.Id)
	guess, _ := s.Listen(t, apptest.Neighbour, `plan_duties/*?options={"query":{"filter":"state='submitted'"}}`)
	hear := func(what string, n int, who ...string) {
		t.Helper()
		for name, page := range pages {
			want := 0
			for _, w := range who {
				if w == name {
					want = n
				}
			}
			for _, message := range page.Hear(t, want) {
				if strings.Contains(message, "tokenKey") {
					t.Errorf("%s: %s heard %s", what, name, message)
				}
			}
		}
		single.Hear(t, 0)
		guess.Hear(t, 0)
	}
	plantest.Prove(t, s.App, talk, apptest.Branch, nil)
	plantest.Moved(t, s.App, talk.Id, [2]string{"submitted", apptest.Branch})
	hear("a branch's duty", 2, apptest.Branch, apptest.Inspector, apptest.Deputy, apptest.Clerk)
	plantest.Prove(t, s.App, visit, apptest.Deputy, nil)
	hear("a person's evidence", 1, apptest.Inspector, apptest.Deputy, apptest.Clerk)

	// what leaves somebody's reach isn't told any more, open page or not
	for _, post := range plantest.Posts(t, s.App, "branch_secretary") {
		if post.GetString("person") == apptest.Person(t, s.App, apptest.Branch).Id {
			if err := apptest.Save(s.App, post, map[string]any{"until": apptest.Today}); err != nil {
				t.Fatal(err)
			}
		}
	}
	plantest.Moved(t, s.App, talk.Id, [2]string{"returned", apptest.Deputy})
	hear("after the post ended", 1, apptest.Inspector, apptest.Deputy, apptest.Clerk)

	// duties that a changed rule takes away and makes are told to their own
	if err := apptest.Save(s.App, plantest.Task(t, s.App, visit), map[string]any{"due_to": "2026-06-30"}); err != nil {
		t.Fatal(err)
	}
	hear("six duties less", 6, apptest.Inspector, apptest.Deputy, apptest.Clerk)
}
