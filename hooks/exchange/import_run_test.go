package exchange_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/apptest"
	"yaodian/hooks/exchange"
	"yaodian/hooks/kit"
)

// One faulty row stops all, unless it is left out on purpose.
func TestAllOrNothing(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	record := receive(t, app, apptest.Clerk, "people", file(t, "姓名,所在党支部,人员类别,工号", "甲,zb1,正式党员,n1", "乙,zb9,正式党员,n2"))
	apptest.Refused(t, "with a faulty row", exchange.CheckApply(exchange.State(record.GetString("state")), record.GetInt("faulty"), false), "exchange_faulty")
	done := carryOut(t, app, apptest.Clerk, record)
	if got := done.GetString("state"); got != "failed" || count(t, app, "people") != 8 {
		t.Fatalf("Expected failed and 8 people, got %s and %d", got, count(t, app, "people"))
	}

	record = receive(t, app, apptest.Clerk, "people", file(t, "姓名,所在党支部,人员类别,工号", "甲,zb1,正式党员,n1", "乙,zb9,正式党员,n2"))
	record.Set("partial", true)
	if err := kit.SaveAsSystem(app, t.Context(), record); err != nil {
		t.Fatal(err)
	}
	done = carryOut(t, app, apptest.Clerk, record)
	if got := done.GetString("state") + fmt.Sprint(done.GetInt("added"), done.GetInt("faulty")); got != "done1 1" || count(t, app, "people") != 9 {
		t.Errorf("Expected one of two, got %s: %s", got, done.GetString("message"))
	}
}

// Whatever stops an import between two batches leaves nothing of it.
func TestStoppedHalfWay(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	lines := []string{"姓名,所在党支部,人员类别,工号"}
	for i := range 505 {
		lines = append(lines, fmt.Sprintf("甲%d,zb1,正式党员,n%d", i, i))
	}
	record := receive(t, app, apptest.Clerk, "people", file(t, lines...))
	if record.GetInt("added") != 505 {
		t.Fatal(record.GetString("message"))
	}
	saved := 0
	app.OnRecordCreateExecute("people").BindFunc(func(e *core.RecordEvent) error {
		if saved++; saved == 503 {
			return errors.New("disk full")
		}
		return e.Next()
	})
	done := carryOut(t, app, apptest.Clerk, record)
	if n := count(t, app, "people"); n != 8 || done.GetString("state") != "failed" || done.GetString("message") == "" {
		t.Errorf("%d people, %s: %s", n, done.GetString("state"), done.GetString("message"))
	}
}

// A server that stops ends the job; one that starts says that nothing of what
// was under way has been written.
func TestRestart(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	var ids []string
	for _, state := range []string{"uploaded", "previewing", "applying", "ready", "done"} {
		ids = append(ids, apptest.Make(t, app, exchange.Imports, map[string]any{"person": "#clerk", "collection": "people", "state": state, "org": "@djb"}).Id)
	}
	running := apptest.Make(t, app, exchange.Exports, map[string]any{"person": "#clerk", "collection": "people", "state": "running", "format": "csv", "org": "@djb"})
	apptest.Serve(t, app)
	for i, want := range []string{"failed", "failed", "failed", "ready", "done"} {
		if got := settled(t, app, ids[i]).GetString("state"); got != want {
			t.Errorf("%d: Expected %s, got %s", i, want, got)
		}
	}
	if got := apptest.First(t, app, exchange.Exports, "id", running.Id).GetString("state"); got != "failed" {
		t.Error(got)
	}

	record := receive(t, app, apptest.Clerk, "people", file(t, roster...))
	begun := make(chan bool)
	app.OnRecordCreateExecute("people").BindFunc(func(e *core.RecordEvent) error {
		close(begun)
		time.Sleep(20 * time.Millisecond)
		return e.Next()
	})
	exchange.Apply(app, record.Id, who(t, app, apptest.Clerk))
	<-begun
	event := &core.TerminateEvent{App: app}
	if err := app.OnTerminate().Trigger(event, func(*core.TerminateEvent) error { return nil }); err != nil {
		t.Fatal(err)
	}
	if n := count(t, app, "people"); n != 8 {
		t.Errorf("stopping left %d people", n)
	}
	if got := settled(t, app, record.Id); got.GetString("state") != "failed" {
		t.Errorf("%s: %s", got.GetString("state"), got.GetString("message"))
	}
}

// What is applied is what was shown.
func TestChangedSincePreview(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	record := receive(t, app, apptest.Clerk, "people", file(t, roster...))
	if err := apptest.Save(app, apptest.Person(t, app, apptest.Member), map[string]any{"title": "楼长"}); err != nil {
		t.Fatal(err)
	}
	done := carryOut(t, app, apptest.Clerk, record)
	if got := done.GetString("message"); got != "第4行的记录在预检以后被别人改过，什么也没有写入，请重新上传预检。" || count(t, app, "people") != 8 {
		t.Error(got, count(t, app, "people"))
	}
}

// Two imports at once take turns.
func TestTwoAtOnce(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	clerk := who(t, app, apptest.Clerk)
	var ids []string
	for i := range 2 {
		record := receive(t, app, apptest.Clerk, "people", file(t, "姓名,所在党支部,人员类别,工号", "甲,zb1,正式党员,n1", fmt.Sprintf("乙,zb1,正式党员,m%d", i)))
		ids = append(ids, record.Id)
	}
	for _, id := range ids {
		exchange.Apply(app, id, clerk)
	}
	states := map[string]int{}
	for _, id := range ids {
		states[settled(t, app, id).GetString("state")]++
	}
	if states["done"] != 1 || states["failed"] != 1 || count(t, app, "people") != 10 {
		t.Errorf("%v, %d people", states, count(t, app, "people"))
	}
}

// Whoever hears of what an import has made hears it whole, the people and the
// lines that their rules write, although the import has long let go of them.
func TestToldWhole(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	heard := map[string][]string{}
	app.OnRecordAfterCreateSuccess("people", "people_status").BindFunc(func(e *core.RecordEvent) error {
		heard[e.Record.Collection().Name] = append(heard[e.Record.Collection().Name], e.Record.GetString("name")+e.Record.GetString("state")+" in "+e.Record.GetString("org"))
		return e.Next()
	})
	zb1 := apptest.Unit(t, app, "zb1").Id
	path := file(t, "姓名,所在党支部,人员类别,工号", "甲新人,zb1,正式党员,n1", "乙新人,zb1,正式党员,n2")
	if record := carryOut(t, app, apptest.Clerk, receive(t, app, apptest.Clerk, "people", path)); record.GetInt("added") != 2 {
		t.Fatal(record.GetString("message"))
	}
	for collection, want := range map[string][]string{
		"people":        {"甲新人active in " + zb1, "乙新人active in " + zb1},
		"people_status": {"active in " + zb1, "active in " + zb1},
	} {
		if !slices.Equal(heard[collection], want) {
			t.Errorf("%s: Expected %q, got %q", collection, want, heard[collection])
		}
	}
}
