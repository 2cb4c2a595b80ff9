package plan

import (
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cast"

	"yaodian/hooks/calendar"
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
	e.Router.GET("/api/plan/years/{id}/board", showBoard).Bind(apis.RequireAuth())
	e.Router.POST("/api/plan/tasks/{id}/preview", previewTask).Bind(apis.RequireAuth())
	return e.Next()
}

// power answers whether the caller holds a power over a path. The system
// keeper may do what an officer may; every data rule still holds.
func power(e *core.RequestEvent, name, path string) (bool, error) {
	if e.HasSuperuserAuth() {
		return true, nil
	}
	return org.Can(e.App, e.Auth.Id, name, path, kit.Today(e.App))
}

func person(e *core.RequestEvent) string {
	if e.HasSuperuserAuth() {
		return ""
	}
	return e.Auth.Id
}

// uploadImport reads an uploaded file or a pasted text into a draft.
func uploadImport(e *core.RequestEvent) error {
	info, err := e.RequestInfo()
	if err != nil {
		return err
	}
	in := ImportInput{
		Org: cast.ToString(info.Body["org"]), Year: cast.ToInt(info.Body["year"]), Text: cast.ToString(info.Body["text"]),
		Since: cast.ToString(info.Body["since"]), By: person(e),
	}
	unit, err := org.Find(e.App, in.Org)
	if err != nil {
		return e.BadRequestError("", kit.Reject("org", "org_unit_missing", "没有找到这个组织，请重新选择。"))
	}
	may, err := power(e, "plan.edit", unit.Path())
	if err != nil {
		return err
	}
	if !may {
		return kit.Forbid("plan_no_power", "只有负责工作要点的人可以导入。")
	}
	if err := readUpload(e, &in); err != nil {
		return err
	}
	record, err := ImportText(e.App, in)
	if err != nil {
		return badRequest(e, err)
	}
	if err := apis.EnrichRecord(e, record); err != nil {
		return err
	}
	return e.JSON(http.StatusCreated, record)
}

// readUpload takes the text from the uploaded file, when there is one.
func readUpload(e *core.RequestEvent, in *ImportInput) error {
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
	in.Filename, in.Text = clip(header.Filename, 200), text
	return err
}

// badRequest answers a broken rule like PocketBase's own record routes do.
func badRequest(e *core.RequestEvent, err error) error {
	if len(kit.Violations(err)) > 0 {
		return e.BadRequestError("", err)
	}
	return err
}

// findImport reads the import of a route for somebody who holds a power over it.
func findImport(e *core.RequestEvent, name string) (*core.Record, error) {
	record, err := e.App.FindRecordById(Imports, e.Request.PathValue("id"))
	if err != nil {
		return nil, e.NotFoundError("", err)
	}
	may, err := power(e, name, record.GetString("org_path"))
	if err != nil {
		return nil, err
	}
	if !may {
		return nil, e.NotFoundError("", nil)
	}
	return record, nil
}

// checkImport says what is left to decide and what confirming would make.
func checkImport(e *core.RequestEvent) error {
	record, err := findImport(e, "plan.edit")
	if err != nil {
		if record, err = findImport(e, "plan.confirm"); err != nil {
			return err
		}
	}
	outline, err := outlineOf(record)
	if err != nil {
		return badRequest(e, err)
	}
	problems, err := problemsOf(e.App, record, outline)
	if err != nil {
		return err
	}
	var counts *Counts
	if len(problems) == 0 && record.GetString("state") != "confirmed" {
		made, err := DryRun(e.App, e.Request.Context(), record.Id)
		if err != nil {
			return badRequest(e, err)
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
	plan, counts, err := Confirm(e.App, e.Request.Context(), record.Id, person(e))
	if err != nil {
		return badRequest(e, err)
	}
	return e.JSON(http.StatusOK, map[string]any{"plan": plan, "counts": counts})
}

// showBoard answers the plan with the progress that the caller may see.
func showBoard(e *core.RequestEvent) error {
	plan, err := e.App.FindRecordById(Years, e.Request.PathValue("id"))
	if err != nil {
		return e.NotFoundError("", err)
	}
	info, err := e.RequestInfo()
	if err != nil {
		return err
	}
	may, err := e.App.CanAccessRecord(plan, info, plan.Collection().ViewRule)
	if err != nil || !may {
		return e.NotFoundError("", err)
	}
	board, err := BoardOf(e.App, plan, person(e))
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, board)
}

// previewTask says what changing a task's rule would do; nothing is written.
func previewTask(e *core.RequestEvent) error {
	record, err := e.App.FindRecordById(Tasks, e.Request.PathValue("id"))
	if err != nil {
		return e.NotFoundError("", err)
	}
	may, err := power(e, "plan.edit", record.GetString("org_path"))
	if err != nil || !may {
		return e.NotFoundError("", err)
	}
	info, err := e.RequestInfo()
	if err != nil {
		return err
	}
	today := kit.Today(e.App)
	task := taskOf(record)
	for _, field := range []string{"title", "assign", "assign_org", "assign_person", "assign_role", "assign_kind", "rrule", "due_from", "due_to", "shift", "lead", "state"} {
		if v, sent := info.Body[field]; sent {
			task.Set(field, v)
		}
	}
	task.Set("since", today)
	year, err := checkTask(e.App, task, today)
	if err != nil {
		return badRequest(e, err)
	}
	days, err := calendar.Load(e.App)
	if err != nil {
		return err
	}
	d, err := compare(e.App, task, year, days, today)
	if err != nil {
		return badRequest(e, err)
	}
	return e.JSON(http.StatusOK, map[string]any{"keep": d.keep, "remove": len(d.remove), "add": previewed(d.add)})
}

// maxPreview is how many new duties a preview lists.
const maxPreview = 100

func previewed(slots []slot) map[string]any {
	list := make([]map[string]string, 0, min(len(slots), maxPreview))
	for _, s := range slots[:min(len(slots), maxPreview)] {
		list = append(list, map[string]string{"period": s.Key, "opens": s.Opens, "due": s.Due, "org": s.Org, "person": s.Person})
	}
	return map[string]any{"total": len(slots), "list": list}
}
