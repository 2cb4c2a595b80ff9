package approvals

import (
	"fmt"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
)

// A Place is where a step is decided: a role at an organization.
type Place struct {
	Org  string `db:"org"`
	Role string `db:"role"`
}

// Unit is an organization as far as steps are concerned.
type Unit struct {
	ID     string `db:"id"`
	Name   string `db:"name"`
	Kind   string `db:"kind"`
	Path   string `db:"path"`
	Parent string `db:"parent"`
}

// Locate finds the organization of a level from the chain of organizations, the
// applicant's own first. A party group (党小组) decides nothing: its branch does.
func Locate(chain []Unit, at Level) (Unit, bool) {
	for len(chain) > 0 && chain[0].Kind == "group" {
		chain = chain[1:]
	}
	switch {
	case len(chain) == 0:
	case at == Own:
		return chain[0], true
	case at == Parent && len(chain) > 1:
		return chain[1], true
	case at == Committee:
		for _, u := range chain {
			if u.Kind == "committee" {
				return u, true
			}
		}
	}
	return Unit{}, false
}

// chainOf reads an organization and all above it, from below, in one query.
func chainOf(app core.App, path string) ([]Unit, error) {
	var paths []any
	for at := path; len(at) > 1; at = at[:strings.LastIndex(at[:len(at)-1], "/")+1] {
		paths = append(paths, at)
	}
	var chain []Unit
	err := app.DB().Select("id", "name", "kind", "path", "parent").From("org_units").Where(dbx.In("path", paths...)).OrderBy("length(path) DESC").All(&chain)
	return chain, err
}

// locateAll finds where each step of a request is decided.
func locateAll(chain []Unit, stations []Station) ([]Place, []Unit, error) {
	places, units := make([]Place, len(stations)), make([]Unit, len(stations))
	for i, s := range stations {
		unit, ok := Locate(chain, s.At)
		if !ok {
			return nil, nil, kit.Reject("org", "approvals_no_level",
				fmt.Sprintf("第 %d 步“%s”要由%s审批，而申请所在的组织没有%s。", i+1, s.Name, levelWords[s.At], levelWords[s.At]))
		}
		places[i], units[i] = Place{unit.ID, s.RoleID}, unit
	}
	return places, units, nil
}

// seated is who sits at which place on a day, as SQL: holders in office, and the
// delegates of holders. Both must be active.
const seated = `
	SELECT o.org, o.role, o.person, p.name, o.person AS holder, p.name AS holder_name
	FROM org_posts o JOIN people p ON p.id = o.person
	WHERE %[1]s AND o.since <= {:day} AND (o.until = '' OR o.until > {:day}) AND p.state = 'active'
	UNION
	SELECT o.org, o.role, d.delegate, q.name, o.person, p.name
	FROM org_posts o JOIN people p ON p.id = o.person JOIN approvals_delegations d ON d.person = o.person JOIN people q ON q.id = d.delegate
	WHERE %[1]s AND o.since <= {:day} AND (o.until = '' OR o.until > {:day}) AND p.state = 'active'
	AND d.since <= {:day} AND d.until > {:day} AND q.state = 'active'
	ORDER BY 4, 3, 6, 5`

// seatsAt lists who may decide at each place on a day, in one query.
func seatsAt(app core.App, day string, places ...Place) (map[Place][]Seat, error) {
	out := map[Place][]Seat{}
	if len(places) == 0 {
		return out, nil
	}
	params := dbx.Params{"day": day}
	pairs := make([]string, len(places))
	for i, p := range places {
		org, role := fmt.Sprintf("org%d", i), fmt.Sprintf("role%d", i)
		params[org], params[role] = p.Org, p.Role
		pairs[i] = "({:" + org + "}, {:" + role + "})"
	}
	in := "(o.org, o.role) IN (VALUES " + strings.Join(pairs, ", ") + ")"
	var seats []Seat
	if err := app.DB().NewQuery(fmt.Sprintf(seated, in)).Bind(params).All(&seats); err != nil {
		return nil, err
	}
	for _, s := range seats {
		out[s.Place] = append(out[s.Place], s)
	}
	return out, nil
}

// holdersAt are the holders of each place, without delegates.
func holdersAt(seats map[Place][]Seat, places []Place) [][]string {
	out := make([][]string, len(places))
	for i, p := range places {
		for _, s := range seats[p] {
			if !s.Delegated() {
				out[i] = append(out[i], s.Person)
			}
		}
	}
	return out
}
