// Package parse reads a work plan (工作要点、工作计划) and returns what it
// promises: sections, items, obligations, and the facts of each obligation.
//
// The text goes one way through small steps, each in the file of its noun:
//
//	File        bytes to text                                  decode.go, docx*.go
//	newPage     text to folded glyphs that know their place    page.go, fold.go, markup*.go
//	unwrap      broken lines to whole lines                    unwrap.go
//	readLines   lines with their numbering, rows of tables     lines.go, numbering*.go, table*.go
//	outline     lines to a tree of headings                    outline.go, headings.go, volumes.go
//	sections    the tree to sections and items                 sections.go, leaves.go, table_items.go
//	obligations items to promises with their facts             obligations.go, split.go and one file per fact
//	warnings    what is odd about the text                     warnings*.go
//
// The Chinese words that all of this goes by are lists in words_*.go.
//
// Two promises hold for every input. A span is a pair of rune offsets into
// Plan.Text, and every Text beside a span is exactly that slice. The work
// grows linearly with the text.
//
// Facts are looked up in folded glyphs, where "每 週", "每周" and "每&nbsp;周"
// are the same; what is returned is always the wording of the text.
package parse

import "encoding/json"

// Options says what the text alone does not.
type Options struct {
	Year int // Year of the plan; 0 lets the text say it.
}

// Plan is a work plan as read.
type Plan struct {
	Title    string    `json:"title"`
	Year     *int      `json:"year"`
	Preamble string    `json:"preamble"`
	Sections []Section `json:"sections"`
	Warnings []Warning `json:"warnings"`
	Text     string    `json:"-"` // The normalised text that all spans slice.
}

// Span is a half-open pair of rune offsets into Plan.Text; in JSON [from, to].
type Span struct{ From, To int }

// MarshalJSON writes the span as [from, to].
func (s Span) MarshalJSON() ([]byte, error) { return json.Marshal([2]int{s.From, s.To}) }

// UnmarshalJSON reads [from, to].
func (s *Span) UnmarshalJSON(raw []byte) error {
	var pair [2]int
	if err := json.Unmarshal(raw, &pair); err != nil {
		return err
	}
	s.From, s.To = pair[0], pair[1]
	return nil
}

// Section is a heading of the highest level with what stands below it.
type Section struct {
	Number int    `json:"number"`
	Title  string `json:"title"`
	Span   Span   `json:"span"`
	Items  []Item `json:"items"`
}

// Item is a leaf of the plan.
type Item struct {
	Number      int          `json:"number"`
	Title       string       `json:"title"`
	Text        string       `json:"text"`
	Span        Span         `json:"span"`
	Obligations []Obligation `json:"obligations"`
}

// Obligation is one promise of an item, with its facts.
type Obligation struct {
	Kind              string     `json:"kind"`
	Text              string     `json:"text"`
	Span              Span       `json:"span"`
	Frequency         *Frequency `json:"frequency"`
	Due               *Due       `json:"due"`
	Documents         []Document `json:"documents"`
	Targets           []Target   `json:"targets"`
	Owners            []string   `json:"owners"`
	NeedsConfirmation bool       `json:"needs_confirmation"`
	Placeholders      []string   `json:"placeholders"`
}

// Frequency says how often. RRule is RFC 5545 without DTSTART, nil when the
// words are vague.
type Frequency struct {
	Text    string  `json:"text"`
	RRule   *string `json:"rrule"`
	AtLeast bool    `json:"at_least"`
}

// Due says when. From and To are YYYY-MM-DD, nil when open or unknown.
type Due struct {
	Text string  `json:"text"`
	From *string `json:"from"`
	To   *string `json:"to"`
}

// Document is a document that an obligation names, and what happens to it.
type Document struct {
	Title  string `json:"title"`
	Action string `json:"action"`
}

// Target is a measurable amount.
type Target struct {
	Text string   `json:"text"`
	Min  *float64 `json:"min"`
	Max  *float64 `json:"max"`
	Unit string   `json:"unit"`
}

// Warning is something a person should look at before the plan is used.
type Warning struct {
	Code    string `json:"code"`
	Text    string `json:"text"`
	Span    Span   `json:"span"`
	Message string `json:"message"`
}

// Text reads a plan. It is pure and never fails: what it can't read it leaves
// out, and what looks odd it reports as a warning.
func Text(text string, o Options) Plan {
	p := newPage(text)
	p.unwrap()
	p.mask()

	tree := readOutline(p, readLines(p))
	p.years = findYears(p, tree.title, o.Year)

	plan := Plan{
		Title:    p.clean(tree.title),
		Year:     p.years.ptr(),
		Preamble: p.joined(tree.preamble),
		Sections: []Section{},
		Text:     string(p.src),
	}
	drafts := tree.sections()
	readFacts(p, drafts)
	for _, d := range drafts {
		plan.Sections = append(plan.Sections, d.section(p))
	}
	plan.Warnings = warnings(p, tree, drafts)
	return plan
}
