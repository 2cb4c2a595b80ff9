package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Work among the people (群众路线): projects, who looks after which household,
// visits and jobs. A household has an alias and a few words, never a name, a
// number or a place. Whoever looks after it enters their own visits.
func init() {
	m.Register(func(app core.App) error {
		for _, make := range []func(core.App) error{outreachProjects, outreachPairs, outreachVisits, outreachJobs} {
			if err := make(app); err != nil {
				return err
			}
		}
		return nil
	}, func(app core.App) error {
		return drop(app, "outreach_projects", "outreach_pairs", "outreach_visits", "outreach_jobs")
	})
}

func outreachProjects(app core.App) error {
	c := core.NewBaseCollection("outreach_projects")
	kept(c, "outreach")
	read := either(under("outreach"), `(state != "planned" && `+under("belong")+`)`)
	c.ListRule, c.ViewRule = read, read
	percent := atLeastZero(whole("satisfaction", "满意度：百分之几，0 到 100。"))
	hundred := 100.0
	percent.Max = &hundred
	c.Fields.Add(
		&core.TextField{Name: "title", Required: true, Max: 200, Presentable: true, Help: "实事名称：例如“东风社区楼道灯改造”。"},
		relation(app, "person", "people", "责任人。"),
		date("due", "办结时限。开始办理前必填。"),
		&core.TextField{Name: "result", Max: 2000, Help: "办理结果。办结时必填。"},
		date("done_on", "办结日期。办结时必填。"),
		percent,
		signed(app, "done_by", "办结人。由系统填写。"),
		signed(app, "accepted_by", "验收人，不能是办结人。由系统填写。"),
		state("进度：planned 拟办，doing 办理中，done 已办结，accepted 已验收。", "planned", "doing", "done", "accepted"),
	)
	scope(app, c, "承办的组织。")
	indexEach(c, "person", "done_by", "accepted_by", "due")
	return app.Save(c)
}

func outreachPairs(app core.App) error {
	c := core.NewBaseCollection("outreach_pairs")
	kept(c, "outreach")
	read := either(self("person"), under("outreach"))
	c.ListRule, c.ViewRule = read, read
	c.UpdateRule = all(under("outreach.edit"), unchanged("org", "person"))
	c.Fields.Add(
		requiredRelation(app, "person", "people", "帮扶干部：分包这一户的党员干部。"),
		&core.TextField{Name: "alias", Required: true, Max: 20, Presentable: true, Help: "代称：例如“东风3号户”。不写姓名、住址、电话和证件号。"},
		&core.TextField{Name: "brief", Max: 200, Help: "简况：例如“两口人，需要就业信息”。不写能认出本人的信息。"},
		required(date("since", "开始日期。")),
		date("until", "结束日期。结束时必填。"),
		optional(choice("outcome", "结束原因：handed 已交接，reached 帮扶目标达到。结束时必填。", "handed", "reached")),
		relation(app, "successor", "people", "接手干部：交接给谁。干部离任须交接。"),
		state("进度：active 帮扶中，ended 已结束。", "active", "ended"),
	)
	scope(app, c, "分包的组织。")
	indexEach(c, "person", "successor", "since")
	return app.Save(c)
}

func outreachVisits(app core.App) error {
	c := core.NewBaseCollection("outreach_visits")
	read := either(self("person"), under("outreach"))
	c.ListRule, c.ViewRule = read, read
	c.CreateRule = either(self("pair.person"), underParent("pair", "outreach.edit"))
	kinds := choice("kinds", "做了什么：policy 政策宣传，training 就业技能培训，job 岗位推荐。至少一项。", "policy", "training", "job")
	kinds.MaxSelect = 3
	c.Fields.Add(
		requiredRelation(app, "pair", "outreach_pairs", "帮扶对子。"),
		relation(app, "person", "people", "走访干部。由系统填写。"),
		required(date("visited_on", "走访日期。不登记地点。")),
		&core.TextField{Name: "week", Max: 8, Help: "周次：例如 2026-W24。由系统填写。"},
		kinds,
		&core.TextField{Name: "note", Max: 500, Help: "情况：说了什么、需要什么。不写能认出本人的信息。"},
		&core.TextField{Name: "reason", Max: 200, Help: "补录说明：同一天补录较多时写明原因。"},
		date("entered_on", "登记日期。由系统填写。"),
	)
	scope(app, c, "分包的组织。由系统填写。")
	c.AddIndex("idx_outreach_visits_pair", false, "pair, week", "")
	c.AddIndex("idx_outreach_visits_person", false, "person, entered_on", "")
	return app.Save(c)
}

func outreachJobs(app core.App) error {
	c := core.NewBaseCollection("outreach_jobs")
	keptIn(c, "pair", "outreach")
	own := self("pair.person")
	read := either(own, under("outreach"))
	c.ListRule, c.ViewRule = read, read
	c.CreateRule = either(own, underParent("pair", "outreach.edit"))
	c.UpdateRule = all("("+own+" || "+under("outreach.edit")+")", unchanged("org", "pair"))
	c.Fields.Add(
		requiredRelation(app, "pair", "outreach_pairs", "帮扶对子。"),
		&core.TextField{Name: "title", Required: true, Max: 100, Presentable: true, Help: "岗位：例如“保洁员”。"},
		text("employer", "用人单位。"),
		required(date("recommended_on", "推荐日期。")),
		flag("employed", "已就业。只记有无和日期，不收合同。"),
		date("employed_on", "就业日期。已就业的必填。"),
	)
	scope(app, c, "分包的组织。由系统填写。")
	indexEach(c, "pair", "recommended_on")
	return app.Save(c)
}
