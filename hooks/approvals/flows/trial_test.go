package flows_test

import (
	"net/http"
	"testing"

	"yaodian/hooks/approvals"
	"yaodian/hooks/approvals/asktest"
	"yaodian/hooks/approvals/flows"
	"yaodian/hooks/apptest"
)

// A flow is tried on what has been asked: route by route, nothing written.
func TestSandbox(t *testing.T) {
	t.Parallel()
	s := asktest.Served(t)
	url := "/api/approvals/flows/sandbox"
	running, done := asktest.Ask(t, s.App, "honor"), asktest.Ask(t, s.App, "honor")
	for _, who := range []string{apptest.Branch, asktest.Organizer, apptest.Secretary} {
		asktest.Say(t, s, who, done, asktest.Yes).Want(t, 200)
	}
	_, err := approvals.Open(s.App, t.Context(), approvals.Ask{
		Kind: "honor", Org: apptest.Unit(t, s.App, "zb2").Id, Applicant: asktest.ID(t, s.App, apptest.Neighbour), Title: "外支部",
	})
	apptest.Refused(t, "a branch secretary asks", err, "approvals_vacant")
	before := count(t, s)

	short := []map[string]any{{"name": "直接批准", "role": "committee_secretary", "at": "committee", "min": 1, "days": 3}}
	draft := map[string]any{"kind": "honor", "name": "试", "priority": 1, "since": "2026-07-01", "steps": short}
	s.Do(t, apptest.Keeper, http.MethodPost, url, draft).Want(t, 200, `"total":2,"limited":false,"same":0`, `"count":2,"pending":1`,
		`"before":"支部同意（本级支部书记 1 人，5 个工作日） → 组织委员审核（党工委党工委组织委员 1 人，5 个工作日） → 党工委批准（党工委党工委书记 1 人，5 个工作日）"`,
		`"after":"直接批准（党工委党工委书记 1 人，3 个工作日）"`, running.Id, done.Id)

	draft["condition"] = `title = "没有这样的"`
	s.Do(t, apptest.Keeper, http.MethodPost, url, draft).Want(t, 200, `"after":"没有适用的流程"`, `"count":2`)
	draft["priority"] = 2
	s.Do(t, apptest.Keeper, http.MethodPost, url, draft).Want(t, 200, `"same":2,"routes":[]`)
	draft["condition"], draft["subject"] = `year = 2026`, "documents"
	s.Do(t, apptest.Keeper, http.MethodPost, url, draft).Want(t, 200, `"same":2`)
	draft["steps"] = []any{}
	s.Do(t, apptest.Keeper, http.MethodPost, url, draft).Want(t, 400, "approvals_steps_empty")

	for who, status := range map[string]int{apptest.Guest: 401, apptest.Member: 403, apptest.Secretary: 403} {
		s.Do(t, who, http.MethodPost, url, draft).Want(t, status)
	}
	if after := count(t, s); after != before {
		t.Errorf("a trial changed what is stored: %v, %v", before, after)
	}

	apptest.SetToday(t, s.App, "2028-01-01")
	draft["steps"], draft["condition"], draft["subject"] = short, "", ""
	s.Do(t, apptest.Keeper, http.MethodPost, url, draft).Want(t, 200, `"total":1`)
}

func count(t testing.TB, s *apptest.Server) (n [3]int64) {
	t.Helper()
	for i, c := range []string{flows.Flows, approvals.Requests, approvals.Decisions} {
		var err error
		if n[i], err = s.App.CountRecords(c); err != nil {
			t.Fatal(err)
		}
	}
	return n
}
