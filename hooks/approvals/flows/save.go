package flows

import (
	"cmp"
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/condition"
	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// saveFlow refuses a flow that can't work, numbers its version and keeps what
// requests have begun with.
func saveFlow(e *core.RecordEvent) error {
	flow := of(e.Record)
	if err := checkFlow(e.App, flow); err != nil {
		return err
	}
	if err := checkLane(e.App, flow); err != nil {
		return err
	}
	if flow.IsNew() {
		version, err := nextVersion(e.App, flow)
		if err != nil {
			return err
		}
		flow.Set("version", version)
		return e.Next()
	}
	stored, err := kit.Stored(e)
	if err != nil {
		return err
	}
	if field, changed := kit.Changed(e.Record, stored, "kind", "priority", "version", "since", "steps", "condition", "subject", "expires"); changed {
		used, err := isUsed(e.App, flow.Id)
		if err != nil {
			return err
		}
		if err := CheckUsed(field, used); err != nil {
			return err
		}
		flow.Set("version", stored.GetInt("version"))
	}
	return e.Next()
}

func deleteFlow(e *core.RecordEvent) error {
	return kit.InTx(e, func() error {
		used, err := isUsed(e.App, e.Record.Id)
		if err != nil {
			return err
		}
		if used {
			return kit.Forbid("approvals_flow_used", "已经有申请按这个流程办理，不能删除；不再施行的请填写截止日期。")
		}
		return e.Next()
	})
}

// checkFlow is what a flow must be by itself: readable steps that somebody could
// decide, a condition about fields that exist, real dates.
func checkFlow(app core.App, flow *Flow) error {
	steps, err := flow.Steps()
	if err != nil {
		return err
	}
	roles, err := rolesByKey(app)
	if err != nil {
		return err
	}
	names := roleNames(roles)
	if err := CheckSteps(steps, names); err != nil {
		return err
	}
	if err := org.CheckPeriod("until", flow.Since(), flow.Until()); err != nil {
		return err
	}
	if err := condition.Check(app, cmp.Or(flow.Subject(), requests), flow.Condition()); err != nil {
		return err
	}
	held, err := heldToday(app)
	if err != nil {
		return err
	}
	missing := held.missing(steps)
	if missing == 0 {
		return nil
	}
	return CheckHeld(missing, steps[missing-1], names[steps[missing-1].Role])
}

// checkLane finds a version of the same flow in effect on one of its days.
func checkLane(app core.App, flow *Flow) error {
	var others []*Flow
	err := app.RecordQuery(Flows).AndWhere(dbx.HashExp{"kind": flow.Kind(), "priority": flow.Priority()}).
		AndWhere(dbx.Not(dbx.HashExp{"id": flow.Id})).OrderBy("since").All(&others)
	if err != nil {
		return err
	}
	for _, o := range others {
		if org.Overlap(flow.Since(), flow.Until(), o.Since(), o.Until()) {
			return CheckLane(fmt.Sprintf("%s 第 %d 版", o.Name(), o.GetInt("version")), o.Since(), o.Until())
		}
	}
	return nil
}

func nextVersion(app core.App, flow *Flow) (version int, err error) {
	err = app.DB().NewQuery(`SELECT coalesce(max(version), 0) + 1 FROM approvals_flows WHERE kind = {:kind} AND priority = {:priority}`).
		Bind(dbx.Params{"kind": flow.Kind(), "priority": flow.Priority()}).Row(&version)
	return version, err
}

func isUsed(app core.App, flow string) (bool, error) {
	n, err := app.CountRecords(requests, dbx.HashExp{"flow": flow})
	return n > 0, err
}
