package approvals_test

import (
	"net/http"
	"slices"
	"testing"

	"yaodian/hooks/approvals"
	"yaodian/hooks/approvals/asktest"
	"yaodian/hooks/apptest"
	"yaodian/hooks/calendar"
	"yaodian/hooks/kit"
	"yaodian/hooks/notify"

	"github.com/pocketbase/pocketbase/core"
)

func titles(t testing.TB, app core.App, number string) []string {
	t.Helper()
	list, err := app.FindRecordsByFilter(notify.Messages, "person = {:p}", "created", 0, 0, map[string]any{"p": asktest.ID(t, app, number)})
	if err != nil {
		t.Fatal(err)
	}
	out := []string{}
	for _, m := range list {
		out = append(out, m.GetString("title"))
	}
	return out
}

func wantTitles(t testing.TB, app core.App, number string, want ...string) {
	t.Helper()
	if got := titles(t, app, number); !slices.Equal(got, want) {
		t.Errorf("%s: Expected %q, got %q", number, want, got)
	}
}

// Told once each a workday before, on the day and after; overdue tells the
// secretary above; nothing is ever decided by the calendar.
func TestReminders(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	asktest.Staff(t, app)
	request := asktest.Ask(t, app, "honor") // five workdays from Wednesday, June 10
	if due := asktest.Stored(t, app, request).GetString("due"); due != "2026-06-17" {
		t.Fatalf("due %s", due)
	}
	on := func(day string, want int) {
		t.Helper()
		apptest.SetToday(t, app, day)
		for _, n := range []int{want, 0} { // and again
			if told, err := approvals.Remind(app, calendar.Of(kit.Now(app))); err != nil || told != n {
				t.Errorf("%s: Expected %d, told %d, %v", day, n, told, err)
			}
		}
	}
	on("2026-06-15", 0)
	on("2026-06-16", 1)
	on("2026-06-17", 1)
	on("2026-06-18", 1)
	on("2026-06-30", 0)
	wantTitles(t, app, apptest.Branch, "待审批：评先评优", "即将到期：评先评优", "今天到期：评先评优", "已逾期：评先评优")
	wantTitles(t, app, apptest.Secretary, "下级审批逾期：评先评优")
	wantTitles(t, app, asktest.Organizer)
	asktest.WantStatus(t, app, request, "pending", 1)

	// what was left out for days is told once, as it is
	second := asktest.Ask(t, app, "honor")
	on("2026-12-01", 1)
	wantTitles(t, app, apptest.Secretary, "下级审批逾期：评先评优", "下级审批逾期：评先评优")
	asktest.WantStatus(t, app, second, "pending", 1)

	// the next step begins with a clean slate, and nobody is above the committee
	for _, who := range []string{apptest.Branch, asktest.Organizer} {
		_, err := approvals.Decide(app, t.Context(), approvals.Decision{Request: request.Id, By: asktest.ID(t, app, who), Verdict: approvals.Approve})
		if err != nil {
			t.Fatal(err)
		}
	}
	if r := asktest.Stored(t, app, request); r.GetString("noticed") != "" || r.GetString("due") <= "2026-12-01" {
		t.Errorf("noticed %q, due %s", r.GetString("noticed"), r.GetString("due"))
	}
	on("2027-03-01", 1)
	if got := titles(t, app, apptest.Secretary); len(got) != 5 {
		t.Errorf("waiting, overdue and left waiting: %q", got)
	}
}

// What was returned and not handed in again expires; what waits never does.
func TestExpiry(t *testing.T) {
	t.Parallel()
	s := asktest.Served(t)
	closed := 0
	approvals.OnClosed(s.App, "honor", func(core.App, *core.Record) error { closed++; return nil })
	returned, waiting := asktest.Ask(t, s.App, "honor"), asktest.Ask(t, s.App, "honor")
	asktest.Say(t, s, apptest.Branch, returned, map[string]any{"verdict": "return", "comment": "请补材料"}).Want(t, 200)
	until := asktest.Stored(t, s.App, returned).GetString("expires")
	expire := func(day string, want int) {
		t.Helper()
		apptest.SetToday(t, s.App, day)
		for _, n := range []int{want, 0} {
			if got, err := approvals.ExpireReturned(s.App, calendar.Of(kit.Now(s.App))); err != nil || got != n {
				t.Errorf("%s: Expected %d, got %d, %v", day, n, got, err)
			}
		}
	}
	expire(until, 0)
	expire("2027-01-01", 1)
	asktest.WantStatus(t, s.App, returned, "expired", 0)
	asktest.WantStatus(t, s.App, waiting, "pending", 1)
	if closed != 1 {
		t.Errorf("closed %d times", closed)
	}
	s.Do(t, apptest.Member, http.MethodPost, "/api/approvals/requests/"+returned.Id+"/submit", nil).Want(t, 400, "approvals_submitted")
	lines := asktest.Lines(t, s.App, returned)
	if last := lines[len(lines)-1]; last.GetString("verdict") != "expire" || last.GetString("person") != "" {
		t.Errorf("last line: %v", last.PublicExport())
	}
	wantTitles(t, s.App, apptest.Member, "评先评优：退回修改", "评先评优：已失效")
}
