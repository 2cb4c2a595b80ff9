package approvals

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

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
	blank, err := newRecord(app, Requests, map[string]any{"kind": kind, "org": org, "applicant": applicant, "snapshot": map[string]any{}})
	if err != nil {
		return nil, err
	}
	return RouteOf(app, requestOf(blank), nil)
}

// RouteOf is how a request goes: by the steps it has begun with, or those it
// would begin with today.
func RouteOf(app core.App, request *Request, lines []Line) (*Route, error) {
	if request.GetString("flow") == "" {
		if err := begin(app, request); err != nil {
			return nil, err
		}
	}
	flow, err := app.FindRecordById(Flows, request.GetString("flow"))
	if err != nil {
		return nil, err
	}
	route := &Route{Flow: flow.GetString("name"), Version: flow.GetInt("version"), Stops: []Stop{}}
	stations, err := request.Stations()
	if err != nil {
		return nil, err
	}
	places, units, err := placesFor(app, request, stations)
	if err != nil {
		return nil, err
	}
	seats, err := seatsAt(app, kit.Today(app), places...)
	if err != nil {
		return nil, err
	}
	round := request.State().Round
	if request.Status() == Draft {
		round++ // it will be handed in anew
	}
	for i, s := range stations {
		at := State{Pending, i + 1, round}
		route.Stops = append(route.Stops, Stop{
			s.Name, units[i].Name, s.RoleName, s.Min, s.Days, s.Bulk, namesOf(able(seats[places[i]], lines, request.Applicant(), at)),
		})
	}
	if v := Vacant(stepsOf(stations), holdersAt(seats, places), request.Applicant()); v >= 0 && request.Status() != Pending {
		for _, broken := range kit.Violations(CheckVacant(v, stations[v].Step, units[v].Name, stations[v].RoleName)) {
			route.Problem = broken.Error()
		}
	}
	return route, nil
}

func namesOf(seats []Seat) []string {
	names := []string{}
	for _, s := range seats {
		if s.Delegated() {
			names = append(names, s.Name+"（受"+s.HolderName+"委托）")
			continue
		}
		names = append(names, s.Name)
	}
	return names
}

// Event is a line of a request's history as its readers see it.
type Event struct {
	ID       string  `db:"id" json:"id"`
	Step     int     `db:"step" json:"step"`
	StepName string  `db:"step_name" json:"step_name"`
	Round    int     `db:"round" json:"round"`
	Verdict  Verdict `db:"verdict" json:"verdict"`
	Person   string  `db:"person" json:"person"` // by name
	OnBehalf string  `db:"on_behalf" json:"on_behalf"`
	Post     string  `db:"post" json:"post"`
	ToStep   int     `db:"to_step" json:"to_step"`
	Comment  string  `db:"comment" json:"comment"`
	Created  string  `db:"created" json:"created"`
}

// History is everything that has happened to a request, in its order.
func History(app core.App, request string) ([]Event, error) {
	events := []Event{}
	err := app.DB().NewQuery(`SELECT d.id, d.step, d.step_name, d.round, d.verdict, coalesce(p.name, '') AS person, coalesce(h.name, '') AS on_behalf,
			d.post, d.to_step, d.comment, d.created
		FROM approvals_decisions d LEFT JOIN people p ON p.id = d.person LEFT JOIN people h ON h.id = d.on_behalf
		WHERE d.request = {:request} ORDER BY d.created, d.rowid`).Bind(dbx.Params{"request": request}).All(&events)
	return events, err
}
