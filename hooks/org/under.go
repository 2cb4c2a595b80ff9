package org

import (
	"fmt"
	"maps"
	"slices"
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

// The rule language learns two words. under(path, @request.auth.id, "power") is
// true where path lies in a range that org_reach holds today for the person and
// the power; mine(field, @request.auth.id) where field is the person, several.id
// where one of several is.
//
// Every bound is an uncorrelated scalar subquery: SQLite evaluates it once and
// seeks the index on path. No join, hence no DISTINCT; no cache, hence nothing
// to invalidate. The map is global to the process and undocumented: the test
// of this file pins it.
func init() {
	RuleWord("under", "path, @request.auth.id, \"power\"", func(part []string, by Viewer) string {
		return inReach(part[0], part[1], part[2], by)
	})
	RuleWord("mine", "field, @request.auth.id", func(part []string, _ Viewer) string {
		return fmt.Sprintf("(%s != '' AND %s)", part[1], seldom(part[0]+" = "+part[1]))
	})
}

// Viewer is what a rule word knows of who asks, besides its arguments.
type Viewer struct {
	Today  string // the day, as a placeholder
	Narrow bool   // the person sees a small part of the tree: few rows are theirs
}

// RuleWord teaches the rule language a word that is true of the signed-in
// person: word(…, @request.auth.id, …) = true. build makes the condition from
// the arguments and the viewer's day, all of them SQL: identifiers or
// placeholders, never values.
//
// PocketBase refuses "@request." in what a client filters by, so nobody can ask
// about somebody else; a rule that says anything but "= true" opens nothing.
func RuleWord(word, args string, build func(part []string, by Viewer) string) {
	want := strings.Split(args, ", ")
	person := slices.Index(want, "@request.auth.id")
	search.TokenFunctions[word] = func(resolve func(fexpr.Token) (*search.ResolverResult, error), given ...fexpr.Token) (*search.ResolverResult, error) {
		if len(given) != len(want) || given[person].Literal != want[person] {
			return nil, fmt.Errorf("want %s(%s)", word, args)
		}
		part := make([]string, len(given))
		params := dbx.Params{}
		for i, arg := range given {
			r, err := resolve(arg)
			if err != nil {
				return nil, err
			}
			maps.Copy(params, r.Params)
			part[i] = r.Identifier
		}
		today := "today" + security.PseudorandomString(8)
		params[today] = time.Now().In(kit.Beijing).Format(time.DateOnly)
		return only(build(part, Viewer{"{:" + today + "}", isNarrow(resolve)}), params), nil
	}
}

// only is a condition that holds where a rule compares it with true.
func only(sql string, params dbx.Params) *search.ResolverResult {
	return &search.ResolverResult{
		NullFallback: search.NullFallbackDisabled,
		Identifier:   "1",
		AfterBuild: func(asked dbx.Expression) dbx.Expression {
			if asked.Build(nil, dbx.Params{}) != "1 IS 1" {
				return dbx.NewExp("0 = 1")
			}
			return dbx.NewExp(sql, params)
		},
	}
}

// inReach is the condition that column lies in one of the ranges. column, person
// and power are SQL: identifiers or placeholders, never values.
func inReach(column, person, power string, by Viewer) string {
	bound := func(side string, slot int) string {
		return fmt.Sprintf("(SELECT %s FROM org_reach WHERE person = %s AND power = %s AND slot = %d AND since <= %[5]s AND until > %[5]s)",
			side, person, power, slot, by.Today)
	}
	side := func(condition string) string {
		if by.Narrow {
			return seldom(condition)
		}
		return condition
	}
	ranges := make([]string, Slots)
	for i := range ranges {
		ranges[i] = fmt.Sprintf("(%s AND %s)", side(column+" >= "+bound("lo", i+1)), side(column+" < "+bound("hi", i+1)))
	}
	return "(" + strings.Join(ranges, " OR ") + ")"
}

// seldom tells SQLite that a condition is true of one row in a hundred. It can't
// know: a range whose bounds come from a subquery counts as a quarter of the
// table, and a column that is empty everywhere as one that a person fills.
func seldom(condition string) string { return "likelihood(" + condition + ", 0.01)" }
