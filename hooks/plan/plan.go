// Package plan turns the year's work plan (工作要点) into duties that are done
// and proved.
//
// A confirmed plan has sections (部分), items (条), tasks (任务) and targets (指标).
// For every task, everybody responsible and every period there is one duty
// (一次履行) with evidence (佐证).
//
// Around it, each a package: parse reads a text and schedule reckons its dates,
// both purely; imports takes a text the whole way to a confirmed plan; board
// counts how it goes.
package plan

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/notify"
)

// The collections of this capability.
const (
	Years    = "plan_years"
	Sections = "plan_sections"
	Items    = "plan_items"
	Tasks    = "plan_tasks"
	Targets  = "plan_targets"
	Duties   = "plan_duties"
	Evidence = "plan_evidence"
)

// Bind attaches the rules of the plan to app.
func Bind(app core.App) {
	kit.OnSave(app, Years, guardYear)
	kit.On(app.OnRecordDelete(Years), refuseDelete)
	for _, made := range []string{Sections, Items, Targets} {
		kit.OnSave(app, made, guardMade)
		kit.On(app.OnRecordDelete(made), refuseDelete)
	}

	kit.OnSave(app, Tasks, saveTask)
	kit.On(app.OnRecordDelete(Tasks), refuseDelete)

	app.OnRecordUpdateRequest(Duties).BindFunc(signDuty)
	kit.OnSave(app, Duties, moveDuty)
	kit.On(app.OnRecordDelete(Duties), refuseDelete)

	app.OnRecordCreateRequest(Evidence).BindFunc(signEvidence)
	kit.On(app.OnRecordCreate(Evidence), placeEvidence)
	kit.OnSave(app, Evidence, guardEvidence)
	kit.On(app.OnRecordDeleteExecute(Evidence), deleteEvidence)

	notify.OnFeed(app, feedDuties)

	app.OnServe().BindFunc(bindRoutes)

	app.Cron().MustAdd("plan_advance", "5 0 * * *", func() { advance(app, time.Now().In(kit.Beijing)) })
	app.OnServe().BindFunc(catchUp)
}

// guardYear: a confirmed plan stays as it was, except that it is closed when
// its year is over: nothing is arranged any more, what is open may still be done.
func guardYear(e *core.RecordEvent) error {
	if kit.IsSystem(e.Context) || e.Record.IsNew() {
		return guardMade(e)
	}
	stored, err := kit.Stored(e)
	if err != nil {
		return err
	}
	if field, changed := kit.Changed(e.Record, stored, fixedOfYear...); changed {
		return kit.Reject(field, "plan_confirmed", "已确认的工作要点不能修改，只能归档或者恢复执行；要调整安排，请修改其中的任务。")
	}
	return e.Next()
}

var fixedOfYear = []string{"org", "year", "title", "preamble", "text", "text_hash", "confirmed_by", "confirmed_at"}

// guardMade: what confirming an import made stays as it was confirmed.
func guardMade(e *core.RecordEvent) error {
	if kit.IsSystem(e.Context) {
		return e.Next()
	}
	if e.Record.IsNew() {
		return kit.Forbid("plan_made_by_import", "工作要点由导入并确认产生，不能直接添加。")
	}
	return kit.Forbid("plan_confirmed", "已确认的工作要点不能直接修改；要调整安排，请修改其中的任务。")
}

// refuseDelete: nothing of a confirmed plan is deleted, except untouched duties
// by the application when a rule changes.
func refuseDelete(e *core.RecordEvent) error {
	if kit.IsSystem(e.Context) {
		return e.Next()
	}
	return kit.Forbid("plan_permanent", "计划、任务和履行记录不能删除；不再执行的任务请改为“已停止”。")
}
