package seats

import (
	"fmt"

	"yaodian/hooks/approvals/flows"
	"yaodian/hooks/kit"
)

// Vacant finds the first step that can't be decided because too few people hold
// its role who aren't the applicant and aren't needed for another step; -1 where
// everything can be. holders are those of each step.
//
// Steps compete for people, so this is a matching: each vote that a step needs
// looks for a person, and one already taken may be freed if its vote finds
// another (augmenting paths).
func Vacant(steps []flows.Step, holders [][]string, applicant string) int {
	taken := map[string]int{} // person → step
	var seek func(step int, tried map[string]bool) bool
	seek = func(step int, tried map[string]bool) bool {
		for _, p := range holders[step] {
			if p == applicant || tried[p] {
				continue
			}
			tried[p] = true
			other, busy := taken[p]
			if !busy || other != step && seek(other, tried) {
				taken[p] = step
				return true
			}
		}
		return false
	}
	for i, s := range steps {
		for range s.Min {
			if !seek(i, map[string]bool{}) {
				return i
			}
		}
	}
	return -1
}

// CheckVacant: a request is handed in only if every step can be decided. vacant
// is what Vacant found.
func CheckVacant(vacant int, step flows.Step, unit, role string) error {
	if vacant < 0 {
		return nil
	}
	return kit.Reject("kind", "approvals_vacant",
		fmt.Sprintf("第 %d 步“%s”目前无人可批：要有 %d 位%s的%s（申请人和审批其他步骤的人除外），请先登记任职。", vacant+1, step.Name, step.Min, unit, role))
}
