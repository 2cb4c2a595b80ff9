package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
	"github.com/pocketbase/pocketbase/tools/types"
)

// Party dues (党费). A person reads what concerns them; officers with "dues" or one
// of its parts read those in reach: dues.assess sets bases, dues.check reviews
// them, dues.record books payments, dues.account and dues.cash keep the
// committee's account, dues.rates keeps the rates. Wages (dues_bases and their
// items) are open to their owner, the assessor and the reviewer alone
// (R-DUES-14). dues_entries is the ledger: nobody writes it but the program, it
// only grows, and triggers hold that against SQL, too.
func init() {
	collections := []string{
		"dues_rates", "dues_profiles", "dues_bases", "dues_base_items", "dues_waivers", "dues_payments", "dues_entries", "dues_reviews",
		"dues_donations", "dues_incomes", "dues_expenses", "dues_remittances", "dues_closings", "dues_disclosures",
	}
	m.Register(func(app core.App) error {
		for _, make := range []func(core.App) error{
			duesRates, duesProfiles, duesBases, duesBaseItems, duesWaivers, duesPayments, duesEntries, duesReviews,
			duesDonations, duesIncomes, duesExpenses, duesRemittances, duesClosings, duesDisclosures,
		} {
			if err := make(app); err != nil {
				return err
			}
		}
		for _, trigger := range duesTriggers {
			if _, err := app.DB().NewQuery(trigger).Execute(); err != nil {
				return err
			}
		}
		return seedRates(app)
	}, func(app core.App) error {
		return drop(app, collections...)
	})
}

const (
	monthPattern   = `^(19|20)\d{2}-(0[1-9]|1[0-2])$`
	quarterPattern = `^20\d{2}-(Q[1-4]|Y)$`
)

func month(name, help string) *core.TextField {
	return &core.TextField{Name: name, Pattern: monthPattern, Help: help}
}

// fen is an amount of money in whole fen.
func fen(name, help string) *core.NumberField {
	return &core.NumberField{Name: name, OnlyInt: true, Help: help}
}

func files(name, help string) *core.FileField {
	return &core.FileField{Name: name, MaxSelect: 10, MaxSize: 20 << 20, Protected: true, Help: help}
}

func duesRates(app core.App) error {
	c := core.NewBaseCollection("dues_rates")
	c.ListRule, c.ViewRule = types.Pointer(signedIn), types.Pointer(signedIn)
	c.Fields.Add(
		&core.TextField{Name: "no", Required: true, Max: 20, Presentable: true, Help: "编号：例如 2017，全系统不重复。"},
		required(text("title", "名称：例如“关于进一步规范党费工作的通知”。")),
		text("document", "文号：没有文号不能启用。"),
		&core.TextField{Name: "effective", Required: true, Pattern: monthPattern, Help: "启用月份：从哪个月起执行，例如 2017-03。"},
		choiceOr("state", "状态：draft 草拟，active 启用，void 作废。", "draft", "active", "void"),
		fen("cap", "每月上限（分）：每人每月一般不超过多少。0 为不设上限。"),
		whole("unit", "取整单位：1 为到分，10 为到角，100 为到元，四舍五入。"),
		&core.JSONField{Name: "scales", MaxSize: 50_000, Required: true, Help: "各类别怎样交纳：按比例、定额或幅度。金额都是分，比例是万分之几。"},
		relation(app, "activated_by", "people", "启用人。由系统填写。"),
		text("note", "备注。"),
	)
	stamps(c)
	keep := `under(@request.auth.org_path, @request.auth.id, "dues.rates") = true`
	c.CreateRule, c.UpdateRule, c.DeleteRule = types.Pointer(keep), all(keep, unchanged("activated_by")), types.Pointer(keep)
	c.AddIndex("idx_dues_rates_no", true, "no", "")
	c.AddIndex("idx_dues_rates_effective", true, "effective", "state = 'active'")
	c.AddIndex("idx_dues_rates_activated_by", false, "activated_by", "")
	return app.Save(c)
}

// choiceOr is a choice that a hook fills in.
func choiceOr(name, help string, values ...string) *core.SelectField {
	f := choice(name, help, values...)
	f.Required = false
	return f
}

var duesCategories = []string{
	"wage_monthly", "wage_annual", "self_employed_quarter", "retired", "farmer", "farmer_business", "village_subsidy",
	"student", "unemployed", "relief", "dibao", "unstable_income", "none",
}

func duesProfiles(app core.App) error {
	c := core.NewBaseCollection("dues_profiles")
	c.Fields.Add(
		requiredRelation(app, "person", "people", "党员。"),
		choice("category", "类别：wage_monthly 月薪，wage_annual 年薪，self_employed_quarter 个体，retired 离退休，farmer 农民，farmer_business 务工，"+
			"village_subsidy 村补贴，student 学生，unemployed 失业，relief 抚恤，dibao 低保，unstable_income 不稳定，none 无收入。", duesCategories...),
		required(month("since", "起始月：从哪个月起按这个类别，例如 2026-01。")),
		month("until", "截止月：到哪个月为止（含）。为空即一直。"),
		text("reason", "原因：为什么改变类别。"),
		text("document", "文号。"),
		flag("quarterly", "按季交纳：经支部同意。"),
	)
	scope(app, c, "所在党组织。由系统填写。")
	read := either(self("person"), under("dues"))
	c.ListRule, c.ViewRule = read, read
	c.CreateRule = types.Pointer(`under(person.org_path, @request.auth.id, "dues.assess") = true`)
	c.UpdateRule = all(under("dues.assess"), unchanged("person", "category", "since"))
	c.AddIndex("idx_dues_profiles_person", true, "person, since", "")
	return app.Save(c)
}

func duesBases(app core.App) error {
	c := core.NewBaseCollection("dues_bases")
	c.Fields.Add(
		requiredRelation(app, "person", "people", "党员。"),
		&core.NumberField{Name: "year", Required: true, OnlyInt: true, Min: types.Pointer(1990.0), Max: types.Pointer(2100.0), Help: "年度：每年核定一次。"},
		required(month("since", "起始月：从哪个月起按这个基数。年初核定的为 1 月。")),
		fen("base", "交纳基数（分）：由各项工资算出；没有逐项的直接填。定额类别不填，幅度类别为核定额。【敏感】只有本人、核定人、复核人看得到。"),
		fen("due", "月交额（分）：按费率算出，由系统填写。"),
		choiceOr("state", "状态：draft 核算中，handed 待本人确认，confirmed 本人已确认，reviewed 已复核。", "draft", "handed", "confirmed", "reviewed"),
		text("reason", "年内调整的原因：年内一般不变动。"),
		text("resolution", "支部确认：年内调整时写支部会议的日期或纪要。"),
		text("proxy", "代确认：不是本人确认的，写明谁代为确认、为什么，例如“女儿代签，纸质存档”。"),
		relation(app, "assessed_by", "people", "核定人。由系统填写。"),
		relation(app, "confirmed_by", "people", "确认人：本人，或者代本人确认的人。由系统填写。"),
		relation(app, "reviewed_by", "people", "复核人：不能是核定人或本人。由系统填写。"),
	)
	scope(app, c, "所在党组织。由系统填写。")
	read := either(self("person"), under("dues.assess"), under("dues.check"))
	c.ListRule, c.ViewRule = read, read
	c.CreateRule = types.Pointer(`under(person.org_path, @request.auth.id, "dues.assess") = true`)
	fixed := unchanged("person", "year", "since", "base", "reason", "resolution", "proxy")
	c.UpdateRule = either("("+self("person")+" && "+fixed+")", "("+under("dues.assess")+" && "+unchanged("person", "year")+")", "("+under("dues.check")+" && "+fixed+")")
	c.DeleteRule = types.Pointer(under("dues.assess"))
	c.AddIndex("idx_dues_bases_person", true, "person, since", "")
	c.AddIndex("idx_dues_bases_year", false, "year, org", "")
	for _, who := range []string{"assessed_by", "confirmed_by", "reviewed_by"} {
		c.AddIndex("idx_dues_bases_"+who, false, who, "")
	}
	return app.Save(c)
}

func duesBaseItems(app core.App) error {
	c := core.NewBaseCollection("dues_base_items")
	c.Fields.Add(
		cascade(requiredRelation(app, "base_of", "dues_bases", "核定：属于谁哪一年的核定。")),
		required(text("name", "项目：例如岗位工资、个人所得税【敏感】。")),
		fen("amount", "金额（分）：每月。【敏感】只有本人、核定人、复核人看得到。"),
		choice("role", "性质：counted 计入，excluded 不计入，deducted 扣除。", "counted", "excluded", "deducted"),
		text("reason", "依据：和规定的计入、扣除不同的，写明依据和决定的组织。"),
		relation(app, "person", "people", "党员。由系统填写。"),
	)
	scope(app, c, "所在党组织。由系统填写。")
	read := either(self("person"), under("dues.assess"), under("dues.check"))
	c.ListRule, c.ViewRule = read, read
	c.CreateRule = types.Pointer(`under(base_of.org_path, @request.auth.id, "dues.assess") = true`)
	c.UpdateRule = all(under("dues.assess"), unchanged("base_of"))
	c.DeleteRule = types.Pointer(under("dues.assess"))
	c.AddIndex("idx_dues_base_items_base_of", false, "base_of", "")
	c.AddIndex("idx_dues_base_items_person", false, "person", "")
	return app.Save(c)
}

func cascade(f *core.RelationField) *core.RelationField {
	f.CascadeDelete = true
	return f
}

func duesWaivers(app core.App) error {
	c := core.NewBaseCollection("dues_waivers")
	c.Fields.Add(
		requiredRelation(app, "person", "people", "党员。"),
		choice("reason", "原因：illness 重病，disaster 受灾，unemployment 失业，other 其他困难。", "illness", "disaster", "unemployment", "other"),
		&core.TextField{Name: "detail", Max: 1000, Hidden: true, Help: "困难情况。只有经办和批准的人看得到，不进入公开和导出。"},
		fen("amount", "减免后月交额（分）：0 为免交。"),
		required(month("since", "起始月。")),
		required(month("until", "截止月：不超过当年 12 月，次年重新申请，到期自动恢复原额。")),
		text("document", "批准：哪一份审批，由系统填写。"),
		choiceOr("state", "状态：draft 草拟，pending 审批中，approved 已批准，rejected 未批准，ended 提前结束。", "draft", "pending", "approved", "rejected", "ended"),
		files("files", "证明材料：受保护，只有能看到这条记录的人能打开。"),
	)
	scope(app, c, "所在党组织。由系统填写。")
	read := either(self("person"), under("dues.check"), under("dues.record"))
	c.ListRule, c.ViewRule = read, read
	c.CreateRule = either(self("person"), `under(person.org_path, @request.auth.id, "dues.record") = true`)
	c.UpdateRule = all("("+self("person")+" || "+under("dues.record")+" || "+under("dues.check")+")", unchanged("person", "document"))
	c.DeleteRule = either(self("person"), under("dues.record"))
	c.AddIndex("idx_dues_waivers_person", false, "person, since", "")
	return app.Save(c)
}

func duesPayments(app core.App) error {
	c := core.NewBaseCollection("dues_payments")
	c.Fields.Add(
		requiredRelation(app, "person", "people", "党员：为谁交纳。"),
		text("name", "姓名：收款时党员的姓名，印在收据上。由系统填写，组织关系转走以后也看得到。"),
		fen("amount", "实收（分）。"),
		required(month("from_month", "账期起：从哪个月。")),
		required(month("to_month", "账期止：到哪个月（含）。跨度、补交、预交都不超过 6 个月。")),
		choice("method", "方式：cash 现金，transfer 转账，behalf 代交。", "cash", "transfer", "behalf"),
		text("payer", "代交人：代交时写姓名和关系。不能是收款登记人。"),
		relation(app, "payer_person", "people", "代交的党员：代交人也是党员时选择。不能是收款登记人。"),
		required(date("received_on", "收款日期，也是记账日期。")),
		text("receipt_no", "收据号：由系统按组织和年度编号，中间没有空号。"),
		choiceOr("state", "状态：recorded 已登记，checked 已复核，reversed 已冲正。", "recorded", "checked", "reversed"),
		text("reason", "说明：预交须经支部同意，写明原因；冲正的原因也写在这里。"),
		text("document", "批准：跨度或补交超过 6 个月的，写上级同意的文号。"),
		relation(app, "recorded_by", "people", "收款登记人。由系统填写。"),
		relation(app, "checked_by", "people", "复核人：不能是登记人。由系统填写。"),
		relation(app, "reversed_by", "people", "冲正人：不能是登记人。由系统填写。"),
		text("batch", "批次：成批登记时的批号。由系统填写。"),
		seal(),
	)
	scope(app, c, "收款的党组织。由系统填写。")
	read := either(self("person"), under("dues"))
	c.ListRule, c.ViewRule = read, read
	c.CreateRule = types.Pointer(`under(person.org_path, @request.auth.id, "dues.record") = true`)
	c.UpdateRule = all("("+under("dues.record")+" || "+under("dues.check")+")",
		unchanged("person", "name", "amount", "from_month", "to_month", "method", "payer", "payer_person", "received_on", "document", "batch", "receipt_no"))
	c.AddIndex("idx_dues_payments_person", false, "person, received_on", "")
	c.AddIndex("idx_dues_payments_receipt", true, "org, receipt_no", "receipt_no != ''")
	c.AddIndex("idx_dues_payments_batch", false, "batch", "batch != ''")
	for _, who := range []string{"payer_person", "recorded_by", "checked_by", "reversed_by"} {
		c.AddIndex("idx_dues_payments_"+who, false, who, "")
	}
	return app.Save(c)
}

// duesReviews are looked into by people: the program finds six months without
// dues and says so, nothing else (R-DUES-08).
func duesReviews(app core.App) error {
	c := core.NewBaseCollection("dues_reviews")
	c.Fields.Add(
		requiredRelation(app, "person", "people", "党员。"),
		required(month("from_month", "从哪个月起没有交纳。")),
		required(month("to_month", "到哪个月为止，连续 6 个月。")),
		choiceOr("state", "状态：open 待核查，settled 已核查。核查须由支部查明有无正当理由，系统不作任何处置。", "open", "settled"),
		longText("finding", "核查情况：有无正当理由，谈话和教育的经过。"),
		text("document", "支部研究的日期、纪要或文号。"),
		relation(app, "settled_by", "people", "核查人。由系统填写。"),
	)
	scope(app, c, "所在党组织。由系统填写。")
	read := either(self("person"), under("dues.record"), under("dues.check"))
	c.ListRule, c.ViewRule = read, read
	c.UpdateRule = all("("+under("dues.record")+" || "+under("dues.check")+")", unchanged("person", "from_month", "to_month"))
	c.AddIndex("idx_dues_reviews_person", true, "person, from_month", "")
	c.AddIndex("idx_dues_reviews_settled_by", false, "settled_by", "")
	return app.Save(c)
}
