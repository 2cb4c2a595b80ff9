package approvals

import (
	"errors"
	"fmt"
	"maps"
	"time"

	"github.com/ganigeorgiev/fexpr"
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/tools/search"
	"github.com/pocketbase/pocketbase/tools/security"

	"yaodian/hooks/kit"
)

// The rule language learns one word more: decides(id, wait_org, wait_role,
// @request.auth.id) is true of a request that waits for the person today, as
// holder or as delegate, and of one in which the person has decided or somebody
// in their name.
//
// Like under() it is made of uncorrelated subqueries: the person's few posts and
// decisions are read once and seek the indexes on requests.
func init() { search.TokenFunctions["decides"] = decides }

func decides(resolve func(fexpr.Token) (*search.ResolverResult, error), args ...fexpr.Token) (*search.ResolverResult, error) {
	if len(args) != 4 || args[3].Literal != "@request.auth.id" {
		return nil, errors.New(`want decides(id, wait_org, wait_role, @request.auth.id)`)
	}
	var part [4]string
	params := dbx.Params{}
	for i, arg := range args {
		r, err := resolve(arg)
		if err != nil {
			return nil, err
		}
		maps.Copy(params, r.Params)
		part[i] = r.Identifier
	}
	today := "today" + security.PseudorandomString(8)
	params[today] = time.Now().In(kit.Beijing).Format(time.DateOnly)
	sql := fmt.Sprintf("((%[2]s, %[3]s) IN (%[4]s) OR %[1]s IN (SELECT request FROM approvals_decisions WHERE person = %[5]s OR on_behalf = %[5]s))",
		part[0], part[1], part[2], placesOf(part[3], "{:"+today+"}"), part[3])

	return &search.ResolverResult{
		NullFallback: search.NullFallbackDisabled,
		Identifier:   "1",
		AfterBuild: func(asked dbx.Expression) dbx.Expression {
			if asked.Build(nil, dbx.Params{}) != "1 IS 1" {
				return dbx.NewExp("0 = 1") // a rule that says anything but "= true" opens nothing
			}
			return dbx.NewExp(sql, params)
		},
	}, nil
}

// placesOf is where a person sits today, in their own name or another's, as SQL.
// Both arguments are SQL: placeholders or identifiers, never values.
func placesOf(person, day string) string {
	const inOffice = "o.since <= %[2]s AND (o.until = '' OR o.until > %[2]s)"
	return fmt.Sprintf(`SELECT o.org, o.role FROM org_posts o JOIN people p ON p.id = o.person
		WHERE o.person = %[1]s AND `+inOffice+` AND p.state = 'active'
		UNION SELECT o.org, o.role FROM approvals_delegations d JOIN org_posts o ON o.person = d.person JOIN people p ON p.id = o.person
		WHERE d.delegate = %[1]s AND d.since <= %[2]s AND d.until > %[2]s AND `+inOffice+` AND p.state = 'active'`, person, day)
}
