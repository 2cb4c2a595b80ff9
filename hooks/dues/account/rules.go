package account

import (
	"fmt"
	"strconv"
	"strings"

	"yaodian/hooks/dues/rate"
	"yaodian/hooks/kit"
)

// Central is from which amount on, given at once, a donation goes up whole
// (R-DUES-10).
const Central = rate.Fen(1000_00)

// Tier is where a donation goes.
func Tier(amount rate.Fen) string {
	if amount >= Central {
		return "central"
	}
	return "keep"
}

// CheckDonation: a donation is one amount on one day; two that together reach
// the bound are one (R-DUES-10).
func CheckDonation(amount, sameDay rate.Fen) error {
	if amount <= 0 {
		return kit.Reject("amount", "dues_donation_amount", "金额须大于零。")
	}
	if sameDay > 0 && Tier(amount) == "keep" && Tier(amount+sameDay) == "central" {
		return kit.Reject("amount", "dues_donation_split",
			fmt.Sprintf("同一天已经登记过 %s 元，合计达到 %s 元，属于一次多交，须全部上缴；请合并登记。", sameDay, Central))
	}
	return nil
}

// CheckSpending: money is spent for real, by a decision taken before, to
// somebody else than who handles it (R-DUES-11).
func CheckSpending(amount rate.Fen, payee, handler, resolvedOn, today string) error {
	switch {
	case amount <= 0:
		return kit.Reject("amount", "dues_expense_amount", "金额须大于零。")
	case !kit.IsDate(resolvedOn) || resolvedOn > today:
		return kit.Reject("resolved_on", "dues_expense_resolved", "使用党费须先集体讨论决定，请写明决定的真实日期。")
	case handler != "" && strings.Contains(payee, handler):
		return kit.Reject("payee", "dues_expense_payee", "收款人不能是经办人。")
	}
	return nil
}

// CheckBalance: nothing is paid out of an empty account (R-DUES-11).
func CheckBalance(amount, balance rate.Fen, unit string) error {
	if amount > balance {
		return kit.Reject("amount", "dues_expense_balance", fmt.Sprintf("%s的党费结存 %s 元，不够支付 %s 元。", unit, balance, amount))
	}
	return nil
}

// Share is what goes up of what was paid, halves up; bp is the rate in basis
// points (R-DUES-12).
func Share(paid rate.Fen, bp int) rate.Fen {
	return (paid*rate.Fen(bp) + 5000) / 10_000
}

// CheckRemittance: a remittance has months that are over and a rate with its
// document (R-DUES-12).
func CheckRemittance(from, to string, bp int, document, due, today string) error {
	switch {
	case !rate.IsMonth(from) || !rate.IsMonth(to) || to < from:
		return kit.Reject("to_month", "dues_period_reversed", "请写明从哪个月到哪个月。")
	case to >= today[:7]:
		return kit.Reject("to_month", "dues_remittance_early", "这些月份还没有结束，不能计算上缴。")
	case bp <= 0 || bp > 10_000:
		return kit.Reject("rate", "dues_remittance_rate", "上缴比例是万分之几，须在 1 到 10000 之间，由省级规定。")
	case strings.TrimSpace(document) == "":
		return kit.Reject("document", "dues_remittance_document", "请写明上缴比例的文号。")
	case !kit.IsDate(due):
		return kit.Reject("due", "dues_date_unreal", "请写明应在哪天前上缴。")
	}
	return nil
}

// CheckClosing: months are closed when they are over, one after the other.
func CheckClosing(month, today, earlier string) error {
	switch {
	case !rate.IsMonth(month):
		return kit.Reject("month", "dues_month_unreal", "月份要写成 2026-03 这样。")
	case month >= today[:7]:
		return kit.Reject("month", "dues_closing_early", fmt.Sprintf("%s 还没有结束，不能结账。", month))
	case earlier != "":
		return kit.Reject("month", "dues_closing_order", fmt.Sprintf("%s 还没有结账，请按月份先后结账。", earlier))
	}
	return nil
}

// CheckApart: whoever reckons doesn't pay (R-DUES-15).
func CheckApart(name, unit string) error {
	if name == "" {
		return nil
	}
	return kit.Reject("person", "dues_same_keeper", fmt.Sprintf("%s会同时成为%s的党费会计和出纳；会计、出纳须由两人分别担任。", name, unit))
}

// Quarter is a period of disclosure: its months, the day by which it is due.
type Quarter struct{ From, To, Due string }

// PeriodOf reads 2026-Q1 or 2026-Y. What has happened is disclosed in the month
// that follows.
func PeriodOf(period string) (Quarter, bool) {
	year, part, _ := strings.Cut(period, "-")
	from, to := year+"-01", year+"-12"
	if n, err := strconv.Atoi(strings.TrimPrefix(part, "Q")); err == nil && strings.HasPrefix(part, "Q") && n >= 1 && n <= 4 {
		from = rate.Shift(from, 3*(n-1))
		to = rate.Shift(from, 2)
	} else if part != "Y" {
		return Quarter{}, false
	}
	return Quarter{from, to, rate.LastDay(rate.Shift(to, 1))}, rate.IsMonth(from)
}

// LastPeriods are the periods that ended most recently by a month: the quarter,
// and the year once it is over.
func LastPeriods(month string) []string {
	year, _ := strconv.Atoi(month[:4])
	n, _ := strconv.Atoi(month[5:])
	if n <= 3 {
		return []string{fmt.Sprintf("%d-Q4", year-1), fmt.Sprintf("%d-Y", year-1)}
	}
	return []string{fmt.Sprintf("%d-Q%d", year, (n-1)/3)}
}

// CheckPublish: a period is disclosed when it is over (R-DUES-13).
func CheckPublish(period, today string) error {
	q, ok := PeriodOf(period)
	if !ok {
		return kit.Reject("period", "dues_period_unreal", "期间要写成 2026-Q1 或 2026-Y。")
	}
	if q.To >= today[:7] {
		return kit.Reject("period", "dues_disclosure_early", "这一期还没有结束，不能公布。")
	}
	return nil
}
