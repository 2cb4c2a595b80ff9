// Package privacy is how sensitive fields are opened and who knows of it: to
// open some of a person's fields with a reason (查看), “谁能看到我”, to find somebody
// by identity number, and everything that is held about oneself.
//
// Each look leaves a line in people_reveals in the transaction that answers;
// its creation is the event that other capabilities react to.
package privacy

import (
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"

	"yaodian/hooks/people"
)

// Bind attaches the routes of privacy to app.
func Bind(app core.App) { app.OnServe().BindFunc(bindRoutes) }

func bindRoutes(e *core.ServeEvent) error {
	e.Router.Bind(&hook.Handler[*core.RequestEvent]{Priority: apis.DefaultActivityLoggerMiddlewarePriority - 1, Func: refuseNumbersInURL})
	e.Router.POST("/api/people/{id}/reveal", reveal).Bind(apis.RequireAuth())
	e.Router.GET("/api/people/{id}/viewers", viewers).Bind(apis.RequireAuth())
	e.Router.POST("/api/people/find", findByNumber).Bind(apis.RequireAuth())
	e.Router.GET("/api/people/me/export", exportMe).Bind(apis.RequireAuth(people.People))
	return e.Next()
}
