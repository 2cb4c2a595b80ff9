package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// What becomes of the dues: large donations go up whole, the committee's
// account spends and remits, months are closed, and all of it is disclosed.

func duesDonations(app core.App) error {
	c := core.NewBaseCollection("dues_donations")
	c.Fields.Add(
		requiredRelation(app, "person", "people", "党员。"),
		fen("amount", "金额（分）：自愿一次多交的部分，不含当月应交。"),
		required(date("received_on", "收款日期。")),
		choiceOr("tier", "去向：keep 留在本级按规定使用，central 一次 1000 元以上，全部逐级上缴中央。由系统填写。", "keep", "central"),
		choiceOr("state", "状态：received 已收，forwarded 已上缴，receipted 已取得收据。", "received", "forwarded", "receipted"),
		text("forwarded_to", "上缴到哪里。"),
		date("forwarded_on", "上缴日期。"),
		text("receipt_no", "收据号：上级开给本人的收据。"),
		&core.TextField{Name: "profile", Max: 2000, Help: "情况说明：本人基本情况、现实表现、多交的考虑。一次 1000 元以上时随款上报。"},
		relation(app, "recorded_by", "people", "收款登记人。由系统填写。"),
		seal(),
		files("files", "附件。"),
	)
	scope(app, c, "收款的党组织。由系统填写。")
	read := either(self("person"), under("dues.record"), under("dues.check"), under("dues.account"))
	c.ListRule, c.ViewRule = read, read
	c.CreateRule = types.Pointer(`under(person.org_path, @request.auth.id, "dues.record") = true`)
	c.UpdateRule = all("("+under("dues.record")+" || "+under("dues.account")+")", unchanged("person", "amount", "received_on", "tier", "seal"))
	c.AddIndex("idx_dues_donations_person", false, "person, received_on", "")
	c.AddIndex("idx_dues_donations_recorded_by", false, "recorded_by", "")
	return app.Save(c)
}

// seal is a digest of the amounts of a record that is settled: dues verify
// finds a changed one.
func seal() *core.TextField {
	return text("seal", "摘要：办结时对金额等各项的摘要，由系统填写，供核对。")
}

// duesIncomes is what comes into a committee's account besides dues.
func duesIncomes(app core.App) error {
	c := core.NewBaseCollection("dues_incomes")
	c.Fields.Add(
		choice("kind", "种类：opening 启用时的结存，interest 利息，grant 上级下拨。", "opening", "interest", "grant"),
		fen("amount", "金额（分）。"),
		required(date("booked_on", "入账日期。")),
		required(text("document", "凭证：单据号或文号。下拨的写明专款用途。")),
		relation(app, "recorded_by", "people", "登记人。由系统填写。"),
		seal(),
		files("files", "凭证。"),
	)
	scope(app, c, "哪一级的党费。")
	read := either(under("dues.account"), under("dues.cash"), under("dues.check"), under("audit"))
	c.ListRule, c.ViewRule = read, read
	c.CreateRule = all(underNew("dues.account"))
	c.AddIndex("idx_dues_incomes_recorded_by", false, "recorded_by", "")
	return app.Save(c)
}

func duesExpenses(app core.App) error {
	c := core.NewBaseCollection("dues_expenses")
	c.Fields.Add(
		choice("purpose", "用途：training 培训党员，materials 订购党员教育报刊资料和设备，commendation 表彰先进，hardship 补助生活困难党员，disaster 补助受灾党员和修缮受灾设施。",
			"training", "materials", "commendation", "hardship", "disaster"),
		required(text("title", "事由。")),
		fen("amount", "金额（分）：提交时必填。"),
		required(text("payee", "收款人：不能是经办人。")),
		required(text("resolution", "集体决定：会议纪要的文号或编号。")),
		required(date("resolved_on", "集体决定的日期。")),
		date("paid_on", "付款日期。由系统填写。"),
		text("reason", "冲正的原因：批准后不再支付或者付款后冲正的，事后填写。"),
		relation(app, "approved_by", "people", "批准人：审批最后一步的人。由系统填写。"),
		relation(app, "paid_by", "people", "出纳：付款人。三个人不能相同。由系统填写。"),
		relation(app, "reversed_by", "people", "冲正人：不能是出纳。由系统填写。"),
		seal(),
		files("files", "票据和纪要。"),
	)
	c.Fields.Add(asked(app, "状态：draft 草拟，pending 审批中，approved 已批准，rejected 不同意，withdrawn 已撤回，expired 已失效，paid 已付款，reversed 已冲正。", "paid", "reversed")...)
	c.Fields.GetByName("person").(*core.RelationField).Help = "经办人：由本人提交审批。由系统填写。"
	scope(app, c, "哪一级的党费。")
	read := either(under("dues.account"), under("dues.cash"), under("dues.check"), under("audit"), deciders())
	c.ListRule, c.ViewRule = read, read
	c.CreateRule = all(underNew("dues.account"))
	c.UpdateRule = all("("+under("dues.account")+" || "+under("dues.cash")+")", unchanged("org", "person", "request", "handed_on", "approved_by", "seal"))
	c.DeleteRule = types.Pointer(under("dues.account"))
	indexEach(c, "person", "request", "approved_by", "paid_by", "reversed_by")
	return app.Save(c)
}

func duesRemittances(app core.App) error {
	c := core.NewBaseCollection("dues_remittances")
	c.Fields.Add(
		required(month("from_month", "起始月：上缴哪些月份的党费。")),
		required(month("to_month", "截止月（含）。")),
		fen("paid", "实交总数（分）：这些月份的实交，不含大额党费。由系统填写。"),
		whole("rate", "上缴比例：万分之几，由省级规定，例如 500 是 5%。"),
		text("document", "比例的文号。"),
		fen("amount", "应上缴（分）：实交乘以比例。由系统填写。"),
		required(date("due", "应在哪天前上缴。")),
		date("remitted_on", "上缴日期。"),
		text("receipt_no", "收据号。"),
		choiceOr("state", "状态：due 待上缴，remitted 已上缴。", "due", "remitted"),
		relation(app, "paid_by", "people", "办理人：出纳。由系统填写。"),
		seal(),
		files("files", "凭证。"),
	)
	scope(app, c, "上缴的组织。")
	read := either(under("dues.account"), under("dues.cash"), under("dues.check"), under("audit"))
	c.ListRule, c.ViewRule = read, read
	c.CreateRule = all(underNew("dues.account"))
	c.UpdateRule = all("("+under("dues.account")+" || "+under("dues.cash")+")", unchanged("org", "from_month", "to_month", "seal"))
	c.DeleteRule = types.Pointer(under("dues.account"))
	c.AddIndex("idx_dues_remittances_months", true, "org, from_month", "")
	c.AddIndex("idx_dues_remittances_paid_by", false, "paid_by", "")
	return app.Save(c)
}

func duesClosings(app core.App) error {
	c := core.NewBaseCollection("dues_closings")
	c.Fields.Add(
		required(month("month", "月份。")),
		choiceOr("state", "状态：open 未结，handed 支部已报送，closed 已结账。", "open", "handed", "closed"),
		whole("people", "应交人数。由系统填写。"),
		whole("payers", "已交清人数。由系统填写。"),
		fen("charged", "应交（分）。由系统填写。"),
		fen("paid", "实交（分）。由系统填写。"),
		fen("waived", "减免（分）。由系统填写。"),
		fen("owed", "累计欠交（分）。由系统填写。"),
		whole("last_seq", "截至的分录序号。由系统填写。"),
		text("hash", "摘要：对应分录的摘要。由系统填写。"),
		relation(app, "handed_by", "people", "报送人。由系统填写。"),
		relation(app, "closed_by", "people", "结账人：不能是报送人。由系统填写。"),
		moment("closed_at", "结账时间。由系统填写。"),
	)
	scope(app, c, "党支部。")
	c.ListRule, c.ViewRule = either(under("dues")), either(under("dues"))
	c.CreateRule = all(`(` + underNew("dues.record") + ` || ` + underNew("dues.check") + `)`)
	c.UpdateRule = all("("+under("dues.record")+" || "+under("dues.check")+" || "+under("dues.account")+")", unchanged("org", "month"))
	c.AddIndex("idx_dues_closings_month", true, "org, month", "")
	c.AddIndex("idx_dues_closings_handed_by", false, "handed_by", "")
	c.AddIndex("idx_dues_closings_closed_by", false, "closed_by", "")
	return app.Save(c)
}

func duesDisclosures(app core.App) error {
	c := core.NewBaseCollection("dues_disclosures")
	c.Fields.Add(
		&core.TextField{Name: "period", Required: true, Pattern: quarterPattern, Help: "期间：季度写 2026-Q1，年度写 2026-Y。"},
		choice("audience", "范围：members 本组织党员，到人；public 公开，只有汇总。", "members", "public"),
		choiceOr("state", "状态：draft 草拟，published 已公布，withdrawn 已撤回。", "draft", "published", "withdrawn"),
		required(date("due", "应在哪天前公布。")),
		&core.JSONField{Name: "content", MaxSize: 2_000_000, Help: "公布的内容：公布时定格，由系统填写。"},
		text("hash", "摘要：内容的摘要。由系统填写。"),
		moment("published_at", "公布时间。由系统填写。"),
		relation(app, "published_by", "people", "公布人。由系统填写。"),
		longText("note", "说明。"),
	)
	scope(app, c, "公布的组织。")
	read := either(under("dues"), `(state = "published" && `+under("belong")+`)`)
	c.ListRule, c.ViewRule = read, read
	c.CreateRule = all(`(` + underNew("dues.record") + ` || ` + underNew("dues.account") + ` || ` + underNew("dues.check") + `)`)
	c.UpdateRule = all("("+under("dues.record")+" || "+under("dues.account")+" || "+under("dues.check")+")", unchanged("org", "period", "audience"))
	c.AddIndex("idx_dues_disclosures_period", true, "org, period, audience", "state != 'withdrawn'")
	c.AddIndex("idx_dues_disclosures_published_by", false, "published_by", "")
	return app.Save(c)
}
