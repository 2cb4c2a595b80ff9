package people

import (
	"net/http"
	"strings"
	"unicode"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
	"yaodian/hooks/people/keys"
)

// findByNumber finds who has an identity number, within reach of the power over
// sensitive fields. The number comes in the body and is looked up by its hash;
// a hit is a look and is written down.
func findByNumber(e *core.RequestEvent) error {
	var form struct {
		Number string `json:"id_no"`
		Reason string `json:"reason"`
	}
	if err := e.BindBody(&form); err != nil {
		return e.BadRequestError("", err)
	}
	if err := mayFind(e); err != nil {
		return err
	}
	n, err := ParseNumber(form.Number, kit.Today(e.App))
	if err != nil {
		return badRequest(e, err)
	}
	if err := CheckReveal([]string{number}, form.Reason, false); err != nil {
		return badRequest(e, err)
	}
	ring, err := keys.Ring(e.App)
	if err != nil {
		return err
	}
	found := []*core.Record{}
	err = e.App.RunInTransaction(func(tx core.App) error {
		hashes := ring.Hashes(keys.Purpose(People, number), n.Text)
		err := tx.RecordQuery(People).AndWhere(dbx.In(numberHash, list(hashes)...)).
			AndWhere(inReach(e, "org_path", "people.sensitive")).Limit(1).All(&found)
		if err != nil || len(found) == 0 {
			return err
		}
		return noteReveal(tx, e, found[0], []string{"match"}, form.Reason)
	})
	if err != nil {
		return err
	}
	if err := apis.EnrichRecords(e, found); err != nil {
		return err
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, map[string]any{"items": found})
}

// mayFind: the caller holds the power over sensitive fields somewhere.
func mayFind(e *core.RequestEvent) error {
	if e.HasSuperuserAuth() {
		return nil
	}
	powers, err := org.Powers(e.App, e.Auth.Id, kit.Today(e.App))
	if err == nil && len(powers["people.sensitive"]) == 0 {
		err = kit.Forbid("people_find_forbidden", "您没有按身份证号查找的职权。")
	}
	return err
}

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
			Where(begins(q, small)).AndWhere(inReach(e, column("org_path", !small), "people")).Limit(pageSize).All(&hits)
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
	some := e.App.DB().Select("(1)").From(People).Where(inReach(e, "org_path", "people")).Limit(fewPeople + 1).Build()
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
// range of an index, which LIKE would not be.
func begins(q string, aside bool) dbx.Expression {
	columns := []string{"pinyin", "initials", "number"}
	if strings.ContainsFunc(q, func(r rune) bool { return r > unicode.MaxASCII }) {
		columns = []string{"name"}
	}
	var any []dbx.Expression
	for _, c := range columns {
		c = column(c, aside)
		any = append(any, dbx.NewExp(c+" >= {:q} AND "+c+" < {:end}", dbx.Params{"q": q, "end": q + "\U0010FFFF"}))
	}
	return dbx.Or(any...)
}
