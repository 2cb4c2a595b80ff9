package exchange_test

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/apptest"
	"yaodian/hooks/exchange"
	"yaodian/hooks/exchange/sheet"
)

// rosterOf writes a workbook of n people of a branch.
func rosterOf(b *testing.B, app core.App, n int) string {
	b.Helper()
	c, err := app.FindCollectionByNameOrId("people")
	if err != nil {
		b.Fatal(err)
	}
	path := filepath.Join(b.TempDir(), "roster.xlsx")
	out, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	defer out.Close()
	w, err := sheet.NewWriter(out, exchange.Describe(app, c), sheet.Options{Format: sheet.XLSX})
	if err != nil {
		b.Fatal(err)
	}
	for i := range n {
		row := map[string]any{"name": fmt.Sprintf("党员%d", i), "kind": "member", "org": "东风社区党支部", "number": fmt.Sprintf("w%d", i), "mobile": fmt.Sprintf("138%08d", i), "title": "群众", "state": "active"}
		if err := w.Write(row); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		b.Fatal(err)
	}
	return path
}

// BenchmarkImport previews and applies a roster: rows per second, and how far
// the heap grows over what it was before.
func BenchmarkImport(b *testing.B) {
	for _, n := range []int{3_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				app := apptest.New(b)
				path := rosterOf(b, app, n)
				b.StartTimer()
				seen := watch()
				start := time.Now()
				record := receive(b, app, apptest.Clerk, "people", path)
				b.ReportMetric(float64(n)/time.Since(start).Seconds(), "previewed/s")
				b.ReportMetric(seen(), "preview-MB")

				seen, start = watch(), time.Now()
				record = carryOut(b, app, apptest.Clerk, record)
				b.ReportMetric(float64(n)/time.Since(start).Seconds(), "applied/s")
				b.ReportMetric(seen(), "apply-MB")
				if record.GetInt("added") != n || record.GetString("state") != "done" {
					b.Fatal(record.GetString("message"))
				}
			}
		})
	}
}

// BenchmarkExport writes a list of people.
func BenchmarkExport(b *testing.B) {
	app := apptest.New(b)
	_, err := app.DB().NewQuery(`WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 100000)
		INSERT INTO people (id, name, number, kind, state, org, org_path, tokenKey, password, created, updated)
		SELECT printf('r%014d', i), '党员' || i, 'w' || i, 'member', 'active', p.org, p.org_path, 'k' || i, '', p.created, p.updated
		FROM c, (SELECT * FROM people WHERE number = 'member') p`).Execute()
	if err != nil {
		b.Fatal(err)
	}
	c, err := app.FindCollectionByNameOrId("people")
	if err != nil {
		b.Fatal(err)
	}
	for _, format := range []sheet.Format{sheet.XLSX, sheet.CSV} {
		b.Run(string(format), func(b *testing.B) {
			for b.Loop() {
				seen, start := watch(), time.Now()
				rows, err := (exchange.List{Collection: c, Auth: who(b, app, apptest.Clerk), Format: format}).Write(app, io.Discard)
				if err != nil || rows < 100_000 {
					b.Fatal(rows, err)
				}
				b.ReportMetric(float64(rows)/time.Since(start).Seconds(), "rows/s")
				b.ReportMetric(seen(), "MB")
			}
		})
	}
}

// watch samples the live heap until it is asked for the most, in MB, above
// where it began.
func watch() func() float64 {
	live := func() uint64 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	runtime.GC()
	begin, most := live(), uint64(0)
	stop, stopped := make(chan bool), make(chan bool)
	go func() {
		defer close(stopped)
		for {
			select {
			case <-stop:
				return
			case <-time.After(20 * time.Millisecond):
				most = max(most, live())
			}
		}
	}()
	return func() float64 {
		close(stop)
		<-stopped
		return float64(max(most, begin)-begin) / (1 << 20)
	}
}
