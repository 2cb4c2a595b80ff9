package exchange

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"

	"yaodian/hooks/audit"
	"yaodian/hooks/condition"
	"yaodian/hooks/exchange/sheet"
	"yaodian/hooks/kit"
)

// List is what somebody wants to have as a table.
type List struct {
	Collection *core.Collection
	Auth       *core.Record
	Filter     string
	Sort       string
	Format     sheet.Format
}

// page is how many records are in memory at once.
const page = 1000

// maxExport is how many rows fit into a worksheet.
const maxExport = 1_000_000

// ids lists the ids of what the viewer sees in the list, in its order.
func (l List) ids(app core.App) ([]string, error) {
	h := newViewer(l)
	_, info, err := h.request(app, http.MethodGet, nil)
	if err != nil {
		return nil, err
	}
	c := l.Collection
	super := info.HasSuperuserAuth()
	switch {
	case !super && c.ListRule == nil:
		return nil, kit.Forbid("exchange_no_list", "您没有查看这个列表的权限，不能导出。")
	case !super && (strings.Contains(l.Filter+l.Sort, "@request.") || strings.Contains(l.Filter+l.Sort, "@collection.")):
		return nil, kit.Forbid("exchange_filter", "筛选条件里不能使用 @request 和 @collection。")
	}
	query := app.ConcurrentDB().Select(c.Name + ".id").From(c.Name)
	err = condition.Listed(app, query, c, info, l.Filter, l.Sort)
	if errors.Is(err, condition.ErrAsked) {
		return nil, kit.Reject("filter", "exchange_filter", "筛选或排序的写法不对，请检查。")
	}
	if err != nil {
		return nil, err
	}
	query.AndOrderBy(c.Name + ".id")
	var ids []string
	if err := query.Limit(maxExport + 1).Column(&ids); err != nil {
		return nil, err
	}
	if len(ids) > maxExport {
		return nil, kit.Reject("filter", "exchange_too_many", "超过一百万行，请先筛选再导出。")
	}
	return ids, nil
}

// newViewer is a hand that only looks.
func newViewer(l List) *hand {
	return &hand{ctx: context.Background(), collection: l.Collection, auth: l.Auth}
}

// write streams the records of ids into a table, as the viewer sees them.
func (l List) write(app core.App, w io.Writer, mark string, ids []string, progress func(int) error) error {
	d := Describe(app, l.Collection)
	out, err := sheet.NewWriter(w, d, sheet.Options{Format: l.Format, Mark: mark})
	if err != nil {
		return err
	}
	done := 0
	for part := range slices.Chunk(ids, page) {
		if err := l.writePage(app, out, d, part); err != nil {
			return errors.Join(err, out.Close())
		}
		if done += len(part); progress != nil {
			if err := progress(done); err != nil {
				return errors.Join(err, out.Close())
			}
		}
	}
	return out.Close()
}

func (l List) writePage(app core.App, out sheet.Writer, d sheet.Description, ids []string) error {
	records, err := app.FindRecordsByIds(l.Collection, ids)
	if err != nil {
		return err
	}
	event, info, err := newViewer(l).request(app, http.MethodGet, nil)
	if err != nil {
		return err
	}
	if err := apis.EnrichRecords(event, records); err != nil {
		return err
	}
	names, err := namesIn(app, info, d, records)
	if err != nil {
		return err
	}
	byID := make(map[string]*core.Record, len(records))
	for _, r := range records {
		byID[r.Id] = r
	}
	for _, id := range ids {
		if r := byID[id]; r != nil { // it may have gone since the list was drawn up
			if err := out.Write(seen(app, d, r, names)); err != nil {
				return err
			}
		}
	}
	return nil
}

// Write writes the list to w and says how many rows it has.
func (l List) Write(app core.App, w io.Writer) (rows int, err error) {
	ids, err := l.ids(app)
	if err != nil {
		return 0, err
	}
	return len(ids), l.write(app, w, l.mark(app), ids, nil)
}

// All is a list as the system keeper sees it, from the command line.
func All(app core.App, c *core.Collection, filter, sort string, format sheet.Format) (List, error) {
	auth, err := keeper(app)
	return List{c, auth, filter, sort, format}, err
}

// Export makes the file of an export record and files it.
func Export(app core.App, ctx context.Context, record *core.Record, l List) error {
	ids, err := l.ids(app)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "yaodian_exchange_*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, l.Collection.Name+extension(l.Format))
	trace := audit.Event{Action: audit.Export, Record: record, Reason: fmt.Sprintf("共 %d 行。", len(ids))}
	if err := audit.Note(app, ctx, trace); err != nil {
		return err
	}
	sum, err := l.save(app, ctx, record, path, ids)
	if err != nil {
		return err
	}
	file, err := filesystem.NewFileFromPath(path)
	if err != nil {
		return err
	}
	record.Load(map[string]any{
		"state": string(Done), "rows": len(ids), "progress": len(ids), "sha256": sum, "file": file, "finished_at": kit.Now(app).UTC(),
		"message": fmt.Sprintf("共 %d 行。", len(ids)),
	})
	return kit.SaveAsSystem(app, ctx, record)
}

func (l List) save(app core.App, ctx context.Context, record *core.Record, path string, ids []string) (sum string, err error) {
	out, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if err != nil {
		return "", err
	}
	hash := sha256.New()
	err = l.write(app, io.MultiWriter(out, hash), l.mark(app), ids, func(done int) error {
		if done == len(ids) {
			return ctx.Err()
		}
		record.Set("progress", done)
		return errors.Join(ctx.Err(), kit.SaveAsSystem(app, ctx, record))
	})
	return hex.EncodeToString(hash.Sum(nil)), errors.Join(err, out.Close())
}
