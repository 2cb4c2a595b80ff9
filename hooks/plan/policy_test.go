package plan_test

import (
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/plan"
	"yaodian/hooks/plan/plantest"
)

// first is the first record of a collection.
func first(collection string) func(testing.TB, *tests.TestApp) *core.Record {
	return func(t testing.TB, app *tests.TestApp) *core.Record {
		record := &core.Record{}
		if err := app.RecordQuery(collection).OrderBy("created", "id").Limit(1).One(record); err != nil {
			t.Fatal(err)
		}
		return record
	}
}

// The outline of a plan is read by officers with "plan" over it and by
// everybody below the organization that made it. It is made by confirming an
// import: nobody writes it, the keeper is told why.
func TestOutlinePolicies(t *testing.T) {
	t.Parallel()
	for collection, p := range map[string]struct {
		rows   string
		create map[string]any
	}{
		plan.Sections: {"2", map[string]any{"org": "@jd", "number": 9, "title": "九、其他"}},
		plan.Items:    {"4", map[string]any{"org": "@jd", "number": 9, "title": "其他"}},
		plan.Targets:  {"3", map[string]any{"org": "@jd", "text": "9次"}},
	} {
		n := p.rows
		apptest.Policy{
			Collection: collection, App: plantest.WithPlan, Record: first(collection), Create: p.create, Update: map[string]any{"number": 7, "text": "改"},
			Table: `
			who       list view create update delete
			guest     0    404  403    403    403
			outsider  0    404  403    403    403
			member    ` + n + `    200  403    403    403
			branch2   ` + n + `    200  403    403    403
			branch1   ` + n + `    200  403    403    403
			inspector ` + n + `    200  403    403    403
			deputy    ` + n + `    200  403    403    403
			clerk     ` + n + `    200  403    403    403
			secretary ` + n + `    200  403    403    403
			keeper    ` + n + `    200  400    403    403`,
		}.Test(t)
	}
}

// A plan is closed by who may confirm one.
func TestYearPolicy(t *testing.T) {
	t.Parallel()
	apptest.Policy{
		Collection: plan.Years, App: plantest.WithPlan, Record: first(plan.Years),
		Create: map[string]any{"org": "@zb1", "year": 2026, "title": "计划", "state": "active"}, Update: map[string]any{"state": "closed"},
		Table: `
			who       list view create update delete
			guest     0    404  403    404    403
			outsider  0    404  403    404    403
			member    1    200  403    404    403
			branch2   1    200  403    404    403
			branch1   1    200  403    404    403
			inspector 1    200  403    404    403
			clerk     1    200  403    404    403
			deputy    1    200  403    200    403
			secretary 1    200  403    200    403
			keeper    1    200  403    200    403`,
	}.Test(t)
}

// Tasks are read like the outline and arranged by "plan.edit".
func TestTaskPolicy(t *testing.T) {
	t.Parallel()
	apptest.Policy{
		Collection: plan.Tasks, App: plantest.WithPlan, Record: first(plan.Tasks),
		Create: map[string]any{"org": "@jd", "title": "新任务", "kind": "other", "state": "active", "assign": "org", "shift": "before"},
		Update: map[string]any{"title": "换个名称"},
		Table: `
			who       list view create update delete
			guest     0    404  403    404    403
			outsider  0    404  403    404    403
			member    4    200  403    404    403
			branch2   4    200  403    404    403
			branch1   4    200  403    404    403
			inspector 4    200  403    404    403
			deputy    4    200  403    404    403
			clerk     4    200  403    200    403
			secretary 4    200  403    200    403
			keeper    4    200  400    200    403`,
	}.Test(t)
}

// A duty is read by who is responsible and by officers with "plan" over it:
// here a branch's, with evidence, that is submitted by the branch alone.
func TestDutyPolicy(t *testing.T) {
	t.Parallel()
	apptest.Policy{
		Collection: plan.Duties, App: plantest.WithPlan,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			duty := plantest.Duty(t, app, "zb1", "2026-Q2")
			plantest.Prove(t, app, duty, apptest.Branch, nil)
			return duty
		},
		Create: map[string]any{"org": "@zb1", "period": "2026-05", "title": "自加", "opens": "2026-05-01", "due": "2026-05-31", "state": "open"},
		Update: map[string]any{"state": "submitted"},
		Table: `
			who       list view create update delete
			guest     0    404  403    404    403
			outsider  0    404  403    404    403
			member    0    404  403    404    403
			branch2   4    404  403    404    403
			branch1   4    200  403    200    403
			inspector 22   200  403    404    403
			deputy    22   200  403    404    403
			clerk     22   200  403    404    403
			secretary 22   200  403    200    403
			keeper    22   200  400    400    403`,
	}.Test(t)
}

// The same duty once it is submitted: accepted by "plan.accept".
func TestSubmittedDutyPolicy(t *testing.T) {
	t.Parallel()
	apptest.Policy{
		Collection: plan.Duties, App: plantest.WithPlan,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			duty := plantest.Duty(t, app, "zb1", "2026-Q2")
			plantest.Prove(t, app, duty, apptest.Branch, nil)
			plantest.Moved(t, app, duty.Id, [2]string{"submitted", apptest.Branch})
			return duty
		},
		Update: map[string]any{"state": "done"},
		Table: `
			who       view update
			guest     404  404
			outsider  404  404
			member    404  404
			branch2   404  404
			branch1   200  404
			inspector 200  404
			deputy    200  200
			clerk     200  200
			secretary 200  200
			keeper    200  400`,
	}.Test(t)
}

// Evidence is read by who gave it, who is responsible and officers with "plan"
// over it; given by those responsible; taken away by who gave it.
func TestEvidencePolicy(t *testing.T) {
	t.Parallel()
	apptest.Policy{
		Collection: plan.Evidence, App: plantest.WithPlan,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			return plantest.Prove(t, app, plantest.Duty(t, app, "zb1", "2026-Q2"), apptest.Branch, nil)
		},
		Update: map[string]any{"text": "改个说法"},
		Table: `
			who       list view update delete
			guest     0    404  403    404
			outsider  0    404  403    404
			member    0    404  403    404
			branch2   0    404  403    404
			inspector 1    200  403    404
			deputy    1    200  403    404
			clerk     1    200  403    404
			secretary 1    200  403    404
			branch1   1    200  403    204
			keeper    1    200  403    204`,
	}.Test(t)
}
