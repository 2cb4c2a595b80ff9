package ledger

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

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
func Head(app core.App) (head kit.Chain, err error) {
	err = app.DB().NewQuery("SELECT seq, hash FROM dues_entries ORDER BY id DESC LIMIT 1").Row(&head.Seq, &head.Hash)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return head, err
}

// together is how many lines are one statement. SQLite keeps a journal of each
// statement that a trigger watches, which costs more than the lines themselves.
const together = 500

// insert writes lines behind the last one. They come as one value, an array of
// rows, so that the statement is the same however many there are.
func insert(app core.App, lines []Line) (from, to int64, err error) {
	head, err := Head(app)
	if err != nil {
		return 0, 0, err
	}
	from = head.Seq + 1
	now := kit.Now(app).UTC().Format(types.DefaultDateLayout)
	q := app.NonconcurrentDB().NewQuery("INSERT INTO dues_entries (" + columns + ", hash, org_path) SELECT " + fields + " FROM json_each({:rows})").Prepare()
	defer func() { err = errors.Join(err, q.Close()) }()
	for part := range slices.Chunk(lines, together) {
		rows := make([][]any, len(part))
		for i, l := range part {
			l.Explain = plain(l.Explain)
			e := Entry{ID: kit.LineID(head.Seq + 1), Seq: head.Seq + 1, Line: l, Created: now, Prev: head.Hash}
			e.Hash = e.Sum()
			head, rows[i] = kit.Chain{Seq: e.Seq, Hash: e.Hash}, e.row()
		}
		raw, err := json.Marshal(rows)
		if err != nil {
			return from, head.Seq, err
		}
		if _, err := q.Bind(dbx.Params{"rows": string(raw)}).Execute(); err != nil {
			return from, head.Seq, fmt.Errorf("post lines up to %d: %w", head.Seq, err)
		}
	}
	return from, head.Seq, nil
}

// row are the values of an entry, in the order of columns, its hash and path.
func (e *Entry) row() []any {
	return []any{
		e.ID, e.Seq, e.Person, e.Month, e.Kind, e.Amount, e.BookedOn, e.Explain, e.Rates, e.Payment, e.Waiver, e.Reverses, e.By, e.Org, e.Created,
		e.Prev, e.Hash, e.OrgPath,
	}
}

// fields reads a row of row.
var fields = func() string {
	out := make([]string, len((&Entry{}).row()))
	for i := range out {
		out[i] = fmt.Sprintf("value ->> %d", i)
	}
	return strings.Join(out, ", ")
}()

// plain is a text that reads back as it was written: a person typed part of it.
func plain(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "�"), "\x00", "")
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
		stub.Load(map[string]any{"id": kit.LineID(from), "org": l.Org, "org_path": l.OrgPath, "person": sole(lines)})
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
