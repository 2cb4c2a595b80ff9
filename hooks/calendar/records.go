package calendar

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Load is the calendar with the entries of calendar_days, in one query. A year
// has at most about forty, so all are read and no date lies outside.
func Load(app core.App) (Days, error) {
	var list []Day
	err := app.DB().Select("date", "kind", "name", "source").From(DayEntries).All(&list)
	return New(list...), err
}

// LoadNodes lists the festival nodes.
func LoadNodes(app core.App) ([]Node, error) {
	nodes := []Node{}
	err := app.DB().Select("id", "name", "kind", "month", "day", "term", "before").From(FestivalNodes).OrderBy("name").All(&nodes)
	return nodes, err
}

func nodeOf(r *core.Record) Node {
	return Node{
		ID: r.Id, Name: r.GetString("name"), Kind: NodeKind(r.GetString("kind")),
		Month: r.GetInt("month"), Day: r.GetInt("day"), Term: r.GetString("term"), Before: r.GetInt("before"),
	}
}

// enteredAs is what a day has been entered as by another record.
func enteredAs(app core.App, record *core.Record) (Kind, error) {
	var kinds []Kind
	err := app.DB().Select("kind").From(DayEntries).
		Where(dbx.HashExp{"date": record.GetString("date")}).AndWhere(dbx.Not(dbx.HashExp{"id": record.Id})).Column(&kinds)
	if err != nil || len(kinds) == 0 {
		return "", err
	}
	return kinds[0], nil
}
