package ledgers

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/condition"
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

// TitleOf is what people call a collection: by its view, or else by its name.
func TitleOf(app core.App, collection string) string {
	view, err := app.FindFirstRecordByData(Views, "collection", collection)
	if err != nil || view.GetString("title") == "" {
		return collection
	}
	return view.GetString("title")
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
	if err := checkCondition(e.App, c.Name, "filter", v.GetString("filter")); err != nil {
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

// checkCondition refuses a condition that the records of a collection can't be
// asked, at the field where it was written.
func checkCondition(app core.App, collection, field, text string) error {
	err := condition.Check(app, collection, text)
	if broken := kit.Violations(err); len(broken) > 0 {
		return kit.Reject(field, "ledgers_filter_broken", broken[0].Error())
	}
	return err
}
