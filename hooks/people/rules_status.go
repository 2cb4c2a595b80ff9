package people

import (
	"fmt"
	"strings"

	"yaodian/hooks/kit"
)

// Standing is how a person stands in the roster: what people_status remembers.
type Standing struct {
	Org, Kind, State, Membership string
	Lost, Floating               bool
}

// Change is a change of standing as it was decided.
type Change struct {
	Since, Reason, Document string
}

// The states and memberships that an organization decides on.
const (
	Removed = "removed"
	Stopped = "stopped"
)

// CheckDecided: a membership is stopped, and a person removed from the Party,
// by a decision with its reason and document. The system never does either by
// itself (domain.md 0.3).
func CheckDecided(before, after Standing, c Change) error {
	stopped := after.Membership == Stopped && before.Membership != Stopped
	removed := after.State == Removed && before.State != Removed
	if !stopped && !removed {
		return nil
	}
	what := "停止党籍"
	if removed {
		what = "出党"
	}
	switch {
	case strings.TrimSpace(c.Reason) == "":
		return kit.Reject("status_reason", "people_reason_missing", what+"须由组织决定，请填写原因。")
	case strings.TrimSpace(c.Document) == "":
		return kit.Reject("status_document", "people_document_missing", what+"须由组织决定，请填写决定的文号。")
	}
	return nil
}

// CheckSince: a change takes effect on a real day that isn't to come and isn't
// before the change that was logged last.
func CheckSince(since, last, today string) error {
	switch {
	case !kit.IsDate(since):
		return kit.Reject("status_since", "people_date_unreal", fmt.Sprintf("没有 %s 这一天，请填写真实的生效日期。", since))
	case since > today:
		return kit.Reject("status_since", "people_since_future", "生效日期还没有到，请在当天登记。")
	case since < last:
		return kit.Reject("status_since", "people_since_early", fmt.Sprintf("上一次变动自 %s 起生效，这一次不能更早。", last))
	}
	return nil
}

// CheckService: an account of a program stays one, and nobody becomes one.
func CheckService(before, after string) error {
	if before != "" && before != after && (before == Service || after == Service) {
		return kit.Reject("kind", "people_service_fixed", "程序账号和人员不能互相改换，请另建一个。")
	}
	return nil
}
