package ledgers

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"yaodian/hooks/condition"
	"yaodian/hooks/org"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/subscriptions"
)

func bindRoutes(e *core.ServeEvent) error {
	signedIn := apis.RequireAuth()
	e.Router.GET("/api/ledgers", listLedgers).Bind(signedIn)
	e.Router.GET("/api/ledgers/items/{number}", itemLedgers).Bind(signedIn)
	e.Router.GET("/api/ledgers/{collection}", showLedger).Bind(signedIn)
	e.Router.GET("/api/ledgers/heat/{collection}", showHeat).Bind(signedIn).BindFunc(org.MarkNarrow)
	e.Router.GET("/api/ledgers/{collection}/{id}/corrections", listCorrections).Bind(signedIn)
	e.Router.POST("/api/ledgers/{collection}/{id}/corrections", addCorrection).Bind(signedIn)
	e.Router.GET("/api/openapi.json", showOpenAPI).Bind(signedIn)
	e.Router.GET("/api/types.ts", showTypes).Bind(signedIn)
	return e.Next()
}

// listLedgers answers which ledgers the caller may see or add to.
func listLedgers(e *core.RequestEvent) error {
	who, err := viewerOf(e.App, e.Auth)
	if err != nil {
		return err
	}
	out, err := catalogueFor(e.App, who)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, out)
}

// showLedger describes one ledger with its fields.
func showLedger(e *core.RequestEvent) error {
	c, err := e.App.FindCachedCollectionByNameOrId(e.Request.PathValue("collection"))
	if err != nil || c.System {
		return e.NotFoundError("", err)
	}
	who, err := viewerOf(e.App, e.Auth)
	if err != nil {
		return err
	}
	views, err := viewsOf(e.App)
	if err != nil {
		return err
	}
	l := describe(e.App, c, views[c.Name], who, true)
	if l.May.List == Nothing && l.May.Create == Nothing {
		return e.NotFoundError("", nil)
	}
	return e.JSON(http.StatusOK, l)
}

// Count is a ledger of an item with how many records of the year the caller sees.
type Count struct {
	Ledger
	Records int `json:"records"`
}

// itemLedgers answers the ledgers that serve an item of the plan, with counts
// for the year (?year=2026).
func itemLedgers(e *core.RequestEvent) error {
	number, err := strconv.Atoi(e.Request.PathValue("number"))
	if err != nil {
		return e.NotFoundError("", err)
	}
	who, err := viewerOf(e.App, e.Auth)
	if err != nil {
		return err
	}
	views, err := viewsOf(e.App)
	if err != nil {
		return err
	}
	info, err := e.RequestInfo()
	if err != nil {
		return err
	}
	out := []Count{}
	for name, v := range views {
		if !slices.Contains(v.Items(), number) {
			continue
		}
		c, err := e.App.FindCachedCollectionByNameOrId(name)
		if err != nil {
			continue // the collection has been deleted in the browser
		}
		l := describe(e.App, c, v, who, false)
		if l.May.List == Nothing {
			continue
		}
		n, err := countFor(e.App, c, info, who.keeper, v.GetString("date_field"), e.Request.URL.Query().Get("year"))
		if err != nil {
			return err
		}
		out = append(out, Count{l, n})
	}
	slices.SortFunc(out, func(a, b Count) int {
		return cmp.Or(cmp.Compare(a.order, b.order), strings.Compare(a.Collection, b.Collection))
	})
	return e.JSON(http.StatusOK, out)
}

// countFor counts the records of a year that the list rule opens to a caller.
func countFor(app core.App, c *core.Collection, info *core.RequestInfo, keeper bool, dateField, year string) (int, error) {
	query := app.DB().Select("count(DISTINCT [[" + c.Name + ".id]])").From(c.Name)
	if !keeper && c.ListRule != nil {
		if err := condition.Narrow(app, query, c, info, *c.ListRule); err != nil {
			return 0, err
		}
	}
	if dateField != "" && year != "" {
		query.AndWhere(dbx.NewExp("[["+c.Name+"."+dateField+"]] >= {:from} AND [["+c.Name+"."+dateField+"]] < {:to}", dbx.Params{"from": year + "-01", "to": year + "-13"}))
	}
	var n int
	return n, query.Row(&n)
}

// newsTopic tells open pages that ledgers are to be described anew.
const newsTopic = "ledgers"

// bindNews sends a message whenever the schema or a view changes.
func bindNews(app core.App) {
	tell := func(app core.App) {
		message := subscriptions.Message{Name: newsTopic, Data: []byte(`{"action":"changed"}`)}
		for _, client := range app.SubscriptionsBroker().Clients() {
			if client.HasSubscription(newsTopic) {
				client.Send(message)
			}
		}
	}
	onSchema := func(e *core.CollectionEvent) error {
		tell(e.App)
		return e.Next()
	}
	onView := func(e *core.RecordEvent) error {
		tell(e.App)
		return e.Next()
	}
	app.OnCollectionAfterCreateSuccess().BindFunc(onSchema)
	app.OnCollectionAfterUpdateSuccess().BindFunc(onSchema)
	app.OnCollectionAfterDeleteSuccess().BindFunc(onSchema)
	app.OnRecordAfterCreateSuccess(Views).BindFunc(onView)
	app.OnRecordAfterUpdateSuccess(Views).BindFunc(onView)
	app.OnRecordAfterDeleteSuccess(Views).BindFunc(onView)
}
