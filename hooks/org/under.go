package org

import (
	"errors"
	"fmt"
	"maps"
	"strings"
	"time"

	"github.com/ganigeorgiev/fexpr"
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/tools/search"
	"github.com/pocketbase/pocketbase/tools/security"

	"yaodian/hooks/kit"
)

// Slots is how many disjoint ranges of paths a person may hold in one power.
const Slots = 4

// The rule language learns one word: under(path, @request.auth.id, "power").
// It is true where path lies in a range that org_reach holds today for the
// person and the power.
//
// Every bound is an uncorrelated scalar subquery: SQLite evaluates it once and
// seeks the index on path. No join, hence no DISTINCT; no cache, hence nothing
// to invalidate. The map is global to the process and undocumented: the test
// of this file pins it.
func init() { search.TokenFunctions["under"] = under }

func under(resolve func(fexpr.Token) (*search.ResolverResult, error), args ...fexpr.Token) (*search.ResolverResult, error) {
	// PocketBase refuses "@request." in what a client filters by, so nobody can
	// ask under() about somebody else.
	if len(args) != 3 || args[1].Literal != "@request.auth.id" {
		return nil, errors.New(`want under(path, @request.auth.id, "power")`)
	}
	var part [3]*search.ResolverResult
	params := dbx.Params{}
	for i, arg := range args {
		r, err := resolve(arg)
		if err != nil {
			return nil, err
		}
		maps.Copy(params, r.Params)
		part[i] = r
	}

	today := "today" + security.PseudorandomString(8)
	params[today] = time.Now().In(kit.Beijing).Format(time.DateOnly)
	sql := inReach(part[0].Identifier, part[1].Identifier, part[2].Identifier, "{:"+today+"}")

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

// inReach is the condition that column lies in one of the ranges. All four
// arguments are SQL: identifiers or placeholders, never values.
func inReach(column, person, power, today string) string {
	bound := func(side string, slot int) string {
		return fmt.Sprintf("(SELECT %s FROM org_reach WHERE person = %s AND power = %s AND slot = %d AND since <= %[5]s AND until > %[5]s)",
			side, person, power, slot, today)
	}
	ranges := make([]string, Slots)
	for i := range ranges {
		ranges[i] = fmt.Sprintf("(%[1]s >= %[2]s AND %[1]s < %[3]s)", column, bound("lo", i+1), bound("hi", i+1))
	}
	return "(" + strings.Join(ranges, " OR ") + ")"
}
