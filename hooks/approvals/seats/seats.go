// Package seats is who may decide where (审批席位): who holds which post at which
// organization, and who decides in their name while they are away (委托).
//
// Nothing of it is stored. It is asked of posts and delegations at the moment, so
// that a post which ends today ends its say today.
package seats

import (
	"fmt"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
)

// Delegations is the collection of who decides in whose name.
const Delegations = "approvals_delegations"

// Bind attaches the rules of delegations to app.
func Bind(app core.App) {
	kit.On(app.OnRecordCreate(Delegations), placeDelegation)
	kit.OnSave(app, Delegations, saveDelegation)
	kit.On(app.OnRecordDelete(Delegations), deleteDelegation)
}

// A Seat is somebody who may decide at a place today: the holder of a post, or
// a delegate in the holder's name.
type Seat struct {
	Place
	Person     string `db:"person"`
	Name       string `db:"name"`
	Holder     string `db:"holder"` // the person whose post it is
	HolderName string `db:"holder_name"`
}

// Delegated reports whether the person sits there for somebody else.
func (s Seat) Delegated() bool { return s.Person != s.Holder }

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

// At lists who may decide at each place on a day, in one query.
func At(app core.App, day string, places ...Place) (map[Place][]Seat, error) {
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

// HoldersAt are the holders of each place, without delegates.
func HoldersAt(seats map[Place][]Seat, places []Place) [][]string {
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

// PlacesOf is where a person sits today, in their own name or another's, as SQL.
// Both arguments are SQL: placeholders or identifiers, never values.
func PlacesOf(person, day string) string {
	const inOffice = "o.since <= %[2]s AND (o.until = '' OR o.until > %[2]s)"
	return fmt.Sprintf(`SELECT o.org, o.role FROM org_posts o JOIN people p ON p.id = o.person
		WHERE o.person = %[1]s AND `+inOffice+` AND p.state = 'active'
		UNION SELECT o.org, o.role FROM approvals_delegations d JOIN org_posts o ON o.person = d.person JOIN people p ON p.id = o.person
		WHERE d.delegate = %[1]s AND d.since <= %[2]s AND d.until > %[2]s AND `+inOffice+` AND p.state = 'active'`, person, day)
}
