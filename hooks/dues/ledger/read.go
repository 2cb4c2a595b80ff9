package ledger

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/dues/rate"
)

// sums are the columns of Owed. A reversal takes back the kind of line that it
// reverses: only payments are reversed.
const sums = `CAST(COALESCE(SUM(CASE WHEN kind IN ('charge', 'correction') THEN amount END), 0) AS INTEGER) AS charged,
	CAST(COALESCE(-SUM(CASE WHEN kind IN ('payment', 'reversal') THEN amount END), 0) AS INTEGER) AS paid,
	CAST(COALESCE(-SUM(CASE WHEN kind = 'waiver' THEN amount END), 0) AS INTEGER) AS waived,
	CAST(COALESCE(SUM(amount), 0) AS INTEGER) AS remaining`

// OfPerson is how somebody stands month by month, between two months; empty
// bounds are open.
func OfPerson(app core.App, person, from, to string) ([]Owed, error) {
	if to == "" {
		to = "9999-12"
	}
	list := []Owed{}
	err := app.DB().NewQuery("SELECT month, " + sums + " FROM dues_entries WHERE person = {:person} AND month >= {:from} AND month <= {:to} GROUP BY month ORDER BY month").
		Bind(dbx.Params{"person": person, "from": from, "to": to}).All(&list)
	return list, err
}

// Balance is what somebody owes altogether; negative: paid in advance.
func Balance(app core.App, person string) (owed rate.Fen, err error) {
	err = app.DB().NewQuery("SELECT CAST(COALESCE(SUM(amount), 0) AS INTEGER) FROM dues_entries WHERE person = {:person}").
		Bind(dbx.Params{"person": person}).Row(&owed)
	return owed, err
}

// Where is a part of the ledger, in SQL with its values.
type Where struct {
	SQL    string
	Params dbx.Params
}

// Total adds up a part of the ledger.
func Total(app core.App, where Where) (sum Owed, err error) {
	err = app.DB().NewQuery("SELECT '' AS month, " + sums + " FROM dues_entries WHERE " + where.SQL).Bind(where.Params).One(&sum)
	return sum, err
}

// By adds up a part of the ledger by an expression, in its order; how many
// people there are in each group comes along.
type By struct {
	Key string `db:"key" json:"key"`
	Owed
	People int `db:"people" json:"people"`
}

// Grouped adds up a part of the ledger by a column or expression.
func Grouped(app core.App, key string, where Where) ([]By, error) {
	list := []By{}
	err := app.DB().NewQuery("SELECT " + key + " AS [[key]], '' AS month, " + sums + ", count(DISTINCT person) AS people FROM dues_entries WHERE " +
		where.SQL + " GROUP BY 1 ORDER BY 1").Bind(where.Params).All(&list)
	return list, err
}

// OfPayment lists the lines of a payment that haven't been taken back.
func OfPayment(app core.App, payment string) ([]*Entry, error) {
	rows, err := app.DB().NewQuery("SELECT " + columns + ", hash, org_path FROM dues_entries WHERE payment = {:payment} AND kind = 'payment' ORDER BY id").
		Bind(dbx.Params{"payment": payment}).Rows()
	return scanAll(rows, err)
}

func scanAll(rows *dbx.Rows, err error) ([]*Entry, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []*Entry
	for rows.Next() {
		e, err := scan(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, e)
	}
	return list, rows.Err()
}

func scan(rows *dbx.Rows) (*Entry, error) {
	e := &Entry{}
	return e, rows.Scan(&e.ID, &e.Seq, &e.Person, &e.Month, &e.Kind, &e.Amount, &e.BookedOn, &e.Explain, &e.Rates, &e.Payment, &e.Waiver,
		&e.Reverses, &e.By, &e.Org, &e.Created, &e.Prev, &e.Hash, &e.OrgPath)
}

// Each streams the ledger in the order of its chain.
func Each(app core.App, fn func(*Entry) error) error {
	rows, err := app.DB().NewQuery("SELECT " + columns + ", hash, org_path FROM dues_entries ORDER BY id").Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		e, err := scan(rows)
		if err != nil {
			return err
		}
		if err := fn(e); err != nil {
			return err
		}
	}
	return rows.Err()
}
