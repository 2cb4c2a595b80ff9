package publicity

import (
	"fmt"
	"slices"
	"strings"

	"yaodian/hooks/calendar"
	"yaodian/hooks/kit"
)

// Workdays is how long a notice stands at least (domain.md 2.5).
const Workdays = 5

// personal are the kinds of notices that speak of one person.
var personal = []string{"object", "admit", "convert", "honor"}

// CheckSubject: a notice about joining or an honour names a person, a notice
// about a fix names none.
func CheckSubject(kind, person string) error {
	switch {
	case slices.Contains(personal[:3], kind) && person == "":
		return kit.Reject("person", "publicity_person_missing", "发展党员的公示要选择公示对象。")
	case kind == "fix" && person != "":
		return kit.Reject("person", "publicity_person_in_fix", "巡察整改公开的是组织的整改情况，不写个人。")
	}
	return nil
}

// CheckWorkdays: a notice stands at least five workdays.
func CheckWorkdays(n int) error {
	if n < Workdays {
		return kit.Reject("workdays", "publicity_too_short", fmt.Sprintf("公示不能少于 %d 个工作日。", Workdays))
	}
	return nil
}

// Ends is the last day of a notice; provisional where the year's holidays
// aren't known yet.
func Ends(days calendar.Days, begins string, workdays int, inclusive bool) (ends string, provisional bool, err error) {
	from, err := calendar.Parse(begins)
	if err != nil {
		return "", false, kit.Reject("begins", "publicity_date", "请填写真实的公示开始日期。")
	}
	end, provisional := days.AddWorkdays(from, workdays, inclusive)
	return end.String(), provisional, nil
}

// CheckBegins: what has been put up has begun, and no later than today.
func CheckBegins(begins, today string) error {
	if begins > today {
		return kit.Reject("begins", "publicity_begins_later", "公示还没有到开始的日期，请在当天发布。")
	}
	return nil
}

// CheckExempt: leaving a fix unpublished takes one of five reasons and its
// approval; nothing else may be left unpublished (R-INSP-10).
func CheckExempt(kind, state, reason, document string) error {
	asked := reason != "" || document != "" || state == "exempted"
	switch {
	case !asked:
		return nil
	case kind != "fix":
		return kit.Reject("exempt", "publicity_exempt_kind", "只有巡察整改公开可以经批准不公开。")
	case reason == "":
		return kit.Reject("exempt", "publicity_exempt_reason", "请选择属于哪一种可以不公开的情形。")
	case document == "":
		return kit.Reject("exempt_document", "publicity_exempt_document", "不公开须经批准，请填写批准文号。")
	case state == "published":
		return kit.Reject("exempt", "publicity_exempt_published", "已经批准不公开的，不能再公示；要公示请先清空不公开的情形和文号。")
	}
	return nil
}

// CheckName: outside the Party a notice keeps only the surname (domain.md
// 11.4: a name is for within the organization).
func CheckName(audience, name, title, text string) error {
	if audience == "public" && name != "" && strings.Contains(title+text, name) {
		return kit.Reject("text", "publicity_name", fmt.Sprintf("公开到社会的公示不写全名，请改为“%s”。", MaskName(name)))
	}
	return nil
}

// MaskName keeps the surname; of a name without one that is known, the first
// character.
func MaskName(name string) string {
	r := []rune(name)
	if len(r) < 2 {
		return name
	}
	keep := 1
	if len(r) > 3 && slices.Contains(doubles, string(r[:2])) {
		keep = 2
	}
	return string(r[:keep]) + strings.Repeat("某", min(len(r)-keep, 2))
}

// doubles are surnames of two characters.
var doubles = strings.Fields("欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 长孙 宇文 司徒 夏侯 端木 百里 南宫 独孤")

// Profile is what a notice may say of somebody (domain.md 2.5): neither an
// identity number nor where they live nor how to call them.
type Profile struct {
	Name, Gender, Born, Education, Post string
	Applied, Activist, Contacts         string
}

// Text writes the notice of a person from what the roster and the case hold;
// what is unknown isn't mentioned.
func (p Profile) Text() string {
	var b strings.Builder
	b.WriteString(p.Name)
	for _, part := range []struct{ before, value string }{
		{"", p.Gender}, {"出生年月 ", p.Born}, {"学历 ", p.Education}, {"单位职务 ", p.Post},
		{"申请入党时间 ", p.Applied}, {"列为积极分子时间 ", p.Activist}, {"培养联系人 ", p.Contacts},
	} {
		if part.value != "" {
			b.WriteString("，" + part.before + part.value)
		}
	}
	return b.String() + "。"
}

// CheckClose: a notice ends after its last day, with every objection settled,
// and its result says what became of them.
func CheckClose(ends, today, result string, open, upheld, all int) error {
	switch {
	case today <= ends:
		return kit.Reject("state", "publicity_not_over", fmt.Sprintf("公示到%s为止，期满以后才能结束。", kit.Day(ends, today)))
	case open > 0:
		return kit.Reject("state", "publicity_objections_open", fmt.Sprintf("还有 %d 件异议没有办结。", open))
	case result != resultOf(upheld, all):
		return kit.Reject("result", "publicity_result", fmt.Sprintf("共有 %d 件异议，其中 %d 件成立，结果与此不符。", all, upheld))
	}
	return nil
}

func resultOf(upheld, all int) string {
	switch {
	case upheld > 0:
		return "upheld"
	case all > 0:
		return "settled"
	}
	return "clean"
}

// CheckReceived: an objection comes while the notice stands.
func CheckReceived(state, on, begins, ends, today string) error {
	switch {
	case state == "draft" || state == "exempted":
		return kit.Reject("notice", "publicity_not_published", "这件公示还没有发布，没有异议可以登记。")
	case !kit.IsDate(on) || on > today || on < begins || on > ends:
		return kit.Reject("received_on", "publicity_received_on", "收到日期要在公示期内，不能晚于今天。")
	}
	return nil
}
