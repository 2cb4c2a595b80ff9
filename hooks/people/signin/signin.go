// Package signin is how people stay signed in and prove who they are beyond a
// password: sessions that can be ended one by one, one-time codes as a second
// factor (动态口令), and tokens for programs (程序令牌).
//
// A token of PocketBase is good until it expires or the account's key changes.
// Ours carries the id of a session besides, and every request looks the session
// up: ended, the token is worth nothing. Three things are outside of that and
// said so: a file token lives for up to three minutes after its session; what a
// superuser impersonates has no session; a page that is open over realtime
// loses its rights when the session ends, but may not notice until it asks.
package signin

import (
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"

	"yaodian/hooks/kit"
	"yaodian/hooks/people"
)

// The collections of signing in.
const (
	Sessions = "people_sessions"
	Factors  = "people_factors"
	Tokens   = "people_tokens"
	Settings = "people_settings"
)

// Bind attaches sessions, second factors and service tokens to app.
func Bind(app core.App) {
	for _, own := range []string{Sessions, Factors, Tokens} {
		kit.OnSave(app, own, guardOwn)
		kit.On(app.OnRecordDelete(own), guardOwn)
	}
	kit.On(app.OnRecordCreate(Settings), oneOfSettings)
	kit.On(app.OnRecordDelete(Settings), refuseSettings)

	kit.OnSave(app, people.People, endWithKey)
	app.OnRecordAuthRequest(people.People).BindFunc(askSecondFactor)
	app.OnRecordAuthRequest(people.People).BindFunc(openSession)
	app.OnRealtimeSubscribeRequest().BindFunc(rememberSession)

	app.OnServe().BindFunc(bindRoutes)

	app.Cron().MustAdd("people_sessions_expire", "20 3 * * *", func() {
		n, err := Expire(app, kit.Today(app))
		app.Logger().Info("Forgot old sessions", "sessions", n, "error", err)
	})
}

func bindRoutes(e *core.ServeEvent) error {
	e.Router.Bind(&hook.Handler[*core.RequestEvent]{Priority: apis.DefaultLoadAuthTokenMiddlewarePriority - 1, Func: loadServiceToken})
	e.Router.Bind(&hook.Handler[*core.RequestEvent]{Priority: apis.DefaultLoadAuthTokenMiddlewarePriority + 1, Func: checkSession})
	e.Router.BindFunc(requireSecondFactor)

	own := apis.RequireAuth(people.People)
	e.Router.POST("/api/people/sessions/end", endAll).Bind(own)
	e.Router.POST("/api/people/sessions/{id}/end", endOne).Bind(own)

	e.Router.POST("/api/people/second", secondStep)
	e.Router.POST("/api/people/totp/begin", beginFactor).Bind(own)
	e.Router.POST("/api/people/totp/confirm", confirmFactor).Bind(own)
	e.Router.POST("/api/people/totp/end", endFactor).Bind(own)
	e.Router.POST("/api/people/{id}/totp/reset", resetFactor).Bind(apis.RequireAuth())

	e.Router.POST("/api/people/{id}/tokens", newToken).Bind(apis.RequireAuth())
	e.Router.POST("/api/people/tokens/{id}/end", endToken).Bind(apis.RequireAuth())
	return e.Next()
}

// guardOwn: sessions, factors and tokens are written through their routes.
func guardOwn(e *core.RecordEvent) error {
	if kit.IsSystem(e.Context) {
		return e.Next()
	}
	return kit.Forbid("people_signin_by_route", "登录记录、动态口令和令牌不能直接添加、修改或删除。")
}

// oneOfSettings lets the migration make the one record of settings.
func oneOfSettings(e *core.RecordEvent) error {
	n, err := e.App.CountRecords(Settings)
	switch {
	case err != nil:
		return err
	case n > 0:
		return refuseSettings(e)
	}
	return e.Next()
}

func refuseSettings(*core.RecordEvent) error {
	return kit.Forbid("people_settings_single", "设置只有一条，可以修改，不能添加或删除。")
}

// bearer is the token of a request.
func bearer(e *core.RequestEvent) string {
	token := e.Request.Header.Get("Authorization")
	if len(token) > 7 && strings.EqualFold(token[:7], "Bearer ") {
		return token[7:]
	}
	return token
}

// drop takes the rights from open pages that match.
func drop(app core.App, match func(id, session string) bool) {
	for _, client := range app.SubscriptionsBroker().Clients() {
		auth, _ := client.Get(apis.RealtimeClientAuthKey).(*core.Record)
		session, _ := client.Get(clientSession).(string)
		if auth != nil && match(auth.Id, session) {
			client.Unset(apis.RealtimeClientAuthKey)
		}
	}
}

// stamp is a moment as PocketBase stores it.
func stamp(app core.App) string { return kit.Now(app).UTC().Format(stampLayout) }

const stampLayout = "2006-01-02 15:04:05.000Z"

// newRecord is an empty record of a collection.
func newRecord(app core.App, collection string, data map[string]any) (*core.Record, error) {
	c, err := app.FindCachedCollectionByNameOrId(collection)
	if err != nil {
		return nil, err
	}
	record := core.NewRecord(c)
	record.Load(data)
	return record, nil
}

// keepSessions is for how long a sign-in is remembered (domain.md 11.4).
const keepSessions = 183 * 24 * time.Hour
