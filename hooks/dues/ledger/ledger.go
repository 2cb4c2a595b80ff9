// Package ledger keeps the dues ledger (党费分录): what everybody owes and has
// paid, line by line. It only grows; a mistake is corrected by another line.
//
// Post is the one way in. Every line carries the number after the one before,
// its hash, and the hash of its own columns, so Verify finds one changed fen.
// Lines are inserted by SQL: no page is told of them, and the trail gets one
// entry for what is posted together. Nothing is booked into a month that the
// organization has closed.
//
// A charge (应交) is positive; what is paid (实交) or waived (减免) is negative; the
// sum is what is still owed.
package ledger

import (
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/dues/rate"
	"yaodian/hooks/kit"
)

// The collections that the ledger reads and writes.
const (
	Entries  = "dues_entries"
	Closings = "dues_closings"
)

// Kind is what a line is.
type Kind string

// The kinds of lines.
const (
	Charge     Kind = "charge"
	Payment    Kind = "payment"
	Waiver     Kind = "waiver"
	Reversal   Kind = "reversal"
	Correction Kind = "correction"
)

// Line is what is to be posted.
type Line struct {
	Person   string
	Month    string // whose dues these are
	Kind     Kind
	Amount   rate.Fen
	BookedOn string
	Explain  string
	Rates    string
	Payment  string
	Waiver   string
	Reverses string // id of the line that this one takes back
	By       string
	Org      string
	OrgPath  string
}

// Bind makes the ledger permanent for everybody.
func Bind(app core.App) {
	kit.On(app.OnRecordCreate(Entries), refuse)
	kit.On(app.OnRecordUpdate(Entries), refuse)
	kit.On(app.OnRecordDelete(Entries), refuse)
}

// refuse: lines are posted by the program and never changed.
func refuse(*core.RecordEvent) error {
	return kit.Forbid("dues_append_only", "党费分录由系统记账，任何人都不能添加、修改或删除；有差错请冲正或更正。")
}
