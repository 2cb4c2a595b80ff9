package flows

import (
	"net/http"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

func bindRoutes(e *core.ServeEvent) error {
	e.Router.GET("/api/approvals/kinds", showKinds).Bind(apis.RequireAuth())
	e.Router.GET("/api/approvals/flows/gaps", showGaps).Bind(apis.RequireAuth())
	e.Router.POST("/api/approvals/flows/sandbox", tryFlow).Bind(apis.RequireSuperuserAuth())
	return e.Next()
}

func showKinds(e *core.RequestEvent) error { return e.JSON(http.StatusOK, Kinds) }

// showGaps lists the posts to fill, for those who keep them.
func showGaps(e *core.RequestEvent) error {
	if !e.HasSuperuserAuth() {
		powers, err := org.Powers(e.App, e.Auth.Id, kit.Today(e.App))
		if err != nil {
			return err
		}
		if len(powers["org"]) == 0 {
			return kit.Forbid("approvals_no_power", "只有管理组织和任职的人可以查看。")
		}
	}
	gaps, err := Gaps(e.App)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{"gaps": gaps})
}

// tryFlow shows what a flow would change, as an administrator has written it.
func tryFlow(e *core.RequestEvent) error {
	info, err := e.RequestInfo()
	if err != nil {
		return err
	}
	draft, err := kit.NewRecord(e.App, Flows, nil)
	if err != nil {
		return err
	}
	for _, field := range []string{"kind", "name", "priority", "since", "until", "steps", "condition", "subject"} {
		draft.Set(field, info.Body[field])
	}
	if draft.GetInt("priority") == 0 {
		draft.Set("priority", 1)
	}
	trial, err := Try(e.App, draft)
	if len(kit.Violations(err)) > 0 {
		return e.BadRequestError("", err)
	}
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, trial)
}
