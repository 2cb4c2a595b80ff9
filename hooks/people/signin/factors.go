package signin

import (
	"context"
	"database/sql"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
	"yaodian/hooks/people"
	"yaodian/hooks/people/keys"
)

const (
	secret     = "secret"
	secretSeal = "secret_sealed"
	recovery   = "recovery"

	// secondWithin is how long after the password the code may come.
	secondWithin = 5 * time.Minute
	recoveries   = 10
)

// factorOf is a person's second factor; nil where there is none.
func factorOf(app core.App, person string) (*core.Record, error) {
	f, err := app.FindFirstRecordByData(Factors, "person", person)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return f, err
}

func confirmed(f *core.Record) bool { return f != nil && f.GetString("confirmed_at") != "" }

// askSecondFactor holds back the token after a right password until the code
// has come. It answers like PocketBase's own second step, so a client treats
// both alike.
func askSecondFactor(e *core.RecordAuthRequestEvent) error {
	if e.AuthMethod == "" {
		return e.Next()
	}
	f, err := factorOf(e.App, e.Record.Id)
	if err != nil {
		return err
	}
	if !confirmed(f) {
		return e.Next()
	}
	mfa := core.NewMFA(e.App)
	mfa.SetCollectionRef(e.Collection.Id)
	mfa.SetRecordRef(e.Record.Id)
	mfa.SetMethod(e.AuthMethod)
	if err := e.App.Save(mfa); err != nil {
		return err
	}
	if err := e.JSON(http.StatusUnauthorized, map[string]any{"mfaId": mfa.Id, "methods": []string{"totp"}}); err != nil {
		return err
	}
	return apis.ErrMFA
}

// secondStep takes the code that follows a right password. A wrong one counts
// towards the lock like a wrong password.
func secondStep(e *core.RequestEvent) error {
	var form struct {
		MfaID string `json:"mfaId"`
		Code  string `json:"code"`
	}
	if err := e.BindBody(&form); err != nil {
		return e.BadRequestError("", err)
	}
	expired := kit.Reject("mfaId", "people_second_expired", "输入密码已经过了 5 分钟，请重新登录。")
	mfa, err := e.App.FindMFAById(form.MfaID)
	if err != nil || mfa.HasExpired(secondWithin) {
		return e.BadRequestError("", expired)
	}
	person, err := e.App.FindRecordById(people.People, mfa.RecordRef())
	if err != nil {
		return e.BadRequestError("", expired)
	}
	if err := prove(e, person, form.Code); err != nil {
		return err
	}
	if err := e.App.Delete(mfa); err != nil {
		return err
	}
	return apis.RecordAuthResponse(e, person, "", nil)
}

// prove uses up a code of a person, or counts a failure.
func prove(e *core.RequestEvent, person *core.Record, code string) error {
	if err := people.CheckLocked(e.App, person.Id); err != nil {
		return err
	}
	err := e.App.RunInTransaction(func(tx core.App) error { return useCode(tx, e.Request.Context(), person.Id, code) })
	if len(kit.Violations(err)) > 0 {
		if noted := people.NoteFailure(e.App, person.Id); noted != nil {
			return noted
		}
		return e.BadRequestError("", err)
	}
	if err != nil {
		return err
	}
	_, err = e.App.NonconcurrentDB().Update(people.People, dbx.Params{"failed": 0}, dbx.HashExp{"id": person.Id}).Execute()
	return err
}

// useCode takes a one-time code, or one of the recovery codes, once.
func useCode(app core.App, ctx context.Context, person, code string) error {
	f, err := factorOf(app, person)
	if err != nil {
		return err
	}
	wrong := kit.Reject("code", "people_code_wrong", "口令不对。请核对手机的时间，或者使用备用码。")
	if f == nil {
		return wrong
	}
	code = strings.ToLower(strings.NewReplacer(" ", "", "-", "").Replace(code))
	if len(code) == recoverySize {
		return useRecovery(app, ctx, f, code, wrong)
	}
	plain, err := secretOf(app, f)
	if err != nil {
		return err
	}
	step, ok := match(plain, code, kit.Now(app))
	if !ok {
		return wrong
	}
	if err := CheckStep(step, int64(f.GetInt("step"))); err != nil {
		return err
	}
	f.Set("step", step)
	return kit.SaveAsSystem(app, ctx, f)
}

// match finds the step that a code belongs to: now, or half a minute either way.
func match(plain, code string, now time.Time) (step int64, ok bool) {
	options := totp.ValidateOpts{Period: stepSeconds, Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1}
	for _, off := range []time.Duration{0, -stepSeconds * time.Second, stepSeconds * time.Second} {
		if ok, err := totp.ValidateCustom(code, plain, now.Add(off), options); err == nil && ok {
			return stepOf(now.Add(off)), true
		}
	}
	return 0, false
}

func secretOf(app core.App, f *core.Record) (string, error) {
	ring, err := keys.Ring(app)
	if err != nil {
		return "", err
	}
	return ring.Open(keys.Place(Factors, secret, f.Id), f.GetString(secretSeal))
}

func useRecovery(app core.App, ctx context.Context, f *core.Record, code string, wrong error) error {
	ring, err := keys.Ring(app)
	if err != nil {
		return err
	}
	var hashes []string
	if err := f.UnmarshalJSONField(recovery, &hashes); err != nil {
		return err
	}
	for _, h := range ring.Hashes(keys.Purpose(Factors, recovery), code) {
		if i := slices.Index(hashes, h); i >= 0 {
			hashes = slices.Delete(hashes, i, i+1)
			f.Load(map[string]any{recovery: hashes, "codes_left": len(hashes)})
			return kit.SaveAsSystem(app, ctx, f)
		}
	}
	return wrong
}

// withoutFactor is all that an officer may call before the factor is on.
var withoutFactor = []string{
	"/api/me", "/api/people/password", "/api/collections/people/auth-refresh", "/api/people/totp/begin", "/api/people/totp/confirm",
	"/api/people/sessions/end",
}

// requireSecondFactor closes the API to officers without a second factor where
// the settings ask for one. Who holds a power beyond belonging is an officer;
// programs have tokens instead.
func requireSecondFactor(e *core.RequestEvent) error {
	if e.Auth == nil || e.Auth.Collection().Name != people.People || e.Auth.GetString("kind") == people.Service ||
		!strings.HasPrefix(e.Request.URL.Path, "/api/") || slices.Contains(withoutFactor, e.Request.URL.Path) {
		return e.Next()
	}
	var missing bool
	err := e.App.DB().NewQuery(`SELECT EXISTS (SELECT 1 FROM people_settings WHERE officers_totp)
		AND EXISTS (SELECT 1 FROM org_reach WHERE person = {:person} AND power != {:belong} AND since <= {:day} AND until > {:day})
		AND NOT EXISTS (SELECT 1 FROM people_factors WHERE person = {:person} AND confirmed_at != '')`).
		Bind(dbx.Params{"person": e.Auth.Id, "belong": org.Belong, "day": kit.Today(e.App)}).Row(&missing)
	if err != nil {
		return err
	}
	if missing {
		return kit.Forbid("people_factor_required", "您有职权，请先启用动态口令，再使用其他功能。")
	}
	return e.Next()
}
