package plan

import (
	"fmt"
	"strings"

	"yaodian/hooks/kit"
)

// CheckAccepter: whoever is responsible, submitted or gave evidence never
// accepts the same duty (domain.md chapter 14: 牵头人 ≠ 验收人).
func CheckAccepter(accepter, submitter, responsible string, gaveEvidence bool) error {
	if accepter == submitter || accepter == responsible || gaveEvidence {
		return kit.Reject("accepted_by", "plan_same_person", "提交人和验收人不能是同一个人，请由另一位负责人验收。")
	}
	return nil
}

// CheckReason: returning and exempting are explained.
func CheckReason(reason, what string) error {
	if len([]rune(strings.TrimSpace(reason))) < 2 {
		return kit.Reject("reason", "plan_reason_missing", fmt.Sprintf("请写明%s的理由。", what))
	}
	return nil
}

// CheckEvidence: evidence says something, counts something, shows a file or
// points to a record.
func CheckEvidence(text string, counted bool, files int, linked bool) error {
	if strings.TrimSpace(text) == "" && !counted && files == 0 && !linked {
		return kit.Reject("text", "plan_evidence_empty", "请写一句说明，或者填写数量、上传照片和文件。")
	}
	return nil
}

// CheckNumber: what is counted isn't negative.
func CheckNumber(number float64) error {
	if number < 0 {
		return kit.Reject("number", "plan_number_negative", "完成的数量不能小于 0。")
	}
	return nil
}
