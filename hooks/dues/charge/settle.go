package charge

import (
	"context"
	"errors"
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/dues/ledger"
	"yaodian/hooks/dues/rate"
	"yaodian/hooks/kit"
)

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
		want.Org, want.Path, want.Have = house.id, house.path, o.Due
		line.Explain = "按新的情况重新核定：" + o.Quote.Explain
		if o.Due < o.Full {
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
