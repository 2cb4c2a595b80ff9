package kit_test

import (
	"context"
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/apptest"
	"yaodian/hooks/kit"
)

// Whoever acts is found in every hook, however the write was begun.
func TestActor(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	var seen kit.Actor
	kit.OnSave(app, "org_roles", func(e *core.RecordEvent) error {
		seen = kit.ActorOf(e.App, context.Background()) // the transaction knows
		return e.Next()
	})
	clerk := kit.Actor{Kind: kit.ByPerson, ID: "clerk"}
	other := kit.Actor{Kind: kit.ByPerson, ID: "other"}
	as := kit.As(app, clerk)
	role := apptest.Role(t, app, "clerk")
	role.Set("sort", 99)
	inTx := func(app core.App, save func(tx core.App) error) func() error {
		return func() error { return app.RunInTransaction(save) }
	}
	for name, c := range map[string]struct {
		write func() error
		want  kit.Actor
	}{
		"nobody":                      {func() error { return app.Save(role) }, kit.Actor{}},
		"saved":                       {func() error { return as.Save(role) }, clerk},
		"with a context":              {func() error { return as.SaveWithContext(kit.System(t.Context()), role) }, clerk},
		"without validation":          {func() error { return as.SaveNoValidate(role) }, clerk},
		"in a transaction":            {inTx(as, func(tx core.App) error { return tx.Save(role) }), clerk},
		"in one inside another":       {inTx(as, func(tx core.App) error { return tx.RunInTransaction(func(tx core.App) error { return tx.Save(role) }) }), clerk},
		"by context alone":            {func() error { return app.SaveWithContext(kit.WithActor(t.Context(), clerk), role) }, clerk},
		"the context knows":           {func() error { return as.SaveWithContext(kit.WithActor(t.Context(), other), role) }, other},
		"taken over":                  {func() error { return kit.As(as, other).Save(role) }, other},
		"taken over in a transaction": {inTx(kit.As(as, other), func(tx core.App) error { return tx.Save(role) }), other},
	} {
		seen = kit.Actor{}
		if err := c.write(); err != nil {
			t.Fatal(name, err)
		}
		if c.want == (kit.Actor{}) {
			c.want.Kind = kit.BySystem
		}
		if seen != c.want {
			t.Errorf("%s: Expected %+v, got %+v", name, c.want, seen)
		}
	}
	if got := kit.ActorOf(app, nil); got.Kind != kit.BySystem {
		t.Errorf("without anything: got %+v", got)
	}
}
