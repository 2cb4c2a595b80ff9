package assess

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/dues/ledger"
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

// owed is what a payer owes in a month, and why.
type owed struct {
	quote rate.Quote
	full  rate.Fen // before the waiver
	due   rate.Fen
}

// quoteFor reckons by a set; a waiver that asks for no less than is owed
// changes nothing.
func quoteFor(set rate.Set, p payer, month string) (owed, error) {
	q, err := set.Quote(rate.Ask{Category: rate.Category(p.Category), Base: p.Base, Month: month})
	if err != nil {
		return owed{}, err
	}
	o := owed{quote: q, full: q.Due, due: q.Due}
	if p.Waiver != "" && p.Left < q.Due {
		o.due = p.Left
	}
	return o, nil
}

// DueOf is what somebody owes in a month, billed or not.
func DueOf(app core.App, person, month string) (owed, error) {
	list, err := payers(app, month, "s.person = {:person}", "", dbx.Params{"person": person})
	if err != nil {
		return owed{}, err
	}
	if len(list) == 0 {
		return owed{}, kit.Reject("person", "dues_no_payer", fmt.Sprintf("%s 不需要交纳党费：当月不是党员，或者已经停止党籍、转出。", month))
	}
	if list[0].Category == "" {
		return owed{}, kit.Reject("person", "dues_category_missing", fmt.Sprintf("%s 还没有党费类别，请先登记类别。", month))
	}
	sets, err := LoadSets(app.DB())
	if err != nil {
		return owed{}, err
	}
	set, ok := rate.In(sets.Active, month)
	if !ok {
		return owed{}, kit.Reject("month", "dues_no_rates", fmt.Sprintf("%s 没有可用的党费标准。", month))
	}
	o, err := quoteFor(set, list[0], month)
	return o, asViolation(err)
}

// Due is the amount of an owed month.
func (o owed) Due() rate.Fen { return o.due }

// Settle brings the ledger in line with what is now known of somebody from a
// month on: months of which the organization has been billed are charged if they
// were not, and those that were get the difference as a line of today.
func Settle(app core.App, ctx context.Context, person, from string) error {
	return app.RunInTransaction(func(tx core.App) error {
		s, err := newSettling(tx, ctx, person)
		if err != nil {
			return err
		}
		if err := s.charge(from); err != nil {
			return err
		}
		return s.restate(from)
	})
}

// settling is one person being settled.
type settling struct {
	app    core.App
	ctx    context.Context
	person string
	biller *biller
}

func newSettling(app core.App, ctx context.Context, person string) (*settling, error) {
	b, err := newBiller(app, kit.Today(app))
	return &settling{app, ctx, person, b}, err
}

// charge bills the months that the person's organization has been billed for.
func (s *settling) charge(from string) error {
	if any, err := s.anyBilled(from); err != nil || !any {
		return err
	}
	for _, month := range rate.Months(max(from, rate.Shift(s.biller.today[:7], -maxBack)), s.biller.today[:7]) {
		list, err := payers(s.app, month, "s.person = {:person}"+notBilled, "", dbx.Params{"person": s.person})
		if err != nil {
			return err
		}
		if len(list) == 0 {
			continue
		}
		var billed int
		err = s.app.DB().NewQuery("SELECT EXISTS (SELECT 1 FROM dues_entries WHERE org = {:org} AND month = {:month} AND kind = 'charge')").
			Bind(dbx.Params{"org": s.biller.houses[list[0].Unit].id, "month": month}).Row(&billed)
		if err != nil {
			return err
		}
		if billed == 0 {
			continue
		}
		lines, _, err := s.biller.lines(list, month)
		if err != nil {
			return err
		}
		if err := ledger.Post(s.app, s.ctx, lines...); err != nil {
			return err
		}
	}
	return nil
}

// anyBilled reports whether there is anything to charge: while people are being
// entered, nothing has been billed yet.
func (s *settling) anyBilled(from string) (bool, error) {
	var last string
	err := s.app.DB().NewQuery(`SELECT COALESCE(max((SELECT max(d.month) FROM dues_entries d WHERE d.org = p.org)), '') FROM dues_profiles p
		WHERE p.person = {:person}`).Bind(dbx.Params{"person": s.person}).Row(&last)
	return last >= from, err
}

// maxBack is how many months back a settlement charges anew.
const maxBack = 24

// booked is what the ledger holds of a month at an organization.
type booked struct {
	Month string   `db:"month"`
	Org   string   `db:"org"`
	Path  string   `db:"org_path"`
	Rates string   `db:"rates"`
	Have  rate.Fen `db:"have"`
}

// restate posts, for every month that was charged, the difference between what
// the ledger holds and what should be owed by the set that the month was charged
// by.
func (s *settling) restate(from string) error {
	var rows []booked
	err := s.app.DB().NewQuery(`SELECT month, org, max(org_path) AS org_path, (SELECT c.rates FROM dues_entries c WHERE c.person = d.person AND c.month = d.month AND c.kind = 'charge') AS rates,
		CAST(SUM(amount) AS INTEGER) AS have FROM dues_entries d WHERE person = {:person} AND month >= {:from} AND kind IN ('charge', 'waiver', 'correction')
		GROUP BY month, org HAVING rates IS NOT NULL ORDER BY month`).Bind(dbx.Params{"person": s.person, "from": from}).All(&rows)
	if err != nil {
		return err
	}
	var lines []ledger.Line
	for i := 0; i < len(rows); {
		j := i
		for j < len(rows) && rows[j].Month == rows[i].Month {
			j++
		}
		more, err := s.differences(rows[i:j])
		if err != nil {
			return err
		}
		lines, i = append(lines, more...), j
	}
	return ledger.Post(s.app, s.ctx, lines...)
}

// differences are the lines that a month needs: at each organization, what
// should be owed there less what the ledger holds.
func (s *settling) differences(rows []booked) ([]ledger.Line, error) {
	month := rows[0].Month
	list, err := payers(s.app, month, "s.person = {:person}", "", dbx.Params{"person": s.person})
	if err != nil {
		return nil, err
	}
	want := booked{Month: month, Rates: rows[0].Rates}
	line := ledger.Line{Person: s.person, Month: month, Kind: ledger.Correction, BookedOn: s.biller.today, Rates: want.Rates, Explain: "不再需要交纳：当月不是党员，或者已经停止党籍、转出。"}
	if len(list) == 1 {
		p := list[0]
		set, ok := s.biller.sets.No(want.Rates)
		if !ok || p.Category == "" {
			return nil, nil // a person has to say first
		}
		o, err := quoteFor(set, p, month)
		var refusal *rate.Refusal
		if errors.As(err, &refusal) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		house := s.biller.houses[p.Unit]
		want.Org, want.Path, want.Have = house.id, house.path, o.due
		line.Explain = "按新的情况重新核定：" + o.quote.Explain
		if o.due < o.full {
			line.Kind, line.Waiver, line.Explain = ledger.Waiver, p.Waiver, waiverWords(p)
		}
	}
	return difference(line, want, rows), nil
}

func difference(line ledger.Line, want booked, rows []booked) []ledger.Line {
	var lines []ledger.Line
	add := func(org, path string, amount rate.Fen) {
		if amount == 0 {
			return
		}
		l := line
		l.Org, l.OrgPath, l.Amount = org, path, amount
		if amount > 0 && l.Kind == ledger.Waiver {
			l.Kind, l.Waiver = ledger.Correction, ""
		}
		lines = append(lines, l)
	}
	there := false
	for _, r := range rows {
		if r.Org == want.Org {
			there = true
			add(r.Org, r.Path, want.Have-r.Have)
			continue
		}
		add(r.Org, r.Path, -r.Have)
	}
	if !there && want.Org != "" {
		add(want.Org, want.Path, want.Have)
	}
	return lines
}

func waiverWords(p payer) string {
	word := fmt.Sprintf("批准少交，减为 %s 元", p.Left)
	if p.Left == 0 {
		word = "批准免交"
	}
	return word + "（" + p.Document + "）。"
}

// BaseInForce is the reviewed base of somebody in a month; zero if there is none.
func BaseInForce(app core.App, person, month string) (base rate.Fen, err error) {
	err = app.DB().NewQuery("SELECT base FROM dues_bases WHERE person = {:person} AND since <= {:month} AND state = 'reviewed' ORDER BY since DESC LIMIT 1").
		Bind(dbx.Params{"person": person, "month": month}).Row(&base)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return base, err
}
