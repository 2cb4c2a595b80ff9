// Package web serves pb_public: compressed once, cached by build, under a
// strict content security policy, with real 404s.
//
// Every asset lies under /b/<build>/, where <build> is the hash of the whole
// folder. Relative imports stay inside that prefix, so no file needs a hashed
// name, a release is atomic and a repeat visit moves no JavaScript.
package web

import (
	"io/fs"
	"strings"
	"sync/atomic"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
)

// csp lets a page load from its own origin and nowhere else. Style attributes
// are allowed (widths of bars), script attributes and eval are not.
const csp = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
	"object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"

// Bind puts the site on every path that no other route has.
func Bind(app core.App, public fs.FS) {
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		if err := register(e, public); err != nil {
			return err
		}
		return e.Next()
	})
}

// register reads the folder and adds the route. With --dev the folder is read
// again for every page, so that a saved file shows at the next reload.
func register(e *core.ServeEvent, public fs.FS) error {
	site, err := Load(public)
	if err != nil {
		return err
	}
	var now atomic.Pointer[Site]
	now.Store(site)

	e.Router.GET("/{path...}", func(e *core.RequestEvent) error {
		if e.App.IsDev() && strings.HasSuffix(e.Request.URL.Path, "/") {
			if fresh, err := Load(public); err == nil {
				now.Store(fresh)
			}
		}
		return now.Load().serve(e)
	}).Bind(apis.SkipSuccessActivityLog())
	return nil
}
