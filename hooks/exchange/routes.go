package exchange

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/exchange/sheet"
	"yaodian/hooks/kit"
)

func bindRoutes(e *core.ServeEvent) error {
	const wrapping = 1 << 20
	e.Router.POST("/api/exchange/imports", upload).Bind(apis.RequireAuth(), apis.BodyLimit(sheet.MaxFile+wrapping))
	e.Router.GET("/api/exchange/imports/{id}/preview", preview).Bind(apis.RequireAuth())
	e.Router.POST("/api/exchange/imports/{id}/apply", apply).Bind(apis.RequireAuth())
	e.Router.POST("/api/exchange/imports/{id}/undo", undoImport).Bind(apis.RequireAuth())
	e.Router.POST("/api/exchange/exports", export).Bind(apis.RequireAuth())
	e.Router.GET("/api/exchange/columns/{collection}", columns).Bind(apis.RequireAuth())
	e.Router.GET("/api/exchange/template/{collection}", template).Bind(apis.RequireAuth())
	return e.Next()
}

// collectionOf is a collection that tables may go in or out of.
func collectionOf(e *core.RequestEvent, name string) (*core.Collection, error) {
	c, err := e.App.FindCachedCollectionByNameOrId(name)
	if err != nil || c.System || c.IsView() && !e.HasSuperuserAuth() {
		return nil, e.BadRequestError("", kit.Reject("collection", "exchange_no_collection", "没有这个数据表，请重新选择。"))
	}
	return c, nil
}

// writable is a collection that the caller may at all write to; which records,
// its rules decide row by row.
func writable(e *core.RequestEvent, name string) (*core.Collection, error) {
	c, err := collectionOf(e, name)
	if err != nil {
		return nil, err
	}
	if c.IsView() || !e.HasSuperuserAuth() && c.CreateRule == nil && c.UpdateRule == nil {
		return nil, kit.Forbid("exchange_no_write", "这个数据表由系统填写，不能导入。")
	}
	return c, nil
}

// upload takes a file in and begins its preview.
func upload(e *core.RequestEvent) error {
	file, header, err := e.Request.FormFile("file")
	if err != nil {
		return e.BadRequestError("", kit.Reject("file", "exchange_no_file", "没有收到文件，请选择一个 .xlsx 或 .csv 文件重新上传。"))
	}
	defer file.Close()
	c, err := writable(e, e.Request.FormValue("collection"))
	if err != nil {
		return err
	}
	path, remove, err := setDown(file)
	if err != nil {
		return err
	}
	defer remove()
	record, err := Receive(e.App, e.Request.Context(), Upload{c, e.Auth, path, header.Filename})
	if err != nil {
		return kit.BadRequest(e, err)
	}
	Preview(e.App, record.Id, e.Auth)
	if err := apis.EnrichRecord(e, record); err != nil {
		return err
	}
	return e.JSON(http.StatusCreated, record)
}

// setDown puts an upload into a file of its own.
func setDown(in multipart.File) (path string, remove func(), err error) {
	dir, err := os.MkdirTemp("", "yaodian_exchange_*")
	if err != nil {
		return "", nil, err
	}
	remove = func() { _ = os.RemoveAll(dir) }
	path = filepath.Join(dir, "table")
	out, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if err == nil {
		_, err = io.Copy(out, in)
		err = errors.Join(err, out.Close())
	}
	if err != nil {
		remove()
	}
	return path, remove, err
}

// preview lists what the rows do: ?page=2&action=error.
func preview(e *core.RequestEvent) error {
	record, err := kit.Visible(e, Imports)
	if err != nil {
		return err
	}
	query := e.Request.URL.Query()
	number, _ := strconv.Atoi(query.Get("page"))
	page, err := pageOf(e.App, record.Id, query.Get("action"), number)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{
		"state": record.GetString("state"), "message": record.GetString("message"), "header": record.Get("header"), "counts": countsOf(record), "page": page,
	})
}

func countsOf(r *core.Record) Counts {
	return Counts{r.GetInt("added"), r.GetInt("changed"), r.GetInt("same"), r.GetInt("faulty")}
}

// apply begins to write an import; its record tells how it ends.
func apply(e *core.RequestEvent) error {
	var form struct {
		Partial bool `json:"partial"`
	}
	if err := e.BindBody(&form); err != nil {
		return e.BadRequestError("", err)
	}
	record, err := kit.Visible(e, Imports)
	if err != nil {
		return err
	}
	err = e.App.RunInTransaction(func(tx core.App) error {
		stored, err := tx.FindRecordById(Imports, record.Id)
		if err != nil {
			return err
		}
		if err := CheckApply(State(stored.GetString("state")), stored.GetInt("faulty"), form.Partial); err != nil {
			return err
		}
		record = stored
		record.Load(map[string]any{"state": string(Applying), "partial": form.Partial, "message": "正在写入。"})
		return kit.SaveAsSystem(tx, e.Request.Context(), record)
	})
	if err != nil {
		return kit.BadRequest(e, err)
	}
	Apply(e.App, record.Id, e.Auth)
	return e.JSON(http.StatusAccepted, record)
}

// undoImport takes an import back and answers when it is done, or lists why it
// can't be.
func undoImport(e *core.RequestEvent) error {
	record, err := kit.Visible(e, Imports)
	if err != nil {
		return err
	}
	deskOf(e.App).do(func(context.Context) { err = Undo(e.App, e.Request.Context(), record.Id, e.Auth) })
	var problems Problems
	if errors.As(err, &problems) {
		return e.JSON(http.StatusConflict, map[string]any{"status": http.StatusConflict, "message": problems.Error(), "data": map[string]any{}, "rows": problems})
	}
	if err != nil {
		return kit.BadRequest(e, err)
	}
	return e.NoContent(http.StatusNoContent)
}

// small is how many rows are exported while the caller waits.
const small = 2000

// export begins an export; a small one is finished when the answer comes.
func export(e *core.RequestEvent) error {
	var form struct {
		Collection string       `json:"collection"`
		Filter     string       `json:"filter"`
		Sort       string       `json:"sort"`
		Format     sheet.Format `json:"format"`
	}
	if err := e.BindBody(&form); err != nil {
		return e.BadRequestError("", err)
	}
	c, err := collectionOf(e, form.Collection)
	if err != nil {
		return err
	}
	l := List{c, e.Auth, form.Filter, form.Sort, form.Format}
	if l.Format == "" {
		l.Format = sheet.XLSX
	}
	ids, err := l.ids(e.App)
	if err != nil {
		return kit.BadRequest(e, err)
	}
	record, err := request(e, l)
	if err != nil {
		return kit.BadRequest(e, err)
	}
	work := func(ctx context.Context) { runExport(e.App, ctx, record, l) }
	if len(ids) > small {
		deskOf(e.App).begin(work)
	} else {
		work(e.Request.Context())
	}
	if record, err = e.App.FindRecordById(Exports, record.Id); err != nil {
		return err
	}
	return e.JSON(http.StatusCreated, record)
}

func request(e *core.RequestEvent, l List) (*core.Record, error) {
	record, err := newRecord(e.App, Exports, e.Auth)
	if err != nil {
		return nil, err
	}
	record.Load(map[string]any{
		"collection": l.Collection.Name, "title": Describe(e.App, l.Collection).Title, "filter": l.Filter, "sort": l.Sort,
		"format": string(l.Format), "state": string(Running),
	})
	return record, kit.SaveAsSystem(e.App, e.Request.Context(), record)
}

func runExport(app core.App, ctx context.Context, record *core.Record, l List) {
	err := Export(app, ctx, record, l)
	if err == nil {
		return
	}
	app.Logger().Warn("An export ended early", "export", record.Id, "error", err)
	record.Load(map[string]any{"state": string(Failed), "message": clip(sentenceOf(err), 200), "file": ""})
	if err := kit.SaveAsSystem(app, context.Background(), record); err != nil {
		app.Logger().Error("An export can't be marked as failed", "export", record.Id, "error", err)
	}
}

// columns says what a table of a collection is called and holds.
func columns(e *core.RequestEvent) error {
	c, err := writable(e, e.Request.PathValue("collection"))
	if err != nil {
		return err
	}
	d := Describe(e.App, c)
	return e.JSON(http.StatusOK, map[string]any{"title": d.Title, "columns": d.Columns})
}

// template is an empty table of a collection with notes on its columns.
func template(e *core.RequestEvent) error {
	c, err := writable(e, e.Request.PathValue("collection"))
	if err != nil {
		return err
	}
	d := Describe(e.App, c)
	e.Response.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	e.Response.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename*=UTF-8''%s.xlsx", url.PathEscape(d.Title)))
	w, err := sheet.NewWriter(e.Response, d, sheet.Options{Format: sheet.XLSX})
	if err != nil {
		return err
	}
	return w.Close()
}
