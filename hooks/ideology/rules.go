package ideology

import (
	"fmt"
	"regexp"
	"slices"

	"yaodian/hooks/kit"
	"yaodian/hooks/notify"
)

// account is what looks like somebody's account: a name of a network with a
// number or a handle, an @handle, a mail address, a bank card.
var account = regexp.MustCompile(`(?i)(微信号?|QQ号?|抖音号?|快手号?|微博|账号|帐号|小红书号?|ID)[\s:：为是@]*[a-z0-9_-]{5,}|@[a-z0-9_]{3,}|@[^\s，。；、@]{2,20}|[a-z0-9._-]+@[a-z0-9-]+\.[a-z]+|wxid_[a-z0-9]+|(^|\D)\d{16,19}(\D|$)`)

// CheckPlain: a text says nothing that leads to a person: no identity number,
// no mobile number, no account (domain.md 14.3).
func CheckPlain(field, text string) error {
	if notify.Mask(text) != text || account.MatchString(text) {
		return kit.Reject(field, "ideology_personal", "只写领域、群体、事项、风险点和措施，不能有身份证号码、手机号码和账号。")
	}
	return nil
}

// quarters are the two quarters of a half-year, written YYYY-Hn.
func quarters(half string) []string {
	if half[len(half)-1] == '1' {
		return []string{half[:5] + "Q1", half[:5] + "Q2"}
	}
	return []string{half[:5] + "Q3", half[:5] + "Q4"}
}

// Begins is the first day of a quarter (YYYY-Qn) or a half-year (YYYY-Hn).
func Begins(period string) string {
	n := int(period[len(period)-1] - '1')
	months := map[byte]int{'Q': 3, 'H': 6}[period[5]]
	return fmt.Sprintf("%s-%02d-01", period[:4], n*months+1)
}

// CheckBegun: nothing is reviewed before it has begun.
func CheckBegun(field, period, today string) error {
	if Begins(period) > today {
		return kit.Reject(field, "ideology_future", fmt.Sprintf("%s 还没有到，不能研判和报告。", period))
	}
	return nil
}

// Cited is a review that a report cites.
type Cited struct{ Area, Quarter, State string }

// CheckCited: a report cites both reviews of its half-year and its area, handed
// in already.
func CheckCited(area, half string, cited []Cited) error {
	var have []string
	for _, c := range cited {
		if c.Area != area || c.State == "draft" {
			return kit.Reject("reviews", "ideology_cited", "引用的研判必须是本领域的，并且已经提交。")
		}
		have = append(have, c.Quarter)
	}
	slices.Sort(have)
	if want := quarters(half); !slices.Equal(have, want) {
		return kit.Reject("reviews", "ideology_cited", fmt.Sprintf("半年报告要引用 %s 和 %s 两个季度的研判，各一份。", want[0], want[1]))
	}
	return nil
}

// CheckHeard: a report is heard by the committee, at a meeting that was held.
func CheckHeard(kind, state string) error {
	if kind != "committee" || state == "planned" || state == "cancelled" {
		return kit.Reject("meeting", "ideology_heard", "半年报告要在已经召开的党工委会上听取。")
	}
	return nil
}
