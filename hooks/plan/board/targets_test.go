package board_test

import (
	"testing"

	"yaodian/hooks/apptest"
	"yaodian/hooks/plan"
	"yaodian/hooks/plan/board"
	"yaodian/hooks/plan/imports"
	"yaodian/hooks/plan/plantest"
)

// A target opens into what was counted for it: of accepted duties, and of those
// that wait; a share is the mean. Numbers that one may not see don't count.
func TestTargetsAreCounted(t *testing.T) {
	t.Parallel()
	s := apptest.Serve(t, plantest.WithPlan(t))
	talk := func(who, unit, period string, number float64, accepted bool) {
		duty := plantest.Duty(t, s.App, unit, period)
		evidence := plantest.Prove(t, s.App, duty, who, map[string]any{"number": number})
		if evidence.GetString("target") == "" || !evidence.GetBool("counted") {
			t.Errorf("%s: the only target of its task wasn't filled in", unit)
		}
		plantest.Moved(t, s.App, duty.Id, [2]string{"submitted", who})
		if accepted {
			plantest.Moved(t, s.App, duty.Id, [2]string{"done", apptest.Deputy})
		}
	}
	talk(apptest.Branch, "zb1", "2026-Q1", 1, true)
	talk(apptest.Branch, "zb1", "2026-Q2", 2, false)
	talk(apptest.Neighbour, "zb2", "2026-Q1", 3, true)

	check := plantest.Duty(t, s.App, "djb", "2026", "检查")
	for _, share := range []float64{70, 92} {
		plantest.Prove(t, s.App, check, apptest.Secretary, map[string]any{"number": share})
	}
	plantest.Moved(t, s.App, check.Id, [2]string{"submitted", apptest.Secretary}, [2]string{"done", apptest.Deputy})

	one := func(who string, section, item int) board.Target {
		targets := boardOf(t, s, who).Sections[section].Items[item].Targets
		if len(targets) != 1 {
			t.Fatalf("%s: %+v", who, targets)
		}
		return targets[0]
	}
	if got, want := one(apptest.Clerk, 0, 1).Measured, (board.Measured{Sum: 4, Count: 2, Waiting: 2, Value: 4, Met: true}); got != want {
		t.Errorf("talks: Expected %+v, got %+v", want, got)
	}
	if got, want := one(apptest.Branch, 0, 1).Measured, (board.Measured{Sum: 1, Count: 1, Waiting: 2, Value: 1, Met: true}); got != want {
		t.Errorf("talks of the branch: Expected %+v, got %+v", want, got)
	}
	if got, want := one(apptest.Member, 0, 1).Measured, (board.Measured{}); got != want {
		t.Errorf("talks as a member sees them: Expected %+v, got %+v", want, got)
	}
	if got, want := one(apptest.Clerk, 1, 0).Measured, (board.Measured{Sum: 162, Count: 2, Value: 81, Met: true}); got != want {
		t.Errorf("the share: Expected %+v, got %+v", want, got)
	}
}

// A number counts for a target of its own task, and for none where the task
// has several and none is named.
func TestNumberCountsForOneTarget(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	draft := plantest.Import(t, app, plantest.Item("全年开展专项检查6次，发现问题整改率达到90%。"))
	plantest.Decide(t, app, draft, func(o *imports.Outline) {
		for _, ob := range plantest.Obligations(o)[1:] { // whatever the sentence was cut into, one task has both
			plantest.Obligations(o)[0].Targets = append(plantest.Obligations(o)[0].Targets, ob.Targets...)
			ob.Keep = new(bool)
		}
	})
	plantest.Confirm(t, app, draft)
	duty := plantest.Duty(t, app, "djb", "2026")
	targets, err := app.FindRecordsByFilter(plan.Targets, "id != ''", "", 0, 0)
	if err != nil || len(targets) != 2 {
		t.Fatal(len(targets), err)
	}
	if got := plantest.Prove(t, app, duty, apptest.Secretary, map[string]any{"number": 3}).GetString("target"); got != "" {
		t.Errorf("the number was given to %s", got)
	}
	if got := plantest.Prove(t, app, duty, apptest.Secretary, map[string]any{"number": 3, "target": targets[1].Id}).GetString("target"); got != targets[1].Id {
		t.Errorf("the number was given to %q", got)
	}
	plantest.Moved(t, app, duty.Id, [2]string{"submitted", apptest.Secretary}, [2]string{"done", apptest.Deputy})
	board, err := board.Of(app, apptest.Only(t, app, plan.Years), "")
	if err != nil {
		t.Fatal(err)
	}
	for _, target := range board.Sections[0].Items[0].Targets {
		if got, want := target.Count, map[bool]int{true: 1}[target.ID == targets[1].Id]; got != want {
			t.Errorf("%s: Expected %d numbers, got %+v", target.Text, want, target.Measured)
		}
	}
	other := plantest.WithPlan(t)
	visit := plantest.Task(t, other, plantest.Duty(t, other, apptest.Deputy, "2026-06"))
	_, err = plantest.Write(other, plan.Evidence, map[string]any{
		"duty": plantest.Duty(t, other, "zb1", "2026-Q2").Id, "person": apptest.Person(t, other, apptest.Branch).Id, "number": 3,
		"target": apptest.First(t, other, plan.Targets, "task", visit.Id).Id,
	})
	apptest.Refused(t, "another task's", err, "plan_target_other")
}
