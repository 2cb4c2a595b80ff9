package approvals

import (
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/approvals/flows"
	"yaodian/hooks/approvals/seats"
	"yaodian/hooks/kit"
)

// Stop is a step of a request with the names of those who decide it.
type Stop struct {
	Name   string   `json:"name"`
	Unit   string   `json:"unit"`
	Role   string   `json:"role"`
	Min    int      `json:"min"`
	Days   int      `json:"days"`
	Bulk   bool     `json:"bulk"`
	People []string `json:"people"`
}

// Route is how a request goes: the steps of its flow, and who decides them.
type Route struct {
	Flow    string `json:"flow"`
	Version int    `json:"version"`
	Stops   []Stop `json:"steps"`
	Problem string `json:"problem"` // why it can't be handed in; empty: it can
}

// Preview is how a request of kind by somebody would go today, before anything is
// written.
func Preview(app core.App, kind, org, applicant string) (*Route, error) {
	blank, err := kit.NewRecord(app, Requests, map[string]any{"kind": kind, "org": org, "applicant": applicant, "snapshot": map[string]any{}})
	if err != nil {
		return nil, err
	}
	return RouteOf(app, RequestOf(blank), nil)
}

// RouteOf is how a request goes: by the steps it has begun with, or those it
// would begin with today.
func RouteOf(app core.App, request *Request, lines []Line) (*Route, error) {
	if request.GetString("flow") == "" || request.Status() == Draft {
		if err := begin(app, request); err != nil {
			return nil, err
		}
	}
	flow, err := app.FindRecordById(flows.Flows, request.GetString("flow"))
	if err != nil {
		return nil, err
	}
	stations, err := request.Stations()
	if err != nil {
		return nil, err
	}
	places, units, err := seats.PlacesFor(app, request.GetString("org"), stations)
	if err != nil {
		return nil, err
	}
	sitting, err := seats.At(app, kit.Today(app), places...)
	if err != nil {
		return nil, err
	}
	route := &Route{Flow: flow.GetString("name"), Version: flow.GetInt("version"), Stops: []Stop{}}
	round := request.State().Round
	if request.Status() == Draft {
		round++ // it will be handed in anew
	}
	for i, s := range stations {
		able := able(sitting[places[i]], lines, request.Applicant(), State{Pending, i + 1, round})
		route.Stops = append(route.Stops, Stop{s.Name, units[i].Name, s.RoleName, s.Min, s.Days, s.Bulk, namesOf(able)})
	}
	if request.Status() != Pending {
		route.Problem = problem(stations, units, seats.HoldersAt(sitting, places), request.Applicant())
	}
	return route, nil
}

// problem says which step nobody could decide; nothing where each can be.
func problem(stations []flows.Station, units []flows.Unit, holders [][]string, applicant string) string {
	v := seats.Vacant(flows.StepsOf(stations), holders, applicant)
	if v < 0 {
		return ""
	}
	return kit.Violations(seats.CheckVacant(v, stations[v].Step, units[v].Name, stations[v].RoleName))[0].Error()
}

func namesOf(list []seats.Seat) []string {
	names := []string{}
	for _, s := range list {
		if s.Delegated() {
			names = append(names, s.Name+"（受"+s.HolderName+"委托）")
			continue
		}
		names = append(names, s.Name)
	}
	return names
}
