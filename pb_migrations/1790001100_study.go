package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
	"github.com/pocketbase/pocketbase/tools/types"
)

// What is to be learnt and what was. Officers with "study" in reach read,
// "study.edit" writes; a person reads and drafts their own plan, reads their own
// hours, certificates and answers, and answers for themselves alone. Materials,
// open quizzes and classes are read by everybody of the organization.
func init() {
	m.Register(func(app core.App) error {
		for _, make := range []func(core.App) error{studyPlans, studyMaterials, studyRecords, studyQuizzes, studyAnswers, studyClasses, studyEnrolments} {
			if err := make(app); err != nil {
				return err
			}
		}
		return nil
	}, func(app core.App) error {
		return drop(app, "study_plans", "study_materials", "study_records", "study_quizzes", "study_answers", "study_classes", "study_enrolments")
	})
}

// keptByStudy opens a collection that "study.edit" keeps.
func keptByStudy(c *core.Collection, fixed ...string) {
	c.CreateRule = all(underNew("study.edit"))
	c.UpdateRule = all(under("study.edit"), unchanged(append([]string{"org"}, fixed...)...))
	c.DeleteRule = all(under("study.edit"))
}

func studyPlans(app core.App) error {
	c := core.NewBaseCollection("study_plans")
	paper := func(name, help string) *core.TextField { return &core.TextField{Name: name, Max: 20_000, Help: help} }
	c.Fields.Add(
		&core.TextField{Name: "title", Required: true, Max: 200, Presentable: true, Help: "名称：例如“2026年中心组学习计划”。"},
		choice("scope", "范围：center_group 中心组，personal 个人。", "center_group", "personal"),
		&core.NumberField{Name: "year", Required: true, OnlyInt: true, Min: types.Pointer(2000.0), Max: types.Pointer(2099.0), Help: "年度。"},
		requiredRelation(app, "person", "people", "计划人：个人计划的本人，中心组计划的学习秘书。"),
		paper("schedule", "学习时间。四项要素缺一不可提交。"),
		paper("content", "学习内容。四项要素缺一不可提交。"),
		paper("requirements", "学习要求。四项要素缺一不可提交。"),
		paper("assessment", "考核方式。四项要素缺一不可提交。"),
		choiceOf("state", "状态：draft 草拟，submitted 已提交，reviewed 已审查，filed 已备案，executing 执行中，assessed 已考核。未备案不得考核。",
			"draft", "submitted", "reviewed", "filed", "executing", "assessed"),
		relation(app, "submitted_by", "people", "提交人。由系统填写。"),
		relation(app, "reviewed_by", "people", "审查人：不能是本人。由系统填写。"),
		relation(app, "filed_by", "people", "备案人：不能是本人。由系统填写。"),
		&core.TextField{Name: "result", Max: 1000, Help: "考核结果：由组织录入。"},
	)
	scope(app, c, "所属组织。")
	c.ListRule, c.ViewRule = either(under("study"), self("person")), either(under("study"), self("person"))
	c.CreateRule = either(underNew("study.edit"), `(`+self("person")+` && scope = "personal" && org = @request.auth.org)`)
	c.UpdateRule = all(`(`+under("study.edit")+` || `+self("person")+`)`, unchanged("org", "person", "scope", "year", "submitted_by", "reviewed_by", "filed_by"))
	c.DeleteRule = either(under("study.edit"), self("person"))
	c.AddIndex("idx_study_plans_group", true, "org, year", "scope = 'center_group'")
	c.AddIndex("idx_study_plans_personal", true, "person, year", "scope = 'personal'")
	for _, by := range []string{"person", "submitted_by", "reviewed_by", "filed_by"} {
		c.AddIndex("idx_study_plans_"+by, false, by, "")
	}
	return app.Save(c)
}

func studyMaterials(app core.App) error {
	c := core.NewBaseCollection("study_materials")
	c.Fields.Add(
		&core.TextField{Name: "title", Required: true, Max: 200, Presentable: true, Help: "材料名称。"},
		choice("kind", "类别：theory 理论，regulation 党纪党规，policy 政策文件，case 案例，other 其他。", "theory", "regulation", "policy", "case", "other"),
		text("source", "来源。"),
		&core.URLField{Name: "link", Help: "网址：材料在哪里看。"},
		&core.FileField{Name: "files", MaxSelect: 5, MaxSize: 50 << 20, Protected: true, Help: "文件。"},
	)
	scope(app, c, "所属组织：本组织及其下级都能看。")
	c.ListRule, c.ViewRule = either(under("study"), under("belong")), either(under("study"), under("belong"))
	keptByStudy(c)
	return app.Save(c)
}

func studyRecords(app core.App) error {
	c := core.NewBaseCollection("study_records")
	c.Fields.Add(
		requiredRelation(app, "person", "people", "党员。"),
		required(date("studied_on", "学习日期。")),
		&core.NumberField{Name: "tenths", Required: true, OnlyInt: true, Min: types.Pointer(1.0), Max: types.Pointer(800.0), Help: "学时（十分之一）：8 学时写 80。脱产一天 80，半天 40，一小时 10。"},
		choice("source", "来源：meeting 会议，class 集中培训，lecture 党课，self 自学，online 网络。只登记组织认可的结果。", "meeting", "class", "lecture", "self", "online"),
		&core.TextField{Name: "title", Required: true, Max: 200, Presentable: true, Help: "学了什么。"},
		relation(app, "meeting", "meetings", "会议：在哪次会上学的。"),
		relation(app, "material", "study_materials", "材料。"),
	)
	scope(app, c, "所属组织。")
	c.ListRule, c.ViewRule = either(under("study"), self("person")), either(under("study"), self("person"))
	keptByStudy(c, "person")
	c.AddIndex("idx_study_records_meeting", true, "meeting, person", "meeting != ''")
	c.AddIndex("idx_study_records_person", false, "person, studied_on", "")
	c.AddIndex("idx_study_records_material", false, "material", "")
	return app.Save(c)
}

func studyQuizzes(app core.App) error {
	c := core.NewBaseCollection("study_quizzes")
	c.Fields.Add(
		&core.TextField{Name: "title", Required: true, Max: 200, Presentable: true, Help: "试卷名称。"},
		&core.NumberField{Name: "version", Required: true, OnlyInt: true, Min: types.Pointer(1.0), Help: "版本：开考后锁定，要改另出新版。"},
		longText("paper", "试题。"),
		&core.NumberField{Name: "pass", Required: true, OnlyInt: true, Min: types.Pointer(1.0), Max: types.Pointer(100.0), Help: "合格分，百分制。"},
		required(date("opens", "从哪天起。")),
		required(date("closes", "到哪天为止，含当天。")),
		choiceOf("state", "状态：draft 草拟，open 开考，closed 已结束。", "draft", "open", "closed"),
	)
	scope(app, c, "所属组织：本组织及其下级都能考。")
	read := either(under("study.edit"), `(state != "draft" && `+under("belong")+`)`)
	c.ListRule, c.ViewRule = read, read
	keptByStudy(c)
	c.AddIndex("idx_study_quizzes_title", true, "org, title, version", "")
	return app.Save(c)
}

func studyAnswers(app core.App) error {
	c := core.NewBaseCollection("study_answers")
	c.Fields.Add(
		requiredRelation(app, "quiz", "study_quizzes", "试卷。"),
		requiredRelation(app, "person", "people", "答题人：只能替自己答。"),
		longText("text", "答案。"),
		&core.NumberField{Name: "score", OnlyInt: true, Min: types.Pointer(0.0), Max: types.Pointer(100.0), Help: "得分：由阅卷人录入，不公开排名。"},
		relation(app, "marked_by", "people", "阅卷人：不能是本人。由系统填写。"),
		choiceOf("state", "状态：answered 已答，marked 已阅。", "answered", "marked"),
	)
	scope(app, c, "答题人所在的组织。由系统填写。")
	c.ListRule, c.ViewRule = either(under("study.edit"), self("person")), either(under("study.edit"), self("person"))
	c.CreateRule = all(self("person"), `@request.body.score:isset = false`)
	c.UpdateRule = all(under("study.edit"), unchanged("org", "quiz", "person", "text", "marked_by"))
	c.AddIndex("idx_study_answers_quiz", true, "quiz, person", "")
	c.AddIndex("idx_study_answers_person", false, "person", "")
	c.AddIndex("idx_study_answers_marked_by", false, "marked_by", "")
	return app.Save(c)
}

func studyClasses(app core.App) error {
	c := core.NewBaseCollection("study_classes")
	c.Fields.Add(
		&core.TextField{Name: "title", Required: true, Max: 200, Presentable: true, Help: "名称：例如“第三期教育辅导班”。"},
		&core.NumberField{Name: "session_no", Required: true, OnlyInt: true, Min: types.Pointer(1.0), Help: "期次：第三期写 3。"},
		choice("kind", "对象：activist_new_member 入党积极分子和新党员，candidate 发展对象，member 党员。", "activist_new_member", "candidate", "member"),
		required(date("starts_on", "开班日期。")),
		required(date("ends_on", "结业日期。")),
		whole("tenths", "学时（十分之一）：24 学时写 240。发展对象不少于 240。"),
		choiceOf("state", "状态：planned 已安排，running 办班中，closed 已结业。", "planned", "running", "closed"),
	)
	scope(app, c, "举办的组织。")
	c.ListRule, c.ViewRule = either(under("study"), under("belong")), either(under("study"), under("belong"))
	keptByStudy(c)
	c.AddIndex("idx_study_classes_session", true, "org, kind, session_no", "")
	return app.Save(c)
}

func studyEnrolments(app core.App) error {
	c := core.NewBaseCollection("study_enrolments")
	c.Fields.Add(
		child(app, "class", "study_classes", "培训班。"),
		requiredRelation(app, "person", "people", "学员。"),
		flag("present", "到班：参加了学习。"),
		flag("passed", "合格：考核合格。"),
		text("certificate", "结业编号：合格的才发。"),
	)
	scope(app, c, "所属组织。由系统填写。")
	c.ListRule, c.ViewRule = either(under("study"), self("person")), either(under("study"), self("person"))
	c.CreateRule = all(underParent("class", "study.edit"))
	c.UpdateRule = all(under("study.edit"), unchanged("org", "class", "person"))
	c.DeleteRule = all(under("study.edit"))
	c.AddIndex("idx_study_enrolments_class", true, "class, person", "")
	c.AddIndex("idx_study_enrolments_person", false, "person", "")
	c.AddIndex("idx_study_enrolments_certificate", true, "certificate", "certificate != ''")
	return app.Save(c)
}
