package plan

import (
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/approvals/flows"
	"yaodian/hooks/kit"
	"yaodian/hooks/plan/schedule"
)

// signEvidence puts the signed-in person's name to the evidence, which points
// only to what that person may see.
func signEvidence(e *core.RecordRequestEvent) error {
	by := kit.Caller(e.RequestEvent)
	if by == "" {
		return e.Next()
	}
	e.Record.Set("person", by)
	linked, err := findLink(e.App, e.Record)
	if err != nil {
		return err
	}
	if linked == nil {
		return e.Next()
	}
	info, err := e.RequestInfo()
	if err != nil {
		return err
	}
	if may, err := e.App.CanAccessRecord(linked, info, linked.Collection().ViewRule); err != nil || !may {
		return errLink()
	}
	return e.Next()
}

// placeEvidence fills in what follows from the duty.
func placeEvidence(e *core.RecordEvent) error {
	duty, err := findDuty(e)
	if err != nil {
		return err
	}
	e.Record.Load(map[string]any{
		"org": duty.GetString("org"), "plan": duty.GetString("plan"), "item": duty.GetString("item"), "owner": duty.Person(),
	})
	return e.Next()
}

// guardEvidence: evidence is given while the duty is open, by who may submit
// it, and stays as it was given.
func guardEvidence(e *core.RecordEvent) error {
	if !e.Record.IsNew() {
		if kit.IsSystem(e.Context) {
			return e.Next()
		}
		return kit.Forbid("plan_evidence_fixed", "佐证登记后不能修改；有差错请删除后重新登记。")
	}
	duty, err := findDuty(e)
	if err != nil {
		return err
	}
	if err := checkOpen(duty); err != nil {
		return err
	}
	if err := checkGiver(e, duty); err != nil {
		return err
	}
	r := e.Record
	if _, err := findLink(e.App, r); err != nil {
		return err
	}
	if err := checkCounted(e.App, r, duty); err != nil {
		return err
	}
	if err := CheckEvidence(r.GetString("text"), r.GetBool("counted"), len(r.GetStringSlice("files"))+len(r.GetUnsavedFiles("files")), r.GetString("link_id") != ""); err != nil {
		return err
	}
	return e.Next()
}

// checkGiver: people give evidence for what they are responsible for; what the
// application attaches has nobody's name on it.
func checkGiver(e *core.RecordEvent, duty *Duty) error {
	if kit.IsSystem(e.Context) {
		return nil
	}
	may, err := maySubmit(e.App, duty, e.Record.GetString("person"), kit.Today(e.App))
	if err != nil {
		return err
	}
	if !may {
		return kit.Reject("person", "plan_not_responsible", "只有责任人或责任组织的负责人可以登记佐证。")
	}
	return nil
}

// deleteEvidence: evidence can be taken away while nobody has been asked to
// accept it.
func deleteEvidence(e *core.RecordEvent) error {
	if kit.IsSystem(e.Context) {
		return e.Next()
	}
	return kit.InTx(e, func() error {
		duty, err := findDuty(e)
		if err != nil {
			return err
		}
		if err := checkOpen(duty); err != nil {
			return kit.Forbid("plan_evidence_locked", "任务已经提交或验收，佐证不能删除；需要更换请先撤回。")
		}
		return e.Next()
	})
}

func findDuty(e *core.RecordEvent) (*Duty, error) {
	r, err := e.App.FindRecordById(Duties, e.Record.GetString("duty"))
	if err != nil {
		return nil, kit.Reject("duty", "plan_duty_missing", "没有找到这项任务，请刷新页面后重试。")
	}
	return dutyOf(r), nil
}

func checkOpen(duty *Duty) error {
	if !schedule.Workable(duty.State()) {
		return kit.Reject("duty", "plan_evidence_locked", "任务已经提交、验收或免做，不能再登记佐证；需要补充请先撤回或等退回。")
	}
	return nil
}

// findLink reads the record that evidence points to; nil if it points to none.
func findLink(app core.App, r *core.Record) (*core.Record, error) {
	collection, id := r.GetString("link_collection"), r.GetString("link_id")
	if collection == "" && id == "" {
		return nil, nil
	}
	if err := CheckLink(flows.Private(collection)); err != nil {
		return nil, err
	}
	linked, err := app.FindRecordById(collection, id)
	if err != nil {
		return nil, errLink()
	}
	return linked, nil
}

// CheckLink: what people tell the organization of themselves proves nothing
// before others (domain.md 6.2).
func CheckLink(private bool) error {
	if private {
		return kit.Reject("link_collection", "plan_link_private", "个人事项只有本人和审批人看得到，不能作为佐证。")
	}
	return nil
}

func errLink() error {
	return kit.Reject("link_id", "plan_link_missing", "没有找到引用的记录，请重新选择。")
}

// checkCounted: a number isn't negative and counts for a target of the duty's
// task: the one that is named, or the only one there is.
func checkCounted(app core.App, r *core.Record, duty *Duty) error {
	number, target := r.GetFloat("number"), r.GetString("target")
	if number != 0 {
		r.Set("counted", true)
	}
	if err := CheckNumber(number); err != nil {
		return err
	}
	if !r.GetBool("counted") && target == "" {
		return nil
	}
	var targets []string
	err := app.DB().Select("id").From(Targets).Where(dbx.HashExp{"task": duty.GetString("task")}).Column(&targets)
	switch {
	case err != nil:
		return err
	case target == "" && len(targets) == 1:
		r.Set("target", targets[0])
	case target != "" && !slices.Contains(targets, target):
		return kit.Reject("target", "plan_target_other", "这个指标不属于这项任务，请重新选择。")
	}
	return nil
}
