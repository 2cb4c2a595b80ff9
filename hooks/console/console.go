// Package console is what we add to PocketBase's admin UI: Chinese navigation,
// the way to the workbench, a page for the administrator. It is for the one
// person who keeps the system; nothing depends on it.
package console

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

//go:embed ext
var files embed.FS

// Bind adds the extension to the admin UI of app and seals records against late
// hooks. With editing the schema may be changed in the browser; otherwise the
// controls for it are hidden, whatever the stored settings say.
func Bind(app core.App, editing bool) {
	app.OnSettingsReload().BindFunc(func(e *core.SettingsReloadEvent) error {
		err := e.Next()
		e.App.Settings().Meta.HideControls = !editing
		return err
	})
	app.OnServe().BindFunc(extend)
	Seal(app)
}

func extend(e *core.ServeEvent) error {
	ext, err := fs.Sub(files, "ext")
	if err != nil {
		return fmt.Errorf("admin ui extension: %w", err)
	}
	e.UIExtensions = append(e.UIExtensions, core.UIExtension{Name: "yaodian", FS: ext})
	e.Router.Bind(&hook.Handler[*core.RequestEvent]{Id: "consoleCache", Func: alwaysFresh, Priority: -1})
	if e.InstallerFunc != nil {
		e.InstallerFunc = welcome
	}
	return e.Next()
}

// alwaysFresh: PocketBase lets browsers keep the extension for two weeks, and a
// file inside the program has no date to compare.
func alwaysFresh(e *core.RequestEvent) error {
	if strings.HasPrefix(e.Request.URL.Path, "/_/extensions") {
		e.Response.Header().Set("Cache-Control", "no-cache")
	}
	return e.Next()
}

// welcome tells how to become the first system administrator. There is no
// default password: the link is good for half an hour and for one account.
func welcome(_ core.App, keeper *core.Record, baseURL string) error {
	token, err := keeper.NewStaticAuthToken(30 * time.Minute)
	if err != nil {
		return fmt.Errorf("link for the first administrator: %w", err)
	}
	fmt.Printf("还没有系统管理员。请在 30 分钟内用浏览器打开下面的链接建立账号，或者运行 superuser upsert 邮箱 密码：\n%s/_/#/pbinstall/%s\n",
		strings.TrimRight(baseURL, "/"), token)
	return nil
}
