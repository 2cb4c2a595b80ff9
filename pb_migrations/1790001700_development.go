package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
	"github.com/pocketbase/pocketbase/tools/types"
)

// Becoming a member (发展党员). The committee allots places to branches; a branch
// keeps its cases, their steps and files. Who is on the way reads their own
// case, not the steps, where others are heard and votes are counted.
func init() {
	m.Register(func(app core.App) error {
		for _, make := range []func(core.App) error{developmentQuotas, developmentCases, developmentSteps, developmentFiles} {
			if err := make(app); err != nil {
				return err
			}
		}
		return nil
	}, func(app core.App) error {
		return drop(app, "development_quotas", "development_cases", "development_steps", "development_files")
	})
}

func developmentQuotas(app core.App) error {
	c := core.NewBaseCollection("development_quotas")
	c.ListRule, c.ViewRule = either(under("development"), under("belong")), either(under("development"), under("belong"))
	c.CreateRule = all(underNew("development.edit"), underNew("org"))
	c.UpdateRule = all(under("development.edit"), under("org"), unchanged("org", "year"))
	c.DeleteRule = all(under("development.edit"), under("org"))
	count := func(name, help string) *core.NumberField { return atLeastZero(whole(name, help)) }
	c.Fields.Add(
		&core.NumberField{Name: "year", Required: true, OnlyInt: true, Min: types.Pointer(2020.0), Max: types.Pointer(2099.0), Help: "年度：名额当年有效，不结转。"},
		count("allocated", "名额：党工委的是全街道总数，支部的是分到的人数。支部合计不能超过总数。"),
		count("extra", "追加名额：党工委追加的人数。"),
		count("women", "其中妇女不少于几名。"),
		count("young", "其中三十五岁以下不少于几名。"),
		count("college", "其中大专以上不少于几名。"),
		count("frontline", "其中一线不少于几名。"),
		text("document", "计划文号：年度发展党员计划的文号。"),
		text("extra_document", "追加文号。有追加名额的必填。"),
	)
	scope(app, c, "所属组织：先登记党工委的总数，再分到支部。")
	c.AddIndex("idx_development_quotas_once", true, "org, year", "")
	return app.Save(c)
}

func developmentCases(app core.App) error {
	c := core.NewBaseCollection("development_cases")
	kept(c, "development")
	read := either(under("development"), self("person"))
	c.ListRule, c.ViewRule = read, read
	c.UpdateRule = all(under("development.edit"), unchanged("org", "person", "step", "stage", "talked_on", "activist_on", "object_on", "passed_on", "full_on", "extended"))
	contacts := relation(app, "contacts", "people", "培养联系人：一至两名正式党员。第 5 步以前必填。与本人有亲属关系的应当回避。")
	contacts.MaxSelect = 2
	sponsors := relation(app, "sponsors", "people", "入党介绍人：两名正式党员，一般由培养联系人担任。第 9 步以前必填。与本人有亲属关系的应当回避。")
	sponsors.MaxSelect = 2
	kin := func(name, who, about string) *core.SelectField {
		return optional(choice(name, who+"是本人亲属：none 不是，kin 是。"+about+"只答是不是，不记亲属关系。", "none", "kin"))
	}
	c.Fields.Add(
		requiredRelation(app, "person", "people", "本人：申请入党的人。名册里要有出生日期。"),
		&core.TextField{Name: "name", Max: 50, Presentable: true, Help: "姓名。由系统填写。"},
		required(date("applied_on", "申请日期：递交入党申请书的日期，须年满十八周岁。")),
		contacts,
		sponsors,
		whole("step", "办到第几步：25 步里已经办完的最后一步。由系统填写。"),
		optional(choice("stage", "阶段：applicant 申请入党人，activist 入党积极分子，object 发展对象，probationary 预备党员，member 正式党员。由系统填写。",
			"applicant", "activist", "object", "probationary", "member")),
		date("carried_on", "原单位列为积极分子的日期：培养时间可以连续计算的填写，附移交材料。"),
		date("talked_on", "谈话日期。由系统填写。"),
		date("activist_on", "列为积极分子的日期。由系统填写。"),
		date("object_on", "列为发展对象的日期。由系统填写。"),
		date("passed_on", "支部大会通过日期：预备期从这一天算。由系统填写。"),
		date("full_on", "转正日期：党龄从这一天算。由系统填写。"),
		whole("extended", "预备期延长几个月。由系统填写。"),
		kin("kin_talk", "谈话人", "第 2 步派去谈话的人。"),
		kin("kin_contacts", "联系人或介绍人", "换人后重新填写。"),
		kin("kin_review", "政审人", "第 10 步办理政治审查的人。"),
		kin("kin_above", "上级谈话人", "第 16 步上级派去谈话的人。"),
		&core.TextField{Name: "kin_note", Max: 300, Help: "回避说明：有亲属关系又确实不能换人的，写明原因。不写是什么亲属。"},
		text("end_note", "终止说明：为什么终止。终止时必填，须由组织决定。"),
		text("end_document", "终止依据文号。终止时必填。"),
		state("进度：open 办理中，done 已办结，ended 已终止。取消预备党员资格等由组织决定，系统不作结论。", "open", "done", "ended"),
	)
	scope(app, c, "所在支部。")
	c.AddIndex("idx_development_cases_open", true, "person", "state = 'open'")
	c.AddIndex("idx_development_cases_step", false, "state, step", "")
	indexEach(c, "person", "contacts", "sponsors")
	return app.Save(c)
}

func developmentSteps(app core.App) error {
	c := core.NewBaseCollection("development_steps")
	keptIn(c, "dossier", "development")
	c.Fields.Add(
		requiredRelation(app, "dossier", "development_cases", "发展党员档案。"),
		&core.NumberField{Name: "step", Required: true, OnlyInt: true, Min: types.Pointer(1.0), Max: types.Pointer(25.0), Help: "第几步：1 到 25，见发展党员工作流程。"},
		&core.TextField{Name: "name", Max: 40, Presentable: true, Help: "步骤名称。由系统填写。"},
		date("done_on", "办理日期。办结时必填。"),
		optional(choice("conclusion", "结论：passed 通过、合格，failed 不通过、不合格，extended 延长预备期。政审、审查、预审、表决、审批必填，由组织决定。", "passed", "failed", "extended")),
		atLeastZero(whole("days", "培训天数：第 11 步。三天或者二十四学时。")),
		atLeastZero(whole("hours", "培训学时：第 11 步。")),
		atLeastZero(whole("months", "延长几个月：延长预备期的，六到十二个月，只能延长一次。")),
		atLeastZero(whole("should_vote", "应到有表决权的正式党员人数：第 15、23 步。")),
		atLeastZero(whole("present", "实到有表决权的正式党员人数：第 15、23 步，不含书面意见。")),
		atLeastZero(whole("yes", "赞成票：第 15、23 步，含会前的正式书面意见。只记票数。")),
		text("document", "依据：决议、批复或者批准文件的编号。预审、大会、审批必填；未训批准的也写在这里。"),
		&core.TextField{Name: "note", Max: 1000, Help: "情况说明。不写谈话内容、个人隐私。"},
		&core.TextField{Name: "late_note", Max: 300, Help: "逾期说明：超过期限办理的，写明原因。"},
		flag("backfilled", "补录：晚于办理日期一个月以上登记的考察记录。由系统填写。"),
		signed(app, "done_by", "经办人。由系统填写。"),
		state("进度：active 办理中，done 已办结，redo 退回重办。同一时间只办一步，办结后不能修改。", "active", "done", "redo"),
	)
	scope(app, c, "所在支部。由系统填写。")
	c.AddIndex("idx_development_steps_active", true, "dossier", "state = 'active'")
	c.AddIndex("idx_development_steps_case", false, "dossier, step, done_on", "")
	indexEach(c, "done_by")
	return app.Save(c)
}

func developmentFiles(app core.App) error {
	c := core.NewBaseCollection("development_files")
	keptIn(c, "dossier", "development")
	c.Fields.Add(
		requiredRelation(app, "dossier", "development_cases", "发展党员档案。"),
		&core.NumberField{Name: "step", Required: true, OnlyInt: true, Min: types.Pointer(1.0), Max: types.Pointer(25.0), Help: "属于第几步。"},
		&core.TextField{Name: "title", Required: true, Max: 100, Presentable: true, Help: "材料名称：例如“入党申请书”。"},
		choice("kind", "类别：application 申请书，talk 谈话记录，opinion 推荐和审查意见，observation 考察写实，review 政审材料，training 培训结业，form 入党志愿书，resolution 决议和会议记录，approval 审批材料，other 其他。",
			"application", "talk", "opinion", "observation", "review", "training", "form", "resolution", "approval", "other"),
		date("made_on", "材料日期。"),
		&core.FileField{
			Name: "file", MaxSelect: 1, MaxSize: 20 << 20, Protected: true, MimeTypes: []string{"application/pdf", "image/jpeg", "image/png"},
			Help: "扫描件：PDF 或图片。只有经办人能看。",
		},
		&core.TextField{Name: "place", Max: 60, Help: "原件存放：例如“党员档案柜 3-12”。"},
	)
	scope(app, c, "所在支部。由系统填写。")
	c.AddIndex("idx_development_files_case", false, "dossier, step", "")
	return app.Save(c)
}
