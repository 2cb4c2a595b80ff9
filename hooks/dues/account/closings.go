package account

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/dues/ledger"
	"yaodian/hooks/dues/rate"
	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// closingStates: the branch hands a month in, somebody else at the level above
// closes it.
var closingStates = org.States{
	Collection: Closings,
	Words:      []org.Word{{State: "open", Name: "未结"}, {State: "handed", Name: "支部已报送"}, {State: "closed", Name: "已结账"}},
	Moves: []org.Move{
		{From: "open", To: "handed", Power: "dues.record", Sign: "handed_by"},
		{From: "handed", To: "open", Power: "dues.check"},
		{From: "handed", To: "closed", Power: "dues.check", Sign: "closed_by", Others: []string{"handed_by"}},
	},
	Filed: []string{"closed"},
}

// Count is what a month comes to: a closing freezes it.
type Count struct {
	People  int      `db:"people" json:"people"`   // who owed
	Payers  int      `db:"payers" json:"payers"`   // of them, who owe nothing any more
	Charged rate.Fen `db:"charged" json:"charged"` // for the month
	Waived  rate.Fen `db:"waived" json:"waived"`   // for the month
	Paid    rate.Fen `db:"paid" json:"paid"`       // in the month
	Owed    rate.Fen `db:"owed" json:"owed"`       // altogether, by its end
}

// CountOf counts a month at an organization, of what is booked by its end.
func CountOf(app core.App, unit, month string) (c Count, err error) {
	err = app.DB().NewQuery(`SELECT count(DISTINCT CASE WHEN month = {:month} AND kind = 'charge' THEN person END) AS people,
		(SELECT count(*) FROM (SELECT person FROM dues_entries WHERE org = {:org} AND month = {:month} AND booked_on <= {:end}
			GROUP BY person HAVING SUM(amount) <= 0 AND SUM(kind = 'charge') > 0)) AS payers,
		CAST(COALESCE(SUM(CASE WHEN month = {:month} AND kind IN ('charge', 'correction') THEN amount END), 0) AS INTEGER) AS charged,
		CAST(COALESCE(-SUM(CASE WHEN month = {:month} AND kind = 'waiver' THEN amount END), 0) AS INTEGER) AS waived,
		CAST(COALESCE(-SUM(CASE WHEN booked_on >= {:begin} AND kind IN ('payment', 'reversal') THEN amount END), 0) AS INTEGER) AS paid,
		CAST(COALESCE(SUM(amount), 0) AS INTEGER) AS owed
		FROM dues_entries WHERE org = {:org} AND booked_on <= {:end}`).
		Bind(dbx.Params{"org": unit, "month": month, "begin": month + "-01", "end": rate.LastDay(month)}).One(&c)
	return c, err
}

// saveClosing freezes what a month comes to when it is closed.
func saveClosing(e *core.RecordEvent) error {
	r := e.Record
	before, err := stored(e)
	if err != nil {
		return err
	}
	if r.GetString("state") != "closed" {
		r.Load(map[string]any{"people": 0, "payers": 0, "charged": 0, "paid": 0, "waived": 0, "owed": 0, "last_seq": 0, "hash": "", "closed_at": ""})
	}
	if before != nil {
		if field, changed := kit.Changed(r, before, "org", "month"); changed {
			return kit.Reject(field, "dues_account_fixed", "组织和月份不能改。")
		}
		if before.GetString("state") == "closed" {
			return e.Next()
		}
	}
	if r.GetString("state") == "open" {
		return e.Next()
	}
	earlier, err := openBefore(e.App, r.GetString("org"), r.GetString("month"))
	if err != nil {
		return err
	}
	if err := CheckClosing(r.GetString("month"), kit.Today(e.App), earlier); err != nil {
		return err
	}
	if r.GetString("state") == "closed" {
		if err := closeMonth(e); err != nil {
			return err
		}
	}
	return e.Next()
}

func closeMonth(e *core.RecordEvent) error {
	r := e.Record
	if err := checkAbove(e, r.GetString("org")); err != nil {
		return err
	}
	c, err := CountOf(e.App, r.GetString("org"), r.GetString("month"))
	if err != nil {
		return err
	}
	head, err := ledger.Head(e.App)
	if err != nil {
		return err
	}
	r.Load(map[string]any{
		"people": c.People, "payers": c.Payers, "charged": int64(c.Charged), "paid": int64(c.Paid), "waived": int64(c.Waived), "owed": int64(c.Owed),
		"last_seq": head.Seq, "hash": head.Hash, "closed_at": kit.Now(e.App),
	})
	return nil
}

// checkAbove: a branch doesn't close its own month.
func checkAbove(e *core.RecordEvent, unit string) error {
	actor := kit.ActorOf(e.App, e.Context)
	if actor.Kind != kit.ByPerson && actor.Kind != kit.ByToken {
		return nil
	}
	u, err := org.Find(e.App, unit)
	if err != nil {
		return err
	}
	if u.Parent() != "" {
		if u, err = org.Find(e.App, u.Parent()); err != nil {
			return err
		}
	}
	may, err := org.Can(e.App, actor.ID, "dues.check", u.Path(), kit.Today(e.App))
	if err == nil && !may {
		err = kit.Reject("state", "dues_closing_above", "月结由上级结账，支部只负责报送。")
	}
	return err
}

// openBefore is the first month before one into which something was booked and
// that isn't closed; empty if there is none.
func openBefore(app core.App, unit, month string) (first string, err error) {
	err = app.DB().NewQuery(`SELECT COALESCE(min(substr(d.booked_on, 1, 7)), '') FROM dues_entries d WHERE d.org = {:org} AND d.booked_on < {:begin}
		AND NOT EXISTS (SELECT 1 FROM dues_closings c WHERE c.org = d.org AND c.month = substr(d.booked_on, 1, 7) AND c.state = 'closed')`).
		Bind(dbx.Params{"org": unit, "begin": month + "-01"}).Row(&first)
	return first, err
}
