package people

import (
	"fmt"
	"net/http"
	"strings"
	"unicode"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// pageSize is how many people a search answers.
const pageSize = 30

// hit is a person that a search has found.
type hit struct {
	ID       string `db:"id" json:"id"`
	Name     string `db:"name" json:"name"`
	Number   string `db:"number" json:"number"`
	Kind     string `db:"kind" json:"kind"`
	State    string `db:"state" json:"state"`
	Org      string `db:"org" json:"org"`
	OrgPath  string `db:"org_path" json:"org_path"`
	Initials string `db:"initials" json:"initials"`
}

// searchPeople finds people on the caller's roster by the beginning of their name,
// of its pinyin in full or by initials, or of their number.
func searchPeople(e *core.RequestEvent) error {
	q := strings.ToLower(strings.ReplaceAll(strings.TrimSpace(e.Request.URL.Query().Get("q")), " ", ""))
	hits := []hit{}
	if q != "" {
		small, err := smallReach(e)
		if err != nil {
			return err
		}
		err = e.App.DB().Select("id", "name", "number", "kind", "state", "org", "org_path", "initials").From(People).
			Where(begins(q, small, InReach(e, column("org_path", !small), "people"))).Limit(pageSize).All(&hits)
		if err != nil {
			return err
		}
	}
	return e.JSON(http.StatusOK, map[string]any{"items": hits})
}

// fewPeople is up to how many people on a roster it is faster to look at each
// than to follow the index of names.
const fewPeople = 2000

func smallReach(e *core.RequestEvent) (bool, error) {
	if e.HasSuperuserAuth() {
		return false, nil
	}
	var n int
	some := e.App.DB().Select("(1)").From(People).Where(InReach(e, "org_path", "people")).Limit(fewPeople + 1).Build()
	err := e.App.DB().NewQuery("SELECT count(*) FROM (" + some.SQL() + ")").Bind(some.Params()).Row(&n)
	return n <= fewPeople, err
}

// column keeps the planner from choosing an index on name.
func column(name string, aside bool) string {
	if aside {
		return "+" + name
	}
	return name
}

// begins is the condition that one of the searched columns begins with q: a
// range of its index each, which neither LIKE nor one OR over all would be.
func begins(q string, aside bool, reach dbx.Expression) dbx.Expression {
	columns := []string{"pinyin", "initials", "number"}
	if strings.ContainsFunc(q, func(r rune) bool { return r > unicode.MaxASCII }) {
		columns = []string{"name"}
	}
	params := dbx.Params{"q": q, "end": q + "\U0010FFFF"}
	in := reach.Build(nil, params)
	parts := make([]string, len(columns))
	for i, name := range columns {
		c := column(name, aside)
		parts[i] = fmt.Sprintf("SELECT id FROM (SELECT id FROM people WHERE %[1]s >= {:q} AND %[1]s < {:end} AND %[1]s != '' AND %[2]s LIMIT %[3]d)", c, in, pageSize)
	}
	return dbx.NewExp("id IN ("+strings.Join(parts, " UNION ")+")", params)
}
