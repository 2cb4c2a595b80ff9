package flows

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/calendar"
	"yaodian/hooks/condition"
	"yaodian/hooks/kit"
)

// Trial is what a flow would change: of the requests under way and those of the
// last twelve months, which would have gone otherwise, route by route.
type Trial struct {
	Total   int      `json:"total"`
	Limited bool     `json:"limited"` // there are more than were looked at
	Same    int      `json:"same"`
	Routes  []Detour `json:"routes"`
}

// Detour is how some requests went and how they would have gone.
type Detour struct {
	Before   string  `json:"before"`
	After    string  `json:"after"`
	Count    int     `json:"count"`
	Pending  int     `json:"pending"`
	Examples []Tried `json:"examples"`
}

// Tried is a request that a trial looked at.
type Tried struct {
	ID        string `db:"id" json:"id"`
	Title     string `db:"title" json:"title"`
	Status    string `db:"status" json:"status"`
	Steps     string `db:"steps" json:"-"`
	SubjectOf string `db:"subject_collection" json:"-"`
	Subject   string `db:"subject_id" json:"-"`
}

// What a trial looks at, and shows of each route.
const (
	maxTried    = 2000
	maxExamples = 20
)

// Try compares how requests went with how they would go if draft were in effect
// today in place of the version it follows. It reads each flow's condition once
// for all requests, of the records as they are now, and writes nothing.
func Try(app core.App, draft *core.Record) (*Trial, error) {
	flow := of(draft)
	if err := checkFlow(app, flow); err != nil {
		return nil, err
	}
	list, err := triedOf(app, flow.Kind())
	if err != nil {
		return nil, err
	}
	trial := &Trial{Routes: []Detour{}, Limited: len(list) > maxTried}
	list = list[:min(len(list), maxTried)]
	trial.Total = len(list)
	chosen, err := routesWith(app, flow, list)
	if err != nil {
		return nil, err
	}
	roles, err := rolesByKey(app)
	if err != nil {
		return nil, err
	}
	return trial, trial.compare(list, chosen, roleNames(roles))
}

// triedOf are the requests of a kind under way or handed in within a year, the
// latest first.
func triedOf(app core.App, kind string) ([]Tried, error) {
	list := []Tried{}
	since := calendar.Of(kit.Now(app)).AddMonths(-12).String()
	err := app.DB().Select("id", "title", "status", "steps", "subject_collection", "subject_id").From(requests).
		Where(dbx.HashExp{"kind": kind}).AndWhere(dbx.NewExp("submitted_at != '' AND (status = 'pending' OR submitted_at >= {:since})", dbx.Params{"since": since})).
		OrderBy("submitted_at DESC", "id").Limit(maxTried + 1).All(&list)
	return list, err
}

// routesWith finds for each request the steps it would go through: of the flows
// in effect today, draft in place of its own earlier version, the first whose
// condition holds.
func routesWith(app core.App, draft *Flow, list []Tried) (map[string][]Step, error) {
	flows, err := on(app, draft.Kind(), kit.Today(app))
	if err != nil {
		return nil, err
	}
	flows = slices.DeleteFunc(flows, func(f *Flow) bool { return f.Priority() == draft.Priority() })
	flows = append(flows, draft)
	slices.SortFunc(flows, func(a, b *Flow) int { return cmp.Compare(a.Priority(), b.Priority()) })

	chosen := map[string][]Step{}
	for _, f := range flows {
		steps, err := f.Steps()
		if err != nil {
			return nil, err
		}
		of, ids := idsFor(f, list, chosen)
		if len(ids) == 0 {
			continue
		}
		fits, err := condition.Matching(app, cmp.Or(f.Subject(), requests), f.Condition(), ids)
		if err != nil {
			return nil, fmt.Errorf("condition of flow %s: %w", f.Id, err)
		}
		for request, id := range of {
			if fits[id] {
				chosen[request] = steps
			}
		}
	}
	return chosen, nil
}

// idsFor are the records that a flow's condition is asked of, by the request that
// is about them, leaving out requests that an earlier flow has taken.
func idsFor(f *Flow, list []Tried, chosen map[string][]Step) (of map[string]string, ids []any) {
	of = map[string]string{}
	for _, r := range list {
		id := r.ID
		if f.Subject() != "" && f.Subject() != requests {
			if r.SubjectOf != f.Subject() {
				continue
			}
			id = r.Subject
		}
		if _, taken := chosen[r.ID]; !taken && id != "" {
			of[r.ID] = id
			ids = append(ids, id)
		}
	}
	return of, ids
}

// compare counts the requests by how they went and how they would have gone.
func (t *Trial) compare(list []Tried, chosen map[string][]Step, roles map[string]string) error {
	at := map[string]int{}
	for _, r := range list {
		var before []Station
		if err := json.Unmarshal([]byte(r.Steps), &before); err != nil {
			return err
		}
		was, would := inWords(StepsOf(before), roles), inWords(chosen[r.ID], roles)
		if was == would {
			t.Same++
			continue
		}
		i, known := at[was+"\n"+would]
		if !known {
			i = len(t.Routes)
			at[was+"\n"+would] = i
			t.Routes = append(t.Routes, Detour{Before: was, After: would})
		}
		d := &t.Routes[i]
		d.Count++
		if r.Status == "pending" {
			d.Pending++
		}
		if len(d.Examples) < maxExamples {
			d.Examples = append(d.Examples, r)
		}
	}
	slices.SortStableFunc(t.Routes, func(a, b Detour) int { return cmp.Compare(b.Count, a.Count) })
	return nil
}

// inWords writes a route so that it can be read and compared.
func inWords(steps []Step, roles map[string]string) string {
	if len(steps) == 0 {
		return "没有适用的流程"
	}
	parts := make([]string, len(steps))
	for i, s := range steps {
		parts[i] = fmt.Sprintf("%s（%s%s %d 人，%d 个工作日）", s.Name, atWords[s.At], cmp.Or(roles[s.Role], s.Role), s.Min, s.Days)
	}
	return strings.Join(parts, " → ")
}

var atWords = map[Level]string{Own: "本级", Parent: "上级", Committee: "党工委"}
