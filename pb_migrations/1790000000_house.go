package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
	"github.com/pocketbase/pocketbase/tools/types"
)

// Closes what PocketBase leaves open: the sign-up collection goes (people are
// entered by an officer), requests are limited, and the schema can't be edited
// in the browser until the server is started with --automigrate.
func init() {
	m.Register(func(app core.App) error {
		users, err := app.FindCollectionByNameOrId("users")
		if err != nil {
			return err
		}
		if err := app.Delete(users); err != nil {
			return err
		}

		s := app.Settings()
		s.Meta.AppName = "要点"
		s.Meta.AccentColor = "#a3142a"
		s.Meta.HideControls = true
		s.Batch.Enabled = true
		s.Batch.MaxRequests = 50
		s.Batch.Timeout = 3
		// A whole street may sit behind one address, so the limits stop
		// machines, not offices; guessing passwords is stopped per person.
		s.RateLimits.Enabled = true
		s.RateLimits.Rules = []core.RateLimitRule{
			{Label: "*:auth", MaxRequests: 60, Duration: 60},
			{Label: "*:create", MaxRequests: 600, Duration: 60},
			{Label: "/api/batch", MaxRequests: 120, Duration: 60},
			{Label: "/api/", MaxRequests: 6000, Duration: 60},
		}
		return app.Save(s)
	}, func(app core.App) error {
		s := app.Settings()
		s.Meta.AppName = "Acme"
		s.Meta.HideControls = false
		s.Batch.Enabled = false
		s.RateLimits.Enabled = false
		if err := app.Save(s); err != nil {
			return err
		}

		users := core.NewAuthCollection("users", "_pb_users_auth_")
		own := types.Pointer("id = @request.auth.id")
		users.ListRule, users.ViewRule, users.UpdateRule, users.DeleteRule = own, own, own, own
		users.CreateRule = types.Pointer("")
		users.Fields.Add(&core.TextField{Name: "name", Max: 255})
		stamps(users)
		return app.Save(users)
	})
}
