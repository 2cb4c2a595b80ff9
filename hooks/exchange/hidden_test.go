package exchange_test

import (
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/xuri/excelize/v2"

	"yaodian/hooks/apptest"
	"yaodian/hooks/exchange"
	"yaodian/hooks/exchange/sheet"
	"yaodian/hooks/people"
)

const (
	identity = "11010519491231002X"
	other    = "370101190102039973"
)

// secrets is what nobody may get out of a table, in the fields that people
// write and read back masked.
var secrets = map[string]any{
	"id_no": identity, "birth_date": "1949-12-31", "mobile": "13812345678", "tel": "0531-88881234", "address": "清河街道东风路12号3单元",
}

// A table sets what a form can write and nobody reads back, through the same
// hooks; the preview shows the masks alone, and the undo takes it back.
func TestHiddenFieldsOfARoster(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	header := "姓名,所在党支部,人员类别,工号,身份证号,出生日期,联系电话,固定电话,家庭住址,学历,民族"
	record := receive(t, app, apptest.Clerk, "people", file(t, header,
		"甲,zb1,正式党员,n1,"+identity+",,13812345678,0531-88881234,清河街道东风路12号3单元,本科,汉",
		"孙党员,zb1,正式党员,member,"+other+",,13900000002,,,,",
		"乙,zb1,正式党员,n3,110105194912310021,,,,,,", // not its check digit
		"丙,zb1,正式党员,n4,,1949-12-31,,,,,"))
	if got := brief(outcomes(t, app, record.Id)); got != "2 new\n3 changed id_no:→**************9973 mobile:→139****0002\n4 error E sheet_identity\n5 new" {
		t.Fatal(got)
	}
	record = receive(t, app, apptest.Clerk, "people", file(t, header,
		"甲,zb1,正式党员,n1,"+identity+",,13812345678,0531-88881234,清河街道东风路12号3单元,本科,汉族",
		"孙党员,zb1,正式党员,member,"+other+",,13900000002,,,,"))
	record = carryOut(t, app, apptest.Clerk, record)
	if record.GetString("state") != "done" {
		t.Fatal(record.GetString("message"))
	}
	made := apptest.Person(t, app, "n1")
	for field, want := range map[string]string{"mobile": "13812345678", "tel": "053188881234", "birth_date": "1949-12-31", "gender": "female", "education": "20"} {
		if got := made.GetString(field); got != want {
			t.Errorf("%s: Expected %q, got %q", field, want, got)
		}
	}
	holds(t, app, "n1", identity)
	holds(t, app, apptest.Member, other)
	if err := exchange.Undo(app, t.Context(), record.Id, who(t, app, apptest.Clerk)); err != nil {
		t.Fatal(err)
	}
	holds(t, app, apptest.Member, "")
	if n, err := app.CountRecords(people.Status); err != nil || n != 8 || count(t, app, "people") != 8 {
		t.Errorf("%d people and %d lines, %v", count(t, app, "people"), n, err)
	}
}

func holds(t testing.TB, app core.App, number, want string) {
	t.Helper()
	if got, err := people.NumberOf(app, apptest.Person(t, app, number)); err != nil || got != want {
		t.Errorf("%s: Expected %q, got %q %v", number, want, got, err)
	}
}

// A hidden value is compared where it is stored: another one of the same mask
// is a change, and the undo brings the first one back.
func TestHiddenFieldsChange(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	if err := apptest.Save(app, apptest.Person(t, app, apptest.Member), secrets); err != nil {
		t.Fatal(err)
	}
	record := receive(t, app, apptest.Clerk, "people", file(t, "姓名,工号,身份证号,出生日期,性别,联系电话", "孙党员,member,370101190102039973,1901-02-03,男,13899995678"))
	if got := brief(outcomes(t, app, record.Id)); got != "2 changed id_no:**************002X→**************9973 birth_date:1949-12-**→1901-02-** gender:女→男 mobile:138****5678→138****5678（已更改）" {
		t.Fatal(got, outcomes(t, app, record.Id))
	}
	record = carryOut(t, app, apptest.Clerk, record)
	holds(t, app, apptest.Member, other)
	if err := exchange.Undo(app, t.Context(), record.Id, who(t, app, apptest.Clerk)); err != nil {
		t.Fatal(err)
	}
	holds(t, app, apptest.Member, identity)
	if got := apptest.Person(t, app, apptest.Member); got.GetString("mobile") != "13812345678" || got.GetString("birth_date") != "1949-12-31" {
		t.Error(got.GetString("mobile"), got.GetString("birth_date"))
	}
}

// The canary: whatever hidden value a person has, no table holds it, for nobody
// and in no format; what it holds instead changes nothing when it comes back.
func TestHiddenFieldsStayInside(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	if err := apptest.Save(s.App, apptest.Person(t, s.App, apptest.Member), secrets); err != nil {
		t.Fatal(err)
	}
	for _, viewer := range []string{apptest.Member, apptest.Branch, apptest.Clerk, apptest.Keeper} {
		for _, format := range []sheet.Format{sheet.CSV, sheet.XLSX} {
			path := exported(t, s.App, viewer, "people", format)
			text := textOf(t, path, format)
			for field, secret := range secrets {
				if strings.Contains(text, secret.(string)) {
					t.Errorf("%s gets %s in %s", viewer, field, format)
				}
			}
			for _, mask := range []string{"**************002X", "1949-12-**", "138****5678", "0531-******34", "清河街道***"} {
				if !strings.Contains(text, mask) {
					t.Errorf("%s misses %s in %s", viewer, mask, format)
				}
			}
			record := receive(t, s.App, apptest.Clerk, "people", path)
			if record.GetInt("changed")+record.GetInt("added")+record.GetInt("faulty") > 0 {
				t.Errorf("%s of %s: %s", format, viewer, brief(outcomes(t, s.App, record.Id)))
			}
		}
	}
	s.Do(t, apptest.Clerk, http.MethodPost, "/api/exchange/exports", map[string]any{"collection": "people", "filter": "mobile ~ '1381234'"}).Want(t, 400, "exchange_filter")
	s.Do(t, apptest.Clerk, http.MethodPost, "/api/exchange/exports", map[string]any{"collection": "people", "sort": "birth_date"}).Want(t, 400, "exchange_filter")

	record := receive(t, s.App, apptest.Clerk, "people", file(t, "姓名,工号,联系电话", "孙党员,member,13800000009"))
	if got := s.Do(t, apptest.Clerk, http.MethodGet, "/api/exchange/imports/"+record.Id+"/preview", nil); got.Has("13812345678") || !got.Has("138****5678") {
		t.Error(got.Short())
	}
}

// textOf is everything that a file says.
func textOf(t testing.TB, path string, format sheet.Format) string {
	t.Helper()
	if format != sheet.XLSX {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	x, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	var out strings.Builder
	for _, name := range x.GetSheetList() {
		rows, err := x.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			out.WriteString(strings.Join(row, "\t") + "\n")
		}
	}
	return out.String()
}

// What the application has logged of a new person goes with them when the
// import is taken back; what anybody has done keeps them.
func TestUndoTakesTheLogAlong(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		collection string
		data       map[string]any
		kept       bool
	}{
		"a message":  {"notify_messages", map[string]any{"person": "#n1", "kind": "account", "title": "欢迎"}, false},
		"a session":  {"people_sessions", map[string]any{"person": "#n1", "label": "Windows", "first_day": "2026-06-10", "last_day": "2026-06-10"}, false},
		"a look":     {people.Reveals, map[string]any{"person": "#n1", "shown": []string{"mobile"}, "reason": "核对电话", "org": "@zb1"}, true},
		"own choice": {"notify_choices", map[string]any{"person": "#n1", "digest": true}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			app := apptest.New(t)
			record := carryOut(t, app, apptest.Clerk, receive(t, app, apptest.Clerk, "people", file(t, roster...)))
			apptest.Make(t, app, c.collection, c.data)
			err := exchange.Undo(app, t.Context(), record.Id, who(t, app, apptest.Clerk))
			if kept := err != nil; kept != c.kept || kept && !strings.Contains(err.Error(), "引用") {
				t.Errorf("kept: %v", err)
			}
			if left := count(t, app, c.collection); left != 0 && !c.kept {
				t.Errorf("%d are left", left)
			}
		})
	}
}
