package people

import (
	"database/sql"
	"errors"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
)

func standingOf(r *core.Record) Standing {
	return Standing{
		Org: r.GetString("org"), Kind: r.GetString("kind"), State: r.GetString("state"), Membership: r.GetString("membership_state"),
		Lost: r.GetBool("lost"), Floating: r.GetBool("floating"),
	}
}

// statusLine is the line that a change of standing adds to the log; nil when
// nothing of it has changed.
func statusLine(e *core.RecordEvent, stored *core.Record) (*core.Record, error) {
	r, before := e.Record, Standing{}
	if stored != nil {
		before = standingOf(stored)
	}
	after := standingOf(r)
	if before == after {
		return nil, nil
	}
	today := kit.Today(e.App)
	change := Change{Since: r.GetString(statusSince), Reason: r.GetString(statusReason), Document: r.GetString(statusDocument)}
	if change.Since == "" {
		change.Since = today
	}
	if err := CheckDecided(before, after, change); err != nil {
		return nil, err
	}
	n, last, err := lastChange(e.App, r.Id)
	if err != nil {
		return nil, err
	}
	if err := CheckSince(change.Since, last, today); err != nil {
		return nil, err
	}
	return newLine(e.App, r, after, change, n+1)
}

// lastChange is the number and the day of a person's last line in the log.
func lastChange(app core.App, person string) (n int, since string, err error) {
	err = app.DB().Select("n", "since").From(Status).Where(dbx.HashExp{"person": person}).OrderBy("n DESC").Limit(1).Row(&n, &since)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return n, since, err
}

func newLine(app core.App, r *core.Record, s Standing, c Change, n int) (*core.Record, error) {
	log, err := app.FindCachedCollectionByNameOrId(Status)
	if err != nil {
		return nil, err
	}
	line := core.NewRecord(log)
	line.Load(map[string]any{
		"person": r.Id, "n": n, "since": c.Since, "org": s.Org, "kind": s.Kind, "state": s.State, "membership_state": s.Membership,
		"lost": s.Lost, "floating": s.Floating, "reason": c.Reason, "document": c.Document, "by": r.GetString(statusBy),
	})
	for _, sent := range []string{statusSince, statusReason, statusDocument} {
		r.SetRaw(sent, nil) // said once
	}
	return line, nil
}

// guardLedger: lines are written by the application and never changed.
func guardLedger(e *core.RecordEvent) error {
	if kit.IsSystem(e.Context) && e.Record.IsNew() {
		return e.Next()
	}
	return refuseLedger(e)
}

func refuseLedger(*core.RecordEvent) error {
	return kit.Forbid("people_log_permanent", "变动记录和查看记录由系统登记，不能添加、修改或删除。")
}
