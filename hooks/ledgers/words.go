package ledgers

import (
	"regexp"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/org"
)

// Option is a value of a select field and what people call it.
type Option struct {
	Value string `json:"value"`
	Word  string `json:"word"`
}

// Options reads the words of a select field from its help. A value that the help
// doesn't explain is its own word.
func Options(help string, values []string) []Option {
	words := org.WordsOf(help)
	out := make([]Option, len(values))
	for i, v := range values {
		out[i] = Option{v, words[v]}
		if words[v] == "" {
			out[i].Word = v
		}
	}
	return out
}

// kindOf is how a field is shown and entered.
func kindOf(f core.Field) string {
	switch field := f.(type) {
	case *core.TextField:
		return textKind(field)
	case *core.NumberField:
		if strings.Contains(field.Help, "（分）") {
			return "money"
		}
		return "number"
	case *core.SelectField:
		if field.IsMultiple() {
			return "choices"
		}
		return "choice"
	case *core.AutodateField:
		return "moment"
	case *core.DateField:
		return "moment"
	}
	return f.Type() // bool, relation, file, json, editor, email, url, …
}

// shapes tells texts with a form of their own by what their pattern accepts.
var shapes = []struct{ kind, yes, no string }{
	{"date", "2026-03-01", "2026-03"},
	{"month", "2026-03", "2026-03-01"},
	{"quarter", "2026-Q1", "2026-01"},
}

// longText is the length from which a text is entered in a large box, in characters.
const longText = 300

func textKind(f *core.TextField) string {
	if f.Pattern != "" {
		if re, err := regexp.Compile(f.Pattern); err == nil {
			for _, s := range shapes {
				if re.MatchString(s.yes) && !re.MatchString(s.no) {
					return s.kind
				}
			}
		}
	}
	if f.Max >= longText {
		return "long"
	}
	return "text"
}

// Field is a field as somebody sees it.
type Field struct {
	Name     string   `json:"name"`
	Label    string   `json:"label"`
	Help     string   `json:"help"`
	Kind     string   `json:"kind"`
	Required bool     `json:"required"`
	Many     bool     `json:"many,omitzero"`
	Options  []Option `json:"options,omitzero"`
	To       string   `json:"to,omitzero"`    // collection of a relation
	Shows    string   `json:"shows,omitzero"` // field by which its records are called
	Max      int      `json:"max,omitzero"`
	Pattern  string   `json:"pattern,omitzero"`
	Types    []string `json:"types,omitzero"`    // of files
	MaxSize  int64    `json:"max_size,omitzero"` // of a file, in bytes
	System   bool     `json:"system,omitzero"`   // filled in by the application
}

// describeField is a field as the schema has it; label overrides its own.
func describeField(app core.App, f core.Field, label string) Field {
	out := Field{Name: f.GetName(), Label: label, Help: org.HelpOf(f), Kind: kindOf(f)}
	if out.Label == "" {
		out.Label = stampLabel(f)
	}
	out.System = bySystem(f)
	switch field := f.(type) {
	case *core.TextField:
		out.Required, out.Max, out.Pattern = field.Required, field.Max, field.Pattern
	case *core.NumberField:
		out.Required = field.Required
	case *core.SelectField:
		out.Required, out.Many, out.Options = field.Required, field.IsMultiple(), Options(field.Help, field.Values)
	case *core.DateField:
		out.Required = field.Required
	case *core.RelationField:
		out.Required, out.Many = field.Required, field.IsMultiple()
		if c, err := app.FindCachedCollectionByNameOrId(field.CollectionId); err == nil {
			out.To, out.Shows = c.Name, shows(c)
		}
	case *core.FileField:
		out.Required, out.Many, out.Types, out.MaxSize = field.Required, field.IsMultiple(), field.MimeTypes, field.MaxSize
	}
	return out
}

// bySystem reports whether the program fills in a field.
func bySystem(f core.Field) bool {
	return f.Type() == core.FieldTypeAutodate || strings.Contains(org.HelpOf(f), "由系统填写")
}

// shows is the field by which the records of a collection are called: the first
// presentable text, a name or a title, or the first text that people write; what
// the application fills in names nothing.
func shows(c *core.Collection) string {
	first := ""
	for _, f := range c.Fields {
		t, ok := f.(*core.TextField)
		if !ok || t.Hidden || t.Name == "id" || t.Name == "org_path" || bySystem(f) {
			continue
		}
		if t.Presentable {
			return t.Name
		}
		if first == "" && textKind(t) == "text" || t.Name == "name" || t.Name == "title" {
			first = t.Name
		}
	}
	return first
}

// stampLabel names the fields that every collection has and that carry no help.
func stampLabel(f core.Field) string {
	switch f.GetName() {
	case "created":
		return "登记时间"
	case "updated":
		return "更新时间"
	case "id":
		return "编号"
	}
	return org.Label(f)
}
