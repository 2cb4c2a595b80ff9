package inspections

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"yaodian/hooks/kit"
)

// CheckPoints: no round begins before the year's points have been issued
// (domain.md 14.20).
func CheckPoints(state string, year int, begins string) error {
	if state != "issued" || !strings.HasPrefix(begins, fmt.Sprintf("%04d-", year)) {
		return kit.Reject("points", "inspections_no_points", "本年度的巡察工作要点还没有印发，不能新建巡察轮次。")
	}
	return nil
}

// CheckTeam: a round begins with one leader and at least one other
// (一次一组队).
func CheckTeam(leaders, all int) error {
	if leaders != 1 || all < 2 {
		return kit.Reject("state", "inspections_team_incomplete", fmt.Sprintf("进驻前要组好巡察组：组长一名，另有组员。现在组长 %d 名，共 %d 人。", leaders, all))
	}
	return nil
}

// CheckReviewed: what is reported has been reviewed (R-INSP-05).
func CheckReviewed(open int) error {
	if open > 0 {
		return kit.Reject("state", "inspections_papers_open", fmt.Sprintf("还有 %d 份底稿没有复核，复核以后才能报告。", open))
	}
	return nil
}

// CheckPool: who leaves the pool leaves it for a reason.
func CheckPool(until, reason string) error {
	if (until == "") != (reason == "") {
		return kit.Reject("reason", "inspections_pool_reason", "出库日期和出库原因要一起填写。")
	}
	return nil
}

// CheckRecusal: without a signed declaration nobody joins, nor with a reason to
// stand aside (R-INSP-04).
func CheckRecusal(recusal, signed, today string) error {
	switch {
	case !kit.IsDate(signed) || signed > today:
		return kit.Reject("recusal_on", "inspections_recusal_unsigned", "没有签署回避申报的不能入组，签署日期不能晚于今天。")
	case recusal != "none":
		return kit.Reject("recusal", "inspections_recusal_needed", "有应当回避情形的人不能进入本轮巡察组，请另选他人。")
	}
	return nil
}

// RecusalSince is the day after which a post that has ended still counts for a
// round (R-INSP-03).
func RecusalSince(begins string, years int) string {
	day, err := time.Parse(time.DateOnly, begins)
	if err != nil {
		return ""
	}
	return day.AddDate(-years, 0, 0).Format(time.DateOnly)
}

// standing is how a person stands to a round.
type standing struct {
	InPool, LeaderPool bool
	Before             string // a target whose last inspection the person took part in
	Own                string // a target where the person works or has worked lately
	Years              int    // how many years are lately
}

// CheckStanding: team members come from the pool, inspect nobody twice running
// (R-INSP-02) and not where they work or worked lately (R-INSP-03).
func CheckStanding(role string, s standing) error {
	switch {
	case !s.InPool:
		return kit.Reject("person", "inspections_not_in_pool", "这个人在进驻那一天不在巡察人才库，不能入组。")
	case role == "leader" && !s.LeaderPool:
		return kit.Reject("role", "inspections_not_leader", "组长要从组长库产生，这个人不在组长库。")
	case s.Before != "":
		return kit.Reject("person", "inspections_twice", fmt.Sprintf("这个人参加过上一轮对“%s”的巡察，不能连续两轮巡察同一个单位。", s.Before))
	case s.Own != "":
		return kit.Reject("person", "inspections_own_unit", fmt.Sprintf("这个人现在或最近 %d 年在“%s”任职，应当回避。", s.Years, s.Own))
	}
	return nil
}

// CheckHands: papers are checked and reviewed by the team, and nobody does both
// in one round (R-INSP-05, 14.23).
func CheckHands(field, by string, team, otherHands []string) error {
	switch {
	case by == "":
		return nil
	case !slices.Contains(team, by):
		return kit.Reject(field, "inspections_not_in_team", "底稿只能由本轮巡察组的成员检查和复核。")
	case slices.Contains(otherHands, by):
		return kit.Reject(field, "inspections_both_hands", "同一轮里检查过底稿的人不能复核，复核过的人不能检查，请由另一位组员办理。")
	}
	return nil
}

// CheckTarget: what is written down concerns a unit that the round inspects.
func CheckTarget(target string, targets []string) error {
	if !slices.Contains(targets, target) {
		return kit.Reject("target", "inspections_not_target", "这个组织不是本轮的被巡组织，请重新选择。")
	}
	return nil
}

// CheckPaperOf: a finding rests on a reviewed paper of its own round about its
// own unit (R-INSP-05).
func CheckPaperOf(state string, sameRound, sameTarget bool) error {
	switch {
	case !sameRound || !sameTarget:
		return kit.Reject("paper", "inspections_paper_other", "这份底稿不是本轮对这个组织的底稿，请重新选择。")
	case state != "reviewed":
		return kit.Reject("paper", "inspections_paper_unreviewed", "底稿复核以后才能写进报告。")
	}
	return nil
}

// CheckAgain: what a second look found is written down before work goes on;
// what follows for anybody is decided by people (R-INSP-09).
func CheckAgain(from, to, lookback string) error {
	if (from == "reopened" || from == "faked") && to == "doing" && strings.TrimSpace(lookback) == "" {
		return kit.Reject("lookback", "inspections_lookback_missing", "请先写明回头看的结果，再重新整改。")
	}
	return nil
}

// CheckDone: nothing is closed in the future.
func CheckDone(field, on, today string) error {
	if on != "" && (!kit.IsDate(on) || on > today) {
		return kit.Reject(field, "inspections_date_future", "请填写真实的日期，不能晚于今天。")
	}
	return nil
}

var (
	number = regexp.MustCompile(`^[0-9A-Za-z〔〕()（）\[\]年第字号巡线移-]+$`)
	// personal is what a telephone or an identity number looks like.
	personal = regexp.MustCompile(`[0-9]{7}`)
)

// CheckNumber: a handover is a number and nothing that leads to whoever spoke
// up: no word but those of a number, no telephone, no identity (R-INSP-06).
func CheckNumber(s string) error {
	if !number.MatchString(s) || personal.MatchString(s) {
		return kit.Reject("number", "inspections_reporter", "移交登记只写编号，不能写人名、电话、证件号和线索内容，例如“巡移〔2026〕3号”。")
	}
	return nil
}
