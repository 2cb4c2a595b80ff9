package ledgers

import (
	"errors"
	"fmt"
	"net/http"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/condition"
	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// Cell is how many records an organization has in a month (YYYY-MM).
type Cell struct {
	Org     string `db:"cell_org" json:"org"`
	Month   string `db:"cell_month" json:"month"`
	Records int    `db:"records" json:"records"`
}

// showHeat counts the records of a ledger by organization and month: those that
// the list shows the caller, narrowed by ?filter= as the list is.
func showHeat(e *core.RequestEvent) error {
	c, err := e.App.FindCachedCollectionByNameOrId(e.Request.PathValue("collection"))
	if err != nil || c.System || c.ListRule == nil && !e.HasSuperuserAuth() {
		return e.NotFoundError("", err)
	}
	views, err := viewsOf(e.App)
	if err != nil {
		return err
	}
	info, err := e.RequestInfo()
	if err != nil {
		return err
	}
	cells, err := heat(e.App, c, views[c.Name], info, e.Request.URL.Query().Get("filter"))
	if err != nil {
		return e.BadRequestError("", err)
	}
	return e.JSON(http.StatusOK, cells)
}

func heat(app core.App, c *core.Collection, v *View, info *core.RequestInfo, filter string) ([]Cell, error) {
	var l Ledger
	l.fill(app, c, v, viewer{})
	place, month := l.place(), monthOf(c, l.DateField)
	if place == "" || month == "" {
		return nil, kit.Reject("collection", "ledgers_no_heat", "这本台账没有组织或者日期，不能按组织和月份统计。")
	}
	query := app.ConcurrentDB().Select(
		fmt.Sprintf("%s.%s AS cell_org", c.Name, place), month+" AS cell_month", fmt.Sprintf("count(DISTINCT [[%s.id]]) AS records", c.Name),
	).From(c.Name).AndWhere(dbx.NewExp(month+" != ''")).GroupBy("cell_org", "cell_month").OrderBy("cell_org", "cell_month")
	err := condition.Listed(app, query, c, info, filter, "")
	if errors.Is(err, condition.ErrAsked) {
		return nil, kit.Reject("filter", "ledgers_filter", "筛选条件的写法不对，请检查。")
	}
	if err != nil {
		return nil, err
	}
	cells := []Cell{}
	return cells, query.All(&cells)
}

// place is the field that says whose a record is: the first relation to one
// organization.
func (l *Ledger) place() string {
	i := slices.IndexFunc(l.Fields, func(f Field) bool { return f.To == org.Units && !f.Many })
	if i < 0 {
		return ""
	}
	return l.Fields[i].Name
}

// monthOf is the month of a date field in SQL; moments lie in Beijing time.
func monthOf(c *core.Collection, name string) string {
	switch f := c.Fields.GetByName(name).(type) {
	case nil:
		return ""
	case *core.TextField:
		return fmt.Sprintf("substr([[%s.%s]], 1, 7)", c.Name, f.Name)
	default:
		return fmt.Sprintf("coalesce(strftime('%%Y-%%m', [[%s.%s]], '+8 hours'), '')", c.Name, f.GetName())
	}
}
