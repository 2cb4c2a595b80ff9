package ledger

import (
	"errors"
	"fmt"

	"yaodian/hooks/dues/rate"
	"yaodian/hooks/kit"
)

// CheckLine: a charge adds to what is owed, a payment and a waiver take from
// it, and no line is worth nothing. That it isn't is a fault of the program.
func CheckLine(l Line) error {
	switch {
	case l.Person == "" || l.Org == "" || !rate.IsMonth(l.Month) || !kit.IsDate(l.BookedOn):
		return fmt.Errorf("dues: incomplete line %+v", l)
	case l.Amount == 0:
		return errors.New("dues: a line of nothing")
	case l.Kind == Charge && l.Amount < 0, (l.Kind == Payment || l.Kind == Waiver) && l.Amount > 0:
		return fmt.Errorf("dues: %s of %s", l.Kind, l.Amount)
	}
	return nil
}

// CheckOpen: what a month has been closed with stays so; corrections are booked
// in a later month.
func CheckOpen(month string, closed bool) error {
	if closed {
		return kit.Reject("booked_on", "dues_month_closed", fmt.Sprintf("%s 已经结账，不能再记入这个月；请按以后的日期登记或更正。", month))
	}
	return nil
}

// CheckBooked: nothing is booked before it happens.
func CheckBooked(day, today string) error {
	if day > today {
		return kit.Reject("received_on", "dues_date_future", "日期还没有到，请在当天登记。")
	}
	return nil
}
