package approvals_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/approvals"
	"yaodian/hooks/apptest"
	"yaodian/hooks/kit"
	"yaodian/hooks/notify"
)

// A member drafts, hands in, amends what was returned, and gets a yes: all over
// REST, with every line of the history.
func TestFromDraftToApproval(t *testing.T) {
	t.Parallel()
	s := served(t)
	_, err := s.App.DB().NewQuery(`UPDATE approvals_flows SET steps = (SELECT steps FROM approvals_flows WHERE id = 'flowevent000000') WHERE id = 'flowstudyplan00'`).Execute()
	if err != nil {
		t.Fatal(err)
	}
	made := s.Do(t, apptest.Member, http.MethodPost, apptest.URL(approvals.Requests), map[string]any{
		"kind": "study_plan", "title": "读书计划", "applicant": id(t, s.App, apptest.Member), "snapshot": map[string]any{"books": 12},
	})
	made.Want(t, 200, `"status":"draft"`, `"private":false`)
	request := apptest.First(t, s.App, approvals.Requests, "id", made.Text("id"))
	act := func(who, what string, form map[string]any) apptest.Answer {
		t.Helper()
		return s.Do(t, who, http.MethodPost, "/api/approvals/requests/"+request.Id+"/"+what, form)
	}
	edit := func(data map[string]any) apptest.Answer {
		t.Helper()
		return s.Do(t, apptest.Member, http.MethodPatch, apptest.URL(approvals.Requests, request.Id), data)
	}
	act(apptest.Branch, "submit", nil).Want(t, 404)
	act(apptest.Member, "withdraw", map[string]any{}).Want(t, 400, "approvals_withdraw_draft")
	act(apptest.Member, "submit", nil).Want(t, 200, `"pending"`)
	act(apptest.Member, "submit", nil).Want(t, 400, "approvals_submitted")
	edit(map[string]any{"title": "写作计划"}).Want(t, 404)
	act(apptest.Member, "decide", yes).Want(t, 403, "申请人不能审批自己的申请。")
	act(apptest.Branch, "decide", map[string]any{"verdict": "return"}).Want(t, 400, "请写明退回的理由。")
	act(apptest.Branch, "decide", map[string]any{"verdict": "return", "comment": "请写明在哪里读"}).Want(t, 200, `"draft"`)
	if got := stored(t, s.App, request).GetString("expires"); got != "2026-07-09" {
		t.Errorf("20 workdays over the Dragon Boat Festival: got %s", got)
	}
	act(apptest.Branch, "decide", yes).Want(t, 400, "approvals_not_submitted", "已由赵支书退回")
	s.Do(t, apptest.Member, http.MethodGet, "/api/approvals/requests/"+request.Id, nil).Want(t, 200, `"people":["赵支书"]`, `"edit":true,"submit":true`)
	edit(map[string]any{"snapshot": map[string]any{"books": 10, "place": "社区书屋"}}).Want(t, 200)
	act(apptest.Member, "submit", nil).Want(t, 200, `"pending"`)
	act(apptest.Branch, "decide", map[string]any{"verdict": "approve", "comment": "已核实"}).Want(t, 200, `"step":2`)
	act(Organizer, "decide", map[string]any{"verdict": "return", "to_step": 1, "comment": "请核对书目"}).Want(t, 200, `"step":1`)
	act(apptest.Branch, "decide", yes).Want(t, 200, `"step":2`)
	act(Organizer, "decide", yes).Want(t, 200, `"approved"`)
	act(Organizer, "decide", yes).Want(t, 400, "approvals_closed", "已经办结（已同意）")
	act(apptest.Member, "withdraw", map[string]any{}).Want(t, 400, "approvals_closed")

	page := s.Do(t, apptest.Member, http.MethodGet, "/api/approvals/requests/"+request.Id, nil)
	page.Want(t, 200, `"place":"社区书屋"`, `"post":"东风社区党支部 支部书记"`, `"decide":false`)
	if got := verdicts(t, page); got != "submit return submit approve return approve approve" {
		t.Errorf("history: %s", got)
	}
	s.Do(t, apptest.Neighbour, http.MethodGet, "/api/approvals/requests/"+request.Id, nil).Want(t, 404)
	s.Do(t, apptest.Guest, http.MethodGet, "/api/approvals/requests/"+request.Id, nil).Want(t, 401)
}

func verdicts(t testing.TB, page apptest.Answer) string {
	t.Helper()
	var p struct{ History []struct{ Verdict string } }
	if err := json.Unmarshal([]byte(page.Body), &p); err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range p.History {
		out = append(out, e.Verdict)
	}
	return strings.Join(out, " ")
}

// A step that needs two needs two people, and nobody decides a second step.
func TestTwoPeople(t *testing.T) {
	t.Parallel()
	s := served(t)
	post(t, s.App, Second, "committee_secretary", "wd", "2020-01-01") // elsewhere: no use here
	post(t, s.App, Organizer, "committee_member", "jd", "2020-01-01") // checks, so never deliberates
	apptest.Make(t, s.App, approvals.Delegations, map[string]any{     // Third stands in for Second,
		"person": "#" + Second, "delegate": "#" + Third, "since": apptest.Today, "until": "2026-07-01", "reason": "出差", // but is one person
	})
	request := ask(t, s.App, "development_admission")
	say(t, s, Organizer, request, yes).Want(t, 200, `"step":2`)
	waits := func(who, n string) {
		t.Helper()
		s.Do(t, who, http.MethodGet, "/api/approvals/inbox", nil).Want(t, 200, `"totalItems":`+n)
	}
	waits(Organizer, "0")
	waits(Second, "1")
	waits(Third, "1")
	say(t, s, Organizer, request, yes).Want(t, 403, "郑委员已经审批过第 1 步“组织委员审查”，一个人不能再审批另一步。")
	say(t, s, Third, request, yes).Want(t, 200, `"step":2`)
	waits(Third, "0")
	waits(Second, "1")
	say(t, s, Third, request, yes).Want(t, 403, "冯委员已经审批过这一步，还需要另一个人审批。")
	wantStatus(t, s.App, request, "pending", 2)
	say(t, s, Second, request, yes).Want(t, 200, `"step":3`)
	say(t, s, apptest.Secretary, request, yes).Want(t, 200, `"approved"`)
}

// Nobody sets a status: not in the browser, not in a batch, not from Go or cron.
func TestNobodySetsStatus(t *testing.T) {
	t.Parallel()
	s := served(t)
	request := ask(t, s.App, "honor")
	url := apptest.URL(approvals.Requests, request.Id)
	for _, data := range []map[string]any{
		{"status": "approved"}, {"status": "draft"}, {"step": 3}, {"round": 0}, {"wait_role": ""}, {"title": "别的"}, {"snapshot": map[string]any{}}, {"applicant": id(t, s.App, apptest.Branch)},
	} {
		s.Do(t, apptest.Keeper, http.MethodPatch, url, data).Want(t, 400, "approvals_")
	}
	for _, who := range []string{apptest.Keeper, apptest.Member} {
		answer := s.Do(t, who, http.MethodPost, "/api/batch", map[string]any{"requests": []any{
			map[string]any{"method": "PATCH", "url": url, "body": map[string]any{"status": "approved"}},
		}})
		answer.Want(t, 400)
	}
	create := map[string]any{"kind": "study_plan", "title": "读书", "applicant": id(t, s.App, apptest.Member)}
	for field, value := range map[string]any{
		"status": "approved", "flow": "flowstudyplan00", "step": 1, "round": 3, "wait_org": apptest.Unit(t, s.App, "zb1").Id, "due": "2030-01-01",
		"closed_at": "2026-01-01 00:00:00.000Z", "subject_id": "x", "private": true, "kind": "dues_waiver",
	} {
		data := map[string]any{field: value}
		for k, v := range create {
			if _, set := data[k]; !set {
				data[k] = v
			}
		}
		s.Do(t, apptest.Keeper, http.MethodPost, apptest.URL(approvals.Requests), data).Want(t, 400, `"`+field+`":{"code":"approvals_`)
		s.Do(t, apptest.Member, http.MethodPost, apptest.URL(approvals.Requests), data).Want(t, 400)
	}
	// a superuser holds no post
	say(t, s, apptest.Keeper, request, yes).Want(t, 403)
	s.Do(t, apptest.Keeper, http.MethodPost, "/api/approvals/requests/"+request.Id+"/withdraw", map[string]any{}).Want(t, 403)

	request.Set("status", "approved")
	apptest.Refused(t, "from Go", s.App.Save(request), "approvals_status_fixed")
	apptest.Refused(t, "without validation", s.App.SaveNoValidate(request), "approvals_status_fixed")
	apptest.Refused(t, "deleted", s.App.Delete(stored(t, s.App, request)), "approvals_permanent")
	line := apptest.First(t, s.App, approvals.Decisions, "request", request.Id)
	line.Set("comment", "改过")
	apptest.Refused(t, "a decision changed", s.App.Save(line), "approvals_decision_fixed")
	apptest.Refused(t, "even by the system", kit.SaveAsSystem(s.App, t.Context(), line), "approvals_decision_fixed")
	apptest.Refused(t, "a decision deleted", s.App.Delete(line), "approvals_decision_fixed")
	_, err := apptest.Try(s.App, approvals.Decisions, nil)
	if err == nil {
		t.Error("a decision without a request was stored")
	}
	wantStatus(t, s.App, request, "pending", 1)
}

// What is closed stays closed even for what was loaded before, so an effect can't
// come twice.
func TestClosedStaysClosed(t *testing.T) {
	t.Parallel()
	s := served(t)
	applied := 0
	approvals.OnApproved(s.App, "study_plan", func(core.App, *core.Record) error { applied++; return nil })
	request := ask(t, s.App, "study_plan")
	before := stored(t, s.App, request)
	say(t, s, apptest.Branch, request, yes).Want(t, 200, `"approved"`)
	before.Set("status", "approved")
	apptest.Refused(t, "approved again", kit.SaveAsSystem(s.App, t.Context(), before), "approvals_closed")
	before.Set("status", "pending")
	apptest.Refused(t, "opened again", kit.SaveAsSystem(s.App, t.Context(), before), "approvals_closed")
	if applied != 1 {
		t.Errorf("the effect came %d times", applied)
	}
}

// The effect is part of the decision: if it fails, nothing is decided and the
// approver reads why.
func TestEffectFails(t *testing.T) {
	t.Parallel()
	s := served(t)
	fail := true
	approvals.OnApproved(s.App, "study_plan", func(tx core.App, request *core.Record) error {
		unit := apptest.Unit(t, tx, "zb2")
		unit.Set("short", "改过")
		if err := tx.Save(unit); err != nil {
			return err
		}
		if fail {
			return kit.Reject("plan", "study_plan_full", "本年度的学习计划已经排满。")
		}
		return nil
	})
	var closed []string
	approvals.OnClosed(s.App, "study_plan", func(_ core.App, request *core.Record) error {
		closed = append(closed, request.GetString("status"))
		return nil
	})
	request := ask(t, s.App, "study_plan")
	say(t, s, apptest.Branch, request, yes).Want(t, 400, "study_plan_full", "本年度的学习计划已经排满。")
	wantStatus(t, s.App, request, "pending", 1)
	if n := len(linesOf(t, s.App, request)); n != 1 {
		t.Errorf("Expected the submission alone, got %d lines", n)
	}
	if apptest.Unit(t, s.App, "zb2").GetString("short") != "" {
		t.Error("what the effect wrote before it failed has stayed")
	}
	fail = false
	say(t, s, apptest.Branch, request, yes).Want(t, 200, `"approved"`)
	if apptest.Unit(t, s.App, "zb2").GetString("short") != "改过" || len(closed) != 0 {
		t.Errorf("the effect: %v", closed)
	}

	say(t, s, apptest.Branch, ask(t, s.App, "study_plan"), map[string]any{"verdict": "reject", "comment": "不符合要求"}).Want(t, 200, `"rejected"`)
	taken := ask(t, s.App, "study_plan")
	s.Do(t, apptest.Member, http.MethodPost, "/api/approvals/requests/"+taken.Id+"/withdraw", map[string]any{"comment": "不办了"}).Want(t, 200, `"withdrawn"`)
	if !slices.Equal(closed, []string{"rejected", "withdrawn"}) {
		t.Errorf("closed: %v", closed)
	}
}

func linesOf(t testing.TB, app core.App, request *core.Record) []*core.Record {
	t.Helper()
	lines, err := app.FindRecordsByFilter(approvals.Decisions, "request = {:id}", "created", 0, 0, map[string]any{"id": request.Id})
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

// Two approvers at once: one decides, the other reads why there is nothing left
// to decide, or that they would decide another step than they were shown.
func TestTwoAtOnce(t *testing.T) {
	t.Parallel()
	s := served(t)
	hire(t, s.App, "deputy2", "卫副书记", "committee_deputy", "jd")
	request := ask(t, s.App, "plan_confirm")
	shown := map[string]any{"verdict": "approve", "step": 1}
	say(t, s, apptest.Deputy, request, shown).Want(t, 200, `"step":2`)
	say(t, s, "deputy2", request, shown).Want(t, 403, "第 2 步“党工委批准”不由您审批。“副书记审核”已由何副书记同意。")

	// the second holds the post of the next step as well: not decided unseen
	hire(t, s.App, "both", "蒋两职", "committee_deputy", "jd")
	apptest.Make(t, s.App, approvals.Delegations, map[string]any{
		"person": "#secretary", "delegate": "#both", "since": apptest.Today, "until": "2026-07-01", "reason": "出差",
	})
	say(t, s, "both", request, shown).Want(t, 400, "approvals_moved_on", "已经到了第 2 步“党工委批准”", "已由何副书记同意")
	say(t, s, "both", request, map[string]any{"verdict": "approve", "step": 2}).Want(t, 200, `"approved"`)
	say(t, s, apptest.Secretary, request, yes).Want(t, 400, "approvals_closed", "已由蒋两职（受委托）同意")
}

// The same with goroutines through the route: exactly one wins each race.
func TestRace(t *testing.T) {
	t.Parallel()
	s := served(t)
	rivals := []string{apptest.Deputy, "deputy2", "deputy3", "deputy4"}
	for _, who := range rivals[1:] {
		hire(t, s.App, who, who, "committee_deputy", "jd")
	}
	var applied int
	approvals.OnApproved(s.App, "plan_confirm", func(core.App, *core.Record) error { applied++; return nil })
	for _, who := range append(rivals, apptest.Secretary) {
		s.Token(t, who)
	}
	for range 5 {
		request := ask(t, s.App, "plan_confirm")
		for _, step := range [][]string{rivals, {apptest.Secretary, apptest.Secretary, apptest.Secretary}} {
			var won, refused sync.Map
			var wg sync.WaitGroup
			for i, who := range step {
				wg.Go(func() {
					answer := say(t, s, who, request, yes)
					if answer.Status == http.StatusOK {
						won.Store(i, answer.Body)
					} else if answer.Has("。") && (answer.Status == 400 || answer.Status == 403) {
						refused.Store(i, answer.Body)
					} else {
						t.Errorf("%s: %d %s", who, answer.Status, answer.Short())
					}
				})
			}
			wg.Wait()
			if n, m := size(&won), size(&refused); n != 1 || m != len(step)-1 {
				t.Errorf("%d won, %d read why not", n, m)
			}
		}
		wantStatus(t, s.App, request, "approved", 2)
		if n := len(linesOf(t, s.App, request)); n != 3 {
			t.Errorf("Expected 3 lines, got %d", n)
		}
	}
	if applied != 5 {
		t.Errorf("Expected 5 effects, got %d", applied)
	}
}

func size(m *sync.Map) (n int) {
	m.Range(func(any, any) bool { n++; return true })
	return n
}

// A post that ends today decides nothing today, and one that begins today does.
func TestPostsDecideAtTheMoment(t *testing.T) {
	t.Parallel()
	s := served(t)
	request := ask(t, s.App, "study_plan")
	for _, p := range apptestPosts(t, s.App, apptest.Branch) {
		if err := apptest.Save(s.App, p, map[string]any{"until": apptest.Today}); err != nil {
			t.Fatal(err)
		}
	}
	say(t, s, apptest.Branch, request, yes).Want(t, 404)
	hire(t, s.App, "newcomer", "韩新书记", "branch_member", "zb1")
	post(t, s.App, "newcomer", "branch_secretary", "zb1", apptest.Today)
	say(t, s, "newcomer", request, yes).Want(t, 200, `"approved"`)
}

// What a capability asks about a record is asked once at a time, shows what its
// readers see, and takes up what was amended after a return.
func TestOpenAboutRecord(t *testing.T) {
	t.Parallel()
	s := served(t)
	member := apptest.Person(t, s.App, apptest.Member)
	open := func() (*core.Record, error) {
		return approvals.Open(s.App, t.Context(), approvals.Ask{
			Kind: "transfer_out", Collection: "people", Record: member.Id, Org: member.GetString("org"), Applicant: member.Id, Title: "转往外地",
		})
	}
	request, err := open()
	if err != nil {
		t.Fatal(err)
	}
	shot := request.GetString("snapshot")
	if !strings.Contains(shot, "孙党员") || strings.Contains(shot, "locked_until") || strings.Contains(shot, "tokenKey") || strings.Contains(shot, "password") {
		t.Errorf("snapshot: %s", shot)
	}
	_, err = open()
	apptest.Refused(t, "twice", err, "approvals_open_already")
	if asked, err := approvals.IsOpen(s.App, "transfer_out", member); err != nil || !asked {
		t.Errorf("IsOpen: %v, %v", asked, err)
	}
	say(t, s, apptest.Branch, request, map[string]any{"verdict": "return", "comment": "称谓不对"}).Want(t, 200, `"draft"`)
	s.Do(t, apptest.Member, http.MethodPatch, apptest.URL(approvals.Requests, request.Id), map[string]any{"snapshot": map[string]any{"name": "别人"}}).
		Want(t, 400, "approvals_elsewhere")
	if err := apptest.Save(s.App, member, map[string]any{"title": "退休教师"}); err != nil {
		t.Fatal(err)
	}
	s.Do(t, apptest.Member, http.MethodPost, "/api/approvals/requests/"+request.Id+"/submit", nil).Want(t, 200)
	if got := stored(t, s.App, request).GetString("snapshot"); !strings.Contains(got, "退休教师") {
		t.Errorf("the snapshot is still the old one: %s", got)
	}
	say(t, s, apptest.Branch, request, map[string]any{"verdict": "return", "comment": "再改"}).Want(t, 200)
	again, err := open()
	if err != nil || again.Id != request.Id || again.GetInt("round") != 3 {
		t.Errorf("handed in again: %v, %v", again, err)
	}
	say(t, s, apptest.Branch, request, yes).Want(t, 200)
	say(t, s, Organizer, request, yes).Want(t, 200, "approved")
	if asked, _ := approvals.IsOpen(s.App, "transfer_out", member); asked {
		t.Error("still open")
	}
	if _, err := open(); err != nil {
		t.Errorf("asked anew after it was closed: %v", err)
	}
}

// What a capability has asked isn't reworded by the applicant, even where it is
// about no record.
func TestAskedIsNotReworded(t *testing.T) {
	t.Parallel()
	s := served(t)
	request := ask(t, s.App, "dues_waiver")
	say(t, s, apptest.Branch, request, map[string]any{"verdict": "return", "comment": "请补证明"}).Want(t, 200, `"draft"`)
	url := apptest.URL(approvals.Requests, request.Id)
	s.Do(t, apptest.Member, http.MethodPatch, url, map[string]any{"snapshot": map[string]any{"approval_level": "branch"}}).Want(t, 400, "approvals_elsewhere")
	s.Do(t, apptest.Member, http.MethodPatch, url, map[string]any{"org": apptest.Unit(t, s.App, "zb2").Id}).Want(t, 400, "approvals_by_system")
	s.Do(t, apptest.Member, http.MethodDelete, url, nil).Want(t, 403, "approvals_permanent")
}

// Open joins the caller's transaction: what the caller takes back was never asked.
func TestOpenInTransaction(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	staff(t, app)
	err := app.RunInTransaction(func(tx core.App) error {
		ask(t, tx, "study_plan")
		return kit.Reject("x", "taken_back", "不办了。")
	})
	apptest.Refused(t, "the caller", err, "taken_back")
	for _, c := range []string{approvals.Requests, approvals.Decisions, notify.Messages} {
		if n, err := app.CountRecords(c); err != nil || n != 0 {
			t.Errorf("%s: %d records, %v", c, n, err)
		}
	}
}

// Several at once, where the step allows it, each by itself.
func TestBulk(t *testing.T) {
	t.Parallel()
	s := served(t)
	bulk, single, other := ask(t, s.App, "study_plan"), ask(t, s.App, "honor"), ask(t, s.App, "study_plan")
	say(t, s, apptest.Branch, other, yes).Want(t, 200)
	form := map[string]any{"ids": []string{bulk.Id, single.Id, other.Id, "nosuchrequest00"}, "comment": "批量同意"}
	url := "/api/approvals/requests/decide"
	s.Do(t, apptest.Branch, http.MethodPost, url, form).Want(t, 200,
		`{"id":"`+bulk.Id+`"}`, `“支部同意”要逐件审批，不能批量办理。`, `这份申请已经办结（已同意）`, `"id":"nosuchrequest00"`)
	wantStatus(t, s.App, bulk, "approved", 1)
	wantStatus(t, s.App, single, "pending", 1)
	s.Do(t, apptest.Neighbour, http.MethodPost, url, map[string]any{"ids": []string{single.Id}}).Want(t, 200, `"error"`)
	s.Do(t, apptest.Branch, http.MethodPost, url, map[string]any{"ids": []string{}}).Want(t, 400, "approvals_bulk_size")
	s.Do(t, apptest.Branch, http.MethodPost, url, map[string]any{"ids": make([]string, 51)}).Want(t, 400, "approvals_bulk_size")
	wantStatus(t, s.App, single, "pending", 1)
}

// The preview names who would decide; it is for one's own organization.
func TestPreview(t *testing.T) {
	t.Parallel()
	s := served(t)
	url := "/api/approvals/flows/preview?kind=honor&org="
	s.Do(t, apptest.Member, http.MethodGet, url, nil).Want(t, 200, `"people":["赵支书"]`, `"people":["郑委员"]`, `"people":["高书记"]`, `"unit":"东风社区党支部"`, `"problem":""`)
	s.Do(t, apptest.Clerk, http.MethodGet, url+apptest.Unit(t, s.App, "zb2").Id, nil).Want(t, 200, `"people":["钱支书"]`)
	s.Do(t, apptest.Member, http.MethodGet, url+apptest.Unit(t, s.App, "zb2").Id, nil).Want(t, 404)
	s.Do(t, apptest.Outsider, http.MethodGet, url+apptest.Unit(t, s.App, "zb1").Id, nil).Want(t, 404)
	s.Do(t, apptest.Guest, http.MethodGet, url, nil).Want(t, 401)
	s.Do(t, apptest.Member, http.MethodGet, "/api/approvals/flows/preview?kind=holiday", nil).Want(t, 400, "approvals_no_flow")
	if n, _ := s.App.CountRecords(approvals.Requests); n != 0 {
		t.Errorf("a preview wrote %d requests", n)
	}
}
