package desk

import (
	"net/http"
	"strconv"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/approvals"
	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// People act for themselves: the system keeper, who holds no post, reads and
// tries flows but neither asks nor decides.
func bindRoutes(e *core.ServeEvent) error {
	e.Router.GET("/api/approvals/inbox", showInbox).Bind(apis.RequireAuth("people"))
	e.Router.GET("/api/approvals/requests/{id}", showRequest).Bind(apis.RequireAuth())
	e.Router.POST("/api/approvals/requests/decide", decideMany).Bind(apis.RequireAuth("people"))
	e.Router.POST("/api/approvals/requests/{id}/decide", decideOne).Bind(apis.RequireAuth("people"))
	e.Router.POST("/api/approvals/requests/{id}/submit", submitOne).Bind(apis.RequireAuth("people"))
	e.Router.POST("/api/approvals/requests/{id}/withdraw", withdrawOne).Bind(apis.RequireAuth("people"))
	e.Router.GET("/api/approvals/flows/preview", previewFlow).Bind(apis.RequireAuth())
	return e.Next()
}

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
func seen(e *core.RequestEvent) (*approvals.Request, error) {
	record, err := kit.Visible(e, approvals.Requests)
	if record == nil {
		return nil, err
	}
	return approvals.RequestOf(record), err
}

// concerns is nil for who may see the request of a route, or could have decided
// it: who comes second is told why, not that there is no such request.
func concerns(e *core.RequestEvent) error {
	request, hidden := seen(e)
	if hidden == nil || request == nil {
		return hidden
	}
	may, err := approvals.Concerns(e.App, request, e.Auth.Id)
	if err != nil && len(kit.Violations(err)) == 0 {
		return err
	}
	if !may {
		return hidden
	}
	return nil
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
	Verdict approvals.Verdict `json:"verdict"`
	Comment string            `json:"comment"`
	ToStep  int               `json:"to_step"`
	Step    int               `json:"step"` // the step that the caller was shown
}

func decideOne(e *core.RequestEvent) error {
	var form decideForm
	if err := e.BindBody(&form); err != nil {
		return e.BadRequestError("", err)
	}
	if err := concerns(e); err != nil {
		return err
	}
	record, err := approvals.Decide(e.App, e.Request.Context(), approvals.Decision{
		Request: e.Request.PathValue("id"), By: e.Auth.Id, Verdict: form.Verdict, Comment: form.Comment, ToStep: form.ToStep, Seen: form.Step,
	})
	return answer(e, record, err)
}

func submitOne(e *core.RequestEvent) error {
	if _, err := seen(e); err != nil {
		return err
	}
	record, err := approvals.HandIn(e.App, e.Request.Context(), e.Request.PathValue("id"), e.Auth.Id)
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
	record, err := approvals.TakeBack(e.App, e.Request.Context(), e.Request.PathValue("id"), e.Auth.Id, form.Comment)
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
			_, err = approvals.Decide(e.App, e.Request.Context(), approvals.Decision{Request: id, By: e.Auth.Id, Verdict: approvals.Approve, Comment: form.Comment, Bulk: true})
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
	route, err := approvals.Preview(e.App, query.Get("kind"), at, e.Auth.Id)
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
