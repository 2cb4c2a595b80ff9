package plan_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"testing"

	"yaodian/hooks/apptest"
	"yaodian/hooks/plan"
)

func boardOf(t testing.TB, s *apptest.Server, who string) (b plan.Board) {
	t.Helper()
	answer := s.Do(t, who, http.MethodGet, "/api/plan/years/"+only(t, s.App, plan.Years).Id+"/board", nil)
	answer.Want(t, 200)
	if err := json.Unmarshal([]byte(answer.Body), &b); err != nil {
		t.Fatal(err)
	}
	return b
}

func matrixOf(t testing.TB, s *apptest.Server, who, day string) (m plan.Matrix) {
	t.Helper()
	answer := s.Do(t, who, http.MethodGet, "/api/plan/years/"+only(t, s.App, plan.Years).Id+"/matrix?as_of="+day, nil)
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
	s := apptest.Serve(t, withPlan(t))
	made := only(t, s.App, plan.Years)
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
	s := apptest.Serve(t, withPlan(t))
	for period, state := range map[string]string{"2026-Q1": "done", "2026-Q2": "returned", "2026-Q3": "exempted"} {
		duty := dutyOf(t, s.App, "zb1", period)
		if state == "exempted" {
			moved(t, s.App, duty.Id, [2]string{state, apptest.Deputy})
			continue
		}
		prove(t, s.App, duty, apptest.Branch, nil)
		moved(t, s.App, duty.Id, [2]string{"submitted", apptest.Branch}, [2]string{state, apptest.Deputy})
	}
	b := boardOf(t, s, apptest.Clerk)
	talks := b.Sections[0].Items[1]
	if want := (plan.Progress{Total: 8, MadeUp: 1, Returned: 1, Exempted: 1, Overdue: 1, Open: 1, Upcoming: 3}); talks.Counts != want {
		t.Errorf("Expected %+v, got %+v", want, talks.Counts)
	}
	if talks.NextDue != "2026-03-31" {
		t.Errorf("the next day is %s", talks.NextDue)
	}
	var sections, items plan.Progress
	add := func(to *plan.Progress, p plan.Progress) {
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

// A target opens into what was counted for it: of accepted duties, and of those
// that wait; a share is the mean. Numbers that one may not see don't count.
func TestTargetsAreCounted(t *testing.T) {
	t.Parallel()
	s := apptest.Serve(t, withPlan(t))
	talk := func(who, unit, period string, number float64, accepted bool) {
		duty := dutyOf(t, s.App, unit, period)
		evidence := prove(t, s.App, duty, who, map[string]any{"number": number})
		if evidence.GetString("target") == "" || !evidence.GetBool("counted") {
			t.Errorf("%s: the only target of its task wasn't filled in", unit)
		}
		moved(t, s.App, duty.Id, [2]string{"submitted", who})
		if accepted {
			moved(t, s.App, duty.Id, [2]string{"done", apptest.Deputy})
		}
	}
	talk(apptest.Branch, "zb1", "2026-Q1", 1, true)
	talk(apptest.Branch, "zb1", "2026-Q2", 2, false)
	talk(apptest.Neighbour, "zb2", "2026-Q1", 3, true)

	check := dutyOf(t, s.App, "djb", "2026", "检查")
	for _, share := range []float64{70, 92} {
		prove(t, s.App, check, apptest.Secretary, map[string]any{"number": share})
	}
	moved(t, s.App, check.Id, [2]string{"submitted", apptest.Secretary}, [2]string{"done", apptest.Deputy})

	one := func(who string, section, item int) plan.BoardTarget {
		targets := boardOf(t, s, who).Sections[section].Items[item].Targets
		if len(targets) != 1 {
			t.Fatalf("%s: %+v", who, targets)
		}
		return targets[0]
	}
	if got, want := one(apptest.Clerk, 0, 1).Measured, (plan.Measured{Sum: 4, Count: 2, Waiting: 2, Value: 4, Met: true}); got != want {
		t.Errorf("talks: Expected %+v, got %+v", want, got)
	}
	if got, want := one(apptest.Branch, 0, 1).Measured, (plan.Measured{Sum: 1, Count: 1, Waiting: 2, Value: 1, Met: true}); got != want {
		t.Errorf("talks of the branch: Expected %+v, got %+v", want, got)
	}
	if got, want := one(apptest.Member, 0, 1).Measured, (plan.Measured{}); got != want {
		t.Errorf("talks as a member sees them: Expected %+v, got %+v", want, got)
	}
	if got, want := one(apptest.Clerk, 1, 0).Measured, (plan.Measured{Sum: 162, Count: 2, Value: 81, Met: true}); got != want {
		t.Errorf("the share: Expected %+v, got %+v", want, got)
	}
}

// A number counts for a target of its own task, and for none where the task
// has several and none is named.
func TestNumberCountsForOneTarget(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	draft := imported(t, app, item("全年开展专项检查6次，发现问题整改率达到90%。"))
	decide(t, app, draft, func(o *plan.Outline) {
		for _, ob := range obligations(o)[1:] { // whatever the sentence was cut into, one task has both
			obligations(o)[0].Targets = append(obligations(o)[0].Targets, ob.Targets...)
			ob.Keep = new(bool)
		}
	})
	confirm(t, app, draft)
	duty := dutyOf(t, app, "djb", "2026")
	targets, err := app.FindRecordsByFilter(plan.Targets, "id != ''", "", 0, 0)
	if err != nil || len(targets) != 2 {
		t.Fatal(len(targets), err)
	}
	if got := prove(t, app, duty, apptest.Secretary, map[string]any{"number": 3}).GetString("target"); got != "" {
		t.Errorf("the number was given to %s", got)
	}
	if got := prove(t, app, duty, apptest.Secretary, map[string]any{"number": 3, "target": targets[1].Id}).GetString("target"); got != targets[1].Id {
		t.Errorf("the number was given to %q", got)
	}
	moved(t, app, duty.Id, [2]string{"submitted", apptest.Secretary}, [2]string{"done", apptest.Deputy})
	board, err := plan.BoardOf(app, only(t, app, plan.Years), "")
	if err != nil {
		t.Fatal(err)
	}
	for _, target := range board.Sections[0].Items[0].Targets {
		if got, want := target.Count, map[bool]int{true: 1}[target.ID == targets[1].Id]; got != want {
			t.Errorf("%s: Expected %d numbers, got %+v", target.Text, want, target.Measured)
		}
	}
	other := withPlan(t)
	visit := taskOf(t, other, dutyOf(t, other, apptest.Deputy, "2026-06"))
	_, err = write(other, plan.Evidence, map[string]any{
		"duty": dutyOf(t, other, "zb1", "2026-Q2").Id, "person": apptest.Person(t, other, apptest.Branch).Id, "number": 3,
		"target": apptest.First(t, other, plan.Targets, "task", visit.Id).Id,
	})
	apptest.Refused(t, "another task's", err, "plan_target_other")
}

// The matrix as of a day: what had been decided by then, who lacked what, and
// the evidence that there was.
func TestMatrixAsOf(t *testing.T) {
	t.Parallel()
	s := apptest.Serve(t, withPlan(t))
	q2 := dutyOf(t, s.App, "zb1", "2026-Q2")
	prove(t, s.App, q2, apptest.Branch, nil)
	moved(t, s.App, q2.Id, [2]string{"submitted", apptest.Branch})
	apptest.SetToday(t, s.App, "2026-06-20")
	moved(t, s.App, q2.Id, [2]string{"returned", apptest.Deputy})
	moved(t, s.App, dutyOf(t, s.App, "zb2", "2026-Q2").Id, [2]string{"exempted", apptest.Deputy})

	cell := func(m plan.Matrix, number int, code string) plan.Cell {
		unit, item := apptest.Unit(t, s.App, code).Id, m.Items[number].ID
		i := slices.IndexFunc(m.Cells, func(c *plan.Cell) bool { return c.Item == item && c.Org == unit })
		if i < 0 {
			t.Fatalf("no cell of %s", code)
		}
		return *m.Cells[i]
	}
	for day, want := range map[string][2]plan.Progress{ // talks of zb1 and of zb2
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
	s.Do(t, apptest.Clerk, http.MethodGet, "/api/plan/years/"+only(t, s.App, plan.Years).Id+"/matrix?as_of=2026-02-30", nil).Want(t, 400, "plan_date_unreal")
}

// Evidence is counted as of the day as well, and an item of which nothing is
// asked is named.
func TestMatrixEvidenceAndUncovered(t *testing.T) {
	t.Parallel()
	app := withImport(t)
	s := apptest.Serve(t, app)
	confirm(t, app, only(t, app, plan.Imports))
	task := taskOf(t, app, dutyOf(t, app, "djb", "2026", "检查"))
	if err := apptest.Save(app, task, map[string]any{"state": "stopped"}); err != nil {
		t.Fatal(err)
	}
	evidence := prove(t, app, dutyOf(t, app, "zb1", "2026-Q2"), apptest.Branch, nil)
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
	app := withPlan(t)
	made, clerk := only(t, app, plan.Years), apptest.Person(t, app, apptest.Clerk).Id
	ask := func() (board, matrix int) {
		queries := counting(app)
		if _, err := plan.BoardOf(app, made, clerk); err != nil {
			t.Fatal(err)
		}
		board = queries()
		if _, err := plan.MatrixOf(app, made, clerk, apptest.Today); err != nil {
			t.Fatal(err)
		}
		return board, queries() - board
	}
	board, matrix := ask()
	many(t, app, 2_000)
	if b, m := ask(); b != board || m != matrix || board > 6 || matrix > 8 {
		t.Errorf("board %d then %d, matrix %d then %d queries", board, b, matrix, m)
	}
}
