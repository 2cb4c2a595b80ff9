package dues_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/approvals"
	"yaodian/hooks/apptest"
	"yaodian/hooks/dues/assess"
	"yaodian/hooks/dues/rate"
)

// R-DUES-09: worked example 28. A waiver is approved by level, lasts to December
// and lapses by itself.
func TestR_DUES_09_Waiver(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	bill(t, app, "2026-01", "2026-06")
	draft := func(number string, more map[string]any) (*core.Record, error) {
		data := map[string]any{"person": "#" + number, "reason": "illness", "detail": "肺癌，化疗中", "amount": 0, "since": "2026-03", "until": "2026-12"}
		for k, v := range more {
			data[k] = v
		}
		return apptest.Try(app, assess.Waivers, apptest.Named(t, app, data))
	}
	for name, c := range map[string]struct {
		more map[string]any
		code string
	}{
		"into the next year": {map[string]any{"until": "2027-01"}, "dues_waiver_year"},
		"without an end":     {map[string]any{"until": ""}, "validation_required"},
		"no less":            {map[string]any{"amount": 112_50}, "dues_waiver_amount"},
		"negative":           {map[string]any{"amount": -1}, "dues_waiver_amount"},
	} {
		_, err := draft(apptest.Member, c.more)
		apptest.Refused(t, name, err, c.code)
	}
	w, err := draft(apptest.Member, nil)
	if err != nil {
		t.Fatal(err)
	}
	apptest.Refused(t, "approved by itself", act(app, t, Organizer, w, map[string]any{"state": "approved"}), "dues_waivers_move")
	apptest.Refused(t, "handed in", act(app, t, apptest.Member, w, map[string]any{"state": "pending"}), "")
	apptest.Refused(t, "approved while pending", act(app, t, Organizer, w, map[string]any{"state": "approved"}), "dues_waiver_decided")
	apptest.Refused(t, "changed while pending", act(app, t, apptest.Member, w, map[string]any{"amount": 50_00}), "dues_waiver_fixed")
	_, err = draft(apptest.Member, map[string]any{"since": "2026-12"})
	apptest.Refused(t, "meets another", err, "dues_waiver_overlap")

	request := apptest.First(t, app, approvals.Requests, "subject_id", w.Id)
	if s := request.GetString("snapshot"); strings.Contains(s, "肺癌") || !strings.Contains(s, "parent_committee") {
		t.Error("the request holds the details:", s)
	}
	decide(t, app, request, apptest.Branch, Organizer)
	if got := month(t, app, apptest.Member, "2026-03").Remaining; got != 112_50 {
		t.Errorf("before the last yes: %s", got)
	}
	decide(t, app, request, apptest.Secretary)
	for m, want := range map[string]rate.Fen{"2026-01": 112_50, "2026-02": 112_50, "2026-03": 0, "2026-06": 0} {
		if got := month(t, app, apptest.Member, m).Remaining; got != want {
			t.Errorf("%s: Expected %s, got %s", m, want, got)
		}
	}
	apptest.SetToday(t, app, "2027-01-05")
	bill(t, app, "2026-07", "2027-01")
	for m, want := range map[string]rate.Fen{"2026-12": 0, "2027-01": 112_50} {
		if got := month(t, app, apptest.Member, m).Remaining; got != want {
			t.Errorf("%s: Expected %s, got %s", m, want, got)
		}
	}
	whole(t, app)
	apptest.Refused(t, "ended without a month", act(app, t, Organizer, w, map[string]any{"state": "ended"}), "dues_waiver_end")
	apptest.Refused(t, "ended early", act(app, t, Organizer, w, map[string]any{"state": "ended", "until": "2026-08"}), "")
	for m, want := range map[string]rate.Fen{"2026-08": 0, "2026-09": 112_50, "2026-12": 112_50} {
		if got := month(t, app, apptest.Member, m).Remaining; got != want {
			t.Errorf("ended, %s: Expected %s, got %s", m, want, got)
		}
	}
	whole(t, app)
}

func decide(t testing.TB, app core.App, request *core.Record, who ...string) {
	t.Helper()
	for _, by := range who {
		_, err := approvals.Decide(app, t.Context(), approvals.Decision{Request: request.Id, By: id(t, app, by), Verdict: approvals.Approve})
		if err != nil {
			t.Fatal(by, err)
		}
	}
}

// The branch decides for the retired.
func TestR_DUES_09_RetiredByBranch(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	retired := apptest.Make(t, app, "people", map[string]any{
		"number": "retired", "name": "老党员", "org": "@zb1", "kind": "member", "state": "active", "password": apptest.Password, "status_since": "2020-01-01",
	})
	categorize(t, app, "retired", rate.Retired, "2026-01")
	settle(t, app, "retired", "2026-01", 3200_00)
	w := apptest.Make(t, app, assess.Waivers, map[string]any{"person": retired.Id, "reason": "other", "amount": 5_00, "since": "2026-05", "until": "2026-12"})
	if err := apptest.Save(app, w, map[string]any{"state": "pending"}); err != nil {
		t.Fatal(err)
	}
	request := apptest.First(t, app, approvals.Requests, "subject_id", w.Id)
	decide(t, app, request, Assessor, apptest.Branch)
	bill(t, app, "2026-04", "2026-05")
	if got := month(t, app, "retired", "2026-05"); got.Charged != 16_00 || got.Waived != 11_00 || got.Remaining != 5_00 {
		t.Errorf("%+v", got)
	}
	if got := month(t, app, "retired", "2026-04").Remaining; got != 16_00 {
		t.Errorf("April: %s", got)
	}
	whole(t, app)
}

// What is asked is read in words, and still is after it was returned. What flows
// alone ask is not for reading.
func TestWaiverIsReadInWords(t *testing.T) {
	t.Parallel()
	s := served(t)
	w := apptest.Make(t, s.App, assess.Waivers, map[string]any{
		"person": "#" + apptest.Member, "reason": "illness", "detail": "肺癌", "amount": 0, "since": "2026-05", "until": "2026-12",
	})
	if err := apptest.Save(s.App, w, map[string]any{"state": "pending"}); err != nil {
		t.Fatal(err)
	}
	request := "/api/approvals/requests/" + apptest.First(t, s.App, approvals.Requests, "subject_id", w.Id).Id
	const facts = `"facts":[{"label":"减免后月交额","text":"0.00 元"},{"label":"原因","text":"重病"},{"label":"起始月","text":"2026-05"},{"label":"截止月","text":"2026-12"}]`
	get(t, s, apptest.Branch, request).Want(t, 200, facts)
	s.Do(t, apptest.Branch, http.MethodPost, request+"/decide", map[string]any{"verdict": "return", "comment": "请补证明"}).Want(t, 200)
	s.Do(t, apptest.Member, http.MethodPost, request+"/submit", nil).Want(t, 200)
	get(t, s, apptest.Branch, request).Want(t, 200, facts)
	get(t, s, apptest.Outsider, request).Want(t, 404)
}
