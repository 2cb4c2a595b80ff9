package charge

import (
	"errors"
	"fmt"

	"yaodian/hooks/dues/rate"
	"yaodian/hooks/kit"
)

// AsViolation turns the refusal of a reckoning into the error of a field.
func AsViolation(err error) error {
	var refusal *rate.Refusal
	if errors.As(err, &refusal) {
		return kit.Reject(refusal.Field, refusal.Code, refusal.Message)
	}
	return err
}

// CheckBillable: nobody is billed for a month that has not begun.
func CheckBillable(month, today string) error {
	if !rate.IsMonth(month) {
		return kit.Reject("month", "dues_month_unreal", "月份要写成 2026-03 这样。")
	}
	if month > today[:7] {
		return kit.Reject("month", "dues_month_future", fmt.Sprintf("%s 还没有到，不能生成应交。", month))
	}
	return nil
}
