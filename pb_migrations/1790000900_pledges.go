package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
	"github.com/pocketbase/pocketbase/tools/types"
)

// Pledges of responsibility, what each promises and the reports on it. Officers
// with "pledges" in reach read, "pledges.edit" writes; who has signed reads
// their own and writes its reports.
func init() {
	m.Register(func(app core.App) error {
		for _, make := range []func(core.App) error{pledges, pledgesItems, pledgesReports} {
			if err := make(app); err != nil {
				return err
			}
		}
		return nil
	}, func(app core.App) error {
		return drop(app, "pledges", "pledges_items", "pledges_reports")
	})
}

func pledges(app core.App) error {
	c := core.NewBaseCollection("pledges")
	c.Fields.Add(
		&core.TextField{Name: "title", Required: true, Max: 200, Presentable: true, Help: "名称：例如“2026年党建工作责任状（东风社区党支部）”。"},
		choice("kind", "类别：a 党建责任状（党工委与支部委员会），b “一岗双责”目标责任书（党工委与班子成员），c 目标责任书（党工委与支部书记）。", "a", "b", "c"),
		&core.NumberField{Name: "year", Required: true, OnlyInt: true, Min: types.Pointer(2000.0), Max: types.Pointer(2099.0), Help: "年度：与工作要点的年度相同。"},
		requiredRelation(app, "plan", "plan_years", "工作要点：哪一年的要点要求签订。"),
		requiredRelation(app, "person", "people", "责任人：支部或本人一方的签字人。"),
		choiceOf("seat", "班子成员：member 党工委委员，leader 非委员班子成员。“一岗双责”责任书填写。", "member", "leader"),
		date("person_on", "责任人签字日期。"),
		relation(app, "committee_by", "people", "党工委签字人。"),
		date("committee_on", "党工委签字日期。"),
		date("due", "签订期限：没有填写的为当年 3 月 31 日，接任重签的为 15 日内。"),
		&core.TextField{Name: "late_note", Max: 300, Help: "逾期说明：签字晚于期限的写明原因。"},
		choiceOf("state", "状态：draft 待签订，signed 已签订，assessed 已考评，handed_over 已交接。签订后内容不再修改，换人由接任者重签。",
			"draft", "signed", "assessed", "handed_over"),
		&core.NumberField{Name: "score", OnlyInt: true, Min: types.Pointer(0.0), Max: types.Pointer(100.0), Help: "考评得分：百分制，由上级录入。"},
		relation(app, "assessed_by", "people", "考评人：不能是责任人。由系统填写。"),
		&core.FileField{Name: "files", MaxSelect: 5, MaxSize: 20 << 20, Protected: true, Help: "签字扫描件。"},
	)
	scope(app, c, "责任组织：支部，或班子成员所在的组织。")
	if err := app.Save(c); err != nil {
		return err
	}
	c.Fields.Add(relation(app, "replaces", "pledges", "接替：接任者重签时，接替前任的哪一份。"))
	c.ListRule, c.ViewRule = either(under("pledges"), self("person")), either(under("pledges"), self("person"))
	c.CreateRule = all(underNew("pledges.edit"))
	c.UpdateRule = all(under("pledges.edit"), unchanged("org", "assessed_by"))
	c.DeleteRule = all(under("pledges.edit"))
	c.AddIndex("idx_pledges_unit", true, "year, kind, org", "kind != 'b' AND state != 'handed_over'")
	c.AddIndex("idx_pledges_person", true, "year, kind, person", "kind = 'b' AND state != 'handed_over'")
	c.AddIndex("idx_pledges_due", false, "state, due", "")
	for _, by := range []string{"plan", "person", "committee_by", "assessed_by", "replaces"} {
		c.AddIndex("idx_pledges_by_"+by, false, by, "")
	}
	return app.Save(c)
}

func pledgesItems(app core.App) error {
	c := core.NewBaseCollection("pledges_items")
	c.Fields.Add(
		child(app, "pledge", "pledges", "责任书。"),
		&core.NumberField{Name: "number", Required: true, OnlyInt: true, Min: types.Pointer(1.0), Max: types.Pointer(99.0), Help: "序号。"},
		&core.TextField{Name: "text", Required: true, Max: 1000, Presentable: true, Help: "责任：要做到什么。"},
		relation(app, "task", "plan_tasks", "任务：落实到要点的哪项任务。"),
		date("due", "期限。"),
		date("done_on", "完成日期。"),
		&core.TextField{Name: "note", Max: 1000, Help: "完成情况。"},
	)
	scope(app, c, "责任组织。由系统填写。")
	c.ListRule, c.ViewRule = either(under("pledges"), self("pledge.person")), either(under("pledges"), self("pledge.person"))
	c.CreateRule = all(underParent("pledge", "pledges.edit"))
	c.UpdateRule = all(under("pledges.edit"), unchanged("org", "pledge"))
	c.DeleteRule = all(under("pledges.edit"))
	c.AddIndex("idx_pledges_items_pledge", true, "pledge, number", "")
	c.AddIndex("idx_pledges_items_task", false, "task", "")
	return app.Save(c)
}

func pledgesReports(app core.App) error {
	c := core.NewBaseCollection("pledges_reports")
	c.Fields.Add(
		child(app, "pledge", "pledges", "责任书。"),
		relation(app, "person", "people", "责任人。由系统填写。"),
		choice("term", "哪一次：mid 年中，final 年末。", "mid", "final"),
		longText("text", "报告：履行责任的情况、问题和打算。"),
		choiceOf("state", "状态：draft 草拟，handed 已提交。提交后不能修改。", "draft", "handed"),
		date("handed_on", "提交日期。由系统填写。"),
		&core.FileField{Name: "files", MaxSelect: 5, MaxSize: 20 << 20, Protected: true, Help: "报告原件。"},
	)
	scope(app, c, "责任组织。由系统填写。")
	mine := self("person")
	c.ListRule, c.ViewRule = either(under("pledges"), mine), either(under("pledges"), mine)
	c.CreateRule = either(underParent("pledge", "pledges.edit"), self("pledge.person"))
	c.UpdateRule = all(`(`+under("pledges.edit")+` || `+mine+`)`, unchanged("org", "pledge", "person", "handed_on"))
	c.DeleteRule = either(under("pledges.edit"), mine)
	c.AddIndex("idx_pledges_reports_pledge", true, "pledge, term", "")
	c.AddIndex("idx_pledges_reports_person", false, "person", "")
	return app.Save(c)
}
