package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// The ledger of documents that the plan promises (《》文件). Officers with
// "documents" or "plan" read those in reach, everybody reads what their own
// organization or one above it has issued; "documents.edit" writes.
func init() {
	m.Register(func(app core.App) error {
		documents := core.NewBaseCollection("documents")
		read := either(under("documents"), under("plan"), `(state = "issued" && `+under("belong")+`)`)
		documents.ListRule, documents.ViewRule = read, read
		documents.CreateRule = all(underNew("documents.edit"))
		documents.UpdateRule = all(under("documents.edit"), unchanged("org"))
		documents.DeleteRule = all(under("documents.edit"), `state = "planned"`)
		documents.Fields.Add(
			&core.TextField{Name: "title", Required: true, Max: 200, Presentable: true, Help: "文件名称，不带书名号。"},
			choice("action", "要做什么：draft 制定，revise 修订，sign 签订。", "draft", "revise", "sign"),
			&core.NumberField{Name: "year", Required: true, OnlyInt: true, Help: "所属年度。"},
			date("due", "应当完成的日期。"),
			choice("state", "进度：planned 待起草，drafting 起草中，reviewing 审核中，issued 已印发，void 不再需要。",
				"planned", "drafting", "reviewing", "issued", "void"),
			&core.TextField{Name: "number", Max: 60, Help: "发文字号，例如“清工委〔2026〕3号”。印发时必填。"},
			date("issued_on", "印发日期。印发时必填。"),
			&core.FileField{
				Name: "file", MaxSelect: 1, MaxSize: 20 << 20, Protected: true,
				MimeTypes: []string{
					"application/pdf", "application/msword", "text/plain",
					"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/zip", "application/ofd",
				},
				Help: "正文，不超过 20 MB。",
			},
			&core.TextField{Name: "note", Max: 1000, Help: "备注。不再需要时写明原因。"},
		)
		scope(app, documents, "负责起草的组织。")
		documents.AddIndex("idx_documents_year", false, "year, state", "")
		return app.Save(documents)
	}, func(app core.App) error {
		return drop(app, "documents")
	})
}
