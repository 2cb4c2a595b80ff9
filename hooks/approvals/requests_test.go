package approvals_test

import (
	"net/http"
	"slices"
	"testing"

	"yaodian/hooks/approvals"
	"yaodian/hooks/approvals/asktest"
	"yaodian/hooks/apptest"
	"yaodian/hooks/kit"

	"github.com/pocketbase/pocketbase/core"
)

// Nobody sets a status: not in the browser, not in a batch, not from Go or cron.
func TestNobodySetsStatus(t *testing.T) {
	t.Parallel()
	s := asktest.Served(t)
	request := asktest.Ask(t, s.App, "honor")
	url := apptest.URL(approvals.Requests, request.Id)
	for _, data := range []map[string]any{
		{"status": "approved"}, {"status": "draft"}, {"step": 3}, {"round": 0}, {"wait_role": ""}, {"title": "别的"}, {"snapshot": map[string]any{}}, {"applicant": asktest.ID(t, s.App, apptest.Branch)},
	} {
		s.Do(t, apptest.Keeper, http.MethodPatch, url, data).Want(t, 400, "approvals_")
	}
	for _, who := range []string{apptest.Keeper, apptest.Member} {
		answer := s.Do(t, who, http.MethodPost, "/api/batch", map[string]any{"requests": []any{
			map[string]any{"method": "PATCH", "url": url, "body": map[string]any{"status": "approved"}},
		}})
		answer.Want(t, 400)
	}
	create := map[string]any{"kind": "study_plan", "title": "读书", "applicant": asktest.ID(t, s.App, apptest.Member)}
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
	asktest.Say(t, s, apptest.Keeper, request, asktest.Yes).Want(t, 403)
	s.Do(t, apptest.Keeper, http.MethodPost, "/api/approvals/requests/"+request.Id+"/withdraw", map[string]any{}).Want(t, 403)

	request.Set("status", "approved")
	apptest.Refused(t, "from Go", s.App.Save(request), "approvals_status_fixed")
	apptest.Refused(t, "without validation", s.App.SaveNoValidate(request), "approvals_status_fixed")
	apptest.Refused(t, "deleted", s.App.Delete(asktest.Stored(t, s.App, request)), "approvals_permanent")
	line := apptest.First(t, s.App, approvals.Decisions, "request", request.Id)
	line.Set("comment", "改过")
	apptest.Refused(t, "a decision changed", s.App.Save(line), "approvals_decision_fixed")
	apptest.Refused(t, "even by the system", kit.SaveAsSystem(s.App, t.Context(), line), "approvals_decision_fixed")
	apptest.Refused(t, "a decision deleted", s.App.Delete(line), "approvals_decision_fixed")
	_, err := apptest.Try(s.App, approvals.Decisions, nil)
	if err == nil {
		t.Error("a decision without a request was stored")
	}
	asktest.WantStatus(t, s.App, request, "pending", 1)
}

// What is closed stays closed even for what was loaded before, so an effect can't
// come twice.
func TestClosedStaysClosed(t *testing.T) {
	t.Parallel()
	s := asktest.Served(t)
	applied := 0
	approvals.OnApproved(s.App, "study_plan", func(core.App, *core.Record) error { applied++; return nil })
	request := asktest.Ask(t, s.App, "study_plan")
	before := asktest.Stored(t, s.App, request)
	asktest.Say(t, s, apptest.Branch, request, asktest.Yes).Want(t, 200, `"approved"`)
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
	s := asktest.Served(t)
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
	request := asktest.Ask(t, s.App, "study_plan")
	asktest.Say(t, s, apptest.Branch, request, asktest.Yes).Want(t, 400, "study_plan_full", "本年度的学习计划已经排满。")
	asktest.WantStatus(t, s.App, request, "pending", 1)
	if n := len(asktest.Lines(t, s.App, request)); n != 1 {
		t.Errorf("Expected the submission alone, got %d lines", n)
	}
	if apptest.Unit(t, s.App, "zb2").GetString("short") != "" {
		t.Error("what the effect wrote before it failed has stayed")
	}
	fail = false
	asktest.Say(t, s, apptest.Branch, request, asktest.Yes).Want(t, 200, `"approved"`)
	if apptest.Unit(t, s.App, "zb2").GetString("short") != "改过" || len(closed) != 0 {
		t.Errorf("the effect: %v", closed)
	}

	asktest.Say(t, s, apptest.Branch, asktest.Ask(t, s.App, "study_plan"), map[string]any{"verdict": "reject", "comment": "不符合要求"}).Want(t, 200, `"rejected"`)
	taken := asktest.Ask(t, s.App, "study_plan")
	s.Do(t, apptest.Member, http.MethodPost, "/api/approvals/requests/"+taken.Id+"/withdraw", map[string]any{"comment": "不办了"}).Want(t, 200, `"withdrawn"`)
	if !slices.Equal(closed, []string{"rejected", "withdrawn"}) {
		t.Errorf("closed: %v", closed)
	}
}
