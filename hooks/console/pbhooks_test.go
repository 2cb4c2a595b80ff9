package console_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/plugins/jsvm"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/console"
)

// withHooks is the application with a file in pb_hooks, loaded the way the
// program loads it.
func withHooks(t testing.TB, script string) *tests.TestApp {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "own.pb.js"), []byte(script), 0o644); err != nil {
		t.Fatal(err)
	}
	app := apptest.New(t)
	err := jsvm.Register(app, jsvm.Config{HooksDir: dir, MigrationsDir: t.TempDir(), TypesDir: dir})
	if err != nil {
		t.Fatal(err)
	}
	console.Seal(app)
	return app
}

func newRecord(t testing.TB, app core.App, collection string, data map[string]any) *core.Record {
	t.Helper()
	c, err := app.FindCollectionByNameOrId(collection)
	if err != nil {
		t.Fatal(err)
	}
	record := core.NewRecord(c)
	record.Load(data)
	return record
}

// post is a second secretary of branch zb1, which the rules refuse.
func post(t testing.TB, app core.App, role string) *core.Record {
	return newRecord(t, app, "org_posts", map[string]any{
		"person": apptest.Person(t, app, apptest.Member).Id,
		"role":   apptest.Role(t, app, role).Id,
		"org":    apptest.Unit(t, app, "zb1").Id,
		"since":  "2026-01-01",
	})
}

// TestHooksOfAdministratorsCannotLoosenRules: whatever a hook in pb_hooks
// changes, the rules see the record as it is about to be stored.
func TestHooksOfAdministratorsCannotLoosenRules(t *testing.T) {
	// Each turns a harmless deputy into a second secretary.
	const change = `(e) => {
		const r = e.record ?? e.model
		const role = $app.findFirstRecordByData("org_roles", "key", "branch_secretary")
		r.set("role", role.id)
		e.next()
	}`
	for _, hook := range []string{
		"onRecordCreate", "onRecordValidate", "onRecordCreateExecute",
		"onModelCreate", "onModelValidate", "onModelCreateExecute",
	} {
		t.Run(hook, func(t *testing.T) {
			app := withHooks(t, hook+"("+change+`, "org_posts")`)
			if err := app.Save(post(t, app, "branch_deputy")); err == nil {
				t.Fatal("a second secretary was stored")
			}
			n, err := app.CountRecords("org_posts")
			if err != nil || n != 6 {
				t.Fatalf("%d posts, %v", n, err)
			}
		})
	}
}

// TestSystemFieldsStayTrue: a hook can't put a record under an organization
// that it doesn't belong to.
func TestSystemFieldsStayTrue(t *testing.T) {
	app := withHooks(t, `
		onRecordCreateExecute((e) => { e.record.set("org_path", "/wd/wzb/"); e.next() }, "documents")
		onRecordUpdateExecute((e) => { e.record.set("org_path", "/wd/wzb/"); e.next() }, "documents")`)
	document := newRecord(t, app, "documents", map[string]any{
		"org": apptest.Unit(t, app, "zb1").Id, "title": "学习制度", "action": "draft", "year": 2026, "state": "planned",
	})
	for range 2 {
		if err := app.Save(document); err != nil {
			t.Fatal(err)
		}
		stored := apptest.First(t, app, "documents", "title", "学习制度")
		if path := stored.GetString("org_path"); path != "/jd/zb1/" {
			t.Fatalf("stored under %s", path)
		}
	}
}

// TestScriptsMeetTheRules: saving from a script, without validation too.
func TestScriptsMeetTheRules(t *testing.T) {
	app := withHooks(t, `
		onRecordAfterCreateSuccess((e) => {
			const role = $app.findFirstRecordByData("org_roles", "key", "branch_secretary")
			const post = new Record($app.findCollectionByNameOrId("org_posts"), {
				person: e.record.get("person"), org: e.record.get("org"), role: role.id, since: "2026-01-01",
			})
			$app.saveNoValidate(post)
		}, "org_contacts")`)
	contact := newRecord(t, app, "org_contacts", map[string]any{
		"person": apptest.Person(t, app, apptest.Member).Id, "org": apptest.Unit(t, app, "zb1").Id, "since": "2026-01-01",
	})
	if err := app.Save(contact); err == nil || !strings.Contains(err.Error(), "任期重叠") {
		t.Fatalf("the script was not refused: %v", err)
	}
}

// TestHooksOfAdministratorsWork: a hook may tighten, and it may do its own work.
func TestHooksOfAdministratorsWork(t *testing.T) {
	app := withHooks(t, `
		onRecordValidate((e) => {
			if (e.record.getString("note").includes("代")) throw new BadRequestError("本街道不设代理职务。")
			e.next()
		}, "org_posts")
		onRecordCreateExecute((e) => { e.record.set("document", "清党发〔2026〕1 号"); e.next() }, "org_posts")`)

	refused := post(t, app, "branch_deputy")
	refused.Set("note", "代理")
	if err := app.Save(refused); err == nil || !strings.Contains(err.Error(), "本街道不设代理职务") {
		t.Fatalf("the hook did not refuse: %v", err)
	}

	allowed := post(t, app, "branch_deputy")
	if err := app.Save(allowed); err != nil {
		t.Fatal(err)
	}
	if got := apptest.First(t, app, "org_posts", "id", allowed.Id).GetString("document"); got != "清党发〔2026〕1 号" {
		t.Fatalf("the hook's own work is lost: %q", got)
	}
}
