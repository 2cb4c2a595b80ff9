package web

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	_ "github.com/pocketbase/pocketbase/migrations"
)

var folder = fstest.MapFS{
	"index.html":         {Data: []byte(`<script type="module" src="/b/%BUILD%/js/app.js"></script>`)},
	"404.html":           {Data: []byte(`<h1>没有这个页面</h1>`)},
	"js/app.js":          {Data: []byte(strings.Repeat("export const a = 1;\n", 99))},
	"vendor/vendor.lock": {Data: []byte("x")},
	"vendor/vendor.sh":   {Data: []byte("x")},
	".env":               {Data: []byte("x")},
	".git/a.txt":         {Data: []byte("x")},
	"m.webmanifest":      {Data: []byte("{}")},
	"seal.png":           {Data: []byte("png")},
}

// site serves folder through PocketBase's own router and returns a getter that
// follows nothing and unpacks nothing.
func site(t *testing.T) func(path string, header ...string) (*http.Response, string) {
	t.Helper()
	app := core.NewBaseApp(core.BaseAppConfig{DataDir: t.TempDir()})
	if err := app.Bootstrap(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = app.ClearBootstrap() })
	if err := app.RunAllMigrations(); err != nil {
		t.Fatal(err)
	}
	r, err := apis.NewRouter(app)
	if err != nil {
		t.Fatal(err)
	}
	Bind(app, folder)
	if err := app.OnServe().Trigger(&core.ServeEvent{App: app, Router: r}); err != nil {
		t.Fatal(err)
	}
	mux, err := r.BuildMux()
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(mux)
	t.Cleanup(srv.Close)
	return func(path string, header ...string) (*http.Response, string) {
		t.Helper()
		return get(t, srv.URL+path, header...)
	}
}

func get(t *testing.T, url string, header ...string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Accept-Encoding", "gzip")
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	res, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(body)
}

func build(t *testing.T) string {
	t.Helper()
	s, err := Load(folder)
	if err != nil {
		t.Fatal(err)
	}
	return s.Build
}

func TestOnlyListedFilesAreServed(t *testing.T) {
	get := site(t)
	for path, want := range map[string]int{
		"/": 200, "/js/app.js": 200, "/b/" + build(t) + "/js/app.js": 200, "/b/old/js/app.js": 200, "/m.webmanifest": 200,
		"/missing.js": 404, "/deep/page": 404, "/vendor/vendor.lock": 404, "/vendor/vendor.sh": 404, "/.env": 404, "/.git/a.txt": 404,
		"/api/nothing": 404,
	} {
		if res, _ := get(path); res.StatusCode != want {
			t.Errorf("%s: %d, want %d", path, res.StatusCode, want)
		}
	}
	if res, _ := get("/m.webmanifest"); res.Header.Get("Content-Type") != "application/manifest+json" {
		t.Error(res.Header.Get("Content-Type"))
	}
}

func TestAssetsAreKeptByBuild(t *testing.T) {
	get := site(t)
	res, body := get("/b/" + build(t) + "/js/app.js")
	if h := res.Header; h.Get("Content-Encoding") != "gzip" || !strings.Contains(h.Get("Cache-Control"), "immutable") || len(body) > 200 {
		t.Errorf("asset: %v, %d bytes", h, len(body))
	}
	if res, _ := get("/b/old/js/app.js"); res.Header.Get("Cache-Control") != revalidate {
		t.Error("an old build name must not be cached for ever")
	}
	if res, body := get("/b/"+build(t)+"/js/app.js", "Accept-Encoding", "identity"); res.Header.Get("Content-Encoding") != "" || len(body) != 99*20 {
		t.Errorf("plain: %v, %d bytes", res.Header, len(body))
	}
	if res, _ := get("/seal.png"); res.Header.Get("Content-Encoding") != "" {
		t.Error("a picture is packed twice")
	}
}

func TestPageIsAskedForAgain(t *testing.T) {
	get := site(t)
	res, body := get("/", "Accept-Encoding", "identity")
	h := res.Header
	if h.Get("Cache-Control") != revalidate || !strings.Contains(h.Get("Content-Security-Policy"), "default-src 'self'") ||
		h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") == "" {
		t.Errorf("page: %v", h)
	}
	if !strings.Contains(body, "/b/"+build(t)+"/js/app.js") {
		t.Errorf("the page doesn't name its build: %s", body)
	}
	if res, _ := get("/", "If-None-Match", h.Get("ETag")); res.StatusCode != http.StatusNotModified {
		t.Errorf("again: %d", res.StatusCode)
	}
}

func TestMissingSpeaksChinese(t *testing.T) {
	get := site(t)
	if res, body := get("/nothing", "Accept", "text/html,*/*", "Accept-Encoding", "identity"); res.StatusCode != 404 ||
		!strings.Contains(body, "<h1>没有这个页面</h1>") || res.Header.Get("Content-Security-Policy") == "" {
		t.Errorf("a person gets %d %s", res.StatusCode, body)
	}
	if _, body := get("/nothing.js"); !strings.Contains(body, `"没有这个页面。"`) {
		t.Errorf("a script gets %s", body)
	}
}
