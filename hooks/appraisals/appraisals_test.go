package appraisals_test

import (
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/appraisals"
	"yaodian/hooks/apptest"
)

const yearID = "appraisal000001"

var appraisal = map[string]any{"org": "@zb1", "year": 2026, "title": "民主评议", "members": 3}

func with(data map[string]any, changes ...any) map[string]any {
	out := map[string]any{}
	for k, v := range data {
		out[k] = v
	}
	for i := 0; i < len(changes); i += 2 {
		out[changes[i].(string)] = changes[i+1]
	}
	return out
}

func prepared(state string) func(testing.TB) *tests.TestApp {
	return apptest.Prepared(func(t testing.TB, app core.App) {
		apptest.Make(t, app, appraisals.Appraisals, with(appraisal, "id", yearID, "state", state))
	})
}

// The vectors of domain.md appendix B: 33, 16 and 30 members.
func TestR_ORG_07_AThirdIsExcellent(t *testing.T) {
	t.Parallel()
	for members, most := range map[int]int{33: 11, 16: 5, 30: 10, 2: 0} {
		if got := appraisals.Most(members); got != most {
			t.Errorf("%d members: Expected %d, got %d", members, most, got)
		}
		s := appraisals.Share{Members: members, Excellent: most}
		apptest.Refused(t, "a third", s.Check(), "")
		s.Excellent++
		apptest.Refused(t, "one more", s.Check(), "appraisals_excellent")
		s.Reason = "攻坚任务"
		apptest.Refused(t, "without a document", s.Check(), "appraisals_excellent")
		s.Document = "清工委备〔2026〕1号"
		apptest.Refused(t, "told above", s.Check(), "")
	}
}

func TestR_ORG_07_HoldsForTheWholeAppraisal(t *testing.T) {
	t.Parallel()
	s := apptest.Serve(t, prepared("assessing")(t))
	grade := func(who, grade string) apptest.Answer {
		return s.Do(t, apptest.Branch, "POST", apptest.URL(appraisals.Results),
			apptest.Named(t, s.App, map[string]any{"appraisal": yearID, "person": who, "grade": grade}))
	}
	grade("#member", "excellent").Want(t, 200)
	grade("#branch1", "excellent").Want(t, 400, "appraisals_excellent")
	url := apptest.URL(appraisals.Appraisals, yearID)
	s.Do(t, apptest.Branch, "PATCH", url, map[string]any{"members": 2}).Want(t, 400, "appraisals_excellent")
	s.Do(t, apptest.Branch, "PATCH", url, map[string]any{"override_reason": "攻坚任务", "override_document": "备1号"}).Want(t, 200)
	grade("#branch1", "excellent").Want(t, 200)
	s.Do(t, apptest.Branch, "PATCH", url, map[string]any{"override_reason": ""}).Want(t, 400, "appraisals_excellent")

	s.Do(t, apptest.Member, "GET", apptest.URL(appraisals.Results), nil).Want(t, 200, `"totalItems":0`)
	for _, state := range []string{"decided", "filed"} {
		s.Do(t, apptest.Branch, "PATCH", url, map[string]any{"state": state}).Want(t, 200)
	}
	s.Do(t, apptest.Member, "GET", apptest.URL(appraisals.Results), nil).Want(t, 200, `"totalItems":1`)
	mine := apptest.First(t, s.App, appraisals.Results, "person", apptest.Person(t, s.App, apptest.Member).Id)
	at := apptest.URL(appraisals.Results, mine.Id)
	s.Do(t, apptest.Keeper, "PATCH", at, map[string]any{"grade": "basic"}).Want(t, 400, "appraisals_filed")
	s.Do(t, apptest.Branch, "PATCH", at, map[string]any{"told_on": "2026-06-10"}).Want(t, 200)
	s.Do(t, apptest.Keeper, "DELETE", at, nil).Want(t, 400, "appraisals_filed")
}

func TestGradesAndCounts(t *testing.T) {
	t.Parallel()
	apptest.Refused(t, "a member", appraisals.CheckGrade("member", "basic"), "")
	apptest.Refused(t, "probationary, no grade", appraisals.CheckGrade("probationary", ""), "")
	apptest.Refused(t, "probationary", appraisals.CheckGrade("probationary", "qualified"), "appraisals_probationary")
	apptest.Refused(t, "an applicant", appraisals.CheckGrade("applicant", ""), "appraisals_not_member")
	apptest.Refused(t, "oneself", appraisals.CheckCounts("self", []int{1, 0, 0, 0}, 3), "")
	apptest.Refused(t, "oneself twice", appraisals.CheckCounts("self", []int{1, 1, 0, 0}, 3), "appraisals_counts")
	apptest.Refused(t, "all", appraisals.CheckCounts("poll", []int{1, 1, 1, 0}, 3), "")
	apptest.Refused(t, "more than all", appraisals.CheckCounts("poll", []int{2, 1, 1, 0}, 3), "appraisals_counts")
	apptest.Refused(t, "fewer than none", appraisals.CheckCounts("peer", []int{2, -1, 1, 0}, 3), "appraisals_counts")
}

// Officers with "appraisals" read, "appraisals.edit" writes.
func TestAppraisalsPolicy(t *testing.T) {
	t.Parallel()
	policy(t, apptest.New, appraisals.Appraisals, appraisal, with(appraisal, "year", 2027), map[string]any{"title": "乙"})
}

// Numbers per grade, and a grade that isn't filed, are for officers.
func TestScoresPolicy(t *testing.T) {
	t.Parallel()
	score := map[string]any{"appraisal": yearID, "person": "#member", "round": "self", "excellent": 1}
	policy(t, prepared("assessing"), appraisals.Scores, score, with(score, "round", "poll"), map[string]any{"qualified": 0})
}

func TestResultsPolicy(t *testing.T) {
	t.Parallel()
	result := map[string]any{"appraisal": yearID, "person": "#member", "grade": "qualified"}
	policy(t, prepared("assessing"), appraisals.Results, result, with(result, "person", "#branch1"), map[string]any{"points_ref": 86})
}

func policy(t *testing.T, app func(testing.TB) *tests.TestApp, collection string, record, create, update map[string]any) {
	t.Helper()
	apptest.Policy{
		Collection: collection,
		App:        app,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			return apptest.Make(t, app, collection, record)
		},
		Create: create,
		Update: update,
		Table: `
			who       list view create update delete
			guest     0    404  400    404    404
			outsider  0    404  400    404    404
			member    0    404  400    404    404
			branch2   0    404  400    404    404
			branch1   1    200  200    200    204
			inspector 0    404  400    404    404
			deputy    1    200  400    404    404
			clerk     1    200  200    200    204
			keeper    1    200  200    200    204`,
	}.Test(t)
}
