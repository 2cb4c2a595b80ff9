package board

import (
	"cmp"
	"net/http"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/plan"
)

// Bind attaches the reads of the plan to app.
func Bind(app core.App) { app.OnServe().BindFunc(bindRoutes) }

func bindRoutes(e *core.ServeEvent) error {
	e.Router.GET("/api/plan/years/{id}/board", showBoard).Bind(apis.RequireAuth())
	e.Router.GET("/api/plan/years/{id}/matrix", showMatrix).Bind(apis.RequireAuth())
	return e.Next()
}

// showBoard answers the plan with the progress that the caller may see.
func showBoard(e *core.RequestEvent) error {
	year, err := kit.Visible(e, plan.Years)
	if err != nil {
		return err
	}
	board, err := Of(e.App, year, kit.Caller(e))
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, board)
}

// showMatrix answers who has done what of the plan, as of a day.
func showMatrix(e *core.RequestEvent) error {
	year, err := kit.Visible(e, plan.Years)
	if err != nil {
		return err
	}
	day := cmp.Or(e.Request.URL.Query().Get("as_of"), kit.Today(e.App))
	if !kit.IsDate(day) {
		return e.BadRequestError("", kit.Reject("as_of", "plan_date_unreal", "截止日期要写成 2026-06-30 这样。"))
	}
	matrix, err := MatrixOf(e.App, year, kit.Caller(e), day)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, matrix)
}
