package exchange

import (
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strings"

	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"

	"yaodian/hooks/exchange/sheet"
	"yaodian/hooks/words"
)

// Diff is what a row does to one field, as people read it.
type Diff struct {
	Field string `json:"field"`
	Title string `json:"title"`
	Old   string `json:"old,omitempty"`
	New   string `json:"new"`
}

// Outcome is what a row does, or did.
type Outcome struct {
	Number int           `json:"number"`
	Name   string        `json:"name,omitempty"` // what the row is about: its first column
	Action Action        `json:"action"`
	Record string        `json:"record,omitempty"`
	Diffs  []Diff        `json:"diffs,omitempty"`
	Faults []sheet.Fault `json:"faults,omitempty"`
	Notes  []sheet.Fault `json:"notes,omitempty"`

	undo undo
}

// sum tells whether the row would do the same once more. The record of a new
// row gets another id each time.
func (o Outcome) sum() string {
	h := fnv.New64a()
	record := o.Record
	if o.Action == Add {
		record = ""
	}
	_ = json.NewEncoder(h).Encode([]any{o.Action, record, o.Diffs})
	return fmt.Sprintf("%016x", h.Sum64())
}

// entry enters the rows of one import.
type entry struct {
	hand    *hand
	header  sheet.Header
	matcher *matcher
	targets map[string]target // by field
	guarded bool              // a row that is refused is taken back by itself
}

func newEntry(app core.App, h *hand, d sheet.Description, header sheet.Header) (*entry, error) {
	e := &entry{hand: h, header: header, matcher: newMatcher(app, d), targets: map[string]target{}}
	for _, f := range header.Found {
		if f.Column.Target == "" {
			continue
		}
		t, err := targetOf(app, f.Column.Target)
		if err != nil {
			return nil, err
		}
		e.targets[f.Column.Field] = t
	}
	return e, nil
}

// enter does what up to a batch of rows say, inside the transaction of tx.
func (e *entry) enter(tx core.App, rows []sheet.Row) ([]Outcome, error) {
	if err := e.resolve(tx, rows); err != nil {
		return nil, err
	}
	candidates, err := e.matcher.candidates(tx, e.hand.collection, rows)
	if err != nil {
		return nil, err
	}
	old, err := e.oldNames(tx, candidates)
	if err != nil {
		return nil, err
	}
	outcomes := make([]Outcome, len(rows))
	for i, row := range rows {
		if err := e.hand.ctx.Err(); err != nil {
			return nil, err
		}
		enter := e.one
		if e.guarded {
			enter = e.betweenMarks
		}
		if outcomes[i], err = enter(tx, row, candidates, old); err != nil {
			return nil, err
		}
		slim(e.hand.ctx)
	}
	return outcomes, nil
}

// betweenMarks enters a row so that one that is refused half way leaves nothing
// behind. SQLite copies every page that such a row touches.
func (e *entry) betweenMarks(tx core.App, row sheet.Row, candidates map[int]map[string][]*core.Record, old map[string]string) (Outcome, error) {
	if _, err := tx.NonconcurrentDB().NewQuery("SAVEPOINT exchange_row").Execute(); err != nil {
		return Outcome{}, err
	}
	o, err := e.one(tx, row, candidates, old)
	if err != nil {
		return o, err
	}
	if o.Action == Refused {
		if _, err := tx.NonconcurrentDB().NewQuery("ROLLBACK TO exchange_row").Execute(); err != nil {
			return o, err
		}
	}
	_, err = tx.NonconcurrentDB().NewQuery("RELEASE exchange_row").Execute()
	return o, err
}

func (e *entry) one(tx core.App, row sheet.Row, candidates map[int]map[string][]*core.Record, old map[string]string) (Outcome, error) {
	o := Outcome{Number: row.Number, Name: e.nameOf(row), Action: Refused, Notes: row.Notes}
	if err := e.resolveLate(tx, &row); err != nil {
		return o, err
	}
	if o.Faults = row.Faults; len(o.Faults) > 0 {
		return o, nil
	}
	record, p := e.matcher.match(row, candidates)
	if p != nil {
		o.Faults = []sheet.Fault{e.header.At(row.Number, core.FieldNameId, p.Code, p.Message)}
		return o, nil
	}
	if earlier, k := e.matcher.again(row); earlier > 0 {
		o.Faults = []sheet.Fault{e.header.At(row.Number, k.Fields[0], "exchange_twice", fmt.Sprintf("和第 %d 行的%s相同。", earlier, e.matcher.titles(k)))}
		return o, nil
	}
	err := e.put(tx, row, record, old, &o)
	if err == nil {
		return o, nil
	}
	if o.Faults = e.faults(row.Number, err); len(o.Faults) == 0 {
		return o, fmt.Errorf("row %d: %w", row.Number, err)
	}
	o.Action, o.Diffs, o.Record = Refused, nil, ""
	return o, nil
}

// nameOf is what people call the record of a row: the text of the first column
// of the description.
func (e *entry) nameOf(row sheet.Row) string {
	c := e.matcher.described.Columns[0]
	if c.Mask != nil || c.Fixed {
		return ""
	}
	name := row.Cells[c.Field]
	if value := row.Values[c.Field]; value != nil && c.Target == "" {
		name = c.Text(value)
	}
	return clip(strings.TrimSpace(name), 60)
}

// put creates or changes the record of a row.
func (e *entry) put(tx core.App, row sheet.Row, record *core.Record, old map[string]string, o *Outcome) (err error) {
	data := map[string]any{}
	for _, f := range e.header.Found {
		c := f.Column
		value, said := row.Values[c.Field]
		if !said || c.Fixed {
			continue
		}
		diff := Diff{Field: c.Field, Title: c.Title, New: e.show(c, row.Cells[c.Field], value)}
		if record != nil {
			if c.Text(value) == e.matcher.holds(c, record) {
				continue
			}
			diff.Old = e.showOld(c, record, old)
			if c.Mask != nil && diff.Old == diff.New {
				diff.New += "（已更改）" // what differs is hidden
			}
		}
		data[c.Field] = value
		o.Diffs = append(o.Diffs, diff)
	}
	switch {
	case record == nil:
		o.Action = Add
		e.defaults(data)
		record, err = e.hand.create(tx, data)
		if err == nil {
			o.Record, o.undo.Sum = record.Id, sumOf(tx, record)
		}
	case len(data) == 0:
		o.Action, o.Record = Same, record.Id
	default:
		o.Action, o.Record = Change, record.Id
		err = e.change(tx, record, data, o)
	}
	return err
}

// defaults fills in what a new record needs and the table doesn't say.
func (e *entry) defaults(data map[string]any) {
	for _, c := range e.matcher.described.Columns {
		if _, said := data[c.Field]; !said && c.Default != nil {
			data[c.Field] = c.Default
		}
	}
}

// change keeps what the record held before beside what it holds after.
func (e *entry) change(tx core.App, record *core.Record, data map[string]any, o *Outcome) error {
	before, err := columnsOf(tx, record)
	if err != nil {
		return err
	}
	if err := e.hand.update(tx, record, data); err != nil {
		return err
	}
	after, err := columnsOf(tx, record)
	if err != nil {
		return err
	}
	o.undo = undoOf(before, after)
	return nil
}

// faults says of each rule that a row breaks which cell it is about.
func (e *entry) faults(row int, err error) []sheet.Fault {
	var out []sheet.Fault
	var fields validation.Errors
	var refused *router.ApiError
	switch {
	case errors.As(err, &refused):
		code := "exchange_refused"
		var inner validation.Errors
		if raw, ok := refused.RawData().(error); ok && errors.As(raw, &inner) {
			for _, one := range inner {
				code, _ = told(one)
			}
		}
		out = append(out, e.header.At(row, "", code, words.Sentence(refused.Status, refused.Message, false)))
	case errors.As(err, &fields):
		for _, name := range slices.Sorted(maps.Keys(fields)) {
			code, message := told(fields[name])
			if f := e.header.At(row, name, code, message); f.Column != "" || !e.titled(name) {
				out = append(out, f)
				continue
			}
			out = append(out, e.header.At(row, "", code, fmt.Sprintf("“%s”：%s", e.title(name), message)))
		}
	}
	return out
}

func (e *entry) titled(field string) bool { return e.title(field) != "" }

func (e *entry) title(field string) string {
	c, _ := e.matcher.described.Column(field)
	return c.Title
}

// told is the code of a rule and its sentence in Chinese.
func told(err error) (code, message string) {
	var known validation.Error
	var coded router.SafeErrorItem
	switch {
	case errors.As(err, &known):
		return known.Code(), words.Field(known.Code(), known.Error(), known.Params())
	case errors.As(err, &coded):
		return coded.Code(), words.Field(coded.Code(), coded.Error(), nil)
	}
	return "exchange_refused", words.Field("", err.Error(), nil)
}
