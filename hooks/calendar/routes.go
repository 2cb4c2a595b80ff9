package calendar

import (
	"net/http"
	"strconv"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
)

func bindRoutes(e *core.ServeEvent) error {
	e.Router.GET("/api/calendar/{year}", showYear).Bind(apis.RequireAuth())
	return e.Next()
}

// showYear answers what differs from Monday to Friday in a year, when its
// festivals fall, and whether its holidays are still unknown.
func showYear(e *core.RequestEvent) error {
	year, _ := strconv.Atoi(e.Request.PathValue("year"))
	if err := CheckYear(year); err != nil {
		return err
	}
	days, err := Load(e.App)
	if err != nil {
		return err
	}
	nodes, err := LoadNodes(e.App)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{
		"year": year, "provisional": days.Provisional(year),
		"days": days.Year(year), "nodes": Occasions(nodes, year),
	})
}
