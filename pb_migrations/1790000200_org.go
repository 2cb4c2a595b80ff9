package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
	"github.com/pocketbase/pocketbase/tools/types"
)

// powers are the words that rules ask for.
var powers = []string{
	"plan", "plan.edit", "plan.confirm", "plan.accept", "plan.submit",
	"people", "people.edit", "people.sensitive", "org", "audit",
	"documents", "documents.edit", "calendar.edit",
	"dues", "dues.assess", "dues.record", "dues.check", "dues.account", "dues.cash", "dues.rates",
	"points", "points.review", "points.edit",
	"approvals",
	"meetings", "meetings.edit", "study", "study.edit", "ideology", "ideology.edit", "pledges", "pledges.edit",
	"appraisals", "appraisals.edit", "publicity", "publicity.edit", "development", "development.edit", "elections", "elections.edit",
	"declarations", "declarations.edit", "declarations.private", "integrity", "integrity.edit", "inspections", "inspections.edit",
	"outreach", "outreach.edit", "activities", "activities.edit", "massorg", "massorg.edit",
}

// unitKinds are what an organization may be.
var unitKinds = []string{"superior", "committee", "branch", "retired", "group", "office", "union", "league"}

const unitKindsHelp = "superior 上级，committee 党工委，branch 社区党支部，retired 离退休党支部，group 党小组，office 科室，union 工会，league 共青团。"

// The tree of organizations and the roles that may be held in it. Everybody
// who signs in may read both; the tree is kept by those with the power "org"
// over the place, the roles by the system keeper alone.
func init() {
	m.Register(func(app core.App) error {
		units := core.NewBaseCollection("org_units")
		units.Fields.Add(
			&core.TextField{Name: "name", Required: true, Max: 100, Presentable: true, Help: "组织全称，例如“清河街道东风社区党支部”。"},
			&core.TextField{Name: "short", Max: 30, Help: "简称，用于列表和手机。"},
			&core.TextField{Name: "code", Required: true, Pattern: `^[a-z0-9]{1,12}$`, Help: "编码，小写字母和数字，同一上级之下不重复，例如 zb1。"},
			choice("kind", "类别："+unitKindsHelp, unitKinds...),
			&core.TextField{Name: "path", Max: 200, Help: "在组织树中的路径。由系统填写，权限按它判断。"},
			whole("sort", "同级之间的排列次序，小的在前。"),
			date("established", "成立日期。"),
			date("closed", "撤销日期。撤销后不再分派新的工作。"),
		)
		stamps(units)
		if err := app.Save(units); err != nil {
			return err
		}
		units.Fields.Add(relation(app, "parent", "org_units", "上级组织。为空即为最高一级。"))
		units.AddIndex("idx_org_units_path", true, "path", "")
		units.AddIndex("idx_org_units_parent", false, "parent", "")
		units.AddIndex("idx_org_units_created", false, "created", "")
		if err := app.Save(units); err != nil {
			return err
		}

		roles := core.NewBaseCollection("org_roles")
		roles.ListRule, roles.ViewRule = types.Pointer(signedIn), types.Pointer(signedIn)
		roles.Fields.Add(
			&core.TextField{Name: "key", Required: true, Pattern: `^[a-z][a-z0-9_]{1,30}$`, Help: "程序用的名字，例如 secretary。"},
			&core.TextField{Name: "name", Required: true, Max: 30, Presentable: true, Help: "职务名称，例如“书记”。"},
			&core.SelectField{
				Name: "powers", MaxSelect: len(powers), Values: powers,
				Help: "权限，及于任职组织及其下级。带点的含不带点的查看权。",
			},
			&core.SelectField{Name: "kinds", MaxSelect: len(unitKinds), Values: unitKinds, Help: "可以在哪几类组织担任，为空即不限。" + unitKindsHelp},
			flag("single", "同一组织同一时间只能有一人担任，例如书记。"),
			whole("sort", "排列次序，小的在前。"),
		)
		stamps(roles)
		roles.AddIndex("idx_org_roles_key", true, "key", "")
		return app.Save(roles)
	}, func(app core.App) error {
		return drop(app, "org_units", "org_roles")
	})
}
