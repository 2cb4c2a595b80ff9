package exchange

import (
	"encoding/json"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/exchange/sheet"
)

// storedRow is a row of exchange_rows.
type storedRow struct {
	Number int    `db:"number"`
	Action string `db:"action"`
	Record string `db:"record"`
	Told   string `db:"told"`
	Sum    string `db:"sum"`
	Undo   string `db:"undo"`
}

// keepRows stores what rows do, in place of what was stored before.
func keepRows(app core.App, id string, outcomes []Outcome) error {
	for _, o := range outcomes {
		told, err := json.Marshal(o)
		if err != nil {
			return err
		}
		back, err := json.Marshal(o.undo)
		if err != nil {
			return err
		}
		_, err = app.NonconcurrentDB().NewQuery(`INSERT OR REPLACE INTO exchange_rows (import, number, action, record, told, sum, undo)
			VALUES ({:import}, {:number}, {:action}, {:record}, {:told}, {:sum}, {:undo})`).Bind(dbx.Params{
			"import": id, "number": o.Number, "action": string(o.Action), "record": o.Record, "told": string(told), "sum": o.sum(), "undo": string(back),
		}).Execute()
		if err != nil {
			return err
		}
	}
	return nil
}

func dropRows(app core.App, id string) error {
	_, err := app.NonconcurrentDB().Delete("exchange_rows", dbx.HashExp{"import": id}).Execute()
	return err
}

// previewed are the rows from a number to a number as they were shown.
func previewed(app core.App, id string, from, to int) (map[int]storedRow, error) {
	var rows []storedRow
	err := app.DB().NewQuery(`SELECT number, action, record, told, sum, undo FROM exchange_rows
		WHERE import = {:import} AND number BETWEEN {:from} AND {:to}`).Bind(dbx.Params{"import": id, "from": from, "to": to}).All(&rows)
	out := make(map[int]storedRow, len(rows))
	for _, r := range rows {
		out[r.Number] = r
	}
	return out, err
}

// rowsBefore is a batch of the rows that wrote something, from the end.
func rowsBefore(app core.App, id string, last int) ([]storedRow, error) {
	var rows []storedRow
	err := app.DB().NewQuery(`SELECT number, action, record, told, sum, undo FROM exchange_rows
		WHERE import = {:import} AND number < {:last} AND action IN ('new', 'changed') ORDER BY number DESC LIMIT {:batch}`).
		Bind(dbx.Params{"import": id, "last": last, "batch": batch}).All(&rows)
	return rows, err
}

// Page is part of a preview.
type Page struct {
	Page    int               `json:"page"`
	PerPage int               `json:"per_page"`
	Total   int               `json:"total"`
	Rows    []json.RawMessage `json:"rows"`
}

const perPage = 100

// pageOf lists what the rows of one action do, or of all.
func pageOf(app core.App, id string, action string, page int) (Page, error) {
	p := Page{Page: max(page, 1), PerPage: perPage, Rows: []json.RawMessage{}}
	where := dbx.HashExp{"import": id}
	if action != "" {
		where["action"] = action
	}
	if err := app.DB().Select("count(*)").From("exchange_rows").Where(where).Row(&p.Total); err != nil {
		return p, err
	}
	var list []string
	err := app.DB().Select("told").From("exchange_rows").Where(where).OrderBy("number").
		Limit(perPage).Offset(int64(p.Page-1) * perPage).Column(&list)
	for _, told := range list {
		p.Rows = append(p.Rows, json.RawMessage(told))
	}
	return p, err
}

// Faults are what is wrong with the rows of an import.
func Faults(app core.App, id string) ([]sheet.Fault, error) {
	var list []string
	err := app.DB().Select("told").From("exchange_rows").Where(dbx.HashExp{"import": id, "action": string(Refused)}).OrderBy("number").Column(&list)
	if err != nil {
		return nil, err
	}
	faults := []sheet.Fault{}
	for _, told := range list {
		var o Outcome
		if err := json.Unmarshal([]byte(told), &o); err != nil {
			return nil, err
		}
		faults = append(faults, o.Faults...)
	}
	return faults, nil
}
