package desk

import (
	"errors"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"

	"yaodian/hooks/approvals"
	"yaodian/hooks/approvals/flows"
	"yaodian/hooks/approvals/seats"
	"yaodian/hooks/approvals/subjects"
	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// Page is a request as one reader sees it.
type Page struct {
	ID        string           `json:"id"`
	Kind      flows.Kind       `json:"kind"`
	Title     string           `json:"title"`
	Status    approvals.Status `json:"status"`
	Step      int              `json:"step"`
	Round     int              `json:"round"`
	Due       string           `json:"due"`
	Expires   string           `json:"expires"`
	Applicant string           `json:"applicant"` // by name
	Org       string           `json:"org"`       // by name
	Snapshot  any              `json:"snapshot"`
	Facts     []subjects.Fact  `json:"facts"` // the snapshot in words
	Subject   Subject          `json:"subject"`
	Route     *approvals.Route `json:"route"`
	History   []Event          `json:"history"`
	May       May              `json:"may"`
}

// Subject is the record that a request is about.
type Subject struct {
	Collection string `json:"collection"`
	ID         string `json:"id"`
}

// May is what the reader can do with the request now.
type May struct {
	Decide   bool   `json:"decide"`
	Why      string `json:"why"` // why not, where it is under way
	Edit     bool   `json:"edit"`
	Submit   bool   `json:"submit"`
	Withdraw bool   `json:"withdraw"`
}

func pageOf(app core.App, request *approvals.Request, reader string) (*Page, error) {
	lines, err := approvals.LinesOf(app, request.Id)
	if err != nil {
		return nil, err
	}
	history, err := historyOf(app, request.Id)
	if err != nil {
		return nil, err
	}
	unit, err := org.Find(app, request.GetString("org"))
	if err != nil {
		return nil, err
	}
	facts, err := subjects.FactsOf(app, request)
	if err != nil {
		return nil, err
	}
	page := &Page{
		ID: request.Id, Kind: flows.KindOf(request.Kind()), Title: request.Title(), Status: request.Status(), Step: request.State().Step,
		Round: request.State().Round, Due: request.GetString("due"), Expires: request.GetString("expires"),
		Applicant: seats.NameOf(app, request.Applicant()), Org: unit.GetString("name"), Snapshot: request.Get("snapshot"), Facts: facts,
		Subject: Subject{request.GetString("subject_collection"), request.GetString("subject_id")}, History: history,
	}
	if page.May, err = mayDo(app, request, lines, reader); err != nil {
		return nil, err
	}
	page.Route, err = approvals.RouteOf(app, request, lines)
	if len(kit.Violations(err)) > 0 { // a draft for which there is no flow is shown all the same
		page.Route, err = &approvals.Route{Stops: []approvals.Stop{}, Problem: sentence(err)}, nil
	}
	return page, err
}

func mayDo(app core.App, request *approvals.Request, lines []approvals.Line, reader string) (May, error) {
	state, own := request.State(), reader == request.Applicant()
	may := May{
		Edit:     own && state.Status == approvals.Draft && request.Worded(),
		Submit:   own && state.Status == approvals.Draft,
		Withdraw: approvals.CheckWithdraw(state, reader, request.Applicant()) == nil,
	}
	if state.Status != approvals.Pending {
		return may, nil
	}
	refusal := approvals.MayDecide(app, request, lines, reader)
	may.Decide = refusal == nil
	if may.Why = sentence(refusal); refusal != nil && may.Why == "" {
		return may, refusal
	}
	return may, nil
}

// sentence is what a person reads of an error; empty where it is none of theirs.
func sentence(err error) string {
	for _, v := range kit.Violations(err) {
		return v.Error()
	}
	var refused *router.ApiError
	if errors.As(err, &refused) {
		return refused.Message
	}
	return ""
}
