package kit_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"testing"
	"time"

	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"
	"github.com/pocketbase/pocketbase/tools/router"

	"yaodian/hooks/apptest"
	"yaodian/hooks/kit"
)

// A broken rule answers in its own words: no ASCII full stop is put behind the
// Chinese one.
func TestRejectAndForbid(t *testing.T) {
	t.Parallel()
	answer := func(err error) (int, string) {
		api := router.ToApiError(err)
		raw, err := json.Marshal(api)
		if err != nil {
			t.Fatal(err)
		}
		return api.Status, string(raw)
	}
	status, body := answer(router.NewBadRequestError("", kit.Reject("due", "kit_late", "太晚了。")))
	if want := `{"data":{"due":{"code":"kit_late","message":"太晚了。"}},"message":"Something went wrong while processing your request.","status":400}`; status != 400 || body != want {
		t.Errorf("Expected %s, got %d %s", want, status, body)
	}
	status, body = answer(kit.Forbid("kit_closed", "现在不行。"))
	if want := `{"data":{"operation":{"code":"kit_closed","message":"现在不行。"}},"message":"现在不行。","status":403}`; status != http.StatusForbidden || body != want {
		t.Errorf("Expected %s, got %d %s", want, status, body)
	}
}

func TestViolations(t *testing.T) {
	t.Parallel()
	if got := kit.Violations(nil); got != nil {
		t.Errorf("none: got %v", got)
	}
	if got := kit.Violations(errors.New("disk full")); got != nil {
		t.Errorf("no rule: got %v", got)
	}
	two := validation.Errors{"b": kit.Reject("b", "kit_b", "乙。").(validation.Errors)["b"], "a": kit.Reject("a", "kit_a", "甲。").(validation.Errors)["a"]}
	var got []string
	for _, err := range kit.Violations(two) {
		got = append(got, err.Error())
	}
	if want := []string{"甲。", "乙。"}; !slices.Equal(got, want) {
		t.Errorf("Expected %q, got %q", want, got)
	}
}

// A change is noticed whatever the kind of the field.
func TestChanged(t *testing.T) {
	t.Parallel()
	c := core.NewBaseCollection("kinds")
	c.Fields.Add(
		&core.TextField{Name: "text"}, &core.NumberField{Name: "number"}, &core.BoolField{Name: "flag"}, &core.DateField{Name: "moment"},
		&core.SelectField{Name: "powers", MaxSelect: 3, Values: []string{"a", "b", "c"}}, &core.RelationField{Name: "many", MaxSelect: 9},
		&core.JSONField{Name: "data"}, &core.FileField{Name: "file", MaxSelect: 1}, &core.FileField{Name: "files", MaxSelect: 9},
	)
	base := map[string]any{
		"text": "甲", "number": 1.5, "flag": true, "moment": "2026-06-10 02:00:00.000Z", "powers": []string{"a"}, "many": []string{"x", "y"},
		"data": map[string]any{"n": 1}, "file": "a.txt", "files": []string{"a.txt", "b.txt"},
	}
	upload, err := filesystem.NewFileFromBytes([]byte("x"), "a.txt")
	if err != nil {
		t.Fatal(err)
	}
	record := func(data map[string]any) *core.Record {
		r := core.NewRecord(c)
		r.Load(data)
		return r
	}
	for field, value := range map[string]any{
		"text": "乙", "number": 1.25, "flag": false, "moment": "", "powers": []string{"b"}, "many": []string{"y"},
		"data": map[string]any{"n": 2}, "file": upload, "files": []any{"a.txt"},
	} {
		changed := record(base)
		if name, yes := kit.Changed(changed, record(base), field); yes {
			t.Errorf("%s: noticed a change of %s where there is none", field, name)
		}
		changed.Set(field, value)
		if name, yes := kit.Changed(changed, record(base), "text", "number", field); !yes || name != field {
			t.Errorf("%s: Expected the change to be noticed, got %q %v", field, name, yes)
		}
	}
}

// A rule sees the record as it is stored: no hook that an administrator writes
// can change it afterwards.
func TestRulesRunInnermost(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	seen := ""
	kit.OnSave(app, "org_roles", func(e *core.RecordEvent) error {
		seen = e.Record.GetString("name")
		return e.Next()
	})
	app.OnRecordUpdateExecute("org_roles").BindFunc(func(e *core.RecordEvent) error {
		e.Record.Set("name", "管理员改的")
		return e.Next()
	})
	role := apptest.Role(t, app, "clerk")
	if err := apptest.Save(app, role, map[string]any{"name": "干事"}); err != nil {
		t.Fatal(err)
	}
	if stored := apptest.Role(t, app, "clerk").GetString("name"); seen != stored || stored != "管理员改的" {
		t.Errorf("the rule saw %q, stored is %q", seen, stored)
	}
}

// What a rule wrote is taken back when it, or what comes after, fails; what it
// reads through e.App can't change before the write.
func TestOnSaveIsOneTransaction(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	failed := errors.New("the rest failed")
	kit.OnSave(app, "org_roles", func(e *core.RecordEvent) error {
		if !e.App.IsTransactional() {
			t.Error("the rule runs outside a transaction")
		}
		if err := e.Next(); err != nil {
			return err
		}
		return failed
	})
	before, err := app.CountRecords("org_roles")
	if err != nil {
		t.Fatal(err)
	}
	role := apptest.Role(t, app, "clerk")
	role.Set("name", "干事")
	if err := app.SaveNoValidate(role); !errors.Is(err, failed) {
		t.Fatalf("Expected the error of the rule, got %v", err)
	}
	if got := apptest.Role(t, app, "clerk").GetString("name"); got == "干事" {
		t.Error("the role was stored although the rule failed")
	}
	if n, err := app.CountRecords("org_roles"); err != nil || n != before {
		t.Errorf("the application is not usable after: %d %v", n, err)
	}
}

// Stored is what the database has, not what the caller loaded.
func TestStored(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	stale := apptest.Role(t, app, "clerk")
	if err := apptest.Save(app, apptest.Role(t, app, "clerk"), map[string]any{"name": "新名"}); err != nil {
		t.Fatal(err)
	}
	event := &core.RecordEvent{}
	event.App, event.Record = app, stale
	stored, err := kit.Stored(event)
	if err != nil || stored.GetString("name") != "新名" {
		t.Errorf("got %v (%v)", stored, err)
	}
}

func TestSystemMark(t *testing.T) {
	t.Parallel()
	if kit.IsSystem(context.Background()) || kit.IsSystem(nil) { //nolint:staticcheck // a nil context is what PocketBase passes at times
		t.Error("everything is the system")
	}
	if !kit.IsSystem(kit.System(context.Background())) {
		t.Error("the mark is lost")
	}
	child, cancel := context.WithCancel(kit.System(context.Background()))
	defer cancel()
	if !kit.IsSystem(child) {
		t.Error("the mark is lost in a child")
	}
}

// The clock of one application is stopped without touching another's, and a
// day is a day in Beijing.
func TestClock(t *testing.T) {
	t.Parallel()
	one, two := apptest.New(t), apptest.New(t)
	kit.SetNow(one, time.Date(2026, 6, 30, 16, 0, 0, 0, time.UTC))
	if got := kit.Today(one); got != "2026-07-01" {
		t.Errorf("Expected midnight in Beijing to be July, got %s", got)
	}
	if got := kit.Today(two); got != apptest.Today {
		t.Errorf("the other clock shows %s", got)
	}
	err := one.RunInTransaction(func(tx core.App) error {
		if got := kit.Today(tx); got != "2026-07-01" {
			t.Errorf("within a transaction it is %s", got)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestIsDate(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]bool{
		"2026-06-10": true, "2024-02-29": true, "2026-02-29": false, "2026-13-01": false, "2026-6-1": false, "": false,
		"20260610": false, "2026-06-10 ": false, "２０２６-06-10": false,
	} {
		if got := kit.IsDate(s); got != want {
			t.Errorf("%q: Expected %v, got %v", s, want, got)
		}
	}
}
