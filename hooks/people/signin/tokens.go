package signin

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"net/http"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/security"

	"yaodian/hooks/kit"
	"yaodian/hooks/people"
)

// prefix tells a service token from any other, for people and for scanners
// that look for leaked secrets.
const prefix = "yd_"

// hashOf is what is stored of a token. The token has 238 random bits, so nobody
// finds it from its hash.
func hashOf(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// newToken makes a token for the account of a program and shows it once.
func newToken(e *core.RequestEvent) error {
	account, err := e.App.FindRecordById(people.People, e.Request.PathValue("id"))
	if err != nil {
		return e.NotFoundError("", err)
	}
	if err := people.MayActFor(e, account); err != nil {
		return err
	}
	var form struct {
		Name  string `json:"name"`
		Until string `json:"until"`
	}
	if err := e.BindBody(&form); err != nil {
		return e.BadRequestError("", err)
	}
	if err := CheckToken(account.GetString("kind"), form.Name, form.Until, kit.Today(e.App)); err != nil {
		return e.BadRequestError("", err)
	}
	by := e.Auth.Id
	if e.HasSuperuserAuth() {
		by = ""
	}
	token := prefix + security.RandomString(40)
	line, err := newRecord(e.App, Tokens, map[string]any{
		"person": account.Id, "name": form.Name, "until": form.Until, "hash": hashOf(token), "org": account.GetString("org"), "by": by,
	})
	if err != nil {
		return err
	}
	if err := kit.SaveAsSystem(e.App, e.Request.Context(), line); err != nil {
		return err
	}
	return once(e, map[string]any{"id": line.Id, "token": token, "until": form.Until})
}

// endToken makes a token void at once, open pages included.
func endToken(e *core.RequestEvent) error {
	line, err := e.App.FindRecordById(Tokens, e.Request.PathValue("id"))
	if err != nil {
		return e.NotFoundError("", err)
	}
	account, err := e.App.FindRecordById(people.People, line.GetString("person"))
	if err != nil {
		return err
	}
	if err := people.MayActFor(e, account); err != nil {
		return err
	}
	if line.GetString("ended_at") == "" {
		line.Set("ended_at", stamp(e.App))
		if err := kit.SaveAsSystem(e.App, e.Request.Context(), line); err != nil {
			return err
		}
	}
	drop(e.App, func(id, _ string) bool { return id == account.Id })
	return e.NoContent(http.StatusNoContent)
}

// loadServiceToken signs a request in as the account of its service token. From
// there on it is a person like any other: rules, limits and hooks apply.
func loadServiceToken(e *core.RequestEvent) error {
	token := bearer(e)
	if e.Auth != nil || !strings.HasPrefix(token, prefix) {
		return e.Next()
	}
	today := kit.Today(e.App)
	var line struct {
		ID      string `db:"id"`
		Person  string `db:"person"`
		LastDay string `db:"last_day"`
	}
	err := e.App.DB().Select("id", "person", "last_day").From(Tokens).
		Where(dbx.HashExp{"hash": hashOf(token), "ended_at": ""}).AndWhere(dbx.NewExp("until >= {:today}", dbx.Params{"today": today})).One(&line)
	if errors.Is(err, sql.ErrNoRows) {
		return e.Next()
	}
	if err != nil {
		return err
	}
	account, err := e.App.FindRecordById(people.People, line.Person)
	if err != nil {
		return err
	}
	if account.GetString("kind") != people.Service || account.GetString("state") != people.Active {
		return e.Next()
	}
	e.Auth = account
	if line.LastDay < today {
		_, err = e.App.NonconcurrentDB().Update(Tokens, dbx.Params{"last_day": today}, dbx.HashExp{"id": line.ID}).Execute()
		if err != nil {
			return err
		}
	}
	return e.Next()
}
