package e2e

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/approvals"
	"yaodian/hooks/apptest"
	"yaodian/hooks/kit"
	"yaodian/hooks/people/transfers"
	"yaodian/hooks/plan"
	"yaodian/hooks/plan/imports"
)

// rooms is what the views need to have something to show: ids of records.
type rooms struct {
	plan, item, duty, document, draft, member, unit, request, event, report, transfer string
	payment, base, disclosure, remittance, rule, period, appeal                       string
}

const yearsWork = `2026年清河街道党建工作要点
一、强化理论武装，筑牢思想根基，持续用党的创新理论凝心铸魂
1.健全学习制度。修订《清河街道党工委理论学习中心组学习规则（试行）》，6月底前印发执行。全年撰写调研报告不少于2篇。
2.开展党课。各社区党支部每季度讲党课1次。
二、夯实组织基础
3.规范组织生活。定期开展组织生活检查，覆盖率达到95%以上。
`

// furnish gives the committee a confirmed plan, one duty that is proved and
// waits, one that came back, a document on its way and a draft on the desk.
func furnish(t *testing.T, app core.App) rooms {
	t.Helper()
	jd, clerk := apptest.Unit(t, app, "jd").Id, apptest.Person(t, app, apptest.Clerk).Id
	text := func(s string) *core.Record {
		draft, err := imports.Read(app, imports.Input{Org: jd, Text: s, By: clerk, Since: "2026-01-01"})
		if err != nil {
			t.Fatal(err)
		}
		return draft
	}
	confirmed := text(yearsWork)
	decide(t, app, confirmed)
	if _, _, err := imports.Confirm(app, context.Background(), confirmed.Id, apptest.Person(t, app, apptest.Secretary).Id); err != nil {
		t.Fatal(err)
	}
	branch, unit := apptest.Person(t, app, apptest.Branch).Id, apptest.Unit(t, app, "zb1").Id
	duties, err := app.FindRecordsByFilter("plan_duties", `org = {:org} && state = "open"`, "due", 2, 0, map[string]any{"org": unit})
	if err != nil || len(duties) == 0 {
		t.Fatalf("%d duties of the branch, %v", len(duties), err)
	}
	apptest.Create(t, app, "plan_evidence", map[string]any{"duty": duties[0].Id, "person": branch, "text": "6月9日在社区活动室讲党课，到会 32 人。"})
	if err := apptest.Save(app, duties[0], map[string]any{"state": "submitted", "submitted_by": branch}); err != nil {
		t.Fatal(err)
	}
	document := apptest.First(t, app, "documents", "year", "2026")
	if err := apptest.Save(app, document, map[string]any{"state": "drafting"}); err != nil {
		t.Fatal(err)
	}
	apptest.Make(t, app, "org_posts", map[string]any{"person": "#" + apptest.Deputy, "role": "$organizer", "org": "@jd", "since": "2026-01-01"})
	request, err := approvals.Open(app, t.Context(), approvals.Ask{Kind: "study_plan", Org: jd, Applicant: clerk, Title: "全年读书计划"})
	if err != nil {
		t.Fatal(err)
	}
	event := apptest.Make(t, app, "declarations_events", map[string]any{
		"person": "#clerk", "org": "@djb", "kind": "wedding", "title": "女儿婚礼", "party": "林某，女儿", "held_on": "2026-07-18",
	})
	report := apptest.Make(t, app, "declarations_reports", map[string]any{
		"person": "#clerk", "org": "@djb", "kind": "baogao", "subject": "annual", "title": "关于半年工作的报告", "main_to": "@jd", "body": "现将情况报告如下。\n一、组织生活\n按期开展。",
	})
	r := rooms{
		event: event.Id, report: report.Id, transfer: sendLetter(t, app), request: request.Id,
		plan: confirmed.Id, item: duties[0].GetString("item"), duty: duties[0].Id, document: document.Id, unit: unit,
		draft: text("2027年清河街道党建工作要点（讨论稿）\n一、抓实思想建设\n1.开展党课。各社区党支部每季度讲党课1次，适时开展督查。\n").Id, member: apptest.Person(t, app, apptest.Branch).Id,
	}
	duesRooms(t, app, &r)
	pointsRooms(t, app, &r)
	return r
}

// pointsRooms publishes a quarter of zb1, against which the clerk appeals.
func pointsRooms(t *testing.T, app core.App, r *rooms) {
	t.Helper()
	r.rule = apptest.First(t, app, "points_rules", "no", "A01").Id
	period := apptest.Make(t, app, "points_periods", map[string]any{"org": "@djb", "quarter": "2026-Q1"})
	period.Set("state", "published")
	if err := kit.As(app, kit.Actor{Kind: kit.ByPerson, ID: apptest.Person(t, app, apptest.Deputy).Id}).Save(period); err != nil {
		t.Fatal(err)
	}
	r.period = period.Id
	r.appeal = apptest.Make(t, app, "points_appeals", map[string]any{"person": "#" + apptest.Clerk, "period": period.Id, "text": "少计了一次。"}).Id
}

// decide settles what the text leaves open and hands the draft in.
func decide(t *testing.T, app core.App, draft *core.Record) {
	t.Helper()
	var o imports.Outline
	if err := json.Unmarshal([]byte(draft.GetString("outline")), &o); err != nil {
		t.Fatal(err)
	}
	for i := range o.Sections {
		for j := range o.Sections[i].Items {
			for k := range o.Sections[i].Items[j].Obligations {
				ob := &o.Sections[i].Items[j].Obligations[k]
				ob.Settled = true
				if ob.Assign == nil {
					ob.Assign = &plan.Assign{To: plan.ToOrg, Org: apptest.Unit(t, app, "djb").Id}
				}
			}
		}
	}
	if err := apptest.Save(app, draft, map[string]any{"outline": o, "state": "submitted"}); err != nil {
		t.Fatal(err)
	}
}

// sendLetter lets the member go to the other branch; the letter is on its way.
func sendLetter(t *testing.T, app core.App) string {
	t.Helper()
	r := apptest.Make(t, app, transfers.Transfers, map[string]any{"person": "#" + apptest.Member, "to_org": "@zb2", "reason": "work"})
	for _, who := range []string{apptest.Branch, apptest.Deputy} {
		request := apptest.First(t, app, approvals.Requests, "subject_id", r.Id)
		_, err := approvals.Decide(app, context.Background(), approvals.Decision{Request: request.Id, By: apptest.Person(t, app, who).Id, Verdict: approvals.Approve})
		if err != nil {
			t.Fatal(err)
		}
	}
	r, err := app.FindRecordById(transfers.Transfers, r.Id)
	if err == nil {
		err = apptest.Save(app, r, map[string]any{"state": "issued", "paid_to": "2026-06", "issued_by": apptest.Person(t, app, apptest.Clerk).Id})
	}
	if err != nil {
		t.Fatal(err)
	}
	return r.Id
}
