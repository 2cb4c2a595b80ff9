// Package outreach keeps the work among the people (群众路线): projects (实事),
// which cadre looks after which household (分包), visits and recommended jobs.
//
// A household is an alias and a few words. Neither its name nor where it lives
// nor where a visit took place is kept.
package outreach

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/calendar"
	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// The collections of this capability.
const (
	Projects = "outreach_projects"
	Pairs    = "outreach_pairs"
	Visits   = "outreach_visits"
	Jobs     = "outreach_jobs"
)

// Bind attaches the rules of outreach to app.
func Bind(app core.App) {
	org.Follow(app, projects)
	kit.OnSave(app, Projects, saveProject)

	org.Follow(app, pairs)
	kit.OnSave(app, Pairs, savePair)

	org.Inherit(app, Visits, "pair")
	org.Grow(app, Visits)
	kit.OnSave(app, Visits, saveVisit)

	org.Inherit(app, Jobs, "pair")
	kit.OnSave(app, Jobs, saveJob)
	kit.On(app.OnRecordDeleteExecute(Jobs), deleteJob)
}

var projects = org.States{
	Collection: Projects,
	Words: []org.Word{
		{State: "planned", Name: "拟办"}, {State: "doing", Name: "办理中"}, {State: "done", Name: "已办结"}, {State: "accepted", Name: "已验收"},
	},
	Moves: []org.Move{
		{From: "planned", To: "doing"},
		{From: "doing", To: "done", Sign: "done_by"},
		{From: "done", To: "doing", Power: "plan.accept"},
		{From: "done", To: "accepted", Power: "plan.accept", Sign: "accepted_by", Others: []string{"done_by", "person"}},
	},
	Needs: map[string][]string{"doing": {"person", "due"}, "done": {"result", "done_on"}},
	Filed: []string{"accepted"},
}

var pairs = org.States{
	Collection: Pairs,
	Words:      []org.Word{{State: "active", Name: "帮扶中"}, {State: "ended", Name: "已结束"}},
	Moves:      []org.Move{{From: "active", To: "ended"}},
	Needs:      map[string][]string{"ended": {"until", "outcome"}},
	Filed:      []string{"ended"},
}

func saveProject(e *core.RecordEvent) error {
	if err := CheckDay("done_on", e.Record.GetString("done_on"), "", kit.Today(e.App)); err != nil {
		return err
	}
	return e.Next()
}

func savePair(e *core.RecordEvent) error {
	r := e.Record
	for _, field := range []string{"alias", "brief"} {
		if err := org.CheckAnonymous(field, r.GetString(field)); err != nil {
			return err
		}
	}
	if err := org.CheckPeriod("until", r.GetString("since"), r.GetString("until")); err != nil {
		return err
	}
	if err := CheckHandover(r.GetString("outcome"), r.GetString("person"), r.GetString("successor")); err != nil {
		return err
	}
	return e.Next()
}

func saveVisit(e *core.RecordEvent) error {
	r, today := e.Record, kit.Today(e.App)
	pair, err := org.Parent(e.App, r, "pair")
	if err != nil {
		return err
	}
	if err := CheckVisit(r.GetString("visited_on"), pair.GetString("since"), pair.GetString("until"), today); err != nil {
		return err
	}
	if err := org.CheckAnonymous("note", r.GetString("note")); err != nil {
		return err
	}
	day, err := calendar.Parse(r.GetString("visited_on"))
	if err != nil {
		return err
	}
	r.Load(map[string]any{"person": pair.GetString("person"), "week": WeekOf(day.Week()), "entered_on": today})
	late, err := e.App.CountRecords(Visits, dbx.HashExp{"person": pair.GetString("person"), "entered_on": today}, dbx.NewExp("visited_on < entered_on"))
	if err != nil {
		return err
	}
	if err := CheckBackfill(int(late), r.GetString("visited_on") < today, r.GetString("reason")); err != nil {
		return err
	}
	return e.Next()
}

func saveJob(e *core.RecordEvent) error {
	r, today := e.Record, kit.Today(e.App)
	if err := CheckDay("recommended_on", r.GetString("recommended_on"), "", today); err != nil {
		return err
	}
	if err := CheckEmployed(r.GetBool("employed"), r.GetString("employed_on")); err != nil {
		return err
	}
	if err := CheckDay("employed_on", r.GetString("employed_on"), r.GetString("recommended_on"), today); err != nil {
		return err
	}
	return e.Next()
}

// deleteJob keeps what has become of a recommendation.
func deleteJob(e *core.RecordEvent) error {
	if e.Record.GetBool("employed") {
		return kit.Forbid("outreach_job_employed", "已经就业的推荐是成果，不能删除。")
	}
	return e.Next()
}
