package plan

import (
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/calendar"
	"yaodian/hooks/plan/schedule"
)

// Task is one promise of the plan, with who does it and when.
type Task struct{ core.BaseRecordProxy }

// TaskOf is a record of the tasks as what it stands for.
func TaskOf(r *core.Record) *Task {
	t := &Task{}
	t.SetProxyRecord(r)
	return t
}

// Assign is who is responsible for the task.
func (t *Task) Assign() Assign {
	return Assign{
		To: t.GetString("assign"), Org: t.GetString("assign_org"), Person: t.GetString("assign_person"),
		Role: t.GetString("assign_role"), Kind: t.GetString("assign_kind"),
	}
}

// Rule is when the task is due in the year of its plan.
func (t *Task) Rule(year int) schedule.Rule {
	return schedule.Rule{
		RRule: t.GetString("rrule"), DueFrom: t.GetString("due_from"), DueTo: t.GetString("due_to"),
		Shift: calendar.Shift(t.GetString("shift")), Lead: t.GetInt("lead"), Year: year, Since: t.GetString("since"),
	}
}

// Stopped reports whether the task is no longer pursued.
func (t *Task) Stopped() bool { return t.GetString("state") == "stopped" }

// Duty is one performance of a task by somebody in a period.
type Duty struct{ core.BaseRecordProxy }

func dutyOf(r *core.Record) *Duty {
	d := &Duty{}
	d.SetProxyRecord(r)
	return d
}

// State is how far the duty has come.
func (d *Duty) State() schedule.State { return schedule.State(d.GetString("state")) }

// SetState moves the duty on.
func (d *Duty) SetState(s schedule.State) { d.Set("state", string(s)) }

// Person is the id of who is responsible; empty: the organization is.
func (d *Duty) Person() string { return d.GetString("person") }

// OrgPath is where the responsible organization hangs.
func (d *Duty) OrgPath() string { return d.GetString("org_path") }

// Due is the last day for the duty.
func (d *Duty) Due() string { return d.GetString("due") }

// Opens is the first day of the duty.
func (d *Duty) Opens() string { return d.GetString("opens") }

// Submitter is the id of who submitted the duty.
func (d *Duty) Submitter() string { return d.GetString("submitted_by") }

// Accepter is the id of who accepted or returned the duty.
func (d *Duty) Accepter() string { return d.GetString("accepted_by") }
