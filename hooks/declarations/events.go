package declarations

import (
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/approvals"
	"yaodian/hooks/approvals/subjects"
	"yaodian/hooks/calendar"
	"yaodian/hooks/kit"
	"yaodian/hooks/notify"
	"yaodian/hooks/org"
)

// eventCourse: reported before (a funeral: when it is over), agreed to, and
// reported on afterwards.
var eventCourse = subjects.Course{
	Kind: "declaration_event", Collection: Events,
	Words: []org.Word{{State: "approved", Name: "已报备"}, {State: "reported", Name: "已事后报告"}},
	Moves: []org.Move{{From: "approved", To: "reported"}},
	Needs: map[string][]string{"pending": {"place", "guests"}, "reported": {"gifts"}},
	Filed: []string{"reported"},
	Later: []string{"actual_tables", "actual_persons", "actual_cars", "gifts", "reported_on", "after_late"},
	Title: func(_ core.App, r *core.Record) (string, error) {
		return r.GetString("title") + "（" + kit.Day(r.GetString("held_on"), "") + "）", nil
	},
	Unsaid: []string{"title", "promise"},
}

// saveEvent dates an event's two reports and says which is late.
func saveEvent(e *core.RecordEvent) error {
	r, today := e.Record, kit.Today(e.App)
	open, err := drafted(e)
	if err != nil {
		return err
	}
	if open {
		if err := dateEvent(e); err != nil {
			return err
		}
	}
	switch {
	case r.GetString("state") != "reported":
		r.Load(map[string]any{"reported_on": "", "after_late": false})
	case r.GetString("reported_on") == "":
		if err := CheckHeld(r.GetString("held_on"), today); err != nil {
			return err
		}
		r.Load(map[string]any{"reported_on": today, "after_late": today > r.GetString("after_due")})
	}
	return e.Next()
}

func dateEvent(e *core.RecordEvent) error {
	r, v := e.Record, eventOf(e.Record)
	terms, err := termsOf(e.App, r)
	if err != nil {
		return err
	}
	days, err := calendar.Load(e.App)
	if err != nil {
		return err
	}
	due, after, err := v.Days(days, terms)
	if err != nil {
		return err
	}
	r.Load(map[string]any{"due": due, "after_due": after, "late": v.Late(due, handedOn(e))})
	if err := v.Check(kit.Today(e.App)); err != nil || r.GetString("state") != string(approvals.Pending) {
		return err
	}
	return v.CheckHanded(terms)
}

func eventOf(r *core.Record) Event {
	return Event{
		Kind: r.GetString("kind"), HeldOn: r.GetString("held_on"), OralOn: r.GetString("oral_on"), Joint: r.GetBool("joint"), Promise: r.GetBool("promise"),
		Tables: r.GetInt("tables"), Persons: r.GetInt("persons"), Cars: r.GetInt("cars"), OverNote: r.GetString("over_note"),
	}
}

// Remind tells those whose event is over, and not yet reported on, how long they
// have; once when two days are left and once when none is.
func Remind(app core.App, today string) (sent int, err error) {
	day, err := calendar.Parse(today)
	if err != nil {
		return 0, err
	}
	var rows []struct {
		ID     string `db:"id"`
		Person string `db:"person"`
		Title  string `db:"title"`
		Due    string `db:"after_due"`
	}
	err = app.DB().Select("id", "person", "title", "after_due").From(Events).
		Where(dbx.NewExp("state = 'approved' AND held_on <= {:today} AND after_due <= {:soon}", dbx.Params{"today": today, "soon": (day + 2).String()})).
		OrderBy("after_due", "id").All(&rows)
	if err != nil {
		return 0, err
	}
	list := make([]notify.Message, len(rows))
	for i, r := range rows {
		word := "请在" + kit.Day(r.Due, today) + "前作事后报告"
		if r.Due < today {
			word = "事后报告已经逾期"
		}
		list[i] = notify.Message{
			Person: r.Person, Kind: notify.Duty, Link: "#/ledgers/" + Events + "/" + r.ID, Title: fmt.Sprintf("%s：%s", notify.Mask(r.Title), word),
			Body: "请填写实际的桌数、人数、车辆和礼金处置。逾期会记下来，仍然可以报告。",
		}
	}
	return notify.Remind(app, list)
}
