package subjects

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// Said is a record in words, as approvers read it: the label of each field that
// is filled in and visible and what it says, in the order of the schema.
func Said(app core.App, record *core.Record, without ...string) (types.JSONRaw, error) {
	var out bytes.Buffer
	out.WriteByte('{')
	for _, f := range record.Collection().Fields {
		if unread(f) || slices.Contains(without, f.GetName()) {
			continue
		}
		value, err := sayField(app, record, f)
		if err != nil {
			return nil, err
		}
		if value == nil || value == "" {
			continue
		}
		key, err := json.Marshal(org.Label(f))
		if err != nil {
			return nil, err
		}
		raw, err := json.Marshal(value)
		if err != nil {
			return nil, err
		}
		if out.Len() > 1 {
			out.WriteByte(',')
		}
		out.Write(append(append(key, ':'), raw...))
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}

// unread reports whether a field is none that approvers read.
func unread(f core.Field) bool {
	return f.GetHidden() || f.GetSystem() || f.GetName() == "org_path" || f.Type() == core.FieldTypeAutodate
}

// sayField is the value of a field in words; nil where it isn't filled in.
func sayField(app core.App, record *core.Record, f core.Field) (any, error) {
	name := f.GetName()
	switch field := f.(type) {
	case *core.SelectField:
		words := org.WordsOf(field.Help)
		return sayEach(record.GetStringSlice(name), func(v string) string { return words[v] }), nil
	case *core.RelationField:
		return sayRelation(app, record, field)
	case *core.BoolField:
		if !record.GetBool(name) {
			return nil, nil
		}
		return true, nil
	case *core.NumberField:
		return sayNumber(record, field), nil
	case *core.DateField:
		return sayMoment(record.GetDateTime(name)), nil
	case *core.FileField:
		if n := len(record.GetStringSlice(name)); n > 0 {
			return fmt.Sprintf("%d 份，见记录", n), nil
		}
		return nil, nil
	}
	return record.GetString(name), nil
}

func sayNumber(record *core.Record, f *core.NumberField) any {
	n := record.GetFloat(f.Name)
	switch {
	case n == 0:
		return nil
	case strings.Contains(f.Help, inFen):
		return yuan(n)
	}
	return n
}

// inFen says in the help of a field that it is an amount of money.
const inFen = "（分）"

func yuan(fen float64) string { return fmt.Sprintf("%.2f 元", fen/100) }

// sayMoment is a moment by the clock of Beijing.
func sayMoment(at types.DateTime) any {
	if at.IsZero() {
		return nil
	}
	return at.Time().In(kit.Beijing).Format("2006年1月2日 15:04")
}

func sayEach(values []string, word func(string) string) any {
	out := make([]string, 0, len(values))
	for _, v := range values {
		if w := word(v); w != "" {
			v = w
		}
		out = append(out, v)
	}
	return strings.Join(out, "、")
}

// sayRelation names what a record refers to by its name or title, in one query.
func sayRelation(app core.App, record *core.Record, f *core.RelationField) (any, error) {
	ids := record.GetStringSlice(f.Name)
	if len(ids) == 0 {
		return nil, nil
	}
	c, err := app.FindCachedCollectionByNameOrId(f.CollectionId)
	if err != nil {
		return nil, err
	}
	called := "id"
	for _, name := range []string{"title", "name"} {
		if c.Fields.GetByName(name) != nil {
			called = name
		}
	}
	var rows []struct {
		ID   string `db:"id"`
		Name string `db:"name"`
	}
	list := make([]any, len(ids))
	for i, id := range ids {
		list[i] = id
	}
	if err := app.DB().Select("id", "[["+called+"]] AS name").From(c.Name).Where(dbx.In("id", list...)).All(&rows); err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, r := range rows {
		names[r.ID] = r.Name
	}
	return sayEach(ids, func(id string) string { return names[id] }), nil
}
