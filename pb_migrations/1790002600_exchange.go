package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Imports and exports of any collection. Each belongs to the person who asked
// for it, who alone sees it and its file; everything is written by the
// application. What an import may change and an export may show follows from
// the rules of the collection concerned. exchange_rows holds what an import
// would do, or did, row by row, until its day is over.
func init() {
	m.Register(func(app core.App) error {
		if err := exchangeImports(app); err != nil {
			return err
		}
		if err := exchangeExports(app); err != nil {
			return err
		}
		_, err := app.DB().NewQuery(`CREATE TABLE exchange_rows (
			import TEXT NOT NULL, number INTEGER NOT NULL, action TEXT NOT NULL, record TEXT NOT NULL,
			told TEXT NOT NULL, sum TEXT NOT NULL, undo TEXT NOT NULL,
			PRIMARY KEY (import, number)) WITHOUT ROWID`).Execute()
		return err
	}, func(app core.App) error {
		if _, err := app.DB().NewQuery(`DROP TABLE exchange_rows`).Execute(); err != nil {
			return err
		}
		return drop(app, "exchange_imports", "exchange_exports")
	})
}

func exchanged(app core.App, c *core.Collection) {
	own := all(self("person"))
	c.ListRule, c.ViewRule = own, own
	c.Fields.Add(
		relation(app, "person", "people", "经办人。系统管理员操作的为空。"),
		&core.TextField{Name: "collection", Required: true, Max: 60, Help: "数据表的名字，例如 people。"},
		&core.TextField{Name: "title", Max: 100, Presentable: true, Help: "内容的名称，例如“党员名册”。"},
		text("message", "结果的一句话说明。"),
		&core.NumberField{Name: "progress", OnlyInt: true, Help: "已处理的行数。"},
		&core.NumberField{Name: "rows", OnlyInt: true, Help: "总行数。"},
	)
	scope(app, c, "经办人所在的组织。")
	c.AddIndex("idx_"+c.Name+"_person", false, "person, created", "")
	c.AddIndex("idx_"+c.Name+"_state", false, "state, created", "")
}

func exchangeImports(app core.App) error {
	c := core.NewBaseCollection("exchange_imports")
	c.Fields.Add(
		choice("state", "状态：uploaded 已上传，previewing 预检中，ready 待确认，applying 写入中，done 已导入，failed 未成功，undone 已撤销，expired 已过期。",
			"uploaded", "previewing", "ready", "applying", "done", "failed", "undone", "expired"),
		text("filename", "上传的文件名。"),
		&core.FileField{Name: "file", MaxSelect: 1, MaxSize: 100 << 20, Protected: true, Help: "上传的表格，保留一天。"},
		&core.JSONField{Name: "header", MaxSize: 1 << 20, Help: "表头：哪一列是什么。由系统识别。"},
		&core.NumberField{Name: "added", OnlyInt: true, Help: "新增的行数。"},
		&core.NumberField{Name: "changed", OnlyInt: true, Help: "有改动的行数。"},
		&core.NumberField{Name: "same", OnlyInt: true, Help: "没有变化的行数。"},
		&core.NumberField{Name: "faulty", OnlyInt: true, Help: "有错误的行数。"},
		flag("partial", "有错误的行跳过，其余的照常导入。"),
		moment("applied_at", "写入时间。此后一天内可以整批撤销。"),
		moment("undone_at", "撤销时间。"),
	)
	exchanged(app, c)
	return app.Save(c)
}

func exchangeExports(app core.App) error {
	c := core.NewBaseCollection("exchange_exports")
	c.Fields.Add(
		choice("state", "状态：running 生成中，done 已生成，failed 未成功，expired 文件已清除。", "running", "done", "failed", "expired"),
		choice("format", "格式：xlsx 表格，csv 文本（UTF-8），csv_gb 文本（GB18030）。", "xlsx", "csv", "csv_gb"),
		&core.TextField{Name: "filter", Max: 3500, Help: "导出时的筛选条件。"},
		&core.TextField{Name: "sort", Max: 500, Help: "导出时的排序。"},
		&core.FileField{Name: "file", MaxSelect: 1, MaxSize: 2 << 30, Protected: true, Help: "生成的文件，保留一天。"},
		text("sha256", "文件的 SHA-256，文件清除后仍可核对。"),
		moment("finished_at", "生成完毕的时间。"),
	)
	exchanged(app, c)
	return app.Save(c)
}
