package parse_test

// The corpus: invented plans in the shapes that real ones have, each with the facts a careful clerk would find in it.
//
// A .want file has one expectation a line. "S number title" and "I number title" are the structure ("*" any number,
// "-" any title, "@word" a word of the item); the indented lines after an item are its facts:
//
//	freq text rule|rule       freq+ also wants at_least         vague word       waits for a person
//	due text from..to         "*" any, "a~b" between            owner name       "~" contained
//	doc action title          cited = study or cite, doc? may   target text min max unit, "*" any, "?" either bound
//
// "!target x", "!due x", "!freq x", "!draft x" must not appear: in the item, or anywhere when written before all items;
// "!item x" is no item, such as the head of a table.
// "W kind text" is a warning that must be given, "warn n" how many others are forgiven. "loose" leaves open how items
// are divided into sections and what else is an item, "anystruct" asks for the sections alone. A text may begin with
// "#encoding gb18030", "#encoding docx" or "#assemble other texts".

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"yaodian/hooks/plan/parse"
)

const corpusDir = "testdata/corpus"

// What the parser says, read from its JSON (design.md 6.1) and not from its Go types.

type gotDue struct {
	Text     string
	From, To *string
}

type gotObligation struct {
	Text      string
	Span      [2]int
	Frequency *struct {
		Text    string
		RRule   *string
		AtLeast bool `json:"at_least"`
	}
	Due       *gotDue
	Documents []struct{ Title, Action string }
	Targets   []struct {
		Text     string
		Min, Max *float64
		Unit     string
	}
	Owners            []string
	NeedsConfirmation bool `json:"needs_confirmation"`
}

type gotItem struct {
	Number      int
	Title, Text string
	Span        [2]int
	Obligations []gotObligation
	section     int
	task        string // The title of its section, which in a table is the task.
	used        bool
}

type gotPlan struct {
	Title    string
	Year     *int
	Sections []struct {
		Number int
		Title  string
		Items  []*gotItem
	}
	Warnings []struct {
		Code, Text, Message string
		Span                [2]int
	}
}

// score counts what was right, by category.
type score map[string][2]int

func (s score) checkf(t *testing.T, category string, ok bool, format string, args ...any) {
	t.Helper()
	n := s[category]
	n[1]++
	if ok {
		n[0]++
	} else {
		t.Errorf(category+": "+format, args...)
	}
	s[category] = n
}

func TestCorpus(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join(corpusDir, "*.want"))
	if err != nil || len(paths) < 24 {
		t.Fatalf("corpus has %d texts, error %v", len(paths), err)
	}
	total := score{}
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), ".want")
		t.Run(name, func(t *testing.T) { checkText(t, name, readWant(t, path), total) })
	}
	var summary []string
	for _, c := range []string{"structure", "frequency", "due", "documents", "targets", "owners", "vague", "never", "warnings", "span"} {
		summary = append(summary, fmt.Sprintf("%s %d/%d", c, total[c][0], total[c][1]))
	}
	t.Logf("%s, false drafts %d", strings.Join(summary, ", "), total["false draft"][1])
}

func checkText(t *testing.T, name string, w *want, s score) {
	text, p := readPlan(t, name, w.planYear)
	var items []*gotItem
	for i, sec := range p.Sections {
		for _, it := range sec.Items {
			it.section = i
			if w.loose {
				it.task = sec.Title
			}
			items = append(items, it)
		}
	}
	checkSpans(t, s, []rune(text), p, items)
	checkWarnings(t, s, w, p)
	checkHead(t, s, w, p)
	if w.anyStruct {
		return
	}
	for _, f := range w.global {
		checkFact(t, s, "plan", f, items)
	}
	checkItems(t, s, w, items)
	checkDrafts(t, s, w, items)
}

// readPlan reads a text of the corpus as a program would that gets the JSON.
func readPlan(t *testing.T, name string, year int) (text string, p *gotPlan) {
	t.Helper()
	file, raw := corpusFile(t, name)
	text, err := parse.File(file, raw)
	if err != nil {
		t.Fatalf("File: %v", err)
	}
	out, err := json.Marshal(parse.Text(text, parse.Options{Year: year}))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(out, &p); err != nil {
		t.Fatalf("JSON is not design.md 6.1: %v", err)
	}
	return text, p
}

func checkItems(t *testing.T, s score, w *want, items []*gotItem) {
	for _, wi := range w.items {
		it := findItem(items, wi)
		ok := it != nil && (wi.number == "*" || wi.number == strconv.Itoa(it.Number)) && (w.loose || it.section == wi.section)
		s.checkf(t, "structure", ok, "item %s %s: got %s", wi.number, wi.title, describe(it))
		scope := []*gotItem{}
		if it != nil {
			scope = append(scope, it)
		}
		for _, f := range wi.facts {
			checkFact(t, s, wi.number+" "+wi.title, f, scope)
		}
	}
	for _, it := range items {
		if !it.used && !w.loose {
			s.checkf(t, "structure", false, "item not expected: %s", describe(it))
		}
	}
}

func checkHead(t *testing.T, s score, w *want, p *gotPlan) {
	if w.title != "" {
		s.checkf(t, "structure", sameName(w.title, p.Title), "title %q, want %q", p.Title, w.title)
	}
	if w.year != "" {
		s.checkf(t, "structure", p.Year != nil && strconv.Itoa(*p.Year) == w.year, "year %v, want %s", p.Year, w.year)
	}
	if w.loose {
		return
	}
	s.checkf(t, "structure", len(p.Sections) == len(w.sections), "%d sections, want %d", len(p.Sections), len(w.sections))
	for i, sec := range w.sections {
		if i >= len(p.Sections) {
			s.checkf(t, "structure", false, "section %s %s is missing", sec.kind, sec.text)
			continue
		}
		got := p.Sections[i]
		number := sec.kind == "*" || sec.kind == strconv.Itoa(got.Number)
		s.checkf(t, "structure", number && (sec.text == "-" || sameName(sec.text, got.Title)),
			"section %d %q, want %s %s", got.Number, got.Title, sec.kind, sec.text)
	}
}

// findItem takes the next item that is the wanted one: by title, or by a word of its text.
func findItem(items []*gotItem, wi *wantItem) *gotItem {
	for _, it := range items {
		if it.used {
			continue
		}
		word, isWord := strings.CutPrefix(wi.title, "@")
		if isWord && strings.Contains(norm(it.task+it.Title+it.Text), norm(word)) || !isWord && sameName(wi.title, it.Title) {
			it.used = true
			return it
		}
	}
	return nil
}

// checkSpans: every text is exactly the slice its span names.
func checkSpans(t *testing.T, s score, text []rune, p *gotPlan, items []*gotItem) {
	slice := func(span [2]int) (string, bool) {
		if span[0] < 0 || span[0] > span[1] || span[1] > len(text) {
			return "", false
		}
		return string(text[span[0]:span[1]]), true
	}
	one := func(what, said string, span [2]int) {
		is, ok := slice(span)
		s.checkf(t, "span", ok && is == said, "%s: span %v is %q, text %q", what, span, is, said)
	}
	for _, it := range items {
		one("item", it.Text, it.Span)
		for _, o := range it.Obligations {
			one("obligation", o.Text, o.Span)
		}
	}
	for _, g := range p.Warnings {
		one("warning "+g.Code, g.Text, g.Span)
	}
}
