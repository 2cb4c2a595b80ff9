// Package asktest fills the posts that flows ask for and lets people ask
// and decide, for the tests of approvals.
package asktest

import (
	"net/http"
	"slices"
	"testing"

	"github.com/pocketbase/pocketbase/core"

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

// Staff fills the posts that the seeded flows ask for.
func Staff(t testing.TB, app core.App) {
	t.Helper()
	Hire(t, app, Organizer, "郑委员", "organizer", "jd")
	Hire(t, app, Second, "王委员", "committee_member", "jd")
	Hire(t, app, Third, "冯委员", "committee_member", "jd")
}

// Hire makes a person with a post.
func Hire(t testing.TB, app core.App, number, name, role, unit string) *core.Record {
	t.Helper()
	person := apptest.Make(t, app, "people", map[string]any{
		"number": number, "name": name, "org": "@" + unit, "kind": "member", "state": "active", "password": apptest.Password,
	})
	Post(t, app, number, role, unit, "2020-01-01")
	return person
}

// Post gives somebody a post.
func Post(t testing.TB, app core.App, number, role, unit, since string) *core.Record {
	t.Helper()
	return apptest.Make(t, app, org.Posts, map[string]any{
		"person": "#" + number, "role": "$" + role, "org": "@" + unit, "since": since, "until": "",
	})
}

// Posts are those of a person.
func Posts(t testing.TB, app core.App, number string) []*core.Record {
	t.Helper()
	posts, err := app.FindAllRecords(org.Posts)
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(posts, func(p *core.Record) bool { return p.GetString("person") != ID(t, app, number) })
}

// Served is the application with every post filled.
func Served(t testing.TB) *apptest.Server {
	t.Helper()
	app := apptest.New(t)
	Staff(t, app)
	return apptest.Serve(t, app)
}

// Ask opens a request of the member for a kind.
func Ask(t testing.TB, app core.App, kind string) *core.Record {
	t.Helper()
	request, err := approvals.Open(app, t.Context(), approvals.Ask{
		Kind: kind, Org: apptest.Unit(t, app, "zb1").Id, Applicant: ID(t, app, apptest.Member), Title: "申请", Snapshot: map[string]any{"reason": "生病"},
	})
	if err != nil {
		t.Fatal(err)
	}
	return request
}

// Yes is a yes without a word.
var Yes = map[string]any{"verdict": "approve"}

// Say decides over the route.
func Say(t testing.TB, s *apptest.Server, who string, request *core.Record, form map[string]any) apptest.Answer {
	t.Helper()
	return Act(t, s, who, "decide", request, form)
}

// Act decides, submits or withdraws over the route.
func Act(t testing.TB, s *apptest.Server, who, what string, request *core.Record, form map[string]any) apptest.Answer {
	t.Helper()
	return s.Do(t, who, http.MethodPost, "/api/approvals/requests/"+request.Id+"/"+what, form)
}

// ID is the id of a person.
func ID(t testing.TB, app core.App, number string) string {
	t.Helper()
	return apptest.Person(t, app, number).Id
}

// Stored is a record as the database has it.
func Stored(t testing.TB, app core.App, record *core.Record) *core.Record {
	t.Helper()
	fresh, err := app.FindRecordById(record.Collection(), record.Id)
	if err != nil {
		t.Fatal(err)
	}
	return fresh
}

// WantStatus fails the test unless a request has come this far.
func WantStatus(t testing.TB, app core.App, request *core.Record, status string, step int) {
	t.Helper()
	got := Stored(t, app, request)
	if got.GetString("status") != status || got.GetInt("step") != step {
		t.Errorf("Expected %s at step %d, got %s at step %d", status, step, got.GetString("status"), got.GetInt("step"))
	}
}

// Lines are the decisions of a request, in their order.
func Lines(t testing.TB, app core.App, request *core.Record) []*core.Record {
	t.Helper()
	lines, err := app.FindRecordsByFilter(approvals.Decisions, "request = {:id}", "created", 0, 0, map[string]any{"id": request.Id})
	if err != nil {
		t.Fatal(err)
	}
	return lines
}
