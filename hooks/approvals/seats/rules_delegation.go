package seats

import (
	"strings"

	"yaodian/hooks/kit"
)

// CheckDelegation: a delegation names another active person and a period of real
// days, says why, and isn't made for the past.
func CheckDelegation(from, to string, active bool, since, until, reason, today string) error {
	switch {
	case from == to:
		return kit.Reject("delegate", "approvals_delegate_self", "不能委托给自己。")
	case !active:
		return kit.Reject("delegate", "approvals_delegate_gone", "没有找到受托人，或者他已经不在岗。")
	case !kit.IsDate(since) || !kit.IsDate(until):
		return kit.Reject("until", "approvals_delegation_dates", "委托要写明真实的起止日期，例如 2026-03-01。")
	case since >= until:
		return kit.Reject("until", "approvals_delegation_period", "截止日期应当晚于起始日期，当日起不再有效。")
	case since < today:
		return kit.Reject("since", "approvals_delegation_past", "委托不能从过去的日子开始。")
	case strings.TrimSpace(reason) == "":
		return kit.Reject("reason", "approvals_delegation_reason", "请写明委托的原因。")
	}
	return nil
}

// CheckEnd: a delegation that is made is only ended sooner, from today on.
func CheckEnd(field, before, until, today string) error {
	switch {
	case field != "":
		return kit.Reject(field, "approvals_delegation_fixed", "委托登记以后只能提前结束，其他内容不能改；需要变动请另行登记。")
	case until > before:
		return kit.Reject("until", "approvals_delegation_longer", "委托只能提前结束，不能延长；需要延长请另行登记。")
	case until != before && until < today:
		return kit.Reject("until", "approvals_delegation_past", "委托最早到今天为止。")
	}
	return nil
}

// CheckDeleteDelegation: only a delegation that hasn't begun is deleted.
func CheckDeleteDelegation(since, today string) error {
	if since <= today {
		return kit.Forbid("approvals_delegation_begun", "已经开始的委托不能删除，请改为提前结束。")
	}
	return nil
}
