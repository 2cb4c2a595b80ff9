package award

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/points/ledger"
	"yaodian/hooks/points/rule"
)

// SettleAll brings the ledger in line for everybody, from a day on.
func SettleAll(app core.App, since string) error {
	return Ranges(app, func(from, to string) error { return Settle(app, Scope{From: from, To: to, Since: since}) })
}

// people is how many are reckoned together.
const people = 2000

// Ranges passes on everybody, some at a time, as ranges of ids.
func Ranges(app core.App, do func(from, to string) error) error {
	for after := ""; ; {
		var ids []string
		if err := app.DB().Select("id").From("people").Where(dbx.NewExp("id > {:after}", dbx.Params{"after": after})).OrderBy("id").Limit(people).Column(&ids); err != nil {
			return err
		}
		if len(ids) == 0 {
			return nil
		}
		after = ids[len(ids)-1]
		if err := do(ids[0], after); err != nil {
			return err
		}
	}
}

// Settle brings a part of the ledger in line with what happened: what isn't so
// any more is taken back, what is new is given.
func Settle(app core.App, s Scope) error {
	have, err := ledger.Awards(app, s.where())
	if err != nil {
		return err
	}
	list, err := facts(app, s)
	if err != nil || len(have) == 0 && len(list) == 0 {
		return err
	}
	k, err := newReckoner(app, s.Family)
	if err != nil {
		return err
	}
	want, err := k.wanted(s, list)
	if err != nil {
		return err
	}
	lines, err := k.differences(s, have, want)
	if err != nil {
		return err
	}
	return ledger.Post(app, lines...)
}

// differences are the lines that make what the ledger has what it should have.
func (k *reckoner) differences(s Scope, have []*ledger.Given, want map[at]rule.Award) ([]ledger.Line, error) {
	var lines []ledger.Line
	last := map[at]int64{}
	for _, e := range have {
		key := at{e.Activity, e.Person}
		if last[key] = max(last[key], e.Nth); e.Reversed {
			continue
		}
		same, err := k.same(&e.Entry, want[key])
		if err != nil {
			return nil, err
		}
		if same {
			delete(want, key)
			continue
		}
		back := e.Line
		back.Kind, back.Points, back.Reverses = ledger.Reversal, -e.Points, e.ID
		back.Explain = fmt.Sprintf("冲正第 %d 笔：来源已经撤回、更正或改按别的项目计分。", e.Seq)
		lines = append(lines, back)
	}
	if s.Since != "" && len(want) > 0 { // an award of the same activity may have had an earlier day
		s.Since, s.Before = "", ""
		var err error
		if last, err = lasts(k.app, s); err != nil {
			return nil, err
		}
	}
	for _, key := range keysOf(want) {
		line, err := k.line(want[key])
		if err != nil {
			return nil, err
		}
		line.Nth = last[key] + 1
		lines = append(lines, line)
	}
	return lines, nil
}

// same reports whether an entry is what is wanted.
func (k *reckoner) same(e *ledger.Entry, want rule.Award) (bool, error) {
	if want.Rule.ID != e.Rule || want.Source != e.Source || want.Points != e.Points || want.Day != e.Day {
		return false, nil
	}
	house, err := k.house(want.At.Org)
	return err == nil && house.Id == e.Org, err
}

func (k *reckoner) line(a rule.Award) (ledger.Line, error) {
	house, err := k.house(a.At.Org)
	if err != nil {
		return ledger.Line{}, err
	}
	subject, _ := rule.SubjectOf(a.Rule.Subject)
	explain := fmt.Sprintf("按 %s“%s”计 %s 分", a.Rule.No, a.Rule.Title, a.Points)
	if a.Rule.Unit != "" {
		explain += fmt.Sprintf("（%d %s，每%s %s 分）", a.Quantity, a.Rule.Unit, a.Rule.Unit, a.Rule.Value)
	}
	return ledger.Line{
		Person: a.Person, Rule: a.Rule.ID, Kind: ledger.Award, Points: a.Points, Day: a.Day, Activity: a.Activity, Collection: subject.Collection,
		Source: a.Source, Explain: explain + "。", Org: house.Id, OrgPath: house.Path(),
	}, nil
}

// keysOf is what is wanted in the order in which it happened.
func keysOf(want map[at]rule.Award) []at {
	return slices.SortedFunc(maps.Keys(want), func(a, b at) int {
		return cmp.Or(strings.Compare(want[a].Day, want[b].Day), strings.Compare(a.activity, b.activity), strings.Compare(a.person, b.person))
	})
}

// lasts says how many awards each activity of a scope has had for each person.
func lasts(app core.App, s Scope) (map[at]int64, error) {
	where := s.where()
	var rows []struct {
		Activity, Person string
		N                int64
	}
	err := app.DB().NewQuery("SELECT activity, person, max(nth) AS n FROM points_entries WHERE " + where.SQL + " AND kind = 'award' GROUP BY activity, person").
		Bind(where.Params).All(&rows)
	out := map[at]int64{}
	for _, r := range rows {
		out[at{r.Activity, r.Person}] = r.N
	}
	return out, err
}
