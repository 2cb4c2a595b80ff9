package org

import (
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/pocketbase/pocketbase/core"
)

// Label is what people call a field: the first words of its help.
func Label(f core.Field) string {
	if f == nil {
		return ""
	}
	help := HelpOf(f)
	if i := strings.IndexAny(help, "：，。（；"); i > 0 && help[0] >= utf8.RuneSelf {
		return help[:i]
	}
	if word, ok := unnamed[f.GetName()]; ok {
		return word
	}
	return f.GetName()
}

// unnamed are the fields whose help begins with their values: “open 待办，…”.
var unnamed = map[string]string{"state": "状态", "status": "状态", "kind": "类别"}

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

// WordsOf are the words of a select field by value, from its help, which is
// written “类别：member 正式党员，probationary 预备党员。”.
func WordsOf(help string) map[string]string {
	words := map[string]string{}
	_, list, titled := strings.Cut(help, "：")
	if !titled {
		list = help
	}
	for _, part := range strings.FieldsFunc(list, func(r rune) bool { return strings.ContainsRune("，。；", r) }) {
		if value, word, ok := strings.Cut(strings.TrimSpace(part), " "); ok {
			words[value] = strings.TrimSpace(word)
		}
	}
	return words
}
