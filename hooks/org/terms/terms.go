// Package terms keeps the terms of office (届期) of what elects, and reminds of
// their end six, three, two and one months before and on the day itself.
//
// How long a term lasts is said on the term, never derived from the kind of
// organization: one that was elected under old rules keeps its length. A street's
// committee is appointed and has none.
package terms

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// Terms is the collection of terms.
const Terms = "org_terms"

// Bind attaches the rules of terms to app.
func Bind(app core.App) {
	org.Follow(app, course)
	kit.OnSave(app, Terms, saveTerm)

	app.Cron().MustAdd("org_terms_remind", "30 8 * * *", func() { remind(app, time.Now().In(kit.Beijing)) })
}

var course = org.States{
	Collection: Terms,
	Words:      []org.Word{{State: "current", Name: "在届"}, {State: "ended", Name: "已换届"}},
	Moves:      []org.Move{{From: "current", To: "ended"}},
	Needs:      map[string][]string{"ended": {"ended_on"}},
	Filed:      []string{"ended"},
}

func saveTerm(e *core.RecordEvent) error {
	r := e.Record
	unit, err := org.Find(e.App, r.GetString("org"))
	if err != nil {
		return kit.Reject("org", "org_unit_missing", "没有找到这个组织，请重新选择。")
	}
	if err := CheckElected(unit.Kind()); err != nil {
		return err
	}
	ends, err := Ends(r.GetString("since"), r.GetInt("years"))
	if err != nil {
		return err
	}
	r.Set("ends", ends)
	if err := CheckExtended(ends, r.GetString("extended"), r.GetString("extended_document")); err != nil {
		return err
	}
	if err := CheckEnded(r.GetString("since"), r.GetString("ended_on"), kit.Today(e.App)); err != nil {
		return err
	}
	return e.Next()
}

// Succeed ends the present term of a unit, if it has one, and begins the next
// on the same day, with as many years as its kind has.
func Succeed(e *core.RecordEvent, unit *org.Unit, on, title string) error {
	if before, err := e.App.FindFirstRecordByFilter(Terms, "org = {:org} && state = 'current'", map[string]any{"org": unit.Id}); err == nil {
		before.Load(map[string]any{"state": "ended", "ended_on": on})
		if err := kit.SaveAsSystem(e.App, e.Context, before); err != nil {
			return err
		}
	}
	next, err := kit.NewRecord(e.App, Terms, map[string]any{"org": unit.Id, "title": title, "since": on, "years": Years(unit.Kind())})
	if err != nil {
		return err
	}
	return kit.SaveAsSystem(e.App, e.Context, next)
}
