package approvals

import (
	"context"
	"slices"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/approvals/flows"
	"yaodian/hooks/approvals/seats"
	"yaodian/hooks/calendar"
	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// Decision is what somebody decides about a request.
type Decision struct {
	Request string
	By      string
	Verdict Verdict
	Comment string
	ToStep  int  // where a return goes; 0: to the applicant
	Seen    int  // the step that By was shown; 0: not told
	Bulk    bool // together with others
}

// Decide writes a decision, moves the request on and runs what follows from it,
// as one step. It judges by what is stored: of two who decide at once, the second
// finds the request where the first has put it.
func Decide(app core.App, ctx context.Context, d Decision) (*core.Record, error) {
	var request *Request
	err := app.RunInTransaction(func(tx core.App) (err error) {
		if request, err = findRequest(tx, d.Request); err != nil {
			return err
		}
		return decide(tx, ctx, request, d)
	})
	if err != nil {
		return nil, err
	}
	return request.ProxyRecord(), nil
}

func decide(app core.App, ctx context.Context, request *Request, d Decision) error {
	lines, err := LinesOf(app, request.Id)
	if err != nil {
		return err
	}
	if err := CheckPending(request.Status(), lastWords(lines)); err != nil {
		return err
	}
	state := request.State()
	stations, err := request.Stations()
	if err != nil {
		return err
	}
	station := stations[state.Step-1]
	seat, err := takeSeat(app, request, station, lines, d)
	if err != nil {
		return err
	}
	if err := CheckVerdict(d.Verdict, state.Step, d.ToStep, d.Comment); err != nil {
		return err
	}
	post, err := postName(app, seat, station)
	if err != nil {
		return err
	}
	written := line{
		Step: state.Step, StepName: station.Name, Round: state.Round, Verdict: d.Verdict, Person: seat.Person, Post: post, ToStep: d.ToStep, Comment: d.Comment,
	}
	if seat.Delegated() {
		written.OnBehalf = seat.Holder
	}
	if err := writeLine(app, ctx, request, written); err != nil {
		return err
	}
	next := state.After(d.Verdict, flows.StepsOf(stations), d.ToStep, approvalsIn(lines, state)+1)
	return move(app, ctx, request, next, d)
}

// MayDecide is nil for somebody who can decide what is under way, and otherwise
// says why not.
func MayDecide(app core.App, request *Request, lines []Line, who string) error {
	station, err := request.Station()
	if err != nil {
		return err
	}
	_, err = takeSeat(app, request, station, lines, Decision{By: who})
	return err
}

// Concerns reports whether somebody could decide a step of a request, the present
// one or another.
func Concerns(app core.App, request *Request, who string) (bool, error) {
	stations, err := request.Stations()
	if err != nil {
		return false, err
	}
	places, _, err := seats.PlacesFor(app, request.GetString("org"), stations)
	if err != nil {
		return false, err
	}
	sitting, err := seats.At(app, kit.Today(app), places...)
	if err != nil {
		return false, err
	}
	for _, place := range places {
		if slices.ContainsFunc(sitting[place], func(s seats.Seat) bool { return s.Person == who }) {
			return true, nil
		}
	}
	return false, nil
}

// takeSeat finds from which seat the decision is made, if from any.
func takeSeat(app core.App, request *Request, station flows.Station, lines []Line, d Decision) (seats.Seat, error) {
	place := request.Place()
	sitting, err := seats.At(app, kit.Today(app), place)
	if err != nil {
		return seats.Seat{}, err
	}
	seat, err := Take(sitting[place], lines, d.By, request.Applicant(), request.State(), station.Step)
	if err != nil {
		return seat, err
	}
	if err := CheckSeen(d.Seen, request.State().Step, station.Name, lastWords(lines)); err != nil {
		return seat, err
	}
	if d.Bulk {
		return seat, CheckBulk(station.Step)
	}
	return seat, nil
}

// move stores where a decision has taken the request.
func move(app core.App, ctx context.Context, request *Request, next State, d Decision) error {
	before := request.State()
	if next == before { // the step needs more people
		if err := bar(app, request); err != nil {
			return err
		}
		return kit.SaveAsSystem(app, ctx, request)
	}
	request.SetState(next)
	if next.Status == Pending {
		return enter(app, ctx, request)
	}
	if err := leave(app, request); err != nil {
		return err
	}
	if err := kit.SaveAsSystem(app, ctx, request); err != nil {
		return err
	}
	return tellApplicant(app, ctx, request, d)
}

// leave takes a request off the desks: it is closed, or back with the applicant
// until it expires.
func leave(app core.App, request *Request) error {
	request.Load(map[string]any{"wait_org": "", "wait_role": "", "barred": "", "due": "", "noticed": ""})
	if request.Status() != Draft {
		request.Load(map[string]any{"closed_at": kit.Now(app), "expires": ""})
		return nil
	}
	flow, err := app.FindRecordById(flows.Flows, request.GetString("flow"))
	if err != nil {
		return err
	}
	days, err := calendar.Load(app)
	if err != nil {
		return err
	}
	request.Set("expires", flows.DueIn(days, calendar.Of(kit.Now(app)), flow.GetInt("expires")).String())
	return nil
}

// TakeBack withdraws a request for its applicant.
func TakeBack(app core.App, ctx context.Context, id, by, comment string) (*core.Record, error) {
	var request *Request
	err := app.RunInTransaction(func(tx core.App) (err error) {
		if request, err = findRequest(tx, id); err != nil {
			return err
		}
		if err := CheckWithdraw(request.State(), by, request.Applicant()); err != nil {
			return err
		}
		return end(tx, ctx, request, Withdrawn, line{Verdict: Withdraw, Person: by, Round: request.State().Round, Comment: comment})
	})
	if err != nil {
		return nil, err
	}
	return request.ProxyRecord(), nil
}

// end closes a request without a decision.
func end(app core.App, ctx context.Context, request *Request, status Status, l line) error {
	state := request.State()
	state.Status = status
	request.SetState(state)
	if err := leave(app, request); err != nil {
		return err
	}
	if err := writeLine(app, ctx, request, l); err != nil {
		return err
	}
	return kit.SaveAsSystem(app, ctx, request)
}

// postName is the post from which somebody decides, as it is called today.
func postName(app core.App, seat seats.Seat, station flows.Station) (string, error) {
	unit, err := org.Find(app, seat.Org)
	if err != nil {
		return "", err
	}
	if seat.Delegated() {
		return unit.GetString("name") + " " + station.RoleName + "（受" + seat.HolderName + "委托）", nil
	}
	return unit.GetString("name") + " " + station.RoleName, nil
}
