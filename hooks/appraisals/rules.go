package appraisals

import (
	"fmt"
	"strings"

	"yaodian/hooks/kit"
)

// Share is how many of the members are excellent, and why more may be.
type Share struct {
	Members, Excellent int
	Reason, Document   string
}

// Most is how many may be excellent: a third, rounded down.
func Most(members int) int { return members / 3 }

// Check: no more than a third are excellent, unless the committee above has
// been told why (R-ORG-07).
func (s Share) Check() error {
	if s.Excellent <= Most(s.Members) || strings.TrimSpace(s.Reason) != "" && strings.TrimSpace(s.Document) != "" {
		return nil
	}
	return kit.Reject("grade", "appraisals_excellent",
		fmt.Sprintf("优秀一般不超过党员总数的三分之一，%d 名党员最多 %d 名；确需超出的，请在评议中写明原因和上级备案文号。", s.Members, Most(s.Members)))
}

// CheckGrade: probationary members take part and get no grade; who isn't a
// member isn't appraised.
func CheckGrade(kind, grade string) error {
	switch {
	case kind != "member" && kind != "probationary":
		return kit.Reject("person", "appraisals_not_member", "只有党员参加民主评议。")
	case kind == "probationary" && grade != "":
		return kit.Reject("grade", "appraisals_probationary", "预备党员参加评议，不评等次。")
	}
	return nil
}

// CheckOpen: what has been filed is fixed.
func CheckOpen(state string) error {
	if state == "filed" {
		return kit.Reject("appraisal", "appraisals_filed", "评议已经归档，不能修改；有差错请登记更正件。")
	}
	return nil
}

// CheckCounts: everybody grades themselves once, and nobody gets more votes
// than there are members.
func CheckCounts(round string, counts []int, members int) error {
	sum := 0
	for _, n := range counts {
		if n < 0 {
			return kit.Reject("excellent", "appraisals_counts", "票数不能是负数。")
		}
		sum += n
	}
	switch {
	case round == "self" && sum != 1:
		return kit.Reject("excellent", "appraisals_counts", "自评只选一个等次，记 1 票。")
	case sum > members:
		return kit.Reject("excellent", "appraisals_counts", fmt.Sprintf("票数之和不能多于党员总数 %d。", members))
	}
	return nil
}
