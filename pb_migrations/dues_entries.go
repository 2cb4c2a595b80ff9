package pb_migrations

import (
	"strings"

	"github.com/pocketbase/pocketbase/core"
)

// duesEntries is the ledger. Its ids are the sequence number, so that the
// primary key is the order of the chain. How an amount comes about names the
// wages it is reckoned from, so it is hidden: /api/dues/mine shows it.
func duesEntries(app core.App) error {
	c := core.NewBaseCollection("dues_entries")
	c.Fields.Add(
		whole("seq", "序号：全部分录连续编号，从 1 起，中间没有空缺。"),
		requiredRelation(app, "person", "people", "党员。"),
		required(month("month", "账期：哪个月的党费。")),
		choice("kind", "种类：charge 应交，payment 实交，waiver 减免，reversal 冲正，correction 更正。", "charge", "payment", "waiver", "reversal", "correction"),
		fen("amount", "金额（分）：应交为正，实交和减免为负，合计即为欠交。"),
		required(date("booked_on", "记账日期。")),
		&core.TextField{Name: "explain", Max: 1000, Hidden: true, Help: "算式：这一笔是怎么来的，一句话。【敏感】含工资基数，只在“我的党费”里给本人、核定人、复核人看。"},
		text("rates", "费率编号：按哪一版费率算出。"),
		relation(app, "payment", "dues_payments", "收款：由哪一笔收款而来。"),
		relation(app, "waiver", "dues_waivers", "减免：由哪一项减免而来。"),
		text("reverses", "冲正：冲正的是哪一笔分录。"),
		relation(app, "by", "people", "经办人。为空即由系统记账。"),
		requiredRelation(app, "org", "org_units", "记账时所在的党组织。"),
		&core.TextField{Name: "org_path", Max: 200, Help: "所属组织现在的路径，权限按它判断；随组织移动，不在摘要之内。"},
		&core.AutodateField{Name: "created", OnCreate: true},
		text("prev", "上一笔的摘要。"),
		text("hash", "本笔的摘要：把所有分录连成一串，改动任何一笔都会被发现。"),
	)
	read := either(self("person"), under("dues"))
	c.ListRule, c.ViewRule = read, read
	c.AddIndex("idx_dues_entries_person", false, "person, month, kind, amount", "")
	c.AddIndex("idx_dues_entries_charge", true, "person, month", "kind = 'charge'")
	c.AddIndex("idx_dues_entries_org", false, "org, month", "")
	c.AddIndex("idx_dues_entries_org_path", false, "org_path, month", "")
	c.AddIndex("idx_dues_entries_paid", false, "org_path, booked_on, amount", "kind IN ('payment', 'reversal')")
	c.AddIndex("idx_dues_entries_payment", false, "payment", "payment != ''")
	c.AddIndex("idx_dues_entries_waiver", false, "waiver", "waiver != ''")
	c.AddIndex("idx_dues_entries_by", false, "[[by]]", "[[by]] != ''")
	c.AddIndex("idx_dues_entries_seq", true, "seq", "")
	c.AddIndex("idx_dues_entries_reverses", true, "reverses", "reverses != ''")
	return app.Save(c)
}

// duesTriggers hold against SQL what the hooks hold against records: the ledger
// only grows, at its end. Only the path of the organization follows the tree.
// The insert trigger also closes INSERT OR REPLACE.
var duesTriggers = []string{
	`CREATE TRIGGER dues_entries_update BEFORE UPDATE OF rowid, ` + duesColumns + ` ON dues_entries
		BEGIN SELECT RAISE(ABORT, '党费分录只能追加，不能修改。'); END`,
	`CREATE TRIGGER dues_entries_delete BEFORE DELETE ON dues_entries BEGIN SELECT RAISE(ABORT, '党费分录只能追加，不能删除。'); END`,
	`CREATE TRIGGER dues_entries_insert BEFORE INSERT ON dues_entries
		WHEN NEW.id IS NOT printf('%015d', NEW.seq)
			OR NEW.seq || ':' || NEW.prev IS NOT COALESCE((SELECT (seq + 1) || ':' || hash FROM dues_entries ORDER BY id DESC LIMIT 1), '1:')
			OR EXISTS (SELECT 1 FROM dues_entries WHERE rowid = NEW.rowid)
		BEGIN SELECT RAISE(ABORT, '党费分录只能接在最后一笔之后。'); END`,
}

var duesColumns = strings.Join(strings.Fields(`id seq person month kind amount booked_on explain rates payment waiver reverses [by] org created prev hash`), ", ")
