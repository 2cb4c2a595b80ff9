package rule

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Tenths are points, in tenths.
type Tenths int64

// String writes points as people do: 2, 0.5, -1.5.
func (t Tenths) String() string {
	sign, n := "", t
	if n < 0 {
		sign, n = "-", -n
	}
	if n%10 == 0 {
		return fmt.Sprintf("%s%d", sign, n/10)
	}
	return fmt.Sprintf("%s%d.%d", sign, n/10, n%10)
}

// Rule is a numbered, dated line of what points are given for.
type Rule struct {
	ID        string   `json:"id"`
	No        string   `json:"no"`
	Title     string   `json:"title"`
	Subject   string   `json:"subject"`
	Condition string   `json:"condition"`
	Category  string   `json:"category"`
	Value     Tenths   `json:"value"`
	Unit      string   `json:"unit"`
	Cap       Tenths   `json:"cap"`
	CapPer    string   `json:"cap_per"`
	Spared    []string `json:"spared"`
	Units     []string `json:"-"` // paths of the organizations that try it; empty: all
	Evidence  bool     `json:"evidence"`
	Since     string   `json:"since"`
	Until     string   `json:"until"`
}

// In reports whether the rule is in force on a day. Until is the first day on
// which it no longer is.
func (r Rule) In(day string) bool { return r.Since <= day && (r.Until == "" || day < r.Until) }

// Standing is how somebody stands on a day, as far as points go.
type Standing struct {
	Takes    bool   // a member, probationary ones included, whose membership isn't stopped
	Category string // special, flow, backbone or ordinary
	Org      string
	Path     string // where they belong
}

// Touches reports whether the rule applies to somebody who stands so (R-PTS-03).
func (r Rule) Touches(s Standing) bool {
	if !s.Takes || slices.Contains(r.Spared, s.Category) {
		return false
	}
	if subject, _ := SubjectOf(r.Subject); slices.Contains(subject.Spared, s.Category) {
		return false
	}
	return len(r.Units) == 0 || slices.ContainsFunc(r.Units, func(path string) bool { return strings.HasPrefix(s.Path, path) })
}

// Fact is something that happened and may give points to a person.
type Fact struct {
	Person   string `db:"person"`
	Activity string `db:"activity"` // one activity gives points to a person once
	Source   string `db:"source"`   // the record
	Subject  string `db:"subject"`
	Day      string `db:"day"`
	Rule     string `db:"rule"` // of a claim: the rule that it is made under
	Quantity int64  `db:"quantity"`
}

// Award is what a fact is worth by a rule.
type Award struct {
	Fact
	Rule   Rule
	Points Tenths
	At     Standing
}

// Choose is the award of an activity for a person: what is worth most, and of
// equals the one whose rule has the lowest number (R-PTS-02). of are all awards
// that the facts of the activity could give.
func Choose(of []Award) (best Award, ok bool) {
	if len(of) == 0 {
		return best, false
	}
	return slices.MinFunc(of, func(a, b Award) int {
		return cmp.Or(cmp.Compare(b.Points, a.Points), strings.Compare(a.Rule.No, b.Rule.No), strings.Compare(a.Source, b.Source))
	}), true
}

// Worth is what a fact gives by a rule: its value, for each unit where the rule
// counts units.
func (r Rule) Worth(f Fact) Tenths {
	if r.Unit == "" {
		return r.Value
	}
	return r.Value * Tenths(f.Quantity)
}
