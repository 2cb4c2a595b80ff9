package console_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/apptest"
)

// tab opens a real Chromium. Without one the test is skipped, unless
// YAODIAN_BROWSER=required.
func tab(t *testing.T) context.Context {
	t.Helper()
	bin, err := exec.LookPath("chromium")
	if err != nil {
		if os.Getenv("YAODIAN_BROWSER") == "required" {
			t.Fatal("no chromium on this machine")
		}
		t.Skip("no chromium on this machine")
	}
	ctx, cancel := chromedp.NewContext(t.Context(), chromedp.WithAllocatorOptions(
		chromedp.ExecPath(bin), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("lang", "zh-CN"),
	))
	ctx, stop := context.WithTimeout(ctx, 60*time.Second)
	console := chromedp.Console(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for m, err := range console {
			if err != nil {
				return
			}
			if m.IsException() || m.Type == "error" {
				t.Errorf("console: %s", m)
			}
		}
	}()
	t.Cleanup(func() { chromedp.Cancel(ctx); stop(); cancel(); <-done })
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(1280, 900)); err != nil {
		t.Fatal(err)
	}
	return ctx
}

func run[T any](t *testing.T, ctx context.Context, a chromedp.Action[T]) T {
	t.Helper()
	v, err := chromedp.Run(ctx, a)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func sees(selector, text string) chromedp.Action[bool] {
	return chromedp.Poll[bool](fmt.Sprintf(`[...document.querySelectorAll(%q)].some(e => e.textContent.includes(%q))`, selector, text),
		chromedp.WithPollingTimeout(10*time.Second))
}

// TestAdminPage: a superuser signs in, finds the Chinese navigation with the
// workbench first, and reads what each collection is for.
func TestAdminPage(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a browser")
	}
	app := newApp(t, false)
	if err := app.ReloadSettings(); err != nil {
		t.Fatal(err)
	}
	own := core.NewBaseCollection("branch_library")
	own.Fields.Add(&core.TextField{Name: "title", Help: "书名。"})
	if err := app.Save(own); err != nil {
		t.Fatal(err)
	}
	apptest.Create(t, app, core.CollectionNameSuperusers, map[string]any{"email": "keeper@example.com", "password": "keeper-2026"})
	server := httptest.NewServer(handler(t, app))
	t.Cleanup(server.Close)

	ctx := tab(t)
	run(t, ctx, chromedp.Navigate(server.URL+"/_/"))
	run(t, ctx, chromedp.SendKeys(chromedp.CSS("input[type=email]"), "keeper@example.com"))
	run(t, ctx, chromedp.SendKeys(chromedp.CSS("input[type=password]"), "keeper-2026\r"))
	run(t, ctx, sees(".app-main-nav a:first-child", "工作台"))
	run(t, ctx, sees(".app-main-nav a", "数据表"))

	run(t, ctx, chromedp.Navigate(server.URL+"/_/#/guide"))
	run(t, ctx, sees("section h2", "工作要点"))
	run(t, ctx, sees("section summary", "佐证"))
	run(t, ctx, sees("section summary", "8 条")) // the people of apptest
	run(t, ctx, sees("section:last-child h2", "本单位自建"))
	run(t, ctx, sees("section:last-child", "branch_library"))
	run(t, ctx, chromedp.Click(chromedp.CSS("section summary")))
	run(t, ctx, sees("details[open] li", "组织全称"))
	picture(t, run(t, ctx, chromedp.CaptureScreenshot()), "guide")

	run(t, ctx, chromedp.Navigate(server.URL+"/_/#/settings"))
	run(t, ctx, sees(".settings-sidebar summary", "系统"))
	hidden := run(t, ctx, chromedp.Evaluate[bool](`getComputedStyle(document.querySelector('[data-group="同步"]')).display == "none"`))
	if !hidden {
		t.Error("the import of schemas is shown in production")
	}
	picture(t, run(t, ctx, chromedp.CaptureScreenshot()), "settings")
}

// picture keeps a screenshot where YAODIAN_SCREENSHOTS says.
func picture(t *testing.T, png []byte, name string) {
	t.Helper()
	dir := os.Getenv("YAODIAN_SCREENSHOTS")
	if dir == "" {
		return
	}
	if err := os.WriteFile(dir+"/console-"+name+".png", png, 0o644); err != nil {
		t.Fatal(err)
	}
}
