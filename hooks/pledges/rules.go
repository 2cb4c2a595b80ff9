package pledges

import (
	"fmt"
	"strings"
	"time"

	"yaodian/hooks/kit"
)

// CheckYear: a pledge is for the year of its plan (domain.md 14.6; the plan of
// 2022 said 2020 in one place).
func CheckYear(year, plan int) error {
	if year != plan {
		return kit.Reject("year", "pledges_year", fmt.Sprintf("责任书的年度 %d 与工作要点的年度 %d 不同，请核对。", year, plan))
	}
	return nil
}

// DueOn: pledges are signed by the end of March, by a successor within fifteen
// days.
func DueOn(year int, successor bool, today string) string {
	end := fmt.Sprintf("%d-03-31", year)
	if !successor {
		return end
	}
	day, err := time.Parse(time.DateOnly, today)
	if err != nil {
		return end
	}
	return day.AddDate(0, 0, 15).Format(time.DateOnly)
}

// CheckParties: two people sign; a pledge of the leadership says whether its
// person is of the committee.
func CheckParties(kind, seat, person, committee string) error {
	switch {
	case kind == "b" && seat == "":
		return kit.Reject("seat", "pledges_seat", "“一岗双责”责任书要写明是党工委委员还是非委员班子成员。")
	case kind != "b" && seat != "":
		return kit.Reject("seat", "pledges_seat", "只有“一岗双责”责任书填写班子成员的身份。")
	case person == committee && kind != "b":
		return kit.Reject("committee_by", "pledges_same_person", "双方的签字人不能是同一个人。")
	}
	return nil
}

// Signatures is when both sides signed.
type Signatures struct{ State, PersonOn, CommitteeOn, Due, LateNote string }

// Check: nobody has signed tomorrow, and what is late says why.
func (s Signatures) Check(today string) error {
	for field, on := range map[string]string{"person_on": s.PersonOn, "committee_on": s.CommitteeOn} {
		if on != "" && (!kit.IsDate(on) || on > today) {
			return kit.Reject(field, "pledges_date", "签字日期要真实，并且不晚于今天。")
		}
	}
	if s.State == "signed" && max(s.PersonOn, s.CommitteeOn) > s.Due && strings.TrimSpace(s.LateNote) == "" {
		return kit.Reject("late_note", "pledges_late", fmt.Sprintf("签订晚于期限 %s，请写明原因。", s.Due))
	}
	return nil
}

// Terms is what a successor takes over.
type Terms struct {
	Kind   string
	Year   int
	Org    string
	Person string
}

// CheckSuccessor: another person signs the same pledge for the same year and
// unit.
func CheckSuccessor(p, before Terms, state string) error {
	switch {
	case p.Kind != before.Kind || p.Year != before.Year || p.Org != before.Org:
		return kit.Reject("replaces", "pledges_successor", "接替的责任书要同一年度、同一类别、同一组织。")
	case p.Person == before.Person:
		return kit.Reject("person", "pledges_successor", "接任者不能是原来的责任人。")
	case state != "signed" && state != "assessed":
		return kit.Reject("replaces", "pledges_successor", "前任的责任书没有签订或者已经交接，不用接替。")
	}
	return nil
}

// CheckListed: the list is part of what was signed. fixed names what changed.
func CheckListed(state, fixed string) error {
	if state == "draft" || fixed == "" {
		return nil
	}
	return kit.Reject(fixed, "pledges_signed", "责任书签订后，责任清单不能增减和修改，只填写完成情况。")
}

// CheckDone: a promise is kept on a real day, not tomorrow.
func CheckDone(on, today string) error {
	if on != "" && (!kit.IsDate(on) || on > today) {
		return kit.Reject("done_on", "pledges_date", "完成日期要真实，并且不晚于今天。")
	}
	return nil
}

// CheckReport: what hasn't been signed isn't reported on.
func CheckReport(state string, made bool) error {
	if made && state == "draft" {
		return kit.Reject("pledge", "pledges_unsigned", "责任书还没有签订，不能报告。")
	}
	return nil
}
