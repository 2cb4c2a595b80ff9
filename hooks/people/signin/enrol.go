package signin

import (
	"net/http"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/security"
	"github.com/pquerna/otp/totp"

	"yaodian/hooks/kit"
	"yaodian/hooks/people"
	"yaodian/hooks/people/keys"
)

// beginFactor makes a new secret after the password was given again, so that
// an unattended browser can't lock its owner out.
func beginFactor(e *core.RequestEvent) error {
	if err := askPassword(e); err != nil {
		return err
	}
	f, err := factorOf(e.App, e.Auth.Id)
	if err != nil {
		return err
	}
	if confirmed(f) {
		return kit.Forbid("people_factor_on", "动态口令已经启用。换手机请先停用，再重新启用。")
	}
	if f == nil {
		if f, err = newRecord(e.App, Factors, map[string]any{"person": e.Auth.Id}); err != nil {
			return err
		}
		f.Id = security.RandomStringWithAlphabet(15, core.DefaultIdAlphabet)
	}
	made, err := totp.Generate(totp.GenerateOpts{Issuer: "要点", AccountName: e.Auth.GetString("number"), Period: stepSeconds})
	if err != nil {
		return err
	}
	ring, err := keys.Ring(e.App)
	if err != nil {
		return err
	}
	f.Load(map[string]any{secretSeal: ring.Seal(keys.Place(Factors, secret, f.Id), made.Secret()), "step": 0})
	if err := kit.SaveAsSystem(e.App, e.Request.Context(), f); err != nil {
		return err
	}
	return once(e, map[string]any{"secret": made.Secret(), "url": made.URL()})
}

// confirmFactor turns the factor on once its owner has shown a code, and hands
// out recovery codes, once.
func confirmFactor(e *core.RequestEvent) error {
	var form struct {
		Code string `json:"code"`
	}
	if err := e.BindBody(&form); err != nil {
		return e.BadRequestError("", err)
	}
	f, err := factorOf(e.App, e.Auth.Id)
	if err != nil {
		return err
	}
	if f == nil || confirmed(f) {
		return kit.Forbid("people_factor_not_begun", "请先开始启用动态口令。")
	}
	if err := prove(e, e.Auth, form.Code); err != nil {
		return err
	}
	codes, hashes, err := newRecoveries(e.App)
	if err != nil {
		return err
	}
	if f, err = factorOf(e.App, e.Auth.Id); err != nil {
		return err
	}
	f.Load(map[string]any{recovery: hashes, "codes_left": len(hashes), "confirmed_at": stamp(e.App)})
	if err := kit.SaveAsSystem(e.App, e.Request.Context(), f); err != nil {
		return err
	}
	return once(e, map[string]any{"recovery": codes})
}

// recoverySize is how many characters a recovery code has: 31¹⁰ possibilities
// behind a lock after five wrong ones.
const recoverySize = 10

func newRecoveries(app core.App) (codes, hashes []string, err error) {
	ring, err := keys.Ring(app)
	if err != nil {
		return nil, nil, err
	}
	for range recoveries {
		code := security.RandomStringWithAlphabet(recoverySize, "abcdefghjkmnpqrstuvwxyz23456789")
		codes = append(codes, code[:5]+"-"+code[5:])
		hashes = append(hashes, ring.Hash(keys.Purpose(Factors, recovery), code))
	}
	return codes, hashes, nil
}

// endFactor turns one's own factor off, with password and code.
func endFactor(e *core.RequestEvent) error {
	var form struct {
		Code string `json:"code"`
	}
	if err := e.BindBody(&form); err != nil {
		return e.BadRequestError("", err)
	}
	if err := askPassword(e); err != nil {
		return err
	}
	if err := prove(e, e.Auth, form.Code); err != nil {
		return err
	}
	return remove(e, e.Auth.Id)
}

// resetFactor is for who has lost the phone and the recovery codes.
func resetFactor(e *core.RequestEvent) error {
	person, err := e.App.FindRecordById(people.People, e.Request.PathValue("id"))
	if err != nil {
		return e.NotFoundError("", err)
	}
	if err := people.MayActFor(e, person); err != nil {
		return err
	}
	if e.Auth.Id == person.Id {
		return kit.Forbid("people_factor_own", "自己的动态口令请用口令或备用码停用，或者请别人重置。")
	}
	return remove(e, person.Id)
}

func remove(e *core.RequestEvent, person string) error {
	f, err := factorOf(e.App, person)
	if err != nil {
		return err
	}
	if f != nil {
		if err := e.App.DeleteWithContext(kit.System(e.Request.Context()), f); err != nil {
			return err
		}
	}
	return e.NoContent(http.StatusNoContent)
}

// askPassword asks for one's password again.
func askPassword(e *core.RequestEvent) error {
	var form struct {
		Password string `json:"password"`
	}
	if err := e.BindBody(&form); err != nil {
		return e.BadRequestError("", err)
	}
	if err := people.CheckLocked(e.App, e.Auth.Id); err != nil {
		return err
	}
	if e.Auth.ValidatePassword(form.Password) {
		return nil
	}
	if err := people.NoteFailure(e.App, e.Auth.Id); err != nil {
		return err
	}
	return e.BadRequestError("", kit.Reject("password", "people_password_wrong", "密码不正确。"))
}

// once answers what is never shown again.
func once(e *core.RequestEvent, answer any) error {
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, answer)
}
