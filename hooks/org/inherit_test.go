package org_test

import (
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/org"
)

// lines is an application with a collection whose records hang from posts.
func lines(t *testing.T, bind func(app core.App)) *tests.TestApp {
	t.Helper()
	app := apptest.New(t)
	bind(app)
	c := core.NewBaseCollection("lines")
	for _, field := range []struct{ name, of string }{{"post", org.Posts}, {"org", org.Units}} {
		of, err := app.FindCollectionByNameOrId(field.of)
		if err != nil {
			t.Fatal(err)
		}
		c.Fields.Add(&core.RelationField{Name: field.name, CollectionId: of.Id, MaxSelect: 1, Required: field.name == "org", Help: "任职。"})
	}
	c.Fields.Add(&core.TextField{Name: "org_path"}, &core.TextField{Name: "note"})
	if err := app.Save(c); err != nil {
		t.Fatal(err)
	}
	return app
}

// A child lies where its parent lies, whatever it says, and stays there.
func TestInherit(t *testing.T) {
	t.Parallel()
	app := lines(t, func(app core.App) { org.Inherit(app, "lines", "post") })
	post := apptest.First(t, app, org.Posts, "person", apptest.Person(t, app, apptest.Branch).Id)
	line := apptest.Make(t, app, "lines", map[string]any{"post": post.Id, "org": "@zb2"})
	if line.GetString("org") != apptest.Unit(t, app, "zb1").Id || line.GetString("org_path") != "/jd/zb1/" {
		t.Errorf("Expected the line at zb1, got %s", line.GetString("org_path"))
	}
	line.Set("org", apptest.Unit(t, app, "zb2").Id)
	if err := app.SaveNoValidate(line); err != nil || line.GetString("org_path") != "/jd/zb1/" {
		t.Errorf("Expected the line to stay at zb1, got %s, %v", line.GetString("org_path"), err)
	}
	other := apptest.First(t, app, org.Posts, "person", apptest.Person(t, app, apptest.Neighbour).Id)
	apptest.Refused(t, "another parent", apptest.Save(app, line, map[string]any{"post": other.Id}), "org_parent_fixed")
	_, err := apptest.Try(app, "lines", map[string]any{"post": "nowhere"})
	apptest.Refused(t, "no parent", err, "org_parent_missing")
}

// What only grows is neither changed nor deleted.
func TestGrow(t *testing.T) {
	t.Parallel()
	app := lines(t, func(app core.App) { org.Grow(app, "lines") })
	line := apptest.Make(t, app, "lines", map[string]any{"org": "@zb1"})
	line.Set("note", "改")
	apptest.Refused(t, "changed", app.Save(line), "lines_fixed")
	apptest.Refused(t, "changed without validation", app.SaveNoValidate(line), "lines_fixed")
	apptest.Refused(t, "deleted", app.Delete(line), "lines_fixed")
}
