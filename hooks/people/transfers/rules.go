package transfers

import (
	"fmt"
	"slices"
	"strings"

	"yaodian/hooks/approvals"
	"yaodian/hooks/calendar"
	"yaodian/hooks/kit"
	"yaodian/hooks/people"
)

// Application is what CheckApplication looks at.
type Application struct {
	Direction, Kind, State, Membership, Reason, Note string
	Lost                                             bool
	From, To                                         Branch
	FromName, ToName, Name                           string
	Letter, IssuedOn, ValidUntil                     string
}

// Branch is an organization that somebody leaves or joins.
type Branch struct {
	ID        string `db:"id"`
	Name      string `db:"name"`
	Path      string `db:"path"`
	Kind      string `db:"kind"`
	Closed    string `db:"closed"`
	Committee string `db:"committee"` // the nearest above; empty: none
}

// activist is somebody who is being trained and isn't a member yet.
const activist = "activist"

// CheckApplication: members, probationary members and activists who are here
// move, with a reason, to another branch that is open (domain.md 5.1).
func CheckApplication(a Application, today string) error {
	switch {
	case !slices.Contains([]string{people.Member, people.Probationary, activist}, a.Kind):
		return kit.Reject("kind", "people_transfers_kind", "只有正式党员、预备党员和入党积极分子办理转接。")
	case a.Direction != "in" && a.State != people.Active:
		return kit.Reject("person", "people_transfers_inactive", "这个人的状态不是“正常”，不能转接。")
	case a.Direction != "in" && (a.Lost || a.Membership == people.Stopped):
		return kit.Reject("person", "people_transfers_stopped", "失去联系或者停止党籍的，先由组织处理，再办理转接。")
	case a.Reason == "other" && strings.TrimSpace(a.Note) == "":
		return kit.Reject("note", "people_transfers_note", "原因为“其他”的，请在补充说明里写明。")
	}
	switch a.Direction {
	case "out":
		return checkOutward(a)
	case "in":
		return checkInward(a, today)
	}
	return checkBetween(a, today)
}

func checkOutward(a Application) error {
	if strings.TrimSpace(a.ToName) == "" || a.To.ID != "" {
		return kit.Reject("to_name", "people_transfers_to_name", "转往系统外的，请填写转入单位的全称，不选转入支部。")
	}
	return nil
}

// checkInward: a letter from outside is entered as it is, and not after it has
// run out.
func checkInward(a Application, today string) error {
	for _, f := range []struct{ field, name, value string }{
		{"name", "姓名", a.Name}, {"from_name", "转出单位", a.FromName}, {"letter", "介绍信编号", a.Letter}, {"issued_on", "开信日期", a.IssuedOn}, {"valid_until", "有效期至", a.ValidUntil},
	} {
		if strings.TrimSpace(f.value) == "" {
			return kit.Reject(f.field, "people_transfers_letter_facts", "请照介绍信填写“"+f.name+"”。")
		}
	}
	switch {
	case a.IssuedOn > today:
		return kit.Reject("issued_on", "people_transfers_future", "开信日期不能晚于今天。")
	case a.ValidUntil < today:
		return kit.Reject("valid_until", "people_transfers_ran_out", "这封介绍信已经过期，不能接收；请联系转出单位说明情况，重新开具。")
	}
	return checkBranch(a.To, today)
}

func checkBetween(a Application, today string) error {
	if err := checkBranch(a.To, today); err != nil {
		return err
	}
	if strings.HasPrefix(a.From.Path, a.To.Path) {
		return kit.Reject("to_org", "people_transfers_same", "本人已经在这个支部，不用转接。")
	}
	return nil
}

func checkBranch(b Branch, today string) error {
	switch {
	case b.Kind != "branch" && b.Kind != "retired":
		return kit.Reject("to_org", "people_transfers_no_branch", "请选择转入的党支部。")
	case b.Closed != "" && b.Closed <= today:
		return kit.Reject("to_org", "people_transfers_closed", "这个党支部已经撤销，请重新选择。")
	case b.Committee == "":
		return kit.Reject("to_org", "people_transfers_no_committee", "这个党支部没有上级党委，不能接收组织关系。")
	}
	return nil
}

// DirectionOf tells a letter that stays below one committee from one that goes
// to another.
func DirectionOf(sent string, from, to Branch) string {
	switch {
	case sent == "out" || sent == "in":
		return sent
	case from.Committee == to.Committee:
		return "inner"
	}
	return "across"
}

// StageOf is the state of a transfer while it is being decided: the first step
// of letting go is the branch's, and so is that of taking in.
func StageOf(direction, kind string, status approvals.Status, step int) string {
	first, second := Applied, Agreed
	if kind == askIn {
		second = Received
		if direction != "in" {
			first = Issued
		}
	}
	if status == approvals.Pending && step > 1 {
		return second
	}
	return first
}

// CheckByHand: decisions take most steps; people issue letters, withdraw what
// was approved, enter what came back on paper, and file.
func CheckByHand(from, to, direction string) error {
	switch {
	case from == to, from == Approved && (to == Issued || to == Withdrawn), from == Receipted && to == Archived:
		return nil
	case direction == "out" && (from == Issued && (to == Receipted || to == Returned) || from == Expired && to == Receipted):
		return nil
	}
	return kit.Reject("state", "people_transfers_decided", "这一步由审批决定，不能直接改；请到审批里办理。")
}

// Editable are the fields that people fill in at a step.
func Editable(from, to, direction string) []string {
	switch {
	case from == Applied && direction == "in":
		return []string{"name", "kind", "reason", "note", "from_name", "paid_to", "trained_since", "join_date", "full_date", "letter", "issued_on", "valid_until"}
	case from == Applied:
		return []string{"direction", "reason", "note", "to_org", "to_name"}
	case from == Approved:
		return []string{"paid_to", "trained_since", "valid_days", "explanation", "issued_by", "refusal"}
	case to == Receipted:
		return []string{"receipt_on"}
	case to == Returned:
		return []string{"refusal"}
	}
	return nil
}

// CheckRefusal: what ends without a receipt ends for a reason.
func CheckRefusal(from, to, refusal string) error {
	if from != to && (to == Withdrawn || to == Returned) && strings.TrimSpace(refusal) == "" {
		return kit.Reject("refusal", "people_transfers_refusal", "请写明没有办成的原因。")
	}
	return nil
}

// Letter is what CheckLetter looks at.
type Letter struct {
	Kind, PaidTo, TrainedSince string
	Days, MaxDays              int
	AfterExpired               bool
	Explanation                string
	Posts                      int // that the person still holds at the old branch
}

// CheckLetter: a letter says how far dues are paid or since when an activist has
// been trained, is valid no longer than allowed, and isn't issued to somebody who
// still holds a post where they leave. After one that has run out the branch
// explains.
func CheckLetter(l Letter, today string) error {
	switch {
	case l.Kind != activist && l.PaidTo == "":
		return kit.Reject("paid_to", "people_transfers_paid_to", "请填写党费交至哪个月，转入支部从次月起收。")
	case l.PaidTo > calendarMonths(today, 6):
		return kit.Reject("paid_to", "people_transfers_paid_far", "党费最多预交六个月，请核对“党费交至”。")
	case l.Kind == activist && (l.TrainedSince == "" || l.TrainedSince > today):
		return kit.Reject("trained_since", "people_transfers_trained", "请填写从哪天起培养，转入后连续计算。")
	case l.Days < 0 || l.Days > l.MaxDays:
		return kit.Reject("valid_days", "people_transfers_valid", fmt.Sprintf("介绍信最长有效 %d 天。", l.MaxDays))
	case l.AfterExpired && strings.TrimSpace(l.Explanation) == "":
		return kit.Reject("explanation", "people_transfers_explain", "上一封介绍信过期了，请写明原支部的情况说明再开信。")
	case l.Posts > 0:
		return kit.Reject("person", "people_transfers_posts", "本人在转出支部还有职务，请先登记免职，再开介绍信。")
	}
	return nil
}

func calendarMonths(today string, n int) string {
	d, _ := calendar.Parse(today)
	return d.AddMonths(n).String()[:len("2006-01")]
}

// Validity is how long letters are valid and how early both sides are reminded.
type Validity struct{ Days, Notice int }

// ValidUntil is the last day of a letter: 90 days from 2022-03-15 end on
// 2022-06-13 (domain.md, appendix B).
func ValidUntil(issued string, days int) string {
	d, _ := calendar.Parse(issued)
	return (d + calendar.Date(days)).String()
}

// CheckReceipt: a receipt on paper isn't older than its letter, isn't to come,
// and came while the letter was valid.
func CheckReceipt(on, issued, valid, today string) error {
	switch {
	case !kit.IsDate(on):
		return kit.Reject("receipt_on", "people_transfers_receipt_missing", "请填写回执上的日期。")
	case on < issued || on > today:
		return kit.Reject("receipt_on", "people_transfers_receipt_day", "回执日期应当在开信之后，不能晚于今天。")
	case on > valid:
		return kit.Reject("receipt_on", "people_transfers_receipt_late", "接收时介绍信已经过期，请重新办理。")
	}
	return nil
}

// LetterName is how a letter is cited.
func LetterName(year, no int) string { return fmt.Sprintf("〔%d〕%d号", year, no) }
