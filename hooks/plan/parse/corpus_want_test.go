package parse_test

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// What is expected, read from a .want file.

type fact struct {
	kind, text string
	args       []string
}

type wantItem struct {
	number, title string
	section       int
	facts         []fact
}

type want struct {
	title, year      string
	planYear         int
	sections         []fact
	items            []*wantItem
	global, warnings []fact
	forgiven         int
	loose, anyStruct bool
}

func readWant(t *testing.T, path string) *want {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	w := &want{forgiven: -1}
	for line := range strings.Lines(string(raw)) {
		if !w.read(strings.TrimSpace(line)) {
			t.Fatalf("%s: %q is no expectation", path, line)
		}
	}
	return w
}

// read takes in one line and reports whether it is an expectation.
func (w *want) read(line string) bool {
	word, rest, _ := strings.Cut(line, " ")
	first, second, _ := strings.Cut(rest, " ")
	switch word {
	case "":
	case "title":
		w.title = rest
	case "year":
		w.year = rest
	case "opt":
		w.planYear, _ = strconv.Atoi(second)
	case "loose":
		w.loose = true
	case "anystruct":
		w.anyStruct = true
	case "warn":
		w.forgiven, _ = strconv.Atoi(rest)
	case "W":
		w.warnings = append(w.warnings, fact{kind: first, text: second})
	case "S":
		w.sections = append(w.sections, fact{kind: first, text: second})
	case "I":
		w.items = append(w.items, &wantItem{number: first, title: second, section: len(w.sections) - 1})
	default:
		return w.readFact(word, rest)
	}
	return true
}

func (w *want) readFact(word, rest string) bool {
	switch word {
	case "freq", "freq+", "due":
		at := strings.LastIndex(rest, " ")
		w.add(fact{word, rest[:at], []string{rest[at+1:]}})
	case "target":
		parts := strings.Fields(rest)
		w.add(fact{word, parts[0], parts[1:]})
	case "doc", "doc?":
		action, title, _ := strings.Cut(rest, " ")
		w.add(fact{word, title, []string{action}})
	case "owner", "vague", "!target", "!due", "!freq", "!draft", "!item":
		w.add(fact{word, rest, nil})
	default:
		return false
	}
	return true
}

func (w *want) add(f fact) {
	if len(w.items) == 0 {
		w.global = append(w.global, f)
		return
	}
	last := w.items[len(w.items)-1]
	last.facts = append(last.facts, f)
}

// sameName compares names; with "~" one may contain the other.
func sameName(want, got string) bool {
	want, loose := strings.CutPrefix(want, "~")
	if loose {
		return overlap(want, got)
	}
	return norm(want) == norm(got)
}

func overlap(a, b string) bool {
	a, b = norm(a), norm(b)
	return a != "" && b != "" && (strings.Contains(a, b) || strings.Contains(b, a))
}

// norm drops what copying adds: spaces, line breaks, Markdown marks, full-width per cent signs.
func norm(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '*' || r == '`' || r == '★' || r == 0xA0 {
			return -1
		}
		return r
	}, s)
	return strings.TrimRight(strings.ReplaceAll(s, "％", "%"), "。：:．.")
}

func ruleParts(rule string) string {
	parts := strings.Split(strings.TrimPrefix(rule, "RRULE:"), ";")
	parts = slices.DeleteFunc(parts, func(p string) bool { return p == "INTERVAL=1" || p == "" })
	slices.Sort(parts)
	return strings.Join(parts, ";")
}
