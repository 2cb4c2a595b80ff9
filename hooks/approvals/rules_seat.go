package approvals

import (
	"fmt"
	"slices"

	"yaodian/hooks/kit"
)

// A Seat is somebody who may decide at a place today: the holder of a post, or
// a delegate in the holder's name.
type Seat struct {
	Place
	Person     string `db:"person"`
	Name       string `db:"name"`
	Holder     string `db:"holder"` // the person whose post it is
	HolderName string `db:"holder_name"`
}

// Delegated reports whether the person sits there for somebody else.
func (s Seat) Delegated() bool { return s.Person != s.Holder }

// A Line is what a person has decided in a request.
type Line struct {
	Step     int     `db:"step"`
	StepName string  `db:"step_name"`
	Round    int     `db:"round"`
	Verdict  Verdict `db:"verdict"`
	Person   string  `db:"person"`
	Name     string  `db:"name"`
	OnBehalf string  `db:"on_behalf"`
}

// involves reports whether the line was written by or in the name of somebody
// whom the seat stands for.
func (l Line) involves(s Seat) bool {
	return l.Person == s.Person || l.Person == s.Holder || l.OnBehalf != "" && (l.OnBehalf == s.Person || l.OnBehalf == s.Holder)
}

// Take finds the seat from which a person decides, in their own name if they
// can. The applicant never decides, not even through a delegate; one person
// decides at most one step, and in a round once: who checked never reviews.
// Deciding through a delegate counts as deciding.
func Take(seats []Seat, lines []Line, who, applicant string, s State, step Step) (Seat, error) {
	if who == applicant {
		return Seat{}, kit.Forbid("approvals_own_request", "申请人不能审批自己的申请。")
	}
	refusal := kit.Forbid("approvals_not_yours", fmt.Sprintf("第 %d 步“%s”不由您审批。", s.Step, step.Name)+lastWords(lines))
	for _, delegated := range []bool{false, true} {
		for _, seat := range seats {
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
	return Seat{}, refusal
}

// CheckSeat: who sits there is neither the applicant nor has decided before.
func CheckSeat(seat Seat, lines []Line, applicant string, s State) error {
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

// Vacant finds the first step that can't be decided because too few people hold
// its role who aren't the applicant and aren't needed for another step; -1 where
// everything can be. holders are those of each step.
//
// Steps compete for people, so this is a matching: each vote that a step needs
// looks for a person, and one already taken may be freed if its vote finds
// another (augmenting paths).
func Vacant(steps []Step, holders [][]string, applicant string) int {
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
func CheckVacant(vacant int, step Step, unit, role string) error {
	if vacant < 0 {
		return nil
	}
	return kit.Reject("kind", "approvals_vacant",
		fmt.Sprintf("第 %d 步“%s”目前无人可批：要有 %d 位%s的%s（申请人和审批其他步骤的人除外），请先登记任职。", vacant+1, step.Name, step.Min, unit, role))
}
