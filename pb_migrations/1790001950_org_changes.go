package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Changes of organizations (组织设置调整): founded, renamed, moved, merged, closed,
// each applied for and carried out on its day. Who keeps the tree asks.
func init() {
	m.Register(orgChanges, func(app core.App) error { return drop(app, "org_changes") })
}

func orgChanges(app core.App) error {
	c := core.NewBaseCollection("org_changes")
	read := either(self("person"), under("org"), deciders())
	c.ListRule, c.ViewRule = read, read
	const keeps = `(under(unit.path, @request.auth.id, "org") = true || (kind = "found" && under(to.path, @request.auth.id, "org") = true))`
	c.CreateRule = all(self("person"), keeps)
	c.UpdateRule = all(ownDraft("org"))
	c.DeleteRule = all(self("person"))
	newKind := optional(choice("new_kind", "新组织的类别："+unitKindsHelp+"成立时必填。", unitKinds...))
	c.Fields.Add(
		&core.TextField{Name: "title", Max: 200, Presentable: true, Help: "名称。由系统填写。"},
		choice("kind", "调整：found 成立，rename 更名，move 隶属调整，merge 合并，close 撤销。", "found", "rename", "move", "merge", "close"),
		relation(app, "unit", "org_units", "组织：要更名、调整、合并或者撤销的组织。成立时不填。"),
		relation(app, "to", "org_units", "上级或并入的组织：成立在哪个组织之下，调整到哪个组织之下，或者并入哪个组织。"),
		&core.TextField{Name: "new_name", Max: 100, Help: "新的全称：成立和更名时必填。"},
		&core.TextField{Name: "new_short", Max: 30, Help: "新的简称。"},
		&core.TextField{Name: "new_code", Pattern: `^[a-z0-9]{1,12}$`, Help: "新的编码：成立时必填，小写字母和数字，同一上级之下不重复。"},
		newKind,
		atLeastZero(whole("members", "正式党员数：成立支部时必填，不足三人的应当成立联合支部。")),
		&core.TextField{Name: "reason", Max: 2000, Help: "理由。提交时必填。"},
		required(date("effective_on", "生效日期：批准时已到的当天生效，未到的到那天生效。")),
		&core.TextField{Name: "number", Max: 60, Help: "批复文号：组织设置调整要有批复，拟稿时预留。提交时必填。"},
		relation(app, "depends_on", "declarations_reports", "所依据的请示：没有批复不能生效。"),
		&core.TextField{Name: "warnings", Max: 1000, Help: "提醒。由系统填写。"},
		&core.TextField{Name: "before", Max: 300, Help: "调整以前。由系统填写。"},
	)
	c.Fields.Add(asked(app, "进度：draft 草拟，pending 审批中，approved 已批准，rejected 不同意，withdrawn 已撤回，expired 已失效，effective 已生效。", "effective")...)
	scope(app, c, "受理的组织。由系统填写。")
	c.AddIndex("idx_org_changes_unit", true, "unit", "unit != '' AND state IN ('pending', 'approved')")
	c.AddIndex("idx_org_changes_due", false, "state, effective_on", "")
	c.AddIndex("idx_org_changes_by_unit", false, "unit", "")
	indexEach(c, "to", "depends_on", "person", "request")
	return app.Save(c)
}
