package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Conduct and discipline (正风肃纪). Of a talk only who, with whom, what kind
// and when is kept, never what was said. Cases that have been made public are
// for everybody below, the committee's own for those with the power.
func init() {
	m.Register(func(app core.App) error {
		for _, make := range []func(core.App) error{integrityTalks, integrityCases, integrityCampaigns, integrityChecks, integrityStays} {
			if err := make(app); err != nil {
				return err
			}
		}
		return nil
	}, func(app core.App) error {
		return drop(app, "integrity_talks", "integrity_cases", "integrity_campaigns", "integrity_checks", "integrity_stays")
	})
}

func integrityTalks(app core.App) error {
	c := core.NewBaseCollection("integrity_talks")
	kept(c, "integrity")
	read := either(self("talker"), self("person"), under("integrity"))
	c.ListRule, c.ViewRule = read, read
	c.Fields.Add(
		choice("kind", "类别：tixing 提醒谈话，tanhua_tixing 谈话提醒，jiemian 诫勉谈话，hanxun 谈话函询，lianzheng 例行廉政谈话，renqian 任前谈话，yuetan 工作约谈。提醒谈话与谈话提醒是两回事。",
			"tixing", "tanhua_tixing", "jiemian", "hanxun", "lianzheng", "renqian", "yuetan"),
		requiredRelation(app, "talker", "people", "主谈人。"),
		requiredRelation(app, "person", "people", "谈话对象。谈话内容不在这里登记。"),
		date("held_on", "谈话日期：谈完后填写。"),
		state("进度：planned 已安排，held 已谈。", "planned", "held"),
	)
	scope(app, c, "谈话对象所在的组织。")
	indexEach(c, "talker", "person", "held_on")
	return app.Save(c)
}

func integrityCases(app core.App) error {
	c := core.NewBaseCollection("integrity_cases")
	kept(c, "integrity")
	read := either(under("integrity"), `(state = "published" && source = "public" && `+under("belong")+`)`)
	c.ListRule, c.ViewRule = read, read
	c.Fields.Add(
		&core.TextField{Name: "title", Required: true, Max: 200, Presentable: true, Help: "案例名称：内部案例用化名。"},
		choice("source", "来源：public 公开通报，inner 街道内部。内部案例只有有权限的人能看。", "public", "inner"),
		text("notice", "通报：公开通报的名称、文号或网址。公开案例发布前必填。"),
		text("alias", "化名：内部案例必填，例如“甲某”。不写真名。"),
		choice("class", "纪律种类：political 政治纪律，organizational 组织纪律，integrity 廉洁纪律，mass 群众纪律，work 工作纪律，life 生活纪律。",
			"political", "organizational", "integrity", "mass", "work", "life"),
		choice("level", "层级：county 县处级以上，township 乡科级，grassroots 基层干部，member 一般党员。", "county", "township", "grassroots", "member"),
		&core.TextField{Name: "summary", Max: 5000, Help: "案情：简要经过。内部案例不写能认出本人的信息。"},
		&core.TextField{Name: "loopholes", Max: 2000, Help: "制度漏洞：反映出哪些漏洞；没有就写“无”。发布前必填。"},
		state("进度：draft 草拟，published 已发布。", "draft", "published"),
	)
	scope(app, c, "编写案例的组织。")
	return app.Save(c)
}

func integrityCampaigns(app core.App) error {
	c := core.NewBaseCollection("integrity_campaigns")
	kept(c, "integrity")
	c.Fields.Add(
		&core.TextField{Name: "title", Required: true, Max: 200, Presentable: true, Help: "名称：例如“纪律教育学习宣传月”。"},
		choice("kind", "类别：special 专项整治，month 纪律教育学习宣传月。", "special", "month"),
		optional(choice("topic", "整治内容：gain 利用职务便利谋取私利，appointments 违规接受请托插手选人用人，projects 违规插手工程建设。专项整治必填。",
			"gain", "appointments", "projects")),
		required(date("begins", "开始日期。")),
		date("ends", "结束日期。结项前必填。"),
		relation(app, "document", "documents", "方案：哪一份文件。"),
		date("film_on", "观看警示教育片的日期。宣传月结项前必填。"),
		date("talk_on", "廉政提醒谈话的日期。宣传月结项前必填。"),
		date("discussion_on", "违纪案件大讨论的日期。宣传月结项前必填。"),
		atLeastZero(whole("problems", "发现问题数。")),
		atLeastZero(whole("fixed", "已整改问题数，不多于发现问题数。")),
		atLeastZero(whole("policies", "修订和新建制度数。")),
		&core.TextField{Name: "loopholes", Max: 2000, Help: "制度漏洞：问题对应哪些漏洞；没有就写“无”。专项整治结项前必填。"},
		&core.TextField{Name: "summary", Max: 5000, Help: "小结。结项前必填。"},
		state("进度：planned 筹备，running 进行中，closed 已结项。", "planned", "running", "closed"),
	)
	scope(app, c, "组织开展的组织。")
	indexEach(c, "document", "begins")
	return app.Save(c)
}

func integrityChecks(app core.App) error {
	c := core.NewBaseCollection("integrity_checks")
	kept(c, "integrity")
	team := requiredRelation(app, "team", "people", "检查组：至少两人。")
	team.MaxSelect = 20
	items := choice("items", "检查内容：dining 违规公款吃喝，cars 违规使用公车，benefits 违反履职待遇支出，gifts 收送礼金。", "dining", "cars", "benefits", "gifts")
	items.MaxSelect = 4
	c.Fields.Add(
		requiredRelation(app, "node", "calendar_nodes", "节点：哪个节日。"),
		required(date("held_on", "检查日期。")),
		requiredRelation(app, "target", "org_units", "被查单位：只检查单位的事项。"),
		team,
		items,
		choice("result", "结果：none 未发现问题，found 发现问题。", "none", "found"),
		&core.TextField{Name: "problems", Max: 2000, Help: "问题清单：发现问题时必填，写事不写人。"},
		date("reported_on", "上报日期：零报告或问题清单何时上报。归档前必填。"),
		state("进度：draft 草拟，filed 已归档。", "draft", "filed"),
	)
	scope(app, c, "组织检查的组织。")
	indexEach(c, "node", "target", "team", "held_on")
	return app.Save(c)
}

func integrityStays(app core.App) error {
	c := core.NewBaseCollection("integrity_stays")
	kept(c, "integrity")
	read := either(self("person"), under("integrity"))
	c.ListRule, c.ViewRule = read, read
	c.Fields.Add(
		requiredRelation(app, "person", "people", "蹲点领导。"),
		required(date("begins", "开始日期。")),
		date("ends", "结束日期。结束时必填。"),
		&core.TextField{Name: "log", Max: 5000, Help: "蹲点日志：看了什么、发现什么、怎么解决。结束时必填。"},
		atLeastZero(whole("problems", "发现问题数。")),
		atLeastZero(whole("solved", "已解决问题数，不多于发现问题数。")),
		state("进度：planned 已安排，staying 蹲点中，ended 已结束。", "planned", "staying", "ended"),
	)
	scope(app, c, "蹲点的地方：哪个支部或科室。")
	indexEach(c, "person", "begins")
	return app.Save(c)
}
