// Package board reads points (积分汇总): the totals of people in the order of their
// names, and how they spread, in bands of at least five people. No total is
// stored, and nothing here sorts people by one (R-PTS-08).
package board

import (
	"database/sql"
	"encoding/json"
	"errors"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/dues/rate"
	"yaodian/hooks/org"
	"yaodian/hooks/points/award"
	"yaodian/hooks/points/keep"
	"yaodian/hooks/points/ledger"
	"yaodian/hooks/points/rule"
)

// Book is what totals of a year are reckoned by.
type Book struct {
	Year   string
	Scheme rule.Scheme
	Rules  map[string]rule.Rule
}

// Open reads the scheme and the rules of a year.
func Open(app core.App, year string) (*Book, error) {
	b := &Book{Year: year, Scheme: rule.Standard, Rules: map[string]rule.Rule{}}
	var r core.Record
	err := app.RecordQuery(keep.Schemes).AndWhere(dbx.NewExp("state = 'active' AND year <= {:year}", dbx.Params{"year": year})).OrderBy("year DESC").Limit(1).One(&r)
	if err == nil {
		b.Scheme, err = keep.SchemeOf(&r)
	}
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, err
	}
	list, err := award.Rules(app, "r.state IN ('active', 'ended')", nil)
	for _, r := range list {
		b.Rules[r.ID] = r
	}
	return b, err
}

// Member is somebody and what they have.
type Member struct {
	Person   string      `db:"person" json:"person"`
	Name     string      `db:"name" json:"name"`
	Number   string      `db:"number" json:"number"`
	Org      string      `db:"org" json:"org"`
	OrgPath  string      `db:"org_path" json:"-"`
	Category string      `db:"-" json:"category"`
	Vetoed   bool        `db:"vetoed" json:"vetoed"`
	Total    rule.Total  `db:"-" json:"total"`
	Quarter  rule.Tenths `db:"-" json:"quarter"` // of the quarter asked for, before caps
}

// Query is whom a page is about and up to when.
type Query struct {
	Path    string // of the organization
	Day     string // whose vetoes and categories count
	Quarter string // nothing that is booked later counts; empty: everything
	After   string // the last one of the page before
	Limit   int64
}

const memberSQL = `SELECT p.id AS person, p.name, p.number, p.org, p.org_path,
	EXISTS (SELECT 1 FROM points_vetoes v WHERE v.person = p.id AND v.since <= {:day} AND (v.until = '' OR v.until > {:day})) AS vetoed
	FROM people p WHERE p.org_path >= {:lo} AND p.org_path < {:hi} AND p.kind IN ('member', 'probationary') AND p.state IN ('active', 'suspended') AND p.membership_state != 'stopped'`

// Members lists the people of an organization by name with their totals, in six
// queries at any size. next asks for the page after; empty where there is none.
func (b *Book) Members(app core.App, q Query) (list []*Member, next string, err error) {
	sql, params := memberSQL, dbx.Params{"day": q.Day, "lo": q.Path, "hi": org.Upper(q.Path)}
	if q.After != "" {
		sql += " AND (p.pinyin, p.id) > (SELECT a.pinyin, a.id FROM people a WHERE a.id = {:after})"
		params["after"] = q.After
	}
	sql += " ORDER BY p.pinyin, p.id"
	if q.Limit > 0 {
		sql += " LIMIT {:limit}"
		params["limit"] = q.Limit
	}
	if err := app.DB().NewQuery(sql).Bind(params).All(&list); err != nil {
		return nil, "", err
	}
	if q.Limit > 0 && int64(len(list)) == q.Limit {
		next = list[len(list)-1].Person
	}
	for part := range slices.Chunk(list, 500) {
		if err := b.fill(app, q, part); err != nil {
			return nil, "", err
		}
	}
	return list, next, nil
}

// fill reckons the totals of some people.
func (b *Book) fill(app core.App, q Query, list []*Member) error {
	ids := make([]string, len(list))
	for i, m := range list {
		ids[i] = m.Person
	}
	in, params := among("e.person", ids)
	where := ledger.Where{SQL: in + " AND e.day >= {:begin} AND e.day <= {:end}", Params: params}
	params["begin"], params["end"] = b.Year+"-01-01", b.Year+"-12-31"
	quarters := map[string]rule.Tenths{}
	if q.Quarter != "" {
		var rows []struct {
			Person string      `db:"person"`
			Points rule.Tenths `db:"points"`
		}
		params["quarter"] = q.Quarter
		err := app.DB().NewQuery("SELECT e.person, CAST(SUM(e.points) AS INTEGER) AS points FROM points_entries e WHERE " + in + " AND e.quarter = {:quarter} GROUP BY 1").
			Bind(params).All(&rows)
		if err != nil {
			return err
		}
		for _, r := range rows {
			quarters[r.Person] = r.Points
		}
		where.SQL += " AND e.quarter <= {:quarter}"
	}
	sums, err := ledger.Sums(app, where)
	if err != nil {
		return err
	}
	within, params := among("person", ids)
	lives, err := award.Lives(app, dbx.NewExp(within, params))
	if err != nil {
		return err
	}
	for _, m := range list {
		m.Category = lives[m.Person].On(q.Day).Category
		m.Quarter = quarters[m.Person]
		m.Total = b.Scheme.Tally(b.Rules, sums[m.Person])
	}
	return nil
}

// Count is how many people a band holds; nothing where fewer than five could be
// recognized.
type Count struct {
	Name   string      `json:"name"`
	From   rule.Tenths `json:"from"`
	People *int        `json:"people"`
}

// Spread is how totals spread over the bands. Counts are as many as bands.
func Spread(bands []rule.Band, counts []int) []Count {
	out := make([]Count, len(bands))
	hidden := rate.Hide(counts, rate.LeastCell)
	for i, b := range bands {
		out[i] = Count{Name: b.Name, From: b.From}
		if !hidden[i] {
			out[i].People = &counts[i]
		}
	}
	return out
}

// Counts counts people by band. Whoever is vetoed is in none.
func (b *Book) Counts(list []*Member) []int {
	counts := make([]int, len(b.Scheme.Bands))
	for _, m := range list {
		if i := b.Scheme.BandOf(m.Total.Points); i >= 0 && !m.Vetoed {
			counts[i]++
		}
	}
	return counts
}

// among is the condition that a column is one of some people.
func among(column string, people []string) (string, dbx.Params) {
	raw, err := json.Marshal(people)
	if err != nil {
		raw = []byte("[]") // strings always encode
	}
	return column + " IN (SELECT value FROM json_each({:people}))", dbx.Params{"people": string(raw)}
}
