package dues

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"mime"
	"net/http"
	"os"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/audit"
	"yaodian/hooks/dues/pay"
	"yaodian/hooks/dues/rate"
	"yaodian/hooks/exchange/sheet"
	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// maxTable is how large a sheet of dues may be.
const maxTable = 20 << 20

func bindTables(e *core.ServeEvent) {
	e.Router.POST("/api/dues/payments/read", readTable).Bind(apis.RequireAuth(), apis.BodyLimit(maxTable))
	e.Router.GET("/api/dues/grid/sheet", saveGrid).Bind(apis.RequireAuth())
}

// readTable answers what a sheet of the year or a bank's statement says; nothing
// is kept of it.
func readTable(e *core.RequestEvent) error {
	in, _, err := e.Request.FormFile("file")
	if err != nil {
		return e.BadRequestError("", kit.Reject("file", "dues_no_file", "没有收到文件，请选择一个 .xlsx 或 .csv 文件。"))
	}
	defer in.Close()
	year := cmp.Or(e.Request.FormValue("year"), kit.Today(e.App)[:4])
	if !rate.IsMonth(year + "-01") {
		return e.BadRequestError("", kit.Reject("year", "dues_year_unreal", "年度要写成四位数。"))
	}
	out, err := os.CreateTemp("", "yaodian_dues_*")
	if err != nil {
		return err
	}
	defer os.Remove(out.Name())
	if _, err = io.Copy(out, in); errors.Join(err, out.Close()) != nil {
		return err
	}
	read, err := ReadFile(out.Name(), year)
	if err != nil {
		return kit.BadRequest(e, err)
	}
	return e.JSON(http.StatusOK, read)
}

// saveGrid gives the grid of ?org= and ?year= as a workbook that reads back as
// what has been paid, and leaves a trace that it went out.
func saveGrid(e *core.RequestEvent) error {
	unit, err := org.Asked(e, "dues")
	if err != nil {
		return err
	}
	year := cmp.Or(e.Request.URL.Query().Get("year"), kit.Today(e.App)[:4])
	if !rate.IsMonth(year + "-01") {
		return e.BadRequestError("", kit.Reject("year", "dues_year_unreal", "年度要写成四位数。"))
	}
	table := yearTable(year)
	if err := noteExport(e, unit, table.Title); err != nil {
		return err
	}
	var file bytes.Buffer
	if err := writeGrid(e.App, gridAsk{unit, year, "", maxPage}, table, &file); err != nil {
		return err
	}
	name := unit.Name() + table.Title + ".xlsx"
	e.Response.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	return e.Blob(http.StatusOK, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", file.Bytes())
}

// noteExport leaves a trace where the organization's auditors look.
func noteExport(e *core.RequestEvent, unit *org.Unit, title string) error {
	c, err := e.App.FindCachedCollectionByNameOrId(pay.Payments)
	if err != nil {
		return err
	}
	stub := core.NewRecord(c)
	stub.Load(map[string]any{"org": unit.Id, "org_path": unit.Path()})
	return audit.Note(e.App, e.Request.Context(), audit.Event{Action: audit.Export, Record: stub, Label: unit.Name() + title})
}

func writeGrid(app core.App, g gridAsk, table sheet.Description, to io.Writer) error {
	w, err := sheet.NewWriter(to, table, sheet.Options{Format: sheet.XLSX, Mark: "导出于 " + kit.Today(app)})
	if err != nil {
		return err
	}
	err = eachOf(app, g, func(m *member) error { return w.Write(m.values()) })
	return errors.Join(err, w.Close())
}
