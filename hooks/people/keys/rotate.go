package keys

import (
	"errors"
	"fmt"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/vault"
)

const (
	sealedSuffix = "_sealed"
	hashSuffix   = "_hash"
)

// column is a sealed field of a collection, with its hash where it has one.
type column struct {
	table, field string
	hashed       bool
}

func (c column) sealed() string { return c.field + sealedSuffix }
func (c column) hash() string   { return c.field + hashSuffix }

// Place binds a sealed value to its collection, field and record.
func Place(collection, field, id string) string { return collection + "." + field + "/" + id }

// Purpose separates the hashes of one field from those of all others.
func Purpose(collection, field string) string { return collection + "." + field }

// columns are the sealed fields of the schema.
func columns(app core.App) ([]column, error) {
	collections, err := app.FindAllCollections()
	if err != nil {
		return nil, err
	}
	var out []column
	for _, c := range collections {
		if c.IsView() {
			continue
		}
		for _, f := range c.Fields {
			if base, ok := strings.CutSuffix(f.GetName(), sealedSuffix); ok && f.GetHidden() && f.Type() == core.FieldTypeText {
				out = append(out, column{c.Name, base, c.Fields.GetByName(base+hashSuffix) != nil})
			}
		}
	}
	return out, nil
}

// InUse counts the sealed values by the id of their key.
func InUse(app core.App) (map[string]int, error) {
	all, err := columns(app)
	if err != nil {
		return nil, err
	}
	out := map[string]int{}
	for _, c := range all {
		var rows []struct {
			ID string `db:"id"`
			N  int    `db:"n"`
		}
		id := fmt.Sprintf("substr([[%s]], 1, %d)", c.sealed(), vault.IDSize) // as the index has it
		err := app.DB().Select(id+" AS id", "count(*) AS n").From(c.table).
			Where(dbx.NewExp(id + " > ''")).GroupBy(id).All(&rows)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			out[r.ID] += r.N
		}
	}
	return out, nil
}

// batch is how many values one transaction of a rotation seals anew: a few
// milliseconds of the only writer.
const batch = 200

// Rotate adds a new key and seals everything under it, in batches. Cut short,
// the next run goes on: while values are left under an older key, no further
// key is added. told hears how many have been done after each batch.
func Rotate(app core.App, told func(done int)) (id string, done int, err error) {
	if err := Check(app); err != nil {
		return "", 0, err
	}
	ring, err := Ring(app)
	if err != nil {
		return "", 0, err
	}
	used, err := InUse(app)
	if err != nil {
		return "", 0, err
	}
	delete(used, ring.Current())
	if len(used) == 0 {
		if ring, err = extend(app); err != nil {
			return "", 0, err
		}
	}
	all, err := columns(app)
	if err != nil {
		return "", 0, err
	}
	for _, c := range all {
		for {
			n, err := c.reseal(app, ring)
			done += n
			if err != nil {
				return ring.Current(), done, err
			}
			if n == 0 {
				break
			}
			told(done)
		}
	}
	return ring.Current(), done, nil
}

// errNoFile: a ring that was given with Use can't grow.
var errNoFile = errors.New("密钥不在文件里，不能更换。")

func extend(app core.App) (*vault.Ring, error) {
	h, _ := app.Store().Get(storeKey).(*holder)
	if h == nil || h.path == "" {
		return nil, errNoFile
	}
	if _, err := vault.Extend(h.path); err != nil {
		return nil, unreadable(h.path, err)
	}
	return Ring(app)
}

// reseal seals a batch of values anew, without hooks: nothing that anybody sees
// has changed. A value that somebody replaced meanwhile is left alone.
func (c column) reseal(app core.App, ring *vault.Ring) (int, error) {
	var rows []struct {
		ID     string `db:"id"`
		Sealed string `db:"sealed"`
	}
	id := fmt.Sprintf("substr([[%s]], 1, %d)", c.sealed(), vault.IDSize)
	err := app.DB().Select("id", "[["+c.sealed()+"]] AS sealed").From(c.table).
		Where(dbx.NewExp(fmt.Sprintf("(%[1]s > '' AND %[1]s < {:current}) OR %[1]s > {:current}", id), dbx.Params{"current": ring.Current()})).
		Limit(batch).All(&rows)
	if err != nil {
		return 0, err
	}
	err = app.RunInTransaction(func(tx core.App) error {
		for _, r := range rows {
			plain, err := ring.Open(Place(c.table, c.field, r.ID), r.Sealed)
			if err != nil {
				return fmt.Errorf("%s.%s of %s: %w", c.table, c.sealed(), r.ID, err)
			}
			values := dbx.Params{c.sealed(): ring.Seal(Place(c.table, c.field, r.ID), plain)}
			if c.hashed {
				values[c.hash()] = ring.Hash(Purpose(c.table, c.field), plain)
			}
			if _, err := tx.DB().Update(c.table, values, dbx.HashExp{"id": r.ID, c.sealed(): r.Sealed}).Execute(); err != nil {
				return err
			}
		}
		return nil
	})
	return len(rows), err
}
