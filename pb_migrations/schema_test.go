package pb_migrations_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"

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
