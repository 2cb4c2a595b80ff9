package demo_test

import (
	"errors"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks"
	"yaodian/hooks/apptest"
	"yaodian/hooks/demo"
	"yaodian/hooks/kit"
	"yaodian/hooks/people"
	"yaodian/hooks/people/keys"
)

// empty is the application on a migrated database without anybody in it.
func empty(t testing.TB) *tests.TestApp {
	t.Helper()
	dir := t.TempDir()
	build := core.NewBaseApp(core.BaseAppConfig{DataDir: dir})
	hooks.Bind(build)
	keys.Use(build, apptest.Ring())
	if err := build.Bootstrap(); err != nil {
		t.Fatal(err)
	}
	if err := build.RunAllMigrations(); err != nil {
		t.Fatal(err)
	}
	if err := build.ClearBootstrap(); err != nil {
		t.Fatal(err)
	}
	app, err := tests.NewTestApp(dir)
	if err != nil {
		t.Fatal(err)
	}
	hooks.Bind(app)
	keys.Use(app, apptest.Ring())
	t.Cleanup(app.Cleanup)
	return app
}

func at(day string) time.Time {
	moment, err := time.ParseInLocation(time.DateOnly, day, kit.Beijing)
	if err != nil {
		panic(err)
	}
	return moment.Add(14*time.Hour + 30*time.Minute)
}

var password = regexp.MustCompile(`密码：([a-z]+\d{4})\n`)

// signsIn reports whether the password that the report prints is a person's.
func signsIn(t *testing.T, app core.App, report, number string) bool {
	t.Helper()
	found := password.FindStringSubmatch(report)
	if found == nil {
		t.Fatalf("no password in %s", report)
	}
	return apptest.First(t, app, "people", "number", number).ValidatePassword(found[1])
}

func TestLoad(t *testing.T) {
	app := empty(t)
	began := time.Now()
	report, err := demo.Load(app, at("2026-09-16"))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("loaded in %v\n%s", time.Since(began), report)

	t.Run("sign in", func(t *testing.T) {
		for _, number := range []string{"10001", "10002", "10003", "10101", "10111", "10901"} {
			if !strings.Contains(report, number) || !signsIn(t, app, report, number) {
				t.Errorf("%s can't sign in", number)
			}
		}
	})
	t.Run("clock", func(t *testing.T) {
		if d := time.Since(kit.Now(app)); d < 0 || d > time.Minute {
			t.Errorf("the clock is %v off", d)
		}
	})
	t.Run("states", func(t *testing.T) { checkStates(t, app) })
	t.Run("people", func(t *testing.T) { checkPeople(t, app) })
	t.Run("plan", func(t *testing.T) { checkPlan(t, app) })
	t.Run("dues", func(t *testing.T) { checkDues(t, app) })
	t.Run("items", func(t *testing.T) { checkItems(t, app) })
	t.Run("points", func(t *testing.T) { checkPoints(t, app) })
	t.Run("again", func(t *testing.T) { checkAgain(t, app, report) })
	t.Run("strangers", func(t *testing.T) { checkStrangers(t, app) })
}

func checkAgain(t *testing.T, app core.App, before string) {
	chosen := apptest.First(t, app, "people", "number", "10002")
	chosen.SetPassword("ZiJiXuan2026")
	if err := app.Save(chosen); err != nil {
		t.Fatal(err)
	}
	counted, _ := app.CountRecords("plan_duties")

	report, err := demo.Load(app, at("2026-09-17"))
	if err != nil {
		t.Fatal(err)
	}
	if n, _ := app.CountRecords("plan_duties"); n != counted {
		t.Errorf("%d duties became %d", counted, n)
	}
	if !signsIn(t, app, report, "10111") || signsIn(t, app, before, "10111") {
		t.Error("the new password doesn't replace the old one")
	}
	if !apptest.First(t, app, "people", "number", "10002").ValidatePassword("ZiJiXuan2026") {
		t.Error("a password that somebody has chosen was replaced")
	}
}

func TestLoadRefusesRealData(t *testing.T) {
	app := apptest.New(t)
	before, _ := app.CountRecords("people")
	_, err := demo.Load(app, at("2026-09-16"))
	if !errors.Is(err, demo.ErrForeign) {
		t.Fatalf("got %v", err)
	}
	if after, _ := app.CountRecords("people"); after != before {
		t.Errorf("%d people became %d", before, after)
	}
}

// TestLoadAnyDay: the demo loads on every day of any year, and the passwords
// it makes are good.
func TestLoadAnyDay(t *testing.T) {
	if testing.Short() {
		t.Skip("loads the demo several times")
	}
	for _, day := range []string{"2026-01-01", "2027-02-17", "2028-06-30", "2029-12-31"} {
		t.Run(day, func(t *testing.T) {
			app := empty(t)
			report, err := demo.Load(app, at(day))
			if err != nil {
				t.Fatal(err)
			}
			found := password.FindStringSubmatch(report)
			if err := people.CheckPassword(found[1], ""); err != nil {
				t.Error(err)
			}
			t.Log(tally(t, app, "plan_duties", "state"))
		})
	}
}

// TestTextIsOwn: no line or sentence of the demo's plans stands in the real one.
func TestTextIsOwn(t *testing.T) {
	real, err := os.ReadFile("../../../shared/workplan-2022.txt")
	if err != nil {
		t.Skip("the real plan isn't here")
	}
	pieces := regexp.MustCompile(`[。；\r\n]+`).Split(string(real), -1)
	for _, name := range []string{"plan.txt", "branch.txt"} {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, own := range regexp.MustCompile(`[。；\r\n]+`).Split(string(raw), -1) {
			if len([]rune(own)) > 6 && slices.Contains(pieces, own) {
				t.Errorf("%s has %q", name, own)
			}
		}
	}
}
