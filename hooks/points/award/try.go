package award

import (
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/org"
	"yaodian/hooks/points/rule"
)

// Try is what people would have, by rule and month, with each of several sets of
// rules over all that happened in a scope, whatever the dates of the rules.
func Try(app core.App, s Scope, sets ...[]rule.Rule) ([]map[string][]rule.Line, error) {
	list, err := facts(app, s)
	if err != nil {
		return nil, err
	}
	out := make([]map[string][]rule.Line, len(sets))
	for i, set := range sets {
		k := &reckoner{app: app, rules: always(set), houses: map[string]*org.Unit{}}
		want, err := k.wanted(s, list)
		if err != nil {
			return nil, err
		}
		out[i] = map[string][]rule.Line{}
		for _, a := range want {
			out[i][a.Person] = append(out[i][a.Person], rule.Line{Rule: a.Rule.ID, Month: a.Day[:7], Points: a.Points})
		}
	}
	return out, nil
}

// always are rules without dates.
func always(list []rule.Rule) []rule.Rule {
	out := make([]rule.Rule, len(list))
	for i, r := range list {
		r.Since, r.Until = "", ""
		out[i] = r
	}
	return out
}
