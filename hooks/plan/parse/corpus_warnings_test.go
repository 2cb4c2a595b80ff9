package parse_test

import (
	"slices"
	"strings"
	"testing"
)

// A warning is recognised by its code or its message.
var warningKinds = map[string][]string{
	"year":        {"year", "年"},
	"placeholder": {"placeholder", "fill", "占位", "待补"},
	"gap":         {"gap", "skip", "missing", "跳", "缺"},
	"repeat":      {"repeat", "dup", "重"},
	"doubled":     {"doubl", "repeat", "dup", "重", "叠"},
	"name":        {"name", "term", "wording", "规范", "应为"},
	"similar":     {"similar", "near", "alike", "相似", "相近", "接近"},
	"stray":       {"stray", "quote", "tag", "html", "markup", "引号", "标签", "标记"},
}

func checkWarnings(t *testing.T, s score, w *want, p *gotPlan) {
	used := make([]bool, len(p.Warnings))
	for _, f := range w.warnings {
		found := false
		for i, g := range p.Warnings {
			kind := slices.ContainsFunc(warningKinds[f.kind], func(k string) bool { return strings.Contains(g.Code+g.Message, k) })
			if kind && (f.text == "*" || overlap(g.Text, f.text)) {
				used[i], found = true, true
			}
		}
		s.checkf(t, "warnings", found, "no warning %s %s; got %v", f.kind, f.text, p.Warnings)
	}
	if w.forgiven < 0 {
		return
	}
	rest := 0
	for i := range used {
		if !used[i] {
			rest++
		}
	}
	s.checkf(t, "warnings", rest <= w.forgiven, "%d false alarms, at most %d: %v", rest, w.forgiven, p.Warnings)
}
