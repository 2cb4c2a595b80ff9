// Package pb_migrations is the schema, step by step. schema.golden says what
// all steps add up to.
package pb_migrations

import (
	"fmt"
	"strings"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// The few shapes of fields that every collection uses. A migration that has
// been released never changes what these return: it gets a new constructor.

const (
	datePattern = `^20\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$`
	signedIn    = `@request.auth.id != ""`
)

func text(name, help string) *core.TextField {
	return &core.TextField{Name: name, Max: 200, Help: help}
}

func required(f *core.TextField) *core.TextField {
	f.Required = true
	return f
}

func longText(name, help string) *core.TextField {
	return &core.TextField{Name: name, Max: 200_000, Help: help}
}

// date is a day in Beijing, written YYYY-MM-DD.
func date(name, help string) *core.TextField {
	return &core.TextField{Name: name, Pattern: datePattern, Help: help}
}

// day is a date that may lie in the last century: a birthday, an admission.
func day(name, help string) *core.TextField {
	return &core.TextField{Name: name, Pattern: `^(19|20)\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$`, Help: help}
}

// hidden is what no answer holds and no filter reaches; only superusers see it.
func hidden(f *core.TextField) *core.TextField {
	f.Hidden = true
	return f
}

func optional(f *core.SelectField) *core.SelectField {
	f.Required = false
	return f
}

func choice(name, help string, values ...string) *core.SelectField {
	return &core.SelectField{Name: name, Required: true, MaxSelect: 1, Values: values, Help: help}
}

func whole(name, help string) *core.NumberField {
	return &core.NumberField{Name: name, OnlyInt: true, Help: help}
}

func flag(name, help string) *core.BoolField { return &core.BoolField{Name: name, Help: help} }

func moment(name, help string) *core.DateField { return &core.DateField{Name: name, Help: help} }

func relation(app core.App, name, collection, help string) *core.RelationField {
	c, err := app.FindCollectionByNameOrId(collection)
	if err != nil {
		panic(fmt.Errorf("relation %s: collection %s: %w", name, collection, err))
	}
	return &core.RelationField{Name: name, CollectionId: c.Id, MaxSelect: 1, Help: help}
}

// goesWith makes a record go together with what it refers to: people are
// deleted only when an import is taken back, and what the application has
// logged of them goes, too. What somebody has done never does.
func goesWith(f *core.RelationField) *core.RelationField {
	f.CascadeDelete = true
	return f
}

func requiredRelation(app core.App, name, collection, help string) *core.RelationField {
	f := relation(app, name, collection, help)
	f.Required = true
	return f
}

// scope makes the records of c belong to an organization: the relation, the
// path that rules and indexes use, and the moments of creation and change.
func scope(app core.App, c *core.Collection, orgHelp string) {
	c.Fields.Add(
		requiredRelation(app, "org", "org_units", orgHelp),
		&core.TextField{Name: "org_path", Max: 200, Help: "所属组织的路径。由系统填写，权限按它判断。"},
	)
	c.AddIndex("idx_"+c.Name+"_org", false, "org", "")
	c.AddIndex("idx_"+c.Name+"_org_path", false, "org_path, created", "")
	c.AddIndex("idx_"+c.Name+"_created", false, "created", "")
	stamps(c)
}

func stamps(c *core.Collection) {
	c.Fields.Add(
		&core.AutodateField{Name: "created", OnCreate: true},
		&core.AutodateField{Name: "updated", OnCreate: true, OnUpdate: true},
	)
}

// under is the one rule shape: the record lies where the signed-in person
// holds the power today.
func under(power string) string {
	return fmt.Sprintf(`under(org_path, @request.auth.id, %q) = true`, power)
}

// underNew is under for a record that is being created: org_path is not yet
// filled in, so the organization itself is asked.
func underNew(power string) string {
	return fmt.Sprintf(`under(org.path, @request.auth.id, %q) = true`, power)
}

// choiceOf is a select that a hook fills in when a record is made.
func choiceOf(name, help string, values ...string) *core.SelectField {
	return optional(choice(name, help, values...))
}

// child is a relation to the record that this one belongs to and goes with.
func child(app core.App, name, collection, help string) *core.RelationField {
	f := requiredRelation(app, name, collection, help)
	f.CascadeDelete = true
	return f
}

// underParent is underNew for a record that gets its organization from another.
func underParent(parent, power string) string {
	return `under(` + parent + `.org_path, @request.auth.id, "` + power + `") = true`
}

// self is a record that belongs to the signed-in person.
func self(field string) string {
	return fmt.Sprintf(`mine(%s, @request.auth.id) = true`, field)
}

func either(rules ...string) *string { return types.Pointer(strings.Join(rules, " || ")) }

func all(rules ...string) *string { return types.Pointer(strings.Join(rules, " && ")) }

// unchanged lets a client send a field only with the value it already has.
func unchanged(fields ...string) string {
	parts := make([]string, len(fields))
	for i, f := range fields {
		parts[i] = fmt.Sprintf("@request.body.%s:changed = false", f)
	}
	return strings.Join(parts, " && ")
}

// drop deletes collections, the last one first.
func drop(app core.App, names ...string) error {
	for i := len(names) - 1; i >= 0; i-- {
		c, err := app.FindCollectionByNameOrId(names[i])
		if err != nil {
			return err
		}
		if err := app.Delete(c); err != nil {
			return err
		}
	}
	return nil
}
