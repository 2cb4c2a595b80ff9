package elections

import (
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
	"yaodian/hooks/org/terms"
)

func ballotOf(r *core.Record) Ballot {
	return Ballot{
		Expected: r.GetInt("expected"), Present: r.GetInt("present"), Issued: r.GetInt("issued"), Returned: r.GetInt("returned"), Invalid: r.GetInt("invalid"),
	}
}

// checkTerm: an election ends a term of its own unit; only what elects elects.
func checkTerm(app core.App, r *core.Record) error {
	unit, err := org.Find(app, r.GetString("org"))
	if err != nil {
		return err
	}
	if err := terms.CheckElected(unit.Kind()); err != nil {
		return err
	}
	if r.GetString("term") == "" {
		return nil
	}
	term, err := org.Parent(app, r, "term")
	if err != nil {
		return err
	}
	if term.GetString("org") != unit.Id || r.GetString("kind") == "byelection" {
		return kit.Reject("term", "elections_term", "本届须是这个组织的届期；补选不结束本届，不用填写。")
	}
	return nil
}

// goOn holds an election to what the step it takes needs.
func goOn(e *core.RecordEvent) error {
	stored, err := kit.Stored(e)
	if err != nil {
		return err
	}
	if err := checkCounted(e.Record, stored); err != nil {
		return err
	}
	if stored.GetString("state") == e.Record.GetString("state") {
		return e.Next()
	}
	switch e.Record.GetString("state") {
	case "counted":
		err = checkCount(e.App, e.Record)
	case "verified":
		err = settle(e)
	case "confirmed":
		err = confirm(e)
	}
	if err != nil {
		return err
	}
	return e.Next()
}

// checkCounted: the numbers of an election are fixed with its votes.
func checkCounted(r, stored *core.Record) error {
	if slices.Contains(open, stored.GetString("state")) || r.GetString("state") == "approved" {
		return nil
	}
	if field, changed := kit.Changed(r, stored, "kind", "seats", "held_on", "counters", "expected", "present", "issued", "returned", "invalid"); changed {
		return kit.Reject(field, "elections_counted", "计票以后人数、选票和名额不能修改；有差错请退回“已批复”重新计票，核对以后不能退回。")
	}
	return nil
}

func checkCount(app core.App, r *core.Record) error {
	var people []string
	err := app.DB().Select("person").From(Standing).Where(dbx.HashExp{"election": r.Id, "state": "approved"}).Column(&people)
	if err != nil {
		return err
	}
	if err := CheckCandidates(r.GetString("kind"), r.GetInt("seats"), len(people)); err != nil {
		return err
	}
	if err := CheckCounters(r.GetStringSlice("counters"), people); err != nil {
		return err
	}
	return ballotOf(r).Check()
}

// settle writes down who is elected and fixes the count.
func settle(e *core.RecordEvent) error {
	var rows []struct {
		Count
		No, Abstain int
	}
	err := e.App.DB().Select("id", "round", "yes", "no", "abstain").From(Tallies).Where(dbx.HashExp{"election": e.Record.Id}).OrderBy("rowid").All(&rows)
	if err != nil {
		return err
	}
	ballot := ballotOf(e.Record)
	counts := make([]Count, len(rows))
	for i, r := range rows {
		counts[i] = r.Count
		if err := ballot.CheckTally(r.Yes, r.No, r.Abstain); err != nil {
			return err
		}
	}
	if len(counts) == 0 {
		return kit.Reject("state", "elections_no_votes", "还没有登记候选人的得票，不能核对。")
	}
	elected, err := Elected(e.Record.GetInt("seats"), ballot.Present, counts)
	if err != nil {
		return err
	}
	tallies, err := e.App.FindRecordsByIds(Tallies, elected)
	if err != nil {
		return err
	}
	for _, t := range tallies {
		t.Set("elected", true)
		if err := kit.SaveAsSystem(e.App, e.Context, t); err != nil {
			return err
		}
	}
	return nil
}

// confirm lets the term that the election was for give way to the next.
func confirm(e *core.RecordEvent) error {
	r := e.Record
	if r.GetString("kind") == "byelection" {
		return nil
	}
	if r.GetString("next") == "" {
		return kit.Reject("next", "elections_next", "请填写下届名称，批准以后自动登记新的一届。")
	}
	unit, err := org.Find(e.App, r.GetString("org"))
	if err != nil {
		return err
	}
	return terms.Succeed(e, unit, r.GetString("held_on"), r.GetString("next"))
}
