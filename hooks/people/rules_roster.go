package people

import (
	"errors"
	"fmt"
	"strings"

	"yaodian/hooks/calendar"
	"yaodian/hooks/kit"
	"yaodian/hooks/people/idno"
)

// The kinds of people that rules speak of.
const (
	Member       = "member"
	Probationary = "probationary"
	Service      = "service"
)

// Roster is what the rules of the roster look at (domain.md 11.1).
type Roster struct {
	Kind, Gender, Birth string
	Join, Full, Note    string
	Membership          string
	Lost, Floating      bool
	LostSince, FlowTo   string
}

// CheckRoster holds a person's record to all rules of the roster.
func CheckRoster(r Roster, today string) error {
	for _, check := range []func(Roster, string) error{checkDays, checkParty, CheckJoin, CheckFull, checkWhereabouts} {
		if err := check(r, today); err != nil {
			return err
		}
	}
	return nil
}

// checkDays: what is dated has happened on a real day.
func checkDays(r Roster, today string) error {
	for _, d := range []struct{ field, name, day string }{
		{"birth_date", "出生日期", r.Birth}, {"join_date", "入党日期", r.Join}, {"full_date", "转正日期", r.Full}, {"lost_since", "失去联系日期", r.LostSince},
	} {
		switch {
		case d.day == "":
		case !kit.IsDate(d.day):
			return kit.Reject(d.field, "people_date_unreal", fmt.Sprintf("没有 %s 这一天，请填写真实的%s。", d.day, d.name))
		case d.day > today:
			return kit.Reject(d.field, "people_date_future", d.name+"不能晚于今天。")
		}
	}
	return nil
}

// checkParty: only members and probationary members have joined and have a
// membership; a probationary member has no full date.
func checkParty(r Roster, _ string) error {
	if r.Kind == Member || r.Kind == Probationary {
		if r.Kind == Probationary && r.Full != "" {
			return kit.Reject("full_date", "people_full_early", "预备党员还没有转正日期；已经转正的请把类别改为正式党员。")
		}
		return nil
	}
	for _, d := range []struct{ field, value string }{{"join_date", r.Join}, {"full_date", r.Full}, {"membership_state", r.Membership}} {
		if d.value != "" {
			return kit.Reject(d.field, "people_not_joined", "不是党员，没有入党日期、转正日期和党籍。")
		}
	}
	return nil
}

// adult is the least age at which somebody joins, in months.
const adult = 18 * 12

// CheckJoin: nobody joins before the eighteenth birthday.
func CheckJoin(r Roster, _ string) error {
	if r.Birth != "" && r.Join != "" && dateOf(r.Join) < dateOf(r.Birth).AddMonths(adult) {
		return kit.Reject("join_date", "people_join_young", "入党时不满 18 周岁，请核对入党日期和出生日期。")
	}
	return nil
}

// probation is how long a probationary period lasts, in months.
const probation = 12

// CheckFull: nobody becomes a full member before joining, or within twelve
// months of it, unless the special case is explained.
func CheckFull(r Roster, _ string) error {
	switch {
	case r.Full == "":
		return nil
	case r.Join == "":
		return kit.Reject("join_date", "people_join_missing", "填写了转正日期，也要填写入党日期。")
	case r.Full < r.Join:
		return kit.Reject("full_date", "people_full_before_join", "转正日期不能早于入党日期。")
	case dateOf(r.Full) < dateOf(r.Join).AddMonths(probation) && strings.TrimSpace(r.Note) == "":
		return kit.Reject("full_note", "people_full_short", "预备期不满 12 个月，请在“特殊情况说明”中写明依据。")
	}
	return nil
}

// checkWhereabouts: who is lost is so since a day, who is away is so somewhere,
// and nobody else has either.
func checkWhereabouts(r Roster, _ string) error {
	switch {
	case r.Lost && r.LostSince == "":
		return kit.Reject("lost_since", "people_lost_undated", "失去联系的，请填写失去联系日期。")
	case !r.Lost && r.LostSince != "":
		return kit.Reject("lost_since", "people_not_lost", "没有标明失去联系，请去掉失去联系日期。")
	case r.Floating && strings.TrimSpace(r.FlowTo) == "":
		return kit.Reject("flow_to", "people_flow_unknown", "流动党员请填写外出流向。")
	case !r.Floating && r.FlowTo != "":
		return kit.Reject("flow_to", "people_not_floating", "没有标明流动党员，请去掉外出流向。")
	}
	return nil
}

// faults says what is wrong with an identity number, without repeating it.
var faults = map[idno.Fault]string{
	idno.Length:      "身份证号应当是 18 位；没有的请留空，不要用别的数字代替。",
	idno.Digits:      "身份证号只能有数字，最后一位可以是 X。",
	idno.Region:      "身份证号开头的地区代码不对，请核对。",
	idno.Birth:       "身份证号中的出生日期不是真实的日期，请核对。",
	idno.CheckDigit:  "身份证号的校验位不对，可能有一位写错了，请核对。",
	idno.Placeholder: "这不像是真实的身份证号；没有的请留空，不要用别的数字代替。",
}

// ParseNumber reads an identity number (domain.md 11.3). Empty is allowed.
func ParseNumber(text, today string) (idno.Number, error) {
	if strings.TrimSpace(text) == "" {
		return idno.Number{}, nil
	}
	n, err := idno.Parse(text, today)
	var fault idno.Fault
	if errors.As(err, &fault) {
		return n, kit.Reject("id_no", "people_id_no_"+string(fault), faults[fault])
	}
	return n, nil
}

// CheckNumber: birthday and sex are those of the identity number.
func CheckNumber(n idno.Number, gender, birth string) error {
	switch {
	case n.Text == "":
	case birth != n.Birth:
		return kit.Reject("birth_date", "people_birth_mismatch", "出生日期和身份证号不一致，请核对。")
	case gender != n.Gender:
		return kit.Reject("gender", "people_gender_mismatch", "性别和身份证号不一致，请核对。")
	}
	return nil
}

// Age is how many full years have passed since a day; -1 where there is none.
// From the birthday it is the age, from the full date the party age (党龄).
func Age(since, today string) int {
	if since == "" {
		return -1
	}
	from, now := dateOf(since), dateOf(today)
	years := now.Year() - from.Year()
	if from.AddMonths(years*12) > now {
		years--
	}
	return years
}

// ProbationEnd is the day on which a probationary period of twelve months is
// over; empty for everybody else.
func ProbationEnd(kind, join string) string {
	if kind != Probationary || join == "" {
		return ""
	}
	return dateOf(join).AddMonths(probation).String()
}

// dateOf reads a date that has been checked.
func dateOf(day string) calendar.Date {
	d, _ := calendar.Parse(day)
	return d
}
