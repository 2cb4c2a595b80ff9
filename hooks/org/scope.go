package org

import (
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
			AtOrBelow("[["+column+"]]", before)).Execute()
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
		Where(AtOrBelow("path", path)).
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
