package board

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
	"yaodian/hooks/points/award"
	"yaodian/hooks/points/rule"
)

// Trial is a set of rules to be tried over a year.
type Trial struct {
	Year   string
	Now    []rule.Rule // in force
	Then   []rule.Rule // if the drafts were in force as well, and those they replace weren't
	Scheme *rule.Scheme
	Reach  []org.Range // whose people are counted
	Names  []org.Range // whose people are named
}

// Effect is what a trial would change.
type Effect struct {
	Year    string        `json:"year"`
	People  int           `json:"people"`
	Touched *int          `json:"touched"` // whose total would be another; nothing for fewer than five
	Up      *int          `json:"up"`
	Down    *int          `json:"down"`
	Before  []Count       `json:"before"`
	After   []Count       `json:"after"`
	Units   []UnitEffect  `json:"units"`
	Persons []PersonShift `json:"persons"` // by name, of those whom the caller looks after
	More    bool          `json:"more"`    // there are more than are listed
}

// UnitEffect is how many people of an organization it touches.
type UnitEffect struct {
	Org     string `json:"org"`
	Path    string `json:"path"`
	Name    string `json:"name"`
	People  int    `json:"people"`
	Touched *int   `json:"touched"`
	n       int
}

// PersonShift is how a person's total would move.
type PersonShift struct {
	Person string      `json:"person"`
	Name   string      `json:"name"`
	Before rule.Tenths `json:"before"`
	After  rule.Tenths `json:"after"`
	pinyin string
}

// maxPersons is how many people an effect names at most.
const maxPersons = 500

// Sandbox tries rules on everybody in reach, over the whole of a year, whatever
// their dates: what would everybody have with the rules of now, and what with
// the drafts. It writes nothing. It reads some people at a time.
func Sandbox(app core.App, t Trial) (*Effect, error) {
	f := &trying{app: app, trial: t, units: map[string]*UnitEffect{}, out: &Effect{Year: t.Year, Units: []UnitEffect{}, Persons: []PersonShift{}}}
	if err := f.open(); err != nil {
		return nil, err
	}
	if err := award.Ranges(app, f.some); err != nil {
		return nil, err
	}
	return f.close()
}

type trying struct {
	app       core.App
	trial     Trial
	now, then *Book
	units     map[string]*UnitEffect
	up, down  int
	before    []int
	after     []int
	out       *Effect
}

func (f *trying) open() error {
	var err error
	if f.now, err = Open(f.app, f.trial.Year); err != nil {
		return err
	}
	then := *f.now
	f.then = &then
	f.now.Rules, f.then.Rules = byID(f.trial.Now), byID(f.trial.Then)
	if f.trial.Scheme != nil {
		f.then.Scheme = *f.trial.Scheme
	}
	f.before, f.after = make([]int, len(f.now.Scheme.Bands)), make([]int, len(f.then.Scheme.Bands))
	return nil
}

func byID(list []rule.Rule) map[string]rule.Rule {
	out := map[string]rule.Rule{}
	for _, r := range list {
		out[r.ID] = r
	}
	return out
}

type participant struct {
	ID     string `db:"id"`
	Name   string `db:"name"`
	Pinyin string `db:"pinyin"`
	Org    string `db:"org"`
	Path   string `db:"org_path"`
	Unit   string `db:"unit"`
}

// some tries a range of people.
func (f *trying) some(from, to string) error {
	var list []participant
	err := f.app.DB().NewQuery(`SELECT p.id, p.name, p.pinyin, p.org, p.org_path, COALESCE(NULLIF(u.short, ''), u.name) AS unit FROM people p JOIN org_units u ON u.id = p.org
		WHERE p.id >= {:from} AND p.id <= {:to} AND p.kind IN ('member', 'probationary') AND p.state IN ('active', 'suspended') AND p.membership_state != 'stopped'`).
		Bind(dbx.Params{"from": from, "to": to}).All(&list)
	if err != nil {
		return err
	}
	scope := award.Scope{From: from, To: to, Since: f.trial.Year + "-01-01", Before: nextYear(f.trial.Year)}
	both, err := award.Try(f.app, scope, f.trial.Now, f.trial.Then)
	if err != nil {
		return err
	}
	for _, p := range list {
		if in(p.Path, f.trial.Reach) {
			f.count(p, f.now.Scheme.Tally(f.now.Rules, both[0][p.ID]).Points, f.then.Scheme.Tally(f.then.Rules, both[1][p.ID]).Points)
		}
	}
	return nil
}

func nextYear(year string) string {
	var y int
	_, _ = fmt.Sscan(year, &y)
	return fmt.Sprintf("%04d-01-01", y+1)
}

func (f *trying) count(p participant, was, will rule.Tenths) {
	u := f.units[p.Org]
	if u == nil {
		u = &UnitEffect{Org: p.Org, Path: p.Path, Name: p.Unit}
		f.units[p.Org] = u
	}
	u.People++
	f.out.People++
	if i := f.now.Scheme.BandOf(was); i >= 0 {
		f.before[i]++
	}
	if i := f.then.Scheme.BandOf(will); i >= 0 {
		f.after[i]++
	}
	if was == will {
		return
	}
	u.n++
	if will > was {
		f.up++
	} else {
		f.down++
	}
	if in(p.Path, f.trial.Names) {
		f.out.Persons = append(f.out.Persons, PersonShift{p.ID, p.Name, was, will, p.Pinyin})
	}
}

// close keeps small numbers back and puts people in the order of their names.
func (f *trying) close() (*Effect, error) {
	out := f.out
	out.Before, out.After = Spread(f.now.Scheme.Bands, f.before), Spread(f.then.Scheme.Bands, f.after)
	if n := f.up + f.down; n == 0 || n >= rate.LeastCell {
		out.Touched = &n
		if hidden := rate.Hide([]int{f.up, f.down}, rate.LeastCell); !hidden[0] && !hidden[1] {
			out.Up, out.Down = &f.up, &f.down
		}
	}
	for _, u := range f.units {
		out.Units = append(out.Units, *u)
	}
	slices.SortFunc(out.Units, func(a, b UnitEffect) int { return strings.Compare(a.Path, b.Path) })
	counts := make([]int, len(out.Units))
	for i, u := range out.Units {
		counts[i] = u.n
	}
	for i, hidden := range rate.Hide(counts, rate.LeastCell) {
		if !hidden {
			out.Units[i].Touched = &out.Units[i].n
		}
	}
	slices.SortFunc(out.Persons, func(a, b PersonShift) int {
		return cmp.Or(strings.Compare(a.pinyin, b.pinyin), strings.Compare(a.Person, b.Person))
	})
	out.More = len(out.Persons) > maxPersons
	out.Persons = out.Persons[:min(len(out.Persons), maxPersons)]
	return out, nil
}

func in(path string, ranges []org.Range) bool {
	return slices.ContainsFunc(ranges, func(r org.Range) bool { return r.Lo <= path && path < r.Hi })
}

// CheckYear: what is tried is a year that has begun.
func CheckYear(year, today string) error {
	if !kit.IsDate(year+"-01-01") || year > today[:4] {
		return kit.Reject("year", "points_year_unreal", "年度要写成四位数，不能是还没有开始的年度。")
	}
	return nil
}
