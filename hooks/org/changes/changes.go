// Package changes lets organizations be founded, renamed, moved, merged and
// closed by decision (组织设置调整). The application says what shall be; the
// committee's yes carries it out in the same transaction, or on the day that
// the application names.
package changes

import (
	"context"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/approvals"
	"yaodian/hooks/approvals/subjects"
	"yaodian/hooks/declarations"
	"yaodian/hooks/kit"
	"yaodian/hooks/notify"
	"yaodian/hooks/org"
)

// Changes is the collection of the applications.
const Changes = "org_changes"

// Bind attaches the rules of changes to app.
func Bind(app core.App) {
	kit.On(app.OnRecordCreate(Changes), place)
	subjects.Follow(app, course)
	kit.OnSave(app, Changes, save)
	declarations.Hold(app, Changes, "effective")
	app.Cron().MustAdd("org_changes_settle", "10 0 * * *", func() { settle(app, kit.Now(app)) })
	app.OnServe().BindFunc(catchUp)
}

var course = subjects.Course{
	Kind: "org_change", Collection: Changes,
	Words:  []org.Word{{State: "approved", Name: "已批准"}, {State: "effective", Name: "已生效"}},
	Moves:  []org.Move{{From: "approved", To: "effective", System: true}},
	Needs:  map[string][]string{"pending": {"reason", "number"}},
	Filed:  []string{"approved", "effective"},
	Title:  func(_ core.App, r *core.Record) (string, error) { return r.GetString("title"), nil },
	Unsaid: []string{"title", "before"},
	Apply:  approved,
}

// place makes a change belong to the organization that it is about; one that is
// to be founded, to that above it.
func place(e *core.RecordEvent) error {
	about := e.Record.GetString("unit")
	if e.Record.GetString("kind") == "found" {
		about = e.Record.GetString("to")
	}
	e.Record.Set("org", about)
	return e.Next()
}

// save holds a draft to the conditions of its kind.
func save(e *core.RecordEvent) error {
	if !e.Record.IsNew() {
		stored, err := kit.Stored(e)
		if err != nil {
			return err
		}
		if stored.GetString("state") != string(approvals.Draft) {
			return e.Next()
		}
	}
	c, err := read(e.App, e.Record)
	if err != nil {
		return err
	}
	if err := c.Check(); err != nil {
		return err
	}
	if err := mayReach(e, c); err != nil {
		return err
	}
	e.Record.Load(map[string]any{"title": c.Title(), "warnings": c.Warnings()})
	return e.Next()
}

// mayReach: who asks keeps both ends of a change.
func mayReach(e *core.RecordEvent, c Change) error {
	actor := kit.ActorOf(e.App, e.Context)
	if actor.Kind != kit.ByPerson || c.To.ID == "" {
		return nil
	}
	may, err := org.Can(e.App, actor.ID, "org", c.To.Path, kit.Today(e.App))
	if err == nil && !may {
		err = kit.Reject("to", "org_changes_out_of_reach", "这个组织不在您管理的范围内，请由共同的上级办理。")
	}
	return err
}

// approved carries a change out that is due; the others wait for their day.
func approved(tx core.App, r *core.Record) error {
	if r.GetString("effective_on") > kit.Today(tx) {
		return nil
	}
	return carryOut(tx, r)
}

func catchUp(e *core.ServeEvent) error {
	settle(e.App, kit.Now(e.App))
	return e.Next()
}

func settle(app core.App, now time.Time) {
	done, err := Settle(kit.As(app, kit.Job("org_changes_settle")), now.Format(time.DateOnly))
	app.Logger().Info("Carried out changes of organizations", "done", done, "error", err)
}

// Settle carries out what was approved for a day that has come. One that can't
// be carried out holds up no other: who asked for it is told why.
func Settle(app core.App, today string) (done int, err error) {
	var list []*core.Record
	err = app.RecordQuery(Changes).AndWhere(dbx.HashExp{"state": "approved"}).
		AndWhere(dbx.NewExp("effective_on <= {:today}", dbx.Params{"today": today})).OrderBy("effective_on", "created", "id").All(&list)
	if err != nil {
		return 0, err
	}
	for _, r := range list {
		err := app.RunInTransaction(func(tx core.App) error { return carryOut(tx, r) })
		if err == nil {
			done++
			continue
		}
		app.Logger().Warn("A change of an organization can't be carried out", "change", r.Id, "error", err)
		if err := tell(app, r, err); err != nil {
			return done, err
		}
	}
	return done, nil
}

func tell(app core.App, r *core.Record, reason error) error {
	body := "请处理后再看。"
	for _, v := range kit.Violations(reason) {
		body = v.Error()
	}
	return app.RunInTransaction(func(tx core.App) error {
		_, err := notify.SendNew(tx, context.Background(), []notify.Message{{
			Person: r.GetString("person"), Kind: notify.Approval, Title: "没有生效：" + r.GetString("title"), Body: body, Link: "#/ledgers/" + Changes + "/" + r.Id,
		}})
		return err
	})
}
