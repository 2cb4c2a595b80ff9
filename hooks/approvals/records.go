package approvals

import (
	"encoding/json"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// Flow is a version of the steps that a kind of request goes through.
type Flow struct{ core.BaseRecordProxy }

func flowOf(r *core.Record) *Flow {
	f := &Flow{}
	f.SetProxyRecord(r)
	return f
}

// Kind is the key of what is asked.
func (f *Flow) Kind() string { return f.GetString("kind") }

// Name is what the flow is called.
func (f *Flow) Name() string { return f.GetString("name") }

// Priority is the place among the flows of a kind; the lowest is asked first.
func (f *Flow) Priority() int { return f.GetInt("priority") }

// Condition says when the flow applies, in PocketBase's filter language.
func (f *Flow) Condition() string { return f.GetString("condition") }

// Subject is the collection that the condition speaks of; empty: the request.
func (f *Flow) Subject() string { return f.GetString("subject") }

// Since is the first day in effect.
func (f *Flow) Since() string { return f.GetString("since") }

// Until is the first day no longer in effect; empty while it is open.
func (f *Flow) Until() string { return f.GetString("until") }

// Steps reads the steps of the flow.
func (f *Flow) Steps() ([]Step, error) { return ParseSteps([]byte(f.GetString("steps"))) }

// Station is a step as a request keeps it: with the role by id and by name, as
// it was called when the request was handed in.
type Station struct {
	Step
	RoleID   string `json:"role_id"`
	RoleName string `json:"role_name"`
}

// Request is what somebody asks for.
type Request struct{ core.BaseRecordProxy }

func requestOf(r *core.Record) *Request {
	q := &Request{}
	q.SetProxyRecord(r)
	return q
}

// Kind is the key of what is asked.
func (r *Request) Kind() string { return r.GetString("kind") }

// Title is what is asked, in a sentence.
func (r *Request) Title() string { return r.GetString("title") }

// Applicant is the id of who asks.
func (r *Request) Applicant() string { return r.GetString("applicant") }

// Status is how far the request has come.
func (r *Request) Status() Status { return Status(r.GetString("status")) }

// State is where the request stands.
func (r *Request) State() State { return State{r.Status(), r.GetInt("step"), r.GetInt("round")} }

// SetState moves the request on.
func (r *Request) SetState(s State) {
	r.Load(map[string]any{"status": string(s.Status), "step": s.Step, "round": s.Round})
}

// Stations are the steps that the request goes through.
func (r *Request) Stations() ([]Station, error) {
	var list []Station
	if raw := r.GetString("steps"); raw != "" && raw != "null" {
		if err := json.Unmarshal([]byte(raw), &list); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Station is the step at which the request waits.
func (r *Request) Station() (Station, error) {
	list, err := r.Stations()
	if err != nil || r.State().Step < 1 || r.State().Step > len(list) {
		return Station{}, err
	}
	return list[r.State().Step-1], nil
}

func stepsOf(stations []Station) []Step {
	out := make([]Step, len(stations))
	for i, s := range stations {
		out[i] = s.Step
	}
	return out
}

func findRequest(app core.App, id string) (*Request, error) {
	r, err := app.FindRecordById(Requests, id)
	if err != nil {
		return nil, err
	}
	return requestOf(r), nil
}

// IsOpen reports whether a request of kind about a record is a draft or under
// way. The capability that keeps the record asks before it lets it be changed.
func IsOpen(app core.App, kind string, record *core.Record) (bool, error) {
	found, err := openAbout(app, kind, record)
	return found != nil, err
}

func openAbout(app core.App, kind string, record *core.Record) (*Request, error) {
	var list []*Request
	err := app.RecordQuery(Requests).AndWhere(dbx.HashExp{
		"kind": kind, "subject_collection": record.Collection().Name, "subject_id": record.Id,
	}).AndWhere(dbx.NewExp("subject_id != '' AND status IN ('draft', 'pending')")).Limit(1).All(&list)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return list[0], nil
}

// linesOf are the decisions of a request, in their order.
func linesOf(app core.App, request string) ([]Line, error) {
	var lines []Line
	err := app.DB().NewQuery(`SELECT d.step, d.step_name, d.round, d.verdict, d.person, coalesce(p.name, '') AS name, d.on_behalf
		FROM approvals_decisions d LEFT JOIN people p ON p.id = d.person WHERE d.request = {:request} ORDER BY d.created, d.rowid`).
		Bind(dbx.Params{"request": request}).All(&lines)
	return lines, err
}

// rolesByKey are the roles that steps may name.
func rolesByKey(app core.App) (map[string]*core.Record, error) {
	var list []*core.Record
	if err := app.RecordQuery(org.Roles).All(&list); err != nil {
		return nil, err
	}
	out := map[string]*core.Record{}
	for _, r := range list {
		out[r.GetString("key")] = r
	}
	return out, nil
}

func roleNames(roles map[string]*core.Record) map[string]string {
	out := map[string]string{}
	for key, r := range roles {
		out[key] = r.GetString("name")
	}
	return out
}

// flowsOn are the flows of a kind in effect on a day, in the order in which
// their conditions are asked. All kinds where kind is empty.
func flowsOn(app core.App, kind, day string) ([]*Flow, error) {
	var list []*Flow
	q := app.RecordQuery(Flows).AndWhere(dbx.NewExp("since <= {:day} AND (until = '' OR until > {:day})", dbx.Params{"day": day}))
	if kind != "" {
		q.AndWhere(dbx.HashExp{"kind": kind})
	}
	return list, q.OrderBy("kind", "priority", "version").All(&list)
}

func newRecord(app core.App, collection string, data map[string]any) (*core.Record, error) {
	c, err := app.FindCachedCollectionByNameOrId(collection)
	if err != nil {
		return nil, err
	}
	record := core.NewRecord(c)
	record.Load(data)
	return record, nil
}

func personName(app core.App, id string) string {
	r, err := app.FindRecordById("people", id)
	if err != nil {
		return ""
	}
	return r.GetString("name")
}

// activePerson reads somebody who is active.
func activePerson(app core.App, field, id string) (*core.Record, error) {
	r, err := app.FindRecordById("people", id)
	if err != nil || r.GetString("state") != "active" {
		return nil, kit.Reject(field, "approvals_person_gone", "没有找到这个人，或者他已经不在岗。")
	}
	return r, nil
}
