package notify

import (
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
)

// summaryDays is how far back the officers' page looks.
const summaryDays = 30

// maxFailed is how many failed deliveries the officers' page lists.
const maxFailed = 200

// Tally is how many deliveries of a kind and a day are in each state. Total is
// what should have been sent; the four others add up to it.
type Tally struct {
	Via        Via    `db:"via" json:"via,omitempty"`
	Day        string `db:"day" json:"day,omitempty"`
	Total      int    `db:"total" json:"total"`
	Due        int    `db:"due" json:"due"`
	Sent       int    `db:"sent" json:"sent"`
	Failed     int    `db:"failed" json:"failed"`
	Suppressed int    `db:"suppressed" json:"suppressed"`
}

func (t *Tally) add(o Tally) {
	t.Total += o.Total
	t.Due += o.Due
	t.Sent += o.Sent
	t.Failed += o.Failed
	t.Suppressed += o.Suppressed
}

// Failure is a delivery that failed: whose and why, not what it says.
type Failure struct {
	ID      string `db:"id" json:"id"`
	Via     Via    `db:"via" json:"via"`
	Kind    Kind   `db:"kind" json:"kind"`
	Channel string `db:"channel" json:"channel"`
	Person  string `db:"person" json:"person"`
	Org     string `db:"org" json:"org"`
	Tries   int    `db:"tries" json:"tries"`
	Error   string `db:"error" json:"error"`
	Created string `db:"created" json:"created"`
}

type reasonCount struct {
	Reason Reason `db:"reason" json:"reason"`
	N      int    `db:"n" json:"n"`
}

// Summary is what became of the messages of the last thirty days.
type Summary struct {
	Since   string        `json:"since"`
	Server  bool          `json:"server"` // there is a mail server
	Total   Tally         `json:"total"`
	ByVia   []Tally       `json:"by_via"`
	ByDay   []Tally       `json:"by_day"`
	Reasons []reasonCount `json:"reasons"`
	Failed  []Failure     `json:"failed"`
}

// SummaryOf counts the deliveries that a condition on d.org_path lets through;
// nil lets all through.
func SummaryOf(app core.App, within dbx.Expression) (*Summary, error) {
	since := kit.Now(app).AddDate(0, 0, 1-summaryDays)
	midnight := time.Date(since.Year(), since.Month(), since.Day(), 0, 0, 0, 0, kit.Beijing)
	s := &Summary{Since: since.Format(time.DateOnly), Server: hasServer(app), ByVia: []Tally{}, ByDay: []Tally{}, Reasons: []reasonCount{}, Failed: []Failure{}}
	where := dbx.And(dbx.NewExp("d.created >= {:since}", dbx.Params{"since": stamp(midnight)}), within)

	var cells []Tally
	err := app.DB().Select("d.via", "date(d.created, '+8 hours') AS day", "count(*) AS total",
		"sum(d.state = 'due') AS due", "sum(d.state = 'sent') AS sent", "sum(d.state = 'failed') AS failed", "sum(d.state = 'suppressed') AS suppressed").
		From("notify_deliveries d").Where(where).GroupBy("d.via", "day").OrderBy("day DESC", "d.via").All(&cells)
	if err != nil {
		return nil, err
	}
	s.fill(cells)
	err = app.DB().Select("d.reason", "count(*) AS n").From("notify_deliveries d").
		Where(dbx.And(where, dbx.HashExp{"d.state": string(Suppressed)})).GroupBy("d.reason").OrderBy("n DESC").All(&s.Reasons)
	if err != nil {
		return nil, err
	}
	err = app.DB().Select("d.id", "d.via", "m.kind", "coalesce(c.name, '') AS channel", "p.name AS person",
		"coalesce(nullif(u.short, ''), u.name) AS org", "d.tries", "d.error", "d.created").From("notify_deliveries d").
		InnerJoin("notify_messages m", dbx.NewExp("m.id = d.message")).InnerJoin("people p", dbx.NewExp("p.id = d.person")).
		InnerJoin("org_units u", dbx.NewExp("u.id = d.org")).LeftJoin("notify_channels c", dbx.NewExp("c.id = d.channel")).
		Where(dbx.And(where, dbx.HashExp{"d.state": string(Failed)})).OrderBy("d.created DESC", "d.id").Limit(maxFailed).All(&s.Failed)
	return s, err
}

// fill adds the cells up by way and by day.
func (s *Summary) fill(cells []Tally) {
	byVia := map[Via]int{}
	for _, cell := range cells {
		s.Total.add(cell)
		i, known := byVia[cell.Via]
		if !known {
			i = len(s.ByVia)
			byVia[cell.Via] = i
			s.ByVia = append(s.ByVia, Tally{Via: cell.Via})
		}
		s.ByVia[i].add(cell)
		if n := len(s.ByDay); n == 0 || s.ByDay[n-1].Day != cell.Day {
			s.ByDay = append(s.ByDay, Tally{Day: cell.Day})
		}
		s.ByDay[len(s.ByDay)-1].add(cell)
	}
}
