// Package apptest gives tests the real application on a throw-away database.
package apptest

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks"
	"yaodian/hooks/kit"
	"yaodian/hooks/people/keys"
	"yaodian/hooks/vault"
	_ "yaodian/pb_migrations"
)

// The people of every test, by the number they sign in with. All have Password.
const (
	Secretary = "secretary" // 党工委书记: confirms plans, accepts duties
	Deputy    = "deputy"    // 党工委副书记: the same, without editing
	Clerk     = "clerk"     // 党建办干事: edits plans, people and the tree
	Branch    = "branch1"   // secretary of branch zb1
	Neighbour = "branch2"   // secretary of branch zb2: the officer of another branch
	Member    = "member"    // a member of zb1 without a post
	Inspector = "inspector" // reads the plan and the documents of the committee
	Outsider  = "outsider"  // a member of another committee altogether
	Password  = "Yaodian2026"
)

// Today is the day on which every test application lives: a Wednesday.
const Today = "2026-06-10"

var units = []struct{ code, name, kind, parent string }{
	{"jd", "清河街道党工委", "committee", ""},
	{"zb1", "东风社区党支部", "branch", "jd"},
	{"zb2", "西苑社区党支部", "branch", "jd"},
	{"xz1", "东风第一党小组", "group", "zb1"},
	{"djb", "党建办", "office", "jd"},
	{"wd", "外地街道党工委", "committee", ""},
	{"wzb", "外地社区党支部", "branch", "wd"},
}

var people = []struct{ number, name, org, role, at string }{
	{Secretary, "高书记", "djb", "committee_secretary", "jd"},
	{Deputy, "何副书记", "djb", "committee_deputy", "jd"},
	{Clerk, "林干事", "djb", "clerk", "jd"},
	{Branch, "赵支书", "zb1", "branch_secretary", "zb1"},
	{Neighbour, "钱支书", "zb2", "branch_secretary", "zb2"},
	{Member, "孙党员", "zb1", "", ""},
	{Inspector, "周检查", "djb", "inspector", "jd"},
	{Outsider, "吴外人", "wzb", "", ""},
}

// template is the data directory of a migrated database with the units and
// people in it: built once per test binary, copied by New.
var template = sync.OnceValues(func() (fs.FS, error) {
	dir, err := os.MkdirTemp("", "yaodian_template_*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)

	if err := build(dir); err != nil {
		return nil, err
	}

	return pack(dir)
})

// pack reads a closed database into memory.
func pack(dir string) (fs.FS, error) {
	files := fstest.MapFS{}
	for _, name := range []string{"data.db", "auxiliary.db"} {
		raw, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return nil, err
		}
		files[name] = &fstest.MapFile{Data: raw, Mode: 0o644}
	}
	return files, nil
}

func build(dir string) (err error) {
	app := core.NewBaseApp(core.BaseAppConfig{DataDir: dir})
	hooks.Bind(app)
	keys.Use(app, Ring())
	if err := app.Bootstrap(); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, app.ClearBootstrap()) }()

	if err := app.RunAllMigrations(); err != nil {
		return err
	}
	if err := cheapPasswords(app); err != nil {
		return err
	}
	for _, u := range units {
		parent, _ := app.FindFirstRecordByData("org_units", "code", u.parent)
		data := map[string]any{"code": u.code, "name": u.name, "kind": u.kind}
		if parent != nil {
			data["parent"] = parent.Id
		}
		if _, err := create(app, "org_units", data); err != nil {
			return err
		}
	}
	for _, p := range people {
		if err := addPerson(app, p.number, p.name, p.org, p.role, p.at); err != nil {
			return err
		}
	}
	return nil
}

func addPerson(app core.App, number, name, unit, role, at string) error {
	home, err := app.FindFirstRecordByData("org_units", "code", unit)
	if err != nil {
		return err
	}
	person, err := create(app, "people", map[string]any{
		"number": number, "name": name, "org": home.Id, "kind": "member", "state": "active", "password": Password,
		"status_since": "2020-01-01",
	})
	if err != nil || role == "" {
		return err
	}
	held, err := app.FindFirstRecordByData("org_roles", "key", role)
	if err != nil {
		return err
	}
	office, err := app.FindFirstRecordByData("org_units", "code", at)
	if err != nil {
		return err
	}
	_, err = create(app, "org_posts", map[string]any{"person": person.Id, "role": held.Id, "org": office.Id, "since": "2020-01-01"})
	return err
}

// New starts the application on a fresh clone of the template, on Today.
func New(t testing.TB) *tests.TestApp {
	t.Helper()
	return bound(t, Plain(t))
}

// Prepared is New on a database that prepare has filled: it does so once, and
// every test gets a clone.
func Prepared(prepare func(t testing.TB, app core.App)) func(testing.TB) *tests.TestApp {
	var once sync.Once
	var files fs.FS
	return func(t testing.TB) *tests.TestApp {
		t.Helper()
		once.Do(func() {
			app := New(t)
			prepare(t, app)
			err := app.ClearBootstrap()
			if err == nil {
				files, err = pack(app.DataDir())
			}
			if err != nil {
				t.Fatal(err)
			}
		})
		if files == nil {
			t.Fatal("the database could not be prepared, see the first test that failed")
		}
		return bound(t, clone(t, files))
	}
}

func bound(t testing.TB, app *tests.TestApp) *tests.TestApp {
	t.Helper()
	hooks.Bind(app)
	keys.Use(app, Ring())
	SetToday(t, app, Today)
	return app
}

// Ring is the key ring of every test application: the same in each, so that a
// clone opens what its template has sealed.
func Ring() *vault.Ring {
	ring, err := vault.New([]byte("yaodian-test-key-not-for-service"))
	if err != nil {
		panic(err)
	}
	return ring
}

// Plain starts PocketBase on the same database without a single hook of ours:
// what benchmarks compare with.
func Plain(t testing.TB) *tests.TestApp {
	t.Helper()
	files, err := template()
	if err != nil {
		t.Fatal(err)
	}
	return clone(t, files)
}

func clone(t testing.TB, files fs.FS) *tests.TestApp {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, files); err != nil {
		t.Fatal(err)
	}
	app, err := tests.NewTestApp(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(app.Cleanup)
	return app
}

// SetToday moves the application's clock to ten in the morning of a day.
func SetToday(t testing.TB, app core.App, day string) {
	t.Helper()
	at, err := time.ParseInLocation(time.DateOnly, day, kit.Beijing)
	if err != nil {
		t.Fatal(err)
	}
	kit.SetNow(app, at.Add(10*time.Hour))
}

// As signs in as one of the people above; nobody for an empty number. The
// token is valid in every clone.
func As(t testing.TB, number string) map[string]string {
	t.Helper()
	if number == "" {
		return nil
	}
	token, err := Person(t, New(t), number).NewAuthToken()
	if err != nil {
		t.Fatal(err)
	}
	return map[string]string{"Authorization": token}
}

// Create saves a record as the application itself or fails the test.
func Create(t testing.TB, app core.App, collection string, data map[string]any) *core.Record {
	t.Helper()
	record, err := create(app, collection, data)
	if err != nil {
		t.Fatal(err)
	}
	return record
}

// Save saves a record the way cron, a script or an import does: every rule
// holds, no person is behind it.
func Save(app core.App, record *core.Record, data map[string]any) error {
	record.Load(data)
	return app.Save(record)
}

func create(app core.App, collection string, data map[string]any) (*core.Record, error) {
	c, err := app.FindCollectionByNameOrId(collection)
	if err != nil {
		return nil, err
	}
	record := core.NewRecord(c)
	record.Load(data)
	return record, kit.SaveAsSystem(app, context.Background(), record)
}
