package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// The union and the league (群团). Hardship and health are read by the officers
// of mass organizations and the person alone, and hold nothing sensitive
// without a separate consent (PIPL 29). No medical value, no bank account.
func init() {
	m.Register(func(app core.App) error {
		for _, make := range []func(core.App) error{massorgPlans, massorgConsents, massorgHardships, massorgAid, massorgHealth, massorgCraft} {
			if err := make(app); err != nil {
				return err
			}
		}
		return nil
	}, func(app core.App) error {
		return drop(app, "massorg_plans", "massorg_consents", "massorg_hardships", "massorg_aid", "massorg_health", "massorg_craft")
	})
}

// ofPerson is kept for what a person may see of themselves.
func ofPerson(c *core.Collection, power string) {
	kept(c, power)
	read := either(self("person"), under(power))
	c.ListRule, c.ViewRule = read, read
	c.UpdateRule = all(under(power+".edit"), unchanged("org", "person"))
}

// private is ofPerson for what even the committee doesn't read.
func private(c *core.Collection) {
	ofPerson(c, "massorg")
	read := either(self("person"), under("massorg.edit"))
	c.ListRule, c.ViewRule = read, read
}

func massorgPlans(app core.App) error {
	c := core.NewBaseCollection("massorg_plans")
	kept(c, "massorg")
	c.UpdateRule = all("("+under("massorg.edit")+" || "+under("plan.accept")+")", unchanged("org"))
	c.Fields.Add(
		&core.TextField{Name: "title", Required: true, Max: 200, Presentable: true, Help: "名称：例如“街道工会年度工作计划”。"},
		&core.NumberField{Name: "year", Required: true, OnlyInt: true, Help: "年度。"},
		&core.TextField{Name: "content", Max: 20_000, Help: "内容：一年做哪几件事。提交时必填。"},
		&core.TextField{Name: "opinion", Max: 2000, Help: "党工委审查意见。退回时必填。"},
		signed(app, "submitted_by", "提交人。由系统填写。"),
		signed(app, "reviewed_by", "党工委审查人，不能是提交人。由系统填写。"),
		state("进度：draft 草拟，submitted 已提交，approved 审查通过。", "draft", "submitted", "approved"),
	)
	scope(app, c, "工会或团委。")
	c.AddIndex("idx_massorg_plans_year", true, "org, year, title", "")
	indexEach(c, "submitted_by", "reviewed_by")
	return app.Save(c)
}

func massorgConsents(app core.App) error {
	c := core.NewBaseCollection("massorg_consents")
	ofPerson(c, "massorg")
	c.DeleteRule = nil
	c.UpdateRule = all("("+self("person")+" || "+under("massorg.edit")+")", unchanged("org", "person", "scope", "given_on", "notice", "file"))
	c.Fields.Add(
		requiredRelation(app, "person", "people", "本人：单独同意的职工。"),
		choice("scope", "范围：hardship 困难帮扶，health 健康体检，publicity 公示姓名和等级。每项单独同意。", "hardship", "health", "publicity"),
		required(text("notice", "告知书版本：同意时看的是哪一版，例如 2026-01。")),
		required(date("given_on", "同意日期。")),
		date("withdrawn_on", "撤回日期：撤回后不再处理，相关档案随即关闭。"),
		&core.FileField{Name: "file", MaxSelect: 1, MaxSize: 10 << 20, Protected: true, MimeTypes: []string{"application/pdf", "image/jpeg", "image/png"}, Help: "同意书扫描件。"},
	)
	scope(app, c, "处理信息的工会或团委。")
	indexEach(c, "person", "scope")
	return app.Save(c)
}

func massorgHardships(app core.App) error {
	c := core.NewBaseCollection("massorg_hardships")
	private(c)
	visitors := relation(app, "visitors", "people", "入户核查人：至少两人。核查后填写。")
	visitors.MaxSelect = 5
	c.Fields.Add(
		requiredRelation(app, "person", "people", "职工。"),
		relation(app, "consent", "massorg_consents", "单独同意：没有同意不能填写等级和家庭数字。"),
		optional(choice("level", "困难等级：deep 深度困难，relative 相对困难，accident 意外致困。【敏感】由人确认，系统不作结论。", "deep", "relative", "accident")),
		atLeastZero(whole("members", "共同生活人口。【敏感】需要单独同意。")),
		atLeastZero(whole("income", "家庭年可支配收入（分）。【敏感】需要单独同意。")),
		atLeastZero(whole("spending", "家庭年刚性支出（分）。【敏感】需要单独同意。")),
		visitors,
		date("visited_on", "入户日期。建档前必填。"),
		date("review_on", "复核日期：每半年一次。建档前必填。"),
		date("ended_on", "销档日期。销档时必填。"),
		state("进度：surveyed 已排查，visited 已核查，filed 已建档，ended 已销档。", "surveyed", "visited", "filed", "ended"),
	)
	scope(app, c, "负责帮扶的工会。")
	indexEach(c, "person", "consent", "visitors", "review_on")
	return app.Save(c)
}

func massorgAid(app core.App) error {
	c := core.NewBaseCollection("massorg_aid")
	keptIn(c, "hardship", "massorg")
	read := either(self("hardship.person"), under("massorg.edit"))
	c.ListRule, c.ViewRule = read, read
	c.Fields.Add(
		requiredRelation(app, "hardship", "massorg_hardships", "困难档案。"),
		choice("kind", "方式：money 慰问金，goods 慰问品，job 就业帮扶，study 助学。", "money", "goods", "job", "study"),
		atLeastZero(whole("amount", "金额（分）。没有金额的不填。")),
		required(date("given_on", "帮扶日期。")),
		text("note", "备注。不写账号。"),
	)
	scope(app, c, "负责帮扶的工会。由系统填写。")
	c.UpdateRule, c.DeleteRule = nil, nil
	indexEach(c, "hardship", "given_on")
	return app.Save(c)
}

func massorgHealth(app core.App) error {
	c := core.NewBaseCollection("massorg_health")
	private(c)
	c.Fields.Add(
		requiredRelation(app, "person", "people", "职工。"),
		&core.NumberField{Name: "year", Required: true, OnlyInt: true, Help: "年度。"},
		flag("due", "应检。"),
		flag("done", "已检。只记有无，不记任何检验结果。"),
		text("agency", "体检机构。"),
		relation(app, "consent", "massorg_consents", "单独同意：登记已检前必须有。"),
	)
	scope(app, c, "组织体检的工会。")
	c.AddIndex("idx_massorg_health_person", true, "person, year", "")
	indexEach(c, "consent")
	return app.Save(c)
}

func massorgCraft(app core.App) error {
	c := core.NewBaseCollection("massorg_craft")
	ofPerson(c, "massorg")
	c.Fields.Add(
		requiredRelation(app, "person", "people", "工匠人才。"),
		required(text("trade", "工种。")),
		optional(choice("level", "技能等级：junior 初级工，middle 中级工，senior 高级工，technician 技师，master 高级技师。", "junior", "middle", "senior", "technician", "master")),
		relation(app, "mentor", "people", "师傅：师带徒的师傅，不能是本人。"),
		date("since", "入库日期。"),
		&core.TextField{Name: "achievements", Max: 2000, Help: "成果：培训、竞赛、荣誉。"},
	)
	scope(app, c, "培养的工会。")
	c.AddIndex("idx_massorg_craft_person", true, "person, trade", "")
	indexEach(c, "mentor")
	return app.Save(c)
}
