package people

import (
	"net/http"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cast"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// maxPage is how many people a page of the roster holds at most.
const maxPage = 500

// rosterLine is how somebody stood on the day of a roster.
type rosterLine struct {
	Person     string `db:"person" json:"person"`
	Name       string `db:"name" json:"name"`
	Number     string `db:"number" json:"number"`
	Pinyin     string `db:"pinyin" json:"pinyin"`
	Org        string `db:"org" json:"org"`
	OrgPath    string `db:"org_path" json:"org_path"`
	Kind       string `db:"kind" json:"kind"`
	State      string `db:"state" json:"state"`
	Membership string `db:"membership_state" json:"membership_state"`
	Lost       bool   `db:"lost" json:"lost"`
	Floating   bool   `db:"floating" json:"floating"`
	Since      string `db:"since" json:"since"`
}

// roster answers who was on the roster on a day: ?on=YYYY-MM-DD (today), &org=
// (an organization and all below it), &after= (the next of the page before),
// &limit=. The first page counts everybody by kind. Two queries at any size.
func roster(e *core.RequestEvent) error {
	query := e.Request.URL.Query()
	on := query.Get("on")
	if on == "" {
		on = kit.Today(e.App)
	}
	if !kit.IsDate(on) {
		return e.BadRequestError("", kit.Reject("on", "people_date_unreal", "请按“2026-03-01”的格式写明是哪一天的名册。"))
	}
	scope, err := rosterScope(e, on, query.Get("org"))
	if err != nil {
		return err
	}
	limit := cast.ToInt(query.Get("limit"))
	if limit <= 0 || limit > maxPage {
		limit = maxPage
	}
	lines := []rosterLine{}
	page := e.App.DB().Select("s.person", "p.name", "p.number", "p.pinyin", "s.org", "s.org_path", "s.kind", "s.state",
		"s.membership_state", "s.lost", "s.floating", "s.since").
		From(Status+" s").InnerJoin(People+" p", dbx.NewExp("p.id = s.person")).Where(scope)
	if path, person, ok := strings.Cut(query.Get("after"), "|"); ok {
		page.AndWhere(dbx.NewExp("(s.org_path, s.person) > ({:path}, {:person})", dbx.Params{"path": path, "person": person}))
	}
	if err := page.OrderBy("s.org_path", "s.person").Limit(int64(limit)).All(&lines); err != nil {
		return err
	}
	answer := map[string]any{"on": on, "items": lines, "next": ""}
	if len(lines) == limit {
		last := lines[limit-1]
		answer["next"] = last.OrgPath + "|" + last.Person
	}
	if query.Get("after") == "" {
		if answer["totals"], err = rosterTotals(e.App, scope); err != nil {
			return err
		}
	}
	return e.JSON(http.StatusOK, answer)
}

// rosterScope is the lines that held on a day: each person's last one by then,
// where it says that they were there, within reach. Programs are nobody.
func rosterScope(e *core.RequestEvent, on, unit string) (dbx.Expression, error) {
	path := "/"
	if unit != "" {
		at, err := org.Find(e.App, unit)
		if err != nil {
			return nil, e.BadRequestError("", kit.Reject("org", "org_unit_missing", "没有找到这个组织，请重新选择。"))
		}
		path = at.Path()
	}
	return dbx.And(
		org.AtOrBelow("s.org_path", path),
		InReach(e, "s.org_path", "people"),
		dbx.NewExp("s.since <= {:on} AND s.state IN ('active', 'suspended') AND s.kind != 'service'", dbx.Params{"on": on}),
		dbx.NewExp("NOT EXISTS (SELECT 1 FROM people_status later WHERE later.person = s.person AND later.n = s.n + 1 AND later.since <= {:on})",
			dbx.Params{"on": on}),
	), nil
}

func rosterTotals(app core.App, scope dbx.Expression) (map[string]int, error) {
	var rows []struct {
		Kind string `db:"kind"`
		N    int    `db:"n"`
	}
	err := app.DB().Select("s.kind", "count(*) AS n").From(Status + " s").Where(scope).GroupBy("s.kind").All(&rows)
	totals := map[string]int{}
	for _, r := range rows {
		totals[r.Kind] = r.N
	}
	return totals, err
}
