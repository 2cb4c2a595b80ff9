package signin

import (
	"context"
	"database/sql"
	"errors"
	"net/http"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/security"

	"yaodian/hooks/kit"
	"yaodian/hooks/people"
)

const (
	claimSession  = "sid"
	clientSession = "yaodian.session"
)

// openSession begins a session at each sign-in and puts its id into the token.
// A token that is refreshed stays in its session; one without a session (made
// by impersonation) doesn't get one.
func openSession(e *core.RecordAuthRequestEvent) error {
	refreshed := e.Auth != nil && e.Auth.Id == e.Record.Id
	sid := sessionOf(e.RequestEvent)
	if e.HasSuperuserAuth() || refreshed && sid == "" {
		return e.Next()
	}
	open := false
	if refreshed {
		var err error
		if open, _, err = lookUp(e.App, sid, e.Record.Id); err != nil {
			return err
		}
	}
	if !open { // a sign-in, or a new password that has ended every session
		session, err := begin(e)
		if err != nil {
			return err
		}
		sid = session.Id
	}
	token, err := tokenOf(e.Record, sid)
	if err != nil {
		return err
	}
	e.Token = token
	if err = e.Next(); err != nil && !open {
		_, failed := e.App.NonconcurrentDB().Delete(Sessions, dbx.HashExp{"id": sid}).Execute()
		err = errors.Join(err, failed)
	}
	return err
}

func begin(e *core.RecordAuthRequestEvent) (*core.Record, error) {
	today := kit.Today(e.App)
	session, err := newRecord(e.App, Sessions, map[string]any{
		"person": e.Record.Id, "label": Label(e.Request.UserAgent()), "first_day": today, "last_day": today,
	})
	if err != nil {
		return nil, err
	}
	return session, kit.SaveAsSystem(e.App, context.WithoutCancel(e.Request.Context()), session)
}

// tokenOf is PocketBase's token with a session in it.
func tokenOf(r *core.Record, sid string) (string, error) {
	c := r.Collection()
	return security.NewJWT(map[string]any{
		core.TokenClaimType: core.TokenTypeAuth, core.TokenClaimId: r.Id, core.TokenClaimCollectionId: c.Id,
		core.TokenClaimRefreshable: true, claimSession: sid,
	}, r.TokenKey()+c.AuthToken.Secret, c.AuthToken.DurationTime())
}

// sessionOf is the session in the token of a request; its signature has been
// checked where the request is signed in.
func sessionOf(e *core.RequestEvent) string {
	token := bearer(e)
	if token == "" {
		return ""
	}
	claims, err := security.ParseUnverifiedJWT(token)
	if err != nil {
		return ""
	}
	sid, _ := claims[claimSession].(string)
	return sid
}

// lookUp reports whether a session of a person is open, and when it was last used.
func lookUp(app core.App, sid, person string) (open bool, lastDay string, err error) {
	var ended string
	err = app.DB().Select("ended_at", "last_day").From(Sessions).Where(dbx.HashExp{"id": sid, "person": person}).Row(&ended, &lastDay)
	if errors.Is(err, sql.ErrNoRows) {
		return false, "", nil
	}
	return ended == "", lastDay, err
}

// checkSession makes a token whose session has ended worth nothing, like one
// that has expired, and notes once a day that the session is in use.
func checkSession(e *core.RequestEvent) error {
	if e.Auth == nil || e.Auth.Collection().Name != people.People {
		return e.Next()
	}
	sid := sessionOf(e)
	if sid == "" {
		return e.Next()
	}
	open, lastDay, err := lookUp(e.App, sid, e.Auth.Id)
	if err != nil {
		return err
	}
	if !open {
		e.Auth = nil
		return e.Next()
	}
	if today := kit.Today(e.App); lastDay < today {
		_, err = e.App.NonconcurrentDB().Update(Sessions, dbx.Params{"last_day": today}, dbx.HashExp{"id": sid}).Execute()
		if err != nil {
			return err
		}
	}
	return e.Next()
}

// rememberSession ties an open page to the session it was opened in.
func rememberSession(e *core.RealtimeSubscribeRequestEvent) error {
	e.Client.Set(clientSession, sessionOf(e.RequestEvent))
	return e.Next()
}

// endOne signs out one device of one's own.
func endOne(e *core.RequestEvent) error {
	session, err := e.App.FindRecordById(Sessions, e.Request.PathValue("id"))
	if err != nil || session.GetString("person") != e.Auth.Id {
		return e.NotFoundError("", err)
	}
	if session.GetString("ended_at") == "" {
		session.Set("ended_at", stamp(e.App))
		if err := kit.SaveAsSystem(e.App, e.Request.Context(), session); err != nil {
			return err
		}
	}
	drop(e.App, func(_, sid string) bool { return sid == session.Id })
	return e.NoContent(http.StatusNoContent)
}

// endAll signs out everywhere, here included: the account's key changes, so
// every token is void, those for files too.
func endAll(e *core.RequestEvent) error {
	person, err := e.App.FindRecordById(people.People, e.Auth.Id)
	if err != nil {
		return err
	}
	person.RefreshTokenKey()
	if err := kit.SaveAsSystem(e.App, e.Request.Context(), person); err != nil {
		return err
	}
	return e.NoContent(http.StatusNoContent)
}

// endWithKey: when an account's key changes, its sessions have ended.
func endWithKey(e *core.RecordEvent) error {
	if e.Record.IsNew() {
		return e.Next()
	}
	stored, err := kit.Stored(e)
	if err != nil {
		return err
	}
	if err := e.Next(); err != nil || stored.TokenKey() == e.Record.TokenKey() {
		return err
	}
	_, err = e.App.DB().Update(Sessions, dbx.Params{"ended_at": stamp(e.App)}, dbx.HashExp{"person": e.Record.Id, "ended_at": ""}).Execute()
	return err
}

// Expire forgets the sessions that nobody has used for half a year.
func Expire(app core.App, today string) (forgotten int64, err error) {
	day, err := time.Parse(time.DateOnly, today)
	if err != nil {
		return 0, err
	}
	done, err := app.NonconcurrentDB().Delete(Sessions, dbx.NewExp("last_day < {:day}", dbx.Params{"day": day.Add(-keepSessions).Format(time.DateOnly)})).Execute()
	if err != nil {
		return 0, err
	}
	return done.RowsAffected()
}
