package approvals

import (
	"context"

	"yaodian/hooks/approvals/seats"
	"yaodian/hooks/kit"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// A Line is what a person has decided in a request.
type Line struct {
	Step     int     `db:"step"`
	StepName string  `db:"step_name"`
	Round    int     `db:"round"`
	Verdict  Verdict `db:"verdict"`
	Person   string  `db:"person"`
	Name     string  `db:"name"`
	OnBehalf string  `db:"on_behalf"`
}

// involves reports whether the line was written by or in the name of somebody
// whom the seat stands for.
func (l Line) involves(s seats.Seat) bool {
	return l.Person == s.Person || l.Person == s.Holder || l.OnBehalf != "" && (l.OnBehalf == s.Person || l.OnBehalf == s.Holder)
}

// LinesOf are the decisions of a request, in their order.
func LinesOf(app core.App, request string) ([]Line, error) {
	var lines []Line
	err := app.DB().NewQuery(`SELECT d.step, d.step_name, d.round, d.verdict, d.person, coalesce(p.name, '') AS name, d.on_behalf
		FROM approvals_decisions d LEFT JOIN people p ON p.id = d.person WHERE d.request = {:request} ORDER BY d.created, d.rowid`).
		Bind(dbx.Params{"request": request}).All(&lines)
	return lines, err
}

// line is a line of a request's history as it is written.
type line struct {
	Step     int
	StepName string
	Round    int
	Verdict  Verdict
	Person   string
	OnBehalf string
	Post     string
	ToStep   int
	Comment  string
}

func writeLine(app core.App, ctx context.Context, request *Request, l line) error {
	record, err := kit.NewRecord(app, Decisions, map[string]any{
		"request": request.Id, "org": request.GetString("org"), "step": l.Step, "step_name": l.StepName, "round": l.Round,
		"verdict": string(l.Verdict), "person": l.Person, "on_behalf": l.OnBehalf, "post": l.Post, "to_step": l.ToStep, "comment": l.Comment,
	})
	if err != nil {
		return err
	}
	return kit.SaveAsSystem(app, ctx, record)
}

// approvalsIn counts who has approved the present step in this round.
func approvalsIn(lines []Line, s State) (n int) {
	for _, l := range lines {
		if l.Verdict == Approve && l.Step == s.Step && l.Round == s.Round {
			n++
		}
	}
	return n
}
