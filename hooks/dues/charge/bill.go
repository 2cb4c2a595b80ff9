// Package charge says who owes what in a month and why (党费应交), bills it, and
// brings the ledger in line when something becomes known later.
//
// Who pays where follows from people_status: whoever was a member, or became
// one, in the month, at the branch where the month began for them. The month in
// which somebody leaves, dies or is removed is the last (domain.md 1.4). Each
// charge names the set of rates that it was reckoned by and keeps it.
package charge

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/dues/ledger"
	"yaodian/hooks/dues/rate"
	"yaodian/hooks/kit"
)

// chunk is how many people are billed in one transaction.
const chunk = 2000

// Billed is what billing a month has done.
type Billed struct {
	Month   string   `json:"month"`
	Charged int      `json:"charged"` // people who have been charged now
	Waived  int      `json:"waived"`  // of them with a waiver
	Sum     rate.Fen `json:"sum_fen"` // of what they owe
	Missing int      `json:"missing"` // people without a category or a base: somebody has to look
}

// BillMonth charges the dues of a month to everybody who owes them and hasn't
// been charged.
//
// It may run twice or be cut short: it looks for what is missing, a unique index
// allows one charge per person and month, and at most 2,000 people of one
// organization are one transaction, in which a waiver is posted as well.
func BillMonth(app core.App, month string, now time.Time) (Billed, error) {
	total := Billed{Month: month}
	today := now.In(kit.Beijing).Format(time.DateOnly)
	if err := CheckBillable(month, today); err != nil {
		return total, err
	}
	b, err := newBiller(app, today)
	if err != nil {
		return total, err
	}
	if _, ok := rate.In(b.sets.Active, month); !ok {
		return total, kit.Reject("month", "dues_no_rates", fmt.Sprintf("%s 没有可用的党费标准。", month))
	}
	for _, unit := range b.units {
		for after, more := "", true; more; {
			done, err := b.chunk(app, unit.path, month, &after)
			if err != nil {
				return total, fmt.Errorf("bill %s at %s: %w", month, unit.path, err)
			}
			total.Charged, total.Waived, total.Sum, total.Missing = total.Charged+done.Charged, total.Waived+done.Waived, total.Sum+done.Sum, total.Missing+done.Missing
			more = after != ""
		}
	}
	return total, nil
}

// biller knows what a bill is reckoned by.
type biller struct {
	today  string
	sets   Sets
	units  []place
	houses map[string]place // where a unit's people pay, by the id of the unit
}

type place struct {
	id   string
	path string
}

func newBiller(app core.App, today string) (*biller, error) {
	sets, err := LoadSets(app.DB())
	if err != nil {
		return nil, err
	}
	var units []struct {
		ID     string `db:"id"`
		Path   string `db:"path"`
		Kind   string `db:"kind"`
		Parent string `db:"parent"`
	}
	if err := app.DB().NewQuery("SELECT id, path, kind, parent FROM org_units ORDER BY path").All(&units); err != nil {
		return nil, err
	}
	b := &biller{today: today, sets: sets, houses: map[string]place{}}
	for _, u := range units { // a parent comes before its children
		at := place{u.ID, u.Path}
		b.units = append(b.units, at)
		if house, ok := b.houses[u.Parent]; ok && u.Kind == "group" {
			at = house
		}
		b.houses[u.ID] = at
	}
	return b, nil
}

// chunk bills the next people of a unit after one; after is empty when there are
// no more.
func (b *biller) chunk(app core.App, path, month string, after *string) (done Billed, err error) {
	err = app.RunInTransaction(func(tx core.App) error {
		list, err := payers(tx, month, "s.org_path = {:path} AND s.person > {:after}"+notBilled, "ORDER BY s.person LIMIT {:limit}",
			dbx.Params{"path": path, "after": *after, "limit": chunk})
		if err != nil {
			return err
		}
		lines, billed, err := b.lines(list, month)
		if err != nil {
			return err
		}
		done, *after = billed, ""
		if len(list) == chunk {
			*after = list[len(list)-1].Person
		}
		return ledger.Post(tx, context.Background(), lines...)
	})
	return done, err
}

// lines are the charges and waivers of people who haven't been charged.
func (b *biller) lines(list []payer, month string) ([]ledger.Line, Billed, error) {
	set, ok := rate.In(b.sets.Active, month)
	if !ok {
		return nil, Billed{}, kit.Reject("month", "dues_no_rates", fmt.Sprintf("%s 没有可用的党费标准。", month))
	}
	done := Billed{Month: month}
	lines := make([]ledger.Line, 0, len(list))
	quote := remembering(set, month)
	for _, p := range list {
		q, err := quote(p)
		var refusal *rate.Refusal
		if errors.As(err, &refusal) {
			done.Missing++ // no category, or no base: a person decides (domain.md 1.3)
			continue
		}
		if err != nil {
			return nil, done, err
		}
		house := b.houses[p.Unit]
		charge := ledger.Line{
			Person: p.Person, Month: month, Kind: ledger.Charge, Amount: q.Due, BookedOn: b.today, Explain: q.Explain, Rates: set.No, Org: house.id, OrgPath: house.path,
		}
		lines = append(lines, charge)
		done.Charged++
		done.Sum += q.Due
		if p.Waiver != "" && p.Left < q.Due {
			waiver := charge
			waiver.Kind, waiver.Amount, waiver.Waiver, waiver.Explain = ledger.Waiver, p.Left-q.Due, p.Waiver, waiverWords(p)
			lines = append(lines, waiver)
			done.Waived++
			done.Sum += waiver.Amount
		}
	}
	return lines, done, nil
}

// remembering quotes by a set. Many are reckoned from the same, so what was
// reckoned is kept.
func remembering(set rate.Set, month string) func(payer) (rate.Quote, error) {
	type key struct {
		category string
		base     rate.Fen
	}
	known := map[key]rate.Quote{}
	return func(p payer) (q rate.Quote, err error) {
		at := key{p.Category, p.Base}
		q, ok := known[at]
		if !ok {
			if q, err = set.Quote(rate.Ask{Category: rate.Category(p.Category), Base: p.Base, Month: month}); err == nil {
				known[at] = q
			}
		}
		return q, err
	}
}
