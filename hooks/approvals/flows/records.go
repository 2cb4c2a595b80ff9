package flows

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/org"
)

// Flow is a version of the steps that a kind of request goes through.
type Flow struct{ core.BaseRecordProxy }

func of(r *core.Record) *Flow {
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

// StepsOf are stations as the steps that they are.
func StepsOf(stations []Station) []Step {
	out := make([]Step, len(stations))
	for i, s := range stations {
		out[i] = s.Step
	}
	return out
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

// on are the flows of a kind in effect on a day, in the order in which
// their conditions are asked. All kinds where kind is empty.
func on(app core.App, kind, day string) ([]*Flow, error) {
	var list []*Flow
	q := app.RecordQuery(Flows).AndWhere(dbx.NewExp("since <= {:day} AND (until = '' OR until > {:day})", dbx.Params{"day": day}))
	if kind != "" {
		q.AndWhere(dbx.HashExp{"kind": kind})
	}
	return list, q.OrderBy("kind", "priority", "version").All(&list)
}
