package imports_test

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/apptest"
	"yaodian/hooks/plan"
	"yaodian/hooks/plan/imports"
	"yaodian/hooks/plan/plantest"
)

// everything is what confirming makes.
var everything = []string{plan.Years, plan.Sections, plan.Items, plan.Tasks, plan.Targets, plan.Duties, "documents"}

// Confirming makes all that the forecast promised, in one transaction, and
// each part leads to the sentence that it came from.
func TestConfirmMakesThePlan(t *testing.T) {
	t.Parallel()
	app := plantest.WithImport(t)
	draft := apptest.Only(t, app, imports.Imports)
	promised, err := imports.Forecast(app, draft)
	if err != nil {
		t.Fatal(err)
	}
	made, counts := plantest.Confirm(t, app, draft)
	// talks 2 branches × 4 quarters, visits 12 months, the check and the document
	want := imports.Counts{Sections: 2, Items: 4, Tasks: 4, Documents: 1, Targets: 3, Duties: 2*4 + 12 + 1 + 1}
	if counts != want || promised != want {
		t.Errorf("Expected %+v, got %+v, was promised %+v", want, counts, promised)
	}
	for i, n := range []int{1, want.Sections, want.Items, want.Tasks, want.Targets, want.Duties, want.Documents} {
		if got := apptest.Count(t, app, everything[i]); got != n {
			t.Errorf("Expected %d %s, got %d", n, everything[i], got)
		}
	}
	runes := []rune(made.GetString("text"))
	tasks, err := app.FindAllRecords(plan.Tasks)
	if err != nil {
		t.Fatal(err)
	}
	for _, task := range tasks {
		if got := string(runes[task.GetInt("span_from"):task.GetInt("span_to")]); got != task.GetString("text") {
			t.Errorf("%s leads to %q, not to %q", task.GetString("title"), got, task.GetString("text"))
		}
	}
	closed := apptest.First(t, app, imports.Imports, "id", draft.Id)
	if closed.GetString("state") != "confirmed" || closed.GetString("plan") != made.Id || closed.GetString("confirmed_by") != apptest.Person(t, app, apptest.Secretary).Id {
		t.Errorf("the import says %v", closed.PublicExport())
	}
	if n := apptest.Count(t, app, "notify_messages", dbx.HashExp{"person": apptest.Person(t, app, apptest.Clerk).Id, "kind": "plan"}); n != 1 {
		t.Errorf("the clerk has %d messages", n)
	}
}

// Who confirms is somebody else, with the power, over this organization, today.
func TestWhoMayConfirm(t *testing.T) {
	t.Parallel()
	s := apptest.Serve(t, plantest.WithImport(t))
	draft := apptest.Only(t, s.App, imports.Imports)
	url := "/api/plan/imports/" + draft.Id + "/confirm"
	for who, want := range map[string]int{
		apptest.Guest: 401, apptest.Outsider: 404, apptest.Member: 404, apptest.Neighbour: 404, apptest.Branch: 404, apptest.Inspector: 404, apptest.Clerk: 404,
	} {
		s.Do(t, who, http.MethodPost, url, nil).Want(t, want)
	}
	s.Do(t, apptest.Keeper, http.MethodPost, url, nil).Want(t, 400, "plan_confirm_by")
	// without the route: a script can't lend a person the power
	for _, who := range []string{apptest.Branch, apptest.Outsider, apptest.Inspector} {
		_, _, err := imports.Confirm(s.App, context.Background(), draft.Id, apptest.Person(t, s.App, who).Id)
		apptest.Refused(t, who, err, "plan_no_power")
	}
	s.Do(t, apptest.Deputy, http.MethodPost, url, nil).Want(t, 200, `"tasks":4`)
	s.Do(t, apptest.Secretary, http.MethodPost, url, nil).Want(t, 400, "plan_import_confirmed")
}

// Whoever made or handed in an import doesn't confirm it, not even one that
// was made on the command line, where nobody is signed in.
func TestOnePersonCannotImportAndConfirm(t *testing.T) {
	t.Parallel()
	s := apptest.Serve(t, plantest.WithImport(t))
	draft := apptest.Only(t, s.App, imports.Imports)
	secretary := apptest.Person(t, s.App, apptest.Secretary).Id
	confirmBy := func(id string) apptest.Answer {
		return s.Do(t, apptest.Secretary, http.MethodPost, "/api/plan/imports/"+id+"/confirm", nil)
	}
	patch := func(id, state string) apptest.Answer {
		return s.Do(t, apptest.Secretary, http.MethodPatch, apptest.URL(imports.Imports, id), map[string]any{"state": state})
	}
	// taken back and handed in again by the secretary
	patch(draft.Id, "draft").Want(t, 200, `"submitted_by":""`)
	patch(draft.Id, "submitted").Want(t, 200, `"submitted_by":"`+secretary+`"`)
	confirmBy(draft.Id).Want(t, 400, "plan_same_person")

	nobodys, err := imports.Read(s.App, imports.Input{Org: apptest.Unit(t, s.App, "jd").Id, Text: plantest.Text, Since: "2026-01-01"})
	if err != nil {
		t.Fatal(err)
	}
	o := plantest.Outline(t, apptest.First(t, s.App, imports.Imports, "id", draft.Id))
	if err := apptest.Save(s.App, nobodys, map[string]any{"outline": o}); err != nil {
		t.Fatal(err)
	}
	patch(nobodys.Id, "submitted").Want(t, 200)
	confirmBy(nobodys.Id).Want(t, 400, "plan_same_person")
	s.Do(t, apptest.Secretary, http.MethodPatch, apptest.URL(imports.Imports, nobodys.Id), map[string]any{"submitted_by": ""}).Want(t, 400, "plan_import_fixed")
	s.Do(t, apptest.Keeper, http.MethodPatch, apptest.URL(imports.Imports, nobodys.Id), map[string]any{"submitted_by": ""}).Want(t, 400, "plan_import_fixed")
}

// Two confirm at once: one makes the plan, the other reads a sentence, and
// nothing is there twice.
func TestTwoConfirmAtOnce(t *testing.T) {
	t.Parallel()
	s := apptest.Serve(t, plantest.WithImport(t))
	draft := apptest.Only(t, s.App, imports.Imports)
	url := "/api/plan/imports/" + draft.Id + "/confirm"
	who := []string{apptest.Secretary, apptest.Deputy, apptest.Secretary, apptest.Deputy}
	for _, w := range who {
		s.Token(t, w)
	}
	answers := make([]apptest.Answer, len(who))
	var wait sync.WaitGroup
	for i, w := range who {
		wait.Go(func() { answers[i] = s.Do(t, w, http.MethodPost, url, nil) })
	}
	wait.Wait()
	won := 0
	for _, answer := range answers {
		if answer.Status == http.StatusOK {
			won++
			continue
		}
		answer.Want(t, 400, `"code":"plan_import_confirmed","message":"这份导入已经确认过了，不会重复生成。"`)
	}
	if won != 1 || apptest.Count(t, s.App, plan.Years) != 1 || apptest.Count(t, s.App, plan.Tasks) != 4 || apptest.Count(t, s.App, plan.Duties) != 22 {
		t.Errorf("%d won; %d plans, %d tasks, %d duties", won, apptest.Count(t, s.App, plan.Years), apptest.Count(t, s.App, plan.Tasks), apptest.Count(t, s.App, plan.Duties))
	}
}

// A second import of the same year can be handed in only while there is no
// plan, and is refused when there is one by then.
func TestOnePlanAYear(t *testing.T) {
	t.Parallel()
	s := apptest.Serve(t, plantest.WithImport(t))
	first := apptest.Only(t, s.App, imports.Imports)
	second := plantest.Import(t, s.App, plantest.Text)
	plantest.Decide(t, s.App, second, nil)
	third := plantest.Import(t, s.App, plantest.Text)
	plantest.Confirm(t, s.App, first)

	_, _, err := imports.Confirm(s.App, context.Background(), second.Id, apptest.Person(t, s.App, apptest.Secretary).Id)
	apptest.Refused(t, "confirmed as the second", err, "plan_import_incomplete")
	s.Do(t, apptest.Clerk, http.MethodPost, "/api/plan/imports/"+third.Id+"/check", nil).Want(t, 200, "plan_year_exists", `"counts":null`)
	apptest.Refused(t, "handed in as the third", apptest.Save(s.App, third, map[string]any{"state": "submitted"}), "plan_import_incomplete")
	if n := apptest.Count(t, s.App, plan.Years); n != 1 {
		t.Errorf("%d plans", n)
	}
}

// Whatever fails, and however late, leaves nothing behind.
func TestFailedConfirmLeavesNothing(t *testing.T) {
	t.Parallel()
	failed := errors.New("the disk is full")
	for name, spoil := range map[string]func(t *testing.T, app core.App, draft *core.Record){
		"nobody holds the last task's post any more": func(t *testing.T, app core.App, draft *core.Record) {
			for _, post := range plantest.Posts(t, app, "committee_member") {
				if err := apptest.Save(app, post, map[string]any{"until": apptest.Today}); err != nil {
					t.Fatal(err)
				}
			}
		},
		"the last duty clashes": func(t *testing.T, app core.App, _ *core.Record) {
			last := 0
			app.OnRecordCreateExecute(plan.Duties).BindFunc(func(e *core.RecordEvent) error {
				if last++; last == 22 {
					e.Record.Set("period", "2026-11") // as the one before
				}
				return e.Next()
			})
		},
		"the very last write fails": func(t *testing.T, app core.App, _ *core.Record) {
			app.OnRecordCreate("notify_messages").BindFunc(func(*core.RecordEvent) error { return failed })
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			app := plantest.WithImport(t)
			draft := apptest.Only(t, app, imports.Imports)
			spoil(t, app, draft)
			messages := apptest.Count(t, app, "notify_messages")
			_, _, err := imports.Confirm(app, context.Background(), draft.Id, apptest.Person(t, app, apptest.Secretary).Id)
			if err == nil {
				t.Fatal("Expected an error")
			}
			for _, collection := range everything {
				if n := apptest.Count(t, app, collection); n != 0 {
					t.Errorf("%d %s are left (%v)", n, collection, err)
				}
			}
			if got := apptest.First(t, app, imports.Imports, "id", draft.Id).GetString("state"); got != "submitted" || apptest.Count(t, app, "notify_messages") != messages {
				t.Errorf("the import is %s", got)
			}
		})
	}
}
