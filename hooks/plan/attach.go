package plan

import (
	"context"
	"database/sql"
	"errors"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
)

// Attachment is a record of another ledger that proves a task.
type Attachment struct {
	Task       string // id
	Org        string // id of the organization that did the work
	Person     string // id of who did it; empty: the organization
	Date       string // YYYY-MM-DD, when it was done
	Collection string
	Record     string
	Text       string // what the evidence says
}

// Attach lays a record as evidence to the duty that it proves: the one of the
// task, the organization or the person, whose window holds the date, or else
// the earliest that still waits. It reports false where no duty waits for it,
// or where it is evidence already.
func Attach(app core.App, ctx context.Context, a Attachment) (bool, error) {
	duty, err := awaiting(app, a)
	if err != nil || duty == nil {
		return false, err
	}
	known, err := app.CountRecords(Evidence, dbx.HashExp{"duty": duty.Id, "link_collection": a.Collection, "link_id": a.Record})
	if err != nil || known > 0 {
		return false, err
	}
	record, err := newRecord(app, Evidence, map[string]any{
		"duty": duty.Id, "text": a.Text, "link_collection": a.Collection, "link_id": a.Record,
	})
	if err != nil {
		return false, err
	}
	return true, kit.SaveAsSystem(app, ctx, record)
}

func awaiting(app core.App, a Attachment) (*Duty, error) {
	var id string
	err := app.DB().NewQuery(`SELECT id FROM plan_duties WHERE task = {:task} AND state IN ('upcoming', 'open', 'overdue', 'returned')
		AND ((person = '' AND org = {:org}) OR (person != '' AND person = {:person})) AND ({:date} = '' OR opens <= {:date})
		ORDER BY due < {:date}, due LIMIT 1`).
		Bind(dbx.Params{"task": a.Task, "org": a.Org, "person": a.Person, "date": a.Date}).Row(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	record, err := app.FindRecordById(Duties, id)
	if err != nil {
		return nil, err
	}
	return dutyOf(record), nil
}
