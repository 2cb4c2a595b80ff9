package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
)

// pointsEntries is the ledger. An award holds what its rule gives; caps are
// reckoned from the entries whenever they are read.
func pointsEntries(app core.App) error {
	c := core.NewBaseCollection("points_entries")
	c.Fields.Add(
		requiredRelation(app, "person", "people", "党员。"),
		requiredRelation(app, "rule", "points_rules", "积分项目：按哪一条。"),
		choice("kind", "种类：award 计分，reversal 冲正。", "award", "reversal"),
		tenths("points", "分数（十分之一分）：20 即 2 分，扣分为负。封顶在汇总时计算，分录记的是封顶以前的。"),
		required(date("day", "发生日期：按它归入年度和封顶期。")),
		&core.TextField{Name: "quarter", Required: true, Pattern: quarterPattern, Help: "记入季度：发生的季度已经锁定的，记入当前季度。"},
		required(date("booked_on", "记账日期。")),
		required(text("activity", "活动：同一活动对一个人只计一次。")),
		&core.NumberField{Name: "nth", OnlyInt: true, Help: "第几次：冲正以后重新计分的加一。"},
		required(text("collection", "来源表：源记录在哪张表。")),
		required(text("source", "来源：源记录的编号。")),
		&core.TextField{Name: "explain", Max: 300, Help: "说明：这一笔是怎么来的，一句话。"},
	)
	chained(app, c, "发生时所在的党组织。")
	read := either(self("person"), under("points"))
	c.ListRule, c.ViewRule = read, read
	c.AddIndex("idx_points_entries_once", true, "rule, source, person, activity, nth", "kind = 'award'")
	c.AddIndex("idx_points_entries_activity", true, "activity, person, nth", "kind = 'award'")
	c.AddIndex("idx_points_entries_person", false, "person, day, rule, points", "")
	c.AddIndex("idx_points_entries_org", false, "org, quarter", "")
	c.AddIndex("idx_points_entries_org_path", false, "org_path, day", "")
	c.AddIndex("idx_points_entries_source", false, "source", "")
	return app.Save(c)
}

// pointsTriggers also hold that an activity is awarded once at a time.
var pointsTriggers = append(chainTriggers("points_entries", "积分分录", "person rule kind points day quarter booked_on activity nth collection source explain"),
	`CREATE TRIGGER points_entries_award BEFORE INSERT ON points_entries
		WHEN NEW.kind = 'award' AND EXISTS (SELECT 1 FROM points_entries e WHERE e.activity = NEW.activity AND e.person = NEW.person AND e.kind = 'award'
			AND NOT EXISTS (SELECT 1 FROM points_entries r WHERE r.reverses = e.id AND r.reverses != ''))
		BEGIN SELECT RAISE(ABORT, '同一活动已经计过分。'); END`,
)
