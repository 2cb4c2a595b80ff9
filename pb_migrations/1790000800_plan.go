package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// The year's work plan and what follows from it. Sections, items, tasks and
// targets are read by officers with "plan" and by everybody in the organization
// that made the plan; duties and evidence by those responsible and by officers
// with "plan" over them. Plans come into being by confirming an import, duties
// by the calendar; nobody creates either by hand. A duty is submitted by those
// responsible, taken back by who submitted it, and accepted, returned or
// exempted by "plan.accept". An import is edited by "plan.edit" and sent back by
// "plan.confirm", which also closes a plan when its year is over.
func init() {
	m.Register(func(app core.App) error {
		for _, make := range []func(core.App) error{planYears, planOutline, planTasks, planTargets, planDuties, planEvidence, planImports} {
			if err := make(app); err != nil {
				return err
			}
		}
		return nil
	}, func(app core.App) error {
		return drop(app, "plan_years", "plan_sections", "plan_items", "plan_tasks", "plan_targets", "plan_duties", "plan_evidence", "plan_imports")
	})
}

func readable(c *core.Collection) {
	read := either(under("plan"), under("belong"))
	c.ListRule, c.ViewRule = read, read
}

func span() []core.Field {
	return []core.Field{
		whole("span_from", "在计划原文中的起点（字符序号）。"),
		whole("span_to", "在计划原文中的终点（字符序号，不含）。"),
	}
}

func planYears(app core.App) error {
	c := core.NewBaseCollection("plan_years")
	readable(c)
	c.UpdateRule = all(under("plan.confirm"), unchanged("org", "year", "title", "text", "confirmed_by"))
	c.Fields.Add(
		&core.NumberField{Name: "year", Required: true, OnlyInt: true, Help: "年度。"},
		&core.TextField{Name: "title", Required: true, Max: 200, Presentable: true, Help: "计划名称。"},
		longText("preamble", "总体要求，即第一部分之前的文字。"),
		&core.TextField{Name: "text", Max: 1_000_000, Help: "计划原文。摘出的每一处都标明在原文中的位置。"},
		text("text_hash", "原文的 SHA-256，用来发现重复导入。"),
		choice("state", "active 执行中，closed 已归档。", "active", "closed"),
		relation(app, "confirmed_by", "people", "确认人。"),
		moment("confirmed_at", "确认时间。"),
	)
	scope(app, c, "制定计划的组织。")
	c.AddIndex("idx_plan_years_org_year", true, "org, year", "")
	c.AddIndex("idx_plan_years_confirmed_by", false, "confirmed_by", "")
	return app.Save(c)
}

func planOutline(app core.App) error {
	sections := core.NewBaseCollection("plan_sections")
	readable(sections)
	sections.Fields.Add(
		requiredRelation(app, "plan", "plan_years", "所属计划。"),
		whole("number", "序号。"),
		&core.TextField{Name: "title", Max: 300, Presentable: true, Help: "部分的标题。"},
	)
	sections.Fields.Add(span()...)
	scope(app, sections, "制定计划的组织。")
	sections.AddIndex("idx_plan_sections_plan", false, "plan, number", "")
	if err := app.Save(sections); err != nil {
		return err
	}

	items := core.NewBaseCollection("plan_items")
	readable(items)
	items.Fields.Add(
		requiredRelation(app, "plan", "plan_years", "所属计划。"),
		requiredRelation(app, "section", "plan_sections", "所属部分。"),
		whole("number", "条的序号。"),
		&core.TextField{Name: "title", Max: 300, Presentable: true, Help: "条的标题。"},
		longText("text", "条的原文。"),
	)
	items.Fields.Add(span()...)
	scope(app, items, "制定计划的组织。")
	items.AddIndex("idx_plan_items_plan", false, "plan, number", "")
	items.AddIndex("idx_plan_items_section", false, "section", "")
	return app.Save(items)
}

func planTasks(app core.App) error {
	c := core.NewBaseCollection("plan_tasks")
	readable(c)
	fixed := unchanged("org", "plan", "section", "item", "text", "span_from", "span_to", "document")
	c.UpdateRule = all(under("plan.edit"), fixed)
	c.Fields.Add(
		requiredRelation(app, "plan", "plan_years", "所属计划。"),
		requiredRelation(app, "section", "plan_sections", "所属部分。"),
		requiredRelation(app, "item", "plan_items", "所属的条。"),
		choice("kind", "做什么：document 文件，study 学习，meeting 会议，report 报告，activity 活动，inspection 检查，training 培训，sign 签订，visit 走访，publish 公开，other 其他。",
			"document", "study", "meeting", "report", "activity", "inspection", "training", "sign", "visit", "publish", "other"),
		&core.TextField{Name: "title", Required: true, Max: 200, Presentable: true, Help: "任务名称。"},
		longText("text", "计划原文中的这句话。"),
	)
	c.Fields.Add(span()...)
	c.Fields.Add(
		choice("assign", "交给谁：org 某个组织，person 某个人，holder 某组织的某职务，each_unit 每个某类组织，each_holder 每位某职务的人，each_member 每名党员。",
			"org", "person", "holder", "each_unit", "each_holder", "each_member"),
		relation(app, "assign_org", "org_units", "交给哪个组织，或在哪个组织的范围内。"),
		relation(app, "assign_person", "people", "交给哪个人。"),
		relation(app, "assign_role", "org_roles", "交给哪个职务。"),
		&core.SelectField{
			Name: "assign_kind", MaxSelect: 1, Values: []string{"branch", "retired", "group", "office", "union", "league", "committee"},
			Help: "交给每个哪一类组织。",
		},
		text("frequency_text", "原文中的频次，例如“每季度”。"),
		&core.TextField{Name: "rrule", Max: 300, Help: "频次，按 RFC 5545 书写，例如 FREQ=MONTHLY;INTERVAL=3。为空即全年一次。"},
		flag("at_least", "频次是下限（不少于、至少）。"),
		text("due_text", "原文中的期限，例如“6月底前”。"),
		date("due_from", "最早日期。"),
		date("due_to", "最晚日期。"),
		choice("shift", "期限遇节假日：before 提前到工作日，after 顺延到工作日，none 不动。", "before", "after", "none"),
		&core.NumberField{Name: "lead", OnlyInt: true, Help: "期限前多少天开始办理。为 0 即从这一期的第一天开始。"},
		relation(app, "document", "documents", "要完成的文件。"),
		choice("state", "active 执行中，stopped 已停止。", "active", "stopped"),
		date("since", "现行安排从哪天起算。由系统填写，此前的不变。"),
	)
	scope(app, c, "制定计划的组织。")
	for _, by := range []string{"plan", "section", "item", "document", "assign_org", "assign_person", "assign_role"} {
		c.AddIndex("idx_plan_tasks_"+by, false, by, "")
	}
	return app.Save(c)
}

func planTargets(app core.App) error {
	c := core.NewBaseCollection("plan_targets")
	readable(c)
	c.Fields.Add(
		requiredRelation(app, "plan", "plan_years", "所属计划。"),
		requiredRelation(app, "item", "plan_items", "所属的条。"),
		relation(app, "task", "plan_tasks", "所属任务。"),
		text("text", "原文中的指标，例如“2-4名”。"),
		flag("has_min", "有下限。"),
		&core.NumberField{Name: "min", Help: "下限。"},
		flag("has_max", "有上限。"),
		&core.NumberField{Name: "max", Help: "上限。"},
		text("unit", "单位，例如 %、名、个、次。"),
	)
	c.Fields.Add(span()...)
	scope(app, c, "制定计划的组织。")
	for _, by := range []string{"plan", "item", "task"} {
		c.AddIndex("idx_plan_targets_"+by, false, by, "")
	}
	return app.Save(c)
}

func planDuties(app core.App) error {
	c := core.NewBaseCollection("plan_duties")
	read := either(self("person"), under("plan"))
	c.ListRule, c.ViewRule = read, read
	c.UpdateRule = either(
		`(@request.body.state = "submitted" && (`+self("person")+` || `+under("plan.submit")+`))`,
		`(@request.body.state = "open" && state = "submitted" && `+self("submitted_by")+`)`,
		`((@request.body.state:isset = false || @request.body.state = "done" || @request.body.state = "returned" || @request.body.state = "exempted"`+
			` || (@request.body.state = "open" && state = "exempted")) && `+under("plan.accept")+`)`,
	)
	c.Fields.Add(
		requiredRelation(app, "plan", "plan_years", "所属计划。"),
		requiredRelation(app, "section", "plan_sections", "所属部分。"),
		requiredRelation(app, "item", "plan_items", "所属的条。"),
		requiredRelation(app, "task", "plan_tasks", "所属任务。"),
		relation(app, "person", "people", "责任人。为空即由责任组织办理。"),
		&core.TextField{Name: "period", Required: true, Max: 20, Help: "哪一期，例如 2026-Q1、2026-03、2026-W12。"},
		&core.TextField{Name: "title", Required: true, Max: 200, Presentable: true, Help: "任务名称。"},
		required(date("opens", "从哪天开始办理。")),
		required(date("due", "期限。")),
		date("due_original", "按规则算出的期限，遇节假日移动之前。"),
		choice("state", "upcoming 未开始，open 待办，submitted 待验收，returned 被退回，done 已完成，overdue 已逾期，exempted 已免，made_up 已补做。",
			"upcoming", "open", "submitted", "returned", "done", "overdue", "exempted", "made_up"),
		&core.TextField{Name: "reason", Max: 500, Help: "退回或免做的理由。"},
		relation(app, "submitted_by", "people", "提交人。"),
		moment("submitted_at", "提交时间。"),
		relation(app, "accepted_by", "people", "验收人，不能是提交人。"),
		moment("accepted_at", "验收时间。"),
		relation(app, "exempted_by", "people", "批准免做的人。"),
		moment("exempted_at", "批准免做的时间。"),
	)
	scope(app, c, "责任组织。")
	c.AddIndex("idx_plan_duties_once", true, "task, org, person, period", "")
	c.AddIndex("idx_plan_duties_person", false, "person, due", "")
	c.AddIndex("idx_plan_duties_item", false, "item, state", "")
	c.AddIndex("idx_plan_duties_plan", false, "plan, item, state, due, org_path, person", "") // holds all that a board counts
	c.AddIndex("idx_plan_duties_state", false, "state, due", "")
	for _, by := range []string{"section", "submitted_by", "accepted_by", "exempted_by"} {
		c.AddIndex("idx_plan_duties_"+by, false, by, "")
	}
	return app.Save(c)
}

func planEvidence(app core.App) error {
	c := core.NewBaseCollection("plan_evidence")
	read := either(self("person"), self("owner"), under("plan"))
	c.ListRule, c.ViewRule = read, read
	c.CreateRule = either(self("duty.person"), `under(duty.org_path, @request.auth.id, "plan.submit") = true`)
	c.DeleteRule = all(self("person"), `(`+self("owner")+` || `+under("plan.submit")+`)`)
	c.Fields.Add(
		requiredRelation(app, "duty", "plan_duties", "证明哪一次履行。"),
		requiredRelation(app, "plan", "plan_years", "所属计划。由系统填写。"),
		requiredRelation(app, "item", "plan_items", "所属的条。由系统填写。"),
		relation(app, "owner", "people", "责任人。由系统填写。"),
		relation(app, "person", "people", "提交人。由系统填写。"),
		&core.TextField{Name: "text", Max: 5000, Help: "说明：做了什么，何时，谁参加。"},
		flag("counted", "填写了数字。"),
		&core.NumberField{Name: "number", Help: "完成的数量，与指标同一单位。"},
		relation(app, "target", "plan_targets", "数字算进哪个指标。任务只有一个指标时由系统填写。"),
		&core.FileField{
			Name: "files", MaxSelect: 9, MaxSize: 10 << 20, Protected: true,
			MimeTypes: []string{
				"image/jpeg", "image/png", "image/webp", "image/heic", "image/heif", "application/pdf", "text/plain", "application/zip", "application/ofd",
				"application/msword", "application/vnd.ms-excel", "application/x-ole-storage",
				"application/vnd.openxmlformats-officedocument.wordprocessingml.document",
				"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
			},
			Help: "照片或文件，最多 9 个，每个不超过 10 MB。",
		},
		&core.TextField{Name: "link_collection", Max: 60, Help: "引用的记录在哪个数据表。"},
		&core.TextField{Name: "link_id", Max: 30, Help: "引用的记录。"},
	)
	scope(app, c, "责任组织。由系统填写。")
	for _, by := range []string{"duty", "plan", "item", "owner", "person", "target"} {
		c.AddIndex("idx_plan_evidence_"+by, false, by, "")
	}
	return app.Save(c)
}

func planImports(app core.App) error {
	c := core.NewBaseCollection("plan_imports")
	read := either(under("plan.edit"), under("plan.confirm"))
	c.ListRule, c.ViewRule = read, read
	c.UpdateRule = either(
		`(`+under("plan.edit")+` && `+unchanged("org", "text", "created_by", "confirmed_by", "plan")+`)`,
		`(@request.body.state = "draft" && state = "submitted" && `+under("plan.confirm")+`)`,
	)
	c.Fields.Add(
		&core.NumberField{Name: "year", Required: true, OnlyInt: true, Help: "年度。"},
		&core.TextField{Name: "title", Max: 200, Presentable: true, Help: "计划名称。"},
		text("filename", "上传的文件名。"),
		&core.TextField{Name: "text", Max: 1_000_000, Help: "原文，读出后不再改动。"},
		text("text_hash", "原文的 SHA-256，用来发现重复导入。"),
		&core.JSONField{Name: "outline", MaxSize: 8 << 20, Help: "摘出的内容和经办人的修改。"},
		date("since", "从哪天起生成任务。为空即从确认那天起。"),
		choice("state", "draft 草稿，submitted 待确认，confirmed 已确认，discarded 已弃用。", "draft", "submitted", "confirmed", "discarded"),
		relation(app, "created_by", "people", "经办人。"),
		relation(app, "submitted_by", "people", "送交人。由系统填写。"),
		relation(app, "confirmed_by", "people", "确认人，不能是经办人或送交人。"),
		relation(app, "plan", "plan_years", "确认后生成的计划。"),
		relation(app, "duplicate_of", "plan_years", "同样的原文已经生成的计划。"),
	)
	scope(app, c, "制定计划的组织。")
	for _, by := range []string{"text_hash", "created_by", "submitted_by", "confirmed_by", "plan", "duplicate_of"} {
		c.AddIndex("idx_plan_imports_"+by, false, by, "")
	}
	return app.Save(c)
}
