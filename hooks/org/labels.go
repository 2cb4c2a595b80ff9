package org

import (
	"reflect"
	"strings"

	"github.com/pocketbase/pocketbase/core"
)

// Label is what people call a field: the first words of its help.
func Label(f core.Field) string {
	if f == nil {
		return ""
	}
	help := HelpOf(f)
	if i := strings.IndexAny(help, "：，。（；"); i > 0 {
		return help[:i]
	}
	return f.GetName()
}

// HelpOf is the help text of a field, which each type keeps for itself.
func HelpOf(f core.Field) string {
	v := reflect.Indirect(reflect.ValueOf(f))
	if v.Kind() != reflect.Struct {
		return ""
	}
	help := v.FieldByName("Help")
	if !help.IsValid() {
		return ""
	}
	return help.String()
}
