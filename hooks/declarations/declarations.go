// Package declarations keeps what people tell the organization of themselves
// and what organizations ask and report upwards (申报与请示报告): personal matters
// (个人重大事项), weddings and funerals (婚丧喜庆事宜) before and after, requests for
// instructions (请示) and reports (报告).
//
// The terms are local rules and therefore data (declarations_settings). Who is
// late is told so and recorded as late, never refused. What has happened to
// somebody is sealed; it is opened for those who may read it, each look leaves
// a line that the person sees, and no other capability gets hold of it.
package declarations

import (
	"time"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/approvals"
	"yaodian/hooks/approvals/subjects"
	"yaodian/hooks/documents"
	"yaodian/hooks/kit"
	"yaodian/hooks/people"
)

// The collections of this capability.
const (
	Settings = "declarations_settings"
	Matters  = "declarations"
	Events   = "declarations_events"
	Reports  = "declarations_reports"
)

// Bind attaches the rules of declarations to app.
func Bind(app core.App) {
	for _, collection := range []string{Matters, Events} {
		kit.On(app.OnRecordCreate(collection), placeOwn)
	}
	subjects.Follow(app, matterCourse)
	kit.OnSave(app, Matters, saveMatter)

	subjects.Follow(app, eventCourse)
	kit.OnSave(app, Events, saveEvent)

	subjects.Follow(app, reportCourse)
	kit.OnSave(app, Reports, saveReport)
	Hold(app, documents.Documents, string(documents.Issued))

	app.OnServe().BindFunc(bindRoutes)
	app.Cron().MustAdd("declarations_remind", "30 8 * * *", func() { remind(app, kit.Now(app)) })
}

func bindRoutes(e *core.ServeEvent) error {
	e.Router.POST("/api/declarations/{id}/reveal", reveal).Bind(apis.RequireAuth(people.People))
	return e.Next()
}

// placeOwn makes what a person declares belong to their organization.
func placeOwn(e *core.RecordEvent) error {
	person, err := e.App.FindRecordById(people.People, e.Record.GetString("person"))
	if err != nil {
		return kit.Reject("person", "declarations_person_missing", "没有找到这个人，请重新选择。")
	}
	e.Record.Set("org", person.GetString("org"))
	return e.Next()
}

// drafted reports whether a record is still being written, or is handed in by
// this very write: afterwards it stays as it was asked.
func drafted(e *core.RecordEvent) (bool, error) {
	if e.Record.IsNew() {
		return true, nil
	}
	stored, err := kit.Stored(e)
	if err != nil {
		return false, err
	}
	return stored.GetString("state") == string(approvals.Draft), nil
}

// handedOn is the day that decides whether a record is late: when it was handed
// in, or today.
func handedOn(e *core.RecordEvent) string {
	if on := e.Record.GetString("handed_on"); on != "" {
		return on
	}
	return kit.Today(e.App)
}

func remind(app core.App, now time.Time) {
	n, err := Remind(kit.As(app, kit.Job("declarations_remind")), now.Format(time.DateOnly))
	app.Logger().Info("Reminded of reports afterwards", "messages", n, "error", err)
}
