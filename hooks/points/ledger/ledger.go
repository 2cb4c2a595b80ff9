// Package ledger keeps the points ledger (积分分录): who was given what, by which
// rule, from which record. It only grows; a mistake is taken back by another
// line.
//
// Post is the one way in. Every line carries the number after the one before,
// its hash, and the hash of its own columns, so one changed point is found.
// An award holds what its rule gives, before caps: what a cap leaves of it
// depends on the others, and is reckoned when the ledger is read. So nothing has
// to be counted before a line is written, and no order of lines, no withdrawal
// and no race can make the sum wrong.
package ledger

import (
	"strconv"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/points/rule"
)

// The collections that the ledger reads and writes.
const (
	Entries = "points_entries"
	Periods = "points_periods"
)

// The kinds of lines.
const (
	Award    = "award"
	Reversal = "reversal"
)

// Line is what is to be posted.
type Line struct {
	Person     string
	Rule       string
	Kind       string
	Points     rule.Tenths
	Day        string // of what happened: it says which year and which caps
	Activity   string
	Nth        int64 // which award of the activity for the person
	Collection string
	Source     string
	Explain    string
	Reverses   string
	By         string
	Org        string
	OrgPath    string
}

// Entry is a line as it stands in the ledger.
type Entry struct {
	ID  string
	Seq int64
	Line
	Quarter  string
	BookedOn string
	Created  string
	Prev     string
	Hash     string
}

// columns are the names of an entry's columns, in the order of the hash.
const columns = `id, seq, person, rule, kind, points, day, quarter, booked_on, activity, nth, collection, source, explain, reverses, [[by]], org, created, prev`

// Sum is the digest of all columns but the hash itself and org_path.
func (e *Entry) Sum() string {
	return kit.Digest(e.ID, strconv.FormatInt(e.Seq, 10), e.Person, e.Rule, e.Kind, strconv.FormatInt(int64(e.Points), 10), e.Day, e.Quarter, e.BookedOn,
		e.Activity, strconv.FormatInt(e.Nth, 10), e.Collection, e.Source, e.Explain, e.Reverses, e.By, e.Org, e.Created, e.Prev)
}

// row are the values of an entry, in the order of columns, its hash and path.
func (e *Entry) row() []any {
	return []any{
		e.ID, e.Seq, e.Person, e.Rule, e.Kind, e.Points, e.Day, e.Quarter, e.BookedOn, e.Activity, e.Nth, e.Collection, e.Source, e.Explain,
		e.Reverses, e.By, e.Org, e.Created, e.Prev, e.Hash, e.OrgPath,
	}
}

// dest are where the columns of row are read into.
func (e *Entry) dest() []any {
	return []any{
		&e.ID, &e.Seq, &e.Person, &e.Rule, &e.Kind, &e.Points, &e.Day, &e.Quarter, &e.BookedOn, &e.Activity, &e.Nth, &e.Collection, &e.Source, &e.Explain,
		&e.Reverses, &e.By, &e.Org, &e.Created, &e.Prev, &e.Hash, &e.OrgPath,
	}
}

// Link is the line as its chain knows it.
func (e *Entry) Link() kit.Link {
	return kit.Link{Seq: e.Seq, ID: e.ID, Prev: e.Prev, Hash: e.Hash, Sum: e.Sum()}
}

// Bind makes the ledger permanent for everybody.
func Bind(app core.App) {
	kit.On(app.OnRecordCreate(Entries), refuse)
	kit.On(app.OnRecordUpdate(Entries), refuse)
	kit.On(app.OnRecordDelete(Entries), refuse)
}

// refuse: lines are posted by the program and never changed.
func refuse(*core.RecordEvent) error {
	return kit.Forbid("points_append_only", "积分分录由系统记账，任何人都不能添加、修改或删除；有差错请更正来源记录，系统自动冲正。")
}
