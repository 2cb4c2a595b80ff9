package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
	"github.com/pocketbase/pocketbase/tools/types"
)

// The yearly appraisal of members: numbers per grade, never who gave them, and
// the grade that the branch decided on. Officers with "appraisals" in reach
// read, "appraisals.edit" writes; a member reads their own result once it is
// filed.
func init() {
	m.Register(func(app core.App) error {
		for _, make := range []func(core.App) error{appraisals, appraisalsScores, appraisalsResults} {
			if err := make(app); err != nil {
				return err
			}
		}
		return nil
	}, func(app core.App) error {
		return drop(app, "appraisals", "appraisals_scores", "appraisals_results")
	})
}

func appraisals(app core.App) error {
	c := core.NewBaseCollection("appraisals")
	c.Fields.Add(
		&core.TextField{Name: "title", Required: true, Max: 200, Presentable: true, Help: "名称：例如“2026年度民主评议党员”。"},
		&core.NumberField{Name: "year", Required: true, OnlyInt: true, Min: types.Pointer(2000.0), Max: types.Pointer(2099.0), Help: "年度：一个支部一年一次。"},
		&core.NumberField{Name: "members", Required: true, OnlyInt: true, Min: types.Pointer(1.0), Max: types.Pointer(100_000.0), Help: "党员总数：优秀一般不超过它的三分之一。"},
		relation(app, "meeting", "meetings", "会议：在哪次会上评议。"),
		&core.TextField{Name: "override_reason", Max: 500, Help: "超出说明：优秀超过三分之一的，写明原因。"},
		text("override_document", "超出依据：上级备案的文号。"),
		choiceOf("state", "状态：preparing 准备中，assessing 评议中，decided 已评定，filed 已归档。", "preparing", "assessing", "decided", "filed"),
		relation(app, "filed_by", "people", "归档人。由系统填写。"),
	)
	scope(app, c, "所属支部。")
	c.ListRule, c.ViewRule = either(under("appraisals")), either(under("appraisals"))
	c.CreateRule = all(underNew("appraisals.edit"))
	c.UpdateRule = all(under("appraisals.edit"), unchanged("org", "filed_by"))
	c.DeleteRule = all(under("appraisals.edit"))
	c.AddIndex("idx_appraisals_year", true, "org, year", "")
	c.AddIndex("idx_appraisals_meeting", false, "meeting", "")
	c.AddIndex("idx_appraisals_filed_by", false, "filed_by", "")
	return app.Save(c)
}

// ofAppraisal opens what belongs to an appraisal.
func ofAppraisal(c *core.Collection, read ...string) {
	c.ListRule, c.ViewRule = either(read...), either(read...)
	c.CreateRule = all(underParent("appraisal", "appraisals.edit"))
	c.UpdateRule = all(under("appraisals.edit"), unchanged("org", "appraisal", "person"))
	c.DeleteRule = all(under("appraisals.edit"))
}

func appraisalsScores(app core.App) error {
	c := core.NewBaseCollection("appraisals_scores")
	count := func(name, help string) *core.NumberField {
		return &core.NumberField{Name: name, OnlyInt: true, Min: types.Pointer(0.0), Max: types.Pointer(100_000.0), Help: help}
	}
	c.Fields.Add(
		child(app, "appraisal", "appraisals", "评议。"),
		requiredRelation(app, "person", "people", "被评议的党员。"),
		choice("round", "环节：self 自评，peer 互评，poll 民主测评。只存各等次的票数，不存谁投了什么。", "self", "peer", "poll"),
		count("excellent", "优秀票数。"),
		count("qualified", "合格票数。"),
		count("basic", "基本合格票数。"),
		count("unqualified", "不合格票数。"),
	)
	scope(app, c, "所属支部。由系统填写。")
	ofAppraisal(c, under("appraisals"))
	c.AddIndex("idx_appraisals_scores_appraisal", true, "appraisal, person, round", "")
	c.AddIndex("idx_appraisals_scores_person", false, "person", "")
	return app.Save(c)
}

func appraisalsResults(app core.App) error {
	c := core.NewBaseCollection("appraisals_results")
	c.Fields.Add(
		child(app, "appraisal", "appraisals", "评议。"),
		requiredRelation(app, "person", "people", "党员。"),
		choiceOf("grade", "等次：excellent 优秀，qualified 合格，basic 基本合格，unqualified 不合格。由组织评定；预备党员不评等次，为空。",
			"excellent", "qualified", "basic", "unqualified"),
		whole("points_ref", "积分：只作参考，不自动定等。"),
		date("told_on", "反馈日期：哪天向本人反馈。"),
	)
	scope(app, c, "所属支部。由系统填写。")
	ofAppraisal(c, under("appraisals"), `(`+self("person")+` && appraisal.state = "filed")`)
	c.AddIndex("idx_appraisals_results_appraisal", true, "appraisal, person", "")
	c.AddIndex("idx_appraisals_results_person", false, "person", "")
	return app.Save(c)
}
