package exchange

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"

	"yaodian/hooks/audit"
	"yaodian/hooks/exchange/sheet"
	"yaodian/hooks/kit"
)

// span is how many rows share one transaction of a preview: what a later row
// refers to may stand in an earlier one, and nobody waits long to write.
const span = 4 * batch

// Upload is a table that somebody hands in.
type Upload struct {
	Collection *core.Collection
	Auth       *core.Record
	Path       string // where the file lies now
	Filename   string
}

// Receive files an upload; what can't be read as a table is refused at once.
func Receive(app core.App, ctx context.Context, up Upload) (*core.Record, error) {
	d := Describe(app, up.Collection)
	book, err := sheet.Open(up.Path)
	if err != nil {
		return nil, fileError(err)
	}
	table, err := book.Read(d)
	if err := errors.Join(err, book.Close()); err != nil {
		return nil, fileError(err)
	}
	file, err := filesystem.NewFileFromPath(up.Path)
	if err != nil {
		return nil, err
	}
	file.OriginalName = up.Filename
	record, err := newRecord(app, Imports, up.Auth)
	if err != nil {
		return nil, err
	}
	record.Load(map[string]any{
		"collection": up.Collection.Name, "title": d.Title, "filename": clip(up.Filename, 200), "file": file, "state": string(Uploaded), "header": table.Header,
	})
	return record, kit.SaveAsSystem(app, ctx, record)
}

// fileError tells why a file is no table, as an answer to who sent it.
func fileError(err error) error {
	var bad *sheet.FileError
	if errors.As(err, &bad) {
		return kit.Reject("file", bad.Code, bad.Message)
	}
	return err
}

func clip(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}

// newRecord begins an import or export of a person; the system keeper's belong
// to the top of the tree.
func newRecord(app core.App, collection string, auth *core.Record) (*core.Record, error) {
	c, err := app.FindCollectionByNameOrId(collection)
	if err != nil {
		return nil, err
	}
	record := core.NewRecord(c)
	if !auth.IsSuperuser() {
		record.Load(map[string]any{"person": auth.Id, "org": auth.GetString("org")})
		return record, nil
	}
	var top string
	if err := app.DB().Select("id").From("org_units").OrderBy("path").Limit(1).Row(&top); err != nil {
		return nil, kit.Reject("org", "org_unit_missing", "还没有建立组织，请先建立组织。")
	}
	record.Set("org", top)
	return record, nil
}

// job is one import at work.
type job struct {
	app    core.App
	ctx    context.Context
	record *core.Record
	auth   *core.Record
}

// table opens the file of an import. It is copied next to the program first:
// it may lie in a bucket, and a workbook is read from all sides.
func (j *job) table(d sheet.Description) (table *sheet.Table, closeAll func(), err error) {
	dir, err := os.MkdirTemp("", "yaodian_exchange_*")
	if err != nil {
		return nil, nil, err
	}
	path := filepath.Join(dir, "table")
	if err := j.fetch(path); err != nil {
		return nil, nil, errors.Join(err, os.RemoveAll(dir))
	}
	book, err := sheet.Open(path)
	if err != nil {
		return nil, nil, errors.Join(err, os.RemoveAll(dir))
	}
	closeAll = func() { _ = errors.Join(book.Close(), os.RemoveAll(dir)) }
	if table, err = book.Read(d); err != nil {
		closeAll()
		return nil, nil, err
	}
	return table, closeAll, nil
}

func (j *job) fetch(path string) error {
	files, err := j.app.NewFilesystem()
	if err != nil {
		return err
	}
	defer files.Close()
	in, err := files.GetReader(j.record.BaseFilesPath() + "/" + j.record.GetString("file"))
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// set stores how far the job has come, outside any transaction of its own.
func (j *job) set(app core.App, data map[string]any) error {
	j.record.Load(data)
	return kit.SaveAsSystem(app, j.ctx, j.record)
}

// open prepares to enter the rows of the import.
func (j *job) open() (*entry, *sheet.Table, func(), error) {
	c, err := j.app.FindCollectionByNameOrId(j.record.GetString("collection"))
	if err != nil {
		return nil, nil, nil, err
	}
	d := Describe(j.app, c)
	table, closeAll, err := j.table(d)
	if err != nil {
		return nil, nil, nil, err
	}
	e, err := newEntry(j.app, newHand(j.ctx, c, j.auth), d, table.Header)
	if err != nil {
		closeAll()
		return nil, nil, nil, err
	}
	return e, table, closeAll, nil
}

var errTakenBack = errors.New("taken back")

// preview enters the rows and takes them back, a span at a time, and keeps what
// each would have done.
func (j *job) preview() error {
	e, table, closeAll, err := j.open()
	if err != nil {
		return err
	}
	defer closeAll()
	if err := j.set(j.app, map[string]any{"state": string(Previewing), "header": table.Header, "progress": 0}); err != nil {
		return err
	}
	if err := dropRows(j.app, j.record.Id); err != nil {
		return err
	}
	e.guarded = true
	var counts Counts
	for rows, err := range chunks(table, span) {
		if err != nil {
			return err
		}
		outcomes, err := j.rehearse(e, rows)
		if err != nil {
			return err
		}
		err = j.app.RunInTransaction(func(tx core.App) error {
			for _, o := range outcomes {
				counts.Count(o.Action)
			}
			if err := keepRows(tx, j.record.Id, outcomes); err != nil {
				return err
			}
			return j.set(tx, map[string]any{"progress": counts.Rows()})
		})
		if err != nil {
			return err
		}
	}
	return j.set(j.app, merged(counted(counts), map[string]any{"state": string(Ready), "message": counts.String()}))
}

func (j *job) rehearse(e *entry, rows []sheet.Row) ([]Outcome, error) {
	var outcomes []Outcome
	err := j.app.RunInTransaction(func(tx core.App) error {
		for part := range batches(rows) {
			some, err := e.enter(tx, part)
			if err != nil {
				return err
			}
			outcomes = append(outcomes, some...)
		}
		return errTakenBack
	})
	if errors.Is(err, errTakenBack) {
		err = nil
	}
	return outcomes, err
}

// apply enters the rows in one transaction, which ends with the import marked
// as done: there is no moment at which half of it is there.
func (j *job) apply() error {
	e, table, closeAll, err := j.open()
	if err != nil {
		return err
	}
	defer closeAll()
	e.hand.ctx = slimming(j.ctx)
	return j.app.RunInTransaction(func(tx core.App) error {
		var counts Counts
		for rows, err := range chunks(table, batch) {
			if err != nil {
				return err
			}
			if err := j.applyBatch(tx, e, rows, &counts); err != nil {
				return err
			}
		}
		if err := audit.Note(tx, j.ctx, audit.Event{Action: audit.Update, Record: j.record, Reason: counts.String()}); err != nil {
			return err
		}
		return j.set(tx, merged(counted(counts), map[string]any{
			"state": string(Done), "message": counts.String(), "progress": counts.Rows(), "applied_at": kit.Now(tx).UTC(),
		}))
	})
}

func (j *job) applyBatch(tx core.App, e *entry, rows []sheet.Row, counts *Counts) error {
	shown, err := previewed(tx, j.record.Id, rows[0].Number, rows[len(rows)-1].Number)
	if err != nil {
		return err
	}
	wanted := rows[:0:0]
	for _, row := range rows {
		if j.record.GetBool("partial") && shown[row.Number].Action == string(Refused) {
			counts.Count(Refused)
			continue
		}
		wanted = append(wanted, row)
	}
	outcomes, err := e.enter(tx, wanted)
	if err != nil {
		return err
	}
	for _, o := range outcomes {
		if err := CheckShown(o, shown[o.Number].Sum); err != nil {
			return err
		}
		counts.Count(o.Action)
	}
	return keepRows(tx, j.record.Id, outcomes)
}

// CheckShown: what is applied is what was shown; a record that somebody changed
// meanwhile stops the import.
func CheckShown(o Outcome, shown string) error {
	if len(o.Faults) > 0 {
		return fmt.Errorf("%s什么也没有写入，请重新上传预检。", o.Faults[0].Error())
	}
	if o.sum() != shown {
		return fmt.Errorf("第%d行的记录在预检以后被别人改过，什么也没有写入，请重新上传预检。", o.Number)
	}
	return nil
}

func counted(c Counts) map[string]any {
	return map[string]any{"rows": c.Rows(), "added": c.Added, "changed": c.Changed, "same": c.Same, "faulty": c.Faulty}
}
