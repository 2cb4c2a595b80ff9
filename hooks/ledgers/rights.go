package ledgers

import (
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

// fixedIn lists the fields that a rule lets a client send only unchanged, or
// not at all.
func fixedIn(rule *string) map[string]bool {
	fixed := map[string]bool{}
	if rule == nil {
		return fixed
	}
	for part := range strings.SplitSeq(*rule, "&&") {
		name, ok := strings.CutPrefix(strings.TrimSpace(part), "@request.body.")
		if !ok {
			continue
		}
		for _, suffix := range []string{":changed = false", ":isset = false"} {
			if field, ok := strings.CutSuffix(name, suffix); ok {
				fixed[field] = true
			}
		}
	}
	return fixed
}
