package board_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"yaodian/hooks/apptest"
	"yaodian/hooks/plan"
	"yaodian/hooks/plan/board"
	"yaodian/hooks/plan/imports"
	"yaodian/hooks/plan/plantest"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

func boardOf(t testing.TB, s *apptest.Server, who string) (b board.Board) {
	t.Helper()
	answer := s.Do(t, who, http.MethodGet, "/api/plan/years/"+apptest.Only(t, s.App, plan.Years).Id+"/board", nil)
	answer.Want(t, 200)
	if err := json.Unmarshal([]byte(answer.Body), &b); err != nil {
		t.Fatal(err)
	}
	return b
}

func matrixOf(t testing.TB, s *apptest.Server, who, day string) (m board.Matrix) {
	t.Helper()
	answer := s.Do(t, who, http.MethodGet, "/api/plan/years/"+apptest.Only(t, s.App, plan.Years).Id+"/matrix?as_of="+day, nil)
	answer.Want(t, 200)
	if err := json.Unmarshal([]byte(answer.Body), &m); err != nil {
		t.Fatal(err)
	}
	return m
}

// The outline is everybody's below the committee; how it goes is counted from
// the duties that one may see.
func TestBoardCountsWhatOneMaySee(t *testing.T) {
	t.Parallel()
	s := apptest.Serve(t, plantest.WithPlan(t))
	made := apptest.Only(t, s.App, plan.Years)
	for _, path := range []string{"/board", "/matrix"} {
		for who, status := range map[string]int{apptest.Guest: 401, apptest.Outsider: 404, apptest.Member: 200, apptest.Clerk: 200, apptest.Keeper: 200} {
			s.Do(t, who, http.MethodGet, "/api/plan/years/"+made.Id+path, nil).Want(t, status)
		}
		s.Do(t, apptest.Clerk, http.MethodGet, "/api/plan/years/nosuch"+path, nil).Want(t, 404)
	}
	for who, want := range map[string]int{
		apptest.Member: 0, apptest.Branch: 4, apptest.Neighbour: 4, apptest.Deputy: 22, apptest.Inspector: 22, apptest.Clerk: 22, apptest.Secretary: 22, apptest.Keeper: 22,
	} {
		b := boardOf(t, s, who)
		if b.Counts.Total != want || len(b.Sections) != 2 || len(b.Sections[0].Items) != 2 {
			t.Errorf("%s: Expected %d duties, got %+v", who, want, b.Counts)
		}
		m := matrixOf(t, s, who, apptest.Today)
		if m.Counts != b.Counts || len(m.Items) != 4 {
			t.Errorf("%s: the board counts %+v, the matrix %+v", who, b.Counts, m.Counts)
		}
	}
}

// Progress of items, sections and the plan is what their duties add up to.
func TestBoardAddsUp(t *testing.T) {
	t.Parallel()
	s := apptest.Serve(t, plantest.WithPlan(t))
	for period, state := range map[string]string{"2026-Q1": "done", "2026-Q2": "returned", "2026-Q3": "exempted"} {
		duty := plantest.Duty(t, s.App, "zb1", period)
		if state == "exempted" {
			plantest.Moved(t, s.App, duty.Id, [2]string{state, apptest.Deputy})
			continue
		}
		plantest.Prove(t, s.App, duty, apptest.Branch, nil)
		plantest.Moved(t, s.App, duty.Id, [2]string{"submitted", apptest.Branch}, [2]string{state, apptest.Deputy})
	}
	b := boardOf(t, s, apptest.Clerk)
	talks := b.Sections[0].Items[1]
	if want := (board.Progress{Total: 8, MadeUp: 1, Returned: 1, Exempted: 1, Overdue: 1, Open: 1, Upcoming: 3}); talks.Counts != want {
		t.Errorf("Expected %+v, got %+v", want, talks.Counts)
	}
	if talks.NextDue != "2026-03-31" {
		t.Errorf("the next day is %s", talks.NextDue)
	}
	var sections, items board.Progress
	add := func(to *board.Progress, p board.Progress) {
		to.Total, to.Upcoming, to.Open, to.Submitted = to.Total+p.Total, to.Upcoming+p.Upcoming, to.Open+p.Open, to.Submitted+p.Submitted
		to.Returned, to.Overdue, to.Done = to.Returned+p.Returned, to.Overdue+p.Overdue, to.Done+p.Done
		to.MadeUp, to.Exempted = to.MadeUp+p.MadeUp, to.Exempted+p.Exempted
	}
	for _, section := range b.Sections {
		add(&sections, section.Counts)
		for _, item := range section.Items {
			add(&items, item.Counts)
		}
	}
	if sections != b.Counts || items != b.Counts || b.Counts.Total != 22 {
		t.Errorf("the plan counts %+v, its sections %+v, its items %+v", b.Counts, sections, items)
	}
}

// The matrix as of a day: what had been decided by then, who lacked what, and
// the evidence that there was.
func TestMatrixAsOf(t *testing.T) {
	t.Parallel()
	s := apptest.Serve(t, plantest.WithPlan(t))
	q2 := plantest.Duty(t, s.App, "zb1", "2026-Q2")
	plantest.Prove(t, s.App, q2, apptest.Branch, nil)
	plantest.Moved(t, s.App, q2.Id, [2]string{"submitted", apptest.Branch})
	apptest.SetToday(t, s.App, "2026-06-20")
	plantest.Moved(t, s.App, q2.Id, [2]string{"returned", apptest.Deputy})
	plantest.Moved(t, s.App, plantest.Duty(t, s.App, "zb2", "2026-Q2").Id, [2]string{"exempted", apptest.Deputy})

	cell := func(m board.Matrix, number int, code string) board.Cell {
		unit, item := apptest.Unit(t, s.App, code).Id, m.Items[number].ID
		i := slices.IndexFunc(m.Cells, func(c *board.Cell) bool { return c.Item == item && c.Org == unit })
		if i < 0 {
			t.Fatalf("no cell of %s", code)
		}
		return *m.Cells[i]
	}
	for day, want := range map[string][2]board.Progress{ // talks of zb1 and of zb2
		"2026-03-31": {{Total: 4, Open: 1, Upcoming: 3}, {Total: 4, Open: 1, Upcoming: 3}},
		"2026-06-09": {{Total: 4, Overdue: 1, Open: 1, Upcoming: 2}, {Total: 4, Overdue: 1, Open: 1, Upcoming: 2}},
		"2026-06-10": {{Total: 4, Overdue: 1, Submitted: 1, Upcoming: 2}, {Total: 4, Overdue: 1, Open: 1, Upcoming: 2}},
		"2026-06-20": {{Total: 4, Overdue: 1, Returned: 1, Upcoming: 2}, {Total: 4, Overdue: 1, Exempted: 1, Upcoming: 2}},
		"2026-10-01": {{Total: 4, Overdue: 2, Returned: 1, Open: 1}, {Total: 4, Overdue: 2, Exempted: 1, Open: 1}},
	} {
		m := matrixOf(t, s, apptest.Clerk, day)
		if one, two := cell(m, 1, "zb1"), cell(m, 1, "zb2"); one.Counts != want[0] || two.Counts != want[1] {
			t.Errorf("%s: Expected %+v, got %+v and %+v", day, want, one.Counts, two.Counts)
		}
		if len(m.Orgs) != 4 || m.AsOf != day {
			t.Errorf("%s: %+v", day, m.Orgs)
		}
		// the list says of each gap what the cells count
		var overdue, returned int
		for _, gap := range m.Gaps.List {
			if gap.State == "overdue" {
				overdue++
			} else {
				returned++
			}
		}
		if overdue != m.Counts.Overdue || returned != m.Counts.Returned || m.Gaps.Total != overdue+returned {
			t.Errorf("%s: the cells count %+v, the gaps are %+v", day, m.Counts, m.Gaps)
		}
	}
	m := matrixOf(t, s, apptest.Branch, "2026-06-20")
	if len(m.Gaps.List) != 2 || m.Gaps.List[0].Period != "2026-Q1" || m.Gaps.List[1].State != "returned" || len(m.Orgs) != 1 {
		t.Errorf("the branch sees %+v of %+v", m.Gaps, m.Orgs)
	}
	s.Do(t, apptest.Clerk, http.MethodGet, "/api/plan/years/"+apptest.Only(t, s.App, plan.Years).Id+"/matrix?as_of=2026-02-30", nil).Want(t, 400, "plan_date_unreal")
}

// Evidence is counted as of the day as well, and an item of which nothing is
// asked is named.
func TestMatrixEvidenceAndUncovered(t *testing.T) {
	t.Parallel()
	app := plantest.WithImport(t)
	s := apptest.Serve(t, app)
	plantest.Confirm(t, app, apptest.Only(t, app, imports.Imports))
	task := plantest.Task(t, app, plantest.Duty(t, app, "djb", "2026", "检查"))
	if err := apptest.Save(app, task, map[string]any{"state": "stopped"}); err != nil {
		t.Fatal(err)
	}
	evidence := plantest.Prove(t, app, plantest.Duty(t, app, "zb1", "2026-Q2"), apptest.Branch, nil)
	// the evening of 10 June in Beijing, and five minutes past its midnight
	for moment, want := range map[string]int{"2026-06-10 15:59:59.000Z": 1, "2026-06-10 16:05:00.000Z": 0} {
		if _, err := app.NonconcurrentDB().NewQuery(fmt.Sprintf("UPDATE plan_evidence SET created = '%s' WHERE id = '%s'", moment, evidence.Id)).Execute(); err != nil {
			t.Fatal(err)
		}
		n := 0
		m := matrixOf(t, s, apptest.Clerk, "2026-06-10")
		for _, c := range m.Cells {
			n += c.Evidence
		}
		if n != want {
			t.Errorf("%s: Expected %d, got %d", moment, want, n)
		}
		if len(m.Uncovered) != 1 || m.Uncovered[0] != task.GetString("item") {
			t.Errorf("uncovered: %v", m.Uncovered)
		}
	}
}

// However large the plan, the matrix and the board ask as often.
func TestBoardAndMatrixAskConstantlyOften(t *testing.T) {
	t.Parallel()
	app := plantest.WithPlan(t)
	made, clerk := apptest.Only(t, app, plan.Years), apptest.Person(t, app, apptest.Clerk).Id
	ask := func() (boards, matrices int) {
		queries := counting(app)
		if _, err := board.Of(app, made, clerk); err != nil {
			t.Fatal(err)
		}
		boards = queries()
		if _, err := board.MatrixOf(app, made, clerk, apptest.Today); err != nil {
			t.Fatal(err)
		}
		return boards, queries() - boards
	}
	boards, matrices := ask()
	many(t, app, 2_000)
	if b, m := ask(); b != boards || m != matrices || boards > 6 || matrices > 8 {
		t.Errorf("board %d then %d, matrix %d then %d queries", boards, b, matrices, m)
	}
}

// counting counts the queries that app sends from now on.
func counting(app core.App) func() int {
	var n atomic.Int64
	for _, builder := range []dbx.Builder{app.ConcurrentDB(), app.NonconcurrentDB()} {
		if db, ok := builder.(*dbx.DB); ok {
			db.QueryLogFunc = func(context.Context, time.Duration, string, *sql.Rows, error) { n.Add(1) }
		}
	}
	return func() int { return int(n.Load()) }
}
