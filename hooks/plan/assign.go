package plan

import (
	"cmp"
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

// Assign says who is responsible.
type Assign struct {
	To        string `json:"to"`
	Org       string `json:"org"`
	Person    string `json:"person"`
	Role      string `json:"role"`
	Kind      string `json:"kind"`
	Suggested bool   `json:"suggested"` // read from the text, not yet looked at
}

// Responsible is who has to do a duty: an organization, or a person in one.
type Responsible struct {
	Org    string
	Person string
}

func (r Responsible) compare(s Responsible) int {
	return strings.Compare(r.Org+r.Person, s.Org+s.Person)
}

// Responsibles finds who is responsible on a day. The reach of "every" is the
// organization named in the assignment or else the one that made the plan;
// nobody outside of that is given work.
func Responsibles(app core.App, planOrg string, a Assign, day string) ([]Responsible, error) {
	top, err := org.Find(app, planOrg)
	if err != nil {
		return nil, err
	}
	unit, err := org.Find(app, cmp.Or(a.Org, planOrg))
	if err != nil || !strings.HasPrefix(unit.Path(), top.Path()) {
		return nil, kit.Reject("assign_org", "plan_assign_org", "没有找到承办的组织，或者它不在制定计划的组织之下，请重新选择。")
	}
	switch a.To {
	case ToOrg:
		return []Responsible{{Org: unit.Id}}, nil
	case ToPerson:
		return onePerson(app, a.Person, top.Path())
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

func onePerson(app core.App, id, path string) ([]Responsible, error) {
	person, err := app.FindRecordById("people", id)
	if err != nil || person.GetString("state") != "active" || !strings.HasPrefix(person.GetString("org_path"), path) {
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
		Where(org.AtOrBelow("org_path", path)).
		AndWhere(dbx.HashExp{"state": "active"}).AndWhere(dbx.In("kind", "member", "probationary")).OrderBy("org_path", "name", "id").All(&rows)
	out := make([]Responsible, len(rows))
	for i, r := range rows {
		out[i] = Responsible{Org: r.Org, Person: r.ID}
	}
	return out, err
}

// CheckAssign: an assignment is complete and finds somebody today.
func CheckAssign(app core.App, planOrg string, a Assign, day string) ([]Responsible, error) {
	if a.To == ToEachUnit && a.Kind == "" {
		return nil, kit.Reject("assign_kind", "plan_assign_kind", "请选择交给每个哪一类组织。")
	}
	if (a.To == ToHolder || a.To == ToEachHolder) && a.Role == "" {
		return nil, kit.Reject("assign_role", "plan_assign_role", "请选择交给哪个职务。")
	}
	list, err := Responsibles(app, planOrg, a, day)
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
