package console_test

import (
	"encoding/json"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/console"
)

// handler is the whole server of app, the way serve builds it.
func handler(t testing.TB, app core.App) http.Handler {
	t.Helper()
	var built http.Handler
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return err
		}
		e.Listener = l
		err = e.Next()
		built = e.Server.Handler
		_ = l.Close()
		return err
	})
	_ = apis.Serve(app, apis.ServeConfig{HttpAddr: "127.0.0.1:0"})
	if built == nil {
		t.Fatal("the server has not been built")
	}
	return built
}

func newApp(t testing.TB, editing bool) *tests.TestApp {
	t.Helper()
	app := apptest.New(t)
	console.Bind(app, editing)
	return app
}

func TestExtensionIsServedFresh(t *testing.T) {
	mux := handler(t, newApp(t, false))
	for path, want := range map[string]string{
		"/_/extensions.js":                          "管理员须知",
		"/_/extensions/yaodian/collections.json":    "plan_duties",
		"/_/extensions/yaodian/collections.json?v=": "plan_duties",
	} {
		rec := httptest.NewRecorder()
		mux.ServeHTTP(rec, httptest.NewRequest("GET", path, nil))
		if rec.Code != 200 || rec.Header().Get("Cache-Control") != "no-cache" || !strings.Contains(rec.Body.String(), want) {
			t.Errorf("%s: %d %q", path, rec.Code, rec.Header().Get("Cache-Control"))
		}
	}
	rec := httptest.NewRecorder()
	mux.ServeHTTP(rec, httptest.NewRequest("GET", "/_/images/logo.svg", nil))
	if !strings.HasPrefix(rec.Header().Get("Cache-Control"), "max-age=") {
		t.Error("the rest of the admin UI should stay cached")
	}
}

// TestControlsFollowTheFlag: whatever is stored, the schema can be edited in
// the browser only where the changes are written down.
func TestControlsFollowTheFlag(t *testing.T) {
	for _, editing := range []bool{false, true} {
		app := newApp(t, editing)
		for _, stored := range []bool{false, true} {
			app.Settings().Meta.HideControls = stored
			if err := app.Save(app.Settings()); err != nil {
				t.Fatal(err)
			}
			if err := app.ReloadSettings(); err != nil {
				t.Fatal(err)
			}
			if app.Settings().Meta.HideControls == editing {
				t.Errorf("editing %v, stored %v: hidden %v", editing, stored, app.Settings().Meta.HideControls)
			}
		}
	}
}

type capability struct {
	Prefix, Name, What string
	Collections        map[string]string
}

// TestEveryCollectionIsExplained: the administrator's page has a line for each
// collection of the schema, and none for one that is gone.
func TestEveryCollectionIsExplained(t *testing.T) {
	raw, err := fs.ReadFile(os.DirFS("ext"), "collections.json")
	if err != nil {
		t.Fatal(err)
	}
	var capabilities []capability
	if err := json.Unmarshal(raw, &capabilities); err != nil {
		t.Fatal(err)
	}
	said := map[string]string{}
	for _, c := range capabilities {
		for name, what := range c.Collections {
			if !strings.HasPrefix(name, c.Prefix) || !strings.HasSuffix(what, "。") {
				t.Errorf("%s under %s: %s", name, c.Prefix, what)
			}
			said[name] = what
		}
	}

	collections, err := apptest.New(t).FindAllCollections()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range collections {
		if c.System {
			continue
		}
		if said[c.Name] == "" {
			t.Errorf("collections.json doesn't explain %s", c.Name)
		}
		delete(said, c.Name)
		for _, f := range c.Fields {
			if !f.GetSystem() && f.Type() != core.FieldTypeAutodate && !hasChineseHelp(f) {
				t.Errorf("%s.%s has no Chinese help", c.Name, f.GetName())
			}
		}
	}
	for name := range said {
		t.Errorf("collections.json explains %s, which doesn't exist", name)
	}
}

func hasChineseHelp(f core.Field) bool {
	raw, err := json.Marshal(f)
	if err != nil {
		return false
	}
	var form struct{ Help string }
	return json.Unmarshal(raw, &form) == nil && strings.HasSuffix(form.Help, "。")
}
