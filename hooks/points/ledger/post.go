package ledger

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"yaodian/hooks/kit"
	"yaodian/hooks/points/rule"
)

// Post adds lines to the ledger, in the caller's transaction or one of its own:
// all of them or none. The trail has the change of the source, in the same
// transaction, and the chain of the ledger is a trail by itself.
func Post(app core.App, lines ...Line) error {
	if len(lines) == 0 {
		return nil
	}
	return app.RunInTransaction(func(tx core.App) error { return insert(tx, lines) })
}

// Head is where the ledger ends. There is one writer, so inside a transaction it
// can't move.
func Head(app core.App) (head kit.Chain, err error) {
	err = app.DB().NewQuery("SELECT seq, hash FROM points_entries ORDER BY id DESC LIMIT 1").Row(&head.Seq, &head.Hash)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return head, err
}

// together is how many lines are one statement: SQLite keeps a journal of each
// statement that a trigger watches.
const together = 500

// insert writes lines behind the last one. They come as one value, an array of
// rows, so that the statement is the same however many there are.
func insert(app core.App, lines []Line) error {
	head, err := Head(app)
	if err != nil {
		return err
	}
	today, created := kit.Today(app), kit.Now(app).UTC().Format(types.DefaultDateLayout)
	quarters := booking{app: app, current: rule.QuarterOf(today)}
	for part := range slices.Chunk(lines, together) {
		rows := make([][]any, len(part))
		for i, l := range part {
			quarter, err := quarters.of(l.Org, l.Day)
			if err != nil {
				return err
			}
			l.Explain = kit.Clip(strings.ToValidUTF8(l.Explain, "�"), 300)
			e := Entry{ID: kit.LineID(head.Seq + 1), Seq: head.Seq + 1, Line: l, Quarter: quarter, BookedOn: today, Created: created, Prev: head.Hash}
			e.Hash = e.Sum()
			head, rows[i] = kit.Chain{Seq: e.Seq, Hash: e.Hash}, e.row()
		}
		raw, err := json.Marshal(rows)
		if err != nil {
			return err
		}
		_, err = app.NonconcurrentDB().NewQuery("INSERT INTO points_entries (" + columns + ", hash, org_path) SELECT " + fields + " FROM json_each({:rows})").
			Bind(dbx.Params{"rows": string(raw)}).Execute()
		if err != nil {
			return fmt.Errorf("post points up to %d: %w", head.Seq, err)
		}
	}
	return nil
}

// fields reads a row of row.
var fields = func() string {
	out := make([]string, len((&Entry{}).row()))
	for i := range out {
		out[i] = fmt.Sprintf("value ->> %d", i)
	}
	return strings.Join(out, ", ")
}()

// booking says into which quarter lines go: that of their day, or the current
// one where an organization has locked it.
type booking struct {
	app     core.App
	current string
	locked  map[string]bool
}

func (b *booking) of(unit, day string) (string, error) {
	quarter := rule.QuarterOf(day)
	if quarter >= b.current {
		return quarter, nil
	}
	if b.locked == nil {
		var keys []string
		if err := b.app.DB().NewQuery("SELECT org || quarter FROM points_periods WHERE state = 'locked'").Column(&keys); err != nil {
			return "", err
		}
		b.locked = map[string]bool{}
		for _, k := range keys {
			b.locked[k] = true
		}
	}
	if b.locked[unit+quarter] {
		return b.current, nil
	}
	return quarter, nil
}
