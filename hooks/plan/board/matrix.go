package board

import (
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
	"yaodian/hooks/plan"
	"yaodian/hooks/plan/schedule"
)

// Matrix is plan, execution and evidence in one: the items of a plan by the
// organizations responsible, as they stood at the end of a day, and what was
// missing then.
type Matrix struct {
	AsOf      string       `json:"as_of"`
	Items     []MatrixItem `json:"items"`
	Orgs      []MatrixOrg  `json:"orgs"`
	Cells     []*Cell      `json:"cells"`
	Counts    Progress     `json:"counts"`
	Gaps      Gaps         `json:"gaps"`
	Uncovered []string     `json:"uncovered"` // items of which nothing is asked
}

// MatrixItem is a row.
type MatrixItem struct {
	ID      string `db:"id" json:"id"`
	Number  int    `db:"number" json:"number"`
	Title   string `db:"title" json:"title"`
	Section string `db:"section" json:"section"`
}

// MatrixOrg is a column.
type MatrixOrg struct {
	ID    string `db:"id" json:"id"`
	Name  string `db:"name" json:"name"`
	Short string `db:"short" json:"short"`
	Path  string `db:"path" json:"path"`
}

// Cell is what an organization and its people did for an item.
type Cell struct {
	Item     string   `json:"item"`
	Org      string   `json:"org"`
	Counts   Progress `json:"counts"`
	Evidence int      `json:"evidence"`
}

// Gaps are the duties that were overdue or returned, the oldest first.
type Gaps struct {
	Total int   `json:"total"`
	List  []Gap `json:"list"` // the first maxGaps of them
}

// Gap is a duty that was not done by the day it was due.
type Gap struct {
	Duty   string         `db:"id" json:"duty"`
	Item   string         `db:"item" json:"item"`
	Org    string         `db:"org" json:"org"`
	Person string         `db:"person" json:"person"`
	Title  string         `db:"title" json:"title"`
	Period string         `db:"period" json:"period"`
	Due    string         `db:"due" json:"due"`
	State  schedule.State `db:"state" json:"state"`
}

// maxGaps is how many gaps a matrix lists.
const maxGaps = 200

// MatrixOf is the matrix of a plan at the end of a day, as far as viewer may
// see it, in a constant number of queries. viewer is empty for the system
// keeper.
func MatrixOf(app core.App, year *core.Record, viewer, day string) (*Matrix, error) {
	m := &Matrix{AsOf: day}
	seen := dbx.And(dbx.HashExp{"d.plan": year.Id}, seenBy(viewer, kit.Today(app)))
	err := app.DB().Select("id", "number", "title", "section").From(plan.Items).Where(dbx.HashExp{"plan": year.Id}).OrderBy("span_from", "number").All(&m.Items)
	if err != nil {
		return nil, err
	}
	if err := m.readCells(app, seen); err != nil {
		return nil, err
	}
	duties := app.DB().Select("d.org").Distinct(true).From(plan.Duties + " d").Where(seen).Build()
	err = app.DB().Select("id", "name", "short", "path").From(org.Units).Where(dbx.NewExp("id IN ("+duties.SQL()+")", duties.Params())).OrderBy("path").All(&m.Orgs)
	if err != nil {
		return nil, err
	}
	if err := m.readGaps(app, seen); err != nil {
		return nil, err
	}
	return m, app.DB().Select("i.id").From(plan.Items+" i").Where(dbx.HashExp{"i.plan": year.Id}).
		AndWhere(dbx.NewExp("NOT EXISTS (SELECT 1 FROM plan_tasks t WHERE t.item = i.id AND t.state = 'active')")).
		OrderBy("i.span_from", "i.number").Column(&m.Uncovered)
}

// The days, in Beijing, of the moments in a duty.
const (
	submittedOn = "COALESCE(date(d.submitted_at, '+8 hours'), '')"
	acceptedOn  = "COALESCE(date(d.accepted_at, '+8 hours'), '')"
	exemptedOn  = "COALESCE(date(d.exempted_at, '+8 hours'), '')"
)

// readCells counts in groups of duties that went alike.
func (m *Matrix) readCells(app core.App, seen dbx.Expression) error {
	var groups []struct {
		Item     string `db:"item"`
		Org      string `db:"org"`
		N        int    `db:"n"`
		Evidence int    `db:"evidence"`
		schedule.Course
	}
	err := app.DB().Select("d.item", "d.org", "d.state", "d.opens", "d.due", submittedOn+" AS submitted", acceptedOn+" AS accepted", exemptedOn+" AS exempted",
		"count(*) AS n", "sum((SELECT count(*) FROM plan_evidence e WHERE e.duty = d.id AND e.created < {:midnight})) AS evidence").
		From(plan.Duties+" d").Where(seen).Bind(dbx.Params{"midnight": midnightAfter(m.AsOf)}).
		GroupBy("d.item", "d.org", "d.state", "d.opens", "d.due", "submitted", "accepted", "exempted").OrderBy("d.item", "d.org_path").All(&groups)
	if err != nil {
		return err
	}
	cells := map[[2]string]*Cell{}
	for _, g := range groups {
		cell := cells[[2]string{g.Item, g.Org}]
		if cell == nil {
			cell = &Cell{Item: g.Item, Org: g.Org}
			cells[[2]string{g.Item, g.Org}], m.Cells = cell, append(m.Cells, cell)
		}
		state := string(g.AsOf(m.AsOf))
		cell.Counts.add(state, g.N)
		m.Counts.add(state, g.N)
		cell.Evidence += g.Evidence
	}
	return nil
}

// readGaps lists what Course.AsOf calls overdue or returned.
func (m *Matrix) readGaps(app core.App, seen dbx.Expression) error {
	m.Gaps.Total = m.Counts.Overdue + m.Counts.Returned
	if m.Gaps.Total == 0 {
		return nil
	}
	returned := "d.state = 'returned' AND " + acceptedOn + " <= {:day}"
	overdue := "d.due < {:day} AND (" + submittedOn + " = '' OR " + submittedOn + " > {:day}) AND NOT (d.state = 'exempted' AND " + exemptedOn + " <= {:day})"
	return app.DB().Select("d.id", "d.item", "d.org", "d.person", "d.title", "d.period", "d.due", "CASE WHEN "+returned+" THEN 'returned' ELSE 'overdue' END AS state").
		From(plan.Duties+" d").Where(seen).AndWhere(dbx.NewExp("("+returned+") OR ("+overdue+")", dbx.Params{"day": m.AsOf})).
		OrderBy("d.due", "d.org_path", "d.id").Limit(maxGaps).All(&m.Gaps.List)
}

// midnightAfter is the moment at which a day ends in Beijing, as the database
// writes moments.
func midnightAfter(day string) string {
	end, err := time.ParseInLocation(time.DateOnly, day, kit.Beijing)
	if err != nil {
		return "" // the caller has checked it
	}
	return end.AddDate(0, 0, 1).UTC().Format("2006-01-02 15:04:05.000Z")
}
