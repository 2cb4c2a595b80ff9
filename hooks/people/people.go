// Package people keeps everyone with a record (党员、积极分子、干部职工) and how
// they sign in. It is the one auth collection.
//
// A person is never deleted, only changes state. Who isn't active can't sign
// in, and a session that is open ends with the change. A password that somebody
// else handed out must be changed at the first sign-in.
package people

import (
	"errors"
	"net/http"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"

	"yaodian/hooks/kit"
)

// People is the collection of everyone who may sign in.
const People = "people"

// Bind attaches the rules of people and of signing in to app.
func Bind(app core.App) {
	kit.OnSave(app, People, savePerson)
	kit.On(app.OnRecordDelete(People), refuseDelete)

	app.OnRecordCreateRequest(People).BindFunc(givePassword)
	app.OnRecordAuthWithPasswordRequest(People).BindFunc(countFailures)
	app.OnRecordConfirmPasswordResetRequest(People).BindFunc(settlePassword)

	app.OnServe().BindFunc(bindRoutes)
}

// savePerson: an account made by somebody else starts with a forced change of
// password, and leaving the active state ends every session.
func savePerson(e *core.RecordEvent) error {
	if e.Record.IsNew() {
		if !kit.IsSystem(e.Context) {
			e.Record.Set("must_change", true)
		}
		return e.Next()
	}
	stored, err := kit.Stored(e)
	if err != nil {
		return err
	}
	if stored.GetString("state") == Active && e.Record.GetString("state") != Active {
		e.Record.RefreshTokenKey()
	}
	return e.Next()
}

func refuseDelete(*core.RecordEvent) error {
	return kit.Forbid("people_permanent", "人员档案不能删除，请改变状态（停用、已转出、已故）。")
}

// givePassword lets an officer enter people without inventing passwords: the
// account opens when a first password is handed out.
func givePassword(e *core.RecordRequestEvent) error {
	if e.Record.GetString("password") == "" {
		e.Record.SetRandomPassword()
	}
	return e.Next()
}

// countFailures locks an account for a while after too many wrong passwords.
// The answer to a wrong password doesn't tell whether the account exists.
func countFailures(e *core.RecordAuthWithPasswordRequestEvent) error {
	if e.Record == nil {
		return e.Next()
	}
	if err := CheckLock(e.Record.GetDateTime("locked_until").Time(), kit.Now(e.App)); err != nil {
		return err
	}
	err := e.Next()
	var refused *router.ApiError
	if errors.As(err, &refused) && refused.Status == http.StatusBadRequest {
		if noted := noteFailure(e); noted != nil {
			return noted
		}
	}
	if err == nil && e.Record.GetInt("failed") > 0 {
		_, err = e.App.DB().Update(People, dbx.Params{"failed": 0, "locked_until": ""}, dbx.HashExp{"id": e.Record.Id}).Execute()
	}
	return err
}

// noteFailure counts in the database, so that guesses made at the same moment
// all count, and without hooks: nobody needs to be told.
func noteFailure(e *core.RecordAuthWithPasswordRequestEvent) error {
	until := kit.Now(e.App).Add(LockFor).UTC().Format("2006-01-02 15:04:05.000Z")
	_, err := e.App.NonconcurrentDB().NewQuery(`UPDATE people SET
		locked_until = CASE WHEN failed + 1 >= {:max} THEN {:until} ELSE locked_until END,
		failed = CASE WHEN failed + 1 >= {:max} THEN 0 ELSE failed + 1 END WHERE id = {:id}`).
		Bind(dbx.Params{"max": MaxFailures, "until": until, "id": e.Record.Id}).Execute()
	return err
}

// settlePassword: who reset the password by mail has chosen it themselves.
func settlePassword(e *core.RecordConfirmPasswordResetRequestEvent) error {
	if err := e.Next(); err != nil {
		return err
	}
	_, err := e.App.DB().Update(People, dbx.Params{"must_change": false}, dbx.HashExp{"id": e.Record.Id}).Execute()
	return err
}
