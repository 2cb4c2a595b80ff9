package kit

import (
	"context"
	"fmt"

	"github.com/pocketbase/pocketbase/core"
)

// ActorKind is what sort of actor stands behind a write.
type ActorKind string

// The kinds of actors.
const (
	ByPerson    ActorKind = "person"    // somebody signed in
	ByToken     ActorKind = "token"     // a token in a person's name that the system keeper has made
	BySuperuser ActorKind = "superuser" // the system keeper
	ByGuest     ActorKind = "guest"     // a request without a session
	BySystem    ActorKind = "system"    // a job, a command, the program itself
)

// Actor is who makes a write happen. Name is what it is called at that moment;
// for the system, the name of the job or command.
type Actor struct {
	Kind ActorKind
	ID   string
	Name string
}

// Job is the system at work under the name of a job or a command.
func Job(name string) Actor { return Actor{Kind: BySystem, Name: name} }

type actorKey struct{}

// WithActor says in ctx who acts.
func WithActor(ctx context.Context, actor Actor) context.Context {
	return context.WithValue(ctx, actorKey{}, actor)
}

// ActorOf is who acts: whom ctx names, else whom the transaction of app belongs
// to, else the system.
func ActorOf(app core.App, ctx context.Context) Actor {
	if actor, ok := actorIn(app, ctx); ok {
		return actor
	}
	return Actor{Kind: BySystem}
}

func actorIn(app core.App, ctx context.Context) (Actor, bool) {
	if ctx != nil {
		if actor, ok := ctx.Value(actorKey{}).(Actor); ok {
			return actor, true
		}
	}
	if tx := app.TxInfo(); tx != nil {
		actor, ok := app.Store().Get(actorOfTx(tx)).(Actor)
		return actor, ok
	}
	return Actor{}, false
}

// As is app for somebody: whatever is saved or deleted through it, or in a
// transaction that it begins, is their doing.
//
// PocketBase's record routes save with an empty context, so a request can only
// pass on its actor through the app that it hands to them. Hooks then find the
// actor in their context, and all that they write in the same transaction
// belongs to the same actor, whatever context they pass on.
func As(app core.App, actor Actor) core.App {
	if a, ok := app.(acting); ok {
		app = a.App // somebody else takes over
	}
	return acting{app, actor}
}

type acting struct {
	core.App
	actor Actor
}

func (a acting) ctx(ctx context.Context) context.Context {
	if _, ok := ctx.Value(actorKey{}).(Actor); ok {
		return ctx
	}
	return WithActor(ctx, a.actor)
}

func (a acting) Save(m core.Model) error { return a.SaveWithContext(context.Background(), m) }

func (a acting) SaveWithContext(ctx context.Context, m core.Model) error {
	return a.App.SaveWithContext(a.ctx(ctx), m)
}

func (a acting) SaveNoValidate(m core.Model) error {
	return a.SaveNoValidateWithContext(context.Background(), m)
}

func (a acting) SaveNoValidateWithContext(ctx context.Context, m core.Model) error {
	return a.App.SaveNoValidateWithContext(a.ctx(ctx), m)
}

func (a acting) Delete(m core.Model) error { return a.DeleteWithContext(context.Background(), m) }

func (a acting) DeleteWithContext(ctx context.Context, m core.Model) error {
	return a.App.DeleteWithContext(a.ctx(ctx), m)
}

func (a acting) RunInTransaction(fn func(tx core.App) error) error {
	return runAs(a.App, a.actor, fn)
}

func (a acting) TruncateCollection(c *core.Collection) error {
	return a.RunInTransaction(func(tx core.App) error { return tx.TruncateCollection(c) })
}

func (a acting) ImportCollections(list []map[string]any, deleteMissing bool) error {
	return a.RunInTransaction(func(tx core.App) error { return tx.ImportCollections(list, deleteMissing) })
}

func (a acting) CreateBackup(ctx context.Context, name string) error {
	return a.App.CreateBackup(a.ctx(ctx), name)
}

func (a acting) RestoreBackup(ctx context.Context, name string) error {
	return a.App.RestoreBackup(a.ctx(ctx), name)
}

// Within runs fn inside one transaction of *app, the app of an event, and the
// transaction belongs to the actor of the event.
func Within(app *core.App, ctx context.Context, fn func() error) error {
	outer := *app
	defer func() { *app = outer }()

	run := func(tx core.App) error {
		*app = tx
		return fn()
	}
	if actor, ok := actorIn(outer, ctx); ok {
		return runAs(outer, actor, run)
	}
	return outer.RunInTransaction(run)
}

// runAs begins a transaction that belongs to actor. One that is open already
// stays with whom it began for.
func runAs(app core.App, actor Actor, fn func(tx core.App) error) error {
	return app.RunInTransaction(func(tx core.App) error {
		key := actorOfTx(tx.TxInfo())
		if !tx.Store().Has(key) {
			tx.Store().Set(key, actor)
			defer tx.Store().Remove(key)
		}
		return fn(tx)
	})
}

func actorOfTx(tx *core.TxAppInfo) string { return fmt.Sprintf("yaodian.actor.%p", tx) }
