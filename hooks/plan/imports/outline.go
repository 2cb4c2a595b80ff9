package imports

import (
	"iter"
	"strings"

	"yaodian/hooks/calendar"
	"yaodian/hooks/kit"
	"yaodian/hooks/plan"
	"yaodian/hooks/plan/parse"
	"yaodian/hooks/plan/schedule"
)

// Outline is what was read from a plan's text, with the clerk's decisions.
type Outline struct {
	Title    string          `json:"title"`
	Year     *int            `json:"year"`
	Preamble string          `json:"preamble"`
	Sections []Section       `json:"sections"`
	Warnings []parse.Warning `json:"warnings"`
}

// Section is a part of the plan (部分).
type Section struct {
	Number int        `json:"number"`
	Title  string     `json:"title"`
	Span   parse.Span `json:"span"`
	Items  []Item     `json:"items"`
}

// Item is a numbered promise of the plan (条).
type Item struct {
	Number      int          `json:"number"`
	Title       string       `json:"title"`
	Text        string       `json:"text"`
	Span        parse.Span   `json:"span"`
	Obligations []Obligation `json:"obligations"`
}

// Obligation is a sentence that promises work, with what the clerk decided.
type Obligation struct {
	parse.Obligation
	Name    string       `json:"name"`    // of the task; empty: made from the sentence
	Assign  *plan.Assign `json:"assign"`  // who does it
	Keep    *bool        `json:"keep"`    // false: no task follows
	Settled bool         `json:"settled"` // what was vague has been decided by a person
	Shift   string       `json:"shift"`   // before, after or none; empty: before
	Lead    int          `json:"lead"`    // days
}

// NewOutline is the outline of a text as it was read, before anybody decided.
func NewOutline(p parse.Plan) Outline {
	o := Outline{Title: p.Title, Year: p.Year, Preamble: p.Preamble, Warnings: p.Warnings}
	for _, s := range p.Sections {
		section := Section{Number: s.Number, Title: s.Title, Span: s.Span}
		for _, i := range s.Items {
			item := Item{Number: i.Number, Title: i.Title, Text: i.Text, Span: i.Span}
			for _, ob := range i.Obligations {
				item.Obligations = append(item.Obligations, Obligation{Obligation: ob})
			}
			section.Items = append(section.Items, item)
		}
		o.Sections = append(o.Sections, section)
	}
	return o
}

// Kept reports whether a task follows from the obligation.
func (o Obligation) Kept() bool { return o.Keep == nil || *o.Keep }

// Deliverables are the documents that the obligation promises to make.
func (o Obligation) Deliverables() []parse.Document {
	var out []parse.Document
	for _, d := range o.Documents {
		switch d.Action {
		case "draft", "revise", "sign":
			out = append(out, d)
		}
	}
	return out
}

// maxTitle is the greatest length of a task's name, in characters.
const maxTitle = 60

// TaskTitle is the clerk's name for the task or the beginning of its sentence.
func (o Obligation) TaskTitle() string {
	if name := strings.TrimSpace(o.Name); name != "" {
		return name
	}
	text := strings.TrimSpace(o.Text)
	if i := strings.IndexAny(text, "。；;\n"); i > 0 {
		text = text[:i]
	}
	text = strings.Trim(text, "，、：:,. ")
	if runes := []rune(text); len(runes) > maxTitle {
		text = string(runes[:maxTitle-1]) + "…"
	}
	return text
}

// DueFrom is the first day on which the work may be due; empty: no bound.
func (o Obligation) DueFrom() string {
	if o.Due == nil || o.Due.From == nil {
		return ""
	}
	return *o.Due.From
}

// DueTo is the day by which the work is due; empty: the end of the period.
func (o Obligation) DueTo() string {
	if o.Due == nil || o.Due.To == nil {
		return ""
	}
	return *o.Due.To
}

// RRule is how often the work recurs, in RFC 5545; empty: once.
func (o Obligation) RRule() string {
	if o.Frequency == nil || o.Frequency.RRule == nil {
		return ""
	}
	return *o.Frequency.RRule
}

// Rule is when the work is due in the year of the plan.
func (o Obligation) Rule(year int, since string) schedule.Rule {
	return schedule.Rule{
		RRule: o.RRule(), DueFrom: o.DueFrom(), DueTo: o.DueTo(), Shift: shiftOf(o.Shift), Lead: o.Lead, Year: year, Since: since,
	}
}

func shiftOf(s string) calendar.Shift {
	if s == "" {
		return calendar.Before
	}
	return calendar.Shift(s)
}

// kept walks the obligations from which a task follows.
func (o Outline) kept() iter.Seq2[[3]int, Obligation] {
	return func(yield func([3]int, Obligation) bool) {
		for s, section := range o.Sections {
			for i, item := range section.Items {
				for k, ob := range item.Obligations {
					if ob.Kept() && !yield([3]int{s, i, k}, ob) {
						return
					}
				}
			}
		}
	}
}

// checkSpans: every part of an outline lies within the text it was read from.
func checkSpans(o Outline, length int) error {
	inside := func(s parse.Span) bool { return 0 <= s.From && s.From <= s.To && s.To <= length }
	for _, section := range o.Sections {
		ok := inside(section.Span)
		for _, item := range section.Items {
			ok = ok && inside(item.Span)
			for _, ob := range item.Obligations {
				ok = ok && inside(ob.Span)
			}
		}
		if !ok {
			return kit.Reject("outline", "plan_outline_span", "摘出的内容超出了原文的范围，请刷新页面后重试。")
		}
	}
	return nil
}
