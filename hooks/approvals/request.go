package approvals

import (
	"encoding/json"

	"yaodian/hooks/approvals/flows"
	"yaodian/hooks/approvals/seats"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Request is what somebody asks for.
type Request struct{ core.BaseRecordProxy }

// RequestOf is a record as the request that it is.
func RequestOf(r *core.Record) *Request {
	q := &Request{}
	q.SetProxyRecord(r)
	return q
}

// Kind is the key of what is asked.
func (r *Request) Kind() string { return r.GetString("kind") }

// Title is what is asked, in a sentence.
func (r *Request) Title() string { return r.GetString("title") }

// Worded reports whether a request says what its applicant has written, not what
// a capability asks for them.
func (r *Request) Worded() bool { return flows.KindOf(r.Kind()).Own && r.GetString("subject_id") == "" }

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

// Place is where the request waits.
func (r *Request) Place() seats.Place {
	return seats.Place{Org: r.GetString("wait_org"), Role: r.GetString("wait_role")}
}

// Stations are the steps that the request goes through.
func (r *Request) Stations() ([]flows.Station, error) {
	var list []flows.Station
	if raw := r.GetString("steps"); raw != "" && raw != "null" {
		if err := json.Unmarshal([]byte(raw), &list); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Station is the step at which the request waits.
func (r *Request) Station() (flows.Station, error) {
	list, err := r.Stations()
	if err != nil || r.State().Step < 1 || r.State().Step > len(list) {
		return flows.Station{}, err
	}
	return list[r.State().Step-1], nil
}

func findRequest(app core.App, id string) (*Request, error) {
	r, err := app.FindRecordById(Requests, id)
	if err != nil {
		return nil, err
	}
	return RequestOf(r), nil
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
