package pay

import (
	"fmt"
	"strings"

	"yaodian/hooks/dues/rate"
	"yaodian/hooks/kit"
)

const (
	// MaxSpan is how many months a payment may cover, lie back or reach ahead
	// without leave from above (R-DUES-06).
	MaxSpan = 6
	// WarnAhead is from how many months ahead a payment is worth a warning: some
	// places allow no more (domain.md 16, 8).
	WarnAhead = 3
)

// Slip is a payment as it is recorded.
type Slip struct {
	Person, Org               string
	Amount                    rate.Fen
	From, To                  string
	Method, Payer             string
	PayerPerson, RecordedBy   string
	ReceivedOn                string
	Reason, Document, Receipt string
	recorder                  string // the recorder's name
}

// CheckSlip: a payment is real money for real months, recorded by somebody who
// didn't bring it for another (R-DUES-06, R-DUES-07).
func CheckSlip(s Slip, today string) error {
	switch {
	case s.Amount <= 0:
		return kit.Reject("amount", "dues_payment_amount", "实收金额须大于零；退错的收款请冲正。")
	case !rate.IsMonth(s.From) || !rate.IsMonth(s.To):
		return kit.Reject("from_month", "dues_month_unreal", "月份要写成 2026-03 这样。")
	case s.To < s.From:
		return kit.Reject("to_month", "dues_period_reversed", "截止月不能早于起始月。")
	case !kit.IsDate(s.ReceivedOn):
		return kit.Reject("received_on", "dues_date_unreal", "收款日期要写成 2026-06-30 这样。")
	case s.ReceivedOn > today:
		return kit.Reject("received_on", "dues_date_future", "收款日期还没有到，请在当天登记。")
	case s.RecordedBy == "":
		return kit.Reject("recorded_by", "dues_recorder_missing", "请写明收款登记人。")
	}
	if err := checkProxy(s); err != nil {
		return err
	}
	return checkReach(s)
}

// checkProxy: who pays for another isn't who records it (R-DUES-07).
func checkProxy(s Slip) error {
	switch {
	case s.Method != "behalf":
		return nil
	case strings.TrimSpace(s.Payer) == "" && s.PayerPerson == "":
		return kit.Reject("payer", "dues_payer_missing", "代交请写明代交人的姓名和关系。")
	case s.PayerPerson == s.RecordedBy, s.recorder != "" && strings.Contains(s.Payer, s.recorder):
		return kit.Reject("payer", "dues_payer_recorder", "代交人不能是收款登记人，请由另一位登记。")
	}
	return nil
}

// checkReach: a payment spans at most six months, makes up for at most six and
// reaches at most six ahead; paying ahead is agreed by the branch (R-DUES-06).
func checkReach(s Slip) error {
	current := s.ReceivedOn[:7]
	if s.To > rate.Shift(current, MaxSpan) {
		return kit.Reject("to_month", "dues_payment_ahead", "预交不能超过 6 个月。")
	}
	if s.To > current && strings.TrimSpace(s.Reason) == "" {
		return kit.Reject("reason", "dues_payment_ahead_reason", "预交须经支部同意，请写明原因和支部的意见。")
	}
	if s.Document != "" {
		return nil
	}
	if s.From < rate.Shift(current, -MaxSpan) {
		return kit.Reject("from_month", "dues_payment_late", "补交一般不超过 6 个月；确需补交更早的，请写明上级同意的文号。")
	}
	if rate.Span(s.From, s.To) > MaxSpan {
		return kit.Reject("to_month", "dues_payment_span", "一次交纳的账期不能超过 6 个月；确有需要的，请写明上级同意的文号。")
	}
	return nil
}

// Warnings is what somebody should look at before recording a payment.
func Warnings(s Slip) []string {
	out := []string{}
	current := s.ReceivedOn[:min(len(s.ReceivedOn), 7)]
	if n := rate.Span(current, s.To) - 1; n > WarnAhead {
		out = append(out, fmt.Sprintf("预交 %d 个月，一般不超过 3 个月。", n))
	}
	if n := rate.Span(s.From, current) - 1; n > 1 {
		out = append(out, fmt.Sprintf("补交了 %d 个月前的党费。", n))
	}
	return out
}

// Part is how much of a payment goes to a month, or how much the month owes.
type Part struct {
	Month  string   `json:"month"`
	Amount rate.Fen `json:"amount"`
}

// Allocate settles the months that owe, the oldest first, and refuses what is
// more than they owe together.
func Allocate(amount rate.Fen, wants []Part) ([]Part, error) {
	var parts []Part
	var owed rate.Fen
	left := amount
	for _, w := range wants {
		if w.Amount <= 0 {
			continue
		}
		owed += w.Amount
		if take := min(left, w.Amount); take > 0 {
			parts = append(parts, Part{w.Month, take})
			left -= take
		}
	}
	if left > 0 {
		return nil, kit.Reject("amount", "dues_overpaid",
			fmt.Sprintf("本次登记 %s 元，超过这些月份欠交的 %s 元；预交请把截止月写到以后的月份，自愿多交的请另行登记。", amount, owed))
	}
	return parts, nil
}

// CheckReversal: who takes back a payment says why.
func CheckReversal(reversing bool, reason, before string) error {
	if reversing && (len([]rune(strings.TrimSpace(reason))) < 2 || reason == before) {
		return kit.Reject("reason", "dues_reversal_reason", "冲正请写明原因。")
	}
	return nil
}

// digits and places write an amount so that nobody can add a stroke.
var (
	digits = []rune("零壹贰叁肆伍陆柒捌玖")
	places = []string{"", "拾", "佰", "仟"}
	groups = []string{"", "万", "亿"}
)

// Capital writes an amount in the numerals of receipts: 壹佰零伍元叁角.
func Capital(f rate.Fen) string {
	yuan, jiao, fen := int64(f)/100, int64(f)/10%10, int64(f)%10
	text := ""
	for g := 0; yuan > 0; g++ {
		if part := yuan % 10_000; part > 0 {
			word := fourDigits(part) + groups[g]
			if part < 1000 && yuan > part {
				word = "零" + word
			}
			text = word + text
		}
		yuan /= 10_000
	}
	if text != "" {
		text += "元"
	}
	switch {
	case text == "" && jiao == 0 && fen == 0:
		return "零元整"
	case jiao == 0 && fen == 0:
		return text + "整"
	case jiao > 0:
		text += string(digits[jiao]) + "角"
	case text != "":
		text += "零"
	}
	if fen > 0 {
		text += string(digits[fen]) + "分"
	}
	return text
}

func fourDigits(n int64) string {
	text, zero := "", false
	for i := range 4 {
		d := n % 10
		n /= 10
		switch {
		case d > 0:
			if zero && text != "" {
				text = "零" + text
			}
			text, zero = string(digits[d])+places[i]+text, false
		default:
			zero = true
		}
	}
	return text
}
