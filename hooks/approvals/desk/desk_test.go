package desk_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"yaodian/hooks/approvals"
	"yaodian/hooks/approvals/asktest"
	"yaodian/hooks/apptest"
)

// A member drafts, hands in, amends what was returned, and gets a yes: all over
// REST, with every line of the history.
func TestFromDraftToApproval(t *testing.T) {
	t.Parallel()
	s := asktest.Served(t)
	_, err := s.App.DB().NewQuery(`UPDATE approvals_flows SET steps = (SELECT steps FROM approvals_flows WHERE id = 'flowevent000000') WHERE id = 'flowstudyplan00'`).Execute()
	if err != nil {
		t.Fatal(err)
	}
	made := s.Do(t, apptest.Member, http.MethodPost, apptest.URL(approvals.Requests), map[string]any{
		"kind": "study_plan", "title": "读书计划", "applicant": asktest.ID(t, s.App, apptest.Member), "snapshot": map[string]any{"books": 12},
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
	act(apptest.Member, "decide", asktest.Yes).Want(t, 403, "申请人不能审批自己的申请。")
	act(apptest.Branch, "decide", map[string]any{"verdict": "return"}).Want(t, 400, "请写明退回的理由。")
	act(apptest.Branch, "decide", map[string]any{"verdict": "return", "comment": "请写明在哪里读"}).Want(t, 200, `"draft"`)
	if got := asktest.Stored(t, s.App, request).GetString("expires"); got != "2026-07-09" {
		t.Errorf("20 workdays over the Dragon Boat Festival: got %s", got)
	}
	act(apptest.Branch, "decide", asktest.Yes).Want(t, 400, "approvals_not_submitted", "已由赵支书退回")
	s.Do(t, apptest.Member, http.MethodGet, "/api/approvals/requests/"+request.Id, nil).Want(t, 200, `"people":["赵支书"]`, `"edit":true,"submit":true`)
	edit(map[string]any{"snapshot": map[string]any{"books": 10, "place": "社区书屋"}}).Want(t, 200)
	act(apptest.Member, "submit", nil).Want(t, 200, `"pending"`)
	act(apptest.Branch, "decide", map[string]any{"verdict": "approve", "comment": "已核实"}).Want(t, 200, `"step":2`)
	act(asktest.Organizer, "decide", map[string]any{"verdict": "return", "to_step": 1, "comment": "请核对书目"}).Want(t, 200, `"step":1`)
	act(apptest.Branch, "decide", asktest.Yes).Want(t, 200, `"step":2`)
	act(asktest.Organizer, "decide", asktest.Yes).Want(t, 200, `"approved"`)
	act(asktest.Organizer, "decide", asktest.Yes).Want(t, 400, "approvals_closed", "已经办结（已同意）")
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

// Several at once, where the step allows it, each by itself.
func TestBulk(t *testing.T) {
	t.Parallel()
	s := asktest.Served(t)
	bulk, single, other := asktest.Ask(t, s.App, "study_plan"), asktest.Ask(t, s.App, "honor"), asktest.Ask(t, s.App, "study_plan")
	asktest.Say(t, s, apptest.Branch, other, asktest.Yes).Want(t, 200)
	form := map[string]any{"ids": []string{bulk.Id, single.Id, other.Id, "nosuchrequest00"}, "comment": "批量同意"}
	url := "/api/approvals/requests/decide"
	s.Do(t, apptest.Branch, http.MethodPost, url, form).Want(t, 200,
		`{"id":"`+bulk.Id+`"}`, `“支部同意”要逐件审批，不能批量办理。`, `这份申请已经办结（已同意）`, `"id":"nosuchrequest00"`)
	asktest.WantStatus(t, s.App, bulk, "approved", 1)
	asktest.WantStatus(t, s.App, single, "pending", 1)
	s.Do(t, apptest.Neighbour, http.MethodPost, url, map[string]any{"ids": []string{single.Id}}).Want(t, 200, `"error"`)
	s.Do(t, apptest.Branch, http.MethodPost, url, map[string]any{"ids": []string{}}).Want(t, 400, "approvals_bulk_size")
	s.Do(t, apptest.Branch, http.MethodPost, url, map[string]any{"ids": make([]string, 51)}).Want(t, 400, "approvals_bulk_size")
	asktest.WantStatus(t, s.App, single, "pending", 1)
}

// The preview names who would decide; it is for one's own organization.
func TestPreview(t *testing.T) {
	t.Parallel()
	s := asktest.Served(t)
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
