// Package appraisals keeps the yearly appraisal of members (民主评议党员): what they
// and others gave them, as numbers per grade, and the grade that the branch
// decided on. The house grades nobody: it counts, and holds to the third that
// may be excellent. Points stand beside a grade and decide nothing.
package appraisals

import (
	"database/sql"
	"errors"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// The collections of this capability.
const (
	Appraisals = "appraisals"
	Scores     = "appraisals_scores"
	Results    = "appraisals_results"
)

// Bind attaches the rules of appraisals to app.
func Bind(app core.App) {
	org.Follow(app, course)
	kit.OnSave(app, Appraisals, saveAppraisal)

	org.Inherit(app, Scores, "appraisal")
	kit.OnSave(app, Scores, saveScore)
	kit.On(app.OnRecordDeleteExecute(Scores), deleteChild)

	org.Inherit(app, Results, "appraisal")
	kit.OnSave(app, Results, saveResult)
	kit.On(app.OnRecordDeleteExecute(Results), deleteChild)
}

var course = org.States{
	Collection: Appraisals,
	Words:      []org.Word{{State: "preparing", Name: "准备中"}, {State: "assessing", Name: "评议中"}, {State: "decided", Name: "已评定"}, {State: "filed", Name: "已归档"}},
	Moves: []org.Move{
		{From: "preparing", To: "assessing"},
		{From: "assessing", To: "decided"},
		{From: "decided", To: "assessing"},
		{From: "decided", To: "filed", Sign: "filed_by"},
	},
	Filed: []string{"filed"},
}

// saveAppraisal: an appraisal that has fewer members than before still holds to
// its third.
func saveAppraisal(e *core.RecordEvent) error {
	if !e.Record.IsNew() {
		n, err := excellent(e.App, e.Record.Id, "")
		if err != nil {
			return err
		}
		if err := shareOf(e.Record, n).Check(); err != nil {
			return err
		}
	}
	return e.Next()
}

func saveScore(e *core.RecordEvent) error {
	appraisal, err := e.App.FindRecordById(Appraisals, e.Record.GetString("appraisal"))
	if err != nil {
		return err
	}
	if err := CheckOpen(appraisal.GetString("state")); err != nil && !kit.IsSystem(e.Context) {
		return err
	}
	r := e.Record
	counts := []int{r.GetInt("excellent"), r.GetInt("qualified"), r.GetInt("basic"), r.GetInt("unqualified")}
	if err := CheckCounts(r.GetString("round"), counts, appraisal.GetInt("members")); err != nil {
		return err
	}
	return e.Next()
}

// saveResult: probationary members get no grade, and no more than a third are
// excellent.
func saveResult(e *core.RecordEvent) error {
	appraisal, err := e.App.FindRecordById(Appraisals, e.Record.GetString("appraisal"))
	if err != nil {
		return err
	}
	if err := guardResult(e, appraisal.GetString("state")); err != nil {
		return err
	}
	person, err := e.App.FindRecordById("people", e.Record.GetString("person"))
	if err != nil {
		return err
	}
	grade := e.Record.GetString("grade")
	if err := CheckGrade(person.GetString("kind"), grade); err != nil {
		return err
	}
	if grade == "excellent" {
		others, err := excellent(e.App, appraisal.Id, e.Record.Id)
		if err != nil {
			return err
		}
		if err := shareOf(appraisal, others+1).Check(); err != nil {
			return err
		}
	}
	return e.Next()
}

// guardResult: what is filed is told to the member, and nothing else.
func guardResult(e *core.RecordEvent, state string) error {
	if kit.IsSystem(e.Context) {
		return nil
	}
	if !e.Record.IsNew() {
		stored, err := kit.Stored(e)
		if err != nil {
			return err
		}
		if _, changed := kit.Changed(e.Record, stored, "person", "grade", "points_ref"); !changed {
			return nil
		}
	}
	return CheckOpen(state)
}

func deleteChild(e *core.RecordEvent) error {
	return kit.InTx(e, func() error {
		appraisal, err := e.App.FindRecordById(Appraisals, e.Record.GetString("appraisal"))
		if err == nil {
			err = CheckOpen(appraisal.GetString("state"))
		}
		if err != nil && !errors.Is(err, sql.ErrNoRows) { // no rows: the appraisal itself is being deleted
			return err
		}
		return e.Next()
	})
}

// excellent counts who is excellent in an appraisal, but for one result.
func excellent(app core.App, appraisal, but string) (int, error) {
	n, err := app.CountRecords(Results, dbx.HashExp{"appraisal": appraisal, "grade": "excellent"}, dbx.Not(dbx.HashExp{"id": but}))
	return int(n), err
}

func shareOf(appraisal *core.Record, excellent int) Share {
	return Share{
		Members: appraisal.GetInt("members"), Excellent: excellent,
		Reason: appraisal.GetString("override_reason"), Document: appraisal.GetString("override_document"),
	}
}
