package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Areas, their reviews by the quarter and the reports by the half-year.
// Officers with "ideology" in reach read, "ideology.edit" writes; who leads an
// area reads it and writes its reviews and reports. Nothing here names anybody
// but the leader who answers for an area.
func init() {
	m.Register(func(app core.App) error {
		for _, make := range []func(core.App) error{ideologyAreas, ideologyReviews, ideologyReports} {
			if err := make(app); err != nil {
				return err
			}
		}
		return nil
	}, func(app core.App) error {
		return drop(app, "ideology_areas", "ideology_reviews", "ideology_reports")
	})
}

func ideologyAreas(app core.App) error {
	c := core.NewBaseCollection("ideology_areas")
	c.Fields.Add(
		&core.TextField{Name: "name", Required: true, Max: 100, Presentable: true, Help: "领域：例如“社区教育和文化场所”。写领域，不写个人。"},
		requiredRelation(app, "leader", "people", "分管领导：对这个领域负责的委员或班子成员。"),
		required(date("since", "从哪天起分管。")),
		date("until", "到哪天为止，当日起不再分管。为空即仍在分管。"),
	)
	scope(app, c, "所属组织。")
	c.ListRule, c.ViewRule = either(under("ideology"), self("leader")), either(under("ideology"), self("leader"))
	c.CreateRule = all(underNew("ideology.edit"))
	c.UpdateRule = all(under("ideology.edit"), unchanged("org"))
	c.DeleteRule = all(under("ideology.edit"))
	c.AddIndex("idx_ideology_areas_leader", false, "leader", "")
	return app.Save(c)
}

// ofArea opens what belongs to an area.
func ofArea(c *core.Collection, fixed ...string) {
	read := either(under("ideology"), self("area.leader"))
	c.ListRule, c.ViewRule = read, read
	c.CreateRule = either(underParent("area", "ideology.edit"), self("area.leader"))
	write := `(` + under("ideology.edit") + ` || ` + self("area.leader") + `)`
	c.UpdateRule = all(write, unchanged(append([]string{"org", "area"}, fixed...)...))
	c.DeleteRule = all(write)
}

func ideologyReviews(app core.App) error {
	c := core.NewBaseCollection("ideology_reviews")
	paper := func(name, help string) *core.TextField { return &core.TextField{Name: name, Max: 5000, Help: help} }
	c.Fields.Add(
		requiredRelation(app, "area", "ideology_areas", "领域。"),
		required(&core.TextField{Name: "quarter", Pattern: `^20\d{2}-Q[1-4]$`, Presentable: true, Help: "季度：例如 2026-Q2。"}),
		paper("groups", "群体：涉及哪一类人群。不写个人、账号和言论。"),
		paper("matters", "事项：这个季度有哪些值得注意的事项。不写个人、账号和言论。"),
		paper("risks", "风险点。不写个人、账号和言论。"),
		paper("measures", "措施：怎样防范化解。"),
		relation(app, "office", "org_units", "责任科室：措施由哪个科室落实。"),
		choiceOf("state", "状态：draft 草拟，handed 已提交，filed 已归档。", "draft", "handed", "filed"),
		date("handed_on", "提交日期。由系统填写。"),
	)
	scope(app, c, "所属组织。由系统填写。")
	ofArea(c, "handed_on")
	c.AddIndex("idx_ideology_reviews_area", true, "area, quarter", "")
	c.AddIndex("idx_ideology_reviews_office", false, "office", "")
	return app.Save(c)
}

func ideologyReports(app core.App) error {
	c := core.NewBaseCollection("ideology_reports")
	reviews := requiredRelation(app, "reviews", "ideology_reviews", "引用的研判：这半年两个季度的研判，各一份。")
	reviews.MaxSelect = 2
	c.Fields.Add(
		requiredRelation(app, "area", "ideology_areas", "领域。"),
		required(&core.TextField{Name: "half", Pattern: `^20\d{2}-H[12]$`, Presentable: true, Help: "半年：例如 2026-H1。"}),
		reviews,
		&core.TextField{Name: "text", Max: 20_000, Help: "报告：领域的总体情况、风险点和措施。不写个人、账号和言论。"},
		relation(app, "meeting", "meetings", "听取会议：在哪次党工委会上听取。"),
		choiceOf("state", "状态：draft 草拟，handed 已提交，heard 已听取。", "draft", "handed", "heard"),
		date("handed_on", "提交日期。由系统填写。"),
	)
	scope(app, c, "所属组织。由系统填写。")
	ofArea(c, "handed_on")
	c.AddIndex("idx_ideology_reports_area", true, "area, half", "")
	c.AddIndex("idx_ideology_reports_reviews", false, "reviews", "")
	c.AddIndex("idx_ideology_reports_meeting", false, "meeting", "")
	return app.Save(c)
}
