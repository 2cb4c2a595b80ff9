package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
)

// duesEntries is the ledger. How an amount comes about names the wages it is
// reckoned from, so it is hidden: /api/dues/mine shows it.
func duesEntries(app core.App) error {
	c := core.NewBaseCollection("dues_entries")
	c.Fields.Add(
		requiredRelation(app, "person", "people", "党员。"),
		required(month("month", "账期：哪个月的党费。")),
		choice("kind", "种类：charge 应交，payment 实交，waiver 减免，reversal 冲正，correction 更正。", "charge", "payment", "waiver", "reversal", "correction"),
		fen("amount", "金额（分）：应交为正，实交和减免为负，合计即为欠交。"),
		required(date("booked_on", "记账日期。")),
		&core.TextField{Name: "explain", Max: 1000, Hidden: true, Help: "算式：这一笔是怎么来的，一句话。【敏感】含工资基数，只在“我的党费”里给本人、核定人、复核人看。"},
		text("rates", "费率编号：按哪一版费率算出。"),
		relation(app, "payment", "dues_payments", "收款：由哪一笔收款而来。"),
		relation(app, "waiver", "dues_waivers", "减免：由哪一项减免而来。"),
	)
	chained(app, c, "记账时所在的党组织。")
	read := either(self("person"), under("dues"))
	c.ListRule, c.ViewRule = read, read
	c.AddIndex("idx_dues_entries_person", false, "person, month, kind, amount", "")
	c.AddIndex("idx_dues_entries_charge", true, "person, month", "kind = 'charge'")
	c.AddIndex("idx_dues_entries_org", false, "org, month", "")
	c.AddIndex("idx_dues_entries_org_path", false, "org_path, month", "")
	c.AddIndex("idx_dues_entries_paid", false, "org_path, booked_on, amount", "kind IN ('payment', 'reversal')")
	c.AddIndex("idx_dues_entries_payment", false, "payment", "payment != ''")
	c.AddIndex("idx_dues_entries_waiver", false, "waiver", "waiver != ''")
	return app.Save(c)
}

var duesTriggers = chainTriggers("dues_entries", "党费分录", "person month kind amount booked_on explain rates payment waiver")
