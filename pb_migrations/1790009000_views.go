package pb_migrations

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// The views of every collection of the product. They come last, because a view
// names the fields of its collection.
func init() {
	m.Register(seedViews, func(app core.App) error {
		_, err := app.DB().Delete("ledgers_views", dbx.HashExp{}).Execute()
		return err
	})
}
