package org_test

import (
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"
	"github.com/pocketbase/pocketbase/tools/types"

	"yaodian/hooks/apptest"
	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

var checks = org.States{
	Collection: "checks",
	Words:      []org.Word{{"draft", "草拟"}, {"handed", "已提交"}, {"filed", "已归档"}, {"reopened", "重新办理"}},
	Moves: []org.Move{
		{From: "draft", To: "handed", Sign: "handed_by"},
		{From: "handed", To: "filed", Power: "plan.accept", Sign: "checked_by", Others: []string{"handed_by"}},
		{From: "filed", To: "reopened", Power: "plan.accept"},
	},
	Needs: map[string][]string{"filed": {"result"}},
	Filed: []string{"filed"},
}

// newChecks is an application with a collection that follows checks.
func newChecks(t *testing.T) *apptest.Server {
	t.Helper()
	app := apptest.New(t)
	org.Follow(app, checks)
	c := core.NewBaseCollection("checks")
	people, err := app.FindCollectionByNameOrId("people")
	if err != nil {
		t.Fatal(err)
	}
	c.Fields.Add(
		&core.TextField{Name: "state"}, &core.TextField{Name: "org_path"}, &core.TextField{Name: "result", Help: "结论：一句话。"},
		&core.RelationField{Name: "handed_by", CollectionId: people.Id, MaxSelect: 1}, &core.RelationField{Name: "checked_by", CollectionId: people.Id, MaxSelect: 1},
	)
	any := types.Pointer(`@request.auth.id != ""`)
	c.ListRule, c.ViewRule, c.CreateRule, c.UpdateRule, c.DeleteRule = any, any, any, any, any
	if err := app.Save(c); err != nil {
		t.Fatal(err)
	}
	return apptest.Serve(t, app)
}

func newCheck(t *testing.T, app *tests.TestApp, data map[string]any) *core.Record {
	t.Helper()
	data["org_path"] = "/jd/zb1/"
	return apptest.Create(t, app, "checks", data)
}

func TestStatesOverREST(t *testing.T) {
	t.Parallel()
	s := newChecks(t)
	s.Do(t, apptest.Branch, "POST", apptest.URL("checks"), map[string]any{"state": "filed"}).Want(t, 400, "checks_begin")
	r := newCheck(t, s.App, map[string]any{})
	url := apptest.URL("checks", r.Id)

	for _, step := range []struct {
		who    string
		body   map[string]any
		status int
		code   string
	}{
		{apptest.Branch, map[string]any{"state": "filed"}, 400, "checks_move"},
		{apptest.Branch, map[string]any{"handed_by": apptest.Person(t, s.App, apptest.Member).Id}, 400, "org_signer_fixed"},
		{apptest.Clerk, map[string]any{"state": "handed"}, 200, apptest.Person(t, s.App, apptest.Clerk).Id},
		{apptest.Branch, map[string]any{"state": "filed", "result": "合格"}, 400, "checks_no_power"},
		{apptest.Clerk, map[string]any{"state": "filed", "result": "合格"}, 400, "org_same_person"},
		{apptest.Secretary, map[string]any{"state": "filed"}, 400, "“结论”还没有填写"},
		{apptest.Keeper, map[string]any{"state": "filed", "result": "合格"}, 400, "org_signer_missing"},
		{apptest.Secretary, map[string]any{"state": "filed", "result": "合格", "checked_by": apptest.Person(t, s.App, apptest.Member).Id}, 200, apptest.Person(t, s.App, apptest.Secretary).Id},
		{apptest.Keeper, map[string]any{"result": "不合格"}, 400, "checks_filed"},
		{apptest.Secretary, map[string]any{"state": "reopened", "result": "不合格"}, 400, "checks_filed"},
		{apptest.Secretary, map[string]any{"state": "reopened"}, 200, "reopened"},
	} {
		s.Do(t, step.who, "PATCH", url, step.body).Want(t, step.status, step.code)
	}
	s.Do(t, apptest.Keeper, "DELETE", url, nil).Want(t, 403, "checks_begun")
	fresh := newCheck(t, s.App, map[string]any{})
	s.Do(t, apptest.Branch, "DELETE", apptest.URL("checks", fresh.Id), nil).Want(t, 204)
}

// TestStatesFromCode: jobs and scripts are held to the same states; a step
// that is signed says by whom.
func TestStatesFromCode(t *testing.T) {
	t.Parallel()
	s := newChecks(t)
	clerk, secretary := apptest.Person(t, s.App, apptest.Clerk).Id, apptest.Person(t, s.App, apptest.Secretary).Id
	r := newCheck(t, s.App, map[string]any{"state": "draft"})
	for _, step := range []struct {
		data map[string]any
		code string
	}{
		{map[string]any{"state": "filed"}, "checks_move"},
		{map[string]any{"state": "handed"}, "org_signer_missing"},
		{map[string]any{"state": "handed", "handed_by": clerk}, ""},
		{map[string]any{"state": "filed", "result": "合格", "checked_by": clerk}, "org_same_person"},
		{map[string]any{"state": "filed", "result": "合格", "checked_by": secretary}, ""},
		{map[string]any{"result": ""}, "checks_filed"},
	} {
		fresh, err := s.App.FindRecordById("checks", r.Id)
		if err != nil {
			t.Fatal(err)
		}
		apptest.Refused(t, step.code, apptest.Save(s.App, fresh, step.data), step.code)
	}
	fresh, err := s.App.FindRecordById("checks", r.Id)
	if err != nil {
		t.Fatal(err)
	}
	fresh.Set("result", "基本合格")
	if err := kit.SaveAsSystem(s.App, t.Context(), fresh); err != nil {
		t.Errorf("the application itself: %v", err)
	}
}

func TestLabel(t *testing.T) {
	t.Parallel()
	for help, want := range map[string]string{"结论：一句话。": "结论", "姓名。": "姓名", "": "x"} {
		if got := org.Label(&core.TextField{Name: "x", Help: help}); got != want {
			t.Errorf("%q: Expected %q, got %q", help, want, got)
		}
	}
	if org.Label(nil) != "" {
		t.Error("Expected no label for no field")
	}
}
