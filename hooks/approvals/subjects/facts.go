package subjects

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/approvals"
	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// A Fact is one of the things that a request asks, as it is read.
type Fact struct {
	Label string `json:"label"`
	Text  string `json:"text"`
}

// entry is a key of a snapshot with its value, in the order in which it is written.
type entry struct {
	key   string
	value any
}

// fieldName is how fields are called; what is said in words is called in Chinese.
var fieldName = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// FactsOf is what a request asks, in words. A snapshot that keeps fields of the
// record by their names, for flows to ask by and to be brought up to date by when
// it was returned, is said from the schema: by the label of each field and what
// its value is called. A name that is no field of the record is for flows alone.
func FactsOf(app core.App, request *approvals.Request) ([]Fact, error) {
	list, err := entriesOf([]byte(request.GetString("snapshot")))
	if err != nil {
		return nil, err
	}
	about, _ := app.FindCachedCollectionByNameOrId(request.GetString("subject_collection")) // nil: what is asked is about no record
	facts := []Fact{}
	add := func(label, text string) {
		if text != "" {
			facts = append(facts, Fact{label, text})
		}
	}
	for _, e := range list {
		if about == nil || !fieldName.MatchString(e.key) {
			add(e.key, text(e.value))
			continue
		}
		f := about.Fields.GetByName(e.key)
		if f == nil || unread(f) || e.key == "org" || e.value == request.Applicant() {
			continue
		}
		said, err := sayValue(app, about, f, e.value)
		if err != nil {
			return nil, err
		}
		add(org.Label(f), said)
	}
	return facts, nil
}

// sayValue is a value of a field in words. What a snapshot holds it says, be it
// nothing or no.
func sayValue(app core.App, c *core.Collection, f core.Field, value any) (string, error) {
	record := core.NewRecord(c)
	record.Set(f.GetName(), value)
	if n, ok := f.(*core.NumberField); ok && strings.Contains(n.Help, inFen) {
		return yuan(record.GetFloat(n.Name)), nil
	}
	switch f.Type() {
	case core.FieldTypeNumber, core.FieldTypeBool, core.FieldTypeJSON:
		return text(value), nil
	}
	said, err := sayField(app, record, f)
	return text(said), err
}

// text is a value as it is read; a list in a list is rare enough to be shown as
// it is.
func text(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case bool:
		return map[bool]string{true: "是", false: "否"}[v]
	case string:
		return kit.Day(v, "")
	case []any:
		parts := make([]string, len(v))
		for i, part := range v {
			parts[i] = text(part)
		}
		return strings.Join(parts, "、")
	case map[string]any:
		raw, err := json.Marshal(v)
		if err != nil {
			return ""
		}
		return string(raw)
	}
	return fmt.Sprint(value)
}

// entriesOf reads a snapshot; one that isn't an object has no entries.
func entriesOf(raw []byte) ([]entry, error) {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	if open, err := d.Token(); err != nil || open != json.Delim('{') {
		return nil, nil //nolint:nilerr // nothing is asked in particular
	}
	var list []entry
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, err
		}
		var value any
		if err := d.Decode(&value); err != nil {
			return nil, err
		}
		list = append(list, entry{key.(string), value})
	}
	return list, nil
}
