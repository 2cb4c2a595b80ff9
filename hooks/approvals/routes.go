package approvals

import (
	"net/http"
	"strconv"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// People act for themselves: the system keeper, who holds no post, reads and
// tries flows but neither asks nor decides.
func bindRoutes(e *core.ServeEvent) error {
	e.Router.GET("/api/approvals/kinds", showKinds).Bind(apis.RequireAuth())
	e.Router.GET("/api/approvals/inbox", showInbox).Bind(apis.RequireAuth("people"))
	e.Router.GET("/api/approvals/requests/{id}", showRequest).Bind(apis.RequireAuth())
	e.Router.POST("/api/approvals/requests/decide", decideMany).Bind(apis.RequireAuth("people"))
	e.Router.POST("/api/approvals/requests/{id}/decide", decideOne).Bind(apis.RequireAuth("people"))
	e.Router.POST("/api/approvals/requests/{id}/submit", submitOne).Bind(apis.RequireAuth("people"))
	e.Router.POST("/api/approvals/requests/{id}/withdraw", withdrawOne).Bind(apis.RequireAuth("people"))
	e.Router.GET("/api/approvals/flows/preview", previewFlow).Bind(apis.RequireAuth())
	e.Router.GET("/api/approvals/flows/gaps", showGaps).Bind(apis.RequireAuth())
	e.Router.POST("/api/approvals/flows/sandbox", tryFlow).Bind(apis.RequireSuperuserAuth())
	return e.Next()
}

func showKinds(e *core.RequestEvent) error { return e.JSON(http.StatusOK, Kinds) }

func showInbox(e *core.RequestEvent) error {
	query := e.Request.URL.Query()
	page, _ := strconv.Atoi(query.Get("page"))
	perPage, err := strconv.Atoi(query.Get("perPage"))
	if err != nil {
		perPage = 30
	}
	inbox, err := InboxOf(e.App, e.Auth.Id, query.Get("kind"), page, perPage)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, inbox)
}

// reject answers a broken rule like PocketBase's own record routes do.
func reject(e *core.RequestEvent, err error) error {
	if len(kit.Violations(err)) > 0 {
		return e.BadRequestError("", err)
	}
	return err
}

// seen reads the request of a route if the caller may see it.
func seen(e *core.RequestEvent) (*Request, error) {
	record, err := kit.Visible(e, Requests)
	if record == nil {
		return nil, err
	}
	return requestOf(record), err
}

// concerns reads the request of a route if the caller may see it, or could have
// decided it: who comes second is told why, not that there is no such request.
func concerns(e *core.RequestEvent) error {
	request, hidden := seen(e)
	if hidden == nil || request == nil {
		return hidden
	}
	stations, err := request.Stations()
	if err != nil || len(stations) == 0 {
		return hidden
	}
	places, _, err := placesFor(e.App, request, stations)
	if err != nil {
		return hidden
	}
	seats, err := seatsAt(e.App, kit.Today(e.App), places...)
	if err != nil {
		return err
	}
	for _, at := range seats {
		for _, s := range at {
			if s.Person == e.Auth.Id {
				return nil
			}
		}
	}
	return hidden
}

// showRequest answers a request with its steps, the names of those who decide
// them, everything that has happened to it, and what the caller may do.
func showRequest(e *core.RequestEvent) error {
	request, err := seen(e)
	if err != nil {
		return err
	}
	page, err := pageOf(e.App, request, e.Auth.Id)
	if err != nil {
		return reject(e, err)
	}
	return e.JSON(http.StatusOK, page)
}

type decideForm struct {
	Verdict Verdict `json:"verdict"`
	Comment string  `json:"comment"`
	ToStep  int     `json:"to_step"`
	Step    int     `json:"step"` // the step that the caller was shown
}

func decideOne(e *core.RequestEvent) error {
	var form decideForm
	if err := e.BindBody(&form); err != nil {
		return e.BadRequestError("", err)
	}
	if err := concerns(e); err != nil {
		return err
	}
	record, err := Decide(e.App, e.Request.Context(), Decision{
		Request: e.Request.PathValue("id"), By: e.Auth.Id, Verdict: form.Verdict, Comment: form.Comment, ToStep: form.ToStep, Seen: form.Step,
	})
	return answer(e, record, err)
}

func submitOne(e *core.RequestEvent) error {
	if _, err := seen(e); err != nil {
		return err
	}
	record, err := HandIn(e.App, e.Request.Context(), e.Request.PathValue("id"), e.Auth.Id)
	return answer(e, record, err)
}

func withdrawOne(e *core.RequestEvent) error {
	var form decideForm
	if err := e.BindBody(&form); err != nil {
		return e.BadRequestError("", err)
	}
	if _, err := seen(e); err != nil {
		return err
	}
	record, err := TakeBack(e.App, e.Request.Context(), e.Request.PathValue("id"), e.Auth.Id, form.Comment)
	return answer(e, record, err)
}

func answer(e *core.RequestEvent, record *core.Record, err error) error {
	if err != nil {
		return reject(e, err)
	}
	return e.JSON(http.StatusOK, map[string]any{"id": record.Id, "status": record.GetString("status"), "step": record.GetInt("step")})
}

// maxBulk is how many requests are approved at once.
const maxBulk = 50

// decideMany approves several requests, each by itself: one that can't be
// approved doesn't hold up the others.
func decideMany(e *core.RequestEvent) error {
	var form struct {
		IDs     []string `json:"ids"`
		Comment string   `json:"comment"`
	}
	if err := e.BindBody(&form); err != nil {
		return e.BadRequestError("", err)
	}
	if len(form.IDs) == 0 || len(form.IDs) > maxBulk {
		return e.BadRequestError("", kit.Reject("ids", "approvals_bulk_size", "一次请选 1 到 50 份申请。"))
	}
	results := make([]map[string]string, len(form.IDs))
	for i, id := range form.IDs {
		results[i] = map[string]string{"id": id}
		e.Request.SetPathValue("id", id)
		err := concerns(e)
		if err == nil {
			_, err = Decide(e.App, e.Request.Context(), Decision{Request: id, By: e.Auth.Id, Verdict: Approve, Comment: form.Comment, Bulk: true})
		}
		if err != nil {
			results[i]["error"] = sentence(err)
		}
	}
	return e.JSON(http.StatusOK, map[string]any{"results": results})
}

// previewFlow shows an applicant how a request would go before it is written.
func previewFlow(e *core.RequestEvent) error {
	query := e.Request.URL.Query()
	at := query.Get("org")
	if at == "" {
		at = e.Auth.GetString("org")
	}
	may, err := mayAsk(e, at)
	if err != nil || !may {
		return e.NotFoundError("", err)
	}
	route, err := Preview(e.App, query.Get("kind"), at, e.Auth.Id)
	if err != nil {
		return reject(e, err)
	}
	return e.JSON(http.StatusOK, route)
}

// mayAsk: people ask about their own organization and those above it, officers
// about those in reach.
func mayAsk(e *core.RequestEvent, unitID string) (bool, error) {
	unit, err := org.Find(e.App, unitID)
	if err != nil || e.HasSuperuserAuth() {
		return err == nil, nil //nolint:nilerr // there is no such organization
	}
	belongs, err := org.Can(e.App, e.Auth.Id, org.Belong, unit.Path(), kit.Today(e.App))
	if err != nil || belongs {
		return belongs, err
	}
	return org.Can(e.App, e.Auth.Id, "approvals", unit.Path(), kit.Today(e.App))
}

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
	if err != nil {
		return reject(e, err)
	}
	return e.JSON(http.StatusOK, trial)
}
