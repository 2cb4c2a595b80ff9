package audit_test

import (
	"net/http"
	"syscall"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
)

// BenchmarkGuardedWrite creates and changes the same document by turns in the
// whole application and in plain PocketBase, over the API and from Go, and
// reports how much of the plain throughput remains. cpu/op-ratio is the same
// by processor time, which doesn't feel other programs.
func BenchmarkGuardedWrite(b *testing.B) {
	b.Run("api", func(b *testing.B) { compare(b, overAPI) })
	b.Run("go", func(b *testing.B) { compare(b, fromGo) })
}

func compare(b *testing.B, writer func(*testing.B, *tests.TestApp) func()) {
	writers := []func(){writer(b, apptest.New(b)), writer(b, apptest.Plain(b))}
	var wall, cpu [2]time.Duration
	b.ResetTimer()
	for b.Loop() {
		for i, write := range writers {
			start, used := time.Now(), processor()
			for range 20 {
				write()
			}
			wall[i] += time.Since(start)
			cpu[i] += processor() - used
		}
	}
	b.ReportMetric(float64(wall[1])/float64(wall[0]), "of-plain")
	b.ReportMetric(float64(cpu[1])/float64(cpu[0]), "of-plain-by-cpu")
	b.ReportMetric(float64(wall[0].Microseconds())/float64(20*b.N), "µs/write")
}

func processor() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func overAPI(b *testing.B, app *tests.TestApp) func() {
	app.Settings().RateLimits.Enabled = false
	s := apptest.Serve(b, app)
	url, body := apptest.URL("documents"), apptest.Named(b, app, document)
	return func() {
		if a := s.Do(b, apptest.Clerk, http.MethodPost, url, body); a.Status != http.StatusOK {
			b.Fatal(a.Short())
		}
	}
}

func fromGo(b *testing.B, app *tests.TestApp) func() {
	documents, err := app.FindCollectionByNameOrId("documents")
	if err != nil {
		b.Fatal(err)
	}
	data := apptest.Named(b, app, document)
	return func() {
		r := core.NewRecord(documents)
		r.Load(data)
		if err := app.Save(r); err != nil {
			b.Fatal(err)
		}
	}
}

var document = map[string]any{"title": "学习制度", "action": "draft", "year": 2026, "state": "planned", "org": "@zb1", "org_path": "/jd/zb1/"}
