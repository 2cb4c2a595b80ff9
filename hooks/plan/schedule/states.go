package schedule

import (
	"fmt"
	"slices"

	"yaodian/hooks/kit"
)

// State is how far a duty has come.
type State string

// The states of a duty.
const (
	Upcoming  State = "upcoming"
	Open      State = "open"
	Submitted State = "submitted"
	Returned  State = "returned"
	Done      State = "done"
	Overdue   State = "overdue"
	Exempted  State = "exempted"
	MadeUp    State = "made_up"
)

var words = map[State]string{
	Upcoming: "未开始", Open: "待办", Submitted: "待验收", Returned: "被退回",
	Done: "已完成", Overdue: "已逾期", Exempted: "已免", MadeUp: "已补做",
}

// Word is the state as people read it.
func (s State) Word() string { return words[s] }

// Workable reports whether the duty waits for whoever is responsible: evidence
// may be given and the duty submitted.
func Workable(s State) bool {
	return s == Upcoming || s == Open || s == Returned || s == Overdue
}

// Next is the state that the calendar gives a duty: open from the day it
// opens, overdue from the day after it was due. Whatever a person has decided
// (submitted, returned, exempted…) the calendar doesn't touch.
func Next(s State, today, opens, due string) State {
	switch {
	case s != Upcoming && s != Open && s != Overdue:
		return s
	case today > due:
		return Overdue
	case today < opens:
		return Upcoming
	}
	return Open
}

// DoneState: what is accepted was done (已完成) if it had been submitted by the
// due date, and made up (已补做) if later. What counts is the day it was
// submitted, in Beijing, not the day it was accepted.
func DoneState(due, submittedOn string) State {
	if submittedOn > due {
		return MadeUp
	}
	return Done
}

// moves is where people may take a duty from each state; Next has the moves of
// the calendar. To open means to take back what was submitted or exempted.
var moves = map[State][]State{
	Upcoming:  {Submitted, Exempted},
	Open:      {Submitted, Exempted},
	Overdue:   {Submitted, Exempted},
	Returned:  {Submitted, Exempted},
	Submitted: {Done, MadeUp, Returned, Exempted, Open},
	Exempted:  {Open},
}

// CheckMove: a duty is submitted, then accepted or returned, and submitted
// again; it may be exempted until it is accepted. What is accepted stays so.
func CheckMove(from, to State) error {
	switch {
	case from == to || slices.Contains(moves[from], to):
		return nil
	case from == Done || from == MadeUp:
		return kit.Reject("state", "plan_duty_accepted", "这项任务已经验收，不能再改动。")
	case from == Exempted:
		return kit.Reject("state", "plan_duty_exempted", "这项任务已经免做；需要办理请先撤销免做。")
	case to == Done || to == MadeUp || to == Returned:
		return kit.Reject("state", "plan_duty_not_submitted", fmt.Sprintf("这项任务还是“%s”，提交之后才能验收或退回。", from.Word()))
	case to == Upcoming || to == Open || to == Overdue:
		return kit.Reject("state", "plan_duty_state", "这个状态由系统按日期填写，不能自行选择。")
	}
	return kit.Reject("state", "plan_duty_move", fmt.Sprintf("不能从“%s”改为“%s”。", from.Word(), to.Word()))
}
