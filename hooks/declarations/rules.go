package declarations

import (
	"fmt"
	"strings"
	"time"

	"yaodian/hooks/calendar"
	"yaodian/hooks/kit"
)

// MatterDue is the last day on which a matter is declared in time (6.2): so many
// days after it happened.
func MatterDue(occurred string, t Terms) (string, error) {
	day, err := dayOf("occurred_on", occurred)
	return (day + calendar.Date(t.MatterDays)).String(), err
}

func dayOf(field, date string) (calendar.Date, error) {
	day, err := calendar.Parse(date)
	if err != nil {
		return 0, kit.Reject(field, "declarations_date", "请填写真实的日期，例如 2026-03-01。")
	}
	return day, nil
}

// CheckSaid: what is handed in says what happened.
func CheckSaid(state, sealed string) error {
	if state == "draft" || sealed != "" {
		return nil
	}
	return kit.Reject(summary, "declarations_summary_missing", "请写明情况。")
}

// An Event is a wedding, a funeral or another family celebration.
type Event struct {
	Kind, HeldOn, OralOn  string
	Joint, Promise        bool
	Tables, Persons, Cars int
	OverNote              string
}

// Days are the last days of the two reports on an event (6.3): a funeral is
// reported when it is over, everything else before, and how it went afterwards.
func (v Event) Days(days calendar.Days, t Terms) (before, after string, err error) {
	held, err := dayOf("held_on", v.HeldOn)
	if err != nil {
		return "", "", err
	}
	n := -t.BeforeDays
	if v.Kind == "funeral" {
		n = t.FuneralDays
	}
	first, _ := days.AddWorkdays(held, n, false)
	last, _ := days.AddWorkdays(held, t.AfterDays, false)
	return first.String(), last.String(), nil
}

// Late reports whether the first report came too late. A funeral may be told by
// telephone first.
func (v Event) Late(due, handed string) bool {
	if v.Kind == "funeral" && v.OralOn != "" {
		handed = min(handed, v.OralOn)
	}
	return handed > due
}

// Check: only a funeral is told by telephone, on a day that has come.
func (v Event) Check(today string) error {
	switch {
	case v.OralOn == "":
		return nil
	case v.Kind != "funeral":
		return kit.Reject("oral_on", "declarations_oral", "只有丧事可以先用电话报告，请不要填写电话先报日期。")
	case !kit.IsDate(v.OralOn) || v.OralOn > today:
		return kit.Reject("oral_on", "declarations_date", "电话先报日期要真实，并且不晚于今天。")
	}
	return nil
}

// CheckHanded: who hands a report in has promised what 6.3 forbids, and says why
// where it is more than the terms allow.
func (v Event) CheckHanded(t Terms) error {
	if !v.Promise {
		return kit.Reject("promise", "declarations_promise", "请先作出承诺再提交。")
	}
	if over := v.Over(t); over != "" && strings.TrimSpace(v.OverNote) == "" {
		return kit.Reject("over_note", "declarations_over", over+"，请写明原因，或者按规定缩减。")
	}
	return nil
}

// Over says what is more than the terms allow; empty where nothing is.
func (v Event) Over(t Terms) string {
	tables := t.Tables
	if v.Joint {
		tables = t.TablesJoint
	}
	switch {
	case v.Tables > tables:
		return fmt.Sprintf("%d 桌超过了规定的 %d 桌", v.Tables, tables)
	case v.Persons > tables*t.PerTable:
		return fmt.Sprintf("%d 人超过了规定的 %d 人", v.Persons, tables*t.PerTable)
	case t.Cars > 0 && v.Cars > t.Cars:
		return fmt.Sprintf("%d 辆车超过了规定的 %d 辆", v.Cars, t.Cars)
	}
	return ""
}

// CheckHeld: what hasn't been held isn't reported on.
func CheckHeld(held, today string) error {
	if held > today {
		return kit.Reject("state", "declarations_not_held", fmt.Sprintf("要到%s举办以后才能作事后报告。", kit.Day(held, today)))
	}
	return nil
}

// Paper is a request for instructions or a report (6.4).
type Paper struct {
	Kind, Org string
	MainTo    []string
	Parent    string // of Org
	Title     string
	Body      string
}

// Check: a request for instructions goes to one organization, and none to
// itself.
func (p Paper) Check() error {
	if p.Kind == "qingshi" && len(p.MainTo) != 1 {
		return kit.Reject("main_to", "declarations_one_recipient", "请示只能主送一个上级组织；需要其他组织知道的，请列入抄送。")
	}
	for _, to := range p.MainTo {
		if to == p.Org {
			return kit.Reject("main_to", "declarations_to_itself", "不能主送给自己，请选择上级组织。")
		}
	}
	return nil
}

// asks are the words by which a report asks for something after all.
var asks = []string{"请批示", "请批准", "请审批", "请批复", "请指示", "妥否", "当否"}

// Warnings are what the author should look at again; nothing is refused for it.
func (p Paper) Warnings() []string {
	var out []string
	if p.Kind == "baogao" {
		for _, word := range asks {
			if strings.Contains(p.Body, word) || strings.Contains(p.Title, word) {
				out = append(out, "报告里有“"+word+"”：报告不得夹带请示的事项，需要批准的请另写请示。")
				break
			}
		}
	}
	if p.Kind == "qingshi" && len(p.MainTo) == 1 && p.MainTo[0] != p.Parent {
		out = append(out, "主送的不是直接上级：请示一般不越级，特殊情况请抄送被越过的组织。")
	}
	return out
}

// CheckWay: a request for instructions waits for an answer, a report is filed.
func CheckWay(kind, state string) error {
	switch {
	case kind == "qingshi" && state == "filed":
		return kit.Reject("state", "declarations_way", "请示提交后要等待批复，不能直接改为已报送。")
	case kind == "baogao" && state != "filed" && state != "draft":
		return kit.Reject("state", "declarations_way", "报告不用批复，提交后即为已报送。")
	}
	return nil
}

// WrittenLate: what was told orally is put on paper within the hours allowed.
func WrittenLate(told, now time.Time, t Terms) bool {
	return !told.IsZero() && now.Sub(told) > time.Duration(t.OralHours)*time.Hour
}

// Answered reports whether a request for instructions has got its yes.
func Answered(state string) bool { return state == "approved" || state == "answered" }

// CheckAnswered: what depends on a request for instructions waits for the answer
// (6.4). title is the request's; word is what the record would become.
func CheckAnswered(state, title, word string) error {
	if Answered(state) {
		return nil
	}
	return kit.Reject("state", "declarations_unanswered", fmt.Sprintf("所依据的“%s”还没有批复同意，不能改为“%s”。", title, word))
}
