package audit

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cast"

	"yaodian/hooks/people"
)

// Changes says of each field that changed [old, new], or [changed] where values
// aren't shown.
type Changes map[string][]any

// hidden stands for the values of a sensitive field.
var hidden = []any{"changed"}

// mark is what makes a field sensitive by its help text.
const mark = "【敏感】"

// Sensitive reports whether the values of a field stay out of the trail.
func Sensitive(c *core.Collection, f core.Field) bool {
	if f.GetHidden() || f.Type() == core.FieldTypePassword {
		return true
	}
	if c.IsAuth() && (f.GetName() == core.FieldNameEmail || f.GetName() == core.FieldNameTokenKey) {
		return true
	}
	help := reflect.Indirect(reflect.ValueOf(f)).FieldByName("Help") // core.Field has no way to ask for it
	return help.IsValid() && help.Kind() == reflect.String && strings.Contains(help.String(), mark)
}

// open reports whether a collection has a field that isn't sensitive.
func open(c *core.Collection, name string) bool {
	f := c.Fields.GetByName(name)
	return f != nil && !Sensitive(c, f)
}

// changesOf compares a record with itself before; nil before it is created and
// after it is deleted.
func changesOf(before, after *core.Record) Changes {
	r := after
	if r == nil {
		r = before
	}
	changes := Changes{}
	for _, f := range r.Collection().Fields {
		if f.Type() == core.FieldTypeAutodate || f.GetName() == core.FieldNameId || f.GetName() == "org_path" {
			continue
		}
		from, to := stored(before, f), stored(after, f)
		switch {
		case same(from, to):
		case Sensitive(r.Collection(), f):
			changes[f.GetName()] = hidden
		default:
			changes[f.GetName()] = []any{short(from), short(to)}
		}
	}
	return changes
}

// stored is the value of a field as the database holds it; "" for none.
func stored(r *core.Record, f core.Field) any {
	if r == nil {
		return ""
	}
	v := r.GetRaw(f.GetName())
	if d, ok := f.(core.DriverValuer); ok {
		if driven, err := d.DriverValue(r); err == nil {
			v = driven
		}
	}
	if d, ok := v.(driver.Valuer); ok {
		if driven, err := d.Value(); err == nil {
			v = driven
		}
	}
	switch value := v.(type) {
	case nil:
		return ""
	case string, bool, float64, int64:
		return value
	case int:
		return int64(value)
	case []byte:
		return string(value)
	}
	raw, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	return string(raw)
}

// same compares two stored values; a field that is empty equals one that isn't
// there.
func same(a, b any) bool { return a == b || empty(a) && empty(b) }

func empty(v any) bool {
	switch value := v.(type) {
	case string:
		return value == "" || value == "null" || value == "[]"
	case bool:
		return !value
	default:
		return cast.ToFloat64(value) == 0
	}
}

func short(v any) any {
	if s, ok := v.(string); ok {
		return Short(s)
	}
	return v
}

// labelOf is what a record is called: its presentable texts.
func labelOf(r *core.Record) string {
	var words []string
	for _, f := range r.Collection().Fields {
		if t, ok := f.(*core.TextField); ok && t.Presentable && !Sensitive(r.Collection(), f) && r.GetString(t.Name) != "" {
			words = append(words, r.GetString(t.Name))
		}
	}
	return strings.Join(words, " ")
}

// subjectOf is the person whose record it is, if the view rule lets that person
// see it as theirs.
func subjectOf(r *core.Record) string {
	c, field := r.Collection(), "person"
	if c.Name == people.People {
		field = core.FieldNameId
	}
	if c.ViewRule == nil || !open(c, field) || !opensTo(*c.ViewRule, field) {
		return ""
	}
	return r.GetString(field)
}

// opensTo reports whether a rule opens a record to the person in field, in the
// word of the house or plainly.
func opensTo(rule, field string) bool {
	return strings.Contains(rule, "mine("+field+", @request.auth.id) = true") || strings.Contains(" "+rule, " "+field+" = @request.auth.id")
}
