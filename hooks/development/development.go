// Package development keeps how people become members (发展党员): the places of a
// year, one case for each person, the 25 steps it goes through, and its papers.
//
// One step is active at a time, steps follow each other, and six of them are
// taken by the organization above. A step that is done is checked against what
// its record and its case tell: ages, dates, votes, notices, places. What is
// concluded about somebody is decided by an organization and written down with
// its document; nothing here decides.
package development

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// The collections of this capability.
const (
	Quotas = "development_quotas"
	Cases  = "development_cases"
	Steps  = "development_steps"
	Files  = "development_files"
)

// Bind attaches the rules of joining to app.
func Bind(app core.App) {
	kit.OnSave(app, Quotas, saveQuota)

	org.Follow(app, cases)
	kit.OnSave(app, Cases, saveCase)

	org.Inherit(app, Steps, "dossier")
	org.Follow(app, steps)
	kit.OnSave(app, Steps, saveStep)

	org.Inherit(app, Files, "dossier")
	kit.OnSave(app, Files, saveFile)
	kit.On(app.OnRecordDeleteExecute(Files), deleteFile)

	app.Cron().MustAdd("development_remind", "25 8 * * *", func() { remind(app, time.Now().In(kit.Beijing)) })
}

var cases = org.States{
	Collection: Cases,
	Words:      []org.Word{{State: "open", Name: "办理中"}, {State: "done", Name: "已办结"}, {State: "ended", Name: "已终止"}},
	Moves:      []org.Move{{From: "open", To: "done"}, {From: "open", To: "ended"}},
	Needs:      map[string][]string{"ended": {"end_note", "end_document"}},
	Filed:      []string{"done", "ended"},
}

var steps = org.States{
	Collection: Steps,
	Words:      []org.Word{{State: "active", Name: "办理中"}, {State: "done", Name: "已办结"}, {State: "redo", Name: "退回重办"}},
	Moves:      []org.Move{{From: "active", To: "done", Sign: "done_by"}, {From: "active", To: "redo", Sign: "done_by"}},
	Needs:      map[string][]string{"done": {"done_on"}, "redo": {"note"}},
	Filed:      []string{"done", "redo"},
}

func saveQuota(e *core.RecordEvent) error {
	r := e.Record
	if err := CheckExtra(r.GetInt("extra"), r.GetString("extra_document")); err != nil {
		return err
	}
	if err := checkAllotted(e.App, r); err != nil {
		return err
	}
	return e.Next()
}

func saveCase(e *core.RecordEvent) error {
	r := e.Record
	person, err := org.Parent(e.App, r, "person")
	if err != nil {
		return err
	}
	r.Set("name", person.GetString("name"))
	if err := CheckAge(person.GetString("birth_date"), r.GetString("applied_on")); err != nil {
		return err
	}
	if err := checkGuides(e.App, r); err != nil {
		return err
	}
	if err := askKin(e); err != nil {
		return err
	}
	if r.IsNew() {
		r.Load(map[string]any{"step": 0, "stage": StageOf(0), "extended": 0})
		return e.Next()
	}
	if err := guardCase(e); err != nil {
		return err
	}
	return e.Next()
}

// askKin holds a case to its answers about relatives; who changes the guides is
// asked anew.
func askKin(e *core.RecordEvent) error {
	r := e.Record
	if !r.IsNew() {
		stored, err := kit.Stored(e)
		if err != nil {
			return err
		}
		_, others := kit.Changed(r, stored, "contacts", "sponsors")
		_, answered := kit.Changed(r, stored, "kin_contacts")
		if others && !answered {
			r.Set("kin_contacts", "")
		}
	}
	return CheckKin(kinOf(r), r.GetString("kin_note"))
}

// guardCase: how far a case has come is written by its steps.
func guardCase(e *core.RecordEvent) error {
	stored, err := kit.Stored(e)
	if err != nil {
		return err
	}
	if kit.IsSystem(e.Context) {
		return CheckDoneCase(e.Record.GetString("state"), e.Record.GetInt("step"))
	}
	if field, changed := kit.Changed(e.Record, stored, "person", "step", "stage", "talked_on", "activist_on", "object_on", "passed_on", "full_on", "extended"); changed {
		return kit.Reject(field, "development_by_steps", "办到第几步和各个日期由步骤办结时自动填写，不能直接修改。")
	}
	return CheckDoneCase(e.Record.GetString("state"), e.Record.GetInt("step"))
}

func saveStep(e *core.RecordEvent) error {
	r := e.Record
	dossier, err := org.Parent(e.App, r, "dossier")
	if err != nil {
		return err
	}
	if settled, err := isSettled(e); err != nil {
		return err
	} else if settled {
		return e.Next() // nothing of it changes any more
	}
	if err := checkOpen(dossier); err != nil {
		return err
	}
	history, err := historyOf(e.App, dossier, r)
	if err != nil {
		return err
	}
	if err := begin(e, history); err != nil {
		return err
	}
	if err := finish(e, history); err != nil {
		return err
	}
	if err := e.Next(); err != nil {
		return err
	}
	return advance(e, dossier, history)
}

// isSettled reports whether a step was done or sent back before.
func isSettled(e *core.RecordEvent) (bool, error) {
	if e.Record.IsNew() {
		return false, nil
	}
	stored, err := kit.Stored(e)
	return err == nil && stored.GetString("state") != "active", err
}

func checkOpen(dossier *core.Record) error {
	if dossier.GetString("state") != "open" {
		return kit.Reject("dossier", "development_closed", "档案已经办结或者终止，不能再登记步骤和材料。")
	}
	return nil
}

func saveFile(e *core.RecordEvent) error {
	dossier, err := org.Parent(e.App, e.Record, "dossier")
	if err != nil {
		return err
	}
	if err := checkOpen(dossier); err != nil {
		return err
	}
	if on := e.Record.GetString("made_on"); on != "" && (!kit.IsDate(on) || on > kit.Today(e.App)) {
		return kit.Reject("made_on", "development_date", "请填写真实的材料日期，不能晚于今天。")
	}
	return e.Next()
}

func deleteFile(e *core.RecordEvent) error {
	return kit.InTx(e, func() error {
		dossier, err := org.Parent(e.App, e.Record, "dossier")
		if err == nil && dossier.GetString("state") != "open" {
			return kit.Forbid("development_closed", "档案已经办结或者终止，材料不能删除。")
		}
		return e.Next()
	})
}
