package plan

import (
	"net/http"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

func bindRoutes(e *core.ServeEvent) error {
	e.Router.POST("/api/plan/tasks/{id}/preview", previewTask).Bind(apis.RequireAuth())
	return e.Next()
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
	task := TaskOf(record)
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
	f, err := FrameOf(app, year, today)
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
