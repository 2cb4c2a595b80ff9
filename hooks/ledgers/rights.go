package ledgers

import (
	"maps"
	"strings"

	"github.com/ganigeorgiev/fexpr"
)

// Reach is how much of a collection a rule opens to somebody.
type Reach int

// How much a rule opens, from nothing to everything.
const (
	Nothing Reach = iota
	Own           // records that name the person
	Within        // records of the organizations in reach
	All
)

// String is the word that scripts and the client compare.
func (r Reach) String() string { return [...]string{"none", "own", "reach", "all"}[r] }

// MarshalText writes the word.
func (r Reach) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// Opens reads from a rule how much it opens to a signed-in person with powers.
// It is for showing what can be done, not for allowing it: the rule itself
// still judges every request. What depends on the record is taken as possible.
func Opens(rule *string, has func(power string) bool) Reach {
	if rule == nil {
		return Nothing
	}
	if strings.TrimSpace(*rule) == "" {
		return All
	}
	groups, err := fexpr.Parse(*rule)
	if err != nil {
		return Nothing
	}
	return opensGroup(groups, has)
}

func opensGroup(groups []fexpr.ExprGroup, has func(string) bool) Reach {
	out, and := Nothing, All
	for i, g := range groups {
		if i > 0 && g.Join == fexpr.JoinOr {
			out, and = max(out, and), All
		}
		and = min(and, opensItem(g.Item, has))
	}
	return max(out, and)
}

func opensItem(item any, has func(string) bool) Reach {
	switch it := item.(type) {
	case fexpr.Expr:
		return opensExpr(it, has)
	case fexpr.ExprGroup:
		return opensGroup([]fexpr.ExprGroup{it}, has)
	case []fexpr.ExprGroup:
		return opensGroup(it, has)
	}
	return Nothing
}

func opensExpr(e fexpr.Expr, has func(string) bool) Reach {
	if power, ok := powerOf(e.Left); ok {
		if has(power) {
			return Within
		}
		return Nothing
	}
	if _, ok := ownerOf(e); ok {
		return Own
	}
	return All // signed in at all, or a matter of the record
}

// ownerOf is the field that a rule says holds the signed-in person, in the word
// of the house or plainly.
func ownerOf(e fexpr.Expr) (field string, ok bool) {
	if args, ok := e.Left.Meta.([]fexpr.Token); ok && e.Left.Type == fexpr.TokenFunction && e.Left.Literal == "mine" && len(args) == 2 {
		return args[0].Literal, true
	}
	plain := e.Right.Literal == "@request.auth.id" && (e.Op == fexpr.SignEq || e.Op == fexpr.SignAnyEq)
	return e.Left.Literal, plain
}

// powerOf is the power that an under(…) asks for.
func powerOf(t fexpr.Token) (string, bool) {
	args, ok := t.Meta.([]fexpr.Token)
	if t.Type != fexpr.TokenFunction || t.Literal != "under" || !ok || len(args) != 3 {
		return "", false
	}
	return args[2].Literal, true
}

// fixedIn lists the fields that a rule lets somebody with powers send only
// unchanged, or not at all: in each of the ways that are open to them.
func fixedIn(rule *string, has func(power string) bool) map[string]bool {
	if rule == nil {
		return nil
	}
	groups, err := fexpr.Parse(*rule)
	if err != nil {
		return nil
	}
	return fixedGroup(groups, has)
}

func fixedGroup(groups []fexpr.ExprGroup, has func(string) bool) map[string]bool {
	var out map[string]bool
	for _, way := range ways(groups) {
		if opensGroup(way, has) == Nothing {
			continue
		}
		fixed := map[string]bool{}
		for _, g := range way {
			maps.Copy(fixed, fixedItem(g.Item, has))
		}
		if out == nil {
			out = fixed
		}
		maps.DeleteFunc(out, func(name string, _ bool) bool { return !fixed[name] })
	}
	return out
}

// ways splits a rule at its ors.
func ways(groups []fexpr.ExprGroup) [][]fexpr.ExprGroup {
	var out [][]fexpr.ExprGroup
	for i, g := range groups {
		if i == 0 || g.Join == fexpr.JoinOr {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], g)
	}
	return out
}

func fixedItem(item any, has func(string) bool) map[string]bool {
	switch it := item.(type) {
	case fexpr.Expr:
		if name, ok := fixedField(it); ok {
			return map[string]bool{name: true}
		}
	case fexpr.ExprGroup:
		return fixedGroup([]fexpr.ExprGroup{it}, has)
	case []fexpr.ExprGroup:
		return fixedGroup(it, has)
	}
	return nil
}

// fixedField is the field that a comparison keeps from being sent or changed.
func fixedField(e fexpr.Expr) (string, bool) {
	name, ok := strings.CutPrefix(e.Left.Literal, "@request.body.")
	if !ok || e.Right.Literal != "false" || e.Op != fexpr.SignEq {
		return "", false
	}
	for _, suffix := range []string{":changed", ":isset"} {
		if field, ok := strings.CutSuffix(name, suffix); ok {
			return field, true
		}
	}
	return "", false
}
