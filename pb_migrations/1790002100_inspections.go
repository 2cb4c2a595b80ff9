package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Inspections (巡察). Rounds, teams and papers belong to who inspects; findings
// and what is done about them belong to the unit that was inspected, which
// reads a finding once it has been reported and works off its own fixes.
func init() {
	m.Register(func(app core.App) error {
		for _, make := range []func(core.App) error{
			inspectionsSettings, inspectionsRounds, inspectionsPool, inspectionsTeams, inspectionsPapers, inspectionsFindings, inspectionsFixes, inspectionsHandovers,
		} {
			if err := make(app); err != nil {
				return err
			}
		}
		return nil
	}, func(app core.App) error {
		return drop(app, "inspections_settings", "inspections", "inspections_pool", "inspections_teams", "inspections_papers", "inspections_findings", "inspections_fixes",
			"inspections_handovers")
	})
}

func inspectionsSettings(app core.App) error {
	return localNumbers(app, "inspections", "不填的数按一般的算。",
		upTo(180, "plan_days", "整改方案：收到反馈后多少日内定方案，一般 30。"),
		upTo(12, "report_months", "整改报告：收到反馈后几个月内报告整改情况，一般 2。"),
		upTo(24, "focus_months", "集中整改期：收到反馈后几个月，一般 3。过了看整改率。"),
		upTo(100, "rate", "整改率：集中整改期满销号不到百分之几的，建议约谈，一般 95。"),
		upTo(365, "overdue_days", "逾期：超过时限多少日还没有销号的，建议约谈，一般 30。"),
		upTo(10, "recusal_years", "任职回避：最近几年在被巡组织任过职的要回避，一般 3。"),
	)
}

func inspectionsRounds(app core.App) error {
	c := core.NewBaseCollection("inspections")
	kept(c, "inspections")
	targets := requiredRelation(app, "targets", "org_units", "被巡组织：支部或科室，可以多个。巡察的是组织的工作机制，不是对个人的调查。")
	targets.MaxSelect = 50
	c.Fields.Add(
		&core.TextField{Name: "title", Required: true, Max: 100, Presentable: true, Help: "名称：例如“第一轮常规巡察”。"},
		choice("kind", "类别：regular 常规巡察，special 专项巡察。", "regular", "special"),
		required(date("begins", "进驻日期：例如 2026-04-13。回避和在库按这一天判断。")),
		date("ends", "离开日期：报告前必填。"),
		requiredRelation(app, "points", "documents", "巡察工作要点：当年已经印发的那一份。没有印发不能新建轮次。"),
		targets,
		text("authority_basis", "依据：县委授权、委托或街道内部检查，写明文件。进驻前必填。"),
		text("authority_number", "授权书文号：只对本轮有效。进驻前必填。"),
		date("feedback_on", "反馈日期：整改的期限从这一天算。"),
		text("report_number", "巡察报告文号。反馈前必填。"),
		longText("advice", "对策建议：堵塞漏洞、标本兼治的建议。反馈前必填。"),
		state("进度：planned 筹备，working 进驻，reporting 报告，feedback 已反馈，closed 已结束。", "planned", "working", "reporting", "feedback", "closed"),
	)
	scope(app, c, "组织巡察的组织，一般为党工委。")
	indexEach(c, "targets", "points", "begins")
	return app.Save(c)
}

func inspectionsPool(app core.App) error {
	c := core.NewBaseCollection("inspections_pool")
	kept(c, "inspections")
	read := either(self("person"), under("inspections"))
	c.ListRule, c.ViewRule = read, read
	c.UpdateRule = all(under("inspections.edit"), unchanged("org", "person"))
	c.Fields.Add(
		requiredRelation(app, "person", "people", "人员：经推荐、资格审查和审定入库的人。"),
		flag("leader", "组长库：勾选即可以担任组长。"),
		required(date("since", "入库日期。")),
		date("until", "出库日期：当日起不再在库。为空即在库。"),
		optional(choice("reason", "出库原因：moved 调离，retired 退休，wish 本人申请，misconduct 违规。出库时必填。", "moved", "retired", "wish", "misconduct")),
		whole("on_duty", "到岗年度：年末确认已到岗参加巡察或在岗备勤的那一年，例如 2026。"),
		whole("seconded", "以干代训年度：推荐到县委巡察机构以干代训的那一年。"),
		text("note", "备注。"),
	)
	scope(app, c, "管理人才库的组织。")
	indexEach(c, "person", "since")
	return app.Save(c)
}

func inspectionsTeams(app core.App) error {
	c := core.NewBaseCollection("inspections_teams")
	keptIn(c, "inspection", "inspections")
	read := either(self("person"), under("inspections"))
	c.ListRule, c.ViewRule = read, read
	c.UpdateRule = all(under("inspections.edit"), unchanged("org", "inspection", "person"))
	c.Fields.Add(
		requiredRelation(app, "inspection", "inspections", "轮次。"),
		requiredRelation(app, "person", "people", "成员：从人才库选，组长从组长库选。"),
		choice("role", "职务：leader 组长，deputy 副组长，member 组员。", "leader", "deputy", "member"),
		choice("recusal", "回避申报：none 没有应当回避的情形，needed 有应当回避的情形。后者不能入组。", "none", "needed"),
		required(date("recusal_on", "回避申报签署日期：没有签署不能入组。")),
		date("reported_on", "到岗日期：接到抽调通知后到岗的那一天。"),
		optional(choice("grade", "轮末考评：excellent 优秀，good 称职，fair 基本称职，poor 不称职。", "excellent", "good", "fair", "poor")),
	)
	scope(app, c, "组织巡察的组织。由系统填写。")
	c.AddIndex("idx_inspections_teams_member", true, "inspection, person", "")
	indexEach(c, "person")
	return app.Save(c)
}

func inspectionsPapers(app core.App) error {
	c := core.NewBaseCollection("inspections_papers")
	keptIn(c, "inspection", "inspections")
	read := either(under("inspections.edit"))
	c.ListRule, c.ViewRule = read, read
	c.Fields.Add(
		requiredRelation(app, "inspection", "inspections", "轮次。"),
		requiredRelation(app, "target", "org_units", "被巡组织：本轮的其中一个。"),
		&core.TextField{Name: "number", Required: true, Max: 40, Presentable: true, Help: "编号：例如“底稿-03”。"},
		required(text("title", "事项：查什么。")),
		&core.TextField{Name: "facts", Max: 20_000, Help: "情况：查到什么、依据是什么。只写组织的工作，不写个人隐私。检查前必填。"},
		signed(app, "checked_by", "检查人。由系统填写。"),
		signed(app, "reviewed_by", "复核人，不能是检查人。由系统填写。"),
		state("进度：draft 草拟，checked 已检查，reviewed 已复核。", "draft", "checked", "reviewed"),
	)
	scope(app, c, "组织巡察的组织。由系统填写。")
	c.AddIndex("idx_inspections_papers_number", true, "inspection, number", "")
	indexEach(c, "target", "checked_by", "reviewed_by")
	return app.Save(c)
}

func inspectionsFindings(app core.App) error {
	c := core.NewBaseCollection("inspections_findings")
	keptIn(c, "inspection", "inspections")
	read := either(under("inspections.edit"), `(state = "reported" && `+under("inspections")+`)`)
	c.ListRule, c.ViewRule = read, read
	c.UpdateRule = all(under("inspections.edit"), unchanged("org", "inspection", "paper", "target"))
	c.Fields.Add(
		requiredRelation(app, "inspection", "inspections", "轮次。"),
		requiredRelation(app, "paper", "inspections_papers", "底稿：已经复核的那一份。"),
		requiredRelation(app, "target", "org_units", "责任单位：问题属于哪个组织。"),
		&core.TextField{Name: "number", Required: true, Max: 40, Help: "问题编号：例如“1-东风-02”。"},
		&core.TextField{Name: "title", Required: true, Max: 200, Presentable: true, Help: "问题：一句话。"},
		&core.TextField{Name: "facts", Max: 5000, Help: "表现：具体是怎样的。"},
		choice("class", "类别：leadership 党的领导弱化，building 党的建设缺失，strictness 全面从严治党不力。", "leadership", "building", "strictness"),
		optional(choice("area", "重点领域：funds 资金资产，projects 工程采购，people 选人用人，service 服务群众，style 作风建设，other 其他。",
			"funds", "projects", "people", "service", "style", "other")),
		flag("instant", "立行立改：巡察期内就要改完。"),
		flag("common", "共性问题：近两年普遍性、倾向性的问题，要移交有关科室举一反三。"),
		state("进度：draft 草拟，reported 已反馈。反馈后责任单位可以看到。", "draft", "reported"),
	)
	scope(app, c, "责任单位。由系统填写。")
	c.AddIndex("idx_inspections_findings_number", true, "inspection, number", "")
	indexEach(c, "paper", "target")
	return app.Save(c)
}

func inspectionsFixes(app core.App) error {
	c := core.NewBaseCollection("inspections_fixes")
	keptIn(c, "finding", "inspections")
	works := "(" + under("plan.submit") + " && " + unchanged("opinion", "closed_on", "lookback") + ")"
	c.UpdateRule = all("("+under("inspections.edit")+" || "+works+")", unchanged("org", "finding"))
	c.Fields.Add(
		requiredRelation(app, "finding", "inspections_findings", "问题：整改哪一个问题。"),
		relation(app, "leader", "people", "责任领导。"),
		relation(app, "person", "people", "责任人。定方案时必填。"),
		&core.TextField{Name: "goal", Max: 1000, Help: "整改目标。"},
		&core.TextField{Name: "measures", Max: 5000, Help: "措施：分条写。定方案时必填。"},
		date("due", "时限：什么时候改完。定方案时必填。"),
		flag("lasting", "长期坚持：改完以后还要坚持做的。"),
		&core.TextField{Name: "result", Max: 5000, Help: "完成情况：做了什么、成效如何。提交时必填。"},
		&core.FileField{
			Name: "files", MaxSelect: 9, MaxSize: 20 << 20, Protected: true, MimeTypes: []string{"application/pdf", "image/jpeg", "image/png", "text/plain"},
			Help: "佐证：照片或文件，最多 9 个。",
		},
		flag("promised", "真实性承诺：保证所报属实、没有虚假整改。提交时必须勾选。"),
		signed(app, "submitted_by", "提交并签字背书的人。由系统填写。"),
		signed(app, "checked_by", "检查人，不能是提交人。由系统填写。"),
		signed(app, "reviewed_by", "复核人，不能是提交人和检查人。由系统填写。"),
		&core.TextField{Name: "opinion", Max: 2000, Help: "巡察组意见：退回时写明哪里没有改到位。"},
		date("closed_on", "销号日期：销号时必填。"),
		&core.TextField{Name: "lookback", Max: 2000, Help: "回头看结果：重新办理前必填。是否问责由党工委研究决定，系统不作结论。"},
		state("进度：open 待定方案，planned 已定方案，doing 整改中，submitted 已提交，returned 已退回，checked 已检查，reviewed 已复核，closed 已销号，reopened 回头看未到位，faked 虚假整改。",
			"open", "planned", "doing", "submitted", "returned", "checked", "reviewed", "closed", "reopened", "faked"),
	)
	scope(app, c, "责任单位。由系统填写。")
	c.AddIndex("idx_inspections_fixes_finding", true, "finding", "")
	indexEach(c, "leader", "person", "submitted_by", "checked_by", "reviewed_by", "due")
	return app.Save(c)
}

func inspectionsHandovers(app core.App) error {
	c := core.NewBaseCollection("inspections_handovers")
	c.ListRule, c.ViewRule = all(under("inspections.edit")), all(under("inspections.edit"))
	c.CreateRule = all(underParent("inspection", "inspections.edit"))
	c.Fields.Add(
		requiredRelation(app, "inspection", "inspections", "轮次。"),
		&core.TextField{Name: "number", Required: true, Max: 40, Presentable: true, Help: "移交编号：字母、数字和“年第号字巡线移”，例如“巡移〔2026〕3号”。不写任何人的信息。"},
		choice("receiver", "去向：county 县纪委监委，discipline 街道纪工委，organization 组织部门，justice 政法机关，letters 信访部门。",
			"county", "discipline", "organization", "justice", "letters"),
		required(date("handed_on", "移交日期。")),
	)
	scope(app, c, "组织巡察的组织。由系统填写。")
	c.AddIndex("idx_inspections_handovers_number", true, "inspection, number", "")
	return app.Save(c)
}
