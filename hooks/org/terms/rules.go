package terms

import (
	"fmt"
	"slices"

	"yaodian/hooks/calendar"
	"yaodian/hooks/kit"
)

// elected are the kinds of organizations that elect: a street's committee is
// appointed by the one above (domain.md 4.1).
var elected = []string{"branch", "retired", "union", "league"}

// CheckElected: only what elects has terms.
func CheckElected(kind string) error {
	if !slices.Contains(elected, kind) {
		return kit.Reject("org", "org_terms_appointed", "党工委、科室和党小组不换届，没有届期。")
	}
	return nil
}

// Years is how long a term that begins now lasts: five years for the branch of
// a community, three for any other (domain.md 4.1). A term keeps its own.
func Years(kind string) int {
	if kind == "branch" {
		return 5
	}
	return 3
}

// Ends is the day on which a term is over: the same day of the month, years on.
func Ends(since string, years int) (string, error) {
	day, err := calendar.Parse(since)
	if err != nil {
		return "", kit.Reject("since", "org_date_unreal", "请填写真实的当选日期。")
	}
	return day.AddMonths(12 * years).String(), nil
}

// ExtendedMonths is how far a term may be extended at most.
const ExtendedMonths = 12

// CheckExtended: a term is extended by twelve months at most and with an
// approval (R-TERM-02).
func CheckExtended(ends, extended, document string) error {
	if extended == "" && document == "" {
		return nil
	}
	end, err := calendar.Parse(ends)
	if err != nil {
		return err
	}
	last := end.AddMonths(ExtendedMonths).String()
	switch {
	case !kit.IsDate(extended) || extended <= ends:
		return kit.Reject("extended", "org_terms_extended", fmt.Sprintf("延期要晚于届满日期%s。", kit.Day(ends, "")))
	case extended > last:
		return kit.Reject("extended", "org_terms_extended", fmt.Sprintf("延期一般不超过 %d 个月，最长到%s。", ExtendedMonths, kit.Day(last, "")))
	case document == "":
		return kit.Reject("extended_document", "org_terms_unapproved", "延期换届须经上级批准，请填写批复文号。")
	}
	return nil
}

// CheckEnded: a term ends once it has begun and not in the future.
func CheckEnded(since, ended, today string) error {
	if ended != "" && (!kit.IsDate(ended) || ended < since || ended > today) {
		return kit.Reject("ended_on", "org_terms_ended", "本届结束日期不能早于当选日期，也不能晚于今天。")
	}
	return nil
}

// Stage is a moment before the end of a term at which somebody is reminded.
type Stage struct {
	Months int // before the end
	Title  string
	Body   string
}

// stages are the reminders of a term, from the first to the last (R-TERM-01).
// At two months the branch asks for its election, a local custom.
var stages = []Stage{
	{6, "还有六个月届满", "请着手准备换届，学习换届纪律。"},
	{3, "还有三个月届满", "请拟订换届方案，摸清党员底数，酝酿候选人初步人选。"},
	{2, "还有两个月届满", "请向党工委提交换届请示。"},
	{1, "还有一个月届满", "请按批复抓紧换届；不能按期的，请报上级批准延期。"},
	{0, "已经届满", "没有换届，也没有延期批复，请尽快办理。"},
}

// StageOn is the last stage that a term which ends on a day has reached; none
// while it is more than six months away.
func StageOn(ends, today string) (Stage, bool) {
	end, err := calendar.Parse(ends)
	if err != nil {
		return Stage{}, false
	}
	for _, s := range slices.Backward(stages) {
		if today >= end.AddMonths(-s.Months).String() {
			return s, true
		}
	}
	return Stage{}, false
}
