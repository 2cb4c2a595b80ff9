// Package e2e drives the whole application in a real Chromium: the server in
// this process on a free port, a browser context for each person. An error or an
// exception in the console fails the test, and so does anything that is wider
// than the phone in the largest size (特大).
package e2e

import (
	"context"
	"errors"
	"net/http/httptest"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/apptest"
	"yaodian/hooks/web"
	"yaodian/hooks/words"
)

const patience = 15 * time.Second

// house is the application with a browser before it.
type house struct {
	app     core.App
	server  *httptest.Server
	url     string
	browser context.Context
}

// chromium is started once, by the first test that needs it; each page has a
// browser context of its own.
var chromium = sync.OnceValues(func() (context.Context, error) {
	bin, err := exec.LookPath("chromium")
	if err != nil {
		return nil, err
	}
	ctx, _ := chromedp.NewContext(context.Background(), chromedp.WithAllocatorOptions( // TestMain ends it
		chromedp.ExecPath(bin), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("lang", "zh-CN"),
	))
	started = ctx
	return ctx, chromedp.Do(ctx, chromedp.Navigate("about:blank"))
})

var started context.Context

func TestMain(m *testing.M) {
	code := m.Run()
	if started != nil {
		_ = chromedp.Cancel(started)
	}
	os.Exit(code)
}

// open starts an application, with what else is bound to it. Without a Chromium
// the test is skipped, unless YAODIAN_BROWSER=required.
func open(t *testing.T, more ...func(core.App)) *house {
	t.Helper()
	if testing.Short() {
		t.Skip("starts a browser")
	}
	browser, err := chromium()
	if errors.Is(err, exec.ErrNotFound) && os.Getenv("YAODIAN_BROWSER") != "required" {
		t.Skip("no chromium on this machine")
	}
	if err != nil {
		t.Fatal(err)
	}
	h := &house{app: apptest.New(t), browser: browser}
	for _, bind := range more {
		bind(h.app)
	}
	h.serve(t)
	return h
}

// serve puts the application and its client on a port of 127.0.0.1.
func (h *house) serve(t *testing.T) {
	t.Helper()
	words.Bind(h.app)
	web.Bind(h.app, os.DirFS("../../../pb_public"))
	router, err := apis.NewRouter(h.app)
	if err != nil {
		t.Fatal(err)
	}
	err = h.app.OnServe().Trigger(&core.ServeEvent{App: h.app, Router: router}, func(e *core.ServeEvent) error {
		mux, err := e.Router.BuildMux()
		if err != nil {
			return err
		}
		h.server = httptest.NewServer(mux)
		h.url = h.server.URL
		t.Cleanup(func() { h.server.CloseClientConnections(); h.server.Close() })
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
