package desk_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"yaodian/hooks/approvals"
	"yaodian/hooks/approvals/asktest"
	"yaodian/hooks/apptest"

	"github.com/pocketbase/pocketbase/core"
)

// BenchmarkInbox reads the inbox of somebody for whom 10,000 requests wait, and
// of somebody for whom ten of them do; p99 is reported in ms.
func BenchmarkInbox(b *testing.B) {
	app := apptest.New(b)
	asktest.Staff(b, app)
	one := asktest.Ask(b, app, "honor")
	fill(b, app, one, 10_000, "jd", "committee_secretary")
	fill(b, app, one, 10, "zb2", "branch_secretary")
	s := apptest.Serve(b, app)
	app.Settings().RateLimits.Enabled = false
	for _, who := range []string{apptest.Secretary, apptest.Neighbour, apptest.Member} {
		s.Token(b, who)
		for what, url := range map[string]string{"inbox": "/api/approvals/inbox", "list": apptest.URL(approvals.Requests) + "?skipTotal=1&sort=-created"} {
			b.Run(who+"/"+what, func(b *testing.B) {
				var took []time.Duration
				for b.Loop() {
					start := time.Now()
					s.Do(b, who, http.MethodGet, url, nil).Want(b, 200)
					took = append(took, time.Since(start))
				}
				slices.Sort(took)
				b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
			})
		}
	}
}

// fill copies a request n times and lets the copies wait at a place.
func fill(b *testing.B, app core.App, one *core.Record, n int, unit, role string) {
	b.Helper()
	columns := ""
	for _, f := range one.Collection().Fields {
		switch f.GetName() {
		case "id", "wait_org", "wait_role", "due":
		default:
			columns += ", " + f.GetName()
		}
	}
	_, err := app.NonconcurrentDB().NewQuery(fmt.Sprintf(`INSERT INTO approvals_requests (id, wait_org, wait_role, due%[1]s)
		WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %[2]d)
		SELECT printf('%[3]s%%012d', i), '%[4]s', '%[5]s', date('2026-06-01', (i %% 30) || ' days')%[1]s FROM n, approvals_requests WHERE id = '%[6]s'`,
		columns, n, unit[:2]+"x", apptest.Unit(b, app, unit).Id, apptest.Role(b, app, role).Id, one.Id)).Execute()
	if err != nil {
		b.Fatal(err)
	}
}
