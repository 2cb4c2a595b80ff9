package pb_migrations_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/dbutils"

	"yaodian/hooks/apptest"
)

var update = flag.Bool("update", false, "rewrite schema.golden")

// TestSchema prints what all migrations add up to. schema.golden is the page
// to read for "what is the rule of X today?", and its diff is the page to
// review for "what does this migration change?".
func TestSchema(t *testing.T) {
	app := apptest.New(t)

	collections, err := app.FindAllCollections()
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(collections, func(a, b *core.Collection) int { return strings.Compare(a.Name, b.Name) })

	var out strings.Builder
	for _, c := range collections {
		if !c.System {
			describe(&out, c)
		}
	}

	if *update {
		if err := os.WriteFile("schema.golden", []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	golden, _ := os.ReadFile("schema.golden")
	if out.String() != string(golden) {
		t.Fatalf("the schema changed; review it and run: go test ./pb_migrations -update\n%s", out.String())
	}
}

// TestDownAndUp: every migration can be taken back and applied again.
func TestDownAndUp(t *testing.T) {
	app := apptest.New(t)
	runner := core.NewMigrationsRunner(app, core.AppMigrations)

	if _, err := runner.Down(len(core.AppMigrations.Items())); err != nil {
		t.Fatal(err)
	}
	if _, err := runner.Up(); err != nil {
		t.Fatal(err)
	}
}

func describe(out *strings.Builder, c *core.Collection) {
	fmt.Fprintf(out, "%s (%s)\n", c.Name, c.Type)
	for _, r := range []struct {
		name string
		rule *string
	}{{"list", c.ListRule}, {"view", c.ViewRule}, {"create", c.CreateRule}, {"update", c.UpdateRule}, {"delete", c.DeleteRule}} {
		switch {
		case r.rule == nil:
			fmt.Fprintf(out, "  %-6s superusers\n", r.name)
		case *r.rule == "":
			fmt.Fprintf(out, "  %-6s EVERYONE\n", r.name)
		default:
			fmt.Fprintf(out, "  %-6s %s\n", r.name, *r.rule)
		}
	}
	for _, f := range c.Fields {
		if !f.GetSystem() {
			fmt.Fprintf(out, "  . %-12s %s\n", f.GetName(), f.Type())
		}
	}
	for _, index := range c.Indexes {
		fmt.Fprintf(out, "  # %s\n", index)
	}
	out.WriteString("\n")
}

// TestEveryFieldIsExplained: who opens a collection in the admin UI reads in
// Chinese what each field is for. Autodate fields can't carry a help text.
func TestEveryFieldIsExplained(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	collections, err := app.FindAllCollections()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range collections {
		if c.System {
			continue
		}
		for _, f := range c.Fields {
			if f.GetSystem() || f.Type() == core.FieldTypeAutodate {
				continue
			}
			raw, err := json.Marshal(f)
			if err != nil {
				t.Fatal(err)
			}
			var field struct{ Help string }
			if err := json.Unmarshal(raw, &field); err != nil {
				t.Fatal(err)
			}
			if field.Help == "" {
				t.Errorf("Expected %s.%s to have a help text, got none", c.Name, f.GetName())
			}
		}
	}
}

// TestNobodyIsEverybody: no rule is open to guests, and a rule that compares
// with the signed-in person first asks that there is one.
func TestNobodyIsEverybody(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	collections, err := app.FindAllCollections()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range collections {
		if c.System {
			continue
		}
		for name, rule := range map[string]*string{"list": c.ListRule, "view": c.ViewRule, "create": c.CreateRule, "update": c.UpdateRule, "delete": c.DeleteRule} {
			if rule == nil {
				continue
			}
			if *rule == "" {
				t.Errorf("Expected %s of %s to be refused to guests, got an empty rule", name, c.Name)
			}
			own := strings.Count(*rule, "= @request.auth.id")
			if asked := strings.Count(*rule, `@request.auth.id != ""`); asked < own {
				t.Errorf("Expected %s of %s to ask for a signed-in person %d times, got %d", name, c.Name, own, asked)
			}
		}
	}
}

// TestEveryRelationIsIndexed: a relation that rules, filters and cascades
// follow has an index that begins with it.
func TestEveryRelationIsIndexed(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	collections, err := app.FindAllCollections()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range collections {
		if c.System || c.IsView() {
			continue
		}
		for _, f := range c.Fields {
			if f.Type() == core.FieldTypeRelation && !indexed(c, f.GetName()) {
				t.Errorf("Expected an index on %s.%s, got none", c.Name, f.GetName())
			}
		}
	}
}

func indexed(c *core.Collection, field string) bool {
	for _, raw := range c.Indexes {
		index := dbutils.ParseIndex(raw)
		if len(index.Columns) > 0 && index.Columns[0].Name == field {
			return true
		}
	}
	return false
}
