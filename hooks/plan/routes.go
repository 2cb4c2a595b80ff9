package plan

import (
	"cmp"
	"net/http"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

func bindRoutes(e *core.ServeEvent) error {
	e.Router.POST("/api/plan/imports", uploadImport).Bind(apis.RequireAuth(), apis.BodyLimit(maxUpload))
	e.Router.POST("/api/plan/imports/{id}/check", checkImport).Bind(apis.RequireAuth())
	e.Router.POST("/api/plan/imports/{id}/confirm", confirmImport).Bind(apis.RequireAuth())
	e.Router.GET("/api/plan/years/{id}/board", showBoard).Bind(apis.RequireAuth())
	e.Router.GET("/api/plan/years/{id}/matrix", showMatrix).Bind(apis.RequireAuth())
	e.Router.POST("/api/plan/tasks/{id}/preview", previewTask).Bind(apis.RequireAuth())
	return e.Next()
}

func person(e *core.RequestEvent) string {
	if e.HasSuperuserAuth() {
		return ""
	}
	return e.Auth.Id
}

// showBoard answers the plan with the progress that the caller may see.
func showBoard(e *core.RequestEvent) error {
	plan, err := kit.Visible(e, Years)
	if err != nil {
		return err
	}
	board, err := BoardOf(e.App, plan, person(e))
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, board)
}

// showMatrix answers who has done what of the plan, as of a day.
func showMatrix(e *core.RequestEvent) error {
	plan, err := kit.Visible(e, Years)
	if err != nil {
		return err
	}
	day := cmp.Or(e.Request.URL.Query().Get("as_of"), kit.Today(e.App))
	if !kit.IsDate(day) {
		return e.BadRequestError("", kit.Reject("as_of", "plan_date_unreal", "截止日期要写成 2026-06-30 这样。"))
	}
	matrix, err := MatrixOf(e.App, plan, person(e), day)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, matrix)
}

// previewTask says what changing a task's rule would do; nothing is written.
func previewTask(e *core.RequestEvent) error {
	record, err := e.App.FindRecordById(Tasks, e.Request.PathValue("id"))
	if err != nil {
		return e.NotFoundError("", err)
	}
	may, err := org.May(e, record.GetString("org_path"), "plan.edit")
	if err != nil || !may {
		return e.NotFoundError("", err)
	}
	info, err := e.RequestInfo()
	if err != nil {
		return err
	}
	task := taskOf(record)
	for _, field := range arrangement {
		if v, sent := info.Body[field]; sent {
			task.Set(field, v)
		}
	}
	d, err := previewOf(e.App, task, kit.Today(e.App))
	if err != nil {
		return kit.BadRequest(e, err)
	}
	return e.JSON(http.StatusOK, map[string]any{"keep": d.keep, "remove": len(d.remove), "add": previewed(d.add)})
}

// previewOf is what saving a task as it is now would change.
func previewOf(app core.App, task *Task, today string) (difference, error) {
	task.Set("since", today)
	year, err := checkTask(app, task, today)
	if err != nil {
		return difference{}, err
	}
	f, err := frameOf(app, year, today)
	if err != nil {
		return difference{}, err
	}
	return compare(app, task, f)
}

// maxPreview is how many new duties a preview lists.
const maxPreview = 100

// preview is what would be added.
type preview struct {
	Total int           `json:"total"`
	List  []previewDuty `json:"list"`
}

type previewDuty struct {
	Period string `json:"period"`
	Opens  string `json:"opens"`
	Due    string `json:"due"`
	Org    string `json:"org"`
	Person string `json:"person"`
}

func previewed(slots []slot) preview {
	p := preview{Total: len(slots)}
	for _, s := range slots[:min(len(slots), maxPreview)] {
		p.List = append(p.List, previewDuty{s.Key, s.Opens, s.Due, s.Org, s.Person})
	}
	return p
}
