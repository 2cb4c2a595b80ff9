package exchange_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"yaodian/hooks/apptest"
	"yaodian/hooks/exchange"
	"yaodian/hooks/exchange/sheet"
)

// What a table of documents looks like follows from the schema alone.
func TestDerived(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	c, err := app.FindCollectionByNameOrId("documents")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	d := exchange.Describe(app, c)
	for _, column := range d.Columns {
		got = append(got, fmt.Sprint(column.Field, " ", column.Title, " ", column.Kind))
	}
	for _, want := range []string{"year 所属年度 whole", "due 应当完成的日期 date", "number 发文字号 text", "issued_on 印发日期 date", "org 负责起草的组织 reference", "id 系统编号 code"} {
		if !slices.Contains(got, want) {
			t.Errorf("Expected %s in %q", want, got)
		}
	}
	for _, absent := range []string{"org_path", "file", "created"} {
		if _, ok := d.Column(absent); ok {
			t.Errorf("%s is described", absent)
		}
	}
	state, _ := d.Column("state")
	if state.Title != "进度" || state.Options[1].Word != "起草中" || !state.Required {
		t.Errorf("%+v", state)
	}
}

// Titles are unique in every collection, or a table couldn't be read back.
func TestEveryTitleIsItsOwn(t *testing.T) {
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
		seen := map[string]string{}
		for _, column := range exchange.Describe(app, c).Columns {
			if other, twice := seen[column.Title]; twice || column.Title == "" {
				t.Errorf("%s: %s and %s are both called “%s”", c.Name, other, column.Field, column.Title)
			}
			seen[column.Title] = column.Field
		}
	}
}

// The roster lists the sixteen official items; fields that people don't have
// yet are passed over, and nothing else of them is forgotten.
func TestRosterFields(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	c, err := app.FindCollectionByNameOrId("people")
	if err != nil {
		t.Fatal(err)
	}
	d := exchange.Describe(app, c)
	lacking := exchange.Lacking(app, c)
	t.Logf("not stored yet: %s", strings.Join(lacking, " "))
	for _, field := range []string{"name", "kind", "org", "mobile", "number", "state", "title"} {
		if _, ok := d.Column(field); !ok || slices.Contains(lacking, field) {
			t.Errorf("%s is missing", field)
		}
	}
	for _, column := range d.Columns {
		if c.Fields.GetByName(column.Field) == nil {
			t.Errorf("%s isn't stored", column.Field)
		}
		for _, o := range column.Options {
			if got, _, err := column.Value(sheet.Cell{Shown: o.Word}, sheet.From1900); err != nil || got != o.Value {
				t.Errorf("%s: %s is read as %v, %v", column.Field, o.Word, got, err)
			}
		}
	}
}
