package audit_test

import (
	"fmt"
	"net/http"
	"syscall"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/audit"
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

// BenchmarkReach reads the newest 30 of 1,000,000 entries: a thousandth of them
// lie in the reach of the branch, all in that of the committee, and a
// ten-thousandth concern the member.
func BenchmarkReach(b *testing.B) {
	app := apptest.New(b)
	app.Settings().RateLimits.Enabled = false
	fill(b, app, 1_000_000)
	s := apptest.Serve(b, app)
	for _, who := range []string{apptest.Branch, apptest.Clerk, apptest.Member, apptest.Outsider, apptest.Keeper} {
		s.Token(b, who)
		for _, query := range []string{`sort=-id&filter=month="2026-05"`, "sort=-@rowid"} {
			b.Run(who+"/"+query, func(b *testing.B) {
				url := apptest.URL(audit.Entries) + "?perPage=30&skipTotal=1&" + query
				for b.Loop() {
					if a := s.Do(b, who, http.MethodGet, url, nil); a.Status != http.StatusOK {
						b.Fatal(a.Short())
					}
				}
			})
		}
	}
}

func fill(b *testing.B, app core.App, n int) {
	b.Helper()
	sql(b, app, `DROP TRIGGER audit_entries_insert`, fmt.Sprintf(`INSERT INTO audit_entries (id, seq, at, month, actor_kind, actor, actor_name, action,
			collection, record, label, org, org_path, subject_person, changes, prev, hash)
		WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
		SELECT printf('%%015d', i), i, strftime('%%Y-%%m-%%d %%H:%%M:%%fZ', '2016-06-10', (i * 315) || ' seconds'), strftime('%%Y-%%m', '2016-06-10', (i * 315) || ' seconds'), 'person', 'p' || (i %% 997), '林干事', 'update',
			'documents', printf('r%%014d', i * 7919 %% 500000), '学习制度', 'u', CASE WHEN i %% 1000 = 0 THEN '/jd/zb1/' ELSE '/jd/b' || (i %% 1000) || '/' END,
			CASE WHEN i %% 10000 = 0 THEN '%s' WHEN i %% 3 = 0 THEN 'p' || (i %% 9973) ELSE '' END,
			'{"title":["学习制度","学习规范"],"state":["planned","drafting"]}', hex(randomblob(32)), hex(randomblob(32)) FROM n`,
		n, apptest.Person(b, app, apptest.Member).Id), `ANALYZE`)
}

// BenchmarkVerify follows a chain of 50,000 entries.
func BenchmarkVerify(b *testing.B) {
	const n = 50_000
	app := apptest.New(b)
	row := apptest.Make(b, app, "documents", document)
	start := time.Now()
	err := app.RunInTransaction(func(tx core.App) error {
		for range n {
			if err := audit.Note(tx, b.Context(), audit.Event{Action: audit.Update, Record: row, Changes: audit.Changes{"state": {"planned", "drafting"}}}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	noted := time.Since(start)
	for b.Loop() {
		if report, err := audit.Verify(b.Context(), app, nil); err != nil || report.Broken != nil {
			b.Fatal(report, err)
		}
	}
	b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "entries/s")
	b.ReportMetric(float64(noted.Microseconds())/n, "µs/note")
}
