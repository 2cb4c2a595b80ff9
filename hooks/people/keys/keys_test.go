package keys_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks"
	"yaodian/hooks/apptest"
	"yaodian/hooks/people"
	"yaodian/hooks/people/keys"
	"yaodian/hooks/vault"
)

const canary = "11010519491231002X"

// filed is an application that has its keys in a file.
func filed(t testing.TB) (app *tests.TestApp, path string) {
	t.Helper()
	app = apptest.Plain(t)
	hooks.Bind(app)
	apptest.SetToday(t, app, apptest.Today)
	path = filepath.Join(t.TempDir(), "test.key")
	keys.SetFile(app, path)
	return app, path
}

func number(t testing.TB, app core.App, who string) string {
	t.Helper()
	got, err := people.NumberOf(app, apptest.Person(t, app, who))
	if err != nil {
		t.Fatalf("%s: %v", who, err)
	}
	return got
}

// A new installation gets a key beside its data; without one nothing is sealed
// in the clear.
func TestFirstStart(t *testing.T) {
	t.Parallel()
	app, path := filed(t)
	member := apptest.Person(t, app, apptest.Member)
	if err := apptest.Save(app, member, map[string]any{"id_no": canary}); err == nil {
		t.Fatal("stored without a key")
	}
	if err := keys.Start(app); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info, err)
	}
	if err := apptest.Save(app, apptest.Person(t, app, apptest.Member), map[string]any{"id_no": canary}); err != nil {
		t.Fatal(err)
	}
	if err := keys.Start(app); err != nil || number(t, app, apptest.Member) != canary {
		t.Errorf("the second start: %v", err)
	}
}

func TestFileIsBesideTheData(t *testing.T) {
	app := apptest.Plain(t)
	if got, want := keys.File(app), app.DataDir()+".key"; got != want {
		t.Errorf("Expected %s, got %s", want, got)
	}
	t.Setenv(keys.EnvFile, "/etc/yaodian.key")
	if got := keys.File(app); got != "/etc/yaodian.key" {
		t.Errorf("got %s", got)
	}
	keys.SetFile(app, filepath.Join(app.DataDir(), "k"))
	if err := keys.Start(app); err == nil || !strings.Contains(err.Error(), "不能放在数据目录里") {
		t.Errorf("a key inside the data directory: %v", err)
	}
}

// With sealed data there is no start without the right key, and no new key is
// made in place of the lost one.
func TestNoStartWithoutTheKey(t *testing.T) {
	t.Parallel()
	app, path := filed(t)
	if err := keys.Start(app); err != nil {
		t.Fatal(err)
	}
	if err := apptest.Save(app, apptest.Person(t, app, apptest.Member), map[string]any{"id_no": canary}); err != nil {
		t.Fatal(err)
	}
	again := func(prepare func(path string)) error {
		fresh, err := tests.NewTestApp(app.DataDir())
		if err != nil {
			t.Fatal(err)
		}
		defer fresh.Cleanup()
		other := filepath.Join(t.TempDir(), "other.key")
		prepare(other)
		keys.SetFile(fresh, other)
		err = keys.Start(fresh)
		if _, stat := os.Stat(other); err != nil && strings.Contains(err.Error(), "没有找到") && stat == nil {
			t.Error("a new key was made")
		}
		return err
	}
	for name, c := range map[string]struct {
		prepare func(string)
		want    string
	}{
		"missing": {func(string) {}, "没有找到密钥文件"},
		"another": {func(p string) { _, _ = vault.Create(p) }, "不对：数据库里有用密钥"},
		"broken":  {func(p string) { _ = os.WriteFile(p, []byte("x"), 0o600) }, "读不出密钥文件"},
		"exposed": {func(p string) { raw, _ := os.ReadFile(path); _ = os.WriteFile(p, raw, 0o644) }, "别人也能读"},
		"right":   {func(p string) { raw, _ := os.ReadFile(path); _ = os.WriteFile(p, raw, 0o600) }, ""},
	} {
		err := again(c.prepare)
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want) || !strings.HasSuffix(err.Error(), "。")) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A rotation that is cut short goes on where it stopped, under the same new
// key; the server beside it reads and writes all the while.
func TestRotationResumes(t *testing.T) {
	t.Parallel()
	app, path := filed(t)
	if err := keys.Start(app); err != nil {
		t.Fatal(err)
	}
	numbers := []string{canary, "370101190102039973"}
	for i, who := range []string{apptest.Member, apptest.Branch} {
		if err := apptest.Save(app, apptest.Person(t, app, who), map[string]any{"id_no": numbers[i]}); err != nil {
			t.Fatal(err)
		}
	}
	old, err := keys.Ring(app)
	if err != nil {
		t.Fatal(err)
	}
	// as the process that died left it: a new key, and one value sealed under it
	time.Sleep(10 * time.Millisecond)
	if _, err := vault.Extend(path); err != nil {
		t.Fatal(err)
	}
	if err := apptest.Save(app, apptest.Person(t, app, apptest.Branch), map[string]any{"id_no": numbers[1]}); err != nil {
		t.Fatal(err)
	}
	used, err := keys.InUse(app)
	if err != nil || used[old.Current()] != 1 || len(used) != 2 {
		t.Fatalf("%v (%v)", used, err)
	}
	// a number that is sealed under the old key is still taken
	apptest.Refused(t, "taken", apptest.Save(app, apptest.Person(t, app, apptest.Deputy), map[string]any{"id_no": canary}), "people_id_no_taken")

	id, done, err := keys.Rotate(app, func(int) {})
	if err != nil || done != 1 || id == old.Current() {
		t.Fatalf("%s %d %v", id, done, err)
	}
	if used, err = keys.InUse(app); err != nil || used[id] != 2 || len(used) != 1 {
		t.Errorf("%v (%v)", used, err)
	}
	if ring, _ := keys.Ring(app); len(ring.IDs()) != 2 {
		t.Errorf("the interrupted rotation made another key: %v", ring.IDs())
	}
	again, done, err := keys.Rotate(app, func(int) {})
	if err != nil || done != 2 || again == id {
		t.Errorf("%s %d %v", again, done, err)
	}
	if number(t, app, apptest.Member) != canary || number(t, app, apptest.Branch) != numbers[1] {
		t.Error("the numbers have changed")
	}
	apptest.Refused(t, "taken", apptest.Save(app, apptest.Person(t, app, apptest.Deputy), map[string]any{"id_no": canary}), "people_id_no_taken")
	if err := keys.Check(app); err != nil {
		t.Error(err)
	}
}

// A batch is all or nothing.
func TestRotationStopsAtABrokenValue(t *testing.T) {
	t.Parallel()
	app, _ := filed(t)
	if err := keys.Start(app); err != nil {
		t.Fatal(err)
	}
	if err := apptest.Save(app, apptest.Person(t, app, apptest.Member), map[string]any{"id_no": canary}); err != nil {
		t.Fatal(err)
	}
	ring, _ := keys.Ring(app)
	_, err := app.NonconcurrentDB().NewQuery("UPDATE people SET id_no_sealed = {:broken} WHERE number = 'clerk'").
		Bind(map[string]any{"broken": ring.Current() + ".AAAA"}).Execute()
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := keys.Rotate(app, func(int) {}); !errors.Is(err, vault.ErrBroken) {
		t.Errorf("Expected a broken value, got %v", err)
	}
	if number(t, app, apptest.Member) != canary {
		t.Error("the batch was half done")
	}
}
