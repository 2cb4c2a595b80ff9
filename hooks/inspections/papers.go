package inspections

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

func savePaper(e *core.RecordEvent) error {
	r := e.Record
	round, err := org.Parent(e.App, r, "inspection")
	if err != nil {
		return err
	}
	if err := CheckTarget(r.GetString("target"), round.GetStringSlice("targets")); err != nil {
		return err
	}
	if err := checkWorking(round); err != nil {
		return err
	}
	if err := checkHands(e.App, r); err != nil {
		return err
	}
	return e.Next()
}

// checkWorking: papers are written while the team is at work.
func checkWorking(round *core.Record) error {
	if round.GetString("state") == "working" {
		return nil
	}
	return kit.Reject("inspection", "inspections_not_working", "只有进驻期间可以登记和办理底稿。")
}

// checkHands looks at whose hands the papers of the round went through.
func checkHands(app core.App, r *core.Record) error {
	var hands []struct {
		Checked  string `db:"checked_by"`
		Reviewed string `db:"reviewed_by"`
	}
	err := app.DB().Select("checked_by", "reviewed_by").From(Papers).
		Where(dbx.HashExp{"inspection": r.GetString("inspection")}).AndWhere(dbx.Not(dbx.HashExp{"id": r.Id})).All(&hands)
	if err != nil {
		return err
	}
	team, err := teamOf(app, r.GetString("inspection"))
	if err != nil {
		return err
	}
	var checkers, reviewers, people []string
	for _, h := range hands {
		checkers, reviewers = append(checkers, h.Checked), append(reviewers, h.Reviewed)
	}
	for _, m := range team {
		people = append(people, m.Person)
	}
	if err := CheckHands("checked_by", r.GetString("checked_by"), people, reviewers); err != nil {
		return err
	}
	return CheckHands("reviewed_by", r.GetString("reviewed_by"), people, checkers)
}

func saveFinding(e *core.RecordEvent) error {
	r := e.Record
	round, err := org.Parent(e.App, r, "inspection")
	if err != nil {
		return err
	}
	if err := CheckTarget(r.GetString("target"), round.GetStringSlice("targets")); err != nil {
		return err
	}
	paper, err := org.Parent(e.App, r, "paper")
	if err != nil {
		return err
	}
	sameRound, sameTarget := paper.GetString("inspection") == round.Id, paper.GetString("target") == r.GetString("target")
	if err := CheckPaperOf(paper.GetString("state"), sameRound, sameTarget); err != nil {
		return err
	}
	return e.Next()
}

func saveFix(e *core.RecordEvent) error {
	r, from := e.Record, ""
	if !r.IsNew() {
		stored, err := kit.Stored(e)
		if err != nil {
			return err
		}
		from = stored.GetString("state")
	}
	if err := CheckAgain(from, r.GetString("state"), r.GetString("lookback")); err != nil {
		return err
	}
	if err := CheckDone("closed_on", r.GetString("closed_on"), kit.Today(e.App)); err != nil {
		return err
	}
	if err := org.CheckPeriod("due", "", r.GetString("due")); err != nil {
		return err
	}
	finding, err := org.Parent(e.App, r, "finding")
	if err != nil {
		return err
	}
	if finding.GetString("state") != "reported" {
		return kit.Reject("finding", "inspections_not_reported", "问题反馈以后才能登记整改。")
	}
	return e.Next()
}

func saveHandover(e *core.RecordEvent) error {
	if err := CheckNumber(e.Record.GetString("number")); err != nil {
		return err
	}
	if err := CheckDone("handed_on", e.Record.GetString("handed_on"), kit.Today(e.App)); err != nil {
		return err
	}
	return e.Next()
}
