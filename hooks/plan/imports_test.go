package plan_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/apptest"
	"yaodian/hooks/plan"
	"yaodian/hooks/plan/parse"
)

// item is a plan with one item, to see what becomes of a sentence.
func item(sentence string) string {
	return "2026年清河街道党工委工作要点\n一、思想建设\n1.抓实工作。" + sentence + "\n"
}

func warningsOf(o plan.Outline, code string) (found []parse.Warning) {
	for _, w := range o.Warnings {
		if w.Code == code {
			found = append(found, w)
		}
	}
	return found
}

// TestR_IMP_01_Placeholders: what the text leaves open is kept as it stands and
// listed, each with its place.
func TestR_IMP_01_Placeholders(t *testing.T) {
	t.Parallel()
	draft := imported(t, apptest.New(t), item("学习贯彻省委xx届x次全会精神，全年集中学习x次。"))
	o := outlineOf(t, draft)
	runes := []rune(draft.GetString("text"))
	found := warningsOf(o, "plan_placeholder")
	if len(found) == 0 || !slices.ContainsFunc(obligations(&o), func(ob *plan.Obligation) bool { return len(ob.Placeholders) > 0 }) {
		t.Fatalf("no placeholder is listed: %+v", o)
	}
	for _, w := range found {
		if got := string(runes[w.Span.From:w.Span.To]); got != w.Text || !strings.Contains(got, "x") {
			t.Errorf("%q leads to %q", w.Text, got)
		}
	}
	if !strings.Contains(draft.GetString("text"), "省委xx届x次全会") {
		t.Error("the text was changed")
	}
}

// TestR_IMP_02_Years: a year that isn't the plan's is doubted, one of a past case isn't.
func TestR_IMP_02_Years(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	o := outlineOf(t, imported(t, app, item("签订《2020年党风廉政建设目标责任书》。")))
	if found := warningsOf(o, "plan_year_mismatch"); len(found) != 1 || !strings.Contains(found[0].Text, "2020") {
		t.Errorf("got %+v", o.Warnings)
	}
	o = outlineOf(t, imported(t, app, item("通报2020年以来查处的典型案例。")))
	if found := warningsOf(o, "plan_year_mismatch"); len(found) != 0 {
		t.Errorf("a past case is doubted: %+v", found)
	}
}

// TestR_IMP_03_Names: an organization is found by whichever of its names the text
// uses, and the text's own word is kept.
func TestR_IMP_03_Names(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	for owner, want := range map[string]string{
		"清河街道党工委": "jd", "清河街道党委": "jd", "党建办": "djb", "党建办公室": "djb", "东风社区党支部": "zb1", "无此单位": "",
	} {
		o := outlineOf(t, imported(t, app, item("开展检查，责任单位："+owner+"。")))
		if len(obligations(&o)) == 0 {
			t.Fatalf("%s: nothing was read", owner)
		}
		for _, ob := range obligations(&o) {
			switch {
			case want == "" && ob.Assign != nil:
				t.Errorf("%s: suggested %+v", owner, ob.Assign)
			case want != "" && (ob.Assign == nil || ob.Assign.Org != apptest.Unit(t, app, want).Id || !ob.Assign.Suggested):
				t.Errorf("%s: Expected %s to be suggested, got %+v", owner, want, ob.Assign)
			case !slices.Contains(ob.Owners, owner):
				t.Errorf("%s: the word of the text is lost: %q", owner, ob.Owners)
			}
		}
	}
}

// TestR_IMP_03_EveryOne: “各…” is everybody of a kind, as a suggestion.
func TestR_IMP_03_EveryOne(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	for words, want := range map[string]plan.Assign{
		"各社区党支部每季度讲党课1次。":  {To: plan.ToEachUnit, Kind: "branch"},
		"各离退休党支部每季度走访1次。":  {To: plan.ToEachUnit, Kind: "retired"},
		"各科室每月报送工作进展1次。":   {To: plan.ToEachUnit, Kind: "office"},
		"党工委委员每季度到联系点1次。":  {To: plan.ToEachHolder, Role: apptest.Role(t, app, "committee_member").Id},
		"支部书记每年述职1次，6月底前。": {To: plan.ToEachHolder, Role: apptest.Role(t, app, "branch_secretary").Id},
	} {
		o := outlineOf(t, imported(t, app, item(words)))
		want.Suggested = true
		if got := obligations(&o)[0].Assign; got == nil || *got != want {
			t.Errorf("%s: Expected %+v, got %+v", words, want, got)
		}
	}
}

// TestR_IMP_04_Names: a name that isn't the standard one is pointed out with it.
func TestR_IMP_04_Names(t *testing.T) {
	t.Parallel()
	o := outlineOf(t, imported(t, apptest.New(t), item("严守政治纪律、廉政纪律。")))
	if found := warningsOf(o, "plan_nonstandard_name"); len(found) != 1 || found[0].Text != "廉政纪律" || !strings.Contains(found[0].Message, "廉洁纪律") {
		t.Errorf("got %+v", o.Warnings)
	}
}

// TestR_IMP_05_Vague: 定期, 适时 and 持续 make no duty before a person has settled
// how often; what says how often does at once.
func TestR_IMP_05_Vague(t *testing.T) {
	t.Parallel()
	for words, rrule := range map[string]string{
		"定期开展谈心谈话。": "", "适时开展专项检查。": "", "持续开展志愿服务活动。": "",
		"每季度开展谈心谈话1次。": "FREQ=MONTHLY;INTERVAL=3", "每半年开展专项检查1次。": "FREQ=MONTHLY;INTERVAL=6", "每月开展志愿服务1次。": "FREQ=MONTHLY",
	} {
		app := apptest.New(t)
		draft := imported(t, app, item(words))
		o := outlineOf(t, draft)
		for _, ob := range obligations(&o) {
			ob.Assign = &plan.Assign{To: plan.ToOrg, Org: apptest.Unit(t, app, "djb").Id}
			if ob.RRule() != rrule || ob.NeedsConfirmation != (rrule == "") {
				t.Errorf("%s: read as %q, to confirm: %v", words, ob.RRule(), ob.NeedsConfirmation)
			}
		}
		want := ""
		if rrule == "" {
			want = "plan_import_incomplete"
		}
		if err := apptest.Save(app, draft, map[string]any{"outline": o}); err != nil {
			t.Fatal(err)
		}
		apptest.Refused(t, words, apptest.Save(app, draft, map[string]any{"state": "submitted"}), want)
		if want == "" {
			continue
		}
		draft = apptest.First(t, app, plan.Imports, "id", draft.Id)
		for _, ob := range obligations(&o) {
			ob.Settled = true
		}
		if err := apptest.Save(app, draft, map[string]any{"outline": o}); err != nil {
			t.Fatal(err)
		}
		apptest.Refused(t, words+" settled", apptest.Save(app, draft, map[string]any{"state": "submitted"}), "")
	}
}

// TestR_IMP_06_Targets: amounts become targets with their bounds and unit.
func TestR_IMP_06_Targets(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]string{
		"发展党员2-4名，6月底前完成。": "2 4 名", "组织生活参加率达到80%以上，每月统计1次。": "80 - %", "全年开展专项检查6次。": "6 6 次",
	} {
		app := apptest.New(t)
		draft := imported(t, app, item(words))
		decide(t, app, draft, nil)
		confirm(t, app, draft)
		var got []string
		targets, err := app.FindAllRecords(plan.Targets)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range targets {
			bound := func(name string) string {
				if !r.GetBool("has_" + name) {
					return "-"
				}
				return r.GetString(name)
			}
			got = append(got, bound("min")+" "+bound("max")+" "+r.GetString("unit"))
		}
		if !slices.Contains(got, want) {
			t.Errorf("%s: Expected %q, got %q", words, want, got)
		}
	}
}

// TestR_IMP_07_Documents: what is to be drafted, revised or signed is a task with
// a document in the ledger; what is only cited or studied is none.
func TestR_IMP_07_Documents(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	draft := imported(t, app, item("修订《议事规则》，3月底前制定《学习计划》，学习《支部工作条例》。"))
	decide(t, app, draft, nil)
	confirm(t, app, draft)
	documents, err := app.FindAllRecords("documents")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range documents {
		task := apptest.First(t, app, plan.Tasks, "document", d.Id)
		got = append(got, d.GetString("action")+" "+d.GetString("title")+" "+d.GetString("state")+" "+task.GetString("title"))
	}
	slices.Sort(got)
	if want := []string{"draft 学习计划 planned 制定《学习计划》", "revise 议事规则 planned 修订《议事规则》"}; !slices.Equal(got, want) {
		t.Errorf("Expected %q, got %q", want, got)
	}
}

// The same text is noticed, whatever its line breaks: as a draft and, with a
// link to the plan, once it was confirmed. Another organization's isn't.
func TestImportedTwice(t *testing.T) {
	t.Parallel()
	app := withImport(t)
	again := func(text, unit string) *core.Record {
		draft, err := plan.ImportText(app, plan.ImportInput{Org: apptest.Unit(t, app, unit).Id, Text: text})
		if err != nil {
			t.Fatal(err)
		}
		return draft
	}
	noticed := func(draft *core.Record) bool { return len(warningsOf(outlineOf(t, draft), "plan_import_twice")) == 1 }
	if draft := again(strings.ReplaceAll(text, "\n", "\r\n"), "jd"); !noticed(draft) || draft.GetString("duplicate_of") != "" {
		t.Error("the second draft says nothing")
	}
	if draft := again(text, "zb1"); noticed(draft) {
		t.Error("another organization's plan is taken for the same")
	}
	if draft := again(text+"又加了一句。\n", "jd"); noticed(draft) {
		t.Error("another text is taken for the same")
	}
	first, err := app.FindFirstRecordByData(plan.Imports, "state", "submitted")
	if err != nil {
		t.Fatal(err)
	}
	made, _ := confirm(t, app, first)
	given, err := app.FindRecordsByFilter(plan.Imports, "state = 'draft'", "", 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range given {
		if err := apptest.Save(app, r, map[string]any{"state": "discarded"}); err != nil {
			t.Fatal(err)
		}
	}
	if draft := again(text, "jd"); !noticed(draft) || draft.GetString("duplicate_of") != made.Id {
		t.Errorf("the plan that there is already isn't named: %q", draft.GetString("duplicate_of"))
	}
}

// A draft is corrected by anybody who edits plans, saved as often as they
// like, and its text and its names stay.
func TestDraftIsCorrected(t *testing.T) {
	t.Parallel()
	s := apptest.Serve(t, withDraft(t))
	draft := only(t, s.App, plan.Imports)
	url := apptest.URL(plan.Imports, draft.Id)
	patch := func(body map[string]any) apptest.Answer { return s.Do(t, apptest.Clerk, http.MethodPatch, url, body) }

	o := outlineOf(t, draft)
	one := &o.Sections[0].Items[0] // split in two, the rest merged into one item
	one.Obligations = append(one.Obligations, one.Obligations[0])
	o.Sections[1].Items[0].Obligations = append(o.Sections[1].Items[0].Obligations, o.Sections[1].Items[1].Obligations...)
	o.Sections[1].Items = o.Sections[1].Items[:1]
	patch(map[string]any{"outline": o}).Want(t, 200)
	patch(map[string]any{"state": "submitted"}).Want(t, 400, "plan_import_incomplete", "还有 ", "第 1 条")
	if stored := outlineOf(t, only(t, s.App, plan.Imports)); len(stored.Sections[0].Items[0].Obligations) != 2 || len(stored.Sections[1].Items) != 1 {
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
	s := apptest.Serve(t, withImport(t))
	draft := only(t, s.App, plan.Imports)
	url := apptest.URL(plan.Imports, draft.Id)
	o := outlineOf(t, draft)
	o.Title = "换个标题"
	for _, change := range []map[string]any{{"outline": o}, {"year": 2027}, {"since": "2026-05-01"}, {"state": "draft", "outline": o}} {
		s.Do(t, apptest.Clerk, http.MethodPatch, url, change).Want(t, 400, "plan_import_locked")
		s.Do(t, apptest.Keeper, http.MethodPatch, url, change).Want(t, 400, "plan_import_locked")
	}
	s.Do(t, apptest.Deputy, http.MethodPatch, url, map[string]any{"state": "draft", "outline": o}).Want(t, 400, "plan_import_locked")
	stale := only(t, s.App, plan.Imports)
	confirm(t, s.App, draft)
	apptest.Refused(t, "taken back too late", apptest.Save(s.App, stale, map[string]any{"state": "draft"}), "plan_import_fixed")
	apptest.Refused(t, "deleted too late", s.App.Delete(stale), "plan_permanent")
	s.Do(t, apptest.Keeper, http.MethodDelete, url, nil).Want(t, 403, "plan_permanent")
}

// A new import says nothing about itself but where it came from: the keeper
// can't write one that looks confirmed.
func TestNewImportIsADraft(t *testing.T) {
	t.Parallel()
	s := apptest.Serve(t, withPlan(t))
	s.Do(t, apptest.Keeper, http.MethodPost, apptest.URL(plan.Imports), apptest.Named(t, s.App, map[string]any{
		"org": "@zb1", "text": item("每月学习1次。"), "state": "confirmed", "confirmed_by": "#secretary", "submitted_by": "#clerk",
		"plan": only(t, s.App, plan.Years).Id, "duplicate_of": only(t, s.App, plan.Years).Id, "text_hash": "x",
	})).Want(t, 200, `"state":"draft"`, `"confirmed_by":""`, `"submitted_by":""`, `"plan":""`, `"duplicate_of":""`)
}

// Work is given to nobody outside of the organization that made the plan, in
// an import as in a task.
func TestWorkStaysInTheTree(t *testing.T) {
	t.Parallel()
	app := withDraft(t)
	draft := only(t, app, plan.Imports)
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
		o := outlineOf(t, draft)
		for _, ob := range obligations(&o) {
			ob.Settled, ob.Assign = true, &assign
		}
		if err := apptest.Save(app, draft, map[string]any{"outline": o}); err != nil {
			t.Fatal(err)
		}
		err := apptest.Save(app, draft, map[string]any{"state": "submitted"})
		apptest.Refused(t, name, err, "plan_import_incomplete")
		draft = only(t, app, plan.Imports)
	}
	for name, assign := range map[string]plan.Assign{
		"a person": {To: plan.ToPerson, Person: apptest.Person(t, app, apptest.Member).Id}, "every member": {To: plan.ToEachMember},
		"every branch": {To: plan.ToEachUnit, Kind: "branch"}, "the head": {To: plan.ToHolder, Org: apptest.Unit(t, app, "zb1").Id, Role: apptest.Role(t, app, "branch_secretary").Id},
	} {
		app := withDraft(t)
		draft := only(t, app, plan.Imports)
		decide(t, app, draft, func(o *plan.Outline) {
			for _, ob := range obligations(o) {
				ob.Assign = &assign
			}
		})
		if _, _, err := plan.Confirm(app, context.Background(), draft.Id, apptest.Person(t, app, apptest.Secretary).Id); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
