package board

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/plan"
)

// Target is a target of an item with what was counted towards it. The
// numbers themselves are the evidence with that target.
type Target struct {
	ID   string   `json:"id"`
	Task string   `json:"task"`
	Text string   `json:"text"`
	Unit string   `json:"unit"`
	Min  *float64 `json:"min"`
	Max  *float64 `json:"max"`
	Measured
}

// targetsOf measures the targets of a plan by item, in one query. Numbers of
// duties that viewer may not see don't count.
func targetsOf(app core.App, year, viewer, today string) (map[string][]Target, error) {
	var rows []struct {
		ID      string  `db:"id"`
		Item    string  `db:"item"`
		Task    string  `db:"task"`
		Text    string  `db:"text"`
		Unit    string  `db:"unit"`
		HasMin  bool    `db:"has_min"`
		Min     float64 `db:"min"`
		HasMax  bool    `db:"has_max"`
		Max     float64 `db:"max"`
		Sum     float64 `db:"sum"`
		Count   int     `db:"count"`
		Waiting float64 `db:"waiting"`
	}
	counted := dbx.And(dbx.NewExp("d.id = e.duty"), seenBy(viewer, today))
	err := app.DB().Select("t.id", "t.item", "t.task", "t.text", "t.unit", "t.has_min", "t.min", "t.has_max", "t.max",
		"COALESCE(sum(e.number) FILTER (WHERE d.state IN ('done', 'made_up')), 0) AS sum",
		"count(*) FILTER (WHERE d.state IN ('done', 'made_up')) AS count",
		"COALESCE(sum(e.number) FILTER (WHERE d.state NOT IN ('done', 'made_up', 'exempted')), 0) AS waiting").
		From(plan.Targets+" t").LeftJoin(plan.Evidence+" e", dbx.NewExp("e.target = t.id AND e.counted")).LeftJoin(plan.Duties+" d", counted).
		Where(dbx.HashExp{"t.plan": year}).GroupBy("t.id").OrderBy("t.span_from", "t.created", "t.id").All(&rows)
	out := map[string][]Target{}
	for _, r := range rows {
		t := Target{ID: r.ID, Task: r.Task, Text: r.Text, Unit: r.Unit}
		if r.HasMin {
			t.Min = &r.Min
		}
		if r.HasMax {
			t.Max = &r.Max
		}
		t.Measured = Measure(Measured{Sum: r.Sum, Count: r.Count, Waiting: r.Waiting}, r.Unit, t.Min, t.Max)
		out[r.Item] = append(out[r.Item], t)
	}
	return out, err
}
