package assess

import (
	"fmt"
	"slices"
	"strings"

	"yaodian/hooks/dues/rate"
	"yaodian/hooks/kit"
)

// CheckPeriod: a period has real months and doesn't end before it begins.
func CheckPeriod(since, until string) error {
	switch {
	case !rate.IsMonth(since):
		return kit.Reject("since", "dues_month_unreal", "起始月要写成 2026-03 这样。")
	case until != "" && !rate.IsMonth(until):
		return kit.Reject("until", "dues_month_unreal", "截止月要写成 2026-12 这样。")
	case until != "" && until < since:
		return kit.Reject("until", "dues_period_reversed", "截止月不能早于起始月。")
	}
	return nil
}

// overlap reports whether two periods of months, ends included, share one.
func overlap(since1, until1, since2, until2 string) bool {
	return (until2 == "" || since1 <= until2) && (until1 == "" || since2 <= until1)
}

// CheckCategory: somebody has one category at a time (R-DUES-01), and a new one
// beside others says why.
func CheckCategory(p Period, made bool, reason string, others []Period) error {
	for _, o := range others {
		if overlap(p.Since, p.Until, o.Since, o.Until) {
			return kit.Reject("since", "dues_category_overlap",
				fmt.Sprintf("自 %s 起已经有一个类别，时间重叠；请先给原来的类别填写截止月。", o.Since))
		}
	}
	if made && len(others) > 0 && strings.TrimSpace(reason) == "" {
		return kit.Reject("reason", "dues_category_reason", "改变类别请写明原因。")
	}
	return nil
}

// Period is a stretch of months, ends included; an open end is empty.
type Period struct {
	Since string `db:"since"`
	Until string `db:"until"`
}

// varying are the categories whose base follows the income of the month or the
// quarter, so that a change within the year is no exception.
var varying = []rate.Category{rate.WageAnnual, rate.SelfEmployed, rate.UnstableIncome}

// CheckMidYear: a base stays for the year; changing it needs a reason and the
// branch's confirmation (R-DUES-05). before is the month since when the year
// has a base, empty if it has none.
func CheckMidYear(category rate.Category, since, before, reason, resolution string) error {
	if before == "" || before == since || slices.Contains(varying, category) {
		return nil
	}
	if strings.TrimSpace(reason) == "" {
		return kit.Reject("reason", "dues_midyear_reason", fmt.Sprintf("今年自 %s 起已经核定过，年内一般不变动；确需调整的请写明原因。", before))
	}
	if strings.TrimSpace(resolution) == "" {
		return kit.Reject("resolution", "dues_midyear_confirm", "年内调整须经支部确认，请写明支部会议的日期或纪要。")
	}
	return nil
}

// CheckWaiver: a waiver lasts to December at most (R-DUES-09), asks for less
// than is owed, and doesn't meet another one.
func CheckWaiver(p Period, amount, due rate.Fen, others []Period) error {
	if err := CheckPeriod(p.Since, p.Until); err != nil {
		return err
	}
	switch {
	case p.Until == "" || p.Since[:4] != p.Until[:4]:
		return kit.Reject("until", "dues_waiver_year", "减免最长到当年 12 月，下一年请重新申请。")
	case amount < 0 || amount >= due:
		return kit.Reject("amount", "dues_waiver_amount", fmt.Sprintf("减免后的金额须低于应交的 %s 元。", due))
	}
	for _, o := range others {
		if overlap(p.Since, p.Until, o.Since, o.Until) {
			return kit.Reject("since", "dues_waiver_overlap", fmt.Sprintf("自 %s 至 %s 已经有一项减免，时间重叠。", o.Since, o.Until))
		}
	}
	return nil
}

// levelOf is who approves a waiver: the branch for the retired, for all others
// the committee above (domain.md 1.6).
func levelOf(category rate.Category) string {
	if category == rate.Retired {
		return "branch"
	}
	return "parent_committee"
}

// CheckRates: a set takes effect if it is complete and sound.
func CheckRates(set rate.Set) error {
	if wrong := set.Check(); len(wrong) > 0 {
		return kit.Reject("scales", "dues_rates_unsound", strings.Join(wrong, ""))
	}
	if !rate.IsMonth(set.Effective) {
		return kit.Reject("effective", "dues_month_unreal", "启用月份要写成 2026-03 这样。")
	}
	return nil
}
