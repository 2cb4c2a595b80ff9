package plan

import (
	"context"
	"maps"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

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

// compare finds, for everybody who is or was responsible, what is missing and
// what is no longer asked for. What is past or has been touched stays, and
// nobody is asked for what was due before the frame begins.
func compare(app core.App, task *Task, f Frame) (difference, error) {
	var d difference
	var periods []schedule.Period
	var who []Responsible
	var err error
	if !task.Stopped() {
		if periods, err = schedule.Expand(task.Rule(f.Year), f.Days); err != nil {
			return d, err
		}
		if who, err = Responsibles(app, task.GetString("org"), task.Assign(), f.Today); err != nil {
			return d, err
		}
	}
	have, err := existing(app, task)
	if err != nil {
		return d, err
	}
	for _, r := range who {
		d.merge(r, have[r], periods, f.From)
		delete(have, r)
	}
	for _, gone := range slices.SortedFunc(maps.Keys(have), Responsible.compare) {
		d.merge(gone, have[gone], nil, f.Today)
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

// Generate makes the duties of a task agree with its rule: it adds what is
// missing and takes away what nobody has touched and nobody asks for. Running
// it again changes nothing.
func Generate(app core.App, ctx context.Context, task *Task, f Frame) (added, removed int, err error) {
	d, err := compare(app, task, f)
	if err != nil {
		return 0, 0, err
	}
	if removed, err = removeDuties(app, ctx, d.remove); err != nil {
		return 0, removed, err
	}
	for _, s := range d.add {
		if err := addDuty(app, ctx, task, s, f.Today); err != nil {
			return added, removed, err
		}
		added++
	}
	return added, removed, nil
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
	record, err := kit.NewRecord(app, Duties, map[string]any{
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
