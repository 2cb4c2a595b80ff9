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
	"archive/zip"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/encoding/simplifiedchinese"

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

// What is expected.

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
		line = strings.TrimSpace(line)
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
		case "freq", "freq+", "due":
			at := strings.LastIndex(rest, " ")
			w.add(fact{word, rest[:at], []string{rest[at+1:]}})
		case "target":
			parts := strings.Fields(rest)
			w.add(fact{word, parts[0], parts[1:]})
		case "doc", "doc?":
			w.add(fact{word, second, []string{first}})
		case "owner", "vague", "!target", "!due", "!freq", "!draft", "!item":
			w.add(fact{word, rest, nil})
		default:
			t.Fatalf("%s: %q is no expectation", path, line)
		}
	}
	return w
}

func (w *want) add(f fact) {
	if len(w.items) == 0 {
		w.global = append(w.global, f)
		return
	}
	last := w.items[len(w.items)-1]
	last.facts = append(last.facts, f)
}

// score counts what was right, by category.
type score map[string][2]int

func (s score) check(t *testing.T, category string, ok bool, format string, args ...any) {
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
	file, raw := corpusFile(t, name)
	text, err := parse.File(file, raw)
	if err != nil {
		t.Fatalf("File: %v", err)
	}
	out, err := json.Marshal(parse.Text(text, parse.Options{Year: w.planYear}))
	if err != nil {
		t.Fatal(err)
	}
	var p gotPlan
	if err := json.Unmarshal(out, &p); err != nil {
		t.Fatalf("JSON is not design.md 6.1: %v", err)
	}
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
	checkSpans(t, s, []rune(text), &p, items)
	checkWarnings(t, s, w, &p)
	checkHead(t, s, w, &p)
	if w.anyStruct {
		return
	}
	for _, f := range w.global {
		checkFact(t, s, "plan", f, items)
	}
	for _, wi := range w.items {
		it := findItem(items, wi)
		ok := it != nil && (wi.number == "*" || wi.number == strconv.Itoa(it.Number)) && (w.loose || it.section == wi.section)
		s.check(t, "structure", ok, "item %s %s: got %s", wi.number, wi.title, describe(it))
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
			s.check(t, "structure", false, "item not expected: %s", describe(it))
		}
	}
	checkDrafts(t, s, w, items)
}

func checkHead(t *testing.T, s score, w *want, p *gotPlan) {
	if w.title != "" {
		s.check(t, "structure", sameName(w.title, p.Title), "title %q, want %q", p.Title, w.title)
	}
	if w.year != "" {
		s.check(t, "structure", p.Year != nil && strconv.Itoa(*p.Year) == w.year, "year %v, want %s", p.Year, w.year)
	}
	if w.loose {
		return
	}
	s.check(t, "structure", len(p.Sections) == len(w.sections), "%d sections, want %d", len(p.Sections), len(w.sections))
	for i, sec := range w.sections {
		if i >= len(p.Sections) {
			s.check(t, "structure", false, "section %s %s is missing", sec.kind, sec.text)
			continue
		}
		got := p.Sections[i]
		number := sec.kind == "*" || sec.kind == strconv.Itoa(got.Number)
		s.check(t, "structure", number && (sec.text == "-" || sameName(sec.text, got.Title)),
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

func checkFact(t *testing.T, s score, where string, f fact, items []*gotItem) {
	var obs []gotObligation
	for _, it := range items {
		obs = append(obs, it.Obligations...)
	}
	any := func(test func(gotObligation) bool) bool { return slices.ContainsFunc(obs, test) }
	var category string
	var ok bool
	switch f.kind {
	case "freq", "freq+":
		category, ok = "frequency", any(f.frequency)
	case "due":
		category, ok = "due", any(f.due)
	case "doc":
		category, ok = "documents", any(f.document)
	case "target":
		category, ok = "targets", any(f.target)
	case "owner":
		category, ok = "owners", any(func(o gotObligation) bool {
			return slices.ContainsFunc(o.Owners, func(g string) bool { return sameName(f.text, g) })
		})
	case "vague":
		guessed := any(func(o gotObligation) bool {
			return o.Frequency != nil && o.Frequency.RRule != nil && strings.Contains(o.Frequency.Text, f.text)
		})
		category, ok = "vague", !guessed && any(func(o gotObligation) bool {
			return o.NeedsConfirmation && strings.Contains(norm(o.Text), f.text)
		})
	case "doc?":
		return
	case "!item":
		category, ok = "never", !slices.ContainsFunc(items, func(it *gotItem) bool { return strings.Contains(it.Text, f.text) })
	default:
		category, ok = "never", !any(f.appears)
	}
	s.check(t, category, ok, "%s: %s %s %v; got %s", where, f.kind, f.text, f.args, brief(obs))
}

func (f fact) frequency(o gotObligation) bool {
	if o.Frequency == nil || o.Frequency.RRule == nil || f.kind == "freq+" && !o.Frequency.AtLeast {
		return false
	}
	said := overlap(o.Frequency.Text, f.text) || strings.Contains(norm(o.Text), norm(f.text))
	return said && slices.ContainsFunc(strings.Split(f.args[0], "|"), func(rule string) bool {
		return ruleParts(rule) == ruleParts(*o.Frequency.RRule)
	})
}

func (f fact) due(o gotObligation) bool {
	if o.Due == nil || !overlap(o.Due.Text, f.text) && !strings.Contains(norm(o.Text), norm(f.text)) {
		return false
	}
	from, to, _ := strings.Cut(f.args[0], "..")
	return dateIs(o.Due.From, from) && dateIs(o.Due.To, to)
}

func dateIs(got *string, want string) bool {
	if want == "*" {
		return true
	}
	first, last, ranged := strings.Cut(want, "~")
	if !ranged {
		last = first
	}
	return got != nil && first <= *got && *got <= last
}

func (f fact) document(o gotObligation) bool {
	for _, d := range o.Documents {
		cited := d.Action == "study" || d.Action == "cite"
		if sameName(f.text, d.Title) && (d.Action == f.args[0] || cited && f.args[0] == "cited") {
			return true
		}
	}
	return false
}

func (f fact) target(o gotObligation) bool {
	is := func(want string, got *float64) bool {
		n, err := strconv.ParseFloat(want, 64)
		return want == "*" || err == nil && got != nil && *got == n
	}
	for _, g := range o.Targets {
		low, either := strings.CutPrefix(f.args[0], "?")
		bounds := is(low, g.Min) && is(f.args[1], g.Max) || either && is(low, g.Max)
		if bounds && norm(g.Unit) == f.args[2] {
			return true
		}
	}
	return false
}

// appears says whether something forbidden is there.
func (f fact) appears(o gotObligation) bool {
	switch f.kind {
	case "!target":
		n, err := strconv.ParseFloat(f.text, 64)
		for _, g := range o.Targets {
			if err != nil && strings.Contains(g.Text, f.text) {
				return true
			}
			if err == nil && (g.Min != nil && *g.Min == n || g.Max != nil && *g.Max == n) {
				return true
			}
		}
	case "!due":
		has := func(s *string) bool { return s != nil && strings.HasPrefix(*s, f.text) }
		return o.Due != nil && (has(o.Due.From) || has(o.Due.To))
	case "!freq":
		return o.Frequency != nil && o.Frequency.RRule != nil && strings.Contains(o.Frequency.Text, f.text)
	case "!draft":
		for _, d := range o.Documents {
			if strings.Contains(d.Title, f.text) && d.Action != "study" && d.Action != "cite" {
				return true
			}
		}
	}
	return false
}

// checkDrafts: no document to deliver that nobody promised, and none twice.
func checkDrafts(t *testing.T, s score, w *want, items []*gotItem) {
	promised := func(title string) bool {
		for _, wi := range w.items {
			for _, f := range wi.facts {
				if strings.HasPrefix(f.kind, "doc") && f.args[0] != "cited" && sameName(f.text, title) {
					return true
				}
			}
		}
		return false
	}
	seen := map[string]bool{}
	for _, it := range items {
		for _, o := range it.Obligations {
			for _, d := range o.Documents {
				if d.Action == "study" || d.Action == "cite" {
					continue
				}
				if key := norm(d.Title); !promised(d.Title) || seen[key] {
					s.check(t, "false draft", false, "item %d: %s %q, twice %v", it.Number, d.Action, d.Title, seen[key])
				}
				seen[norm(d.Title)] = true
			}
		}
	}
}

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
		s.check(t, "warnings", found, "no warning %s %s; got %v", f.kind, f.text, p.Warnings)
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
	s.check(t, "warnings", rest <= w.forgiven, "%d false alarms, at most %d: %v", rest, w.forgiven, p.Warnings)
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
		s.check(t, "span", ok && is == said, "%s: span %v is %q, text %q", what, span, is, said)
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

// corpusFile gives the bytes a clerk would upload.
func corpusFile(t *testing.T, name string) (string, []byte) {
	t.Helper()
	file := name + ".txt"
	raw, err := os.ReadFile(filepath.Join(corpusDir, file))
	if err != nil {
		file = name + ".md"
		raw, err = os.ReadFile(filepath.Join(corpusDir, file))
	}
	if err != nil {
		t.Fatal(err)
	}
	head, rest, _ := strings.Cut(string(raw), "\n")
	switch order := strings.Fields(head); order[0] {
	case "#assemble":
		for _, part := range order[1:] {
			_, more := corpusFile(t, part)
			rest += string(more) + "\n"
		}
		return file, []byte(rest)
	case "#encoding":
		if order[1] == "docx" {
			return name + ".docx", docx(t, rest)
		}
		coded, err := simplifiedchinese.GB18030.NewEncoder().String(rest)
		if err != nil {
			t.Fatal(err)
		}
		return file, []byte(coded)
	}
	return file, raw
}

// docx writes a minimal Word file: "|a|b" is a table row, "^" a cell merged with the one above, "[1]text" a paragraph numbered by Word at that level.
func docx(t *testing.T, text string) []byte {
	t.Helper()
	const ns = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	const head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`
	const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	const types = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	const rels = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="` + office
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for _, part := range [][2]string{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/word/document.xml" ContentType="` + types + `document.main+xml"/>` +
			`<Override PartName="/word/numbering.xml" ContentType="` + types + `numbering+xml"/></Types>`},
		{"_rels/.rels", rels + `officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/_rels/document.xml.rels", rels + `numbering" Target="numbering.xml"/></Relationships>`},
		{"word/numbering.xml", `<w:numbering` + ns + `><w:abstractNum w:abstractNumId="0">` +
			`<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>` +
			`<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>` +
			`</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`},
		{"word/document.xml", `<w:document` + ns + `><w:body>` + docxBody(text) + `</w:body></w:document>`},
	} {
		f, err := z.Create(part[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(head + part[1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func docxBody(text string) string {
	var b strings.Builder
	table := false
	for line := range strings.Lines(text + "\n") {
		line = strings.TrimSpace(line)
		row, isRow := strings.CutPrefix(line, "|")
		switch {
		case isRow && !table:
			b.WriteString("<w:tbl>")
		case !isRow && table:
			b.WriteString("</w:tbl>")
		}
		table = isRow
		switch {
		case isRow:
			b.WriteString("<w:tr>")
			for cell := range strings.SplitSeq(row, "|") {
				if cell == "^" {
					b.WriteString("<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>")
					continue
				}
				b.WriteString(`<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>` + docxParagraph("", cell) + "</w:tc>")
			}
			b.WriteString("</w:tr>")
		case len(line) > 3 && line[0] == '[' && line[2] == ']':
			b.WriteString(docxParagraph(`<w:pPr><w:numPr><w:ilvl w:val="`+line[1:2]+`"/><w:numId w:val="1"/></w:numPr></w:pPr>`, line[3:]))
		case line != "":
			b.WriteString(docxParagraph("", line))
		}
	}
	return b.String()
}

// docxParagraph splits the text over two runs, as Word does.
func docxParagraph(props, text string) string {
	runes := []rune(text)
	var b strings.Builder
	b.WriteString("<w:p>" + props)
	for _, part := range []string{string(runes[:len(runes)/2]), string(runes[len(runes)/2:])} {
		b.WriteString(`<w:r><w:t xml:space="preserve">`)
		_ = xml.EscapeText(&b, []byte(part))
		b.WriteString(`</w:t></w:r>`)
	}
	return b.String() + "</w:p>"
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

func ruleParts(rule string) string {
	parts := strings.Split(strings.TrimPrefix(rule, "RRULE:"), ";")
	parts = slices.DeleteFunc(parts, func(p string) bool { return p == "INTERVAL=1" || p == "" })
	slices.Sort(parts)
	return strings.Join(parts, ";")
}

func describe(it *gotItem) string {
	if it == nil {
		return "nothing"
	}
	text := []rune(it.Text)
	return fmt.Sprintf("%d/%d %q %q", it.section, it.Number, it.Title, string(text[:min(len(text), 40)]))
}

// brief shows what was found, without the long texts.
func brief(obs []gotObligation) string {
	var found []string
	for _, o := range obs {
		if o.Frequency != nil {
			rule := "vague"
			if o.Frequency.RRule != nil {
				rule = *o.Frequency.RRule
			}
			found = append(found, fmt.Sprintf("freq %s=%s+%v", o.Frequency.Text, rule, o.Frequency.AtLeast))
		}
		if o.Due != nil {
			raw, _ := json.Marshal(o.Due)
			found = append(found, "due "+string(raw))
		}
		for _, d := range o.Documents {
			found = append(found, d.Action+" "+d.Title)
		}
		for _, g := range o.Targets {
			raw, _ := json.Marshal(g)
			found = append(found, "target "+string(raw))
		}
		found = append(found, o.Owners...)
		if o.NeedsConfirmation {
			found = append(found, "confirm")
		}
	}
	if len(found) > 24 {
		found = found[:24]
	}
	return strings.Join(found, " · ")
}
