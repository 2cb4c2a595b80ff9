package org

import (
	"fmt"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
)

// bindScope fills in org_path wherever a collection has both org and org_path,
// those that an administrator makes in the browser included.
func bindScope(app core.App) {
	kit.OnEverySave(app, placeRecord)
}

func placeRecord(e *core.RecordEvent) error {
	if !isScoped(e.Record.Collection()) {
		return e.Next()
	}
	unit, err := Find(e.App, e.Record.GetString("org"))
	if err != nil || unit.Path() == "" {
		return kit.Reject("org", "org_unit_missing", "没有找到这个组织，请重新选择。")
	}
	e.Record.Set("org_path", unit.Path())
	return e.Next()
}

func isScoped(c *core.Collection) bool {
	return c.Fields.GetByName("org_path") != nil && c.Fields.GetByName("org") != nil
}

// moveSubtree rewrites the prefix of every path below a unit that moved, in
// one UPDATE per collection, and derives the authority of all whom it touches.
func moveSubtree(app core.App, before, after string) error {
	touched, err := peopleUnder(app, before)
	if err != nil {
		return err
	}
	collections, err := app.FindAllCollections()
	if err != nil {
		return err
	}
	for _, c := range collections {
		column := ""
		switch {
		case c.Name == Units:
			column = "path"
		case !c.IsView() && isScoped(c):
			column = "org_path"
		default:
			continue
		}
		_, err := app.DB().Update(c.Name,
			dbx.Params{column: dbx.NewExp("{:after} || substr([["+column+"]], {:cut})", dbx.Params{"after": after, "cut": len(before) + 1})},
			dbx.NewExp("[["+column+"]] >= {:lo} AND [["+column+"]] < {:hi}", dbx.Params{"lo": before, "hi": Upper(before)})).Execute()
		if err != nil {
			return err
		}
	}
	if err := checkDepth(app, after); err != nil {
		return err
	}
	return Rebuild(app, kit.Today(app), touched...)
}

// checkDepth: no unit of a moved subtree ends up too deep.
func checkDepth(app core.App, path string) error {
	var deepest string
	err := app.DB().Select("path").From(Units).
		Where(dbx.NewExp("path >= {:lo} AND path < {:hi}", dbx.Params{"lo": path, "hi": Upper(path)})).
		OrderBy("length(path) - length(replace(path, '/', '')) DESC").Limit(1).Row(&deepest)
	if err != nil {
		return err
	}
	return CheckPlace(strings.TrimSuffix(deepest, lastSegment(deepest)), "", "")
}

func lastSegment(path string) string {
	parts := strings.Split(strings.Trim(path, "/"), "/")
	return parts[len(parts)-1] + "/"
}

// peopleUnder is everybody who belongs or holds a post below path.
func peopleUnder(app core.App, path string) ([]string, error) {
	var ids []string
	err := app.DB().NewQuery(`SELECT id FROM people WHERE org_path >= {:lo} AND org_path < {:hi}
		UNION SELECT person FROM org_posts WHERE org_path >= {:lo} AND org_path < {:hi}`).
		Bind(dbx.Params{"lo": path, "hi": Upper(path)}).Column(&ids)
	return ids, err
}

// Inherit gives the records of a collection the organization of the record
// that a relation points to, and whatever else both call by the same name:
// nobody sends it, nobody chooses another.
func Inherit(app core.App, collection, parent string, also ...string) {
	fill := func(e *core.RecordEvent) error { return inherit(e, parent, also) }
	kit.On(app.OnRecordCreate(collection), fill)
	kit.On(app.OnRecordUpdate(collection), fill)
}

func inherit(e *core.RecordEvent, parent string, also []string) error {
	above, err := parentOf(e, parent)
	if err != nil {
		return err
	}
	for _, field := range append([]string{"org"}, also...) {
		e.Record.Set(field, above.GetString(field))
	}
	return e.Next()
}

// parentOf finds the record that another belongs to, and always will.
func parentOf(e *core.RecordEvent, parent string) (*core.Record, error) {
	if !e.Record.IsNew() {
		stored, err := kit.Stored(e)
		if err != nil {
			return nil, err
		}
		if _, changed := kit.Changed(e.Record, stored, parent); changed {
			return nil, kit.Reject(parent, "org_parent_fixed", "已经登记的记录不能改挂到别处；请删除后重新登记。")
		}
	}
	f, ok := e.Record.Collection().Fields.GetByName(parent).(*core.RelationField)
	if !ok {
		return nil, fmt.Errorf("%s.%s is no relation", e.Record.Collection().Name, parent)
	}
	above, err := e.App.FindRecordById(f.CollectionId, e.Record.GetString(parent))
	if err != nil {
		return nil, kit.Reject(parent, "org_parent_missing", "没有找到它所属的记录，请刷新页面后重试。")
	}
	return above, nil
}
