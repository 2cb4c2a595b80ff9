// Package sheet reads the tables that offices keep (花名册、台账) and writes
// tables that read back without loss. It knows nothing of PocketBase: a
// Description says which columns there are, a Table gives typed rows, and
// every cell that can't be read is named by row and column.
//
// Reading is forgiving about form (titles above the header, two rows of header,
// merged cells, footers, dates and numbers as people write them) and strict
// about meaning: what can be read in two ways is asked back, never guessed.
package sheet

// Kind is what the cells of a column hold. The comment says what a value is
// in Go.
type Kind string

// The kinds of columns.
const (
	Text       Kind = "text"       // string
	Name       Kind = "name"       // string; 张　三 is 张三
	Code       Kind = "code"       // string of letters and digits: no blanks, half width
	Phone      Kind = "phone"      // string of digits
	Identity   Kind = "identity"   // string, a citizen's identity number
	Date       Kind = "date"       // string YYYY-MM-DD
	Month      Kind = "month"      // string YYYY-MM
	Moment     Kind = "moment"     // string, UTC as PocketBase writes it
	Bool       Kind = "bool"       // bool
	Whole      Kind = "whole"      // int64
	Decimal    Kind = "decimal"    // float64
	Money      Kind = "money"      // int64 in fen, written in yuan
	Choice     Kind = "choice"     // string, one of Options
	Choices    Kind = "choices"    // []string, some of Options
	Reference  Kind = "reference"  // string: who or what is meant, as written
	References Kind = "references" // []string
	JSON       Kind = "json"       // string
)

// Option is one value of a choice: what is stored and how people write it.
type Option struct {
	Value   string   `json:"value"`
	Word    string   `json:"word"`
	Aliases []string `json:"aliases,omitempty"`
}

// Column describes one column.
type Column struct {
	Field    string   `json:"field"` // where the value is stored
	Title    string   `json:"title"` // what the header says when we write it
	Aliases  []string `json:"aliases,omitempty"`
	Kind     Kind     `json:"kind"`
	Required bool     `json:"required,omitempty"`
	Max      int      `json:"max,omitempty"` // characters; 0 is no limit
	Options  []Option `json:"options,omitempty"`
	Target   string   `json:"target,omitempty"` // collection that a reference leads to
	Help     string   `json:"help,omitempty"`
	// FirstDay takes a date written as a month (1990.05) for its first day and
	// says so; without it such a date is refused.
	FirstDay bool `json:"first_day,omitempty"`
	// Default is what a new record gets where the table doesn't say.
	Default any `json:"default,omitempty"`
	// Fixed columns are written and may be matched by, but never stored.
	Fixed bool `json:"fixed,omitempty"`
}

// Description says what a table holds.
type Description struct {
	Collection string   `json:"collection"`
	Title      string   `json:"title"`
	Columns    []Column `json:"columns"`
	// Keys find the stored record of a row, the surest first. The fields of a
	// key count together.
	Keys []Key `json:"keys"`
}

// Key is a set of fields that together say which record is meant.
type Key struct {
	Fields []string `json:"fields"`
	// Weak keys (a name within a branch) are believed only where no other key
	// contradicts them.
	Weak bool `json:"weak,omitempty"`
}

// Column finds a column by its field.
func (d Description) Column(field string) (Column, bool) {
	for _, c := range d.Columns {
		if c.Field == field {
			return c, true
		}
	}
	return Column{}, false
}

// Only keeps the columns that keep says yes to, and the keys that are left whole.
func (d Description) Only(keep func(field string) bool) Description {
	out := d
	out.Columns, out.Keys = nil, nil
	for _, c := range d.Columns {
		if keep(c.Field) {
			out.Columns = append(out.Columns, c)
		}
	}
	for _, k := range d.Keys {
		if out.has(k) {
			out.Keys = append(out.Keys, k)
		}
	}
	return out
}

func (d Description) has(k Key) bool {
	for _, field := range k.Fields {
		if _, ok := d.Column(field); !ok {
			return false
		}
	}
	return true
}
