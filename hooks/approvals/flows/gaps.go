package flows

import (
	"cmp"
	"slices"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
)

// A Gap is a post that has to be filled before a flow in effect can be followed
// everywhere.
type Gap struct {
	Flow string `json:"flow"`
	Step string `json:"step"`
	Role string `json:"role"`
	Unit string `json:"unit"` // empty: anywhere
	Have int    `json:"have"`
	Need int    `json:"need"`
}

// Gaps lists who must be appointed for the flows in effect today.
func Gaps(app core.App) ([]Gap, error) {
	flows, err := on(app, "", kit.Today(app))
	if err != nil {
		return nil, err
	}
	roles, err := rolesByKey(app)
	if err != nil {
		return nil, err
	}
	h, err := heldToday(app)
	if err != nil {
		return nil, err
	}
	gaps := []Gap{}
	for _, f := range flows {
		steps, err := f.Steps()
		if err != nil {
			return nil, err
		}
		for _, s := range steps {
			name := s.Role // a role that was renamed or deleted is named by its key
			if r := roles[s.Role]; r != nil {
				name = r.GetString("name")
			}
			for _, g := range h.gaps(s) {
				g.Flow, g.Step, g.Role = f.Name(), s.Name, name
				gaps = append(gaps, g)
			}
		}
	}
	return gaps, nil
}

// gaps are the organizations at which a step has too few people. At its own
// level an organization is asked for a role if another of its kind has it: an
// office isn't asked for a branch secretary.
func (h held) gaps(s Step) []Gap {
	if h.missing([]Step{s}) != 0 {
		return []Gap{{Need: s.Min}}
	}
	kinds := map[string]bool{}
	parents := map[string]bool{}
	for id, u := range h.units {
		if h.count[s.Role][id] > 0 {
			kinds[u.Kind] = true
		}
		parents[u.Parent] = true
	}
	var out []Gap
	for id, u := range h.units {
		asked := s.At == Committee && u.Kind == "committee" || s.At != Committee && kinds[u.Kind] && (s.At == Own || parents[id])
		if n := h.count[s.Role][id]; asked && n < s.Min {
			out = append(out, Gap{Unit: u.Name, Have: n, Need: s.Min})
		}
	}
	slices.SortFunc(out, func(a, b Gap) int { return cmp.Compare(a.Unit, b.Unit) })
	return out
}
