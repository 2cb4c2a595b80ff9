package award

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/condition"
	"yaodian/hooks/dues/charge"
	"yaodian/hooks/org"
	"yaodian/hooks/points/rule"
)

// at is an activity and a person: what gives points once.
type at struct{ activity, person string }

// reckoner says what facts are worth. It remembers rules and houses.
type reckoner struct {
	app    core.App
	rules  []rule.Rule
	houses map[string]*org.Unit // by the id of a unit
}

// Rules lists the rules in some states, with the paths of those who try them.
func Rules(app core.App, where string, params dbx.Params) ([]rule.Rule, error) {
	var rows []struct {
		rule.Rule
		ID      string `db:"id"`
		Sparing string `db:"sparing"`
		Paths   string `db:"paths"`
	}
	err := app.DB().NewQuery(`SELECT r.id, r.no, r.title, r.subject, r.condition, r.category, r.value, r.unit, r.cap, r.cap_per, r.evidence, r.since, r.until, r.spared AS sparing,
		(SELECT json_group_array(u.path) FROM json_each(r.units) x JOIN org_units u ON u.id = x.value) AS paths FROM points_rules r WHERE ` + where + ` ORDER BY r.no`).Bind(params).All(&rows)
	if err != nil {
		return nil, err
	}
	out := make([]rule.Rule, len(rows))
	for i, r := range rows {
		r.Rule.ID = r.ID
		if err := json.Unmarshal([]byte(r.Sparing), &r.Rule.Spared); err != nil && r.Sparing != "" {
			return nil, fmt.Errorf("rule %s: %w", r.No, err)
		}
		if err := json.Unmarshal([]byte(r.Paths), &r.Rule.Units); err != nil {
			return nil, fmt.Errorf("rule %s: %w", r.No, err)
		}
		out[i] = r.Rule
	}
	return out, nil
}

// newReckoner reads the rules of a family; all of them where none is named.
func newReckoner(app core.App, family string) (*reckoner, error) {
	in := "''"
	for _, s := range rule.Subjects {
		if family == "" || familyOf(s.Key) == family {
			in += ", '" + s.Key + "'"
		}
	}
	rules, err := Rules(app, "r.state IN ('active', 'ended') AND r.subject IN ("+in+")", nil)
	return &reckoner{app: app, rules: rules, houses: map[string]*org.Unit{}}, err
}

// wanted is what the ledger should hold of some facts.
func (k *reckoner) wanted(s Scope, list []rule.Fact) (map[at]rule.Award, error) {
	if len(list) == 0 {
		return nil, nil
	}
	lives, err := livesOf(k.app, s, list)
	if err != nil {
		return nil, err
	}
	met, err := k.conditions(s, list)
	if err != nil {
		return nil, err
	}
	struck, err := struckIn(k.app, s)
	if err != nil {
		return nil, err
	}
	could := map[at][]rule.Award{}
	for _, f := range list {
		key := at{f.Activity, f.Person}
		if struck[key] {
			continue
		}
		standing := lives[f.Person].On(f.Day)
		for _, r := range k.rules {
			if r.Subject != f.Subject || f.Rule != "" && f.Rule != r.ID || !r.In(f.Day) || !r.Touches(standing) {
				continue
			}
			if r.Condition != "" && !met[r.ID][f.Source] {
				continue
			}
			could[key] = append(could[key], rule.Award{Fact: f, Rule: r, Points: r.Worth(f), At: standing})
		}
	}
	out := make(map[at]rule.Award, len(could))
	for key, awards := range could {
		if best, ok := rule.Choose(awards); ok {
			out[key] = best
		}
	}
	return out, nil
}

// conditions asks each rule with a condition which of the facts meet it: a query
// for each rule, whatever the number of facts of a scope.
func (k *reckoner) conditions(s Scope, list []rule.Fact) (map[string]map[string]bool, error) {
	out := map[string]map[string]bool{}
	for _, r := range k.rules {
		if r.Condition == "" {
			continue
		}
		var sources []any
		for _, f := range list {
			if f.Subject == r.Subject {
				sources = append(sources, f.Source)
			}
		}
		if len(sources) == 0 {
			continue
		}
		met, err := k.matching(s, r, sources)
		if err != nil {
			return nil, fmt.Errorf("condition of rule %s: %w", r.No, err)
		}
		out[r.ID] = met
	}
	return out, nil
}

// few is how many records are asked about by their ids.
const few = 300

func (k *reckoner) matching(s Scope, r rule.Rule, sources []any) (map[string]bool, error) {
	subject, _ := rule.SubjectOf(r.Subject)
	if s.From == "" || len(sources) <= few {
		out := map[string]bool{}
		for part := range slices.Chunk(sources, few) {
			met, err := condition.Matching(k.app, subject.Collection, r.Condition, part)
			if err != nil {
				return nil, err
			}
			for id := range met {
				out[id] = true
			}
		}
		return out, nil
	}
	c, err := k.app.FindCachedCollectionByNameOrId(subject.Collection)
	if err != nil {
		return nil, err
	}
	query := k.app.ConcurrentDB().Select(c.Name + ".id").Distinct(true).From(c.Name).
		AndWhere(dbx.NewExp(c.Name+".person >= {:from} AND "+c.Name+".person <= {:to}", dbx.Params{"from": s.From, "to": s.To}))
	if err := condition.Narrow(k.app, query, c, &core.RequestInfo{}, r.Condition); err != nil {
		return nil, err
	}
	var ids []string
	if err := query.Column(&ids); err != nil {
		return nil, err
	}
	out := make(map[string]bool, len(ids))
	for _, id := range ids {
		out[id] = true
	}
	return out, nil
}

// struckIn are the activities whose entry was struck on appeal.
func struckIn(app core.App, s Scope) (map[at]bool, error) {
	where := s.where()
	var rows []struct {
		Activity string `db:"activity"`
		Person   string `db:"person"`
	}
	err := app.DB().NewQuery(`SELECT activity, person FROM (SELECT e.activity, e.person, e.day FROM points_appeals a JOIN points_entries e ON e.id = a.entry
		WHERE a.outcome = 'reversed' AND a.entry != '' AND a.state IN ('answered', 'settled')) WHERE ` + where.SQL).Bind(where.Params).All(&rows)
	out := map[at]bool{}
	for _, r := range rows {
		out[at{r.Activity, r.Person}] = true
	}
	return out, err
}

// house is the branch that keeps the points of a unit's people.
func (k *reckoner) house(unit string) (*org.Unit, error) {
	if u := k.houses[unit]; u != nil {
		return u, nil
	}
	u, err := charge.HouseOf(k.app, unit)
	if err == nil {
		k.houses[unit] = u
	}
	return u, err
}
