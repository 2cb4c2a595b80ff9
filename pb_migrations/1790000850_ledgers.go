package pb_migrations

import (
	_ "embed"
	"encoding/json"

	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
	"github.com/pocketbase/pocketbase/tools/types"
)

// How ledgers are shown (everybody reads, the system keeper writes), which
// records are evidence by themselves (officers of the plan), and correction
// slips to filed records (written and read through the record they belong to).
func init() {
	m.Register(func(app core.App) error {
		for _, make := range []func(core.App) error{ledgersViews, ledgersLinks, ledgersCorrections} {
			if err := make(app); err != nil {
				return err
			}
		}
		return nil
	}, func(app core.App) error {
		return drop(app, "ledgers_views", "ledgers_links", "ledgers_corrections")
	})
}

func ledgersViews(app core.App) error {
	c := core.NewBaseCollection("ledgers_views")
	c.ListRule, c.ViewRule = types.Pointer(signedIn), types.Pointer(signedIn)
	c.Fields.Add(
		&core.TextField{Name: "collection", Required: true, Max: 60, Presentable: true, Help: "数据表：它的名字，例如 meetings。一张表一条。"},
		required(text("title", "名称：台账叫什么，例如“会议台账”。")),
		&core.TextField{Name: "items", Pattern: `^(\d{1,3}( \d{1,3})*)?$`, Help: "条目：服务于要点的哪几条，用空格分开，例如 2 4 10。"},
		text("columns", "列表的列：字段名，按次序用空格分开。为空则取前几个字段。"),
		&core.TextField{Name: "filter", Max: 500, Help: "默认条件：打开列表时先用它筛选，用 PocketBase 的条件语言。"},
		text("sort_by", "默认次序：例如 -held_on,title。"),
		text("power", "谁看：有这项权限的人看全部，其他人只看自己的。为空则只按数据表的规则。"),
		&core.JSONField{Name: "labels", MaxSize: 20_000, Help: "字段叫法：与字段说明的头几个字不同时写，例如 {\"held_on\":\"开会日期\"}。"},
		text("state_field", "状态字段：看板按它分列。为空则用 state。"),
		text("date_field", "日期字段：月历和年度统计按它。为空则用第一个日期。"),
		whole("sort", "排列次序，小的在前。"),
	)
	stamps(c)
	c.AddIndex("idx_ledgers_views_collection", true, "collection", "")
	return app.Save(c)
}

func ledgersLinks(app core.App) error {
	c := core.NewBaseCollection("ledgers_links")
	c.Fields.Add(
		required(text("collection", "数据表：哪张表的记录。")),
		requiredRelation(app, "task", "plan_tasks", "任务：作为哪项任务的佐证。"),
		&core.TextField{Name: "condition", Max: 500, Help: "条件：记录达到它就自动成为佐证，例如 state = \"filed\" && kind = \"theme_day\"。为空则每条都是。"},
		required(text("date_field", "日期字段：按记录的哪个日期找当期的任务，例如 held_on。")),
		text("text", "说明：佐证上写的话。"),
		flag("active", "启用：不勾选则不再自动关联，已经关联的保留。"),
	)
	scope(app, c, "所属组织：哪个组织的要点。")
	read := either(under("plan"))
	c.ListRule, c.ViewRule = read, read
	c.CreateRule = all(underNew("plan.edit"))
	c.UpdateRule = all(under("plan.edit"), unchanged("org"))
	c.DeleteRule = all(under("plan.edit"))
	c.AddIndex("idx_ledgers_links_collection", false, "collection, active", "")
	c.AddIndex("idx_ledgers_links_task", false, "task", "")
	return app.Save(c)
}

func ledgersCorrections(app core.App) error {
	c := core.NewBaseCollection("ledgers_corrections")
	c.ListRule, c.ViewRule = either(self("person"), under("audit")), either(self("person"), under("audit"))
	c.Fields.Add(
		required(text("collection", "数据表：被更正的记录在哪张表。")),
		required(text("record", "记录：被更正的记录的编号。")),
		required(text("field", "字段：更正哪一项。")),
		text("label", "叫法：这一项在页面上叫什么。由系统填写。"),
		longText("was", "原来的内容。由系统填写。"),
		longText("now", "更正为：应该是什么。"),
		required(text("reason", "原因和依据。")),
		text("document", "文号。"),
		relation(app, "person", "people", "经办人。由系统填写。"),
	)
	scope(app, c, "记录所属的组织。由系统填写。")
	c.AddIndex("idx_ledgers_corrections_record", false, "collection, record", "")
	c.AddIndex("idx_ledgers_corrections_person", false, "person", "")
	return app.Save(c)
}

//go:embed seeds/ledgers_views.json
var ledgersViewsSeed []byte

// seedViews gives every collection of the product its view. It runs last, when
// all collections are there.
func seedViews(app core.App) error {
	c, err := app.FindCollectionByNameOrId("ledgers_views")
	if err != nil {
		return err
	}
	var seeds []map[string]any
	if err := json.Unmarshal(ledgersViewsSeed, &seeds); err != nil {
		return err
	}
	for i, data := range seeds {
		record := core.NewRecord(c)
		record.Load(data)
		record.Set("sort", i+1)
		if err := app.Save(record); err != nil {
			return err
		}
	}
	return nil
}
