package rounds

import (
	"fmt"
	"slices"

	"yaodian/hooks/kit"
	"yaodian/hooks/points/rule"
)

// Claim is what somebody claims for themselves, or reports of another.
type Claim struct {
	Person     string
	By         string // who enters it; empty: a job
	HappenedOn string
	Quantity   int64
	Files      int
}

// CheckClaim: what is claimed is what a rule in force gives to those who claim
// it. Points are taken off on somebody else's report alone.
func CheckClaim(c Claim, r rule.Rule, state, today string) error {
	subject, _ := rule.SubjectOf(r.Subject)
	switch {
	case state != "active" && state != "ended":
		return kit.Reject("rule", "points_rule_draft", "这一条还没有启用，不能按它申报。")
	case !subject.Manual:
		return kit.Reject("rule", "points_claim_automatic", fmt.Sprintf("“%s”由系统按记录自动计分，不用申报；记录漏登的请联系支部补登。", r.Title))
	case subject.Sign < 0 && c.By == c.Person:
		return kit.Reject("rule", "points_claim_own_deduction", "扣分由支部提出，不由本人申报。")
	case !kit.IsDate(c.HappenedOn) || c.HappenedOn > today:
		return kit.Reject("happened_on", "points_claim_future", "请填写真实的日期，还没有发生的事不能申报。")
	case !r.In(c.HappenedOn):
		return kit.Reject("happened_on", "points_claim_outside", fmt.Sprintf("“%s”那一天不在执行期内（%s 起）。", r.Title, r.Since))
	case r.Unit != "" && c.Quantity < 1:
		return kit.Reject("quantity", "points_claim_quantity", fmt.Sprintf("请填写数量：几%s。", r.Unit))
	case r.Unit == "" && c.Quantity > 1:
		return kit.Reject("quantity", "points_claim_single", "这一条按次计分，每次申报一件，不用填数量。")
	}
	return nil
}

// CheckEvidence: where a rule asks for evidence, a claim has some when it is
// handed in.
func CheckEvidence(r rule.Rule, files int) error {
	if r.Evidence && files == 0 {
		return kit.Reject("files", "points_claim_evidence", fmt.Sprintf("“%s”须附证明材料，请拍照上传。", r.Title))
	}
	return nil
}

// CheckDeciders: who a claim concerns and who entered it don't decide it
// (申报人不得复核).
func CheckDeciders(deciders []string, concerned ...string) error {
	for _, d := range deciders {
		if d != "" && slices.Contains(concerned, d) {
			return kit.Reject("status", "points_claim_decider", "申报人和当事人不能审核这份申报，请由另一位负责人办理。")
		}
	}
	return nil
}

// CheckPublish: a quarter is published when it is over.
func CheckPublish(quarter, today string) error {
	if end := rule.QuarterEnd(quarter); today <= end {
		return kit.Reject("state", "points_quarter_running", fmt.Sprintf("本季度到 %s 才结束，结束以后才能公示。", kit.Day(end, "")))
	}
	return nil
}

// CheckLock: nothing is locked while it is published (R-PTS-05), nor while an
// appeal is open (R-PTS-06).
func CheckLock(until, today string, open int) error {
	if today <= until {
		return kit.Reject("state", "points_notice_running", fmt.Sprintf("公示到 %s 为止，公示期内不能锁定。", kit.Day(until, "")))
	}
	if open > 0 {
		return kit.Reject("state", "points_appeal_open", fmt.Sprintf("还有 %d 件申诉没有办结，不能锁定。", open))
	}
	return nil
}

// CheckAppealable: one appeals while the quarter is published, once for an entry.
func CheckAppealable(state, until, today string) error {
	if state != "published" || today > until {
		return kit.Reject("period", "points_appeal_closed", "只能在公示期内提出申诉；公示以后发现差错，请向支部反映，由支部更正来源记录。")
	}
	return nil
}

// CheckOutcome: an answer says how it ends, and only an entry can be reversed.
func CheckOutcome(outcome, entry string) error {
	switch {
	case outcome == "":
		return kit.Reject("outcome", "points_outcome_missing", "请选择结果：维持或者更正。")
	case outcome == "reversed" && entry == "":
		return kit.Reject("outcome", "points_outcome_no_entry", "申诉没有指明分录，没有可以冲正的；少计的请按项目申报补记。")
	}
	return nil
}
