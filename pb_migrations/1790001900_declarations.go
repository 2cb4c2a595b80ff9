package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Declarations (申报), reports of weddings and funerals (报备), requests for
// instructions and reports (请示报告). A person makes and hands in their own.
// What has happened to somebody (domain.md 6.2) is sealed, and read by that
// person, by who decides it and by the officers with "declarations.private".
func init() {
	m.Register(func(app core.App) error {
		for _, make := range []func(core.App) error{declarationSettings, declarations, declarationEvents, declarationReports, dependOnReports} {
			if err := make(app); err != nil {
				return err
			}
		}
		return nil
	}, func(app core.App) error {
		documents, err := app.FindCollectionByNameOrId("documents")
		if err != nil {
			return err
		}
		documents.Fields.RemoveByName("depends_on")
		documents.RemoveIndex("idx_documents_depends_on")
		if err := app.Save(documents); err != nil {
			return err
		}
		return drop(app, "declarations_settings", "declarations", "declarations_events", "declarations_reports")
	})
}

func declarationSettings(app core.App) error {
	return localNumbers(app, "declarations", "",
		upTo(365, "matter_days", "重大事项：发生后多少日内申报，例如 30。"),
		upTo(60, "before_days", "婚庆事前：提前多少个工作日报备，例如 10。"),
		upTo(60, "funeral_days", "丧事：办完后多少个工作日内报备，例如 10。"),
		upTo(60, "after_days", "事后：办完后多少个工作日内报告实际情况，例如 10。"),
		upTo(100, "tables", "桌数：一方单办最多多少桌，例如 20。"),
		upTo(100, "tables_joint", "合办桌数：双方合办最多多少桌，例如 30。"),
		upTo(20, "per_table", "每桌人数：一桌算多少人，例如 10。"),
		upTo(100, "cars", "车辆：最多多少辆，0 为不限。"),
		upTo(240, "oral_hours", "口头先报：多少小时内补书面，例如 24。"),
	)
}

func declarations(app core.App) error {
	c := core.NewBaseCollection("declarations")
	read := either(self("person"), under("declarations.private"), deciders())
	c.ListRule, c.ViewRule = read, read
	c.CreateRule = all(self("person"))
	c.UpdateRule = all(ownDraft("org"))
	c.DeleteRule = all(self("person"))
	c.Fields.Add(
		&core.TextField{Name: "title", Max: 100, Presentable: true, Help: "名称。由系统填写。"},
		choice("kind", "事项：marriage 本人婚姻变化，abroad 因私出国（境），emigration 配偶、子女移居，illness 本人或家属重大疾病、事故，penalty 被立案或处罚，finance 较大额借贷或经营，other 其他。",
			"marriage", "abroad", "emigration", "illness", "penalty", "finance", "other"),
		required(date("occurred_on", "发生日期。")),
		&core.TextField{Name: "summary", Max: 3000, Help: "情况：发生了什么，提交时必填。【敏感】加密保存，只有本人、支部书记、组织委员和审批人能打开，每次打开都留痕；修改时不填即不变。"},
		&core.TextField{Name: "late_note", Max: 500, Help: "逾期说明：超过期限申报的，写明原因。"},
		date("due", "期限：最迟哪天申报。由系统填写。"),
		flag("late", "逾期。由系统填写。"),
		hidden(&core.TextField{Name: "summary_sealed", Max: 20_000, Help: "【敏感】情况，加密。由系统填写。"}),
	)
	c.Fields.Add(asked(app, "进度：draft 草拟，pending 审批中，approved 已备案，rejected 不予备案，withdrawn 已撤回，expired 已失效。")...)
	scope(app, c, "申报人所在的组织。由系统填写。")
	c.AddIndex("idx_declarations_key", false, "substr([[summary_sealed]], 1, 12)", "") // which key each was sealed under
	indexEach(c, "person", "request", "due")
	return app.Save(c)
}

func declarationEvents(app core.App) error {
	c := core.NewBaseCollection("declarations_events")
	read := either(self("person"), under("declarations"), deciders())
	c.ListRule, c.ViewRule = read, read
	c.CreateRule = all(self("person"))
	c.UpdateRule = all(ownDraft("org"))
	c.DeleteRule = all(self("person"))
	c.Fields.Add(
		&core.TextField{Name: "title", Required: true, Max: 100, Presentable: true, Help: "事由：例如“儿子婚礼”。"},
		choice("kind", "类别：wedding 婚礼，funeral 丧事，other 其他喜庆。", "wedding", "funeral", "other"),
		&core.TextField{Name: "party", Required: true, Max: 100, Help: "当事人：姓名以及与本人的关系，例如“张某，儿子”。"},
		required(date("held_on", "举办日期：几天办完的，填最后一天。")),
		&core.TextField{Name: "place", Max: 200, Help: "地点：提交时必填。"},
		flag("joint", "双方合办。"),
		atLeastZero(whole("tables", "桌数。")),
		atLeastZero(whole("persons", "人数。")),
		atLeastZero(whole("standard", "每桌标准（分）。")),
		atLeastZero(whole("cars", "车辆：用几辆车，不得用公车。")),
		&core.TextField{Name: "guests", Max: 500, Help: "邀请范围：不得邀请管理和服务的对象。提交时必填。"},
		flag("promise", "承诺：不邀请管理和服务的对象，不用公款公车，不分批分地操办，不收可能影响公务的礼金。提交时必须承诺。"),
		date("oral_on", "电话先报日期：丧事先用电话报告的填写。"),
		&core.TextField{Name: "over_note", Max: 500, Help: "超出说明：超过桌数、人数或者车辆规定的，写明原因。"},
		&core.TextField{Name: "late_note", Max: 500, Help: "逾期说明：没有按期报备的，写明原因。"},
		date("due", "报备期限。由系统填写。"),
		flag("late", "逾期报备。由系统填写。"),
		atLeastZero(whole("actual_tables", "实际桌数：办完后填写。")),
		atLeastZero(whole("actual_persons", "实际人数：办完后填写。")),
		atLeastZero(whole("actual_cars", "实际车辆：办完后填写。")),
		&core.TextField{Name: "gifts", Max: 500, Help: "礼金处置：办完后填写，没有收礼金就写“无”。"},
		date("after_due", "事后报告期限。由系统填写。"),
		date("reported_on", "事后报告日期。由系统填写。"),
		flag("after_late", "逾期事后报告。由系统填写。"),
	)
	c.Fields.Add(asked(app, "进度：draft 草拟，pending 审批中，approved 已报备，rejected 不同意，withdrawn 已撤回，expired 已失效，reported 已事后报告。", "reported")...)
	scope(app, c, "报备人所在的组织。由系统填写。")
	indexEach(c, "person", "request", "after_due")
	return app.Save(c)
}

func declarationReports(app core.App) error {
	c := core.NewBaseCollection("declarations_reports")
	read := either(self("person"), under("declarations"), deciders())
	c.ListRule, c.ViewRule = read, read
	c.CreateRule = all(self("person"), "("+underNew("plan.submit")+" || "+underNew("documents.edit")+")")
	c.UpdateRule = all("("+self("person")+" || "+under("declarations.edit")+")", unchanged("person", "org", "request", "handed_on"))
	c.DeleteRule = all(self("person"))
	to := requiredRelation(app, "main_to", "org_units", "主送：请示只能主送一个上级组织，不越级。")
	to.MaxSelect = 10
	copies := relation(app, "cc", "org_units", "抄送：双重领导的，主送一个、抄送另一个。")
	copies.MaxSelect = 10
	c.Fields.Add(
		&core.TextField{Name: "title", Required: true, Max: 200, Presentable: true, Help: "标题：例如“关于支部换届选举的请示”。一文一事。"},
		choice("kind", "文种：qingshi 请示，baogao 报告。报告不得夹带请示的事项。", "qingshi", "baogao"),
		choice("subject", "事项：election 换届，leadership 班子调整，development 发展党员计划，dues 党费，ideology 意识形态半年报告，rectification 巡察整改，emergency 重大突发，discipline 违纪案件，annual 年度工作，other 其他。",
			"election", "leadership", "development", "dues", "ideology", "rectification", "emergency", "discipline", "annual", "other"),
		&core.TextField{Name: "number", Max: 60, Help: "发文字号：例如“东风支〔2026〕3号”。"},
		to,
		copies,
		longText("body", "正文：提交时必填。"),
		choiceOf("urgency", "缓急：normal 平件，urgent 加急，special 特急。", "normal", "urgent", "special"),
		moment("oral_at", "口头先报时间：紧急的先口头报告，再补书面。"),
		date("deadline", "希望答复的日期。"),
		&core.FileField{Name: "files", MaxSelect: 5, MaxSize: 20 << 20, Protected: true, Help: "附件。"},
		&core.TextField{Name: "warnings", Max: 2000, Help: "提醒。由系统填写。"},
		flag("late", "补书面逾期：口头先报以后没有按时补。由系统填写。"),
		&core.TextField{Name: "reply_number", Max: 60, Help: "批复文号：收到批复后填写。"},
		date("replied_on", "批复日期：收到批复后填写。"),
		&core.TextField{Name: "reply", Max: 2000, Help: "批复意见：收到批复后填写。"},
	)
	c.Fields.Add(asked(app, "进度：draft 草拟，pending 等待批复，approved 已批复，rejected 不同意，withdrawn 已撤回，expired 已失效，filed 已报送，answered 上级已批复，declined 上级未同意。报告提交后即为已报送。",
		"filed", "answered", "declined")...)
	scope(app, c, "行文的组织。")
	indexEach(c, "person", "request", "main_to", "cc", "kind")
	return app.Save(c)
}

// dependOnReports lets a document wait for the answer to a request for
// instructions.
func dependOnReports(app core.App) error {
	documents, err := app.FindCollectionByNameOrId("documents")
	if err != nil {
		return err
	}
	documents.Fields.Add(relation(app, "depends_on", "declarations_reports", "所依据的请示：没有批复不能印发。"))
	documents.AddIndex("idx_documents_depends_on", false, "depends_on", "")
	return app.Save(documents)
}
