package charge

import (
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/dues/rate"
	"yaodian/hooks/kit"
)

// payer is somebody who owes dues in a month, with what they are reckoned from.
type payer struct {
	Person   string   `db:"person"`
	Unit     string   `db:"unit"` // where the person belonged
	Category string   `db:"category"`
	Base     rate.Fen `db:"base"`
	Waiver   string   `db:"waiver"`
	Left     rate.Fen `db:"left_amount"` // what the waiver leaves to pay
	Document string   `db:"document"`
}

const (
	// member holds of a line of people_status whose person pays dues.
	member = "%[1]s.kind IN ('member', 'probationary') AND %[1]s.state IN ('active', 'suspended') AND %[1]s.membership_state != 'stopped'"
	// alive holds of a line that was in force in the month: it isn't superseded
	// by its first day. The first line of a person reaches back to before the
	// program; how far they pay here is said by their category.
	alive = "NOT EXISTS (SELECT 1 FROM people_status x WHERE x.person = %[1]s.person AND x.n = %[1]s.n + 1 AND x.since <= {:first})"
)

// payersSQL selects who owes dues in a month: those of whose lines one says that
// they are members and was in force in the month; the first such line says where.
var payersSQL = fmt.Sprintf(`SELECT s.person, s.org AS unit, COALESCE(p.category, '') AS category, COALESCE(b.base, 0) AS base,
	COALESCE(w.id, '') AS waiver, COALESCE(w.amount, 0) AS left_amount, COALESCE(w.document, '') AS document
	FROM people_status s
	LEFT JOIN dues_profiles p ON p.id = (SELECT x.id FROM dues_profiles x WHERE x.person = s.person AND x.since <= {:month} AND (x.until = '' OR x.until >= {:month}))
	LEFT JOIN dues_bases b ON b.id = (SELECT x.id FROM dues_bases x WHERE x.person = s.person AND x.since <= {:month} AND x.state = 'reviewed' ORDER BY x.since DESC LIMIT 1)
	LEFT JOIN dues_waivers w ON w.id = (SELECT x.id FROM dues_waivers x WHERE x.person = s.person AND x.since <= {:month} AND x.until >= {:month}
		AND x.state IN ('approved', 'ended') LIMIT 1)
	WHERE %%s AND %s AND (s.n = 1 OR s.since <= {:last}) AND %s
	AND NOT EXISTS (SELECT 1 FROM people_status e WHERE e.person = s.person AND e.n < s.n AND %s AND %s)
	%%s`, of(member, "s"), of(alive, "s"), of(member, "e"), of(alive, "e"))

func of(condition, alias string) string { return fmt.Sprintf(condition, alias) }

func payers(app core.App, month, where, rest string, params dbx.Params) ([]payer, error) {
	params["month"], params["first"], params["last"] = month, month+"-01", rate.LastDay(month)
	var list []payer
	err := app.DB().NewQuery(fmt.Sprintf(payersSQL, where, rest)).Bind(params).All(&list)
	return list, err
}

// notBilled leaves out whom the month has been charged to.
const notBilled = " AND NOT EXISTS (SELECT 1 FROM dues_entries c WHERE c.person = s.person AND c.month = {:month} AND c.kind = 'charge')"

// Owed is what a payer owes in a month, and why.
type Owed struct {
	Quote rate.Quote
	Full  rate.Fen // before the waiver
	Due   rate.Fen
}

// quoteFor reckons by a set; a waiver that asks for no less than is owed
// changes nothing.
func quoteFor(set rate.Set, p payer, month string) (Owed, error) {
	q, err := set.Quote(rate.Ask{Category: rate.Category(p.Category), Base: p.Base, Month: month})
	if err != nil {
		return Owed{}, err
	}
	o := Owed{Quote: q, Full: q.Due, Due: q.Due}
	if p.Waiver != "" && p.Left < q.Due {
		o.Due = p.Left
	}
	return o, nil
}

// DueOf is what somebody owes in a month, billed or not.
func DueOf(app core.App, person, month string) (Owed, error) {
	list, err := payers(app, month, "s.person = {:person}", "", dbx.Params{"person": person})
	if err != nil {
		return Owed{}, err
	}
	if len(list) == 0 {
		return Owed{}, kit.Reject("person", "dues_no_payer", fmt.Sprintf("%s 不需要交纳党费：当月不是党员，或者已经停止党籍、转出。", month))
	}
	if list[0].Category == "" {
		return Owed{}, kit.Reject("person", "dues_category_missing", fmt.Sprintf("%s 还没有党费类别，请先登记类别。", month))
	}
	sets, err := LoadSets(app.DB())
	if err != nil {
		return Owed{}, err
	}
	set, ok := rate.In(sets.Active, month)
	if !ok {
		return Owed{}, kit.Reject("month", "dues_no_rates", fmt.Sprintf("%s 没有可用的党费标准。", month))
	}
	o, err := quoteFor(set, list[0], month)
	return o, AsViolation(err)
}
