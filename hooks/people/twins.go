package people

import (
	"net/http"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// twinsShown is how many people one answer names at most.
const twinsShown = 200

// Twin is one of several active people of the same name and date of birth. Two
// who have an identity number each are two people: the numbers differ.
type Twin struct {
	ID     string `db:"id" json:"id"`
	Name   string `db:"name" json:"name"`
	Number string `db:"number" json:"number"`
	Kind   string `db:"kind" json:"kind"`
	Org    string `db:"org" json:"org"`
	Birth  string `db:"birth_date" json:"-"`
}

// Twins are the people within somebody's reach who may be registered twice,
// those of one name and day together (重复登记). Whether they are, a person
// decides.
func Twins(app core.App, keeper, day string) ([][]Twin, error) {
	params := dbx.Params{}
	reach := func(column string) string { return org.InReach(column, keeper, "people.edit", day).Build(nil, params) }
	twin := "SELECT 1 FROM people q WHERE q.name = p.name AND q.birth_date = p.birth_date AND q.id != p.id AND q.state = 'active' AND " +
		"(q.id_no_hash = '' OR p.id_no_hash = '') AND " + reach("q.org_path")
	query := app.DB().Select("p.id", "p.name", "p.number", "p.kind", "p.org", "p.birth_date").From("people p").
		Where(dbx.NewExp("p.birth_date != '' AND p.state = 'active' AND " + reach("p.org_path") + " AND EXISTS (" + twin + ")")).Bind(params)
	var list []Twin
	if err := query.OrderBy("p.name", "p.birth_date", "p.created", "p.id").Limit(twinsShown).All(&list); err != nil {
		return nil, err
	}
	out := [][]Twin{}
	for _, t := range list {
		if n := len(out); n > 0 && out[n-1][0].Name == t.Name && out[n-1][0].Birth == t.Birth {
			out[n-1] = append(out[n-1], t)
			continue
		}
		out = append(out, []Twin{t})
	}
	return out, nil
}

// showTwins answers who keeps a roster.
func showTwins(e *core.RequestEvent) error {
	groups, err := Twins(e.App, e.Auth.Id, kit.Today(e.App))
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{"groups": groups})
}
