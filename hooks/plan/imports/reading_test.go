package imports_test

import (
	"slices"
	"strings"
	"testing"

	"yaodian/hooks/apptest"
	"yaodian/hooks/plan"
	"yaodian/hooks/plan/imports"
	"yaodian/hooks/plan/parse"
	"yaodian/hooks/plan/plantest"
)

func warningsOf(o imports.Outline, code string) (found []parse.Warning) {
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
	draft := plantest.Import(t, apptest.New(t), plantest.Item("学习贯彻省委xx届x次全会精神，全年集中学习x次。"))
	o := plantest.Outline(t, draft)
	runes := []rune(draft.GetString("text"))
	found := warningsOf(o, "plan_placeholder")
	if len(found) == 0 || !slices.ContainsFunc(plantest.Obligations(&o), func(ob *imports.Obligation) bool { return len(ob.Placeholders) > 0 }) {
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
	o := plantest.Outline(t, plantest.Import(t, app, plantest.Item("签订《2020年党风廉政建设目标责任书》。")))
	if found := warningsOf(o, "plan_year_mismatch"); len(found) != 1 || !strings.Contains(found[0].Text, "2020") {
		t.Errorf("got %+v", o.Warnings)
	}
	o = plantest.Outline(t, plantest.Import(t, app, plantest.Item("通报2020年以来查处的典型案例。")))
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
		o := plantest.Outline(t, plantest.Import(t, app, plantest.Item("开展检查，责任单位："+owner+"。")))
		if len(plantest.Obligations(&o)) == 0 {
			t.Fatalf("%s: nothing was read", owner)
		}
		for _, ob := range plantest.Obligations(&o) {
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
		o := plantest.Outline(t, plantest.Import(t, app, plantest.Item(words)))
		want.Suggested = true
		if got := plantest.Obligations(&o)[0].Assign; got == nil || *got != want {
			t.Errorf("%s: Expected %+v, got %+v", words, want, got)
		}
	}
}

// TestR_IMP_04_Names: a name that isn't the standard one is pointed out with it.
func TestR_IMP_04_Names(t *testing.T) {
	t.Parallel()
	o := plantest.Outline(t, plantest.Import(t, apptest.New(t), plantest.Item("严守政治纪律、廉政纪律。")))
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
		draft := plantest.Import(t, app, plantest.Item(words))
		o := plantest.Outline(t, draft)
		for _, ob := range plantest.Obligations(&o) {
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
		draft = apptest.First(t, app, imports.Imports, "id", draft.Id)
		for _, ob := range plantest.Obligations(&o) {
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
		draft := plantest.Import(t, app, plantest.Item(words))
		plantest.Decide(t, app, draft, nil)
		plantest.Confirm(t, app, draft)
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
	draft := plantest.Import(t, app, plantest.Item("修订《议事规则》，3月底前制定《学习计划》，学习《支部工作条例》。"))
	plantest.Decide(t, app, draft, nil)
	plantest.Confirm(t, app, draft)
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
