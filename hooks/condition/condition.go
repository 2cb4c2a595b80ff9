// Package condition asks whether something holds of a record (条件), in PocketBase's
// own filter language: what an administrator writes above a list is what they
// write into a rule.
package condition

import (
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/search"
	"github.com/pocketbase/pocketbase/tools/security"

	"yaodian/hooks/kit"
)

// Holds reports whether a condition in PocketBase's filter language is true of a
// record as it is in memory: unsaved, changed or stored. It asks the database
// about a table of that one row, in app's transaction if there is one. Nobody's
// rights play a part, superusers' included.
func Holds(app core.App, record *core.Record, condition string) (bool, error) {
	if condition == "" {
		return true, nil
	}
	row := *record.Collection()
	suffix := "__as_is_" + security.PseudorandomString(6)
	row.Id, row.Name = row.Id+suffix, row.Name+suffix

	with, params, err := oneRow(app, record, row.Name)
	if err != nil {
		return false, err
	}
	query := app.ConcurrentDB().Select("(1)").PreFragment(with).From(row.Name).AndBind(params).Limit(1)
	if err := Narrow(app, query, &row, &core.RequestInfo{}, condition); err != nil {
		return false, err
	}
	var one int
	err = query.Row(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return one == 1, err
}

// oneRow is a table of name that holds the record and nothing else, as SQL.
func oneRow(app core.App, record *core.Record, name string) (with string, params dbx.Params, err error) {
	clone := record.Clone()
	if clone.Id == "" {
		clone.Id = "__new__"
	}
	columns, err := clone.DBExport(app)
	if err != nil {
		return "", nil, err
	}
	params = dbx.Params{}
	cells := make([]string, 0, len(columns))
	for column, value := range columns {
		params["as_is_"+column] = value
		cells = append(cells, "{:as_is_"+column+"} AS [["+column+"]]")
	}
	return "WITH {{" + name + "}} AS (SELECT " + strings.Join(cells, ", ") + ")", params, nil
}

// Matching is which of the records of a collection with these ids a condition is
// true of, in one query.
func Matching(app core.App, collection, condition string, ids []any) (map[string]bool, error) {
	c, err := app.FindCachedCollectionByNameOrId(collection)
	if err != nil {
		return nil, err
	}
	query := app.ConcurrentDB().Select(c.Name + ".id").Distinct(true).From(c.Name).AndWhere(dbx.In(c.Name+".id", ids...))
	if err := Narrow(app, query, c, &core.RequestInfo{}, condition); err != nil {
		return nil, err
	}
	var list []string
	if err := query.Column(&list); err != nil {
		return nil, err
	}
	out := map[string]bool{}
	for _, id := range list {
		out[id] = true
	}
	return out, nil
}

// Narrow leaves of a query on c what a rule or a condition lets through for the
// request; an empty one lets everything through.
func Narrow(app core.App, query *dbx.SelectQuery, c *core.Collection, info *core.RequestInfo, rule string) error {
	if rule == "" {
		return nil
	}
	resolver := core.NewRecordFieldResolver(app, c, info, true)
	where, err := search.FilterData(rule).BuildExpr(resolver)
	if err != nil {
		return err
	}
	return resolver.UpdateQuery(query.AndWhere(where))
}

// ErrAsked is wrapped by what Listed says of a filter or a sort that can't be read.
var ErrAsked = errors.New("the filter or the sort can't be read")

// Listed leaves of a query on c what a list of it shows: the records that the
// list rule opens to the request, those of them that the viewer's filter asks
// for, in the order of their sort. A viewer can't ask about what is hidden from
// them. A collection without a list rule shows superusers everything and others
// nothing.
func Listed(app core.App, query *dbx.SelectQuery, c *core.Collection, info *core.RequestInfo, filter, sort string) error {
	resolver, super := core.NewRecordFieldResolver(app, c, info, true), info.HasSuperuserAuth()
	switch {
	case super:
	case c.ListRule == nil:
		query.AndWhere(dbx.NewExp("1 = 2"))
	case *c.ListRule != "":
		rule, err := search.FilterData(*c.ListRule).BuildExpr(resolver)
		if err != nil {
			return err
		}
		query.AndWhere(rule)
	}
	resolver.SetAllowHiddenFields(super)
	if err := asked(query, resolver, filter, sort); err != nil {
		return fmt.Errorf("%w: %w", ErrAsked, err)
	}
	return resolver.UpdateQuery(query)
}

// asked applies a viewer's own filter and sort.
func asked(query *dbx.SelectQuery, resolver *core.RecordFieldResolver, filter, sort string) error {
	if len(filter) > search.MaxFilterLength {
		return search.ErrFilterLengthLimit
	}
	if strings.Contains(filter+sort, "@request.") || strings.Contains(filter+sort, "@collection.") {
		return errors.New("a viewer asks about the fields of records only")
	}
	if strings.TrimSpace(filter) != "" {
		where, err := search.FilterData(filter).BuildExpr(resolver)
		if err != nil {
			return err
		}
		query.AndWhere(where)
	}
	if sort == "" {
		return nil
	}
	for _, field := range search.ParseSortFromString(sort) {
		order, err := field.BuildExpr(resolver)
		if err != nil {
			return err
		}
		if order != "" {
			query.AndOrderBy(order)
		}
	}
	return nil
}

// Check: a condition speaks of fields that its subject has. It is tried
// on an empty record, so what SQL refuses is found, too.
func Check(app core.App, subject, condition string) error {
	c, err := app.FindCachedCollectionByNameOrId(subject)
	if err != nil {
		return kit.Reject("subject", "condition_subject_unknown", fmt.Sprintf("没有“%s”这个数据表。", subject))
	}
	if strings.Contains(condition, "@request.") { // a misspelt one would be read as nothing, without an error
		return kit.Reject("condition", "condition_request", "条件只能说记录的字段，不能用 @request。")
	}
	if _, err := Holds(app, core.NewRecord(c), condition); err != nil {
		return kit.Reject("condition", "condition_wrong", sentence(err, c.Name))
	}
	return nil
}

var quoted = regexp.MustCompile(`unknown (field|function) \\?"([^"\\]+)`)

func sentence(err error, collection string) string {
	m := quoted.FindStringSubmatch(err.Error())
	switch {
	case m == nil:
		return "条件的写法不对，应当像 org.kind = 'branch' && snapshot.amount >= 100000。"
	case m[1] == "function":
		return fmt.Sprintf("条件里没有“%s”这个函数。", m[2])
	}
	return fmt.Sprintf("条件里的“%s”不是 %s 的字段。", m[2], collection)
}
