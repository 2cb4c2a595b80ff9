package approvals_test

import (
	"net/http"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/approvals"
	"yaodian/hooks/apptest"
	"yaodian/hooks/org"
)

// Who decides besides the people of apptest.
const (
	Organizer = "organizer" // 党工委组织委员
	Second    = "second"    // 党工委委员
	Third     = "third"     // 党工委委员
)

// staff fills the posts that the seeded flows ask for.
func staff(t testing.TB, app core.App) {
	t.Helper()
	hire(t, app, Organizer, "郑委员", "organizer", "jd")
	hire(t, app, Second, "王委员", "committee_member", "jd")
	hire(t, app, Third, "冯委员", "committee_member", "jd")
}

// hire makes a person with a post.
func hire(t testing.TB, app core.App, number, name, role, unit string) *core.Record {
	t.Helper()
	person := apptest.Make(t, app, "people", map[string]any{
		"number": number, "name": name, "org": "@" + unit, "kind": "member", "state": "active", "password": apptest.Password,
	})
	post(t, app, number, role, unit, "2020-01-01")
	return person
}

func post(t testing.TB, app core.App, number, role, unit, since string) *core.Record {
	t.Helper()
	return apptest.Make(t, app, org.Posts, map[string]any{
		"person": "#" + number, "role": "$" + role, "org": "@" + unit, "since": since, "until": "",
	})
}

// served is the application with every post filled.
func served(t testing.TB) *apptest.Server {
	t.Helper()
	app := apptest.New(t)
	staff(t, app)
	return apptest.Serve(t, app)
}

// ask opens a request of the member for a kind.
func ask(t testing.TB, app core.App, kind string) *core.Record {
	t.Helper()
	request, err := approvals.Open(app, t.Context(), approvals.Ask{
		Kind: kind, Org: apptest.Unit(t, app, "zb1").Id, Applicant: id(t, app, apptest.Member), Title: "申请", Snapshot: map[string]any{"reason": "生病"},
	})
	if err != nil {
		t.Fatal(err)
	}
	return request
}

func id(t testing.TB, app core.App, number string) string {
	t.Helper()
	return apptest.Person(t, app, number).Id
}

func decideURL(request string) string { return "/api/approvals/requests/" + request + "/decide" }

// say decides over the route.
func say(t testing.TB, s *apptest.Server, who string, request *core.Record, form map[string]any) apptest.Answer {
	t.Helper()
	return s.Do(t, who, http.MethodPost, decideURL(request.Id), form)
}

var yes = map[string]any{"verdict": "approve"}

// stored is a record as the database has it.
func stored(t testing.TB, app core.App, record *core.Record) *core.Record {
	t.Helper()
	fresh, err := app.FindRecordById(record.Collection(), record.Id)
	if err != nil {
		t.Fatal(err)
	}
	return fresh
}

func wantStatus(t testing.TB, app core.App, request *core.Record, status string, step int) {
	t.Helper()
	got := stored(t, app, request)
	if got.GetString("status") != status || got.GetInt("step") != step {
		t.Errorf("Expected %s at step %d, got %s at step %d", status, step, got.GetString("status"), got.GetInt("step"))
	}
}

// flow saves a flow as the system keeper does in the browser.
func flow(app *tests.TestApp, data map[string]any) (*core.Record, error) {
	c, err := app.FindCollectionByNameOrId(approvals.Flows)
	if err != nil {
		return nil, err
	}
	record := core.NewRecord(c)
	record.Load(map[string]any{"kind": "honor", "name": "评先评优（试行）", "priority": 50, "since": "2026-01-01", "steps": `[{"name":"支部同意","role":"branch_secretary","at":"own","min":1}]`})
	record.Load(data)
	return record, app.Save(record)
}
