// Package people keeps everyone with a record (党员、积极分子、干部职工) and how
// they sign in. It is the one auth collection.
//
// A person is never deleted, only changes state; people_status remembers how
// each stood from which day on. Who isn't active can't sign in, and a session
// that is open ends with the change. A password that somebody else handed out
// must be changed at the first sign-in.
//
// What domain.md 11.4 calls sensitive is never in a list: records carry it
// masked, and opening it asks for a reason and leaves a line in people_reveals
// that the person reads. The identity number is sealed under a key outside the
// database.
package people

import (
	"errors"
	"net/http"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"
	"github.com/pocketbase/pocketbase/tools/types"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
	"yaodian/hooks/people/keys"
)

// The collections of this capability; People is everyone who may sign in.
const (
	People  = "people"
	Status  = "people_status"
	Reveals = "people_reveals"
)

// Bind attaches the rules of people and of signing in to app.
func Bind(app core.App) {
	kit.OnSave(app, People, savePerson)
	kit.On(app.OnRecordDelete(People), refuseDelete)
	for _, ledger := range []string{Status, Reveals} {
		kit.OnSave(app, ledger, guardLedger)
		kit.On(app.OnRecordDelete(ledger), refuseLedger)
	}
	keys.Bind(app)

	app.OnRecordCreateRequest(People).BindFunc(givePassword)
	app.OnRecordCreateRequest(People).BindFunc(takeHidden)
	app.OnRecordUpdateRequest(People).BindFunc(takeHidden)
	app.OnRecordEnrich(People).BindFunc(showMasked)
	app.OnRecordAuthWithPasswordRequest(People).BindFunc(countFailures)
	app.OnRecordAuthRequest(People).BindFunc(refuseLocked)
	app.OnRecordConfirmPasswordResetRequest(People).BindFunc(settlePassword)

	app.OnServe().BindFunc(bindRoutes)
}

// savePerson holds a person to the rules of the account and of the roster, and
// logs a change of standing in the same transaction.
func savePerson(e *core.RecordEvent) error {
	stored, err := storedPerson(e)
	if err != nil {
		return err
	}
	if err := guardAccount(e, stored); err != nil {
		return err
	}
	if err := settleRoster(e.App, e.Record, stored); err != nil {
		return err
	}
	line, err := statusLine(e, stored)
	if err != nil {
		return err
	}
	if err := e.Next(); err != nil || line == nil {
		return err
	}
	return kit.SaveAsSystem(e.App, e.Context, line)
}

// storedPerson is the person as the database has them; nil for a new one.
func storedPerson(e *core.RecordEvent) (*core.Record, error) {
	if e.Record.IsNew() {
		return nil, nil
	}
	return kit.Stored(e)
}

// guardAccount: a password that somebody else hands out must be changed at the
// first sign-in, and leaving the active state ends every session.
func guardAccount(e *core.RecordEvent, stored *core.Record) error {
	if !kit.IsSystem(e.Context) {
		if err := checkHandedOut(e.Record); err != nil {
			return err
		}
	}
	if stored == nil {
		return CheckService("", e.Record.GetString("kind"))
	}
	if !kit.IsSystem(e.Context) {
		keepSecrets(e.Record, stored)
		if stored.GetBool("must_change") && !e.Record.GetBool("must_change") {
			return kit.Reject("must_change", "people_must_change_fixed", "首次登录须改密码，由本人改过以后自动取消。")
		}
	}
	if stored.GetString("state") == Active && e.Record.GetString("state") != Active {
		e.Record.RefreshTokenKey()
	}
	return CheckService(stored.GetString("kind"), e.Record.GetString("kind"))
}

// checkHandedOut holds a password that comes with the record to the rules, and
// lets it open the account once. A new account begins like that in any case.
func checkHandedOut(record *core.Record) error {
	password := record.GetString("password") // plain, and empty unless it is being set
	if password != "" {
		if err := CheckPassword(password, "", record.GetString("number"), record.GetString("mobile")); err != nil {
			return err
		}
	}
	if password != "" || record.IsNew() {
		record.Set("must_change", record.GetString("kind") != Service) // a program signs in with tokens alone
	}
	return nil
}

// keepSecrets takes from the database what the caller left as it was loaded: a
// record read before a reset or a suspension must not bring back the old
// password, session or lock.
func keepSecrets(record, stored *core.Record) {
	loaded := record.Original()
	for _, name := range []string{"password:hash", "tokenKey", "must_change", "failed", "locked_until"} {
		if field, _, _ := strings.Cut(name, ":"); record.GetString(name) == loaded.GetString(name) {
			record.SetRaw(field, stored.GetRaw(field))
		}
	}
}

// refuseDelete: nobody is deleted, except by the application what an import
// that is being undone has entered by mistake; their reach goes with them.
func refuseDelete(e *core.RecordEvent) error {
	if !kit.IsSystem(e.Context) {
		return kit.Forbid("people_permanent", "人员档案不能删除，请改变状态（停用、已转出、已故）。")
	}
	return kit.InTx(e, func() error {
		if err := e.Next(); err != nil {
			return err
		}
		return org.Rebuild(e.App, kit.Today(e.App), e.Record.Id)
	})
}

// givePassword lets an officer enter people without inventing passwords: the
// account opens when a first password is handed out. One that came with a hash
// (an import's) is closed already.
func givePassword(e *core.RecordRequestEvent) error {
	if e.Record.GetString("password") == "" && e.Record.GetString("password:hash") == "" {
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
	if err := CheckLocked(e.App, e.Record.Id); err != nil {
		return err
	}
	err := e.Next()
	var refused *router.ApiError
	if errors.As(err, &refused) && refused.Status == http.StatusBadRequest {
		if noted := NoteFailure(e.App, e.Record.Id); noted != nil {
			return noted
		}
	}
	if err == nil && e.Record.GetInt("failed") > 0 {
		_, err = e.App.DB().Update(People, dbx.Params{"failed": 0, "locked_until": ""}, dbx.HashExp{"id": e.Record.Id}).Execute()
	}
	return err
}

// refuseLocked looks at the lock again after the password was found right: of
// many guesses made at the same moment, those that end after the account was
// locked learn nothing.
func refuseLocked(e *core.RecordAuthRequestEvent) error {
	if e.AuthMethod == core.MFAMethodPassword {
		if err := CheckLocked(e.App, e.Record.Id); err != nil {
			return err
		}
	}
	return e.Next()
}

// CheckLocked is CheckLock for the account as the database has it now.
func CheckLocked(app core.App, id string) error {
	var until types.DateTime
	if err := app.DB().Select("locked_until").From(People).Where(dbx.HashExp{"id": id}).Row(&until); err != nil {
		return err
	}
	return CheckLock(until.Time(), kit.Now(app))
}

// NoteFailure counts in the database, so that guesses made at the same moment
// all count, and without hooks: nobody needs to be told. A guess that ends after
// the account was locked is answered as locked.
func NoteFailure(app core.App, id string) error {
	const format = types.DefaultDateLayout
	now := kit.Now(app).UTC()
	result, err := app.NonconcurrentDB().NewQuery(`UPDATE people SET
		locked_until = CASE WHEN failed + 1 >= {:max} THEN {:until} ELSE locked_until END,
		failed = CASE WHEN failed + 1 >= {:max} THEN 0 ELSE failed + 1 END WHERE id = {:id} AND locked_until <= {:now}`).
		Bind(dbx.Params{"max": MaxFailures, "until": now.Add(LockFor).Format(format), "now": now.Format(format), "id": id}).Execute()
	if err != nil {
		return err
	}
	if counted, err := result.RowsAffected(); err != nil || counted > 0 {
		return err
	}
	return CheckLocked(app, id)
}

// settlePassword: who reset the password by mail has chosen it themselves, and
// an account that was locked meanwhile opens.
func settlePassword(e *core.RecordConfirmPasswordResetRequestEvent) error {
	if err := e.Next(); err != nil {
		return err
	}
	settled := dbx.Params{"must_change": false, "failed": 0, "locked_until": ""}
	_, err := e.App.DB().Update(People, settled, dbx.HashExp{"id": e.Record.Id}).Execute()
	return err
}
