package plan

import (
	"context"
	"maps"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/calendar"
	"yaodian/hooks/kit"
	"yaodian/hooks/plan/schedule"
)

// difference is what the duties of a task would change to.
type difference struct {
	keep   int
	remove []string // ids
	add    []slot
}

// slot is one duty that a task asks for.
type slot struct {
	Responsible
	schedule.Period
}

// change counts what generate wrote.
type change struct{ added, removed int }

// compare finds, for everybody who is or was responsible, what is missing and
// what is no longer asked for. What is past or has been touched stays.
func compare(app core.App, task *Task, year int, days calendar.Days, today string) (difference, error) {
	var d difference
	var periods []schedule.Period
	var who []Responsible
	var err error
	if !task.Stopped() {
		if periods, err = schedule.Expand(task.Rule(year), days); err != nil {
			return d, err
		}
		if who, err = responsibles(app, task.GetString("org"), task.Assign(), today); err != nil {
			return d, err
		}
	}
	have, err := existing(app, task)
	if err != nil {
		return d, err
	}
	for _, r := range who {
		d.merge(r, have[r], periods, task.since(today))
		delete(have, r)
	}
	for _, gone := range slices.SortedFunc(maps.Keys(have), Responsible.compare) {
		d.merge(gone, have[gone], nil, today)
	}
	return d, nil
}

func (d *difference) merge(r Responsible, have []schedule.Existing, wanted []schedule.Period, from string) {
	keep, remove, add := schedule.Regenerate(have, wanted, from)
	d.keep += len(keep)
	for _, e := range remove {
		d.remove = append(d.remove, e.ID)
	}
	for _, p := range add {
		d.add = append(d.add, slot{r, p})
	}
}

// existing reads the duties of a task by who is responsible, in one query. A
// duty with another name than its task's is out of date, unless touched.
func existing(app core.App, task *Task) (map[Responsible][]schedule.Existing, error) {
	var rows []struct {
		Org    string `db:"org"`
		Person string `db:"person"`
		Title  string `db:"title"`
		schedule.Existing
	}
	err := app.DB().NewQuery(`SELECT d.org, d.person, d.title, d.id, d.period, d.opens, d.due, d.due_original, d.state,
		EXISTS (SELECT 1 FROM plan_evidence e WHERE e.duty = d.id) AS touched FROM plan_duties d WHERE d.task = {:task} ORDER BY d.due, d.id`).
		Bind(dbx.Params{"task": task.Id}).All(&rows)
	if err != nil {
		return nil, err
	}
	out := map[Responsible][]schedule.Existing{}
	for _, row := range rows {
		if row.Title != task.GetString("title") {
			row.DueOriginal = ""
		}
		r := Responsible{Org: row.Org, Person: row.Person}
		out[r] = append(out[r], row.Existing)
	}
	return out, nil
}

// generate makes the duties of a task agree with its rule: it adds what is
// missing and takes away what nobody has touched and nobody asks for. Running
// it again changes nothing.
func generate(app core.App, ctx context.Context, task *Task, year int, days calendar.Days, today string) (change, error) {
	var done change
	d, err := compare(app, task, year, days, today)
	if err != nil {
		return done, err
	}
	if done.removed, err = removeDuties(app, ctx, d.remove); err != nil {
		return done, err
	}
	for _, s := range d.add {
		if err := addDuty(app, ctx, task, s, today); err != nil {
			return done, err
		}
		done.added++
	}
	return done, nil
}

func removeDuties(app core.App, ctx context.Context, ids []string) (removed int, err error) {
	for part := range slices.Chunk(ids, 500) {
		duties, err := app.FindRecordsByIds(Duties, part)
		if err != nil {
			return removed, err
		}
		for _, duty := range duties {
			if err := app.DeleteWithContext(kit.System(ctx), duty); err != nil {
				return removed, err
			}
			removed++
		}
	}
	return removed, nil
}

func addDuty(app core.App, ctx context.Context, task *Task, s slot, today string) error {
	record, err := newRecord(app, Duties, map[string]any{
		"plan": task.GetString("plan"), "section": task.GetString("section"), "item": task.GetString("item"), "task": task.Id,
		"org": s.Org, "person": s.Person, "period": s.Key, "title": task.GetString("title"),
		"opens": s.Opens, "due": s.Due, "due_original": s.DueOriginal,
		"state": string(schedule.Next(schedule.Upcoming, today, s.Opens, s.Due)),
	})
	if err != nil {
		return err
	}
	return kit.SaveAsSystem(app, ctx, record)
}

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
	if field, changed := kit.Changed(e.Record, stored, "org", "plan", "section", "item", "kind", "text", "span_from", "span_to", "document",
		"frequency_text", "due_text", "since"); changed {
		return kit.Reject(field, "plan_task_fixed", "任务的出处和原文不能修改，只能调整名称、分工、频次和期限。")
	}
	if _, changed := kit.Changed(e.Record, stored, "title", "assign", "assign_org", "assign_person", "assign_role", "assign_kind",
		"rrule", "due_from", "due_to", "shift", "lead", "state"); !changed {
		return e.Next()
	}
	task := taskOf(e.Record)
	today := kit.Today(e.App)
	year, err := checkTask(e.App, task, today)
	if err != nil {
		return err
	}
	task.Set("since", today)
	if err := e.Next(); err != nil {
		return err
	}
	days, err := calendar.Load(e.App)
	if err != nil {
		return err
	}
	_, err = generate(e.App, e.Context, task, year, days, today)
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
		if _, err := checkAssign(app, task.GetString("org"), task.Assign(), today); err != nil {
			return 0, err
		}
	}
	return year, nil
}
