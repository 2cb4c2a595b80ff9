package apptest

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"
)

// Policy says who may do what with the records of a collection. Table has one
// line per person and one column per action:
//
//	who      list view create update delete
//	guest    0    404  400    404    404
//	clerk    3    200  200    200    204
//
// Under list stands how many records the person sees, or the status if it is
// 400 or more; under the others the status.
type Policy struct {
	Collection string
	// App starts the application; New if nil.
	App func(t testing.TB) *tests.TestApp
	// Record makes or finds the record that is viewed, updated and deleted,
	// and whatever else shall be there.
	Record func(t testing.TB, app *tests.TestApp) *core.Record
	// Create is what is sent to create a record. Values of the form "@code"
	// stand for the id of that unit, "#number" for that of a person, "$key"
	// for that of a role.
	Create map[string]any
	// Update is what is sent to update the record.
	Update map[string]any
	Table  string
}

// Test asks everything in the table, each person on an application of their
// own. What is refused must have left every record as it was.
func (p Policy) Test(t *testing.T) {
	t.Helper()
	var columns []string
	for line := range strings.Lines(p.Table) {
		cells := strings.Fields(line)
		if len(cells) == 0 {
			continue
		}
		if columns == nil {
			columns = cells
			continue
		}
		if len(cells) != len(columns) {
			t.Fatalf("%q has %d cells, want %d", line, len(cells), len(columns))
		}
		t.Run(p.Collection+"/"+cells[0], func(t *testing.T) {
			t.Parallel()
			p.ask(t, cells[0], columns[1:], cells[1:])
		})
	}
}

func (p Policy) ask(t *testing.T, who string, actions, cells []string) {
	start := New
	if p.App != nil {
		start = p.App
	}
	s := Serve(t, start(t))
	record := p.Record(t, s.App)
	number := map[string]string{"guest": Guest}
	if _, ok := number[who]; !ok {
		number[who] = who
	}
	s.Token(t, number[who])

	for i, action := range actions {
		want, err := strconv.Atoi(cells[i])
		if err != nil {
			t.Fatalf("%s: %q is not a number", action, cells[i])
		}
		before := rows(t, s.App, p.Collection)
		method, url, body := p.request(t, s.App, action, record.Id)
		answer := s.Do(t, number[who], method, url, body)

		if action == "list" && want < 400 {
			if got := answer.Count(); got != want {
				t.Errorf("list: Expected %d records, got %d: %s", want, got, answer.Short())
			}
			continue
		}
		if answer.Status != want {
			t.Errorf("%s: Expected status %d, got %d: %s", action, want, answer.Status, answer.Short())
		}
		if want >= 400 && !slices.Equal(before, rows(t, s.App, p.Collection)) {
			t.Errorf("%s: was refused and yet changed a record", action)
		}
	}
}

func (p Policy) request(t testing.TB, app core.App, action, id string) (method, url string, body any) {
	switch action {
	case "list":
		return http.MethodGet, URL(p.Collection) + "?perPage=500", nil
	case "view":
		return http.MethodGet, URL(p.Collection, id), nil
	case "create":
		return http.MethodPost, URL(p.Collection), Named(t, app, p.Create)
	case "update":
		return http.MethodPatch, URL(p.Collection, id), Named(t, app, p.Update)
	case "delete":
		return http.MethodDelete, URL(p.Collection, id), nil
	}
	t.Fatalf("unknown action %q", action)
	return "", "", nil
}

// Named replaces "@code", "#number" and "$key" in data by the ids of the unit,
// the person and the role.
func Named(t testing.TB, app core.App, data map[string]any) map[string]any {
	t.Helper()
	out := map[string]any{}
	for field, value := range data {
		out[field] = value
		text, ok := value.(string)
		if !ok || len(text) < 2 {
			continue
		}
		switch text[0] {
		case '@':
			out[field] = Unit(t, app, text[1:]).Id
		case '#':
			out[field] = Person(t, app, text[1:]).Id
		case '$':
			out[field] = Role(t, app, text[1:]).Id
		}
	}
	return out
}

// Make is Create with the names of Named.
func Make(t testing.TB, app core.App, collection string, data map[string]any) *core.Record {
	t.Helper()
	return Create(t, app, collection, Named(t, app, data))
}

// rows is every record of a collection as the database has it.
func rows(t testing.TB, app core.App, collection string) []string {
	t.Helper()
	records, err := app.FindAllRecords(collection)
	if err != nil {
		t.Fatal(err)
	}
	out := make([]string, len(records))
	for i, r := range records {
		data, err := r.DBExport(app)
		if err != nil {
			t.Fatal(err)
		}
		out[i] = fmt.Sprint(data)
	}
	slices.Sort(out)
	return out
}
