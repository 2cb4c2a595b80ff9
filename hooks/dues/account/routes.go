package account

import (
	"cmp"
	"net/http"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/dues/rate"
	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

func bindRoutes(e *core.ServeEvent) error {
	e.Router.GET("/api/dues/closing", previewClosing).Bind(apis.RequireAuth())
	e.Router.GET("/api/dues/book", showBook).Bind(apis.RequireAuth())
	e.Router.GET("/api/dues/disclosure", previewDisclosure).Bind(apis.RequireAuth())
	return e.Next()
}

// previewClosing answers what closing ?month= at ?org= would freeze.
func previewClosing(e *core.RequestEvent) error {
	unit, err := org.Asked(e, "dues")
	if err != nil {
		return err
	}
	month := cmp.Or(e.Request.URL.Query().Get("month"), rate.Shift(kit.Today(e.App)[:7], -1))
	if !rate.IsMonth(month) {
		return e.BadRequestError("", kit.Reject("month", "dues_month_unreal", "月份要写成 2026-03 这样。"))
	}
	count, err := CountOf(e.App, unit.Id, month)
	if err != nil {
		return err
	}
	earlier, err := openBefore(e.App, unit.Id, month)
	if err != nil {
		return err
	}
	problem := ""
	for _, v := range kit.Violations(CheckClosing(month, kit.Today(e.App), earlier)) {
		problem = v.Error()
	}
	return e.JSON(http.StatusOK, map[string]any{"org": unit.Id, "month": month, "count": count, "problem": problem})
}

// showBook answers the account of ?org=.
func showBook(e *core.RequestEvent) error {
	unit, err := org.Asked(e, "dues.account", "dues.cash", "dues.check")
	if err != nil {
		return err
	}
	book, err := BookOf(e.App, unit.Path())
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{"org": unit.Id, "book": book})
}

// previewDisclosure answers what ?org= would disclose of ?period= to ?audience=.
func previewDisclosure(e *core.RequestEvent) error {
	unit, err := org.Asked(e, "dues")
	if err != nil {
		return err
	}
	query := e.Request.URL.Query()
	if _, ok := PeriodOf(query.Get("period")); !ok {
		return e.BadRequestError("", CheckPublish(query.Get("period"), kit.Today(e.App)))
	}
	content, err := ContentOf(e.App, unit.Id, query.Get("period"), cmp.Or(query.Get("audience"), "public"))
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, content)
}
