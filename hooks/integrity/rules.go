package integrity

import (
	"slices"
	"strings"

	"yaodian/hooks/kit"
)

// CheckTalk: a talk is between two people and isn't held in the future.
func CheckTalk(talker, person, on, today string) error {
	if talker == person {
		return kit.Reject("person", "integrity_same_person", "主谈人和谈话对象不能是同一个人。")
	}
	return CheckHeld("held_on", on, today)
}

// CheckHeld: what has been held was held on a real day up to today.
func CheckHeld(field, on, today string) error {
	if on != "" && (!kit.IsDate(on) || on > today) {
		return kit.Reject(field, "integrity_date_future", "请填写真实的日期，不能晚于今天。")
	}
	return nil
}

// CheckCase: a public case says where it was made public, one of our own goes
// by an alias (14.17).
func CheckCase(source, state, notice, alias string) error {
	switch {
	case source == "inner" && strings.TrimSpace(alias) == "":
		return kit.Reject("alias", "integrity_alias_missing", "街道内部的案例必须用化名，请填写化名。")
	case source == "public" && state == "published" && strings.TrimSpace(notice) == "":
		return kit.Reject("notice", "integrity_notice_missing", "公开案例要写明是哪一份公开通报。")
	}
	return nil
}

// CheckNameless: a case of our own holds nobody's real name (14.17).
func CheckNameless(named int) error {
	if named > 0 {
		return kit.Reject("summary", "integrity_real_name", "内部案例里出现了名册上的真实姓名，请改用化名。")
	}
	return nil
}

// Campaign is what CheckCampaign looks at.
type Campaign struct {
	Kind, Topic, Loopholes, Film, Talk, Discussion string
	Closed                                         bool
}

// CheckCampaign: a month is closed when all three activities were held (14.16),
// a special campaign says what it is about and which loopholes it found
// (14.17).
func CheckCampaign(c Campaign) error {
	switch {
	case c.Kind == "special" && c.Topic == "":
		return kit.Reject("topic", "integrity_topic_missing", "请选择专项整治的内容。")
	case c.Closed && c.Kind == "special" && strings.TrimSpace(c.Loopholes) == "":
		return kit.Reject("loopholes", "integrity_loopholes_missing", "请写明问题对应的制度漏洞；没有就写“无”。")
	case c.Closed && c.Kind == "month" && (c.Film == "" || c.Talk == "" || c.Discussion == ""):
		return kit.Reject("state", "integrity_month_incomplete", "宣传月要观看警示片、廉政提醒谈话、案件大讨论三类活动都办过才能结项。")
	}
	return nil
}

// CheckSolved: no more is solved than was found.
func CheckSolved(field string, solved, problems int) error {
	if solved > problems {
		return kit.Reject(field, "integrity_solved_more", "解决的问题数不能多于发现的问题数。")
	}
	return nil
}

// CheckInspection: a team has at least two members, and what it found is
// written down (8.4, 14.18).
func CheckInspection(team []string, result, problems string) error {
	if len(slices.Compact(slices.Sorted(slices.Values(team)))) < 2 {
		return kit.Reject("team", "integrity_team_small", "检查组至少两人。")
	}
	if (result == "found") != (strings.TrimSpace(problems) != "") {
		return kit.Reject("problems", "integrity_problems", "发现问题的要写问题清单，没有发现问题的不写。")
	}
	return nil
}
