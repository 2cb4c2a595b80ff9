package ledger

import (
	"strconv"

	"yaodian/hooks/dues/rate"
	"yaodian/hooks/kit"
)

// Entry is a line as it stands in the ledger.
type Entry struct {
	ID  string
	Seq int64
	Line
	Created string
	Prev    string
	Hash    string
}

// columns are the names of an entry's columns, in the order of the hash.
const columns = `id, seq, person, month, kind, amount, booked_on, explain, rates, payment, waiver, reverses, [[by]], org, created, prev`

// Sum is the SHA-256 over all columns but the hash itself and org_path, in the
// encoding of the audit trail.
func (e *Entry) Sum() string {
	return kit.Digest(e.ID, strconv.FormatInt(e.Seq, 10), e.Person, e.Month, string(e.Kind), strconv.FormatInt(int64(e.Amount), 10), e.BookedOn, e.Explain,
		e.Rates, e.Payment, e.Waiver, e.Reverses, e.By, e.Org, e.Created, e.Prev)
}

// Seal is a digest over what a settled record says of money: who changes one of
// its parts behind the program's back is found out.
func Seal(r interface{ GetString(string) string }, fields ...string) string {
	texts := make([]string, len(fields))
	for i, f := range fields {
		texts[i] = r.GetString(f)
	}
	return kit.Digest(texts...)
}

// Link is the line as its chain knows it.
func (e *Entry) Link() kit.Link {
	return kit.Link{Seq: e.Seq, ID: e.ID, Prev: e.Prev, Hash: e.Hash, Sum: e.Sum()}
}

// Owed is what the lines of a month add up to, by kind.
type Owed struct {
	Month     string   `db:"month" json:"month"`
	Charged   rate.Fen `db:"charged" json:"charged"`     // with corrections
	Paid      rate.Fen `db:"paid" json:"paid"`           // positive
	Waived    rate.Fen `db:"waived" json:"waived"`       // positive
	Remaining rate.Fen `db:"remaining" json:"remaining"` // still owed; negative: paid in advance
}
