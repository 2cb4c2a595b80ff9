package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
	"github.com/pocketbase/pocketbase/tools/types"
)

// The inbox. Each person reads their own messages and marks them as read;
// messages are written by the application alone.
func init() {
	m.Register(func(app core.App) error {
		inbox := core.NewBaseCollection("notify_messages")
		own := types.Pointer(self("person"))
		inbox.ListRule, inbox.ViewRule = own, own
		inbox.UpdateRule = all(self("person"), unchanged("person", "kind", "title", "body", "link"))
		inbox.Fields.Add(
			requiredRelation(app, "person", "people", "收件人。"),
			choice("kind", "类别：duty 工作任务，plan 工作要点，approval 审批，account 账号，system 系统。", "duty", "plan", "approval", "account", "system"),
			&core.TextField{Name: "title", Required: true, Max: 100, Presentable: true, Help: "标题。"},
			&core.TextField{Name: "body", Max: 1000, Help: "内容。不写敏感信息。"},
			&core.TextField{Name: "link", Max: 200, Pattern: `^#/`, Help: "点开后到哪一页。"},
			moment("read_at", "阅读时间。为空即未读。"),
		)
		stamps(inbox)
		inbox.AddIndex("idx_notify_messages_person", false, "person, created", "")
		return app.Save(inbox)
	}, func(app core.App) error {
		return drop(app, "notify_messages")
	})
}
