package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What goes with documents: who must sign for one (签收), what superiors have
// asked for, divided among units, and what came of it (上级部署), and what each
// unit has issued, to count it (发文统计). Officers with "documents" read,
// "documents.edit" writes; whom a directive or a document is for answers it.
func init() {
	m.Register(func(app core.App) error {
		for _, make := range []func(core.App) error{documentReceipts, documentDirectives, documentIssues} {
			if err := make(app); err != nil {
				return err
			}
		}
		return nil
	}, func(app core.App) error {
		return drop(app, "documents_receipts", "documents_directives", "documents_issues")
	})
}

func documentReceipts(app core.App) error {
	c := core.NewBaseCollection("documents_receipts")
	issuer := underParent("document", "documents.edit")
	read := either(self("person"), under("documents"), issuer)
	c.ListRule, c.ViewRule = read, read
	c.CreateRule, c.DeleteRule = all(issuer), all(issuer)
	c.UpdateRule = all("("+self("person")+" || "+under("plan.submit")+")", unchanged("org", "document", "person", "due", "signed_on"))
	c.Fields.Add(
		child(app, "document", "documents", "文件：已印发的才能请人签收。"),
		relation(app, "person", "people", "签收人：指定由谁签收；不填的由代表该组织办事的人签收。"),
		required(date("due", "签收期限。")),
		state("进度：waiting 待签收，signed 已签收。", "waiting", "signed"),
		date("signed_on", "签收日期。由系统填写。"),
		signed(app, "signed_by", "经办人：谁签收的。由系统填写。"),
	)
	scope(app, c, "签收的组织。")
	c.AddIndex("idx_documents_receipts_once", true, "document, org, person", "")
	c.AddIndex("idx_documents_receipts_due", false, "state, due", "")
	indexEach(c, "person", "signed_by")
	return app.Save(c)
}

func documentDirectives(app core.App) error {
	c := core.NewBaseCollection("documents_directives")
	read := either(self("person"), under("documents"))
	c.ListRule, c.ViewRule = read, read
	c.CreateRule = all(underNew("documents.edit"))
	c.Fields.Add(
		&core.TextField{Name: "title", Required: true, Max: 200, Presentable: true, Help: "部署：要做什么。"},
		&core.TextField{Name: "source", Max: 100, Help: "来文机关：上级部署必填，分解的不填。"},
		&core.TextField{Name: "number", Max: 60, Help: "来文字号。"},
		date("received_on", "收到日期：上级部署必填。"),
		longText("content", "要求：原文要求或者本级的措施。"),
		requiredRelation(app, "person", "people", "责任人。"),
		date("due", "反馈期限：不填的，上级部署为收到后三个月，分解的与上级部署相同。"),
		date("convey_due", "传达期限：不填的为收到后 7 个工作日。"),
		date("conveyed_on", "首次传达日期。"),
		&core.TextField{Name: "result", Max: 2000, Help: "量化结果：反馈时必填，要有数字，例如“走访 120 户，解决问题 36 个”。"},
		&core.TextField{Name: "note", Max: 2000, Help: "落实情况。"},
		state("进度：registered 已登记，divided 已分解，reported 已反馈，closed 已结项。没有分解的部署不能结项。", "registered", "divided", "reported", "closed"),
		date("reported_on", "反馈日期。由系统填写。"),
		signed(app, "reported_by", "反馈人。由系统填写。"),
		signed(app, "closed_by", "结项人，不能是反馈人。由系统填写。"),
	)
	scope(app, c, "落实的组织。")
	if err := app.Save(c); err != nil {
		return err
	}
	c.Fields.Add(relation(app, "parent", "documents_directives", "上级部署：分解自哪一件。分解的每一项各有责任组织和责任人。"))
	mine := `(parent != "" && (` + self("person") + ` || ` + under("plan.submit") + `) && ` +
		unchanged("title", "source", "number", "received_on", "content", "person", "due", "convey_due", "org", "parent", "reported_on") + `)`
	c.UpdateRule = all("((" + under("documents.edit") + " && " + unchanged("org", "parent", "reported_on") + ") || " + mine + ")")
	c.DeleteRule = all(under("documents.edit"))
	c.AddIndex("idx_documents_directives_due", false, "state, due", "")
	indexEach(c, "parent", "person", "reported_by", "closed_by")
	return app.Save(c)
}

func documentIssues(app core.App) error {
	c := core.NewBaseCollection("documents_issues")
	kept(c, "documents")
	c.Fields.Add(
		&core.TextField{Name: "number", Required: true, Max: 60, Help: "发文字号：例如“清工委〔2026〕3号”，不重复。"},
		&core.TextField{Name: "title", Required: true, Max: 200, Presentable: true, Help: "标题。"},
		choice("kind", "文种：notice 通知，opinion 意见，decision 决定，circular 通报，report 报告，request 请示，reply 批复，letter 函，minutes 纪要，other 其他。",
			"notice", "opinion", "decision", "circular", "report", "request", "reply", "letter", "minutes", "other"),
		choice("level", "层级：committee 党工委，office 办事处，section 科室，branch 支部。", "committee", "office", "section", "branch"),
		required(date("issued_on", "印发日期。")),
		&core.TextField{Name: "topic", Required: true, Max: 60, Help: "主题：例如“安全生产”，同一主题请用同样的词。"},
		atLeastZero(whole("pages", "页数。")),
		atLeastZero(whole("words", "正文字数。")),
		flag("forwards", "转发上级文件。"),
		&core.TextField{Name: "basis", Required: true, Max: 500, Help: "必要性与依据：为什么要发，依据哪份文件。"},
		relation(app, "document", "documents", "文件台账：是其中的哪一份。"),
		&core.TextField{Name: "warnings", Max: 1000, Help: "提醒。由系统填写。"},
	)
	scope(app, c, "发文的组织。")
	c.AddIndex("idx_documents_issues_number", true, "number", "")
	c.AddIndex("idx_documents_issues_topic", false, "org, topic, issued_on", "")
	c.AddIndex("idx_documents_issues_month", false, "org_path, issued_on", "")
	indexEach(c, "document")
	return app.Save(c)
}
