package parse_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
)

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
	s.checkf(t, category, ok, "%s: %s %s %v; got %s", where, f.kind, f.text, f.args, brief(obs))
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
					s.checkf(t, "false draft", false, "item %d: %s %q, twice %v", it.Number, d.Action, d.Title, seen[key])
				}
				seen[norm(d.Title)] = true
			}
		}
	}
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
