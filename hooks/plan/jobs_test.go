package plan_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/apptest"
	"yaodian/hooks/plan"
	"yaodian/hooks/plan/plantest"
)

// The calendar opens duties on their day and marks them the day after they
// were due, telling a person who is responsible, once.
func TestAdvance(t *testing.T) {
	t.Parallel()
	app := plantest.WithPlan(t)
	state := func(who, period string) string { return plantest.Duty(t, app, who, period).GetString("state") }
	deputy := apptest.Person(t, app, apptest.Deputy).Id
	told := func() (out []string) {
		messages, err := app.FindRecordsByFilter("notify_messages", "person = {:p}", "created", 0, 0, dbx.Params{"p": deputy})
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range messages {
			out = append(out, m.GetString("title")+" "+m.GetString("body"))
		}
		slices.Sort(out)
		return out
	}
	if n, err := plan.Advance(app, "2026-06-30"); n != 0 || err != nil {
		t.Errorf("on the day they are due: moved %d, %v", n, err)
	}
	for range 2 {
		if _, err := plan.Advance(app, "2026-07-01"); err != nil {
			t.Fatal(err)
		}
	}
	for period, want := range map[string]string{"2026-06": "overdue", "2026-07": "open", "2026-08": "upcoming"} {
		if got := state(apptest.Deputy, period); got != want {
			t.Errorf("visit of %s: Expected %s, got %s", period, want, got)
		}
	}
	if a, b := state("zb1", "2026-Q2"), state("zb1", "2026-Q3"); a != "overdue" || b != "open" {
		t.Errorf("talks are %s and %s", a, b)
	}
	got := told()
	if len(got) != 2 || !strings.HasPrefix(got[0], "已逾期：") || !strings.Contains(got[1], "请在7月31日前完成。") {
		t.Errorf("the deputy was told %q", got)
	}
	// the server was down for half a year
	if n, err := plan.Advance(app, "2027-01-01"); err != nil || n == 0 {
		t.Fatal(n, err)
	}
	if n := apptest.Count(t, app, plan.Duties, dbx.NewExp("state IN ('upcoming', 'open')")); n != 0 {
		t.Errorf("%d duties of last year are still open", n)
	}
}

// Somebody hands in a duty while the calendar is at work: it stays handed in.
func TestAdvanceSeesWhatHappensMeanwhile(t *testing.T) {
	t.Parallel()
	app := plantest.WithPlan(t)
	waiting := map[string]string{} // who hands in which: all are in the list of the calendar, at most one comes first
	for unit, who := range map[string]string{"zb1": apptest.Branch, "zb2": apptest.Neighbour} {
		duty := plantest.Duty(t, app, unit, "2026-Q2")
		plantest.Prove(t, app, duty, who, nil)
		waiting[duty.Id] = who
	}
	var handedIn []string
	app.OnRecordUpdateExecute(plan.Duties).BindFunc(func(e *core.RecordEvent) error {
		now := waiting
		waiting = nil
		for id, who := range now {
			if id == e.Record.Id {
				continue
			}
			handedIn = append(handedIn, id)
			if err := plantest.Move(t, e.App, id, "submitted", who); err != nil {
				return err
			}
		}
		return e.Next()
	})
	if _, err := plan.Advance(app, "2026-07-01"); err != nil {
		t.Fatal(err)
	}
	for _, id := range handedIn {
		duty := apptest.First(t, app, plan.Duties, "id", id)
		if duty.GetString("state") != "submitted" || duty.GetString("submitted_by") == "" {
			t.Errorf("the duty of %s is %s again", duty.GetString("org_path"), duty.GetString("state"))
		}
	}
	if len(handedIn) == 0 {
		t.Error("nothing was handed in meanwhile")
	}
}

// One duty that can't be saved doesn't hold up the rest, and is reported.
func TestAdvanceGoesOn(t *testing.T) {
	t.Parallel()
	app := plantest.WithPlan(t)
	broken, failed := plantest.Duty(t, app, "zb1", "2026-Q2").Id, errors.New("broken")
	app.OnRecordUpdateExecute(plan.Duties).BindFunc(func(e *core.RecordEvent) error {
		if e.Record.Id == broken {
			return failed
		}
		return e.Next()
	})
	n, err := plan.Advance(app, "2026-07-01")
	if !errors.Is(err, failed) || n == 0 || !strings.Contains(err.Error(), broken) {
		t.Errorf("moved %d, %v", n, err)
	}
	if got := plantest.Duty(t, app, "zb2", "2026-Q2").GetString("state"); got != "overdue" {
		t.Errorf("the other branch's is %s", got)
	}
	if got := plantest.Duty(t, app, "zb1", "2026-Q2").GetString("state"); got != "open" {
		t.Errorf("the broken one is %s", got)
	}
}

// What the calendar asked for while the server was down is done at its start.
func TestCatchUp(t *testing.T) {
	t.Parallel()
	app := plantest.WithPlan(t)
	apptest.SetToday(t, app, "2026-07-01")
	apptest.Serve(t, app)
	if got := plantest.Duty(t, app, "zb1", "2026-Q2").GetString("state"); got != "overdue" {
		t.Errorf("the talk is %s", got)
	}
}

// A task that nobody is responsible for any more is left as it is, and the
// others are refreshed all the same.
func TestRefreshWithoutAnybody(t *testing.T) {
	t.Parallel()
	app := plantest.WithPlan(t)
	task := plantest.Task(t, app, plantest.Duty(t, app, "djb", "2026", "检查"))
	if err := apptest.Save(app, task, apptest.Named(t, app, map[string]any{"assign": "person", "assign_person": "#member"})); err != nil {
		t.Fatal(err)
	}
	if err := apptest.Save(app, apptest.Person(t, app, apptest.Member), map[string]any{"state": "left"}); err != nil {
		t.Fatal(err)
	}
	apptest.Make(t, app, "org_units", map[string]any{"code": "zb3", "name": "新村社区党支部", "kind": "branch", "parent": "@jd"})
	added, removed, err := plan.Refresh(app, apptest.Today)
	if added != 3 || removed != 0 || err != nil {
		t.Errorf("added %d, removed %d, %v", added, removed, err)
	}
	if n := apptest.Count(t, app, plan.Duties, dbx.HashExp{"task": task.Id}); n != 1 {
		t.Errorf("%d duties of who left", n)
	}
}
