package ledgers_test

import (
	"fmt"
	neturl "net/url"
	"slices"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/apptest"
)

// BenchmarkLedger asks for what a page of a ledger asks for, with a million
// meetings of 1,000 branches over ten years: the description, the first page, a
// search, and the heat map of a year, as the secretary of a branch and as the
// clerk of the committee. p99 in ms.
func BenchmarkLedger(b *testing.B) {
	s := apptest.NewServer(b)
	s.App.Settings().RateLimits.Enabled = false
	apptest.MoreUnits(b, s.App, 999)
	manyMeetings(b, s.App, 1_000_000)
	year := neturl.QueryEscape(`held_on >= "2026-01-01" && held_on <= "2026-12-31"`)
	for _, c := range []struct{ name, url string }{
		{"catalogue", "/api/ledgers"},
		{"description", "/api/ledgers/meetings"},
		{"list", apptest.URL("meetings") + "?perPage=100&skipTotal=1&sort=-held_on"},
		{"search", apptest.URL("meetings") + "?perPage=100&skipTotal=1&sort=-held_on&filter=" + neturl.QueryEscape(`title ~ "第 77"`)},
		{"heat", "/api/ledgers/heat/meetings?filter=" + year},
	} {
		for _, who := range []string{apptest.Branch, apptest.Clerk} {
			b.Run(c.name+"/"+who, func(b *testing.B) {
				var took []time.Duration
				for b.Loop() {
					start := time.Now()
					answer := s.Do(b, who, "GET", c.url, nil)
					took = append(took, time.Since(start))
					if answer.Status != 200 {
						b.Fatal(answer.Short())
					}
				}
				slices.Sort(took)
				b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
			})
		}
	}
}

// manyMeetings writes n meetings, every thousandth of branch zb1, the others of
// branches below the committee that stand nowhere else.
func manyMeetings(b *testing.B, app core.App, n int) {
	b.Helper()
	unit, other := apptest.Unit(b, app, "zb1"), apptest.Unit(b, app, "zb2")
	_, err := app.NonconcurrentDB().NewQuery(fmt.Sprintf(`INSERT INTO meetings (id, title, kind, held_on, state, org, org_path, created, updated)
		WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
		SELECT printf('r%%014d', i), '第 ' || i || ' 次会议', 'theme_day', date('2017-01-01', (i %% 3650) || ' days'), 'filed',
			CASE WHEN i %% 1000 = 0 THEN {:unit} ELSE {:other} END,
			CASE WHEN i %% 1000 = 0 THEN {:path} ELSE {:root} || 'b' || (i %% 1000) || '/' END,
			'2026-01-01 00:00:00.000Z', '2026-01-01 00:00:00.000Z' FROM n`, n)).
		Bind(map[string]any{"unit": unit.Id, "other": other.Id, "path": unit.GetString("path"), "root": apptest.Unit(b, app, "jd").GetString("path")}).Execute()
	if err != nil {
		b.Fatal(err)
	}
	if _, err := app.NonconcurrentDB().NewQuery("ANALYZE").Execute(); err != nil {
		b.Fatal(err)
	}
}
