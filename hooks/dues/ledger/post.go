package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"yaodian/hooks/audit"
	"yaodian/hooks/kit"
)

// Post adds lines to the ledger, in the caller's transaction or one of its own:
// all of them or none.
func Post(app core.App, ctx context.Context, lines ...Line) error {
	if len(lines) == 0 {
		return nil
	}
	return app.RunInTransaction(func(tx core.App) error {
		if err := checkAll(tx, lines); err != nil {
			return err
		}
		from, to, err := insert(tx, lines)
		if err != nil {
			return err
		}
		return note(tx, ctx, lines, from, to)
	})
}

func checkAll(app core.App, lines []Line) error {
	today := kit.Today(app)
	type book struct{ org, month string }
	seen := map[book]bool{}
	for _, l := range lines {
		if err := CheckLine(l); err != nil {
			return err
		}
		if err := CheckBooked(l.BookedOn, today); err != nil {
			return err
		}
		b := book{l.Org, l.BookedOn[:7]}
		if seen[b] {
			continue
		}
		seen[b] = true
		closed, err := IsClosed(app, b.org, b.month)
		if err != nil {
			return err
		}
		if err := CheckOpen(b.month, closed); err != nil {
			return err
		}
	}
	return nil
}

// IsClosed reports whether an organization has closed a month.
func IsClosed(app core.App, unit, month string) (bool, error) {
	var n int
	err := app.DB().NewQuery("SELECT count(*) FROM dues_closings WHERE org = {:org} AND month = {:month} AND state = 'closed'").
		Bind(dbx.Params{"org": unit, "month": month}).Row(&n)
	return n > 0, err
}

// Head is where the ledger ends. There is one writer, so inside a transaction it
// can't move.
func Head(app core.App) (head Chain, err error) {
	err = app.DB().NewQuery("SELECT seq, hash FROM dues_entries ORDER BY id DESC LIMIT 1").Row(&head.Seq, &head.Hash)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return head, err
}

func insert(app core.App, lines []Line) (from, to int64, err error) {
	head, err := Head(app)
	if err != nil {
		return 0, 0, err
	}
	q := app.NonconcurrentDB().NewQuery(`INSERT INTO dues_entries (` + columns + `, hash, org_path) VALUES ({:id}, {:seq}, {:person}, {:month}, {:kind},
		{:amount}, {:booked_on}, {:explain}, {:rates}, {:payment}, {:waiver}, {:reverses}, {:by}, {:org}, {:created}, {:prev}, {:hash}, {:path})`).Prepare()
	defer func() { err = errors.Join(err, q.Close()) }()
	from = head.Seq + 1
	now := kit.Now(app).UTC().Format(types.DefaultDateLayout)
	for _, l := range lines {
		e := Entry{ID: idOf(head.Seq + 1), Seq: head.Seq + 1, Line: l, Created: now, Prev: head.Hash}
		e.Hash = e.Sum()
		_, err = q.Bind(dbx.Params{
			"id": e.ID, "seq": e.Seq, "person": e.Person, "month": e.Month, "kind": string(e.Kind), "amount": int64(e.Amount), "booked_on": e.BookedOn,
			"explain": e.Explain, "rates": e.Rates, "payment": e.Payment, "waiver": e.Waiver, "reverses": e.Reverses, "by": e.By, "org": e.Org,
			"created": e.Created, "prev": e.Prev, "hash": e.Hash, "path": e.OrgPath,
		}).Execute()
		if err != nil {
			return from, head.Seq, fmt.Errorf("post line %d: %w", e.Seq, err)
		}
		head = Chain{e.Seq, e.Hash}
	}
	return from, head.Seq, nil
}

// note leaves one entry in the trail for each organization whose lines were
// posted together.
func note(app core.App, ctx context.Context, lines []Line, from, to int64) error {
	c, err := app.FindCachedCollectionByNameOrId(Entries)
	if err != nil {
		return err
	}
	var orgs []string
	for _, l := range lines {
		if slices.Contains(orgs, l.Org) {
			continue
		}
		orgs = append(orgs, l.Org)
		stub := core.NewRecord(c)
		stub.Load(map[string]any{"id": idOf(from), "org": l.Org, "org_path": l.OrgPath, "person": sole(lines)})
		label := fmt.Sprintf("党费分录第 %d 至 %d 笔", from, to)
		if err := audit.Note(app, ctx, audit.Event{Action: audit.Create, Record: stub, Label: label}); err != nil {
			return err
		}
	}
	return nil
}

// sole is the person whom all lines concern; empty if they concern several.
func sole(lines []Line) string {
	for _, l := range lines {
		if l.Person != lines[0].Person {
			return ""
		}
	}
	return lines[0].Person
}
