package exchange

import (
	"fmt"
	"hash/maphash"
	"slices"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/exchange/sheet"
)

// Seal is a field that is stored so that nobody can read it, beside a keyed
// hash by which it is found and compared (an identity number).
type Seal struct {
	Collection string
	Field      string // what a form sends
	Hash       string // where the hash is stored
	Sum        func(app core.App, value string) (string, error)
}

// SealField tells the imports of app about a sealed field.
func SealField(app core.App, s Seal) { deskOf(app).seals[s.Collection+"."+s.Field] = s }

// matcher finds the stored record of a row and notices two rows of one record.
type matcher struct {
	app       core.App
	described sheet.Description
	seals     map[string]Seal // by field
	seed      maphash.Seed
	seen      map[uint64]int // key of a row that has been: its number
}

func newMatcher(app core.App, d sheet.Description) *matcher {
	m := &matcher{app, d, map[string]Seal{}, maphash.MakeSeed(), map[uint64]int{}}
	for _, c := range d.Columns {
		if s, sealed := deskOf(app).seals[d.Collection+"."+c.Field]; sealed {
			m.seals[c.Field] = s
		}
	}
	return m
}

// says is what a value comes to when it is compared, and where that is stored.
func (m *matcher) says(c sheet.Column, value any) (text, field string) {
	text = c.Text(value)
	s, sealed := m.seals[c.Field]
	if !sealed || text == "" {
		return text, c.Field
	}
	sum, err := s.Sum(m.app, text)
	if err != nil {
		return "", s.Hash
	}
	return sum, s.Hash
}

// holds is the same of a stored record.
func (m *matcher) holds(c sheet.Column, r *core.Record) string {
	if s, sealed := m.seals[c.Field]; sealed {
		return r.GetString(s.Hash)
	}
	return c.Text(normal(c, valueOf(c, r)))
}

// tuple is what a key comes to; nil where a field is blank.
func (m *matcher) tuple(k sheet.Key, text func(sheet.Column) string) []string {
	out := make([]string, len(k.Fields))
	for i, field := range k.Fields {
		c, _ := m.described.Column(field)
		if out[i] = text(c); out[i] == "" {
			return nil
		}
	}
	return out
}

func (m *matcher) ofRow(k sheet.Key, row sheet.Row) []string {
	return m.tuple(k, func(c sheet.Column) string { text, _ := m.says(c, row.Values[c.Field]); return text })
}

func (m *matcher) ofRecord(k sheet.Key, r *core.Record) []string {
	return m.tuple(k, func(c sheet.Column) string { return m.holds(c, r) })
}

// candidates are the stored records that rows may mean, by key: one query per
// key, narrowed by its first field.
func (m *matcher) candidates(app core.App, c *core.Collection, rows []sheet.Row) (map[int]map[string][]*core.Record, error) {
	out := map[int]map[string][]*core.Record{}
	for i, k := range m.described.Keys {
		var first []any
		column, _ := m.described.Column(k.Fields[0])
		stored := column.Field
		for _, row := range rows {
			if m.ofRow(k, row) == nil {
				continue
			}
			var value any = row.Values[column.Field]
			if _, sealed := m.seals[column.Field]; sealed {
				value, stored = m.says(column, value)
			}
			first = append(first, value)
		}
		if len(first) == 0 {
			continue
		}
		var records []*core.Record
		if err := app.RecordQuery(c).AndWhere(dbx.In(c.Name+"."+stored, first...)).All(&records); err != nil {
			return nil, err
		}
		found := map[string][]*core.Record{}
		for _, r := range records {
			key := strings.Join(m.ofRecord(k, r), "\x00")
			found[key] = append(found[key], r)
		}
		out[i] = found
	}
	return out, nil
}

// match is the record that a row means, or nil for a new one.
func (m *matcher) match(row sheet.Row, candidates map[int]map[string][]*core.Record) (*core.Record, *sheet.Problem) {
	if row.Values[core.FieldNameId] == New {
		return nil, nil
	}
	var hit *core.Record
	for i, k := range m.described.Keys {
		key := m.ofRow(k, row)
		if key == nil || k.Weak && hit != nil {
			continue
		}
		found := candidates[i][strings.Join(key, "\x00")]
		if k.Weak {
			found = slices.DeleteFunc(slices.Clone(found), func(r *core.Record) bool { return m.differs(row, r) })
			if others := len(candidates[i][strings.Join(key, "\x00")]); len(found) == 0 && others > 0 {
				return nil, &sheet.Problem{Code: "exchange_alike", Message: fmt.Sprintf("已有%s相同而%s不同的记录：是同一个的，请填“%s”；不是的，请在“%[3]s”一列写“%s”。",
					m.titles(k), m.surest(), identifier.Title, New)}
			}
		}
		switch {
		case len(found) > 1:
			return nil, &sheet.Problem{Code: "exchange_ambiguous", Message: fmt.Sprintf("有 %d 条%s相同的记录，请填“%s”。", len(found), m.titles(k), identifier.Title)}
		case len(found) == 0 && k.Fields[0] == core.FieldNameId:
			return nil, &sheet.Problem{Code: "exchange_unknown", Message: "没有找到这个系统编号的记录；新增的行请空着这一列。"}
		case len(found) == 0:
		case hit != nil && hit.Id != found[0].Id:
			return nil, &sheet.Problem{Code: "exchange_two", Message: fmt.Sprintf("这一行按%s是另一条记录，请检查。", m.titles(k))}
		default:
			hit = found[0]
		}
	}
	return hit, nil
}

// differs reports whether a sure key of the row and the record contradict each
// other.
func (m *matcher) differs(row sheet.Row, r *core.Record) bool {
	return slices.ContainsFunc(m.described.Keys, func(k sheet.Key) bool {
		if k.Weak {
			return false
		}
		theirs, ours := m.ofRow(k, row), m.ofRecord(k, r)
		return theirs != nil && ours != nil && !slices.Equal(theirs, ours)
	})
}

// again is the number of an earlier row with a sure key of this one, 0 if none.
func (m *matcher) again(row sheet.Row) (earlier int, by sheet.Key) {
	for i, k := range m.described.Keys {
		key := m.ofRow(k, row)
		if key == nil || k.Weak || slices.Equal(key, []string{New}) {
			continue
		}
		sum := maphash.String(m.seed, fmt.Sprint(i, "\x00", strings.Join(key, "\x00")))
		if earlier, seen := m.seen[sum]; seen {
			return earlier, k
		}
		m.seen[sum] = row.Number
	}
	return 0, by
}

func (m *matcher) titles(k sheet.Key) string {
	words := make([]string, len(k.Fields))
	for i, field := range k.Fields {
		c, _ := m.described.Column(field)
		words[i] = "“" + c.Title + "”"
	}
	return strings.Join(words, "")
}

func (m *matcher) surest() string {
	for _, k := range m.described.Keys {
		if !k.Weak && k.Fields[0] != core.FieldNameId {
			return m.titles(k)
		}
	}
	return "其他号码"
}

// valueOf is what a record holds, in the terms of a column.
func valueOf(c sheet.Column, r *core.Record) any {
	switch c.Kind {
	case sheet.Bool:
		return r.GetBool(c.Field)
	case sheet.Whole, sheet.Money:
		return r.GetInt64(c.Field)
	case sheet.Decimal:
		return r.GetFloat(c.Field)
	case sheet.Choices, sheet.References:
		return r.GetStringSlice(c.Field)
	}
	return r.GetString(c.Field)
}
