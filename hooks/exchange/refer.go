package exchange

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/dbutils"
	"github.com/pocketbase/pocketbase/tools/search"

	"yaodian/hooks/exchange/sheet"
)

// batch is how many rows are looked up together; the lists of bound values stay
// well below SQLite's limit.
const batch = 500

// target is a collection that a relation leads to, and what its records go by.
type target struct {
	collection *core.Collection
	label      string   // a name, which may repeat
	codes      []string // what tells them apart, besides the id
}

func targetOf(app core.App, name string) (target, error) {
	c, err := app.FindCachedCollectionByNameOrId(name)
	if err != nil {
		return target{}, err
	}
	t := target{collection: c}
	for _, f := range c.Fields {
		if text, ok := f.(*core.TextField); ok && text.Presentable && !text.Hidden && t.label == "" {
			t.label = text.Name
		}
	}
	add := func(field string) {
		if f, ok := c.Fields.GetByName(field).(*core.TextField); ok && !f.Hidden && field != t.label && !slices.Contains(t.codes, field) {
			t.codes = append(t.codes, field)
		}
	}
	for _, raw := range c.Indexes {
		if index := dbutils.ParseIndex(raw); index.Unique && len(index.Columns) == 1 && index.Columns[0].Name != core.FieldNameTokenKey {
			add(index.Columns[0].Name)
		}
	}
	for _, field := range []string{"code", "short"} {
		add(field)
	}
	return t, nil
}

// named is 张三（1001）: a name and what tells it from others.
var named = regexp.MustCompile(`^(.+)[（(]([^（）()]+)[）)]$`)

// find looks up what people wrote: an id, a code, a name, or a name with a code
// or id. Only what the viewer may see is found.
func (t target) find(app core.App, info *core.RequestInfo, texts []string) (map[string][]*core.Record, error) {
	var all []any
	for _, text := range texts {
		all = append(all, text)
		if m := named.FindStringSubmatch(text); m != nil {
			all = append(all, m[1], m[2])
		}
	}
	var records []*core.Record
	for part := range slices.Chunk(all, batch) {
		some, err := t.where(app, info, t.among(part))
		if err != nil {
			return nil, err
		}
		records = append(records, some...)
	}
	out := map[string][]*core.Record{}
	for _, text := range texts {
		if _, done := out[text]; !done {
			out[text] = t.pick(records, text)
		}
	}
	return out, nil
}

func (t target) among(values []any) dbx.Expression {
	name := t.collection.Name
	any := []dbx.Expression{dbx.In(name+".id", values...)}
	if t.label != "" {
		any = append(any, dbx.In(name+"."+t.label, values...))
	}
	for _, code := range t.codes {
		any = append(any, dbx.In(name+"."+code, values...))
	}
	return dbx.Or(any...)
}

// where lists the records that a condition holds for and the viewer may see.
func (t target) where(app core.App, info *core.RequestInfo, condition dbx.Expression) ([]*core.Record, error) {
	query := app.RecordQuery(t.collection).AndWhere(condition)
	if rule := t.collection.ViewRule; !info.HasSuperuserAuth() {
		if rule == nil {
			return nil, nil
		}
		if err := obey(app, query, t.collection, info, *rule); err != nil {
			return nil, err
		}
	}
	var records []*core.Record
	return records, query.All(&records)
}

// obey narrows a query to what a rule lets through.
func obey(app core.App, query *dbx.SelectQuery, c *core.Collection, info *core.RequestInfo, rule string) error {
	if rule == "" {
		return nil
	}
	resolver := core.NewRecordFieldResolver(app, c, info, true)
	expr, err := search.FilterData(rule).BuildExpr(resolver)
	if err != nil {
		return err
	}
	query.AndWhere(expr)
	return resolver.UpdateQuery(query)
}

// pick is who or what a text means, the surest way first.
func (t target) pick(records []*core.Record, text string) []*core.Record {
	by := func(is func(*core.Record) bool) []*core.Record {
		var out []*core.Record
		for _, r := range records {
			if is(r) && !slices.ContainsFunc(out, func(o *core.Record) bool { return o.Id == r.Id }) {
				out = append(out, r)
			}
		}
		return out
	}
	if found := by(func(r *core.Record) bool { return r.Id == text }); len(found) > 0 {
		return found
	}
	for _, code := range t.codes {
		if found := by(func(r *core.Record) bool { return r.GetString(code) == text }); len(found) > 0 {
			return found
		}
	}
	if t.label == "" {
		return nil
	}
	if found := by(func(r *core.Record) bool { return r.GetString(t.label) == text }); len(found) > 0 {
		return found
	}
	m := named.FindStringSubmatch(text)
	if m == nil {
		return nil
	}
	return by(func(r *core.Record) bool {
		return r.GetString(t.label) == m[1] && (r.Id == m[2] || slices.ContainsFunc(t.codes, func(code string) bool { return r.GetString(code) == m[2] }))
	})
}

// call is how a record is called where its name alone isn't enough.
func (t target) call(r *core.Record) string {
	for _, code := range t.codes {
		if v := r.GetString(code); v != "" {
			return v
		}
	}
	return r.Id
}

// choose is the one record that is meant, or why there isn't one.
func (t target) choose(column sheet.Column, text string, found []*core.Record) (string, *sheet.Problem) {
	switch len(found) {
	case 1:
		return found[0].Id, nil
	case 0:
		return "", &sheet.Problem{Code: "exchange_unknown", Message: fmt.Sprintf("“%s”里的“%s”没有找到，请写全称或编号。", column.Title, text)}
	}
	var calls []string
	for _, r := range found[:min(len(found), 3)] {
		calls = append(calls, t.call(r))
	}
	return "", &sheet.Problem{Code: "exchange_ambiguous", Message: fmt.Sprintf("有 %d 个“%s”，请写明是哪一个：%s。", len(found), text, strings.Join(calls, "、"))}
}

// names writes ids the way find reads them: a name where nobody else has it.
func (t target) names(app core.App, info *core.RequestInfo, ids []string) (map[string]string, error) {
	out := map[string]string{}
	for part := range slices.Chunk(ids, batch) {
		values := make([]any, len(part))
		for i, id := range part {
			values[i] = id
		}
		records, err := t.where(app, info, dbx.In(t.collection.Name+".id", values...))
		if err != nil {
			return nil, err
		}
		shared, err := t.shared(app, records)
		if err != nil {
			return nil, err
		}
		for _, r := range records {
			out[r.Id] = t.name(r, shared)
		}
	}
	return out, nil
}

func (t target) name(r *core.Record, shared map[string]bool) string {
	label := ""
	if t.label != "" {
		label = r.GetString(t.label)
	}
	switch {
	case strings.TrimSpace(label) == "":
		return t.call(r)
	case shared[label]:
		return label + "（" + t.call(r) + "）"
	}
	return label
}

// shared tells the names that more than one record has.
func (t target) shared(app core.App, records []*core.Record) (map[string]bool, error) {
	out := map[string]bool{}
	if t.label == "" || len(records) == 0 {
		return out, nil
	}
	var labels []any
	for _, r := range records {
		labels = append(labels, r.GetString(t.label))
	}
	var names []string
	err := app.ConcurrentDB().Select(t.label).From(t.collection.Name).Where(dbx.In(t.label, labels...)).
		GroupBy(t.label).Having(dbx.NewExp("count(*) > 1")).Column(&names)
	for _, name := range names {
		out[name] = true
	}
	return out, err
}
