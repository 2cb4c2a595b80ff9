package people

import (
	"yaodian/hooks/exchange/sheet"
	"yaodian/hooks/people/idno"
)

// Sheet is the table of the roster: the sixteen items of the official form
// (domain.md 11.1) under the names that offices give them, and what signing in
// needs. Columns whose field isn't there are left out; choices without options
// are the schema's.
func Sheet() sheet.Description {
	return sheet.Description{
		Collection: People, Title: "党员名册",
		Columns: []sheet.Column{
			{Field: "name", Title: "姓名", Aliases: []string{"党员姓名", "名字"}, Kind: sheet.Name, Required: true, Max: 50},
			{Field: "gender", Title: "性别", Kind: sheet.Choice, Options: []sheet.Option{{Value: "male", Word: "男", Aliases: []string{"男性"}}, {Value: "female", Word: "女", Aliases: []string{"女性"}}}},
			{Field: "ethnicity", Title: "民族", Kind: sheet.Choice, Ending: "族"},
			{Field: "id_no", Title: "公民身份证号", Aliases: []string{"身份证号", "身份证号码", "公民身份号码", "身份证", "证件号码"}, Kind: sheet.Identity, Mask: idno.Mask},
			{Field: "birth_date", Title: "出生日期", Aliases: []string{"出生年月", "出生年月日", "生日"}, Kind: sheet.Date, Mask: maskDay},
			{Field: "education", Title: "学历", Aliases: []string{"文化程度", "最高学历"}, Kind: sheet.Choice, Options: educations},
			{Field: "kind", Title: "人员类别", Aliases: []string{"党员类别", "类别"}, Kind: sheet.Choice, Required: true, Options: kindWords},
			{Field: "org", Title: "所在党支部", Aliases: []string{"所在支部", "党支部", "支部", "支部名称", "党组织", "所在党组织", "组织关系所在党支部"}, Kind: sheet.Reference, Required: true, Target: "org_units"},
			{Field: "join_date", Title: "加入党组织日期", Aliases: []string{"入党日期", "入党时间", "加入党组织时间", "入党年月"}, Kind: sheet.Date, FirstDay: true},
			{Field: "full_date", Title: "转为正式党员日期", Aliases: []string{"转正日期", "转正时间", "转为正式党员时间"}, Kind: sheet.Date, FirstDay: true},
			{Field: "work_post", Title: "工作岗位", Aliases: []string{"岗位", "工作岗位代码"}, Kind: sheet.Text, Max: 60},
			{Field: "mobile", Title: "联系电话", Aliases: []string{"手机", "手机号", "手机号码", "移动电话", "联系方式", "联系电话手机", "联系方式手机"}, Kind: sheet.Phone, Mask: MaskMobile},
			{Field: "tel", Title: "固定电话", Aliases: []string{"固话", "座机", "办公电话", "住宅电话", "联系电话固话", "联系方式固话"}, Kind: sheet.Phone, Mask: MaskTel},
			{Field: "address", Title: "家庭住址", Aliases: []string{"住址", "家庭地址", "现住址", "居住地址"}, Kind: sheet.Text, Max: 200, Mask: MaskAddress},
			{Field: "membership_state", Title: "党籍状态", Aliases: []string{"党籍"}, Kind: sheet.Choice, Options: []sheet.Option{
				{Value: "normal", Word: "正常"}, {Value: "stopped", Word: "停止党籍", Aliases: []string{"停止"}},
			}},
			{Field: "lost", Title: "是否失联", Aliases: []string{"是否为失联党员", "失联党员"}, Kind: sheet.Bool},
			{Field: "lost_since", Title: "失去联系日期", Aliases: []string{"失联日期", "失联时间"}, Kind: sheet.Date, FirstDay: true},
			{Field: "floating", Title: "是否流动党员", Aliases: []string{"是否为流动党员", "流动党员"}, Kind: sheet.Bool},
			{Field: "flow_to", Title: "外出流向", Aliases: []string{"流向", "流动去向"}, Kind: sheet.Text},
			{Field: "number", Title: "工号", Aliases: []string{"编号", "人员编号"}, Kind: sheet.Code, Help: "登录用。"},
			{Field: "title", Title: "职务", Aliases: []string{"党内职务", "职务称谓"}, Kind: sheet.Text, Max: 60},
			{Field: "state", Title: "状态", Default: Active, Aliases: []string{"人员状态"}, Kind: sheet.Choice, Options: []sheet.Option{
				{Value: "active", Word: "正常"}, {Value: "suspended", Word: "停用"}, {Value: "left", Word: "已转出", Aliases: []string{"转出"}}, {Value: "deceased", Word: "已故", Aliases: []string{"去世"}},
				{Value: "removed", Word: "已出党", Aliases: []string{"出党", "开除党籍"}},
			}},
		},
		Keys: []sheet.Key{
			{Fields: []string{"id_no"}}, {Fields: []string{"number"}}, {Fields: []string{"mobile"}},
			{Fields: []string{"name", "org"}, Weak: true},
		},
	}
}

// maskDay shows a birthday as lists do, in a form that is no date.
func maskDay(day string) string {
	if month := MaskBirth(day); month != "" {
		return month + "-**"
	}
	return ""
}

var kindWords = []sheet.Option{
	{Value: "member", Word: "正式党员", Aliases: []string{"正式", "党员"}}, {Value: "probationary", Word: "预备党员", Aliases: []string{"预备"}},
	{Value: "activist", Word: "入党积极分子", Aliases: []string{"积极分子"}}, {Value: "applicant", Word: "申请入党人", Aliases: []string{"入党申请人"}},
	{Value: "staff", Word: "干部职工", Aliases: []string{"群众", "职工", "干部"}}, {Value: Service, Word: "程序账号"},
}

var educations = []sheet.Option{
	{Value: "10", Word: "研究生", Aliases: []string{"硕士", "硕士研究生", "博士", "博士研究生"}},
	{Value: "20", Word: "大学本科", Aliases: []string{"本科", "大学"}},
	{Value: "30", Word: "大学专科", Aliases: []string{"大专", "专科"}},
	{Value: "40", Word: "中专", Aliases: []string{"中等专科", "中技", "技校"}},
	{Value: "60", Word: "高中"}, {Value: "70", Word: "初中"}, {Value: "80", Word: "小学"}, {Value: "90", Word: "其他"},
}
