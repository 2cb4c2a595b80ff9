package flows

import (
	"fmt"

	"yaodian/hooks/condition"
	"yaodian/hooks/kit"

	"github.com/pocketbase/pocketbase/core"
)

// Choose finds the flow of a request, the first of its kind whose condition holds
// today, and its steps with their roles as they are today.
func Choose(app core.App, request *core.Record) (*Flow, []Station, error) {
	flow, err := first(app, request)
	if err != nil {
		return nil, nil, err
	}
	stations, err := stationsOf(app, flow)
	return flow, stations, err
}

// Fits reports whether the flow that a request has begun with still is for it:
// what was returned may have been amended beyond its condition.
func Fits(app core.App, request *core.Record) (bool, error) {
	id := request.GetString("flow")
	if id == "" {
		return false, nil
	}
	r, err := app.FindRecordById(Flows, id)
	if err != nil {
		return false, err
	}
	return applies(app, of(r), request)
}

func first(app core.App, request *core.Record) (*Flow, error) {
	kind := request.GetString("kind")
	flows, err := on(app, kind, kit.Today(app))
	if err != nil {
		return nil, err
	}
	for _, flow := range flows {
		ok, err := applies(app, flow, request)
		if err != nil {
			return nil, fmt.Errorf("condition of flow %s: %w", flow.Id, err)
		}
		if ok {
			return flow, nil
		}
	}
	return nil, kit.Reject("kind", "approvals_no_flow", fmt.Sprintf("“%s”目前没有适用的审批流程，请与系统管理员联系。", KindOf(kind).Name))
}

// applies reports whether a flow's condition holds of what the request is about.
func applies(app core.App, flow *Flow, request *core.Record) (bool, error) {
	if flow.Subject() == "" || flow.Subject() == requests {
		return condition.Holds(app, request, flow.Condition())
	}
	if flow.Subject() != request.GetString("subject_collection") || request.GetString("subject_id") == "" {
		return false, nil
	}
	subject, err := app.FindRecordById(flow.Subject(), request.GetString("subject_id"))
	if err != nil {
		return false, err
	}
	return condition.Holds(app, subject, flow.Condition())
}

// stationsOf are the steps of a flow with their roles.
func stationsOf(app core.App, flow *Flow) ([]Station, error) {
	steps, err := flow.Steps()
	if err != nil {
		return nil, err
	}
	roles, err := rolesByKey(app)
	if err != nil {
		return nil, err
	}
	if err := CheckSteps(steps, roleNames(roles)); err != nil {
		return nil, err
	}
	out := make([]Station, len(steps))
	for i, s := range steps {
		out[i] = Station{s, roles[s.Role].Id, roles[s.Role].GetString("name")}
	}
	return out, nil
}
