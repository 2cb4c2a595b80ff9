package desk

import (
	"yaodian/hooks/approvals"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Event is a line of a request's history as its readers see it.
type Event struct {
	ID       string            `db:"id" json:"id"`
	Step     int               `db:"step" json:"step"`
	StepName string            `db:"step_name" json:"step_name"`
	Round    int               `db:"round" json:"round"`
	Verdict  approvals.Verdict `db:"verdict" json:"verdict"`
	Person   string            `db:"person" json:"person"` // by name
	OnBehalf string            `db:"on_behalf" json:"on_behalf"`
	Post     string            `db:"post" json:"post"`
	ToStep   int               `db:"to_step" json:"to_step"`
	Comment  string            `db:"comment" json:"comment"`
	Created  string            `db:"created" json:"created"`
}

// historyOf is everything that has happened to a request, in its order.
func historyOf(app core.App, request string) ([]Event, error) {
	events := []Event{}
	err := app.DB().NewQuery(`SELECT d.id, d.step, d.step_name, d.round, d.verdict, coalesce(p.name, '') AS person, coalesce(h.name, '') AS on_behalf,
			d.post, d.to_step, d.comment, d.created
		FROM approvals_decisions d LEFT JOIN people p ON p.id = d.person LEFT JOIN people h ON h.id = d.on_behalf
		WHERE d.request = {:request} ORDER BY d.created, d.rowid`).Bind(dbx.Params{"request": request}).All(&events)
	return events, err
}
