package ledger

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/points/rule"
)

// Where is a part of the ledger, in SQL with its values.
type Where struct {
	SQL    string
	Params dbx.Params
}

// Given is an award, and whether it has been taken back.
type Given struct {
	Entry
	Reversed bool
}

// Awards lists the awards in a part of the ledger.
func Awards(app core.App, where Where) ([]*Given, error) {
	rows, err := app.DB().NewQuery("SELECT " + columns + `, hash, org_path, EXISTS (SELECT 1 FROM points_entries r WHERE r.reverses = e.id AND r.reverses != '')
		FROM points_entries e WHERE ` + where.SQL + " AND e.kind = 'award' ORDER BY day, id").Bind(where.Params).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []*Given
	for rows.Next() {
		g := &Given{}
		if err := rows.Scan(append(g.dest(), &g.Reversed)...); err != nil {
			return nil, err
		}
		out = append(out, g)
	}
	return out, rows.Err()
}

// List lists the entries in a part of the ledger, the latest first.
func List(app core.App, where Where, limit int) ([]*Entry, error) {
	params := dbx.Params{"limit": limit}
	for k, v := range where.Params {
		params[k] = v
	}
	return list(app, "SELECT "+columns+", hash, org_path FROM points_entries e WHERE "+where.SQL+" ORDER BY day DESC, id DESC LIMIT {:limit}", params)
}

func list(app core.App, sql string, params dbx.Params) ([]*Entry, error) {
	rows, err := app.DB().NewQuery(sql).Bind(params).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []*Entry
	for rows.Next() {
		e := &Entry{}
		if err := rows.Scan(e.dest()...); err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, rows.Err()
}

// Each streams the ledger in the order of its chain.
func Each(app core.App, fn func(*Entry) error) error {
	rows, err := app.DB().NewQuery("SELECT " + columns + ", hash, org_path FROM points_entries ORDER BY id").Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		e := &Entry{}
		if err := rows.Scan(e.dest()...); err != nil {
			return err
		}
		if err := fn(e); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Sums is what people have in a part of the ledger by rule and month: what
// totals are reckoned from.
func Sums(app core.App, where Where) (map[string][]rule.Line, error) {
	var rows []struct {
		Person string `db:"person"`
		rule.Line
	}
	err := app.DB().NewQuery(`SELECT e.person, e.rule, substr(e.day, 1, 7) AS month, CAST(SUM(e.points) AS INTEGER) AS points FROM points_entries e
		WHERE ` + where.SQL + ` GROUP BY 1, 2, 3`).Bind(where.Params).All(&rows)
	out := map[string][]rule.Line{}
	for _, r := range rows {
		out[r.Person] = append(out[r.Person], r.Line)
	}
	return out, err
}
