package subjects_test

import (
	"slices"
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/approvals"
	"yaodian/hooks/approvals/asktest"
	"yaodian/hooks/approvals/subjects"
	"yaodian/hooks/apptest"
)

// A field of the record is said by its label and its words, what is in words is
// said as it is, and what is neither is for flows alone. What is about no record
// is its applicant's own, whatever it is called.
func TestFactsOf(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	branch, member := apptest.Unit(t, app, "zb1").Id, asktest.ID(t, app, apptest.Member)
	for name, c := range map[string]struct {
		about string
		shot  any
		want  []subjects.Fact
	}{
		"an option":         {"dues_waivers", map[string]any{"reason": "illness"}, []subjects.Fact{{"原因", "重病"}}},
		"an unknown option": {"dues_waivers", map[string]any{"reason": "flood"}, []subjects.Fact{{"原因", "flood"}}},
		"money":             {"dues_waivers", map[string]any{"amount": 12_34}, []subjects.Fact{{"减免后月交额", "12.34 元"}}},
		"no money":          {"dues_waivers", map[string]any{"amount": 0}, []subjects.Fact{{"减免后月交额", "0.00 元"}}},
		"a day":             {"dues_expenses", map[string]any{"resolved_on": "2026-06-01"}, []subjects.Fact{{"集体决定的日期", "2026年6月1日"}}},
		"a moment":          {"declarations_reports", map[string]any{"oral_at": "2026-06-01 02:03:00.000Z"}, []subjects.Fact{{"口头先报时间", "2026年6月1日 10:03"}}},
		"somebody":          {"dues_expenses", map[string]any{"approved_by": asktest.ID(t, app, apptest.Branch)}, []subjects.Fact{{"批准人", "赵支书"}}},
		"the applicant":     {"dues_waivers", map[string]any{"person": member}, nil},
		"hidden":            {"dues_waivers", map[string]any{"detail": "肺癌"}, nil},
		"where it belongs":  {"dues_waivers", map[string]any{"org": branch, "org_path": "/jd/", "id": "x"}, nil},
		"for flows alone":   {"dues_waivers", map[string]any{"approval_level": "branch"}, nil},
		"in words":          {"dues_waivers", map[string]any{"份数": 3, "说明": "补材料", "附件": []any{"甲", true}}, []subjects.Fact{{"份数", "3"}, {"说明", "补材料"}, {"附件", "甲、是"}}},
		"nothing":           {"dues_waivers", map[string]any{"document": "", "说明": "", "空": nil}, nil},
		"about no record":   {"", map[string]any{"books": 12, "place": "社区书屋"}, []subjects.Fact{{"books", "12"}, {"place", "社区书屋"}}},
		"a lost collection": {"papers", map[string]any{"books": 12}, []subjects.Fact{{"books", "12"}}},
		"no object":         {"", "随便", nil},
		"no snapshot":       {"", nil, nil},
	} {
		requests, err := app.FindCollectionByNameOrId(approvals.Requests)
		if err != nil {
			t.Fatal(err)
		}
		r := core.NewRecord(requests)
		r.Load(map[string]any{"subject_collection": c.about, "snapshot": c.shot, "applicant": member, "org": branch})
		got, err := subjects.FactsOf(app, approvals.RequestOf(r))
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s: Expected %q, got %q, %v", name, c.want, got, err)
		}
	}
}
