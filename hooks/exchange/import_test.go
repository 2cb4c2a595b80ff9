package exchange_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/apptest"
	"yaodian/hooks/exchange"
	"yaodian/hooks/kit"
)

var roster = []string{
	"清河街道党员名册", "序号,姓 名,党支部,党员类别,手机,工号,职务",
	"1,李 新人,东风社区党支部,正式,138 0000 0001,n1,楼长",
	"2,孙党员,zb1,正式党员,,member,组长",
	"3,钱支书,西苑社区党支部,正式党员,,branch2,",
	"合计：3人",
}

// A roster as an office writes it is previewed by cell, applied as it was
// shown, and undone.
func TestRosterFromUploadToUndo(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	record := receive(t, app, apptest.Clerk, "people", file(t, roster...))
	if got := record.GetString("state") + record.GetString("message"); got != "ready共 3 行：新增 1，修改 1，不变 1，有错误 0。" {
		t.Fatal(got, brief(outcomes(t, app, record.Id)))
	}
	if got := brief(outcomes(t, app, record.Id)); got != "3 new\n4 changed title:→组长\n5 same" {
		t.Error(got)
	}
	if n := count(t, app, "people"); n != 8 {
		t.Errorf("the preview left %d people", n)
	}
	record = carryOut(t, app, apptest.Clerk, record)
	if record.GetString("state") != "done" {
		t.Fatal(record.GetString("message"))
	}
	made := apptest.Person(t, app, "n1")
	for field, want := range map[string]any{"name": "李新人", "mobile": "13800000001", "kind": "member", "state": "active", "title": "楼长", "must_change": true, "org_path": "/jd/zb1/"} {
		if got := made.Get(field); got != want {
			t.Errorf("%s: Expected %v, got %v", field, want, got)
		}
	}
	if got := apptest.Person(t, app, apptest.Member).GetString("title"); got != "组长" {
		t.Error(got)
	}
	if err := exchange.Undo(app, t.Context(), record.Id, who(t, app, apptest.Clerk)); err != nil {
		t.Fatal(err)
	}
	if n := count(t, app, "people"); n != 8 || apptest.Person(t, app, apptest.Member).GetString("title") != "" {
		t.Errorf("after the undo: %d people", n)
	}
	var reach int
	if err := app.DB().Select("count(*)").From("org_reach").Where(dbx.HashExp{"person": made.Id}).Row(&reach); err != nil || reach != 0 {
		t.Errorf("the undone person still reaches %d, %v", reach, err)
	}
	if got := settled(t, app, record.Id).GetString("state"); got != "undone" {
		t.Error(got)
	}
}

// Every refused row is named by its cell, and each person is held to what they
// may do by hand.
func TestRefusedRows(t *testing.T) {
	t.Parallel()
	lines := func(rows ...string) []string {
		return append([]string{"姓名,所在党支部,人员类别,联系电话,工号,系统编号"}, rows...)
	}
	for _, c := range []struct {
		name, who, row, want string
	}{
		{"new", apptest.Clerk, "甲,zb1,正式党员,,n1,", "2 new"},
		{"no such branch", apptest.Clerk, "甲,北苑支部,正式党员,,n1,", "2 error B exchange_unknown"},
		{"no such kind", apptest.Clerk, "甲,zb1,领导,,n1,", "2 error C sheet_choice"},
		{"no such mobile", apptest.Clerk, "甲,zb1,正式党员,12345,n1,", "2 error D validation_invalid_format"},
		{"no name", apptest.Clerk, ",zb1,正式党员,,n1,", "2 error A validation_required"},
		{"another committee's branch", apptest.Clerk, "甲,外地社区党支部,正式党员,,n1,", "2 error  exchange_beyond"},
		{"another committee's person", apptest.Clerk, "吴外人改,,,,outsider,", "2 error  exchange_beyond"},
		{"moved beyond", apptest.Clerk, "孙党员,外地社区党支部,,,member,", "2 error  exchange_beyond"},
		{"moved within", apptest.Clerk, "孙党员,zb2,,,member,", "2 changed org:东风社区党支部→zb2"},
		{"who only reads the roster", apptest.Branch, "甲,zb1,正式党员,,n1,", "2 error  exchange_beyond"},
		{"a member", apptest.Member, "孙党员改,,,,member,", "2 error  exchange_beyond"},
		{"the keeper", apptest.Keeper, "吴外人改,,,,outsider,", "2 changed name:吴外人→吴外人改"},
		{"an id nobody has", apptest.Clerk, "甲,zb1,正式党员,,,aaaaaaaaaaaaaaa", "2 error F exchange_unknown"},
		{"of the same name, nothing else", apptest.Clerk, "孙党员,zb1,预备党员,13800000009,,", "2 changed kind:正式党员→预备党员 mobile:→138****0009"},
		{"of the same name, another number", apptest.Clerk, "孙党员,zb1,正式党员,,n9,", "2 error F exchange_alike"},
		{"of the same name, and new", apptest.Clerk, "孙党员,zb1,正式党员,,n9,新增", "2 new"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			app := apptest.New(t)
			record := receive(t, app, c.who, "people", file(t, lines(c.row)...))
			if got := brief(outcomes(t, app, record.Id)); got != c.want {
				t.Errorf("Expected %q, got %q %v", c.want, got, outcomes(t, app, record.Id))
			}
		})
	}
}

// A row that is refused half way leaves nothing behind for the next one.
func TestRefusedRowsLeaveNothing(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	app.OnRecordCreateExecute("people").BindFunc(func(e *core.RecordEvent) error {
		if e.Record.GetString("number") != "n1" {
			return e.Next()
		}
		apptest.Make(t, e.App, "people", map[string]any{"name": "乙", "number": "n2", "kind": "staff", "state": "active", "org": "@zb1", "password": apptest.Password})
		return kit.Reject("number", "x_no", "不行。")
	})
	record := receive(t, app, apptest.Clerk, "people", file(t, "姓名,所在党支部,人员类别,工号", "甲,zb1,正式党员,n1", "乙,zb1,正式党员,n2"))
	if got := brief(outcomes(t, app, record.Id)); got != "2 error D x_no\n3 new" {
		t.Error(got)
	}
}

// Two rows of one person, and one row that fits two people.
func TestTwoOfOne(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	if err := apptest.Save(app, apptest.Person(t, app, apptest.Branch), map[string]any{"mobile": "13800000007"}); err != nil {
		t.Fatal(err)
	}
	record := receive(t, app, apptest.Clerk, "people", file(t, "姓名,所在党支部,人员类别,联系电话,工号",
		"甲,zb1,正式党员,13800000001,n1", "乙,zb1,正式党员,13800000001,n2", "孙党员,zb1,正式党员,13800000007,member"))
	if got := brief(outcomes(t, app, record.Id)); got != "2 new\n3 error D exchange_twice\n4 error  exchange_two" {
		t.Error(got)
	}
}

// A row may refer to what an earlier row makes.
func TestRowsBuildOnEachOther(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	record := receive(t, app, apptest.Keeper, "org_units", file(t, "组织全称,编码,类别,上级组织",
		"新街道党工委,xj,党工委,", "新一支部,zb1,社区党支部,新街道党工委", "新小组,xz,党小组,新一支部"))
	if got := brief(outcomes(t, app, record.Id)); got != "2 new\n3 new\n4 new" {
		t.Fatal(got, outcomes(t, app, record.Id))
	}
	record = carryOut(t, app, apptest.Keeper, record)
	if got := apptest.First(t, app, "org_units", "name", "新小组").GetString("path"); got != "/xj/zb1/xz/" {
		t.Error(got, record.GetString("message"))
	}
	if err := exchange.Undo(app, t.Context(), record.Id, who(t, app, apptest.Keeper)); err != nil {
		t.Fatal(err)
	}
	if n := count(t, app, "org_units"); n != 7 {
		t.Errorf("Expected 7 units again, got %d", n)
	}
}

// Who listens hears of every new record once it is committed, in full.
func TestNewRecordsAreToldOf(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	var heard []string
	app.OnRecordAfterCreateSuccess("people").BindFunc(func(e *core.RecordEvent) error {
		heard = append(heard, fmt.Sprint(e.Record.GetString("name"), e.Record.GetString("mobile"), e.Record.IsNew(), e.Record.Original().GetString("name"), e.App.IsTransactional()))
		return e.Next()
	})
	carryOut(t, app, apptest.Clerk, receive(t, app, apptest.Clerk, "people", file(t, roster...)))
	if len(heard) != 1 || heard[0] != "李新人13800000001falsefalse" {
		t.Errorf("%q", heard)
	}
}

// An import isn't undone when somebody has gone on working with it.
func TestUndoRefused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		meanwhile func(t *testing.T, app core.App)
		code      string
	}{
		"a changed record was changed again": {func(t *testing.T, app core.App) {
			if err := apptest.Save(app, apptest.Person(t, app, apptest.Member), map[string]any{"title": "楼长"}); err != nil {
				t.Fatal(err)
			}
		}, "exchange_touched"},
		"a new record was changed": {func(t *testing.T, app core.App) {
			if err := apptest.Save(app, apptest.Person(t, app, "n1"), map[string]any{"title": "组长"}); err != nil {
				t.Fatal(err)
			}
		}, "exchange_touched"},
		"a new record is referred to": {func(t *testing.T, app core.App) {
			apptest.Make(t, app, "org_posts", map[string]any{"person": "#n1", "role": "$branch_member", "org": "@zb1", "since": "2026-06-01"})
		}, "exchange_referred"},
		"too late": {func(t *testing.T, app core.App) { apptest.SetToday(t, app, "2026-06-12") }, "exchange_undo_late"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			app := apptest.New(t)
			record := carryOut(t, app, apptest.Clerk, receive(t, app, apptest.Clerk, "people", file(t, roster...)))
			c.meanwhile(t, app)
			err := exchange.Undo(app, context.Background(), record.Id, who(t, app, apptest.Clerk))
			var problems exchange.Problems
			if errors.As(err, &problems) {
				if problems[0].Code != c.code {
					t.Errorf("Expected %s, got %v", c.code, problems)
				}
			} else {
				apptest.Refused(t, name, err, c.code)
			}
			if count(t, app, "people") != 9 || apptest.Person(t, app, apptest.Member).GetString("title") == "" {
				t.Error("a refused undo changed something")
			}
			if got := settled(t, app, record.Id).GetString("state"); got != "done" {
				t.Error(got)
			}
		})
	}
}

// Files and rows stay for a day.
func TestTidy(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	record := receive(t, app, apptest.Clerk, "people", file(t, roster...))
	if n, err := exchange.Tidy(app, time.Now().Add(23*time.Hour)); err != nil || n != 0 || len(outcomes(t, app, record.Id)) == 0 {
		t.Fatal(n, err)
	}
	if n, err := exchange.Tidy(app, time.Now().Add(25*time.Hour)); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	got := settled(t, app, record.Id)
	if got.GetString("state") != "expired" || got.GetString("file") != "" || len(outcomes(t, app, record.Id)) != 0 {
		t.Errorf("%s, file %q", got.GetString("state"), got.GetString("file"))
	}
}
