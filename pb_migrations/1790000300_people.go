package pb_migrations

import (
	"strings"

	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
	"github.com/pocketbase/pocketbase/tools/types"
)

// Everyone with a record, and the one collection that signs in. A person reads
// their own record; officers with the power "people" read those in reach,
// "people.edit" enters and corrects them. Nobody is deleted: people change
// state. Passwords change through /api/people/password alone.
//
// What domain.md 11.4 calls sensitive is hidden, so nobody can list it, filter
// by it or guess at it: records carry it masked, /api/people/{id}/reveal opens
// it. The identity number is sealed besides. The help of a field names its
// purpose and how long it is kept.
func init() {
	m.Register(func(app core.App) error {
		people := core.NewAuthCollection("people")
		read := either(self("id"), under("people"))
		people.ListRule, people.ViewRule = read, read
		people.CreateRule = all(underNew("people.edit"), `@request.body.must_change:isset = false`)
		people.UpdateRule = all(under("people.edit"), `@request.body.password:isset = false`, unchanged("must_change", "verified"),
			`(@request.body.org:changed = false || under(@request.body.org.path, @request.auth.id, "people.edit") = true)`)
		people.AuthRule = types.Pointer(`state = "active" && kind != "service"`)

		people.Fields.Add(
			&core.TextField{Name: "name", Required: true, Max: 50, Presentable: true, Help: "姓名。"},
			&core.TextField{Name: "number", Pattern: `^[A-Za-z0-9]{1,20}$`, Help: "工号，登录用，全系统不重复。"},
			hidden(&core.TextField{Name: "mobile", Pattern: `^1[3-9]\d{9}$`, Help: "手机号（S2）。用途：登录和联系，全系统不重复。只显示前三后四，查看全号留痕。离开组织后保留到关系转出办结。"}),
			choice("kind", "类别：member 正式党员，probationary 预备党员，activist 入党积极分子，applicant 申请入党人，staff 干部职工，service 程序账号（只用令牌）。",
				"member", "probationary", "activist", "applicant", "staff", "service"),
			choice("state", "状态：active 正常，suspended 停用，left 已转出，deceased 已故，removed 已出党。不是“正常”的不能登录。每次变动记入 people_status。",
				"active", "suspended", "left", "deceased", "removed"),
			&core.TextField{Name: "title", Max: 60, Help: "职务称谓，只用于显示；权限看任职。"},
			flag("must_change", "首次登录须改密码。由系统填写。"),
			&core.NumberField{Name: "failed", OnlyInt: true, Hidden: true, Help: "连续输错密码的次数。由系统填写。"},
			&core.DateField{Name: "locked_until", Hidden: true, Help: "输错五次后锁定到何时。由系统填写。"},
		)
		people.Fields.Add(rosterFields()...)
		scope(app, people, "所在党组织或科室。")
		people.AddIndex("idx_people_number", true, "number", "number != ''")
		people.AddIndex("idx_people_mobile", true, "mobile", "mobile != ''")
		people.AddIndex("idx_people_name", false, "name, birth_date", "")
		people.AddIndex("idx_people_pinyin", false, "pinyin", "")
		people.AddIndex("idx_people_initials", false, "initials", "")
		people.AddIndex("idx_people_id_no_hash", true, "id_no_hash", "id_no_hash != ''")
		people.AddIndex("idx_people_id_no_key", false, "substr([[id_no_sealed]], 1, 12)", "") // which key each was sealed under
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

// ethnicities are the 56 of GB/T 3304.
var ethnicities = strings.Fields(`汉族 蒙古族 回族 藏族 维吾尔族 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族 哈萨克族 傣族
	黎族 傈僳族 佤族 畲族 高山族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族 土族 达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族 锡伯族
	阿昌族 普米族 塔吉克族 怒族 乌孜别克族 俄罗斯族 鄂温克族 德昂族 保安族 裕固族 京族 塔塔尔族 独龙族 鄂伦春族 赫哲族 门巴族 珞巴族 基诺族 其他`)

// rosterFields are what the roster asks of a member (domain.md 11.1, 11.4).
func rosterFields() []core.Field {
	return []core.Field{
		optional(choice("gender", "性别：male 男，female 女。与身份证号核对。用途：名册和统计。长期保存。", "male", "female")),
		optional(choice("ethnicity", "民族，按 GB/T 3304。用途：名册和统计。长期保存。", ethnicities...)),
		hidden(&core.TextField{Name: "id_no_sealed", Max: 200, Help: "身份证号（S3）的密文，由系统填写；填写时用 id_no。用途：核对身份、组织关系。只显示后四位，查看全号要写理由并留痕。长期保存。"}),
		hidden(&core.TextField{Name: "id_no_hash", Max: 100, Help: "身份证号的带密钥摘要，由系统填写，用来查重和查找。"}),
		hidden(day("birth_date", "出生日期（S2）。与身份证号核对，只显示到月。用途：年满 18 岁的判断、退休和慰问。长期保存。")),
		optional(choice("education", "学历：10 研究生，20 大学本科，30 大学专科，40 中专，60 高中，70 初中，80 小学，90 其他。用途：名册和统计。长期保存。",
			"10", "20", "30", "40", "60", "70", "80", "90")),
		day("join_date", "加入党组织日期，即支部大会通过之日，预备期由此起算。长期保存。"),
		day("full_date", "转为正式党员日期，党龄由此起算。预备党员为空。长期保存。"),
		&core.TextField{Name: "full_note", Max: 200, Help: "预备期不满 12 个月即转正的特殊情况说明。"},
		&core.TextField{Name: "work_post", Max: 60, Help: "工作岗位，名称或四位代码。用途：名册和统计。随变动更新。"},
		hidden(&core.TextField{Name: "tel", Pattern: `^[0-9+() -]{5,25}$`, Help: "固定电话（S2）。用途：联系。只显示区号和末两位，查看留痕。离开组织后保留到关系转出办结。"}),
		hidden(&core.TextField{Name: "address", Max: 200, Help: "家庭住址（S2），到门牌。用途：联系、慰问、就近编组。只显示到街道，查看留痕。离开组织后保留到关系转出办结。"}),
		optional(choice("membership_state", "党籍（S2）：normal 正常，stopped 停止党籍。不是党员的为空。停止党籍须由组织决定，填写理由和文号。长期保存。", "normal", "stopped")),
		flag("lost", "是否失去联系（S2）。"),
		day("lost_since", "失去联系日期。失去联系时必填。"),
		flag("floating", "是否流动党员（外出 6 个月以上且没有转关系）。由流出地登记。"),
		&core.TextField{Name: "flow_to", Max: 100, Help: "外出流向。流动党员必填，写到县区。"},
		&core.TextField{Name: "pinyin", Max: 200, Help: "姓名全拼，用来查找。由系统填写。"},
		&core.TextField{Name: "initials", Max: 50, Help: "姓名拼音首字母，用来查找。由系统填写。"},
	}
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
