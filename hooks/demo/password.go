package demo

import (
	"crypto/rand"
	"encoding/json"
	"math/big"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/security"

	accounts "yaodian/hooks/people"
)

// syllables make passwords that can be read out and typed on a phone.
var syllables = []string{
	"shan", "he", "yun", "qi", "song", "bai", "feng", "lin", "qing", "tang", "hai", "tian", "chun", "xia", "qiu", "yue",
	"lan", "zhu", "mei", "ju", "quan", "xi", "chen", "guang", "ming", "yan", "an", "ning", "chang", "le", "ping", "xin",
}

// newPassword is four syllables and four digits: 32⁴ · 8⁴ ≈ 4 × 10⁹, behind a
// lock after five wrong guesses. The digits 0 and 1 are left out, and so are
// all numbers of the demo's people.
func newPassword(app core.App) (password, hash string, err error) {
	for range 4 {
		i, err := rand.Int(rand.Reader, big.NewInt(int64(len(syllables))))
		if err != nil {
			return "", "", err
		}
		password += syllables[i.Int64()]
	}
	password += security.RandomStringWithAlphabet(4, "23456789")
	if err := accounts.CheckPassword(password, ""); err != nil {
		return "", "", err
	}
	people, err := app.FindCachedCollectionByNameOrId(accounts.People)
	if err != nil {
		return "", "", err
	}
	nobody := core.NewRecord(people)
	nobody.SetPassword(password)
	return password, nobody.GetString("password:hash"), nil
}

// rotate gives the new password to everybody who still has the last one. It
// leaves the token key alone, so nobody is signed out.
func rotate(app core.App, kept memory, hash string) (accountsChanged int64, err error) {
	err = app.RunInTransaction(func(tx core.App) error {
		done, err := tx.DB().Update(accounts.People, dbx.Params{"password": hash}, dbx.HashExp{"password": kept.Hash}).Execute()
		if err != nil {
			return err
		}
		if accountsChanged, err = done.RowsAffected(); err != nil {
			return err
		}
		raw, err := json.Marshal(memory{kept.Loaded, hash})
		if err != nil {
			return err
		}
		_, err = tx.DB().Update("_params", dbx.Params{"value": string(raw)}, dbx.HashExp{"id": marker}).Execute()
		return err
	})
	return accountsChanged, err
}
