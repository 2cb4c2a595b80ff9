package audit

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
	"github.com/pocketbase/pocketbase/tools/router"
	"github.com/pocketbase/pocketbase/tools/security"

	"yaodian/hooks/kit"
	"yaodian/hooks/people"
)

// bindSignIn watches from outside all rules of signing in, so that it sees what
// became of an attempt.
func bindSignIn(app core.App) {
	const outermost = -1000
	app.OnRecordAuthRequest().Bind(&hook.Handler[*core.RecordAuthRequestEvent]{Priority: outermost, Func: noteSignIn})
	app.OnRecordAuthWithPasswordRequest().Bind(&hook.Handler[*core.RecordAuthWithPasswordRequestEvent]{
		Priority: outermost,
		Func: func(e *core.RecordAuthWithPasswordRequestEvent) error {
			return noteFailure(e.RequestEvent, e.Collection, e.Record, e.Next())
		},
	})
	app.OnRecordAuthWithOTPRequest().Bind(&hook.Handler[*core.RecordAuthWithOTPRequestEvent]{
		Priority: outermost,
		Func: func(e *core.RecordAuthWithOTPRequestEvent) error {
			return noteFailure(e.RequestEvent, e.Collection, e.Record, e.Next())
		},
	})
	app.OnRecordConfirmPasswordResetRequest().Bind(&hook.Handler[*core.RecordConfirmPasswordResetRequestEvent]{
		Priority: outermost,
		Func: func(e *core.RecordConfirmPasswordResetRequestEvent) error {
			e.App = kit.As(e.App, actorOf(e.Record, kit.ByPerson)) // the mailed token proves who it is
			return e.Next()
		},
	})
}

// noteSignIn notes who has come in and by which way. A refreshed session is no
// new one.
func noteSignIn(e *core.RecordAuthRequestEvent) error {
	if err := e.Next(); err != nil {
		return err // also while a second factor is wanted
	}
	event := Event{Action: SignIn, Record: e.Record, Subject: e.Record.Id, Reason: e.AuthMethod, Private: true}
	actor := actorOf(e.Record, kit.ByPerson)
	switch {
	case strings.Contains(e.Request.Pattern, "/impersonate/"):
		event.Action, actor = Impersonate, actorOf(e.Auth, kit.BySuperuser)
	case e.AuthMethod == "":
		return nil
	}
	return Note(e.App, kit.WithActor(e.Request.Context(), actor), event)
}

// noteFailure notes an attempt that was refused, and returns why. What was typed
// is never kept: people type passwords into the wrong box. Whatever doesn't
// count towards the lock of an account could fill the trail without end, and is
// noted once a minute.
func noteFailure(e *core.RequestEvent, c *core.Collection, account *core.Record, refusal error) error {
	if refusal == nil || errors.Is(refusal, apis.ErrMFA) {
		return refusal
	}
	event := Event{Action: SignInFailed, Record: account, Collection: c.Name, Origin: Origin(e.RealIP()), Private: true}
	var answer *router.ApiError
	switch {
	case account == nil:
		event.Reason = "没有这个账号。"
	case errors.As(refusal, &answer) && answer.Status == http.StatusBadRequest:
		event.Subject, event.Reason = account.Id, "密码或验证码不对。"
	default:
		event.Subject, event.Reason = account.Id, "账号当时不能登录。"
	}
	if account == nil || answer == nil || answer.Status != http.StatusBadRequest {
		missed, ok := admit(e.App, kit.Now(e.App))
		if !ok {
			return refusal
		}
		if missed > 0 {
			event.Reason += fmt.Sprintf("此前另有 %d 次没有逐一记录。", missed)
		}
	}
	if err := Note(e.App, kit.WithActor(e.Request.Context(), kit.Actor{Kind: kit.ByGuest}), event); err != nil {
		return err
	}
	return refusal
}

const floodKey = "yaodian.audit.flood"

func admit(app core.App, now time.Time) (missed int, ok bool) {
	app.Store().SetFunc(floodKey, func(old any) any {
		flood, _ := old.(Flood)
		flood, missed, ok = flood.Admit(now)
		return flood
	})
	return missed, ok
}

// actorOf is somebody with an account as an actor; guest without one.
func actorOf(account *core.Record, kind kit.ActorKind) kit.Actor {
	switch {
	case account == nil:
		return kit.Actor{Kind: kit.ByGuest}
	case account.IsSuperuser():
		return kit.Actor{Kind: kit.BySuperuser, ID: account.Id, Name: account.Email()}
	case account.Collection().Name == people.People:
		return kit.Actor{Kind: kind, ID: account.Id, Name: account.GetString("name")}
	}
	return kit.Actor{Kind: kind, ID: account.Id, Name: account.Collection().Name}
}

// carryActor lets a request work with an app that acts for who asks.
func carryActor(e *core.RequestEvent) error {
	kind := kit.ByPerson
	if e.Auth != nil && !refreshable(e.Request.Header.Get("Authorization")) {
		kind = kit.ByToken
	}
	e.App = kit.As(e.App, actorOf(e.Auth, kind))
	return e.Next()
}

// refreshable tells a session from a token that the system keeper has made to
// act in somebody's name.
func refreshable(header string) bool {
	claims, err := security.ParseUnverifiedJWT(header[strings.LastIndex(header, " ")+1:]) // with or without "Bearer "
	if err != nil {
		return true
	}
	yes, ok := claims[core.TokenClaimRefreshable].(bool)
	return !ok || yes
}
