package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
	"github.com/pocketbase/pocketbase/tools/types"
)

// The working calendar: days that differ from the State Council's arrangement
// or aren't in the library yet, and the festival nodes. Everybody who signs in
// reads both; the system keeper writes them.
func init() {
	m.Register(func(app core.App) error {
		days := core.NewBaseCollection("calendar_days")
		days.ListRule, days.ViewRule = types.Pointer(signedIn), types.Pointer(signedIn)
		days.Fields.Add(
			required(date("date", "日期。每天只登记一次。")),
			choice("kind", "放假还是上班：holiday 放假，workday 调休上班。", "holiday", "workday"),
			&core.TextField{Name: "name", Max: 50, Presentable: true, Help: "名称，例如“春节”“国庆节调休”。"},
			&core.TextField{Name: "source", Max: 100, Help: "依据的文件，例如“国办发明电〔2025〕7号”。"},
		)
		stamps(days)
		days.AddIndex("idx_calendar_days_date", true, "date", "")
		if err := app.Save(days); err != nil {
			return err
		}

		nodes := core.NewBaseCollection("calendar_nodes")
		nodes.ListRule, nodes.ViewRule = types.Pointer(signedIn), types.Pointer(signedIn)
		nodes.Fields.Add(
			&core.TextField{Name: "name", Required: true, Max: 30, Presentable: true, Help: "节日名称，例如“中秋”。"},
			choice("kind", "按哪种历法：solar 公历，lunar 农历，term 节气。", "solar", "lunar", "term"),
			whole("month", "月份。公历或农历的节日填写。"),
			whole("day", "日。公历或农历的节日填写；当月没有这一天的，为当月最后一天。"),
			&core.TextField{Name: "term", Max: 2, Help: "节气名称，例如“清明”。按节气的节日填写。"},
			whole("before", "提前多少天提醒。"),
			&core.TextField{Name: "note", Max: 500, Help: "备注，例如要重申的纪律。"},
		)
		stamps(nodes)
		nodes.AddIndex("idx_calendar_nodes_name", true, "name", "")
		if err := app.Save(nodes); err != nil {
			return err
		}
		return seedNodes(app, nodes)
	}, func(app core.App) error {
		return drop(app, "calendar_days", "calendar_nodes")
	})
}

// seedNodes enters the festivals before which integrity is recalled, a week
// ahead (domain.md 8.4). Their ids are fixed, so that committees on different
// servers mean the same festival.
func seedNodes(app core.App, nodes *core.Collection) error {
	for _, n := range []struct {
		id, name, kind string
		month, day     int
		term           string
	}{
		{"nodeyuandan0000", "元旦", "solar", 1, 1, ""},
		{"nodechunjie0000", "春节", "lunar", 1, 1, ""},
		{"nodeqingming000", "清明", "term", 0, 0, "清明"},
		{"nodewuyi0000000", "五一", "solar", 5, 1, ""},
		{"nodeduanwu00000", "端午", "lunar", 5, 5, ""},
		{"nodeqiyi0000000", "七一", "solar", 7, 1, ""},
		{"nodezhongqiu000", "中秋", "lunar", 8, 15, ""},
		{"nodeguoqing0000", "国庆", "solar", 10, 1, ""},
	} {
		record := core.NewRecord(nodes)
		record.Load(map[string]any{
			"id": n.id, "name": n.name, "kind": n.kind, "month": n.month, "day": n.day, "term": n.term, "before": 7,
		})
		if err := app.Save(record); err != nil {
			return err
		}
	}
	return nil
}
