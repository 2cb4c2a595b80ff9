package transfers_test

import (
	"net/http"
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/approvals"
	"yaodian/hooks/apptest"
	"yaodian/hooks/people"
	"yaodian/hooks/people/transfers"
)

// organized is an application in which the deputy secretary is the organizer
// (组织委员), who checks transfers, and the other committee has officers too.
var organized = apptest.Prepared(func(t testing.TB, app core.App) {
	apptest.Make(t, app, "org_posts", map[string]any{"person": "#deputy", "role": "$organizer", "org": "@jd", "since": "2026-01-01"})
	for number, post := range map[string][3]string{"wsecretary": {"外支书", "branch_secretary", "wzb"}, "worganizer": {"外组委", "organizer", "wd"}} {
		apptest.Make(t, app, people.People, map[string]any{
			"number": number, "name": post[0], "org": "@wzb", "kind": "member", "state": "active", "password": apptest.Password, "status_since": "2020-01-01",
		})
		apptest.Make(t, app, "org_posts", map[string]any{"person": "#" + number, "role": "$" + post[1], "org": "@" + post[2], "since": "2026-01-01"})
	}
})

func serve(t testing.TB) *apptest.Server { return apptest.Serve(t, organized(t)) }

var (
	near    = map[string]any{"person": "#member", "to_org": "@zb2", "reason": "work"}
	far     = map[string]any{"person": "#member", "to_org": "@wzb", "reason": "residence"}
	outside = map[string]any{"person": "#member", "direction": "out", "to_name": "中共南山区科技园工作委员会", "reason": "work"}
	inside  = map[string]any{
		"direction": "in", "org": "@zb1", "name": "郑来人", "kind": "member", "from_name": "中共北湖区教育工作委员会", "reason": "work", "letter": "北教组〔2026〕7号",
		"issued_on": "2026-06-01", "valid_until": "2026-08-30", "paid_to": "2026-06", "join_date": "2015-07-01", "full_date": "2016-07-01",
	}
)

// enter sends an application as somebody and finds what was stored.
func enter(t testing.TB, s *apptest.Server, who string, data map[string]any) *core.Record {
	t.Helper()
	answer := s.Do(t, who, http.MethodPost, apptest.URL(transfers.Transfers), apptest.Named(t, s.App, data))
	answer.Want(t, 200)
	return stored(t, s.App, answer.Text("id"))
}

func stored(t testing.TB, app core.App, id string) *core.Record {
	t.Helper()
	r, err := app.FindRecordById(transfers.Transfers, id)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// requestOf is the request about a transfer that is open, or was last.
func requestOf(t testing.TB, app core.App, kind, id string) *core.Record {
	t.Helper()
	var list []*core.Record
	err := app.RecordQuery(approvals.Requests).AndWhere(dbx.HashExp{"kind": kind, "subject_id": id}).OrderBy("created DESC", "rowid DESC").Limit(1).All(&list)
	if err != nil || len(list) == 0 {
		t.Fatalf("no request of %s: %v", kind, err)
	}
	return list[0]
}

// decide answers the request about a transfer as somebody.
func decide(t testing.TB, s *apptest.Server, who, kind, id, verdict string) apptest.Answer {
	t.Helper()
	url := "/api/approvals/requests/" + requestOf(t, s.App, kind, id).Id + "/decide"
	return s.Do(t, who, http.MethodPost, url, map[string]any{"verdict": verdict, "comment": "材料已经核对。"})
}

func change(t testing.TB, s *apptest.Server, who, id string, data map[string]any) apptest.Answer {
	t.Helper()
	return s.Do(t, who, http.MethodPatch, apptest.URL(transfers.Transfers, id), apptest.Named(t, s.App, data))
}

// issued is a transfer whose letter is on its way.
func issued(t testing.TB, s *apptest.Server, data map[string]any) *core.Record {
	t.Helper()
	r := enter(t, s, apptest.Member, data)
	decide(t, s, apptest.Branch, "transfer_out", r.Id, "approve").Want(t, 200)
	decide(t, s, apptest.Deputy, "transfer_out", r.Id, "approve").Want(t, 200)
	change(t, s, apptest.Clerk, r.Id, map[string]any{"state": "issued", "paid_to": "2026-06"}).Want(t, 200)
	return stored(t, s.App, r.Id)
}

func want(t testing.TB, r *core.Record, fields map[string]string) {
	t.Helper()
	for name, value := range fields {
		if got := r.GetString(name); got != value {
			t.Errorf("%s: Expected %q, got %q", name, value, got)
		}
	}
}

// sign lets a transfer go and issues its letter, without a server.
func sign(t testing.TB, app core.App, r *core.Record) *core.Record {
	t.Helper()
	for _, who := range []string{apptest.Branch, apptest.Deputy} {
		_, err := approvals.Decide(app, t.Context(), approvals.Decision{
			Request: requestOf(t, app, "transfer_out", r.Id).Id, By: apptest.Person(t, app, who).Id, Verdict: approvals.Approve,
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	r = stored(t, app, r.Id)
	if err := apptest.Save(app, r, map[string]any{"state": "issued", "paid_to": "2026-06", "issued_by": apptest.Person(t, app, apptest.Clerk).Id}); err != nil {
		t.Fatal(err)
	}
	return stored(t, app, r.Id)
}
