package files

import (
	"slices"
	"strings"

	"yaodian/hooks/kit"
	"yaodian/hooks/people"
)

// materials are what a file holds, in the order in which they come to be
// (domain.md 2.2, step 25).
var materials = []struct{ key, name string }{
	{"application", "入党申请书"}, {"training", "培养教育考察材料"}, {"review", "政治审查材料"}, {"will", "入党志愿书"}, {"full_application", "转正申请书"},
}

// required is how many of them somebody of a kind must have.
var required = map[string]int{"applicant": 1, "activist": 2, people.Probationary: 4, people.Member: 5}

// Missing names what a file should hold by now and doesn't; empty: it is whole.
func Missing(kind string, held []string) string {
	var out []string
	for _, m := range materials[:required[kind]] {
		if !slices.Contains(held, m.key) {
			out = append(out, m.name)
		}
	}
	return strings.Join(out, "、")
}

// CheckByHand: loans and transfers say where a file is; by hand it only arrives.
func CheckByHand(from, to string, system bool) error {
	if system || from == to || from == "transit" && to == "kept" {
		return nil
	}
	return kit.Reject("state", "people_files_lending", "借出和归还请登记借阅；转递由组织关系转接带动。")
}

// Loan is what CheckLoan looks at.
type Loan struct {
	Owner, Borrower, Approver, Purpose, Note string
	Lent, Due, Returned                      string
}

// CheckLoan: nobody borrows their own file or approves what they borrow, and a
// file is out for a real time.
func CheckLoan(l Loan, today string) error {
	switch {
	case l.Borrower == l.Owner:
		return kit.Reject("borrower", "people_files_own", "本人不能借阅自己的档案。")
	case l.Approver != "" && (l.Approver == l.Borrower || l.Approver == l.Owner):
		return kit.Reject("approved_by", "people_files_approver", "批准人不能是借阅人，也不能是档案本人。")
	case l.Purpose == "other" && strings.TrimSpace(l.Note) == "":
		return kit.Reject("note", "people_files_note", "用途为“其他”的，请写明。")
	case !kit.IsDate(l.Lent) || l.Lent > today:
		return kit.Reject("lent_on", "people_files_day", "借出日期应当是真实的日期，不能晚于今天。")
	case !kit.IsDate(l.Due) || l.Due < l.Lent:
		return kit.Reject("due", "people_files_due", "应还日期不能早于借出日期。")
	case l.Returned != "" && (l.Returned < l.Lent || l.Returned > today):
		return kit.Reject("returned_on", "people_files_returned", "归还日期应当在借出之后，不能晚于今天。")
	}
	return nil
}
