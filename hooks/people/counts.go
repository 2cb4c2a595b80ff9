package people

import (
	"net/http"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// counts answers how many active people belong to each organization of the
// caller's roster, by its id. A tree of a thousand organizations would otherwise
// ask a thousand times, or load everybody.
func counts(e *core.RequestEvent) error {
	var found []struct {
		Org string `db:"org"`
		N   int    `db:"n"`
	}
	err := e.App.DB().Select("org", "count(*) AS n").From(People).Where(org.InReach("org_path", e.Auth.Id, "people", kit.Today(e.App))).
		AndWhere(dbx.HashExp{"state": Active}).AndWhere(dbx.Not(dbx.HashExp{"kind": Service})).GroupBy("org").All(&found)
	if err != nil {
		return err
	}
	out := map[string]int{}
	for _, f := range found {
		out[f.Org] = f.N
	}
	return e.JSON(http.StatusOK, out)
}
