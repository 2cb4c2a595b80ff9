package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
	"github.com/pocketbase/pocketbase/tools/types"
)

// Public notices (公示公开). What has been put up is read by everybody who
// belongs to the organization or to one below it; objections are read and
// handled by officers alone and say nothing of who has raised them.
func init() {
	m.Register(func(app core.App) error {
		for _, make := range []func(core.App) error{publicityNotices, publicityObjections} {
			if err := make(app); err != nil {
				return err
			}
		}
		return nil
	}, func(app core.App) error {
		return drop(app, "publicity_notices", "publicity_objections")
	})
}

func publicityNotices(app core.App) error {
	c := core.NewBaseCollection("publicity_notices")
	kept(c, "publicity")
	up := `(state != "draft" && state != "exempted" && ` + under("belong") + `)`
	c.ListRule, c.ViewRule = either(under("publicity"), up), either(under("publicity"), up)
	c.UpdateRule = all(under("publicity.edit"), unchanged("org", "person", "ends", "provisional"))
	c.Fields.Add(
		&core.TextField{Name: "title", Required: true, Max: 100, Presentable: true, Help: "标题：例如“关于拟列为发展对象的公示”。"},
		choice("kind", "类别：object 列为发展对象，admit 接收预备党员，convert 预备党员转正，honor 评优评先，fix 巡察整改公开，other 其他。",
			"object", "admit", "convert", "honor", "fix", "other"),
		choice("audience", "公开范围：party 党内，public 社会。公开到社会的，姓名只留姓。", "party", "public"),
		relation(app, "person", "people", "公示对象：公示某个人时必填。"),
		&core.TextField{Name: "text", Max: 5000, Help: "正文：公示什么。不写身份证号、住址、手机；公示某个人的，不填则由系统按名册拟写。公示前必填。"},
		&core.TextField{Name: "tel", Max: 40, Pattern: `^[0-9 ()（）-]{5,25}$`, Help: "受理电话：办公电话，不用个人手机。公示前必填。"},
		date("begins", "公示开始日期。公示前必填。"),
		&core.NumberField{Name: "workdays", OnlyInt: true, Min: types.Pointer(0.0), Max: types.Pointer(60.0), Help: "公示几个工作日：不填为 5，不能少于 5。"},
		flag("inclusive", "首日计入：公示开始的那一天也算一个工作日。一般不勾选。"),
		date("ends", "公示截止日期：按工作日历计算。由系统填写。"),
		flag("provisional", "截止日期待定：当年放假安排还没有公布，先按周一至周五计算。由系统填写。"),
		optional(choice("exempt", "不公开的情形：secret 涉密，case 在办案件，hype 易引发负面炒作，mass 易引发群体事件，sensitive 重大敏感。只用于巡察整改，须经批准。",
			"secret", "case", "hype", "mass", "sensitive")),
		text("exempt_document", "不公开的批准文号。经批准不公开的必填。"),
		optional(choice("result", "结果：clean 没有异议，settled 异议经查不影响，upheld 异议成立。结束时必填。", "clean", "settled", "upheld")),
		text("withdraw_note", "撤下说明：为什么撤下。撤下时必填。"),
		&core.FileField{Name: "files", MaxSelect: 5, MaxSize: 20 << 20, Protected: true, Help: "公示照片或截图。"},
		signed(app, "published_by", "发布人。由系统填写。"),
		signed(app, "closed_by", "结束办理人。由系统填写。"),
		state("进度：draft 草拟，published 公示中，closed 已结束，withdrawn 已撤下，exempted 经批准不公开。公示以后内容不能修改。",
			"draft", "published", "closed", "withdrawn", "exempted"),
	)
	scope(app, c, "公示的组织。")
	c.AddIndex("idx_publicity_notices_person", false, "person, kind", "")
	c.AddIndex("idx_publicity_notices_ends", false, "state, ends", "")
	indexEach(c, "published_by", "closed_by")
	return app.Save(c)
}

func publicityObjections(app core.App) error {
	c := core.NewBaseCollection("publicity_objections")
	keptIn(c, "notice", "publicity")
	c.ListRule, c.ViewRule = all(under("publicity.edit")), all(under("publicity.edit"))
	c.Fields.Add(
		child(app, "notice", "publicity_notices", "公示。"),
		&core.TextField{Name: "number", Required: true, Max: 40, Presentable: true, Help: "编号：例如“异议-01”。不登记提出人的任何信息。"},
		required(date("received_on", "收到日期：在公示期内。")),
		choice("channel", "方式：letter 来信，phone 来电，visit 来访，online 网上。", "letter", "phone", "visit", "online"),
		choice("matter", "反映什么：condition 条件资格，procedure 程序，conduct 表现，other 其他。", "condition", "procedure", "conduct", "other"),
		&core.TextField{Name: "facts", Max: 2000, Help: "核查情况：查了什么、依据是什么。不写提出人，不写电话和证件号。办结时必填。"},
		optional(choice("conclusion", "核查结论：unfounded 不属实，partly 部分属实、不影响，upheld 成立。办结时必填。", "unfounded", "partly", "upheld")),
		date("answered_on", "答复日期。"),
		signed(app, "checked_by", "核查人。由系统填写。"),
		signed(app, "settled_by", "办结审定人，不能是核查人。由系统填写。"),
		state("进度：received 已受理，checked 已核查，settled 已办结。", "received", "checked", "settled"),
	)
	scope(app, c, "公示的组织。由系统填写。")
	c.AddIndex("idx_publicity_objections_number", true, "notice, number", "")
	indexEach(c, "checked_by", "settled_by")
	return app.Save(c)
}
