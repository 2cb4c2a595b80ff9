package people

import (
	"fmt"
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
	powers, err := org.Powers(e.App, e.Auth.Id, kit.Today(e.App))
	if err != nil {
		return err
	}
	var found []struct {
		Org string `db:"org"`
		N   int    `db:"n"`
	}
	err = e.App.DB().Select("org", "count(*) AS n").From(People).Where(within(powers["people"])).
		AndWhere(dbx.HashExp{"state": Active}).GroupBy("org").All(&found)
	if err != nil {
		return err
	}
	out := map[string]int{}
	for _, f := range found {
		out[f.Org] = f.N
	}
	return e.JSON(http.StatusOK, out)
}

// within holds for whoever belongs to one of the ranges; for nobody without one.
func within(ranges []org.Range) dbx.Expression {
	either := []dbx.Expression{dbx.NewExp("1 = 0")}
	for i, r := range ranges {
		lo, hi := fmt.Sprintf("lo%d", i), fmt.Sprintf("hi%d", i)
		either = append(either, dbx.NewExp("org_path >= {:"+lo+"} AND org_path < {:"+hi+"}", dbx.Params{lo: r.Lo, hi: r.Hi}))
	}
	return dbx.Or(either...)
}
