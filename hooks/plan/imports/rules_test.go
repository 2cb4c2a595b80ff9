package imports_test

import (
	"slices"
	"strings"
	"testing"

	"yaodian/hooks/apptest"
	"yaodian/hooks/plan"
	"yaodian/hooks/plan/imports"
	"yaodian/hooks/plan/parse"
)

func TestCheckConfirm(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, state, clerk, submitter, by, want string }{
		{"somebody else", "submitted", "a", "b", "c", ""},
		{"made on the command line", "submitted", "", "", "c", ""},
		{"the clerk", "submitted", "a", "b", "a", "plan_same_person"},
		{"who handed it in", "submitted", "a", "b", "b", "plan_same_person"},
		{"nobody", "submitted", "", "", "", "plan_confirm_by"},
		{"a draft", "draft", "a", "", "c", "plan_import_not_submitted"},
		{"given up", "discarded", "a", "", "c", "plan_import_not_submitted"},
		{"again", "confirmed", "a", "b", "c", "plan_import_confirmed"},
	} {
		apptest.Refused(t, c.name, imports.CheckConfirm(c.state, c.clerk, c.submitter, c.by), c.want)
	}
}

func TestSmallRules(t *testing.T) {
	t.Parallel()
	const year = "plan_year_out_of_range"
	for _, c := range []struct {
		name string
		err  error
		want string
	}{
		{"this year", imports.CheckYear(2026), ""},
		{"two digits", imports.CheckYear(26), year},
		{"next century", imports.CheckYear(2100), year},
		{"a text", imports.CheckText("要点"), ""},
		{"no text", imports.CheckText(" \n　"), "plan_file_empty"},
		{"a library", imports.CheckText(strings.Repeat("字", 1_000_001)), "plan_text_long"},
	} {
		apptest.Refused(t, c.name, c.err, c.want)
	}
}

// Each document that a sentence promises to make is a task; so is what else it
// promises, what recurs and what is measured. Citing a document is none.
func TestWorks(t *testing.T) {
	t.Parallel()
	document := func(action, title string) parse.Document { return parse.Document{Action: action, Title: title} }
	quarterly, no := "FREQ=MONTHLY;INTERVAL=3", false
	base := parse.Obligation{Kind: "document", Text: "修订制度，每季度学习。"}
	with := func(change func(*imports.Obligation)) imports.Obligation {
		o := imports.Obligation{Obligation: base}
		change(&o)
		return o
	}
	for name, c := range map[string]struct {
		o    imports.Obligation
		want []string
	}{
		"two documents": {with(func(o *imports.Obligation) {
			o.Documents = []parse.Document{document("draft", "办法"), document("revise", "制度")}
		}), []string{"document 制定《办法》", "document 修订《制度》"}},
		"signed": {with(func(o *imports.Obligation) {
			o.Kind, o.Documents = "sign", []parse.Document{document("sign", "责任书")}
		}), []string{"sign 签订《责任书》"}},
		"cited": {with(func(o *imports.Obligation) {
			o.Kind, o.Documents = "study", []parse.Document{document("cite", "条例"), document("study", "准则")}
		}), []string{"study 修订制度，每季度学习"}},
		"a document and what recurs": {with(func(o *imports.Obligation) {
			o.Documents, o.Frequency = []parse.Document{document("revise", "制度")}, &parse.Frequency{RRule: &quarterly}
		}), []string{"document 修订《制度》", "document 修订制度，每季度学习 " + quarterly}},
		"a document and what is measured": {with(func(o *imports.Obligation) {
			o.Documents, o.Targets = []parse.Document{document("revise", "制度")}, []parse.Target{{Text: "6个"}}
		}), []string{"document 修订《制度》", "document 修订制度，每季度学习"}},
		"a document and a meeting": {with(func(o *imports.Obligation) {
			o.Kind, o.Documents = "meeting", []parse.Document{document("revise", "制度")}
		}), []string{"document 修订《制度》", "meeting 修订制度，每季度学习"}},
		"named":    {with(func(o *imports.Obligation) { o.Name = " 修订议事规则 " }), []string{"document 修订议事规则"}},
		"not kept": {with(func(o *imports.Obligation) { o.Keep = &no }), nil},
	} {
		var got []string
		for _, w := range c.o.Works() {
			got = append(got, strings.TrimSpace(w.Kind+" "+w.Title+" "+w.RRule))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: Expected %q, got %q", name, c.want, got)
		}
	}
}

// What keeps a kept obligation from being confirmed, each alone.
func TestCheckOutline(t *testing.T) {
	t.Parallel()
	text := func(s string) *string { return &s }
	for _, c := range []struct {
		name   string
		change func(*imports.Obligation)
		want   string
	}{
		{"nothing", func(*imports.Obligation) {}, ""},
		{"no name", func(o *imports.Obligation) { o.Text = " ，。" }, "plan_untitled"},
		{"a long name", func(o *imports.Obligation) { o.Name = strings.Repeat("名", 201) }, "plan_title_long"},
		{"another kind", func(o *imports.Obligation) { o.Kind = "party" }, "plan_kind_unknown"},
		{"nobody", func(o *imports.Obligation) { o.Assign = nil }, "plan_unassigned"},
		{"nobody yet", func(o *imports.Obligation) { o.Assign = &plan.Assign{} }, "plan_unassigned"},
		{"vague", func(o *imports.Obligation) { o.NeedsConfirmation = true }, "plan_unsettled"},
		{"vague and settled", func(o *imports.Obligation) { o.NeedsConfirmation, o.Settled = true, true }, ""},
		{"no such day", func(o *imports.Obligation) { o.Due = &parse.Due{To: text("2026-02-29")} }, "plan_date_unreal"},
		{"another year", func(o *imports.Obligation) { o.Due = &parse.Due{To: text("2027-01-31")} }, "plan_due_outside"},
		{"reversed", func(o *imports.Obligation) { o.Due = &parse.Due{From: text("2026-06-02"), To: text("2026-06-01")} }, "plan_dates_reversed"},
		{"a rule that can't be read", func(o *imports.Obligation) { o.Frequency = &parse.Frequency{RRule: text("每季度")} }, "plan_rrule_invalid"},
		{"a rule that never comes", func(o *imports.Obligation) {
			o.Frequency = &parse.Frequency{RRule: text("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=1")}
			o.Due = &parse.Due{From: text("2026-03-01")}
		}, "plan_rrule_empty"},
		{"before it could begin", func(o *imports.Obligation) { o.Lead = -1 }, "plan_lead_negative"},
		{"shifted sideways", func(o *imports.Obligation) { o.Shift = "aside" }, "plan_shift_unknown"},
	} {
		o := imports.Obligation{Obligation: parse.Obligation{Kind: "study", Text: "组织学习。"}, Assign: &plan.Assign{To: plan.ToOrg}}
		c.change(&o)
		outline := imports.Outline{Sections: []imports.Section{{Items: []imports.Item{{Obligations: []imports.Obligation{o}}}}}}
		var got []string
		for _, p := range imports.CheckOutline(outline, 2026) {
			got = append(got, p.Code)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: Expected %q, got %q", c.name, c.want, got)
		}
		o.Keep = new(bool)
		outline.Sections[0].Items[0].Obligations[0] = o
		if got := imports.CheckOutline(outline, 2026); len(got) != 0 {
			t.Errorf("%s, but not kept: got %v", c.name, got)
		}
	}
	if got := imports.CheckOutline(imports.Outline{}, 2026); len(got) != 1 || got[0].Code != "plan_no_items" {
		t.Errorf("nothing at all: got %v", got)
	}
}

func TestR_IMP_03_OneName(t *testing.T) {
	t.Parallel()
	for _, same := range [][]string{
		{"党工委", "党委"}, {"清河街道党工委", "中共清河街道党工委", "清河街道办事处党委", "清河街道党委"}, {"党政办", "党政办公室"}, {"街道", "街道办", "街道办事处"}, {"街道办公室"},
	} {
		for _, name := range same {
			if imports.OneName(name) != imports.OneName(same[0]) {
				t.Errorf("%s is %s, %s is %s", name, imports.OneName(name), same[0], imports.OneName(same[0]))
			}
		}
	}
	if imports.OneName("纪委") != "纪委" || imports.OneName("党政办") == imports.OneName("党建办") {
		t.Error("different names became one")
	}
}
