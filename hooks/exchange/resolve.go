package exchange

import (
	"net/http"
	"regexp"
	"slices"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/exchange/sheet"
)

// meant is what the cell of a relation refers to, as written.
func meant(value any) []string {
	switch v := value.(type) {
	case string:
		return []string{v}
	case []string:
		return v
	}
	return nil
}

// resolve puts ids in place of the names in the relations of rows, with one
// query per relation. What isn't found stays as it is for resolveLate: an
// earlier row may yet make it.
func (e *entry) resolve(tx core.App, rows []sheet.Row) error {
	_, info, err := e.hand.request(tx, http.MethodGet, nil)
	if err != nil {
		return err
	}
	for field, t := range e.targets {
		var texts []string
		for _, row := range rows {
			texts = append(texts, meant(row.Values[field])...)
		}
		found, err := t.find(tx, info, slices.Compact(slices.Sorted(slices.Values(texts))))
		if err != nil {
			return err
		}
		for _, row := range rows {
			e.replace(t, row, field, found)
		}
	}
	return nil
}

// pending is a reference that has been looked up and not found.
type pending []string

var recordID = regexp.MustCompile(`^[a-z0-9]{15}$`)

// replace puts ids in place of names where all of them are known.
func (e *entry) replace(t target, row sheet.Row, field string, found map[string][]*core.Record) {
	value, said := row.Values[field]
	texts := meant(value)
	if !said || len(texts) == 0 || texts[0] == "" {
		return
	}
	ids := make([]string, len(texts))
	for i, text := range texts {
		switch {
		case len(found[text]) == 1:
			ids[i] = found[text][0].Id
		case len(found[text]) == 0 && recordID.MatchString(text):
			ids[i] = text // what an export writes for a record that its reader can't see
		default:
			row.Values[field] = pending(texts)
			return
		}
	}
	row.Values[field] = asValue(value, ids)
}

func asValue(value any, ids []string) any {
	if _, one := value.(string); one {
		return ids[0]
	}
	return ids
}

// resolveLate looks once more for what wasn't there before, and says so where
// it still isn't.
func (e *entry) resolveLate(tx core.App, row *sheet.Row) error {
	for field, t := range e.targets {
		texts, open := row.Values[field].(pending)
		if !open {
			continue
		}
		_, info, err := e.hand.request(tx, http.MethodGet, nil)
		if err != nil {
			return err
		}
		found, err := t.find(tx, info, texts)
		if err != nil {
			return err
		}
		column, _ := e.matcher.described.Column(field)
		ids := make([]string, len(texts))
		for i, text := range texts {
			id, p := t.choose(column, text, found[text])
			if p != nil {
				f := e.header.At(row.Number, field, p.Code, p.Message)
				f.Text = text
				row.Faults = append(row.Faults, f)
			}
			ids[i] = id
		}
		if column.Kind == sheet.Reference {
			row.Values[field] = ids[0]
		} else {
			row.Values[field] = ids
		}
	}
	return nil
}
