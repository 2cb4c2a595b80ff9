package imports

import (
	"slices"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/org"
	"yaodian/hooks/plan"
)

// suggester proposes who is responsible from the words of the text. It never
// decides: a suggestion is marked until a person has looked at it.
type suggester struct {
	units []namedUnit
	roles map[string]string // key to id
}

// namedUnit is an organization by the names that a text may call it.
type namedUnit struct{ id, full, short string }

func newSuggester(app core.App, planOrg *org.Unit) (*suggester, error) {
	s := &suggester{roles: map[string]string{}}
	var units []*org.Unit
	err := app.RecordQuery(org.Units).
		AndWhere(org.AtOrBelow("path", planOrg.Path())).AndWhere(dbx.HashExp{"closed": ""}).
		OrderBy("sort", "path").All(&units)
	if err != nil {
		return nil, err
	}
	for _, u := range units {
		s.units = append(s.units, namedUnit{u.Id, OneName(u.GetString("name")), OneName(u.GetString("short"))})
	}
	var roles []*core.Record
	err = app.RecordQuery(org.Roles).All(&roles)
	for _, r := range roles {
		s.roles[r.GetString("key")] = r.Id
	}
	return s, err
}

var oneName = strings.NewReplacer("党委", "党工委", "街道办事处", "街道", "街道办公室", "街道办", "街道办", "街道", "办公室", "办", "中共", "", " ", "", "　", "")

// OneName makes the names by which texts call the same organization one:
// 党委 and 党工委, 街道办 and 街道 (R-IMP-03). It is only compared with; the
// words of the text stay as they are.
func OneName(s string) string { return oneName.Replace(s) }

// unit finds the organization that a text means: by its name, or by the end of
// the name of only one (东风社区党支部 for 清河街道东风社区党支部).
func (s *suggester) unit(owner string) string {
	owner = OneName(owner)
	if owner == "" {
		return ""
	}
	var alike []string
	for _, u := range s.units {
		if owner == u.full || owner == u.short {
			return u.id
		}
		if strings.HasSuffix(u.full, owner) {
			alike = append(alike, u.id)
		}
	}
	if len(alike) != 1 {
		return ""
	}
	return alike[0]
}

// everyone are the words for all of a kind, the longer before the shorter.
var everyone = []struct{ words, kind, role string }{
	{"各离退休党支部", "retired", ""}, {"各社区党支部", "branch", ""}, {"社区党支部", "branch", ""}, {"各党支部", "branch", ""}, {"各支部", "branch", ""},
	{"各科室", "office", ""}, {"党支部书记", "", "branch_secretary"}, {"支部书记", "", "branch_secretary"}, {"党工委委员", "", "committee_member"},
	{"党委委员", "", "committee_member"}, {"班子成员", "", "committee_member"},
}

func (s *suggester) suggest(o Obligation) *plan.Assign {
	for _, owner := range o.Owners {
		if id := s.unit(owner); id != "" {
			return &plan.Assign{To: plan.ToOrg, Org: id, Suggested: true}
		}
	}
	for _, words := range append(slices.Clone(o.Owners), o.Text) {
		for _, all := range everyone {
			if !strings.Contains(words, all.words) {
				continue
			}
			if all.kind != "" {
				return &plan.Assign{To: plan.ToEachUnit, Kind: all.kind, Suggested: true}
			}
			if role := s.roles[all.role]; role != "" {
				return &plan.Assign{To: plan.ToEachHolder, Role: role, Suggested: true}
			}
		}
	}
	return nil
}
