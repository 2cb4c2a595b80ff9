package imports

import (
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cast"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
	"yaodian/hooks/plan/parse"
)

// maxUpload is the greatest size of an uploaded plan, in bytes: 20 MB and the
// multipart wrapping around it.
const maxUpload = 21 << 20

func bindRoutes(e *core.ServeEvent) error {
	e.Router.POST("/api/plan/imports", uploadImport).Bind(apis.RequireAuth(), apis.BodyLimit(maxUpload))
	e.Router.POST("/api/plan/imports/{id}/check", checkImport).Bind(apis.RequireAuth())
	e.Router.POST("/api/plan/imports/{id}/confirm", confirmImport).Bind(apis.RequireAuth())
	return e.Next()
}

// uploadImport reads an uploaded file or a pasted text into a draft.
func uploadImport(e *core.RequestEvent) error {
	info, err := e.RequestInfo()
	if err != nil {
		return err
	}
	in := Input{
		Org: cast.ToString(info.Body["org"]), Year: cast.ToInt(info.Body["year"]), Text: cast.ToString(info.Body["text"]),
		Since: cast.ToString(info.Body["since"]), By: kit.Caller(e),
	}
	unit, err := org.Find(e.App, in.Org)
	if err != nil {
		return e.BadRequestError("", kit.Reject("org", "org_unit_missing", "没有找到这个组织，请重新选择。"))
	}
	may, err := org.May(e, unit.Path(), "plan.edit")
	if err != nil {
		return err
	}
	if !may {
		return kit.Forbid("plan_no_power", "只有负责工作要点的人可以导入。")
	}
	if err := readUpload(e, &in); err != nil {
		return err
	}
	record, err := Read(e.App, in)
	if err != nil {
		return kit.BadRequest(e, err)
	}
	if err := apis.EnrichRecord(e, record); err != nil {
		return err
	}
	return e.JSON(http.StatusCreated, record)
}

// readUpload takes the text from the uploaded file, when there is one.
func readUpload(e *core.RequestEvent, in *Input) error {
	if !strings.HasPrefix(e.Request.Header.Get("Content-Type"), "multipart/form-data") {
		return nil
	}
	file, header, err := e.Request.FormFile("file")
	if errors.Is(err, http.ErrMissingFile) {
		return nil
	}
	if err != nil {
		return e.BadRequestError("", kit.Reject("file", "plan_file_broken", "文件没有传完整，请重新上传。"))
	}
	defer file.Close()
	raw, err := io.ReadAll(file)
	if err != nil {
		return e.BadRequestError("", kit.Reject("file", "plan_file_broken", "文件没有传完整，请重新上传。"))
	}
	text, err := parse.File(header.Filename, raw)
	var bad *parse.FileError
	if errors.As(err, &bad) {
		return e.BadRequestError("", kit.Reject("file", bad.Code, bad.Message))
	}
	in.Filename, in.Text = kit.Clip(header.Filename, 200), text
	return err
}

// findImport reads the import of a route for somebody who holds one of the
// powers over it.
func findImport(e *core.RequestEvent, powers ...string) (*core.Record, error) {
	record, err := e.App.FindRecordById(Imports, e.Request.PathValue("id"))
	if err != nil {
		return nil, e.NotFoundError("", err)
	}
	for _, name := range powers {
		may, err := org.May(e, record.GetString("org_path"), name)
		if err != nil {
			return nil, err
		}
		if may {
			return record, nil
		}
	}
	return nil, e.NotFoundError("", nil)
}

// checkImport says what is left to decide and what confirming would make.
func checkImport(e *core.RequestEvent) error {
	record, err := findImport(e, "plan.edit", "plan.confirm")
	if err != nil {
		return err
	}
	outline, err := outlineOf(record)
	if err != nil {
		return kit.BadRequest(e, err)
	}
	problems, err := problemsOf(e.App, record, outline)
	if err != nil {
		return err
	}
	var counts *Counts
	if len(problems) == 0 && record.GetString("state") != "confirmed" {
		made, err := Forecast(e.App, record)
		if err != nil {
			return kit.BadRequest(e, err)
		}
		counts = &made
	}
	return e.JSON(http.StatusOK, map[string]any{"problems": problems, "counts": counts})
}

func confirmImport(e *core.RequestEvent) error {
	record, err := findImport(e, "plan.confirm")
	if err != nil {
		return err
	}
	year, counts, err := Confirm(e.App, e.Request.Context(), record.Id, kit.Caller(e))
	if err != nil {
		return kit.BadRequest(e, err)
	}
	return e.JSON(http.StatusOK, map[string]any{"plan": year, "counts": counts})
}
