package exchange_test

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"yaodian/hooks/apptest"
	"yaodian/hooks/exchange"
)

// A sealed field is matched and compared by its hash, and neither the preview
// nor the rows kept for the undo hold it in the clear.
func TestSealedField(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	sum := func(_ core.App, value string) (string, error) {
		h := sha256.Sum256([]byte("key" + value))
		return hex.EncodeToString(h[:]), nil
	}
	c := core.NewBaseCollection("vault")
	c.CreateRule, c.UpdateRule, c.ViewRule = types.Pointer(`@request.auth.id != ""`), types.Pointer(`@request.auth.id != ""`), types.Pointer(`@request.auth.id != ""`)
	c.Fields.Add(&core.TextField{Name: "title", Help: "名称。"}, &core.TextField{Name: "secret", Help: "证件号。"}, &core.TextField{Name: "sum", Hidden: true})
	c.AddIndex("idx_vault_secret", true, "secret", "secret != ''")
	if err := app.Save(c); err != nil {
		t.Fatal(err)
	}
	seal := func(e *core.RecordEvent) error {
		if v := e.Record.GetString("secret"); v != "" {
			hash, _ := sum(app, v)
			e.Record.Set("sum", hash)
			e.Record.Set("secret", "")
		}
		return e.Next()
	}
	app.OnRecordCreate("vault").BindFunc(seal)
	app.OnRecordUpdate("vault").BindFunc(seal)
	exchange.SealField(app, exchange.Seal{Collection: "vault", Field: "secret", Hash: "sum", Sum: sum})

	record := carryOut(t, app, apptest.Member, receive(t, app, apptest.Member, "vault", file(t, "名称,证件号", "甲,11010519491231002X")))
	if record.GetString("state") != "done" {
		t.Fatal(record.GetString("message"))
	}
	record = receive(t, app, apptest.Member, "vault", file(t, "名称,证件号", "甲,11010519491231002X", "乙,370101190102039973"))
	if got := brief(outcomes(t, app, record.Id)); got != "2 same\n3 new" {
		t.Error(got)
	}
	record = receive(t, app, apptest.Member, "vault", file(t, "名称,证件号", "甲甲,11010519491231002X"))
	if got := brief(outcomes(t, app, record.Id)); got != "2 changed title:甲→甲甲" {
		t.Error(got)
	}
	record = carryOut(t, app, apptest.Member, record)
	var kept string
	if err := app.DB().NewQuery(`SELECT group_concat(undo || told) FROM exchange_rows`).Row(&kept); err != nil || strings.Contains(kept, "11010519491231002X") {
		t.Error(kept, err)
	}
	if err := exchange.Undo(app, t.Context(), record.Id, who(t, app, apptest.Member)); err != nil {
		t.Fatal(err)
	}
	if got := apptest.First(t, app, "vault", "title", "甲").GetString("sum"); len(got) != 64 {
		t.Error("the undo lost the hash")
	}
}
