package approvals

import (
	"fmt"
	"slices"

	"yaodian/hooks/approvals/flows"
	"yaodian/hooks/approvals/seats"
	"yaodian/hooks/kit"
)

// Take finds the seat from which a person decides, in their own name if they
// can. The applicant never decides, not even through a delegate; one person
// decides at most one step, and in a round once: who checked never reviews.
// Deciding through a delegate counts as deciding.
func Take(list []seats.Seat, lines []Line, who, applicant string, s State, step flows.Step) (seats.Seat, error) {
	if who == applicant {
		return seats.Seat{}, kit.Forbid("approvals_own_request", "申请人不能审批自己的申请。")
	}
	refusal := kit.Forbid("approvals_not_yours", fmt.Sprintf("第 %d 步“%s”不由您审批。", s.Step, step.Name)+lastWords(lines))
	for _, delegated := range []bool{false, true} {
		for _, seat := range list {
			if seat.Person != who || seat.Delegated() != delegated {
				continue
			}
			err := CheckSeat(seat, lines, applicant, s)
			if err == nil {
				return seat, nil
			}
			refusal = err
		}
	}
	return seats.Seat{}, refusal
}

// CheckSeat: who sits there is neither the applicant nor has decided before.
func CheckSeat(seat seats.Seat, lines []Line, applicant string, s State) error {
	if seat.Holder == applicant || seat.Person == applicant {
		return kit.Forbid("approvals_own_request", "申请人不能审批自己的申请，受他委托的人也不能。")
	}
	for _, l := range lines {
		switch {
		case !l.Verdict.decides() || !l.involves(seat):
		case l.Step != s.Step:
			return kit.Forbid("approvals_two_steps",
				fmt.Sprintf("%s已经审批过第 %d 步“%s”，一个人不能再审批另一步。", voice(l), l.Step, l.StepName))
		case l.Round == s.Round:
			return kit.Forbid("approvals_twice", fmt.Sprintf("%s已经审批过这一步，还需要另一个人审批。", voice(l)))
		}
	}
	return nil
}

// Barred are those whom CheckSeat refuses because of what has been decided: by
// themselves or in their name, at another step or at this one in this round.
func Barred(lines []Line, s State) []string {
	var out []string
	for _, l := range lines {
		if !l.Verdict.decides() || l.Step == s.Step && l.Round != s.Round {
			continue
		}
		for _, id := range []string{l.Person, l.OnBehalf} {
			if id != "" && !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return out
}

func voice(l Line) string {
	if l.OnBehalf != "" {
		return l.Name + "（受委托）"
	}
	return l.Name
}

// lastWords say who decided last, so that whoever comes second knows why there
// is nothing left to decide.
func lastWords(lines []Line) string {
	if len(lines) == 0 {
		return ""
	}
	l := lines[len(lines)-1]
	if !l.Verdict.decides() {
		return ""
	}
	return fmt.Sprintf("“%s”已由%s%s。", l.StepName, voice(l), verdictWords[l.Verdict])
}
