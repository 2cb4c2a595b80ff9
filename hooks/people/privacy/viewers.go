package privacy

import (
	"net/http"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// watcher is somebody who may see a person's record today, and by which office.
type watcher struct {
	ID        string `db:"person" json:"person"`
	Name      string `db:"name" json:"name"`
	Role      string `db:"role" json:"role"`
	Org       string `db:"org" json:"org"`
	Sensitive bool   `db:"sensitive" json:"sensitive"` // may open the identity number as well
}

// viewers answers “谁能看到我”: the offices through which somebody can see the
// record now, who holds them, and how many keepers the system has. Two queries.
func viewers(e *core.RequestEvent) error {
	person, _, err := personOfRoute(e)
	if err != nil {
		return err
	}
	list, err := watchersOf(e.App, person.GetString("org_path"), kit.Today(e.App))
	if err != nil {
		return err
	}
	keepers, err := e.App.CountRecords(core.CollectionNameSuperusers)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{"items": list, "keepers": keepers})
}

// watchersOf asks org_reach, which decides, and finds its rows through the posts
// at the organizations above, which explain.
func watchersOf(app core.App, path, day string) ([]watcher, error) {
	list := []watcher{}
	err := app.DB().Select("x.person", "p.name", "r.name AS role", "u.name AS org", "max(x.power = 'people.sensitive') AS sensitive").
		From("org_posts o").
		InnerJoin("org_roles r", dbx.NewExp("r.id = o.role")).
		InnerJoin("org_units u", dbx.NewExp("u.id = o.org")).
		InnerJoin("people p", dbx.NewExp("p.id = o.person")).
		InnerJoin("org_reach x", dbx.NewExp("x.person = o.person AND x.lo <= {:path} AND x.hi > {:path} AND x.since <= {:day} AND x.until > {:day}")).
		Where(org.AtOrAbove("o.org_path", path)).
		AndWhere(dbx.NewExp("o.since <= {:day} AND (o.until = '' OR o.until > {:day})")).
		AndWhere(dbx.NewExp(`x.power IN ('people', 'people.sensitive') AND EXISTS (SELECT 1 FROM json_each(r.powers) w
			WHERE w.value = x.power OR w.value LIKE x.power || '.%')`)).
		AndBind(dbx.Params{"path": path, "day": day}).
		GroupBy("x.person", "o.id").OrderBy("length(o.org_path) DESC", "r.sort", "p.name").All(&list)
	return list, err
}
