package approvals

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/approvals/flows"
	"yaodian/hooks/approvals/seats"
	"yaodian/hooks/calendar"
	"yaodian/hooks/kit"
)

// Ask is what a capability asks for somebody.
type Ask struct {
	Kind       string
	Collection string // what it is about; both may be empty
	Record     string
	Org        string // where it is decided from
	Applicant  string
	Title      string
	Snapshot   any // what is asked, by words that approvers read; nil: the record as its readers see it
}

// Open hands in a request, or hands in again one about the same record that was
// returned to the applicant. It joins the caller's transaction. The record must
// not change while IsOpen.
func Open(app core.App, ctx context.Context, ask Ask) (*core.Record, error) {
	var request *Request
	err := app.RunInTransaction(func(tx core.App) (err error) {
		if request, err = draftOf(tx, ask); err != nil {
			return err
		}
		if err := kit.SaveAsSystem(tx, ctx, request); err != nil {
			return err
		}
		return submit(tx, ctx, request, ask.Applicant)
	})
	if err != nil {
		return nil, err
	}
	return request.ProxyRecord(), nil
}

func draftOf(app core.App, ask Ask) (*Request, error) {
	if flows.KindOf(ask.Kind).Key == "" {
		return nil, fmt.Errorf("no such kind of request: %q", ask.Kind)
	}
	var subject *core.Record
	var request *Request
	if ask.Record != "" {
		var err error
		if subject, err = app.FindRecordById(ask.Collection, ask.Record); err != nil {
			return nil, err
		}
		if request, err = openAbout(app, ask.Kind, subject); err != nil {
			return nil, err
		}
	}
	if request == nil {
		blank, err := kit.NewRecord(app, Requests, map[string]any{
			"kind": ask.Kind, "subject_collection": ask.Collection, "subject_id": ask.Record,
			"org": ask.Org, "applicant": ask.Applicant, "status": string(Draft),
		})
		if err != nil {
			return nil, err
		}
		request = RequestOf(blank)
	}
	if request.Status() == Pending {
		return nil, kit.Reject("status", "approvals_open_already", "这件事已经在审批中，不用重复申请。")
	}
	request.Set("title", ask.Title)
	if ask.Snapshot == nil && subject != nil {
		ask.Snapshot = visible(subject)
	}
	request.Set("snapshot", ask.Snapshot)
	return request, nil
}

// visible is what the readers of a record see: hidden fields stay hidden.
func visible(record *core.Record) map[string]any {
	shown := record.Fresh()
	shown.IgnoreEmailVisibility(false)
	out := shown.PublicExport()
	delete(out, core.FieldNameCollectionId)
	delete(out, core.FieldNameCollectionName)
	return out
}

// HandIn submits a draft for its applicant. What it says of a record is taken
// from the record anew.
func HandIn(app core.App, ctx context.Context, id, by string) (*core.Record, error) {
	var request *Request
	err := app.RunInTransaction(func(tx core.App) (err error) {
		if request, err = findRequest(tx, id); err != nil {
			return err
		}
		if err := refresh(tx, request); err != nil {
			return err
		}
		return submit(tx, ctx, request, by)
	})
	if err != nil {
		return nil, err
	}
	return request.ProxyRecord(), nil
}

// refresh brings those parts of a snapshot up to date that are fields of the
// record it was taken from: what was returned has been amended there.
func refresh(app core.App, request *Request) error {
	if request.GetString("subject_id") == "" || request.Status() != Draft {
		return nil
	}
	subject, err := app.FindRecordById(request.GetString("subject_collection"), request.GetString("subject_id"))
	if err != nil {
		return kit.Reject("subject_id", "approvals_subject_gone", "申请所涉的记录已经不在了，请撤回这份申请。")
	}
	shot := map[string]any{}
	if err := json.Unmarshal([]byte(request.GetString("snapshot")), &shot); err != nil {
		return nil //nolint:nilerr // a snapshot that isn't an object has no fields
	}
	now := visible(subject)
	for field := range shot {
		if v, ok := now[field]; ok {
			shot[field] = v
		}
	}
	request.Set("snapshot", shot)
	return nil
}

// submit sends a stored draft on its way. It is in a transaction.
func submit(app core.App, ctx context.Context, request *Request, by string) error {
	if err := CheckSubmit(request.Status(), by, request.Applicant()); err != nil {
		return err
	}
	if _, err := seats.Active(app, "applicant", request.Applicant()); err != nil {
		return err
	}
	if err := begin(app, request); err != nil {
		return err
	}
	if err := checkDecidable(app, request); err != nil {
		return err
	}
	now := kit.Now(app)
	request.Load(map[string]any{"submitted_at": now, "expires": ""})
	request.SetState(request.State().Submitted())
	if err := enter(app, ctx, request); err != nil {
		return err
	}
	return writeLine(app, ctx, request, line{Verdict: Submit, Person: by, Round: request.State().Round})
}

// begin chooses the flow of a request, unless that with which it has begun still
// is for it, and keeps its steps as they are today.
func begin(app core.App, request *Request) error {
	if fits, err := flows.Fits(app, request.ProxyRecord()); err != nil || fits {
		return err
	}
	flow, stations, err := flows.Choose(app, request.ProxyRecord())
	if err != nil {
		return err
	}
	request.Load(map[string]any{"flow": flow.Id, "steps": stations})
	return nil
}

// checkDecidable: nothing is handed in that nobody could decide.
func checkDecidable(app core.App, request *Request) error {
	stations, err := request.Stations()
	if err != nil {
		return err
	}
	places, units, err := seats.PlacesFor(app, request.GetString("org"), stations)
	if err != nil {
		return err
	}
	sitting, err := seats.At(app, kit.Today(app), places...)
	if err != nil {
		return err
	}
	vacant := seats.Vacant(flows.StepsOf(stations), seats.HoldersAt(sitting, places), request.Applicant())
	if vacant < 0 {
		return nil
	}
	return seats.CheckVacant(vacant, stations[vacant].Step, units[vacant].Name, stations[vacant].RoleName)
}

// enter saves a request at the step to which it has come, with its due date, and
// tells those for whom it waits.
func enter(app core.App, ctx context.Context, request *Request) error {
	stations, err := request.Stations()
	if err != nil {
		return err
	}
	step := request.State().Step
	if step < 1 || step > len(stations) {
		return errors.New("a request without the step at which it waits")
	}
	places, _, err := seats.PlacesFor(app, request.GetString("org"), stations)
	if err != nil {
		return err
	}
	days, err := calendar.Load(app)
	if err != nil {
		return err
	}
	if err := bar(app, request); err != nil {
		return err
	}
	due := flows.DueIn(days, calendar.Of(kit.Now(app)), stations[step-1].Days)
	request.Load(map[string]any{"wait_org": places[step-1].Org, "wait_role": places[step-1].Role, "due": due.String(), "noticed": ""})
	if err := kit.SaveAsSystem(app, ctx, request); err != nil {
		return err
	}
	return tellWaiting(app, ctx, request, "")
}

// bar notes in a request who can't decide its present step any more, so that an
// inbox needs no look at the decisions of each request.
func bar(app core.App, request *Request) error {
	lines, err := LinesOf(app, request.Id)
	if err != nil {
		return err
	}
	request.Set("barred", strings.Join(Barred(lines, request.State()), " "))
	return nil
}
