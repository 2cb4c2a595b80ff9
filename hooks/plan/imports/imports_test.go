package imports_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/apptest"
	"yaodian/hooks/plan"
	"yaodian/hooks/plan/imports"
	"yaodian/hooks/plan/plantest"
)

// The same text is noticed, whatever its line breaks: as a draft and, with a
// link to the plan, once it was confirmed. Another organization's isn't.
func TestImportedTwice(t *testing.T) {
	t.Parallel()
	app := plantest.WithImport(t)
	again := func(text, unit string) *core.Record {
		draft, err := imports.Read(app, imports.Input{Org: apptest.Unit(t, app, unit).Id, Text: text})
		if err != nil {
			t.Fatal(err)
		}
		return draft
	}
	noticed := func(draft *core.Record) bool {
		return len(warningsOf(plantest.Outline(t, draft), "plan_import_twice")) == 1
	}
	if draft := again(strings.ReplaceAll(plantest.Text, "\n", "\r\n"), "jd"); !noticed(draft) || draft.GetString("duplicate_of") != "" {
		t.Error("the second draft says nothing")
	}
	if draft := again(plantest.Text, "zb1"); noticed(draft) {
		t.Error("another organization's plan is taken for the same")
	}
	if draft := again(plantest.Text+"又加了一句。\n", "jd"); noticed(draft) {
		t.Error("another text is taken for the same")
	}
	first, err := app.FindFirstRecordByData(imports.Imports, "state", "submitted")
	if err != nil {
		t.Fatal(err)
	}
	made, _ := plantest.Confirm(t, app, first)
	given, err := app.FindRecordsByFilter(imports.Imports, "state = 'draft'", "", 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range given {
		if err := apptest.Save(app, r, map[string]any{"state": "discarded"}); err != nil {
			t.Fatal(err)
		}
	}
	if draft := again(plantest.Text, "jd"); !noticed(draft) || draft.GetString("duplicate_of") != made.Id {
		t.Errorf("the plan that there is already isn't named: %q", draft.GetString("duplicate_of"))
	}
}

// A draft is corrected by anybody who edits plans, saved as often as they
// like, and its text and its names stay.
func TestDraftIsCorrected(t *testing.T) {
	t.Parallel()
	s := apptest.Serve(t, plantest.WithDraft(t))
	draft := apptest.Only(t, s.App, imports.Imports)
	url := apptest.URL(imports.Imports, draft.Id)
	patch := func(body map[string]any) apptest.Answer { return s.Do(t, apptest.Clerk, http.MethodPatch, url, body) }

	o := plantest.Outline(t, draft)
	one := &o.Sections[0].Items[0] // split in two, the rest merged into one item
	one.Obligations = append(one.Obligations, one.Obligations[0])
	o.Sections[1].Items[0].Obligations = append(o.Sections[1].Items[0].Obligations, o.Sections[1].Items[1].Obligations...)
	o.Sections[1].Items = o.Sections[1].Items[:1]
	patch(map[string]any{"outline": o}).Want(t, 200)
	patch(map[string]any{"state": "submitted"}).Want(t, 400, "plan_import_incomplete", "还有 ", "第 1 条")
	if stored := plantest.Outline(t, apptest.Only(t, s.App, imports.Imports)); len(stored.Sections[0].Items[0].Obligations) != 2 || len(stored.Sections[1].Items) != 1 {
		t.Errorf("the correction is lost: %+v", stored)
	}

	o.Sections[0].Span.To = 1 << 20
	patch(map[string]any{"outline": o}).Want(t, 400, "plan_outline_span")
	patch(map[string]any{"outline": "[]"}).Want(t, 400, "plan_outline_broken")
	patch(map[string]any{"year": 1999}).Want(t, 400, "plan_year_out_of_range")
	patch(map[string]any{"since": "2026-02-30"}).Want(t, 400, "plan_date_unreal")
	patch(map[string]any{"state": "confirmed"}).Want(t, 400, "plan_import_move")
	for _, field := range []string{"text", "created_by", "confirmed_by", "plan"} {
		patch(map[string]any{field: "x"}).Want(t, 404)
	}
	for _, field := range []string{"text", "text_hash", "created_by", "confirmed_by", "plan", "duplicate_of"} {
		s.Do(t, apptest.Keeper, http.MethodPatch, url, map[string]any{field: "x"}).Want(t, 400)
	}
}

// What was handed in doesn't change under the eyes of the one who confirms it:
// not directly, and not in the request that takes it back.
func TestHandedInIsLocked(t *testing.T) {
	t.Parallel()
	s := apptest.Serve(t, plantest.WithImport(t))
	draft := apptest.Only(t, s.App, imports.Imports)
	url := apptest.URL(imports.Imports, draft.Id)
	o := plantest.Outline(t, draft)
	o.Title = "换个标题"
	for _, change := range []map[string]any{{"outline": o}, {"year": 2027}, {"since": "2026-05-01"}, {"state": "draft", "outline": o}} {
		s.Do(t, apptest.Clerk, http.MethodPatch, url, change).Want(t, 400, "plan_import_locked")
		s.Do(t, apptest.Keeper, http.MethodPatch, url, change).Want(t, 400, "plan_import_locked")
	}
	s.Do(t, apptest.Deputy, http.MethodPatch, url, map[string]any{"state": "draft", "outline": o}).Want(t, 400, "plan_import_locked")
	stale := apptest.Only(t, s.App, imports.Imports)
	plantest.Confirm(t, s.App, draft)
	apptest.Refused(t, "taken back too late", apptest.Save(s.App, stale, map[string]any{"state": "draft"}), "plan_import_fixed")
	apptest.Refused(t, "deleted too late", s.App.Delete(stale), "plan_permanent")
	s.Do(t, apptest.Keeper, http.MethodDelete, url, nil).Want(t, 403, "plan_permanent")
}

// A new import says nothing about itself but where it came from: the keeper
// can't write one that looks confirmed.
func TestNewImportIsADraft(t *testing.T) {
	t.Parallel()
	s := apptest.Serve(t, plantest.WithPlan(t))
	s.Do(t, apptest.Keeper, http.MethodPost, apptest.URL(imports.Imports), apptest.Named(t, s.App, map[string]any{
		"org": "@zb1", "text": plantest.Item("每月学习1次。"), "state": "confirmed", "confirmed_by": "#secretary", "submitted_by": "#clerk",
		"plan": apptest.Only(t, s.App, plan.Years).Id, "duplicate_of": apptest.Only(t, s.App, plan.Years).Id, "text_hash": "x",
	})).Want(t, 200, `"state":"draft"`, `"confirmed_by":""`, `"submitted_by":""`, `"plan":""`, `"duplicate_of":""`)
}

// Work is given to nobody outside of the organization that made the plan, in
// an import as in a task.
func TestWorkStaysInTheTree(t *testing.T) {
	t.Parallel()
	app := plantest.WithDraft(t)
	draft := apptest.Only(t, app, imports.Imports)
	for name, assign := range map[string]plan.Assign{
		"another committee":          {To: plan.ToOrg, Org: apptest.Unit(t, app, "wzb").Id},
		"a person of another":        {To: plan.ToPerson, Person: apptest.Person(t, app, apptest.Outsider).Id},
		"the members of another":     {To: plan.ToEachMember, Org: apptest.Unit(t, app, "wd").Id},
		"the branches of another":    {To: plan.ToEachUnit, Org: apptest.Unit(t, app, "wd").Id, Kind: "branch"},
		"the secretary of another":   {To: plan.ToHolder, Org: apptest.Unit(t, app, "wzb").Id, Role: apptest.Role(t, app, "branch_secretary").Id},
		"an organization that isn't": {To: plan.ToOrg, Org: "nosuchunit00000"},
		"a kind that nobody is":      {To: plan.ToEachUnit, Kind: "union"},
		"no kind":                    {To: plan.ToEachUnit},
		"no role":                    {To: plan.ToEachHolder},
		"a role that nobody holds":   {To: plan.ToEachHolder, Role: apptest.Role(t, app, "cashier").Id},
		"someone who isn't":          {To: plan.ToPerson, Person: "nosuchperson000"},
		"in no way":                  {To: "anybody"},
	} {
		o := plantest.Outline(t, draft)
		for _, ob := range plantest.Obligations(&o) {
			ob.Settled, ob.Assign = true, &assign
		}
		if err := apptest.Save(app, draft, map[string]any{"outline": o}); err != nil {
			t.Fatal(err)
		}
		err := apptest.Save(app, draft, map[string]any{"state": "submitted"})
		apptest.Refused(t, name, err, "plan_import_incomplete")
		draft = apptest.Only(t, app, imports.Imports)
	}
	for name, assign := range map[string]plan.Assign{
		"a person": {To: plan.ToPerson, Person: apptest.Person(t, app, apptest.Member).Id}, "every member": {To: plan.ToEachMember},
		"every branch": {To: plan.ToEachUnit, Kind: "branch"}, "the head": {To: plan.ToHolder, Org: apptest.Unit(t, app, "zb1").Id, Role: apptest.Role(t, app, "branch_secretary").Id},
	} {
		app := plantest.WithDraft(t)
		draft := apptest.Only(t, app, imports.Imports)
		plantest.Decide(t, app, draft, func(o *imports.Outline) {
			for _, ob := range plantest.Obligations(o) {
				ob.Assign = &assign
			}
		})
		if _, _, err := imports.Confirm(app, context.Background(), draft.Id, apptest.Person(t, app, apptest.Secretary).Id); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
