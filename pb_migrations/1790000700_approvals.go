package pb_migrations

import (
	"encoding/json"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
	"github.com/pocketbase/pocketbase/tools/types"
)

// Everything that needs a yes. Flows are read by whoever signs in and written
// by the system keeper. A request and its decisions are read by the applicant,
// by whom it waits for and whoever has decided in it, and by officers with
// "approvals" in reach unless it is private. A person drafts requests of their
// own; nobody writes a decision or a status. A delegation is made by who
// delegates and read by both and by officers with "approvals".
func init() {
	m.Register(func(app core.App) error {
		for _, make := range []func(core.App) error{approvalFlows, approvalRequests, approvalDecisions, approvalDelegations, openRequests} {
			if err := make(app); err != nil {
				return err
			}
		}
		return seedFlows(app)
	}, func(app core.App) error {
		if err := closeRequests(app); err != nil {
			return err
		}
		return drop(app, "approvals_flows", "approvals_requests", "approvals_decisions", "approvals_delegations")
	})
}

// approvalKinds are the words for what can be asked. hooks/approvals has them
// with their names; a test holds both lists together.
var approvalKinds = []string{
	"dues_waiver", "dues_expense", "transfer_out", "transfer_in", "org_change", "plan_confirm", "points_claim", "study_plan",
	"declaration_matter", "declaration_event", "declaration_report",
	"development_precheck", "development_admission", "development_confirmation", "honor", "publication",
}

func approvalKind() *core.SelectField {
	return choice("kind", "申请的类别，例如 dues_waiver 党费减免，transfer_out 组织关系转出，study_plan 个人学习计划。", approvalKinds...)
}

func approvalFlows(app core.App) error {
	c := core.NewBaseCollection("approvals_flows")
	c.ListRule, c.ViewRule = types.Pointer(signedIn), types.Pointer(signedIn)
	c.Fields.Add(
		approvalKind(),
		&core.TextField{Name: "name", Required: true, Max: 100, Presentable: true, Help: "流程名称，例如“党费减免（离退休党员）”。"},
		&core.NumberField{Name: "priority", Required: true, OnlyInt: true, Min: types.Pointer(1.0), Max: types.Pointer(99.0),
			Help: "同一类别有几种流程时，先看号小的：第一个条件成立的就用它。同号的是同一流程的各个版本。"},
		whole("version", "版本号。由系统填写。"),
		required(date("since", "从哪天起施行，例如 2026-01-01。")),
		date("until", "从哪天起不再施行。为空即一直有效。改流程请在这里填写日期，另建新的版本。"),
		&core.JSONField{Name: "steps", MaxSize: 20_000,
			Help: `步骤，按次序，例如 [{"name":"支部审核","role":"branch_secretary","at":"own","min":1,"days":5}]。at 哪一级：own 本级，parent 上级，committee 党工委；min 几人同意；days 几个工作日；bulk 可否批量。`},
		&core.TextField{Name: "condition", Max: 1000, Help: "什么情况用这个流程，写法同列表筛选，例如 org.kind = 'branch' 或 snapshot.amount >= 100000。为空即不限。"},
		&core.TextField{Name: "subject", Max: 60, Help: "条件说的是哪个数据表的记录，例如 dues_waivers。为空即申请本身。"},
		&core.NumberField{Name: "expires", OnlyInt: true, Min: types.Pointer(0.0), Max: types.Pointer(250.0),
			Help: "退回申请人后，多少个工作日不再提交即失效。为 0 即不失效。"},
		text("document", "依据的文号。"),
	)
	stamps(c)
	c.AddIndex("idx_approvals_flows_kind", true, "kind, priority, version", "")
	return app.Save(c)
}

func approvalRequests(app core.App) error {
	c := core.NewBaseCollection("approvals_requests")
	c.Fields.Add(
		approvalKind(),
		&core.TextField{Name: "title", Required: true, Max: 200, Presentable: true, Help: "申请的事，一句话。"},
		requiredRelation(app, "applicant", "people", "申请人。不能审批自己的申请。"),
		&core.TextField{Name: "subject_collection", Max: 60, Help: "申请针对的记录在哪个数据表。由系统填写。"},
		&core.TextField{Name: "subject_id", Max: 30, Help: "申请针对的记录。由系统填写。"},
		&core.JSONField{Name: "snapshot", MaxSize: 200_000, Help: "申请的内容。提交后不再改动，审批人看到的就是这一份。"},
		flag("private", "只有申请人和审批人看得到。由系统填写。"),
		choice("status", "draft 草稿，pending 审批中，approved 已同意，rejected 不同意，withdrawn 已撤回，expired 已失效。由系统填写。",
			"draft", "pending", "approved", "rejected", "withdrawn", "expired"),
		relation(app, "flow", "approvals_flows", "按哪个流程办理。由系统填写。"),
		&core.JSONField{Name: "steps", MaxSize: 40_000, Help: "提交时流程的各个步骤，此后改流程不影响它。由系统填写。"},
		whole("step", "正在第几步；草稿为 0。由系统填写。"),
		whole("round", "第几轮：每次提交或退回到前面的步骤为新的一轮。由系统填写。"),
		relation(app, "wait_org", "org_units", "等哪个组织审批。由系统填写。"),
		relation(app, "wait_role", "org_roles", "等哪个职务审批。由系统填写。"),
		hidden(&core.TextField{Name: "barred", Max: 2000, Help: "已经审批过、不能再审批这一步的人。由系统填写。"}),
		date("due", "这一步的期限。由系统填写。"),
		&core.SelectField{Name: "noticed", MaxSelect: 1, Values: []string{"soon", "due", "overdue"}, Help: "期限已经提醒到哪一次。由系统填写。"},
		date("expires", "退回后到哪天为止要再提交，过后失效。由系统填写。"),
		moment("submitted_at", "最近一次提交的时间。由系统填写。"),
		moment("closed_at", "办结的时间。由系统填写。"),
	)
	scope(app, c, "申请人所在的组织。")
	c.AddIndex("idx_approvals_requests_applicant", false, "applicant, created", "")
	c.AddIndex("idx_approvals_requests_wait", false, "wait_org, wait_role, due, kind, applicant, barred, id", "wait_org != ''")
	c.AddIndex("idx_approvals_requests_wait_role", false, "wait_role", "")
	c.AddIndex("idx_approvals_requests_flow", false, "flow", "")
	c.AddIndex("idx_approvals_requests_due", false, "status, due", "")
	c.AddIndex("idx_approvals_requests_kind", false, "kind, submitted_at", "")
	c.AddIndex("idx_approvals_requests_subject", true, "kind, subject_collection, subject_id", "subject_id != '' AND status IN ('draft', 'pending')")
	return app.Save(c)
}

func approvalDecisions(app core.App) error {
	c := core.NewBaseCollection("approvals_decisions")
	c.Fields.Add(
		requiredRelation(app, "request", "approvals_requests", "哪一份申请。"),
		whole("step", "第几步；提交、撤回、失效为 0。"),
		text("step_name", "步骤的名称。"),
		whole("round", "第几轮。"),
		choice("verdict", "submit 提交，approve 同意，return 退回，reject 不同意，withdraw 撤回，expire 逾期失效。",
			"submit", "approve", "return", "reject", "withdraw", "expire"),
		relation(app, "person", "people", "谁。逾期失效的为空。"),
		relation(app, "on_behalf", "people", "受谁的委托。为空即以自己的职务。"),
		text("post", "以什么职务，审批当时的名称。"),
		whole("to_step", "退回到第几步；0 为退回申请人。"),
		&core.TextField{Name: "comment", Max: 1000, Help: "意见。申请人看得到。"},
	)
	scope(app, c, "申请人所在的组织。")
	c.AddIndex("idx_approvals_decisions_request", false, "request, created", "")
	c.AddIndex("idx_approvals_decisions_person", false, "person, request", "")
	c.AddIndex("idx_approvals_decisions_on_behalf", false, "on_behalf, request", "")
	c.AddIndex("idx_approvals_decisions_once", true, "request, round, step, person", "verdict IN ('approve', 'return', 'reject')")
	return app.Save(c)
}

func approvalDelegations(app core.App) error {
	c := core.NewBaseCollection("approvals_delegations")
	read := either(self("person"), self("delegate"), under("approvals"))
	c.ListRule, c.ViewRule = read, read
	c.CreateRule = all(self("person"))
	c.UpdateRule = all(self("person"), unchanged("person", "delegate", "since"))
	c.DeleteRule = all(self("person"))
	c.Fields.Add(
		requiredRelation(app, "person", "people", "委托人。委托的是他任职期间的审批，任职到期委托即止。"),
		requiredRelation(app, "delegate", "people", "受托人，以自己的名义登记意见，注明受谁委托。"),
		required(date("since", "从哪天起。")),
		required(date("until", "到哪天为止，当日起不再有效。")),
		&core.TextField{Name: "reason", Required: true, Max: 200, Help: "委托的原因，例如“外出学习”。"},
		&core.TextField{Name: "title", Max: 200, Presentable: true, Help: "谁委托谁，登记时的姓名。由系统填写。"},
	)
	scope(app, c, "委托人所在的组织。由系统填写。")
	c.AddIndex("idx_approvals_delegations_person", false, "person, until", "")
	c.AddIndex("idx_approvals_delegations_delegate", false, "delegate, until", "")
	return app.Save(c)
}

// openRequests gives requests and decisions the rules that speak of both.
func openRequests(app core.App) error {
	requests, err := app.FindCollectionByNameOrId("approvals_requests")
	if err != nil {
		return err
	}
	read := either(self("applicant"), decides(""), `(private = false && status != "draft" && `+under("approvals")+`)`)
	requests.ListRule, requests.ViewRule = read, read
	requests.CreateRule = all(self("applicant"))
	requests.UpdateRule = all(self("applicant"), `status = "draft"`)
	requests.DeleteRule = all(self("applicant"), `status = "draft"`)
	if err := app.Save(requests); err != nil {
		return err
	}
	decisions, err := app.FindCollectionByNameOrId("approvals_decisions")
	if err != nil {
		return err
	}
	seen := either(self("request.applicant"), decides("request."), `(request.private = false && `+under("approvals")+`)`)
	decisions.ListRule, decisions.ViewRule = seen, seen
	return app.Save(decisions)
}

// closeRequests takes the rules back, which name the fields of each other.
func closeRequests(app core.App) error {
	for _, name := range []string{"approvals_requests", "approvals_decisions"} {
		c, err := app.FindCollectionByNameOrId(name)
		if err != nil {
			return err
		}
		c.ListRule, c.ViewRule, c.CreateRule, c.UpdateRule, c.DeleteRule = nil, nil, nil, nil, nil
		if err := app.Save(c); err != nil {
			return err
		}
	}
	return nil
}

// decides is a request that waits for the signed-in person or in which they
// have decided.
func decides(at string) string {
	return `decides(` + at + `id, ` + at + `wait_org, ` + at + `wait_role, @request.auth.id) = true`
}

type flowStep struct {
	Name string `json:"name"`
	Role string `json:"role"`
	At   string `json:"at"`
	Min  int    `json:"min"`
	Days int    `json:"days"`
	Bulk bool   `json:"bulk"`
}

// officers is the condition of those whose own branch can't decide for them:
// staff of an office, and secretaries of branches.
const officers = `org.kind = "office" || org.kind = "committee" || (applicant.org_posts_via_person.role.key ?= "branch_secretary" && ` +
	`(applicant.org_posts_via_person.until ?= "" || applicant.org_posts_via_person.until ?> @now))`

// seedFlows gives a new installation a flow for every kind; the system keeper
// replaces them by the committee's own rules. It writes rows, not records:
// nobody is in office yet, so no flow could be fulfilled.
func seedFlows(app core.App) error {
	var (
		branchChecks   = flowStep{"支部审核", "branch_organizer", "own", 1, 5, false}
		branchAgrees   = flowStep{"支部同意", "branch_secretary", "own", 1, 5, false}
		checks         = flowStep{"组织委员审核", "organizer", "committee", 1, 5, false}
		approves       = flowStep{"党工委批准", "committee_secretary", "committee", 1, 5, false}
		prechecks      = flowStep{"组织委员审查", "organizer", "committee", 1, 10, false}
		deliberates    = flowStep{"党工委委员审议", "committee_member", "committee", 2, 20, false}
		bulk           = func(s flowStep) flowStep { s.Bulk = true; return s }
		developmentEnd = flowStep{"党工委批准", "committee_secretary", "committee", 1, 20, false}
	)
	for _, f := range []struct {
		id, kind, name     string
		priority           int
		condition, subject string
		steps              []flowStep
	}{
		{"flowwaiverretd0", "dues_waiver", "党费减免（离退休党员，支部同意即可）", 1, `snapshot.approval_level = "branch"`, "", []flowStep{branchChecks, branchAgrees}},
		{"flowwaiver00000", "dues_waiver", "党费减免", 2, "", "", []flowStep{branchAgrees, checks, approves}},
		{"flowexpensesmal", "dues_expense", "党费支出（5000 元以下）", 1, "amount < 500000", "dues_expenses", []flowStep{checks}},
		{"flowexpense0000", "dues_expense", "党费支出", 2, "", "", []flowStep{checks, approves}},
		{"flowtransoffice", "transfer_out", "组织关系转出（机关干部、支部书记）", 1, officers, "", []flowStep{checks, approves}},
		{"flowtransferout", "transfer_out", "组织关系转出", 2, "", "", []flowStep{{"支部审核", "branch_secretary", "own", 1, 3, false}, checks}},
		{"flowtransferin0", "transfer_in", "组织关系转入", 2, "", "", []flowStep{{"支部接收", "branch_secretary", "own", 1, 5, false}, {"党工委回执", "organizer", "committee", 1, 3, false}}},
		{"floworgchange00", "org_change", "组织设置调整", 1, "", "", []flowStep{checks, approves}},
		{"flowplanconfirm", "plan_confirm", "工作要点确认", 1, "", "", []flowStep{{"副书记审核", "committee_deputy", "committee", 1, 5, false}, approves}},
		{"flowpoints00000", "points_claim", "积分申报", 1, "", "", []flowStep{bulk(branchChecks), bulk(branchAgrees)}},
		{"flowstudyoffice", "study_plan", "个人学习计划（机关干部、支部书记）", 1, officers, "", []flowStep{bulk(checks)}},
		{"flowstudyplan00", "study_plan", "个人学习计划", 2, "", "", []flowStep{bulk(branchAgrees)}},
		{"flowmatteroffic", "declaration_matter", "个人重大事项申报（机关干部、支部书记）", 1, officers, "", []flowStep{checks, approves}},
		{"flowmatter00000", "declaration_matter", "个人重大事项申报", 2, "", "", []flowStep{branchAgrees, checks}},
		{"floweventoffice", "declaration_event", "婚丧喜庆事宜报备（机关干部、支部书记）", 1, officers, "", []flowStep{checks, approves}},
		{"flowevent000000", "declaration_event", "婚丧喜庆事宜报备", 2, "", "", []flowStep{branchAgrees, checks}},
		{"flowreport00000", "declaration_report", "请示", 1, "", "", []flowStep{checks, approves}},
		{"flowprecheck000", "development_precheck", "发展对象预审", 1, "", "", []flowStep{prechecks, {"党工委审定", "committee_secretary", "committee", 1, 10, false}}},
		{"flowadmission00", "development_admission", "接收预备党员审批", 1, "", "", []flowStep{prechecks, deliberates, developmentEnd}},
		{"flowconfirm0000", "development_confirmation", "预备党员转正审批", 1, "", "", []flowStep{prechecks, deliberates, developmentEnd}},
		{"flowhonor000000", "honor", "评先评优", 1, "", "", []flowStep{branchAgrees, checks, approves}},
		{"flowpublication", "publication", "公示公开", 1, "", "", []flowStep{checks, approves}},
	} {
		steps, err := json.Marshal(f.steps)
		if err != nil {
			return err
		}
		now := types.NowDateTime().String()
		_, err = app.DB().Insert("approvals_flows", dbx.Params{
			"id": f.id, "kind": f.kind, "name": f.name, "priority": f.priority, "version": 1, "since": "2020-01-01", "until": "",
			"condition": f.condition, "subject": f.subject, "steps": string(steps), "expires": 20, "document": "", "created": now, "updated": now,
		}).Execute()
		if err != nil {
			return err
		}
	}
	return nil
}
