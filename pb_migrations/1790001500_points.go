package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
	"github.com/pocketbase/pocketbase/tools/types"
)

// Points (积分). Everybody signed in reads schemes and rules; "points.edit" keeps
// them. A person reads what concerns them, officers with "points" those in
// reach; "points.review" enters claims, files who is spared, publishes and locks.
// points_entries is the ledger: nobody writes it but the program, it only grows,
// and triggers hold that against SQL, too. A veto is kept by "integrity.edit":
// nobody else but its person reads more than that there is one (R-PTS-07). No
// total is stored anywhere, so nothing can be sorted by one (R-PTS-08).
func init() {
	collections := []string{
		"points_schemes", "points_rules", "points_standings", "points_vetoes", "points_claims", "points_entries", "points_periods", "points_appeals",
	}
	m.Register(func(app core.App) error {
		for _, make := range []func(core.App) error{
			pointsSchemes, pointsRules, pointsStandings, pointsVetoes, pointsClaims, pointsEntries, pointsPeriods, pointsAppeals,
		} {
			if err := make(app); err != nil {
				return err
			}
		}
		for _, trigger := range pointsTriggers {
			if _, err := app.DB().NewQuery(trigger).Execute(); err != nil {
				return err
			}
		}
		return seedPoints(app)
	}, func(app core.App) error {
		return drop(app, collections...)
	})
}

// tenths are points in tenths.
func tenths(name, help string) *core.NumberField {
	return &core.NumberField{Name: name, OnlyInt: true, Min: types.Pointer(-10_000.0), Max: types.Pointer(10_000.0), Help: help}
}

// keepPoints opens a collection that "points.edit" at any place keeps for all.
func keepPoints(c *core.Collection, signs string) {
	keep := `under(@request.auth.org_path, @request.auth.id, "points.edit") = true`
	c.ListRule, c.ViewRule = types.Pointer(signedIn), types.Pointer(signedIn)
	c.CreateRule, c.UpdateRule, c.DeleteRule = types.Pointer(keep), all(keep, unchanged(signs)), types.Pointer(keep)
}

func pointsSchemes(app core.App) error {
	c := core.NewBaseCollection("points_schemes")
	keepPoints(c, "activated_by")
	c.Fields.Add(
		&core.TextField{Name: "no", Required: true, Max: 20, Presentable: true, Help: "编号：例如 2026，全系统不重复。"},
		required(text("title", "名称：例如“党员积分管理试行办法”。")),
		text("document", "文号：没有文号不能启用。"),
		&core.NumberField{Name: "year", Required: true, OnlyInt: true, Min: types.Pointer(2020.0), Max: types.Pointer(2099.0), Help: "起始年度：从哪一年起执行。积分按自然年度计算，年初清零。"},
		tenths("base", "基础分（十分之一分）：600 即 60 分。"),
		tenths("cap", "全年奖励分封顶（十分之一分）：400 即 40 分。"),
		&core.JSONField{Name: "caps", MaxSize: 5_000, Help: `各类封顶（十分之一分）：例如 {"study":120} 即学习类全年最多 12 分。没有写的类别不单独封顶。`},
		&core.JSONField{Name: "bands", MaxSize: 5_000, Help: `参考档：例如 [{"name":"优秀参考","from":900}]，从高到低。只供民主评议参考，系统不定等次。`},
		state("状态：draft 草拟，active 启用。启用后不能修改，要改另立一版，从下一年起执行。", "draft", "active"),
		text("source", "出处：这些数从哪里来。"),
		signed(app, "activated_by", "启用人。由系统填写。"),
	)
	stamps(c)
	c.AddIndex("idx_points_schemes_no", true, "no", "")
	c.AddIndex("idx_points_schemes_year", true, "year", "state = 'active'")
	indexEach(c, "activated_by")
	return app.Save(c)
}

// pointsSubjects are all that points may be given for. There is no way to
// enter another: not for signing in, forwarding or liking, not for money given,
// not for what somebody says, thinks or believes, nor for their family
// (domain.md 10.2).
var pointsSubjects = []string{
	"attendance", "absence", "dues", "study", "class", "visit", "honor",
	"volunteer", "helping", "pledge", "lecture", "article", "commended",
	"dunned", "undone", "falsified",
}

const pointsSubjectsHelp = "事由：attendance 到会，absence 缺席，dues 党费，study 学习，class 培训，visit 走访，honor 荣誉，volunteer 志愿，" +
	"helping 帮扶，pledge 践诺，lecture 宣讲，article 文章，commended 表彰，dunned 催缴，undone 未完成，falsified 作假。"

var pointsCategories = []string{"study", "org_life", "theme_day", "dues", "volunteer", "help", "pledge", "honor", "other", "deduction"}

const pointsCategoriesHelp = "study 学习，org_life 组织生活，theme_day 主题党日，dues 党费，volunteer 志愿服务，help 联系帮扶，pledge 承诺践诺，honor 表彰，other 其他，deduction 扣分。"

func pointsRules(app core.App) error {
	c := core.NewBaseCollection("points_rules")
	keepPoints(c, "activated_by")
	spared := optional(choice("spared", "免计：哪些人不适用。special 老弱病残，flow 流动党员。老弱病残无论是否勾选都不扣缺席。", "special", "flow"))
	spared.MaxSelect = 2
	units := relation(app, "units", "org_units", "试行组织：只在这些组织及其下级执行。为空即全部。")
	units.MaxSelect = 20
	c.Fields.Add(
		&core.TextField{Name: "no", Required: true, Pattern: `^[A-Z][A-Z0-9.-]{0,11}$`, Presentable: true, Help: "编号：大写字母开头，例如 A01，全系统不重复。"},
		&core.TextField{Name: "title", Required: true, Max: 60, Presentable: true, Help: "名称：例如“参加主题党日”。"},
		choice("subject", pointsSubjectsHelp, pointsSubjects...),
		&core.TextField{Name: "condition", Max: 300, Help: `条件：用 PocketBase 的条件语言说源记录，例如 meeting.kind = "theme_day"。只能用选择、数字、是否和日期。为空即每条都计。`},
		choice("category", "类别："+pointsCategoriesHelp, pointsCategories...),
		tenths("value", "分值（十分之一分）：20 即 2 分，扣分为负。有计量单位的是每单位的分值。"),
		&core.TextField{Name: "unit", Max: 10, Help: "计量单位：按数量计分的写，例如“小时”。只用于申报。"},
		tenths("cap", "本条封顶（十分之一分）：在封顶期内最多计多少。0 为不单独封顶。"),
		optional(choice("cap_per", "封顶期：month 每月，quarter 每季度，year 每年。", "month", "quarter", "year")),
		spared,
		units,
		flag("evidence", "须附证明：申报时必须上传证明材料。"),
		required(date("since", "起始日期：从哪天发生的事起计分，不早于本年 1 月 1 日。")),
		date("until", "截止日期：当日起发生的事不再计分。为空即一直。"),
		text("document", "文号：没有文号不能启用。"),
		text("source", "出处：分值从哪里来。"),
		state("状态：draft 草拟，active 启用，ended 停用。启用后不能修改，要改另立一条接替它。", "draft", "active", "ended"),
		signed(app, "activated_by", "启用人。由系统填写。"),
	)
	stamps(c)
	if err := app.Save(c); err != nil {
		return err
	}
	c.Fields.Add(relation(app, "replaces", "points_rules", "接替：启用时让这一条从同一天起停用。"))
	c.AddIndex("idx_points_rules_no", true, "no", "")
	c.AddIndex("idx_points_rules_subject", false, "subject, state", "")
	indexEach(c, "activated_by", "replaces", "units")
	return app.Save(c)
}

func pointsStandings(app core.App) error {
	c := core.NewBaseCollection("points_standings")
	c.Fields.Add(
		requiredRelation(app, "person", "people", "党员。"),
		choice("category", "类别：backbone 骨干，ordinary 普通，flow 流动，special 特殊（老弱病残）。年满 70 岁的自动按特殊对待，不用登记。", "backbone", "ordinary", "flow", "special"),
		required(date("since", "起始日期。")),
		date("until", "截止日期，当日起不再适用。为空即一直。"),
		text("basis", "依据：例如“支委会 3 月 2 日研究”。不写病情。"),
	)
	scope(app, c, "所在党组织。由系统填写。")
	read := either(self("person"), under("points"))
	c.ListRule, c.ViewRule = read, read
	c.CreateRule = either(underParent("person", "points.review"), underParent("person", "points.edit"))
	c.UpdateRule = all("("+under("points.review")+" || "+under("points.edit")+")", unchanged("person", "category", "since", "org"))
	c.AddIndex("idx_points_standings_person", true, "person, since", "")
	return app.Save(c)
}

func pointsVetoes(app core.App) error {
	c := core.NewBaseCollection("points_vetoes")
	c.Fields.Add(
		requiredRelation(app, "person", "people", "党员。"),
		required(date("since", "起始日期：处分或处理生效的日期。")),
		date("until", "截止日期，当日起不再适用。为空即仍在影响期内。"),
		&core.TextField{Name: "document", Required: true, Max: 100, Help: "文号：没有文号不能否决。只有本人和纪检看得到，别处只显示“否决”，不写原因。"},
	)
	scope(app, c, "所在党组织。由系统填写。")
	read := either(self("person"), under("integrity.edit"))
	c.ListRule, c.ViewRule = read, read
	c.CreateRule = all(underParent("person", "integrity.edit"))
	c.UpdateRule = all(under("integrity.edit"), unchanged("person", "since", "document", "org"))
	c.AddIndex("idx_points_vetoes_person", false, "person, since", "")
	return app.Save(c)
}

func pointsClaims(app core.App) error {
	c := core.NewBaseCollection("points_claims")
	c.Fields.Add(
		requiredRelation(app, "person", "people", "党员：给谁计分或者扣分。"),
		requiredRelation(app, "rule", "points_rules", "积分项目：按哪一条申报。"),
		required(date("happened_on", "发生日期。")),
		&core.NumberField{Name: "quantity", OnlyInt: true, Min: types.Pointer(0.0), Max: types.Pointer(500.0), Help: "数量：按计量单位填，例如几小时。没有单位的为 1。"},
		&core.TextField{Name: "text", Required: true, Max: 500, Presentable: true, Help: "说明：做了什么。不写病情、家庭和他人的情况。"},
		files("files", "证明材料：受保护，只有能看到这条申报的人能打开。"),
		state("状态：draft 草拟，pending 审核中，approved 已通过，rejected 未通过，revoked 已撤销。", "draft", "pending", "approved", "rejected", "revoked"),
		signed(app, "entered_by", "申报人：本人，或者代为申报、提出扣分的人。由系统填写。"),
		text("approval", "审批：哪一份申请。由系统填写。"),
		text("reason", "撤销原因。撤销时必填。"),
		signed(app, "revoked_by", "撤销人。由系统填写。"),
	)
	scope(app, c, "所在党组织。由系统填写。")
	read := either(self("person"), self("entered_by"), under("points"))
	c.ListRule, c.ViewRule = read, read
	c.CreateRule = either(self("person"), underParent("person", "points.review"))
	c.UpdateRule = all("("+self("person")+" || "+under("points.review")+")", unchanged("person", "org", "entered_by", "approval", "revoked_by"))
	c.DeleteRule = either(self("entered_by"))
	c.AddIndex("idx_points_claims_person", false, "person, happened_on", "")
	c.AddIndex("idx_points_claims_once", true, "person, rule, happened_on", "state NOT IN ('rejected', 'revoked')")
	indexEach(c, "rule", "entered_by", "revoked_by")
	return app.Save(c)
}

func pointsPeriods(app core.App) error {
	c := core.NewBaseCollection("points_periods")
	c.Fields.Add(
		&core.TextField{Name: "quarter", Required: true, Pattern: `^20\d{2}-Q[1-4]$`, Presentable: true, Help: "季度：例如 2026-Q1。"},
		flag("named", "公示姓名和分数：按姓名排列，不排名次，经支部大会同意的才勾选。不勾选只公示分布，每人只看得到自己的。"),
		state("状态：open 未公示，published 公示中，locked 已锁定。锁定后有差错只能冲正，记入以后的季度。", "open", "published", "locked"),
		date("notice_from", "公示开始日期。由系统填写。"),
		date("notice_until", "公示结束日期：5 个工作日。由系统填写。"),
		&core.JSONField{Name: "content", MaxSize: 2_000_000, Help: "公示内容：公示时和锁定时定格。由系统填写。"},
		text("hash", "内容的摘要。由系统填写。"),
		whole("last_seq", "锁定时最后一笔分录的序号。由系统填写。"),
		signed(app, "published_by", "公示人。由系统填写。"),
		signed(app, "locked_by", "锁定人。由系统填写。"),
	)
	scope(app, c, "所属党支部。")
	read := either(under("points"), `(state != "open" && `+under("belong")+`)`)
	c.ListRule, c.ViewRule = read, read
	c.CreateRule = either(underNew("points.review"), underNew("points.edit"))
	c.UpdateRule = all("("+under("points.review")+" || "+under("points.edit")+")",
		unchanged("org", "quarter", "notice_from", "notice_until", "content", "hash", "last_seq", "published_by", "locked_by"))
	c.DeleteRule = either(under("points.review"), under("points.edit"))
	c.AddIndex("idx_points_periods_quarter", true, "org, quarter", "")
	indexEach(c, "published_by", "locked_by")
	return app.Save(c)
}

func pointsAppeals(app core.App) error {
	c := core.NewBaseCollection("points_appeals")
	c.Fields.Add(
		requiredRelation(app, "person", "people", "申诉人：只能为自己的积分申诉。"),
		requiredRelation(app, "period", "points_periods", "公示：哪个季度的。"),
		relation(app, "entry", "points_entries", "分录：对哪一笔有异议。认为少计了的可以不选。"),
		&core.TextField{Name: "text", Required: true, Max: 1000, Presentable: true, Help: "理由：哪里不对，应当怎样。"},
		date("due", "答复期限：提出之日起 10 个工作日。由系统填写。"),
		state("状态：open 待答复，answered 支部已答复，escalated 已报党工委，settled 已办结。", "open", "answered", "escalated", "settled"),
		&core.TextField{Name: "answer", Max: 1000, Help: "支部答复。答复时必填。"},
		date("answered_on", "答复日期。由系统填写。"),
		signed(app, "answered_by", "答复人：不能是本人。由系统填写。"),
		&core.TextField{Name: "ruling", Max: 1000, Help: "党工委意见。由党工委办结时必填。"},
		signed(app, "settled_by", "办结人：不能是支部答复人。由系统填写。"),
		optional(choice("outcome", "结果：kept 维持，reversed 更正（冲正所指的分录）。少计的另行申报补记。", "kept", "reversed")),
	)
	scope(app, c, "所属党支部。由系统填写。")
	read := either(self("person"), under("points.review"), under("points.edit"))
	c.ListRule, c.ViewRule = read, read
	c.CreateRule = types.Pointer(self("person"))
	fixed := unchanged("person", "period", "entry", "text", "due", "answered_on", "answered_by", "settled_by", "org")
	c.UpdateRule = either("("+self("person")+" && "+fixed+" && "+unchanged("answer", "ruling", "outcome")+")", "("+under("points.review")+" && "+fixed+")", "("+under("points.edit")+" && "+fixed+")")
	indexEach(c, "person", "period", "entry", "answered_by", "settled_by")
	return app.Save(c)
}
