package plan_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/apptest"
	"yaodian/hooks/plan"
	"yaodian/hooks/plan/imports"
	"yaodian/hooks/plan/plantest"
)

// listed shows the duties of a task, one a line: who, period, due, state.
func listed(t testing.TB, app core.App, task string) []string {
	t.Helper()
	var duties []*core.Record
	if err := app.RecordQuery(plan.Duties).AndWhere(dbx.HashExp{"task": task}).OrderBy("org_path", "person", "due").All(&duties); err != nil {
		t.Fatal(err)
	}
	out := make([]string, len(duties))
	for i, d := range duties {
		unit := strings.Split(strings.Trim(d.GetString("org_path"), "/"), "/")
		out[i] = fmt.Sprintf("%s %s %s %s", unit[len(unit)-1], d.GetString("period"), d.GetString("due")[5:], d.GetString("state"))
	}
	return out
}

func want(t testing.TB, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: Expected\n%s\ngot\n%s", what, strings.Join(want, "\n"), strings.Join(got, "\n"))
	}
}

// Twelve duties a year become four from today on: what is past, handed in or
// begun stays, the rest is made anew, and the preview had said so.
func TestChangedRule(t *testing.T) {
	t.Parallel()
	s := apptest.Serve(t, plantest.WithPlan(t))
	visit := plantest.Duty(t, s.App, apptest.Deputy, "2026-06")
	task := visit.GetString("task")
	plantest.Prove(t, s.App, plantest.Duty(t, s.App, apptest.Deputy, "2026-08"), apptest.Deputy, nil) // begun
	plantest.Moved(t, s.App, plantest.Duty(t, s.App, apptest.Deputy, "2026-10").Id, [2]string{"exempted", apptest.Clerk})

	change := map[string]any{"rrule": "FREQ=MONTHLY;INTERVAL=3"}
	preview := s.Do(t, apptest.Clerk, http.MethodPost, "/api/plan/tasks/"+task+"/preview", change)
	preview.Want(t, 200, `"keep":7`, `"remove":5`, `"total":3`, `{"period":"2026-Q2","opens":"2026-04-01","due":"2026-06-30","org":"`+visit.GetString("org")+`"`)
	if got := listed(t, s.App, task); len(got) != 12 {
		t.Fatalf("the preview changed the duties: %q", got)
	}
	s.Do(t, apptest.Clerk, http.MethodPatch, apptest.URL(plan.Tasks, task), change).Want(t, 200, `"since":"2026-06-10"`)
	after := []string{
		"jd 2026-01 01-30 overdue", "jd 2026-02 02-28 overdue", "jd 2026-03 03-31 overdue", "jd 2026-04 04-30 overdue", "jd 2026-05 05-29 overdue",
		"jd 2026-Q2 06-30 open", "jd 2026-08 08-31 upcoming", "jd 2026-Q3 09-30 upcoming", "jd 2026-10 10-30 exempted", "jd 2026-Q4 12-31 upcoming",
	}
	got := listed(t, s.App, task)
	want(t, "changed", got, after...)

	// the same again, and the calendar's own round, change nothing
	before := ids(t, s.App, task)
	s.Do(t, apptest.Clerk, http.MethodPatch, apptest.URL(plan.Tasks, task), change).Want(t, 200)
	for range 2 {
		if added, removed, err := plan.Refresh(s.App, apptest.Today); added+removed != 0 || err != nil {
			t.Errorf("Refresh added %d, removed %d, %v", added, removed, err)
		}
		if n, err := plan.Advance(s.App, apptest.Today); n != 0 || err != nil {
			t.Errorf("Advance moved %d, %v", n, err)
		}
	}
	if !slices.Equal(before, ids(t, s.App, task)) {
		t.Error("duties were made anew although nothing changed")
	}

	// stopped, nothing is to come; what was begun and what is past stays
	s.Do(t, apptest.Clerk, http.MethodPatch, apptest.URL(plan.Tasks, task), map[string]any{"state": "stopped"}).Want(t, 200)
	want(t, "stopped", listed(t, s.App, task), append(slices.Clone(after[:5]), "jd 2026-08 08-31 upcoming", "jd 2026-10 10-30 exempted")...)
	s.Do(t, apptest.Clerk, http.MethodPatch, apptest.URL(plan.Tasks, task), map[string]any{"state": "active"}).Want(t, 200)
	want(t, "taken up again", listed(t, s.App, task), after...)
}

func ids(t testing.TB, app core.App, task string) (out []string) {
	t.Helper()
	if err := app.DB().Select("id").From(plan.Duties).Where(dbx.HashExp{"task": task}).OrderBy("id").Column(&out); err != nil {
		t.Fatal(err)
	}
	return out
}

// A task that is given to somebody else takes along what is to come.
func TestReassigned(t *testing.T) {
	t.Parallel()
	s := apptest.Serve(t, plantest.WithPlan(t))
	task := plantest.Duty(t, s.App, "zb1", "2026-Q2").GetString("task")
	s.Do(t, apptest.Clerk, http.MethodPatch, apptest.URL(plan.Tasks, task), apptest.Named(t, s.App, map[string]any{"assign": "org", "assign_org": "@zb2"})).Want(t, 200)
	want(t, "reassigned", listed(t, s.App, task),
		"zb1 2026-Q1 03-31 overdue",
		"zb2 2026-Q1 03-31 overdue", "zb2 2026-Q2 06-30 open", "zb2 2026-Q3 09-30 upcoming", "zb2 2026-Q4 12-31 upcoming")
	for body, code := range map[string]string{
		`{"assign":"each_unit","assign_kind":"union"}`: "plan_assign_empty", `{"assign_org":"` + apptest.Unit(t, s.App, "wzb").Id + `"}`: "plan_assign_org",
		`{"rrule":"每季度"}`: "plan_rrule_invalid", `{"due_to":"2027-01-01"}`: "plan_due_outside", `{"lead":-1}`: "plan_lead_negative",
	} {
		s.Do(t, apptest.Clerk, http.MethodPatch, apptest.URL(plan.Tasks, task), body).Want(t, 400, code)
		s.Do(t, apptest.Clerk, http.MethodPost, "/api/plan/tasks/"+task+"/preview", body).Want(t, 400, code)
	}
	for _, field := range []string{"kind", "text", "span_from", "item", "frequency_text", "due_text", "since", "document"} {
		value := any("other")
		if field == "span_from" {
			value = 99
		}
		if answer := s.Do(t, apptest.Keeper, http.MethodPatch, apptest.URL(plan.Tasks, task), map[string]any{field: value}); answer.Status != 400 {
			t.Errorf("%s: %+v", field, answer)
		}
	}
	for who, status := range map[string]int{apptest.Guest: 401, apptest.Outsider: 404, apptest.Branch: 404, apptest.Deputy: 404, apptest.Clerk: 200} {
		s.Do(t, who, http.MethodPost, "/api/plan/tasks/"+task+"/preview", map[string]any{}).Want(t, status)
	}
	s.Do(t, apptest.Clerk, http.MethodPost, "/api/plan/tasks/nosuch/preview", map[string]any{}).Want(t, 404)
}

// Whoever comes into office gets what is still to come, not what was due
// before; whoever leaves keeps what is past or begun.
func TestNewInOffice(t *testing.T) {
	t.Parallel()
	app := plantest.WithPlan(t)
	visits := plantest.Duty(t, app, apptest.Deputy, "2026-06").GetString("task")
	talks := plantest.Duty(t, app, "zb1", "2026-Q2").GetString("task")
	plantest.Prove(t, app, plantest.Duty(t, app, apptest.Deputy, "2026-07"), apptest.Deputy, nil)

	apptest.Make(t, app, "org_posts", map[string]any{"person": "#clerk", "role": "$committee_member", "org": "@jd", "since": apptest.Today})
	apptest.Make(t, app, "org_units", map[string]any{"code": "zb3", "name": "新村社区党支部", "kind": "branch", "parent": "@jd", "established": "2026-06-01"})
	for _, post := range plantest.Posts(t, app, "committee_member") {
		if post.GetString("person") == apptest.Person(t, app, apptest.Deputy).Id {
			if err := apptest.Save(app, post, map[string]any{"until": apptest.Today}); err != nil {
				t.Fatal(err)
			}
		}
	}
	added, removed, err := plan.Refresh(app, apptest.Today)
	if added != 7+3 || removed != 6 || err != nil {
		t.Errorf("added %d, removed %d, %v", added, removed, err)
	}
	clerk := apptest.Person(t, app, apptest.Clerk).Id
	if n := apptest.Count(t, app, plan.Duties, dbx.HashExp{"task": visits, "person": clerk}, dbx.NewExp("due < '2026-06-10'")); n != 0 {
		t.Errorf("the new member has %d visits of the months before", n)
	}
	if n := apptest.Count(t, app, plan.Duties, dbx.HashExp{"task": visits, "person": apptest.Person(t, app, apptest.Deputy).Id}); n != 5+1 {
		t.Errorf("the former member keeps %d visits", n)
	}
	want(t, "the new branch", listed(t, app, talks)[8:], "zb3 2026-Q2 06-30 open", "zb3 2026-Q3 09-30 upcoming", "zb3 2026-Q4 12-31 upcoming")
	if added, removed, err := plan.Refresh(app, apptest.Today); added+removed != 0 || err != nil {
		t.Errorf("again: added %d, removed %d, %v", added, removed, err)
	}
}

// A due date on a day off moves as the task says, and the day that it was
// moved from is kept; 29 February and the 31st are the month's last day.
func TestDueDates(t *testing.T) {
	t.Parallel()
	app := plantest.WithPlan(t)
	task := plantest.Task(t, app, plantest.Duty(t, app, apptest.Deputy, "2026-06"))
	set := func(data map[string]any) []*core.Record {
		if err := apptest.Save(app, task, data); err != nil {
			t.Fatal(err)
		}
		task = apptest.First(t, app, plan.Tasks, "id", task.Id)
		var duties []*core.Record
		if err := app.RecordQuery(plan.Duties).AndWhere(dbx.HashExp{"task": task.Id}).AndWhere(dbx.NewExp("due >= '2026-06-10'")).OrderBy("due").All(&duties); err != nil {
			t.Fatal(err)
		}
		return duties
	}
	days := func(duties []*core.Record) (out []string) {
		for _, d := range duties {
			day := d.GetString("due")[5:]
			if o := d.GetString("due_original")[5:]; o != day {
				day = o + ">" + day
			}
			out = append(out, day)
		}
		return out
	}
	// 31 October is a Saturday, 3 October lies in the holiday
	want(t, "before", days(set(map[string]any{"rrule": "FREQ=MONTHLY;BYMONTHDAY=31", "due_from": "2026-09-01"})), "09-30", "10-31>10-30", "11-30", "12-31")
	want(t, "after", days(set(map[string]any{"shift": "after"})), "09-30", "10-31>11-02", "11-30", "12-31")
	want(t, "not", days(set(map[string]any{"shift": "none"})), "09-30", "10-31", "11-30", "12-31")
	want(t, "on a holiday", days(set(map[string]any{"rrule": "FREQ=MONTHLY;BYMONTHDAY=3", "due_from": "2026-10-01", "due_to": "2026-10-31", "shift": "before"})), "10-03>10-08")
	leap := plantest.Import(t, app, strings.ReplaceAll(plantest.Text, "2026", "2028"))
	plantest.Decide(t, app, leap, func(o *imports.Outline) {
		rule := "FREQ=MONTHLY;BYMONTHDAY=31"
		for _, ob := range plantest.Obligations(o) {
			ob.Due = nil
			ob.Assign = &plan.Assign{To: plan.ToOrg, Org: apptest.Unit(t, app, "djb").Id}
			if ob.Frequency != nil {
				ob.Frequency.RRule = &rule
			}
			ob.Shift = "none"
		}
	})
	made, _ := plantest.Confirm(t, app, leap)
	if n := apptest.Count(t, app, plan.Duties, dbx.HashExp{"plan": made.Id, "due": "2028-02-29"}); n == 0 {
		t.Error("nothing is due on 29 February 2028")
	}
	if n := apptest.Count(t, app, plan.Duties, dbx.HashExp{"plan": made.Id}, dbx.NewExp("due LIKE '%-02-30' OR due LIKE '%-02-31'")); n != 0 {
		t.Errorf("%d duties are due on days that aren't", n)
	}
}
