package plan

import (
	"fmt"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// The ways to hand out a task.
const (
	ToOrg        = "org"         // one organization
	ToPerson     = "person"      // one person
	ToHolder     = "holder"      // whoever holds a role at one organization
	ToEachUnit   = "each_unit"   // every organization of a kind
	ToEachHolder = "each_holder" // everybody who holds a role
	ToEachMember = "each_member" // every party member
)

// Responsible is who has to do a duty: an organization, or a person in one.
type Responsible struct {
	Org    string
	Person string
}

func (r Responsible) compare(s Responsible) int {
	return strings.Compare(r.Org+r.Person, s.Org+s.Person)
}

// responsibles finds who is responsible on a day. The reach of "every" is the
// organization named in the assignment or else the one that made the plan.
func responsibles(app core.App, planOrg string, a Assign, day string) ([]Responsible, error) {
	within := a.Org
	if within == "" {
		within = planOrg
	}
	unit, err := org.Find(app, within)
	if err != nil {
		return nil, kit.Reject("assign_org", "plan_assign_org", "没有找到承办的组织，请重新选择。")
	}
	switch a.To {
	case ToOrg:
		return []Responsible{{Org: unit.Id}}, nil
	case ToPerson:
		return onePerson(app, a.Person)
	case ToEachUnit:
		units, err := org.Below(app, unit.Path(), a.Kind, day)
		if err != nil {
			return nil, err
		}
		out := make([]Responsible, len(units))
		for i, u := range units {
			out[i] = Responsible{Org: u.Id}
		}
		return out, nil
	case ToHolder, ToEachHolder:
		return holders(app, unit, a, day)
	case ToEachMember:
		return members(app, unit.Path())
	}
	return nil, kit.Reject("assign", "plan_unassigned", "这项任务还没有交给谁。")
}

func onePerson(app core.App, id string) ([]Responsible, error) {
	person, err := app.FindRecordById("people", id)
	if err != nil || person.GetString("state") != "active" {
		return nil, kit.Reject("assign_person", "plan_assign_person", "没有找到这个人，或者他已经不在岗，请重新选择。")
	}
	return []Responsible{{Org: person.GetString("org"), Person: person.Id}}, nil
}

func holders(app core.App, unit *org.Unit, a Assign, day string) ([]Responsible, error) {
	held, err := org.Holders(app, a.Role, unit.Path(), day)
	if err != nil {
		return nil, err
	}
	var out []Responsible
	seen := map[string]bool{}
	for _, h := range held {
		if seen[h.Person] || a.To == ToHolder && h.Org != unit.Id {
			continue
		}
		seen[h.Person] = true
		out = append(out, Responsible{Org: h.Org, Person: h.Person})
	}
	return out, nil
}

func members(app core.App, path string) ([]Responsible, error) {
	var rows []struct {
		ID  string `db:"id"`
		Org string `db:"org"`
	}
	err := app.DB().Select("id", "org").From("people").
		Where(dbx.NewExp("org_path >= {:lo} AND org_path < {:hi}", dbx.Params{"lo": path, "hi": org.Upper(path)})).
		AndWhere(dbx.HashExp{"state": "active"}).AndWhere(dbx.In("kind", "member", "probationary")).OrderBy("org_path", "name", "id").All(&rows)
	out := make([]Responsible, len(rows))
	for i, r := range rows {
		out[i] = Responsible{Org: r.Org, Person: r.ID}
	}
	return out, err
}

// suggester proposes who is responsible from the words of the text. It never
// decides: a suggestion is marked until a person has looked at it.
type suggester struct {
	units []*org.Unit
	roles []*core.Record
}

func newSuggester(app core.App, planOrg *org.Unit) (*suggester, error) {
	s := &suggester{}
	err := app.RecordQuery(org.Units).
		AndWhere(dbx.NewExp("path >= {:lo} AND path < {:hi} AND closed = ''", dbx.Params{"lo": planOrg.Path(), "hi": org.Upper(planOrg.Path())})).
		OrderBy("sort", "path").All(&s.units)
	if err != nil {
		return nil, err
	}
	return s, app.RecordQuery(org.Roles).OrderBy("sort").All(&s.roles)
}

// everyone are the words for all of a kind, the longer before the shorter.
var everyone = []struct{ words, kind, role string }{
	{"各离退休党支部", "retired", ""}, {"各社区党支部", "branch", ""}, {"社区党支部", "branch", ""}, {"各党支部", "branch", ""}, {"各支部", "branch", ""},
	{"各科室", "office", ""}, {"党支部书记", "", "branch_secretary"}, {"支部书记", "", "branch_secretary"}, {"党工委委员", "", "committee_member"},
	{"党委委员", "", "committee_member"}, {"班子成员", "", "committee_member"},
}

func (s *suggester) suggest(o Obligation) *Assign {
	for _, owner := range o.Owners {
		for _, u := range s.units {
			if names(u, owner) {
				return &Assign{To: ToOrg, Org: u.Id, Suggested: true}
			}
		}
	}
	for _, words := range append(o.Owners, o.Text) {
		for _, all := range everyone {
			if !strings.Contains(words, all.words) {
				continue
			}
			if all.kind != "" {
				return &Assign{To: ToEachUnit, Kind: all.kind, Suggested: true}
			}
			if role := s.role(all.role); role != "" {
				return &Assign{To: ToEachHolder, Role: role, Suggested: true}
			}
		}
	}
	return nil
}

func names(u *org.Unit, owner string) bool {
	return owner == u.GetString("name") || owner == u.GetString("short")
}

func (s *suggester) role(key string) string {
	for _, r := range s.roles {
		if r.GetString("key") == key {
			return r.Id
		}
	}
	return ""
}

// checkAssign: an assignment is complete and finds somebody today.
func checkAssign(app core.App, planOrg string, a Assign, day string) ([]Responsible, error) {
	if a.To == ToEachUnit && a.Kind == "" {
		return nil, kit.Reject("assign_kind", "plan_assign_kind", "请选择交给每个哪一类组织。")
	}
	if (a.To == ToHolder || a.To == ToEachHolder) && a.Role == "" {
		return nil, kit.Reject("assign_role", "plan_assign_role", "请选择交给哪个职务。")
	}
	list, err := responsibles(app, planOrg, a, day)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, kit.Reject("assign", "plan_assign_empty", "按这样分工，目前没有任何人或组织承办；请先登记任职，或者换一种分工。")
	}
	if len(list) > maxResponsible {
		return nil, kit.Reject("assign", "plan_assign_many", fmt.Sprintf("这样分工会产生 %d 份任务，超过 %d 份；请改为交给每个支部。", len(list), maxResponsible))
	}
	return list, nil
}

// maxResponsible bounds how many duties one period of one task may make.
const maxResponsible = 2000
