package meetings

import (
	"fmt"
	"slices"

	"yaodian/hooks/kit"
)

// Limits are the amounts, in fen, from which on a project or an expense is for
// the committee to decide on.
type Limits struct{ Project, Funds int }

// DefaultLimits hold where no list is in force; a local example (domain.md 9.1).
var DefaultLimits = Limits{Project: 2_000_000, Funds: 1_000_000}

// committeeDecides reports whether a topic of a meeting is for the committee to
// decide on: what else is on an agenda has no list and no order of speaking.
func committeeDecides(meeting, kind string) bool { return meeting == "committee" && kind == "decision" }

// CheckMajor: the committee names a matter as major where its amount makes it
// one by the list in force, and a large expense says how much it is (R-TOP-01).
func CheckMajor(l Limits, meeting, kind, major string, amount int) error {
	switch {
	case !committeeDecides(meeting, kind):
		return nil
	case major == "" && amount >= min(l.Funds, l.Project):
		return kit.Reject("major", "meetings_major", fmt.Sprintf("按现行清单，大额资金 %s元起、重大项目 %s元起属于“三重一大”事项，请选择是哪一种。", yuan(l.Funds), yuan(l.Project)))
	case major == "funds" && amount == 0:
		return kit.Reject("amount", "meetings_amount", "大额资金要填写金额。")
	case major == "project" && amount > 0 && amount < l.Project:
		return kit.Reject("major", "meetings_major", fmt.Sprintf("按现行清单，%s元起的才是重大项目，请核对金额，或者改为大额资金。", yuan(l.Project)))
	}
	return nil
}

// yuan writes an amount of fen as people say it: 2 万, 9999.50.
func yuan(fen int) string {
	switch {
	case fen%1_000_000 == 0:
		return fmt.Sprintf("%d 万", fen/1_000_000)
	case fen%100 == 0:
		return fmt.Sprintf("%d ", fen/100)
	}
	return fmt.Sprintf("%d.%02d ", fen/100, fen%100)
}

// CheckVersion: a list takes effect after the one before it, and from the second
// on not in the past, so that what was judged by the last one stays judged
// (R-TOP-08).
func CheckVersion(effective, latest, today string) error {
	switch {
	case !kit.IsDate(effective):
		return kit.Reject("effective_on", "meetings_date_unreal", "请填写真实的日期。")
	case latest != "" && effective <= latest:
		return kit.Reject("effective_on", "meetings_list_order", fmt.Sprintf("新版清单的生效日期要晚于上一版（%s）。", kit.Day(latest, "")))
	case latest != "" && effective < today:
		return kit.Reject("effective_on", "meetings_list_past", "新版清单不能从过去的日期起生效，已经按旧版判定的议题不变。")
	}
	return nil
}

// CheckInForce: a list that has taken effect stays as it is; what changes is a
// new version (R-TOP-08).
func CheckInForce(field, effective, today string) error {
	if field != "" && effective <= today {
		return kit.Reject(field, "meetings_list_in_force", "已经生效的清单不能修改和删除，修订的请登记新版。")
	}
	return nil
}

// CheckSpeakers: on what the committee decides, everybody speaks before the
// secretary, who doesn't set the tone; and who stands aside doesn't speak
// (R-TOP-03). Only who spoke, and in what order, is known: what somebody thinks
// belongs to nobody's record.
func CheckSpeakers(meeting, kind string, speakers, withdrew []string, secretary string) error {
	if len(speakers) == 0 && len(withdrew) == 0 {
		return nil
	}
	if !committeeDecides(meeting, kind) {
		return kit.Reject("speakers", "meetings_speakers_needless", "只有党工委会的议决事项登记表态次序和回避。")
	}
	for _, person := range withdrew {
		if slices.Contains(speakers, person) {
			return kit.Reject("withdrew", "meetings_withdrew_spoke", "回避的人不参加讨论，不能同时登记表态。")
		}
	}
	if i := slices.Index(speakers, secretary); i >= 0 && i < len(speakers)-1 {
		return kit.Reject("speakers", "meetings_secretary_last", "党工委书记末位表态，请把书记排在最后。")
	}
	return nil
}

// Unheard counts who came and neither spoke nor stood aside (R-TOP-04);
// stranger reports whether somebody is named who didn't come.
func (t Topic) Unheard(present []string) (n int, stranger bool) {
	named := slices.Concat(t.Speakers, t.Withdrew)
	for _, person := range present {
		if !slices.Contains(named, person) {
			n++
		}
	}
	return n, slices.ContainsFunc(named, func(person string) bool { return !slices.Contains(present, person) })
}

// checkHeard: what the committee has decided was spoken to by everybody who
// came, but for who stood aside (R-TOP-04).
func (r Record) checkHeard(t Topic) error {
	if !committeeDecides(r.Kind, t.Kind) || t.Outcome == "deferred" {
		return nil
	}
	n, stranger := t.Unheard(r.Present)
	switch {
	case n > 0:
		return kit.Reject("title", "meetings_unheard", fmt.Sprintf("第 %d 项议题“%s”还有 %d 名到会者没有登记表态或者回避，不能归档。", t.Number, t.Title, n))
	case stranger:
		return kit.Reject("title", "meetings_unheard", fmt.Sprintf("第 %d 项议题“%s”登记了没有到会的人表态或者回避，请核对签到。", t.Number, t.Title))
	}
	return nil
}
