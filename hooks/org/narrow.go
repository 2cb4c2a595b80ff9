package org

import (
	"net/http"
	"strings"

	"github.com/ganigeorgiev/fexpr"
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
	"github.com/pocketbase/pocketbase/tools/search"

	"yaodian/hooks/kit"
)

// A list in the order of a date can be read in two ways: along the index of the
// date until a page is full, which is quick for who sees most of the rows, or by
// seeking what one may see and sorting it, which is quick for who sees few.
// SQLite can't know which it is, so each request for a list carries it in a
// header, where the rule words find it. It changes the plan, never the answer:
// one who sends the header only waits longer.
const (
	narrowHeader = "Yaodian-Narrow"
	narrowToken  = "@request.headers.yaodian_narrow"
)

// A reach is narrow up to as many units as a general branch (党总支) has, and up
// to a quarter of the tree.
const (
	narrowUnits = 20
	narrowShare = 4
)

func bindNarrow(e *core.ServeEvent) error {
	e.Router.Bind(&hook.Handler[*core.RequestEvent]{
		Id: "orgNarrow", Priority: apis.DefaultLoadAuthTokenMiddlewarePriority + 2, Func: func(e *core.RequestEvent) error {
			e.Request.Header.Del(narrowHeader)
			if e.Request.Method == http.MethodGet && strings.HasSuffix(e.Request.URL.Path, "/records") {
				return MarkNarrow(e)
			}
			return e.Next()
		},
	})
	return e.Next()
}

// MarkNarrow is for routes that list by a rule: it comes before what asks for
// the request's info. PocketBase's own lists have it.
func MarkNarrow(e *core.RequestEvent) error {
	if e.Auth == nil || e.Auth.IsSuperuser() {
		return e.Next()
	}
	narrow, err := narrowReach(e.App, e.Auth.Id, kit.Today(e.App))
	if err != nil {
		return err
	}
	if narrow {
		e.Request.Header.Set(narrowHeader, "1")
	}
	return e.Next()
}

// narrowReach reports whether the posts of a person reach few of the units.
func narrowReach(app core.App, person, today string) (bool, error) {
	var few bool
	err := app.DB().NewQuery(`SELECT reached <= {:most} AND reached * {:share} <= (SELECT COUNT(*) FROM (SELECT 1 FROM org_units LIMIT {:most} * {:share}))
		FROM (SELECT COUNT(*) reached FROM (SELECT 1 FROM (
			SELECT DISTINCT lo, hi FROM org_reach WHERE person = {:person} AND power <> {:belong} AND since <= {:today} AND until > {:today}
		) r JOIN org_units u ON u.path >= r.lo AND u.path < r.hi LIMIT {:most} + 1))`).
		Bind(dbx.Params{"person": person, "belong": Belong, "today": today, "most": narrowUnits, "share": narrowShare}).Row(&few)
	return few, err
}

func isNarrow(resolve func(fexpr.Token) (*search.ResolverResult, error)) bool {
	r, err := resolve(fexpr.Token{Type: fexpr.TokenIdentifier, Literal: narrowToken})
	if err != nil {
		return false
	}
	for _, said := range r.Params {
		return said == "1"
	}
	return false
}
