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

// standing holds of an award that hasn't been taken back.
const standing = "e.kind = 'award' AND NOT EXISTS (SELECT 1 FROM points_entries r WHERE r.reverses = e.id AND r.reverses != '')"

// Standing lists the awards in a part of the ledger that haven't been taken back.
func Standing(app core.App, where Where) ([]*Entry, error) {
	return list(app, "SELECT "+columns+", hash, org_path FROM points_entries e WHERE "+where.SQL+" AND "+standing+" ORDER BY day, id", where.Params)
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

// Lasts says for each activity of a part of the ledger and each person how many
// awards there have been.
func Lasts(app core.App, where Where) (map[[2]string]int64, error) {
	var rows []struct {
		Activity, Person string
		N                int64
	}
	err := app.DB().NewQuery("SELECT activity, person, max(nth) AS n FROM points_entries e WHERE " + where.SQL + " AND kind = 'award' GROUP BY activity, person").
		Bind(where.Params).All(&rows)
	out := map[[2]string]int64{}
	for _, r := range rows {
		out[[2]string{r.Activity, r.Person}] = r.N
	}
	return out, err
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
