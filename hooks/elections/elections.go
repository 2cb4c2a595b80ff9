// Package elections keeps the elections of branches (换届): the request and its
// approval, who stands, how many votes each got, and the result.
//
// A ballot is secret: only counts are kept. One counts, another verifies, and
// what is verified is fixed. A confirmed election of a new committee ends the
// term and begins the next; posts (任职) are entered by people.
package elections

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// The collections of this capability.
const (
	Elections = "elections"
	Standing  = "elections_candidates"
	Tallies   = "elections_tallies"
)

// Bind attaches the rules of elections to app.
func Bind(app core.App) {
	org.Follow(app, course)
	kit.OnSave(app, Elections, saveElection)

	org.Inherit(app, Standing, "election")
	org.Follow(app, standing)
	kit.OnSave(app, Standing, saveCandidate)

	org.Inherit(app, Tallies, "candidate", "election")
	kit.OnSave(app, Tallies, saveTally)
	kit.On(app.OnRecordDeleteExecute(Tallies), deleteTally)

	app.Cron().MustAdd("elections_remind", "35 8 * * *", func() { remind(app, time.Now().In(kit.Beijing)) })
}

var course = org.States{
	Collection: Elections,
	Words: []org.Word{
		{State: "preparing", Name: "筹备"}, {State: "requested", Name: "已请示"}, {State: "approved", Name: "已批复"}, {State: "counted", Name: "已计票"},
		{State: "verified", Name: "已核对"}, {State: "confirmed", Name: "已批准"}, {State: "filed", Name: "已归档"}, {State: "cancelled", Name: "已取消"},
	},
	Moves: []org.Move{
		{From: "preparing", To: "requested"},
		{From: "requested", To: "preparing", Power: "org"},
		{From: "requested", To: "approved", Power: "org"},
		{From: "approved", To: "counted", Sign: "counted_by"},
		{From: "counted", To: "approved"},
		{From: "counted", To: "verified", Sign: "verified_by", Others: []string{"counted_by"}},
		{From: "verified", To: "confirmed", Power: "org", Sign: "approved_by"},
		{From: "confirmed", To: "filed"},
		{From: "preparing", To: "cancelled"}, {From: "requested", To: "cancelled", Power: "org"}, {From: "approved", To: "cancelled", Power: "org"},
	},
	Needs: map[string][]string{
		"requested": {"request_document", "requested_on"}, "approved": {"approval_document"},
		"counted": {"held_on", "counters", "expected", "present", "issued", "returned"}, "confirmed": {"result_document"},
		"filed": {"reported_on"}, "cancelled": {"cancel_note"},
	},
	Filed: []string{"filed", "cancelled"},
}

var standing = org.States{
	Collection: Standing,
	Words:      []org.Word{{State: "proposed", Name: "初步人选"}, {State: "approved", Name: "正式候选人"}, {State: "dropped", Name: "未列入"}},
	Moves: []org.Move{
		{From: "proposed", To: "approved", Power: "org"}, {From: "proposed", To: "dropped"}, {From: "approved", To: "dropped", Power: "org"}, {From: "dropped", To: "proposed"},
	},
}

func saveElection(e *core.RecordEvent) error {
	r, today := e.Record, kit.Today(e.App)
	if err := CheckHeld(r.GetString("held_on"), r.GetString("requested_on"), today); err != nil {
		return err
	}
	if err := CheckComplaints(r.GetString("state"), r.GetInt("complaints"), r.GetInt("handled")); err != nil {
		return err
	}
	if err := checkTerm(e.App, r); err != nil {
		return err
	}
	if r.IsNew() {
		return e.Next()
	}
	return goOn(e)
}

func saveCandidate(e *core.RecordEvent) error {
	r := e.Record
	election, err := org.Parent(e.App, r, "election")
	if err != nil {
		return err
	}
	if err := CheckOpen(election.GetString("state"), r.GetString("source")); err != nil {
		return err
	}
	person, err := org.Parent(e.App, r, "person")
	if err != nil {
		return err
	}
	r.Set("name", person.GetString("name"))
	if err := CheckStands(person.GetString("kind"), person.GetString("state"), person.GetString("membership_state")); err != nil {
		return err
	}
	return e.Next()
}

func saveTally(e *core.RecordEvent) error {
	r := e.Record
	if r.GetInt("round") == 0 {
		r.Set("round", 1)
	}
	election, err := org.Parent(e.App, r, "election")
	if err != nil {
		return err
	}
	if kit.IsSystem(e.Context) {
		return e.Next()
	}
	if err := CheckCountable(election.GetString("state")); err != nil {
		return err
	}
	r.Set("elected", false)
	if err := ballotOf(election).CheckTally(r.GetInt("yes"), r.GetInt("no"), r.GetInt("abstain")); err != nil {
		return err
	}
	return e.Next()
}

func deleteTally(e *core.RecordEvent) error {
	return kit.InTx(e, func() error {
		election, err := org.Parent(e.App, e.Record, "election")
		if err != nil {
			return err
		}
		if err := CheckCountable(election.GetString("state")); err != nil {
			return kit.Forbid("elections_tallies_fixed", "核对以后票数不能删除。")
		}
		return e.Next()
	})
}
