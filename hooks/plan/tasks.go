package plan

import (
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/plan/schedule"
)

// fixedOfTask is where a task comes from; arrangement is what decides about
// its duties.
var (
	fixedOfTask = []string{"org", "plan", "section", "item", "kind", "text", "span_from", "span_to", "document", "frequency_text", "due_text", "since"}
	arrangement = []string{
		"title", "assign", "assign_org", "assign_person", "assign_role", "assign_kind", "rrule", "due_from", "due_to", "shift", "lead", "state",
	}
)

// saveTask lets an officer change who does a task and when. The past stays;
// the future is made anew in the same transaction.
func saveTask(e *core.RecordEvent) error {
	if kit.IsSystem(e.Context) {
		return e.Next()
	}
	if e.Record.IsNew() {
		return kit.Forbid("plan_made_by_import", "任务由确认工作要点产生，不能直接添加。")
	}
	stored, err := kit.Stored(e)
	if err != nil {
		return err
	}
	if field, changed := kit.Changed(e.Record, stored, fixedOfTask...); changed {
		return kit.Reject(field, "plan_task_fixed", "任务的出处和原文不能修改，只能调整名称、分工、频次和期限。")
	}
	if _, changed := kit.Changed(e.Record, stored, arrangement...); !changed {
		return e.Next()
	}
	task := TaskOf(e.Record)
	today := kit.Today(e.App)
	year, err := checkTask(e.App, task, today)
	if err != nil {
		return err
	}
	task.Set("since", today)
	if err := e.Next(); err != nil {
		return err
	}
	f, err := FrameOf(e.App, year, today)
	if err != nil {
		return err
	}
	_, _, err = Generate(e.App, e.Context, task, f)
	return err
}

// checkTask: the plan is still running, the rule is possible and finds
// somebody. It returns the year of the plan.
func checkTask(app core.App, task *Task, today string) (int, error) {
	plan, err := app.FindRecordById(Years, task.GetString("plan"))
	if err != nil {
		return 0, err
	}
	if plan.GetString("state") != "active" {
		return 0, kit.Forbid("plan_closed", "这一年的工作要点已经归档，不能再调整。")
	}
	year := plan.GetInt("year")
	if err := schedule.Check(task.Rule(year)); err != nil {
		return 0, err
	}
	if !task.Stopped() {
		if _, err := CheckAssign(app, task.GetString("org"), task.Assign(), today); err != nil {
			return 0, err
		}
	}
	return year, nil
}
