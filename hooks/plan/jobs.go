package plan

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/notify"
	"yaodian/hooks/plan/schedule"
)

// catchUp does at start what the calendar asked for while the server was down.
func catchUp(e *core.ServeEvent) error {
	advance(e.App, kit.Now(e.App))
	return e.Next()
}

func advance(app core.App, now time.Time) {
	app = kit.As(app, kit.Job("plan_advance"))
	today := now.Format(time.DateOnly)
	moved, err := Advance(app, today)
	app.Logger().Info("Advanced duties", "moved", moved, "error", err)
	added, removed, err := Refresh(app, today)
	app.Logger().Info("Refreshed duties", "added", added, "removed", removed, "error", err)
}

// Advance opens the duties whose day has come and marks those whose day has
// passed, telling who is responsible. It looks at states and dates only, so it
// can be repeated or skipped for days. One that fails doesn't hold up the rest.
func Advance(app core.App, today string) (moved int, err error) {
	var late []string
	err = app.DB().Select("id").From(Duties).Where(dbx.NewExp(
		"(state = 'upcoming' AND opens <= {:today}) OR (state = 'open' AND due < {:today})", dbx.Params{"today": today})).
		OrderBy("due", "id").Column(&late)
	if err != nil {
		return 0, err
	}
	var failed []error
	for _, id := range late {
		stepped, err := step(app, id, today)
		if err != nil {
			failed = append(failed, fmt.Errorf("duty %s: %w", id, err))
		}
		if stepped {
			moved++
		}
	}
	return moved, errors.Join(failed...)
}

// step moves one duty on by the calendar and writes to the responsible person.
// It reads the duty anew: somebody may have submitted it meanwhile.
func step(app core.App, id, today string) (moved bool, err error) {
	ctx := context.Background()
	err = app.RunInTransaction(func(tx core.App) error {
		record, err := tx.FindRecordById(Duties, id)
		if err != nil {
			return err
		}
		duty := dutyOf(record)
		before := duty.State()
		duty.SetState(schedule.Next(before, today, duty.Opens(), duty.Due()))
		if duty.State() == before {
			return nil
		}
		if err := kit.SaveAsSystem(tx, ctx, duty); err != nil {
			return err
		}
		moved = true
		if duty.Person() == "" {
			return nil
		}
		return notify.Send(tx, ctx, reminder(duty, today))
	})
	return moved && err == nil, err
}

func reminder(duty *Duty, today string) notify.Message {
	m := notify.Message{Person: duty.Person(), Kind: notify.Duty, Link: "#/duties/" + duty.Id}
	title := kit.Clip(notify.Mask(duty.GetString("title")), 60)
	if duty.State() == schedule.Overdue {
		m.Title, m.Body = "已逾期："+title, fmt.Sprintf("期限是%s，请尽快补做。", kit.Day(duty.Due(), today))
		return m
	}
	m.Title, m.Body = "新任务："+title, fmt.Sprintf("请在%s前完成。", kit.Day(duty.Due(), today))
	return m
}

// Refresh makes the duties of every running plan agree with who is in office
// today: a new branch or a new secretary gets the duties still to come.
func Refresh(app core.App, today string) (added, removed int, err error) {
	var plans []*core.Record
	if err := app.RecordQuery(Years).AndWhere(dbx.HashExp{"state": "active"}).All(&plans); err != nil {
		return 0, 0, err
	}
	for _, plan := range plans {
		a, r, err := refreshPlan(app, plan, today)
		added, removed = added+a, removed+r
		if err != nil {
			return added, removed, err
		}
	}
	return added, removed, nil
}

func refreshPlan(app core.App, plan *core.Record, today string) (added, removed int, err error) {
	f, err := FrameOf(app, plan.GetInt("year"), today)
	if err != nil {
		return 0, 0, err
	}
	var tasks []*Task
	if err := app.RecordQuery(Tasks).AndWhere(dbx.HashExp{"plan": plan.Id, "state": "active"}).All(&tasks); err != nil {
		return 0, 0, err
	}
	for _, task := range tasks {
		var a, r int
		err := app.RunInTransaction(func(tx core.App) error {
			a, r, err = Generate(tx, context.Background(), task, f)
			return err
		})
		if len(kit.Violations(err)) > 0 {
			app.Logger().Warn("Nobody is responsible for a task", "task", task.Id, "error", err)
			continue
		}
		if err != nil {
			return added, removed, err
		}
		added, removed = added+a, removed+r
	}
	return added, removed, nil
}
