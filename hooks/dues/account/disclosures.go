package account

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"yaodian/hooks/dues/ledger"
	"yaodian/hooks/dues/rate"
	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

var disclosureStates = org.States{
	Collection: Disclosures,
	Words:      []org.Word{{State: "draft", Name: "草拟"}, {State: "published", Name: "已公布"}, {State: "withdrawn", Name: "已撤回"}},
	Moves:      []org.Move{{From: "draft", To: "published", Sign: "published_by"}, {From: "published", To: "withdrawn"}, {From: "draft", To: "withdrawn"}},
	Filed:      []string{"published", "withdrawn"},
}

// Content is what is disclosed of a period. Members read who has paid how much;
// the public reads sums alone. Bases and the reasons of waivers are never in it.
type Content struct {
	Org      string         `json:"org"`
	Name     string         `json:"name"`
	Period   string         `json:"period"`
	From     string         `json:"from"`
	To       string         `json:"to"`
	Total    Sums           `json:"total"`
	Units    []UnitSums     `json:"units"`
	Members  []MemberSums   `json:"members,omitempty"`
	Expenses []ExpenseLine  `json:"expenses"`
	Book     map[string]any `json:"book"`
}

// Sums are amounts in fen: what was to pay for the months of the period, and
// what has been paid and is still owed of it.
type Sums struct {
	People int      `db:"people" json:"people"`
	Due    rate.Fen `db:"due" json:"due"`
	Paid   rate.Fen `db:"paid" json:"paid"`
	Owed   rate.Fen `db:"owed" json:"owed"`
}

// UnitSums are the sums of an organization below; nothing where fewer than five
// people stand behind them.
type UnitSums struct {
	Org  string `json:"org"`
	Name string `json:"name"`
	*Sums
}

// MemberSums are the sums of a member.
type MemberSums struct {
	Name string `db:"name" json:"name"`
	Sums
}

// ExpenseLine is what was spent on a purpose, or on a thing.
type ExpenseLine struct {
	Purpose string   `db:"purpose" json:"purpose"`
	Title   string   `db:"title" json:"title,omitempty"`
	Amount  rate.Fen `db:"amount" json:"amount"`
}

// placeDisclosure says by when a period is to be disclosed.
func placeDisclosure(e *core.RecordEvent) error {
	q, ok := PeriodOf(e.Record.GetString("period"))
	if !ok {
		return CheckPublish(e.Record.GetString("period"), kit.Today(e.App))
	}
	if e.Record.GetString("due") == "" {
		e.Record.Set("due", q.Due)
	}
	return e.Next()
}

// saveDisclosure freezes what is disclosed.
func saveDisclosure(e *core.RecordEvent) error {
	r := e.Record
	before, err := stored(e)
	if err != nil {
		return err
	}
	if before != nil {
		if field, changed := kit.Changed(r, before, "org", "period", "audience"); changed {
			return kit.Reject(field, "dues_account_fixed", "组织、期间和范围不能改。")
		}
		if before.GetString("state") != "draft" {
			return e.Next()
		}
	}
	r.Load(map[string]any{"content": nil, "hash": "", "published_at": ""})
	if r.GetString("state") == "published" {
		if err := CheckPublish(r.GetString("period"), kit.Today(e.App)); err != nil {
			return err
		}
		if err := freeze(e.App, r); err != nil {
			return err
		}
	}
	return e.Next()
}

func freeze(app core.App, r *core.Record) error {
	content, err := ContentOf(app, r.GetString("org"), r.GetString("period"), r.GetString("audience"))
	if err != nil {
		return err
	}
	raw, err := json.Marshal(content)
	if err != nil {
		return err
	}
	r.Load(map[string]any{"content": types.JSONRaw(raw), "hash": digest(raw), "published_at": kit.Now(app)})
	return nil
}

func digest(raw []byte) string {
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}

// ContentOf is what an organization would disclose of a period now.
func ContentOf(app core.App, unit, period, audience string) (*Content, error) {
	u, err := org.Find(app, unit)
	if err != nil {
		return nil, err
	}
	q, _ := PeriodOf(period)
	c := &Content{Org: unit, Name: u.Name(), Period: period, From: q.From, To: q.To, Units: []UnitSums{}, Expenses: []ExpenseLine{}}
	d := disclosing{app, u, q, audience == "members"}
	for _, part := range []func(*Content) error{d.units, d.people, d.expenses, d.book} {
		if err := part(c); err != nil {
			return nil, err
		}
	}
	return c, nil
}

type disclosing struct {
	app     core.App
	unit    *org.Unit
	quarter Quarter
	members bool
}

// within is the part of the ledger that a disclosure speaks of.
func (d disclosing) within() ledger.Where {
	return ledger.Where{SQL: "org_path >= {:lo} AND org_path < {:hi} AND month >= {:from} AND month <= {:to}", Params: dbx.Params{
		"lo": d.unit.Path(), "hi": org.Upper(d.unit.Path()), "from": d.quarter.From, "to": d.quarter.To,
	}}
}

func (s *Sums) add(b ledger.By) {
	s.People += b.People
	s.Due += b.Charged - b.Waived
	s.Paid += b.Paid
	s.Owed += b.Remaining
}

// units adds up each organization; small ones don't show to the public.
func (d disclosing) units(c *Content) error {
	list, err := ledger.Grouped(d.app, "org", d.within())
	if err != nil {
		return err
	}
	counts := make([]int, len(list))
	for i, b := range list {
		c.Total.add(b)
		counts[i] = b.People
	}
	hidden := make([]bool, len(list))
	if !d.members {
		hidden = rate.Hide(counts, rate.LeastCell)
		if c.Total.People < rate.LeastCell {
			c.Total = Sums{}
		}
	}
	names, err := unitNames(d.app)
	if err != nil {
		return err
	}
	for i, b := range list {
		u := UnitSums{Org: b.Key, Name: names[b.Key]}
		if !hidden[i] {
			u.Sums = &Sums{}
			u.add(b)
		}
		c.Units = append(c.Units, u)
	}
	return nil
}

func unitNames(app core.App) (map[string]string, error) {
	var rows []struct {
		ID   string `db:"id"`
		Name string `db:"name"`
	}
	err := app.DB().NewQuery("SELECT id, name FROM org_units").All(&rows)
	names := map[string]string{}
	for _, r := range rows {
		names[r.ID] = r.Name
	}
	return names, err
}

// people lists the organization's own people by name, for its members.
func (d disclosing) people(c *Content) error {
	if !d.members {
		return nil
	}
	where := d.within()
	where.Params["org"] = d.unit.Id
	return d.app.DB().NewQuery(`SELECT p.name, 1 AS people, CAST(SUM(CASE WHEN d.kind IN ('charge', 'correction', 'waiver') THEN d.amount ELSE 0 END) AS INTEGER) AS due,
		CAST(-SUM(CASE WHEN d.kind IN ('payment', 'reversal') THEN d.amount ELSE 0 END) AS INTEGER) AS paid, CAST(SUM(d.amount) AS INTEGER) AS owed
		FROM dues_entries d JOIN people p ON p.id = d.person WHERE d.org = {:org} AND d.month >= {:from} AND d.month <= {:to}
		GROUP BY d.person ORDER BY p.pinyin, p.name, d.person`).Bind(where.Params).All(&c.Members)
}

// expenses lists what was spent: things to members, purposes to the public.
func (d disclosing) expenses(c *Content) error {
	query := d.app.DB().Select("purpose", "title", "amount").OrderBy("paid_on", "id")
	if !d.members {
		query = d.app.DB().Select("purpose", "CAST(SUM(amount) AS INTEGER) AS amount").GroupBy("purpose").OrderBy("purpose")
	}
	return query.From(Expenses).Where(dbx.NewExp("org_path >= {:lo} AND org_path < {:hi} AND state = 'paid' AND paid_on >= {:first} AND paid_on <= {:last}", dbx.Params{
		"lo": d.unit.Path(), "hi": org.Upper(d.unit.Path()), "first": d.quarter.From + "-01", "last": rate.LastDay(d.quarter.To),
	})).All(&c.Expenses)
}

// book is what there is, unless it would tell of a few people.
func (d disclosing) book(c *Content) error {
	if !d.members && c.Total.People < rate.LeastCell {
		return nil
	}
	b, err := BookOf(d.app, d.unit.Path())
	if err != nil {
		return err
	}
	paid, err := PaidIn(d.app, d.unit.Path(), d.quarter.From, d.quarter.To)
	c.Book = map[string]any{"paid_in_period": paid, "remitted": b.Remitted, "balance": b.Balance}
	return err
}
