package rule

import (
	"cmp"
	"slices"
)

// Deduction is the category of rules that take points off.
const Deduction = "deduction"

// Band is a stretch of totals with a name, for reference alone.
type Band struct {
	Name string `json:"name"`
	From Tenths `json:"from"`
}

// Scheme says what a year begins with and where it ends.
type Scheme struct {
	No    string            `json:"no"`
	Title string            `json:"title"`
	Year  int               `json:"year"`
	Base  Tenths            `json:"base"`
	Cap   Tenths            `json:"cap"` // of all that a year adds
	Caps  map[string]Tenths `json:"caps"`
	Bands []Band            `json:"bands"` // the highest first
}

// Standard is what holds where no scheme does (domain.md 10.2, 16.18).
var Standard = Scheme{No: "默认", Title: "默认积分办法", Base: 600, Cap: 400, Bands: []Band{{"优秀参考", 900}, {"良好", 750}, {"合格", 600}, {"关注", 0}}}

// BandOf is the place of a total in Bands; -1 where none reaches down to it.
func (s Scheme) BandOf(total Tenths) int {
	return slices.IndexFunc(s.Bands, func(b Band) bool { return total >= b.From })
}

// Line is what a person has by a rule in a month; or one entry, where Seq tells
// it from others.
type Line struct {
	Rule   string `db:"rule"`
	Month  string `db:"month"`
	Points Tenths `db:"points"`
}

// Share is what a category comes to.
type Share struct {
	Category string `json:"category"`
	Earned   Tenths `json:"earned"`
	Counted  Tenths `json:"counted"`
	Cap      Tenths `json:"cap"`
}

// Total is what a year comes to.
type Total struct {
	Base    Tenths  `json:"base"`
	Added   Tenths  `json:"added"`   // within all caps
	Off     Tenths  `json:"off"`     // taken off, positive
	Points  Tenths  `json:"points"`  // never below 0
	Shares  []Share `json:"shares"`  // by category
	Over    Tenths  `json:"over"`    // earned above the caps: doesn't count
	Limited bool    `json:"limited"` // the cap of the year is reached
}

// span is the stretch of time in which a rule's cap counts.
func (r Rule) span(month string) string {
	switch r.CapPer {
	case "month":
		return month
	case "quarter":
		return QuarterOf(month + "-01")
	}
	return month[:4]
}

// Tally adds up a person's year: each rule within its cap per month, quarter or
// year, each category within its cap, all of it within the cap of the year; what
// is taken off comes from the whole, which never falls below 0 (R-PTS-01). The
// order of the lines makes no difference.
func (s Scheme) Tally(rules map[string]Rule, lines []Line) Total {
	type pot struct{ rule, span string }
	pots := map[pot]Tenths{}
	for _, l := range lines {
		pots[pot{l.Rule, rules[l.Rule].span(l.Month)}] += l.Points
	}
	shares, t := map[string]*Share{}, Total{Base: s.Base, Shares: []Share{}}
	for p, sum := range pots {
		r := rules[p.rule]
		counted := within(sum, r.Cap)
		if r.Value < 0 {
			t.Off -= counted
			continue
		}
		share := shares[r.Category]
		if share == nil {
			share = &Share{Category: r.Category, Cap: s.Caps[r.Category]}
			shares[r.Category] = share
		}
		share.Earned += sum
		share.Counted += counted
	}
	earned := Tenths(0)
	for _, share := range shares {
		share.Counted = within(share.Counted, share.Cap)
		t.Added += share.Counted
		earned += share.Earned
		t.Shares = append(t.Shares, *share)
	}
	slices.SortFunc(t.Shares, func(a, b Share) int { return cmp.Compare(a.Category, b.Category) })
	t.Limited = s.Cap > 0 && t.Added >= s.Cap
	t.Added = within(t.Added, s.Cap)
	t.Over = earned - t.Added
	t.Points = max(0, s.Base+t.Added-t.Off)
	return t
}

// within is a sum held to a cap on either side of 0; no cap holds nothing.
func within(sum, limit Tenths) Tenths {
	if limit <= 0 {
		return sum
	}
	return min(max(sum, -limit), limit)
}

// Allot says of each line, in their order, how much of it still counts: what the
// caps of its rule, its category and the year leave.
func (s Scheme) Allot(rules map[string]Rule, lines []Line) []Tenths {
	left := map[string]Tenths{}
	take := func(key string, limit, want Tenths) Tenths {
		if limit <= 0 {
			return want
		}
		if _, ok := left[key]; !ok {
			left[key] = limit
		}
		return min(want, left[key])
	}
	out := make([]Tenths, len(lines))
	for i, l := range lines {
		r, want := rules[l.Rule], max(l.Points, -l.Points)
		pot := r.ID + " " + r.span(l.Month)
		keys := map[string]Tenths{pot: r.Cap}
		if r.Value > 0 {
			keys["category "+r.Category], keys["year"] = s.Caps[r.Category], s.Cap
		}
		for key, limit := range keys {
			want = take(key, limit, want)
		}
		for key, limit := range keys {
			if limit > 0 {
				left[key] -= want
			}
		}
		out[i] = want
		if l.Points < 0 {
			out[i] = -want
		}
	}
	return out
}

// Left is how much a rule may still add in a month: the most that one more line
// could count for.
func (s Scheme) Left(rules map[string]Rule, lines []Line, r Rule, month string) Tenths {
	const plenty = Tenths(1_000_000)
	counted := s.Allot(rules, append(slices.Clone(lines), Line{Rule: r.ID, Month: month, Points: plenty}))
	return counted[len(counted)-1]
}
