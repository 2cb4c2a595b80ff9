package exchange

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/dbutils"

	"yaodian/hooks/exchange/sheet"
	"yaodian/hooks/ledgers"
)

// New in the column of the record's id asks for a new record, although one of
// the same name is there.
const New = "新增"

var identifier = sheet.Column{Field: core.FieldNameId, Title: "系统编号", Aliases: []string{"记录编号"}, Kind: sheet.Code, Fixed: true}

// Describe says how the records of a collection look in a table: as their
// capability describes it, or else as the schema does. Columns whose field
// isn't there are left out.
func Describe(app core.App, c *core.Collection) sheet.Description {
	d, ok := deskOf(app).described[c.Name]
	if ok {
		d = d.Only(func(field string) bool { return stored(app, c, field) })
		d.Columns = optioned(c, d.Columns)
	} else {
		d = derive(app, c)
	}
	d.Columns = append(slices.Clone(d.Columns), identifier)
	for field := range sealsOf(app, c.Name) { // what is sealed is never shown whole
		for i := range d.Columns {
			if d.Columns[i].Field == field && d.Columns[i].Mask == nil {
				d.Columns[i].Mask = func(string) string { return "" }
			}
		}
	}
	d.Keys = append([]sheet.Key{{Fields: []string{core.FieldNameId}}}, d.Keys...)
	return d
}

// stored reports whether a field has a place in the collection, be it sealed.
func stored(app core.App, c *core.Collection, field string) bool {
	s, sealed := sealsOf(app, c.Name)[field]
	return sealed && c.Fields.GetByName(s.Hash) != nil || c.Fields.GetByName(field) != nil
}

// optioned fills in the choices that a description leaves to the schema.
func optioned(c *core.Collection, columns []sheet.Column) []sheet.Column {
	out := slices.Clone(columns)
	for i := range out {
		if f, ok := c.Fields.GetByName(out[i].Field).(*core.SelectField); ok && len(out[i].Options) == 0 {
			out[i].Options = optionsOf(f)
		}
	}
	return out
}

// Lacking lists the described fields that a collection doesn't have.
func Lacking(app core.App, c *core.Collection) (fields []string) {
	for _, column := range deskOf(app).described[c.Name].Columns {
		if !stored(app, c, column.Field) {
			fields = append(fields, column.Field)
		}
	}
	return fields
}

// derive reads a description from the schema: titles and words from the help
// texts, keys from the unique indexes.
func derive(app core.App, c *core.Collection) sheet.Description {
	d := sheet.Description{Collection: c.Name, Title: ledgers.TitleOf(app, c.Name)}
	titles := map[string]bool{identifier.Title: true}
	for _, f := range c.Fields {
		column, ok := columnOf(app, f)
		if !ok {
			continue
		}
		if titles[column.Title] {
			column.Title = fmt.Sprintf("%s（%s）", column.Title, column.Field)
		}
		titles[column.Title] = true
		d.Columns = append(d.Columns, column)
	}
	for _, raw := range c.Indexes {
		index := dbutils.ParseIndex(raw)
		if !index.Unique {
			continue
		}
		var k sheet.Key
		for _, column := range index.Columns {
			k.Fields = append(k.Fields, column.Name)
		}
		if !slices.ContainsFunc(k.Fields, func(field string) bool { _, ok := d.Column(field); return !ok }) {
			d.Keys = append(d.Keys, k)
		}
	}
	return d
}

// bySystem marks the fields that the application fills in.
const bySystem = "由系统填写"

// columnOf describes one field; ok is false for what a table doesn't hold.
func columnOf(app core.App, f core.Field) (column sheet.Column, ok bool) {
	name, help := f.GetName(), helpOf(f)
	if f.GetHidden() || slices.Contains([]string{core.FieldNameId, "org_path", core.FieldNameEmailVisibility, core.FieldNameVerified}, name) ||
		strings.Contains(help, bySystem) {
		return column, false
	}
	column = sheet.Column{Field: name, Title: titleOf(name, help), Help: help}
	ok = typed(app, f, &column)
	return column, ok
}

// typed fills in what follows from the type of a field; false for a type that a
// table doesn't hold.
func typed(app core.App, f core.Field, column *sheet.Column) bool {
	switch f := f.(type) {
	case *core.TextField:
		column.Kind, column.Required, column.Max = textKind(f), f.Required, f.Max
	case *core.EditorField:
		column.Kind, column.Required = sheet.Text, f.Required
	case *core.EmailField:
		column.Kind, column.Required = sheet.Code, f.Required
	case *core.URLField:
		column.Kind, column.Required = sheet.Text, f.Required
	case *core.NumberField:
		column.Kind, column.Required = numberKind(f), f.Required
	case *core.BoolField:
		column.Kind = sheet.Bool
	case *core.SelectField:
		column.Kind, column.Required, column.Options = sheet.Choice, f.Required, optionsOf(f)
		if f.IsMultiple() {
			column.Kind = sheet.Choices
		}
	case *core.DateField:
		column.Kind, column.Required = sheet.Moment, f.Required
	case *core.RelationField:
		target, err := app.FindCachedCollectionByNameOrId(f.CollectionId)
		if err != nil {
			return false
		}
		column.Kind, column.Required, column.Target = sheet.Reference, f.Required, target.Name
		if f.IsMultiple() {
			column.Kind = sheet.References
		}
	case *core.JSONField:
		column.Kind, column.Required = sheet.JSON, f.Required
	case *core.GeoPointField:
		column.Kind, column.Required = sheet.JSON, f.Required
	default:
		return false
	}
	return true
}

func textKind(f *core.TextField) sheet.Kind {
	if slices.Contains([]string{"mobile", "tel", "phone"}, f.Name) {
		return sheet.Phone
	}
	if f.Pattern == "" {
		return sheet.Text
	}
	p, err := regexp.Compile(f.Pattern)
	switch {
	case err != nil || p.MatchString("甲 乙"):
		return sheet.Text
	case p.MatchString("2026-03-01") && !p.MatchString("x"):
		return sheet.Date
	case p.MatchString("2026-03") && !p.MatchString("x"):
		return sheet.Month
	}
	return sheet.Code
}

// inFen marks the amounts that are kept in fen and written in yuan.
const inFen = "（分）"

func numberKind(f *core.NumberField) sheet.Kind {
	switch {
	case f.OnlyInt && strings.Contains(f.Help, inFen):
		return sheet.Money
	case f.OnlyInt:
		return sheet.Whole
	}
	return sheet.Decimal
}

// optionsOf takes the words for the values from the help text: “member 正式党员，
// probationary 预备党员”.
func optionsOf(f *core.SelectField) []sheet.Option {
	options := make([]sheet.Option, len(f.Values))
	for i, value := range f.Values {
		options[i] = sheet.Option{Value: value, Word: value}
		m := regexp.MustCompile(`(?:^|[：，、；。\s])` + regexp.QuoteMeta(value) + `\s+([^，、；。：]+)`).FindStringSubmatch(f.Help)
		if m != nil {
			options[i].Word = strings.TrimSpace(m[1])
		}
	}
	return options
}

// common are the titles of fields whose help text begins otherwise.
var common = map[string]string{"state": "状态", "kind": "类别", "org": "所属组织", "person": "人员", "email": "邮箱", "note": "备注"}

var firstWords = regexp.MustCompile(`^[\p{Han}A-Za-z0-9 《》“”·]{1,15}`)

// titleOf is the first words of the help text; where these aren't a title, a
// common one, or the name of the field.
func titleOf(name, help string) string {
	words := strings.TrimSpace(firstWords.FindString(help))
	if words != "" && words[0] >= 0x80 {
		return strings.ReplaceAll(words, inFen, "")
	}
	if title, ok := common[name]; ok {
		return title
	}
	return name
}

// helpOf is the help text, which every kind of field has and no interface gives.
func helpOf(f core.Field) string {
	var with struct{ Help string }
	raw, err := json.Marshal(f)
	if err == nil {
		err = json.Unmarshal(raw, &with)
	}
	if err != nil {
		return ""
	}
	return with.Help
}
