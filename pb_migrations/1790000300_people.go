package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
	"github.com/pocketbase/pocketbase/tools/types"
)

// Everyone with a record, and the one collection that signs in. A person reads
// their own record; officers with the power "people" read those in reach,
// "people.edit" enters and corrects them. Nobody is deleted: people change
// state. Passwords change through /api/people/password alone.
func init() {
	m.Register(func(app core.App) error {
		people := core.NewAuthCollection("people")
		read := either(self("id"), under("people"))
		people.ListRule, people.ViewRule = read, read
		people.CreateRule = all(underNew("people.edit"), `@request.body.must_change:isset = false`)
		people.UpdateRule = all(under("people.edit"), `@request.body.password:isset = false`, unchanged("must_change", "verified"),
			`(@request.body.org:changed = false || under(@request.body.org.path, @request.auth.id, "people.edit") = true)`)
		people.AuthRule = types.Pointer(`state = "active"`)

		people.Fields.Add(
			&core.TextField{Name: "name", Required: true, Max: 50, Presentable: true, Help: "姓名。"},
			&core.TextField{Name: "number", Pattern: `^[A-Za-z0-9]{1,20}$`, Help: "工号，登录用，全系统不重复。"},
			&core.TextField{Name: "mobile", Pattern: `^1[3-9]\d{9}$`, Help: "手机号，登录用，全系统不重复。只有本人和管理名册的人看得到。"},
			choice("kind", "类别：member 正式党员，probationary 预备党员，activist 入党积极分子，applicant 申请入党人，staff 干部职工。",
				"member", "probationary", "activist", "applicant", "staff"),
			choice("state", "状态：active 正常，suspended 停用，left 已转出，deceased 已故。不是“正常”的不能登录。", "active", "suspended", "left", "deceased"),
			&core.TextField{Name: "title", Max: 60, Help: "职务称谓，只用于显示；权限看任职。"},
			flag("must_change", "首次登录须改密码。由系统填写。"),
			&core.NumberField{Name: "failed", OnlyInt: true, Hidden: true, Help: "连续输错密码的次数。由系统填写。"},
			&core.DateField{Name: "locked_until", Hidden: true, Help: "输错五次后锁定到何时。由系统填写。"},
		)
		scope(app, people, "所在党组织或科室。")
		people.AddIndex("idx_people_number", true, "number", "number != ''")
		people.AddIndex("idx_people_mobile", true, "mobile", "mobile != ''")
		people.AddIndex("idx_people_name", false, "name", "")
		people.PasswordAuth.IdentityFields = []string{"number", "mobile", "email"}
		people.AuthAlert.Enabled = false
		if f, ok := people.Fields.GetByName("email").(*core.EmailField); ok {
			f.Required = false
		}
		if err := app.Save(people); err != nil {
			return err
		}
		return openTree(app)
	}, func(app core.App) error {
		if err := closeTree(app); err != nil {
			return err
		}
		return drop(app, "people")
	})
}

// openTree gives org_units its rules, which speak of people's powers.
func openTree(app core.App) error {
	units, err := app.FindCollectionByNameOrId("org_units")
	if err != nil {
		return err
	}
	keep := `under(path, @request.auth.id, "org") = true`
	units.ListRule, units.ViewRule = types.Pointer(signedIn), types.Pointer(signedIn)
	units.CreateRule = types.Pointer(`under(parent.path, @request.auth.id, "org") = true`)
	units.UpdateRule = all(keep, `(@request.body.parent:changed = false || under(@request.body.parent.path, @request.auth.id, "org") = true)`)
	units.DeleteRule = types.Pointer(keep)
	return app.Save(units)
}

func closeTree(app core.App) error {
	units, err := app.FindCollectionByNameOrId("org_units")
	if err != nil {
		return err
	}
	units.ListRule, units.ViewRule, units.CreateRule, units.UpdateRule, units.DeleteRule = nil, nil, nil, nil, nil
	return app.Save(units)
}
