package plan_test

import (
	"net/http"
	"testing"

	"yaodian/hooks/apptest"
	"yaodian/hooks/plan"
	"yaodian/hooks/plan/plantest"
)

// A confirmed plan stays as it was; it is closed and opened again by who may
// confirm, and while it is closed nothing is arranged.
func TestClosedPlan(t *testing.T) {
	t.Parallel()
	s := apptest.Serve(t, plantest.WithPlan(t))
	made := apptest.Only(t, s.App, plan.Years)
	url := apptest.URL(plan.Years, made.Id)
	for _, field := range []string{"preamble", "text_hash", "confirmed_at"} {
		s.Do(t, apptest.Keeper, http.MethodPatch, url, map[string]any{field: "2026-01-01 00:00:00.000Z"}).Want(t, 400, "plan_confirmed")
	}
	s.Do(t, apptest.Clerk, http.MethodPatch, url, map[string]any{"state": "closed"}).Want(t, 404)
	s.Do(t, apptest.Deputy, http.MethodPatch, url, map[string]any{"title": "改名"}).Want(t, 404)
	s.Do(t, apptest.Deputy, http.MethodPatch, url, map[string]any{"state": "closed"}).Want(t, 200)
	task := apptest.URL(plan.Tasks, plantest.Duty(t, s.App, "zb1", "2026-Q2").GetString("task"))
	s.Do(t, apptest.Clerk, http.MethodPatch, task, map[string]any{"title": "讲一次党课"}).Want(t, 403, "plan_closed")
	if added, removed, err := plan.Refresh(s.App, "2026-06-10"); added+removed != 0 || err != nil {
		t.Errorf("a closed plan was refreshed: %d, %d, %v", added, removed, err)
	}
	s.Do(t, apptest.Secretary, http.MethodPatch, url, map[string]any{"state": "active"}).Want(t, 200)
	s.Do(t, apptest.Clerk, http.MethodPatch, task, map[string]any{"title": "讲一次党课"}).Want(t, 200)
}
