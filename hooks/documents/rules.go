package documents

import (
	"fmt"
	"slices"
	"strings"

	"yaodian/hooks/kit"
)

// State is how far a document has come.
type State string

// The states of a document.
const (
	Planned   State = "planned"
	Drafting  State = "drafting"
	Reviewing State = "reviewing"
	Issued    State = "issued"
	Void      State = "void"
)

var words = map[State]string{Planned: "待起草", Drafting: "起草中", Reviewing: "审核中", Issued: "已印发", Void: "不再需要"}

// moves is where a document may go from each state; an issued one stays issued.
var moves = map[State][]State{
	"":        {Planned, Drafting, Reviewing, Issued},
	Planned:   {Drafting, Reviewing, Issued, Void},
	Drafting:  {Planned, Reviewing, Issued, Void},
	Reviewing: {Drafting, Issued, Void},
	Void:      {Planned},
}

// CheckMove: a document goes from draft through review to issue; once issued
// it stays so, and a change is a new document.
func CheckMove(from, to State) error {
	if from == to || slices.Contains(moves[from], to) {
		return nil
	}
	if from == Issued {
		return kit.Reject("state", "documents_issued", "已经印发的文件不能退回；需要修改请另行登记修订。")
	}
	return kit.Reject("state", "documents_move", fmt.Sprintf("不能从“%s”直接改为“%s”。", words[from], words[to]))
}

// CheckDelete: only what nobody has begun is deleted; the rest stays in the
// ledger, dropped with a reason if need be.
func CheckDelete(state State) error {
	if state == Planned {
		return nil
	}
	return kit.Forbid("documents_begun", "已经起草的文件不能删除；不再需要的请改为“不再需要”并写明原因。")
}

// CheckIssued: an issued document has its number and a day of issue that isn't
// in the future (domain.md 14.18).
func CheckIssued(state State, number, on, today string) error {
	if state != Issued {
		return nil
	}
	switch {
	case strings.TrimSpace(number) == "":
		return kit.Reject("number", "documents_number_missing", "印发的文件要填写发文字号。")
	case !kit.IsDate(on):
		return kit.Reject("issued_on", "documents_date_missing", "印发的文件要填写真实的印发日期。")
	case on > today:
		return kit.Reject("issued_on", "documents_date_future", "印发日期不能晚于今天。")
	}
	return nil
}

// CheckVoid: a promised document is dropped only with a reason.
func CheckVoid(state State, note string) error {
	if state == Void && strings.TrimSpace(note) == "" {
		return kit.Reject("note", "documents_reason_missing", "不再需要的文件要在备注中写明原因。")
	}
	return nil
}
