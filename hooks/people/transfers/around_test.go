package transfers_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"yaodian/hooks/apptest"
	"yaodian/hooks/kit"
	"yaodian/hooks/people/transfers"
)

// Whoever writes, the rules hold: no person decides their own, nobody writes a
// state, a number or a person that the rules don't give.
func TestNobodyGoesAround(t *testing.T) {
	t.Parallel()
	s := serve(t)
	r := enter(t, s, apptest.Member, near)
	decide(t, s, apptest.Member, "transfer_out", r.Id, "approve").Want(t, 403)
	for who, data := range map[string]map[string]any{
		apptest.Clerk:  {"state": "receipted", "receipt_on": "2026-06-10"},
		apptest.Keeper: {"state": "approved"},
	} {
		change(t, s, who, r.Id, data).Want(t, 400, "people_transfers_decided")
	}
	change(t, s, apptest.Member, r.Id, map[string]any{"to_org": "@wzb"}).Want(t, 400, "people_transfers_pending")
	s.Do(t, apptest.Keeper, http.MethodDelete, apptest.URL(transfers.Transfers, r.Id), nil).Want(t, 403, "people_transfers_permanent")
	change(t, s, apptest.Keeper, r.Id, map[string]any{"letter": "〔2026〕99号"}).Want(t, 400, "people_transfers_pending")
	s.Do(t, apptest.Member, http.MethodPost, apptest.URL(transfers.Transfers), apptest.Named(t, s.App, near)).Want(t, 400, "people_transfers_twice")
	batch := map[string]any{"requests": []any{map[string]any{"method": "POST", "url": apptest.URL(transfers.Transfers), "body": apptest.Named(t, s.App, near)}}}
	settings := s.App.Settings()
	settings.Batch.Enabled = true
	if err := s.App.Save(settings); err != nil {
		t.Fatal(err)
	}
	s.Do(t, apptest.Member, http.MethodPost, "/api/batch", batch).Want(t, 400, "people_transfers_twice")
	for name, data := range map[string]map[string]any{
		"of another":       {"person": "#branch1", "to_org": "@zb2", "reason": "work"},
		"from elsewhere":   {"person": "#member", "org": "@zb2", "to_org": "@zb2", "reason": "work"},
		"with a number":    {"person": "#member", "to_org": "@zb2", "reason": "work", "letter_no": 7},
		"approved already": {"person": "#member", "to_org": "@zb2", "reason": "work", "state": "approved"},
	} {
		if answer := s.Do(t, apptest.Member, http.MethodPost, apptest.URL(transfers.Transfers), apptest.Named(t, s.App, data)); answer.Status != 400 {
			t.Errorf("%s: got %d %s", name, answer.Status, answer.Short())
		}
	}
	// An officer of one branch says it is of their own, and names somebody else's.
	apptest.Make(t, s.App, "org_posts", map[string]any{"person": "#outsider", "role": "$clerk", "org": "@wd", "since": "2026-01-01"})
	s.Do(t, apptest.Outsider, http.MethodPost, apptest.URL(transfers.Transfers),
		apptest.Named(t, s.App, map[string]any{"person": "#branch1", "org": "@wzb", "to_org": "@wzb", "reason": "work"})).Want(t, 400, "people_transfers_elsewhere")
}

// Two letters at the same moment don't get one number, and two applications of
// one person aren't two.
func TestAtOnce(t *testing.T) {
	t.Parallel()
	app := organized(t)
	data := apptest.Named(t, app, near)
	data["by"] = data["person"]
	errs := make(chan error, 8)
	for range cap(errs) {
		go func() {
			r, err := kit.NewRecord(app, transfers.Transfers, data)
			if err == nil {
				err = app.SaveWithContext(context.Background(), r)
			}
			errs <- err
		}()
	}
	stored := 0
	for range cap(errs) {
		select {
		case err := <-errs:
			if err == nil {
				stored++
			}
		case <-time.After(20 * time.Second):
			t.Fatal("stuck")
		}
	}
	if n, err := app.CountRecords(transfers.Transfers); stored != 1 || n != 1 || err != nil {
		t.Errorf("%d stored, %d there, %v", stored, n, err)
	}
}
