package dues

import (
	"cmp"
	"net/http"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cast"

	"yaodian/hooks/dues/ledger"
	"yaodian/hooks/dues/rate"
	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

func bindRoutes(e *core.ServeEvent) error {
	e.Router.GET("/api/dues/mine", showMine).Bind(apis.RequireAuth())
	e.Router.GET("/api/dues/grid", showGrid).Bind(apis.RequireAuth())
	e.Router.GET("/api/dues/arrears", showArrears).Bind(apis.RequireAuth())
	e.Router.GET("/api/dues/summary", showSummary).Bind(apis.RequireAuth())
	bindTables(e)
	return e.Next()
}

// line is a line of the ledger as its person reads it.
type line struct {
	ID       string   `db:"id" json:"id"`
	Month    string   `db:"month" json:"month"`
	Kind     string   `db:"kind" json:"kind"`
	Amount   rate.Fen `db:"amount" json:"amount"`
	BookedOn string   `db:"booked_on" json:"booked_on"`
	Rates    string   `db:"rates" json:"rates"`
	Explain  string   `db:"explain" json:"explain"`
}

// showMine answers what the caller owes, month by month, with every line and how
// it comes about; ?person= asks for somebody in reach. Who may not see the wages
// of that person reads amounts without how they come about (R-DUES-14).
func showMine(e *core.RequestEvent) error {
	query := e.Request.URL.Query()
	person, err := e.App.FindRecordById("people", cmp.Or(query.Get("person"), e.Auth.Id))
	if err != nil {
		return e.NotFoundError("", err)
	}
	own := person.Id == e.Auth.Id
	if may, err := org.May(e, person.GetString("org_path"), "dues"); err != nil || !own && !may {
		return e.NotFoundError("", err)
	}
	wages, err := org.May(e, person.GetString("org_path"), "dues.assess", "dues.check")
	if err != nil {
		return err
	}
	months, err := ledger.OfPerson(e.App, person.Id, query.Get("from"), query.Get("to"))
	if err != nil {
		return err
	}
	lines := []line{}
	err = e.App.DB().NewQuery(`SELECT id, month, kind, amount, booked_on, rates, explain FROM dues_entries
		WHERE person = {:person} AND month >= {:from} AND month <= {:to} ORDER BY month, id`).
		Bind(dbx.Params{"person": person.Id, "from": query.Get("from"), "to": cmp.Or(query.Get("to"), "9999-12")}).All(&lines)
	if err != nil {
		return err
	}
	if !own && !wages {
		for i := range lines {
			lines[i].Explain = ""
		}
	}
	balance, err := ledger.Balance(e.App, person.Id)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{"person": person.Id, "name": person.GetString("name"), "balance": balance, "months": months, "lines": lines})
}

// member is a row of the grid.
type member struct {
	Person string              `db:"person" json:"person"`
	Name   string              `db:"name" json:"name"`
	Number string              `db:"number" json:"number"`
	Org    string              `db:"org" json:"org"`
	Months map[string]gridCell `json:"months"`
}

type gridCell struct {
	Person string `db:"person" json:"-"`
	ledger.Owed
}

// maxPage is how many people a page holds at most.
const maxPage = 200

// byName is the order in which people are listed, never by amount; behind is
// true of who comes after {:after} in it, of everybody where nobody is named.
const (
	byName = "p.pinyin, p.name, p.id"
	behind = "({:after} = '' OR (" + byName + ") > (SELECT " + byName + " FROM people p WHERE p.id = {:after}))"
)

func limit(e *core.RequestEvent) int64 {
	if n := cast.ToInt64(e.Request.URL.Query().Get("limit")); n > 0 && n < maxPage {
		return n
	}
	return maxPage
}

// gridAsk is a page of the grid: whose, of which year, after whom.
type gridAsk struct {
	unit        *org.Unit
	year, after string
	limit       int64
}

// page reads it, with two queries at any size.
func (g gridAsk) page(app core.App) ([]*member, error) {
	rows := []*member{}
	err := app.DB().Select("p.id AS person", "p.name", "p.number", "p.org").From("people p").Where(org.AtOrBelow("p.org_path", g.unit.Path())).
		AndWhere(dbx.NewExp(behind, dbx.Params{"after": g.after})).
		AndWhere(dbx.NewExp("(p.kind IN ('member', 'probationary') AND p.state IN ('active', 'suspended') OR EXISTS (SELECT 1 FROM dues_entries d WHERE d.person = p.id AND d.month >= {:from} AND d.month <= {:to}))",
			dbx.Params{"from": g.year + "-01", "to": g.year + "-12"})).
		OrderBy("p.pinyin", "p.name", "p.id").Limit(g.limit).All(&rows)
	if err != nil {
		return nil, err
	}
	return rows, fillGrid(app, rows, g.year)
}

// showGrid answers the people of ?org= and how each stands in each month of
// ?year=, ?after= the last person of the page before.
func showGrid(e *core.RequestEvent) error {
	unit, err := org.Asked(e, "dues")
	if err != nil {
		return err
	}
	query := e.Request.URL.Query()
	g := gridAsk{unit, cmp.Or(query.Get("year"), kit.Today(e.App)[:4]), query.Get("after"), limit(e)}
	rows, err := g.page(e.App)
	if err != nil {
		return err
	}
	next := ""
	if int64(len(rows)) == g.limit {
		next = rows[len(rows)-1].Person
	}
	return e.JSON(http.StatusOK, map[string]any{"org": unit.Id, "year": g.year, "items": rows, "next": next})
}

// fillGrid gives each member their months.
func fillGrid(app core.App, rows []*member, year string) error {
	ids, at := make([]any, len(rows)), map[string]*member{}
	for i, m := range rows {
		m.Months = map[string]gridCell{}
		ids[i], at[m.Person] = m.Person, m
	}
	var cells []gridCell
	err := app.DB().Select("person", "month",
		"CAST(SUM(CASE WHEN kind IN ('charge', 'correction') THEN amount ELSE 0 END) AS INTEGER) AS charged",
		"CAST(-SUM(CASE WHEN kind IN ('payment', 'reversal') THEN amount ELSE 0 END) AS INTEGER) AS paid",
		"CAST(-SUM(CASE WHEN kind = 'waiver' THEN amount ELSE 0 END) AS INTEGER) AS waived", "CAST(SUM(amount) AS INTEGER) AS remaining").
		From(ledger.Entries).Where(dbx.In("person", ids...)).
		AndWhere(dbx.NewExp("month >= {:from} AND month <= {:to}", dbx.Params{"from": year + "-01", "to": year + "-12"})).GroupBy("person", "month").All(&cells)
	if err != nil {
		return err
	}
	for _, c := range cells {
		at[c.Person].Months[c.Month] = c
	}
	return nil
}

// arrear is somebody who owes for months that are over.
type arrear struct {
	Person string   `db:"person" json:"person"`
	Name   string   `db:"name" json:"name"`
	Number string   `db:"number" json:"number"`
	Org    string   `db:"org" json:"org"`
	Since  string   `db:"since" json:"since"`
	Months int      `db:"months" json:"months"`
	Owed   rate.Fen `db:"owed" json:"owed"`
}

// showArrears answers to officers who of ?org= owes for months that are over,
// by name, never by amount.
func showArrears(e *core.RequestEvent) error {
	unit, err := org.Asked(e, "dues.record", "dues.check", "dues.account")
	if err != nil {
		return err
	}
	list := []arrear{}
	err = e.App.DB().NewQuery(`SELECT m.person, p.name, p.number, p.org, min(m.month) AS since, count(*) AS months, CAST(SUM(m.left_amount) AS INTEGER) AS owed FROM
		(SELECT person, month, SUM(amount) AS left_amount FROM dues_entries WHERE org_path >= {:lo} AND org_path < {:hi} AND month < {:now}
			GROUP BY person, month HAVING SUM(amount) > 0) m
		JOIN people p ON p.id = m.person WHERE ` + behind + ` GROUP BY m.person ORDER BY ` + byName + ` LIMIT {:limit}`).
		Bind(dbx.Params{
			"lo": unit.Path(), "hi": org.Upper(unit.Path()), "now": kit.Today(e.App)[:7], "after": e.Request.URL.Query().Get("after"), "limit": limit(e),
		}).All(&list)
	if err != nil {
		return err
	}
	next := ""
	if int64(len(list)) == limit(e) {
		next = list[len(list)-1].Person
	}
	return e.JSON(http.StatusOK, map[string]any{"org": unit.Id, "items": list, "next": next})
}

// showSummary answers the months of ?year= and the organizations below ?org= in
// sums, for charts.
func showSummary(e *core.RequestEvent) error {
	unit, err := org.Asked(e, "dues")
	if err != nil {
		return err
	}
	year := cmp.Or(e.Request.URL.Query().Get("year"), kit.Today(e.App)[:4])
	where := ledger.Where{SQL: "org_path >= {:lo} AND org_path < {:hi} AND month >= {:from} AND month <= {:to}", Params: dbx.Params{
		"lo": unit.Path(), "hi": org.Upper(unit.Path()), "from": year + "-01", "to": year + "-12",
	}}
	months, err := ledger.Grouped(e.App, "month", where)
	if err != nil {
		return err
	}
	units, err := ledger.Grouped(e.App, "org", where)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{"org": unit.Id, "year": year, "months": months, "units": units})
}
