package ledgers_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"

	"yaodian/hooks/apptest"
	"yaodian/hooks/ledgers"
)

// TestOpenAPI holds the document to the real server: every documented route
// exists, and every record that it answers has the documented shape.
func TestOpenAPI(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	document(t, s.App)
	var doc struct {
		OpenAPI    string
		Paths      map[string]map[string]any
		Components struct {
			Schemas map[string]struct {
				Properties map[string]struct{ Type string }
			}
		}
	}
	read(t, s, apptest.Clerk, "/api/openapi.json", &doc)
	if doc.OpenAPI != "3.1.0" {
		t.Errorf("Expected 3.1.0, got %s", doc.OpenAPI)
	}
	for path, methods := range doc.Paths {
		for method := range methods {
			if method == "parameters" {
				continue
			}
			url := strings.NewReplacer("{id}", "x", "{collection}", "documents", "{number}", "4").Replace(path)
			if answer := s.Do(t, apptest.Guest, strings.ToUpper(method), url, map[string]any{}); answer.Status == 404 && !strings.Contains(path, "/records") {
				t.Errorf("%s %s: the route doesn't exist", method, path)
			}
		}
	}
	for name, schema := range doc.Components.Schemas {
		if name == "Error" {
			continue
		}
		answer := s.Do(t, apptest.Keeper, "GET", apptest.URL(name)+"?perPage=5", nil)
		answer.Want(t, 200)
		var list struct{ Items []map[string]any }
		if err := json.Unmarshal([]byte(answer.Body), &list); err != nil {
			t.Fatal(err)
		}
		for _, item := range list.Items {
			for field, value := range item {
				checkValue(t, name, field, schema.Properties[field].Type, value)
			}
		}
	}
}

func checkValue(t *testing.T, collection, field, want string, value any) {
	t.Helper()
	got := map[bool]string{}
	switch value.(type) {
	case string:
		got[true] = "string"
	case float64:
		got[true] = "number"
	case bool:
		got[true] = "boolean"
	case []any:
		got[true] = "array"
	default:
		return // any JSON
	}
	if want != "" && got[true] != want {
		t.Errorf("%s.%s: Expected %s, got %v", collection, field, want, value)
	}
}

func TestTypes(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	s.Do(t, apptest.Clerk, "GET", "/api/types.ts", nil).Want(t, 200,
		"export interface Documents {", `state: "planned" | "drafting"`, "documents: Documents;", "powers: (")
}

var route = regexp.MustCompile(`\.(GET|POST|PUT|PATCH|DELETE)\("(/api/[^"]+)"`)

// TestEveryRouteIsDocumented: whatever route a capability binds is in the
// OpenAPI document.
func TestEveryRouteIsDocumented(t *testing.T) {
	t.Parallel()
	doc, err := ledgers.OpenAPI(apptest.New(t))
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	err = fs.WalkDir(os.DirFS(".."), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return err
		}
		source, err := os.ReadFile(path.Join("..", name))
		for _, m := range route.FindAllStringSubmatch(string(source), -1) {
			found++
			methods, _ := doc["paths"].(map[string]any)[m[2]].(map[string]any)
			if methods[strings.ToLower(m[1])] == nil {
				t.Errorf("%s binds %s %s, which routes.json doesn't document", name, m[1], m[2])
			}
		}
		return err
	})
	if err != nil || found < 50 {
		t.Errorf("Expected to find the routes of the application, got %d %v", found, err)
	}
}
