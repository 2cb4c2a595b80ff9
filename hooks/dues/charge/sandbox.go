package charge

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/dues/rate"
	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// Effect is what a set of rates would change in a month.
type Effect struct {
	Month    string         `json:"month"`
	Before   string         `json:"before"` // number of the set in force
	After    string         `json:"after"`
	People   int            `json:"people"`   // who owe dues by both
	Affected int            `json:"affected"` // who would owe something else
	Change   rate.Fen       `json:"change"`   // altogether, in fen
	Refused  int            `json:"refused"`  // for whom the new set gives no amount
	Units    []UnitEffect   `json:"units"`
	Persons  []PersonEffect `json:"persons"` // those whom the caller assesses
}

// UnitEffect is the effect on an organization. Numbers of fewer than five people
// are left out.
type UnitEffect struct {
	Org      string    `json:"org"`
	Path     string    `json:"path"`
	Affected *int      `json:"affected"`
	Change   *rate.Fen `json:"change"`
	n        int
	sum      rate.Fen
}

// PersonEffect is the effect on a person.
type PersonEffect struct {
	Person string   `json:"person"`
	Before rate.Fen `json:"before"`
	After  rate.Fen `json:"after"`
}

// maxPersons is how many people an effect lists at most, the greatest changes
// first.
const maxPersons = 200

// Sandbox tries a set of rates on everybody in reach who owes dues in a month.
// People are named only to who assesses them. The number of queries doesn't
// depend on how many there are.
func Sandbox(app core.App, set rate.Set, month string, reach, assesses []org.Range) (*Effect, error) {
	b, err := newBiller(app, kit.Today(app))
	if err != nil {
		return nil, err
	}
	before, ok := rate.In(b.sets.Active, month)
	if !ok {
		return nil, kit.Reject("month", "dues_no_rates", fmt.Sprintf("%s 没有可用的党费标准。", month))
	}
	where, params := inRanges("s.org_path", reach)
	list, err := payers(app, month, where, "", params)
	if err != nil {
		return nil, err
	}
	effect := &Effect{Month: month, Before: before.No, After: set.No, Units: []UnitEffect{}, Persons: []PersonEffect{}}
	effect.try(b, before, set, list, assesses)
	return effect, nil
}

// try reckons everybody by both sets.
func (f *Effect) try(b *biller, before, after rate.Set, list []payer, assesses []org.Range) {
	units := map[string]*UnitEffect{}
	for _, p := range list {
		was, err := quoteFor(before, p, f.Month)
		if err != nil {
			continue // a person has to look, whatever the rates
		}
		f.People++
		will, err := quoteFor(after, p, f.Month)
		if err != nil {
			f.Refused++
			continue
		}
		if was.Due == will.Due {
			continue
		}
		house := b.houses[p.Unit]
		u := units[house.id]
		if u == nil {
			u = &UnitEffect{Org: house.id, Path: house.path}
			units[house.id] = u
		}
		change := will.Due - was.Due
		u.n, u.sum, f.Affected, f.Change = u.n+1, u.sum+change, f.Affected+1, f.Change+change
		if within(house.path, assesses) {
			f.Persons = append(f.Persons, PersonEffect{p.Person, was.Due, will.Due})
		}
	}
	f.show(units)
}

// show keeps small numbers back and sorts the rest.
func (f *Effect) show(units map[string]*UnitEffect) {
	for _, u := range units {
		f.Units = append(f.Units, *u)
	}
	slices.SortFunc(f.Units, func(a, b UnitEffect) int { return strings.Compare(a.Path, b.Path) })
	counts := make([]int, len(f.Units))
	for i, u := range f.Units {
		counts[i] = u.n
	}
	for i, hidden := range rate.Hide(counts, rate.LeastCell) {
		if !hidden {
			f.Units[i].Affected, f.Units[i].Change = &f.Units[i].n, &f.Units[i].sum
		}
	}
	if f.Affected < rate.LeastCell {
		f.Change = 0
	}
	size := func(p PersonEffect) rate.Fen { return max(p.After-p.Before, p.Before-p.After) }
	slices.SortFunc(f.Persons, func(a, b PersonEffect) int {
		return cmp.Or(cmp.Compare(size(b), size(a)), strings.Compare(a.Person, b.Person))
	})
	f.Persons = f.Persons[:min(len(f.Persons), maxPersons)]
}

func within(path string, ranges []org.Range) bool {
	return slices.ContainsFunc(ranges, func(r org.Range) bool { return r.Lo <= path && path < r.Hi })
}

// inRanges is the condition that a column lies in one of the ranges.
func inRanges(column string, ranges []org.Range) (string, dbx.Params) {
	params, parts := dbx.Params{}, make([]string, 1, 1+len(ranges))
	parts[0] = "1 = 0"
	for i, r := range ranges {
		lo, hi := fmt.Sprintf("lo%d", i), fmt.Sprintf("hi%d", i)
		params[lo], params[hi] = r.Lo, r.Hi
		parts = append(parts, fmt.Sprintf("(%s >= {:%s} AND %s < {:%s})", column, lo, column, hi))
	}
	return "(" + strings.Join(parts, " OR ") + ")", params
}
