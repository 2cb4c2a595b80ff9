package dues_test

import (
	"net/http"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/dues"
	"yaodian/hooks/dues/assess"
	"yaodian/hooks/dues/charge"
	"yaodian/hooks/dues/ledger"
	"yaodian/hooks/dues/rate"
	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// Who has to do with dues besides the people of apptest.
const (
	Assessor   = "assessor"   // 支部组织委员 of zb1: assesses and records
	Organizer  = "organizer"  // 党工委组织委员: checks, keeps the rates
	Accountant = "accountant" // 党费会计
	Cashier    = "cashier"    // 党费出纳
)

var hired = []struct{ number, name, unit, role, at string }{
	{Assessor, "李组委", "zb1", "branch_organizer", "zb1"},
	{Organizer, "郑委员", "djb", "organizer", "jd"},
	{Accountant, "贺会计", "djb", "accountant", "jd"},
	{Cashier, "唐出纳", "djb", "cashier", "jd"},
}

// prepared is the application with every officer, and members of zb1 with their
// categories and bases: the member owes 112.50 a month, the secretary 16.00, the
// assessor 0.20.
var prepared = apptest.Prepared(func(t testing.TB, app core.App) {
	for _, p := range hired {
		person := apptest.Make(t, app, "people", map[string]any{
			"number": p.number, "name": p.name, "org": "@" + p.unit, "kind": "member", "state": "active", "password": apptest.Password, "status_since": "2020-01-01",
		})
		apptest.Make(t, app, org.Posts, map[string]any{"person": person.Id, "role": "$" + p.role, "org": "@" + p.at, "since": "2020-01-01"})
	}
	categorize(t, app, apptest.Member, rate.WageMonthly, "2026-01")
	categorize(t, app, apptest.Branch, rate.Retired, "2026-01")
	categorize(t, app, Assessor, rate.Student, "2026-01")
	settle(t, app, apptest.Member, "2026-01", 7500_00)
	settle(t, app, apptest.Branch, "2026-01", 3200_00)
})

func served(t testing.TB) *apptest.Server {
	t.Helper()
	return apptest.Serve(t, prepared(t))
}

func id(t testing.TB, app core.App, number string) string {
	t.Helper()
	return apptest.Person(t, app, number).Id
}

func categorize(t testing.TB, app core.App, number string, c rate.Category, since string) *core.Record {
	t.Helper()
	return apptest.Make(t, app, assess.Profiles, map[string]any{"person": "#" + number, "category": string(c), "since": since})
}

// settle gives somebody a base that has been reviewed.
func settle(t testing.TB, app core.App, number, since string, base int) *core.Record {
	t.Helper()
	return apptest.Make(t, app, assess.Bases, map[string]any{
		"person": "#" + number, "year": since[:4], "since": since, "base": base, "state": "reviewed", "reason": "工资调整", "resolution": "支部会议",
		"assessed_by": "#" + Assessor, "confirmed_by": "#" + number, "reviewed_by": "#" + Organizer,
	})
}

// bill bills months up to one.
func bill(t testing.TB, app core.App, from, to string) (n int) {
	t.Helper()
	for _, month := range rate.Months(from, to) {
		done, err := charge.BillMonth(app, month, kit.Now(app))
		if err != nil {
			t.Fatal(month, err)
		}
		n += done.Charged
	}
	return n
}

func owes(t testing.TB, app core.App, number string) rate.Fen {
	t.Helper()
	owed, err := ledger.Balance(app, id(t, app, number))
	if err != nil {
		t.Fatal(err)
	}
	return owed
}

// month is how somebody stands in a month.
func month(t testing.TB, app core.App, number, m string) ledger.Owed {
	t.Helper()
	list, err := ledger.OfPerson(app, id(t, app, number), m, m)
	if err != nil {
		t.Fatal(err)
	}
	if len(list) == 0 {
		return ledger.Owed{Month: m}
	}
	return list[0]
}

// payment is what is sent to record one.
func payment(number string, amount int, from, to string) map[string]any {
	return map[string]any{
		"person": "#" + number, "amount": amount, "from_month": from, "to_month": to, "method": "cash", "received_on": apptest.Today, "recorded_by": "#" + Assessor,
	}
}

func pays(t testing.TB, app core.App, number string, amount int, from, to string) *core.Record {
	t.Helper()
	return apptest.Make(t, app, "dues_payments", payment(number, amount, from, to))
}

// act moves a record on as somebody.
func act(app core.App, t testing.TB, who string, record *core.Record, data map[string]any) error {
	t.Helper()
	fresh, err := app.FindRecordById(record.Collection(), record.Id)
	if err != nil {
		t.Fatal(err)
	}
	fresh.Load(data)
	return kit.As(app, kit.Actor{Kind: kit.ByPerson, ID: id(t, app, who)}).Save(fresh)
}

// whole fails the test unless everything adds up.
func whole(t testing.TB, app core.App) {
	t.Helper()
	report, err := dues.Verify(app)
	if err != nil || report.Whole() != nil {
		t.Fatal(report.Problems, err)
	}
}

func get(t testing.TB, s *apptest.Server, who, url string) apptest.Answer {
	t.Helper()
	return s.Do(t, who, http.MethodGet, url, nil)
}

func exec(t testing.TB, app *tests.TestApp, sql string) {
	t.Helper()
	if _, err := app.NonconcurrentDB().NewQuery(sql).Execute(); err != nil {
		t.Fatal(sql, err)
	}
}
