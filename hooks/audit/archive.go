package audit

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"yaodian/hooks/kit"
)

// Archive is what was taken out of the database.
type Archive struct {
	File   string `json:"file"`
	SHA256 string `json:"sha256"` // of the file
	From   int64  `json:"from"`
	To     int64  `json:"to"`
	Hash   string `json:"hash"` // of the last entry in it
}

// MakeArchive moves the entries from before a day into a file in dir, one JSON
// object a line, and continues the chain over the gap: an entry says where the
// archive ended, with which hash, and in which file. That entry is also what
// lets the delete trigger through, so nothing can be taken out in silence. If
// it is cut short, what it may still take goes with the next archive.
func MakeArchive(ctx context.Context, app core.App, before, dir string) (Archive, error) {
	var done Archive
	if err := CheckArchive(before, kit.Now(app)); err != nil {
		return done, err
	}
	if err := prune(app); err != nil {
		return done, err
	}
	kept, err := firstKept(app, before)
	if err != nil {
		return done, err
	}
	if done, err = export(app, kept, dir); err != nil {
		return done, err
	}
	err = Note(app, ctx, Event{
		Action: Archived, Collection: Entries, ID: strconv.FormatInt(done.To, 10), Label: done.Hash,
		Changes: Changes{"file": {"", filepath.Base(done.File)}, "sha256": {"", done.SHA256}, "from": {"", done.From}, "to": {"", done.To}},
	})
	if err != nil {
		return done, errors.Join(err, os.Remove(done.File))
	}
	return done, prune(app)
}

// firstKept is the number of the first entry from day on.
func firstKept(app core.App, day string) (int64, error) {
	midnight, err := time.ParseInLocation(time.DateOnly, day, kit.Beijing)
	if err != nil {
		return 0, err
	}
	var kept []int64
	err = app.DB().NewQuery("SELECT seq FROM audit_entries WHERE at >= {:at} ORDER BY id LIMIT 1").
		Bind(dbx.Params{"at": midnight.UTC().Format(types.DefaultDateLayout)}).Column(&kept)
	if err != nil {
		return 0, err
	}
	if len(kept) == 0 {
		head, err := headOf(app)
		return head.Seq + 1, err
	}
	return kept[0], nil
}

// export writes the entries before a number into a new file, following the
// chain as it goes: what doesn't hold isn't archived.
func export(app core.App, kept int64, dir string) (Archive, error) {
	var first []int64
	if err := app.DB().NewQuery("SELECT seq FROM audit_entries ORDER BY id LIMIT 1").Column(&first); err != nil {
		return Archive{}, err
	}
	if len(first) == 0 || first[0] >= kept {
		return Archive{}, kit.Reject("before", "audit_archive_empty", "这一天以前没有可以存档的留痕。")
	}
	done := Archive{From: first[0], To: kept - 1, File: filepath.Join(dir, fmt.Sprintf("audit-%s-%s.jsonl", idOf(first[0]), idOf(kept-1)))}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return done, err
	}
	file, err := os.OpenFile(done.File, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o400)
	if err != nil {
		return done, fmt.Errorf("audit: create archive: %w", err)
	}
	err = done.fill(app, file)
	if err = errors.Join(err, file.Close()); err != nil {
		return done, errors.Join(err, os.Remove(done.File))
	}
	return done, nil
}

var errEnough = errors.New("enough")

func (a *Archive) fill(app core.App, file *os.File) error {
	sum := sha256.New()
	buffer := bufio.NewWriter(io.MultiWriter(file, sum))
	enc := json.NewEncoder(buffer)
	enc.SetEscapeHTML(false)
	last, err := lastArchive(app.DB())
	if err != nil {
		return err
	}
	chain := Chain{}
	if a.From == last.Seq+1 {
		chain = last
	}
	err = each(app.DB(), 0, func(e *Entry) error {
		if e.Seq > a.To {
			return errEnough
		}
		if err := chain.Add(e); err != nil {
			return err
		}
		return enc.Encode(e)
	})
	if err != nil && !errors.Is(err, errEnough) {
		return err
	}
	a.Hash = chain.Hash
	if err := errors.Join(buffer.Flush(), file.Sync()); err != nil {
		return err
	}
	a.SHA256 = hex.EncodeToString(sum.Sum(nil))
	return nil
}

// prune deletes what the last archive has taken, in portions, so that others
// can write meanwhile.
func prune(app core.App) error {
	last, err := lastArchive(app.DB())
	if err != nil || last.Seq == 0 {
		return err
	}
	for {
		result, err := app.NonconcurrentDB().NewQuery(`DELETE FROM audit_entries WHERE id IN
			(SELECT id FROM audit_entries WHERE id <= {:last} ORDER BY id LIMIT 2000)`).Bind(dbx.Params{"last": idOf(last.Seq)}).Execute()
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return err
		}
	}
}

// eachArchived streams the entries of an archive and returns its SHA-256.
func eachArchived(path string, fn func(*Entry) error) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	sum := sha256.New()
	lines := bufio.NewReaderSize(io.TeeReader(file, sum), 1<<16)
	for {
		line, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) && len(line) == 0 {
			return hex.EncodeToString(sum.Sum(nil)), nil
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return "", err
		}
		e := &Entry{}
		if err := json.Unmarshal(line, e); err != nil {
			return "", &Break{Code: "audit_unreadable", Message: fmt.Sprintf("存档“%s”里有一行读不出来，被改动过。", filepath.Base(path))}
		}
		if err := fn(e); err != nil {
			return "", err
		}
	}
}

// Anchor keeps the head of the chain for a day; the first one stays.
func Anchor(app core.App, day string) (Chain, error) {
	var head Chain
	err := app.RunInTransaction(func(tx core.App) (err error) {
		if head, err = headOf(tx); err != nil || head.Seq == 0 {
			return err
		}
		n, err := tx.CountRecords(Anchors, dbx.HashExp{"day": day})
		if err != nil || n > 0 {
			return err
		}
		anchors, err := tx.FindCachedCollectionByNameOrId(Anchors)
		if err != nil {
			return err
		}
		anchor := core.NewRecord(anchors)
		anchor.Load(map[string]any{"day": day, "seq": head.Seq, "hash": head.Hash})
		return kit.SaveAsSystem(tx, context.Background(), anchor)
	})
	return head, err
}
