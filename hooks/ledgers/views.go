package ledgers

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/search"

	"yaodian/hooks/kit"
)

// View is how a collection is shown where the schema alone doesn't say it.
type View struct{ core.BaseRecordProxy }

// Collection is the name of the collection that the view shows.
func (v *View) Collection() string { return v.GetString("collection") }

// Columns are the fields of the list, in order.
func (v *View) Columns() []string { return strings.Fields(v.GetString("columns")) }

// Items are the numbers of the plan's items that the ledger serves.
func (v *View) Items() []int {
	out := []int{}
	for _, s := range strings.Fields(v.GetString("items")) {
		if n, err := strconv.Atoi(s); err == nil {
			out = append(out, n)
		}
	}
	return out
}

// Labels are the names of fields that differ from the first words of their help.
func (v *View) Labels() map[string]string {
	labels := map[string]string{}
	_ = v.UnmarshalJSONField("labels", &labels) // an empty field has none
	return labels
}

// viewsOf reads all views, by collection.
func viewsOf(app core.App) (map[string]*View, error) {
	var list []*View
	if err := app.RecordQuery(Views).OrderBy("sort", "title").All(&list); err != nil {
		return nil, err
	}
	out := make(map[string]*View, len(list))
	for _, v := range list {
		out[v.Collection()] = v
	}
	return out, nil
}

// saveView refuses a view that couldn't be drawn.
func saveView(e *core.RecordEvent) error {
	v := &View{}
	v.SetProxyRecord(e.Record)
	c, err := e.App.FindCollectionByNameOrId(v.Collection())
	if err != nil || c.System {
		return kit.Reject("collection", "ledgers_collection_unknown", fmt.Sprintf("没有“%s”这个数据表。", v.Collection()))
	}
	if err := checkNames(c, v); err != nil {
		return err
	}
	if err := CheckFilter(e.App, c, "filter", v.GetString("filter")); err != nil {
		return err
	}
	return e.Next()
}

func checkNames(c *core.Collection, v *View) error {
	for field, names := range map[string][]string{
		"columns": v.Columns(), "state_field": words(v.GetString("state_field")), "date_field": words(v.GetString("date_field")),
		"sort_by": sortNames(v.GetString("sort_by")), "labels": keys(v.Labels()),
	} {
		for _, name := range names {
			if f := c.Fields.GetByName(name); f == nil || f.GetHidden() {
				return kit.Reject(field, "ledgers_field_unknown", fmt.Sprintf("数据表“%s”没有“%s”这个字段。", c.Name, name))
			}
		}
	}
	return nil
}

func words(s string) []string { return strings.Fields(s) }

func sortNames(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == '-' || r == '+' || r == ' ' })
}

func keys(m map[string]string) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	return out
}

// CheckFilter refuses a condition in PocketBase's filter language that the
// collection can't answer; empty is no condition.
func CheckFilter(app core.App, c *core.Collection, field, filter string) error {
	if strings.TrimSpace(filter) == "" {
		return nil
	}
	resolver := core.NewRecordFieldResolver(app, c, &core.RequestInfo{}, true)
	if _, err := search.FilterData(filter).BuildExpr(resolver); err != nil {
		return kit.Reject(field, "ledgers_filter_broken", fmt.Sprintf("条件写得不对（%s），请检查字段名和引号。", err))
	}
	return nil
}

// holds reports whether a stored record meets a condition.
func holds(app core.App, r *core.Record, condition string) (bool, error) {
	filter := "id = {:id}"
	if strings.TrimSpace(condition) != "" {
		filter += " && (" + condition + ")"
	}
	found, err := app.FindRecordsByFilter(r.Collection(), filter, "", 1, 0, dbx.Params{"id": r.Id})
	return len(found) > 0, err
}
