// Package ideology keeps how leaders answer for the areas that they look after
// (意识形态工作责任制): a review of each area every quarter (季度研判), a report on it
// every half-year (半年报告), heard by the committee.
//
// It speaks of areas, groups, matters, risks and measures, never of a person,
// an account or what somebody said: no field is there for it, and texts that
// hold such numbers are refused.
package ideology

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/meetings"
	"yaodian/hooks/org"
)

// The collections of this capability.
const (
	Areas   = "ideology_areas"
	Reviews = "ideology_reviews"
	Reports = "ideology_reports"
)

// Bind attaches the rules of areas, reviews and reports to app.
func Bind(app core.App) {
	kit.OnSave(app, Areas, saveArea)

	org.Inherit(app, Reviews, "area")
	org.Follow(app, reviewing)
	kit.OnSave(app, Reviews, saveReview)

	org.Inherit(app, Reports, "area")
	org.Follow(app, reporting)
	kit.OnSave(app, Reports, saveReport)

	app.Cron().MustAdd("ideology_remind", "50 8 * * *", func() { remind(app, time.Now().In(kit.Beijing)) })
}

// Neither course is signed: the leader of the area is the only person that an
// area names. Who did what stands in the audit.
var reviewing = org.States{
	Collection: Reviews,
	Words:      []org.Word{{State: "draft", Name: "草拟"}, {State: "handed", Name: "已提交"}, {State: "filed", Name: "已归档"}},
	Moves: []org.Move{
		{From: "draft", To: "handed"},
		{From: "handed", To: "draft", Power: "ideology.edit"},
		{From: "handed", To: "filed", Power: "ideology.edit"},
	},
	Needs: map[string][]string{"handed": {"groups", "matters", "risks", "measures"}, "filed": {"groups", "matters", "risks", "measures"}},
	Filed: []string{"filed"},
}

var reporting = org.States{
	Collection: Reports,
	Words:      []org.Word{{State: "draft", Name: "草拟"}, {State: "handed", Name: "已提交"}, {State: "heard", Name: "已听取"}},
	Moves: []org.Move{
		{From: "draft", To: "handed"},
		{From: "handed", To: "draft", Power: "ideology.edit"},
		{From: "handed", To: "heard", Power: "ideology.edit"},
	},
	Needs: map[string][]string{"handed": {"text"}, "heard": {"text", "meeting"}},
	Filed: []string{"heard"},
}

func saveArea(e *core.RecordEvent) error {
	if err := CheckPlain("name", e.Record.GetString("name")); err != nil {
		return err
	}
	if err := org.CheckPeriod("until", e.Record.GetString("since"), e.Record.GetString("until")); err != nil {
		return err
	}
	return e.Next()
}

func saveReview(e *core.RecordEvent) error {
	r := e.Record
	for _, field := range []string{"groups", "matters", "risks", "measures"} {
		if err := CheckPlain(field, r.GetString(field)); err != nil {
			return err
		}
	}
	if err := CheckBegun("quarter", r.GetString("quarter"), kit.Today(e.App)); err != nil {
		return err
	}
	stampHanded(e)
	return e.Next()
}

// saveReport: a report cites the reviews of the two quarters of its half, and
// is heard at a committee's meeting.
func saveReport(e *core.RecordEvent) error {
	r := e.Record
	if err := CheckPlain("text", r.GetString("text")); err != nil {
		return err
	}
	if err := CheckBegun("half", r.GetString("half"), kit.Today(e.App)); err != nil {
		return err
	}
	cited, err := e.App.FindRecordsByIds(Reviews, r.GetStringSlice("reviews"))
	if err != nil {
		return err
	}
	list := make([]Cited, len(cited))
	for i, c := range cited {
		list[i] = Cited{c.GetString("area"), c.GetString("quarter"), c.GetString("state")}
	}
	if err := CheckCited(r.GetString("area"), r.GetString("half"), list); err != nil {
		return err
	}
	if id := r.GetString("meeting"); id != "" {
		m, err := e.App.FindRecordById(meetings.Meetings, id)
		if err != nil {
			return err
		}
		if err := CheckHeard(m.GetString("kind"), m.GetString("state")); err != nil {
			return err
		}
	}
	stampHanded(e)
	return e.Next()
}

func stampHanded(e *core.RecordEvent) {
	switch {
	case e.Record.GetString("state") == "draft":
		e.Record.Set("handed_on", "")
	case e.Record.GetString("handed_on") == "":
		e.Record.Set("handed_on", kit.Today(e.App))
	}
}
