package dues_test

import (
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/apptest"
	"yaodian/hooks/dues/charge"
	"yaodian/hooks/dues/ledger"
	"yaodian/hooks/dues/rate"
	"yaodian/hooks/kit"
)

// A month is charged once, whoever has a category and a base; the others are
// counted for somebody to look at.
func TestBillMonth(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	done, err := charge.BillMonth(app, "2026-03", kit.Now(app))
	if err != nil || done.Charged != 3 || done.Sum != 112_50+16_00+20 || done.Missing != 9 {
		t.Fatalf("%+v %v", done, err)
	}
	again, err := charge.BillMonth(app, "2026-03", kit.Now(app))
	if err != nil || again.Charged != 0 || again.Sum != 0 {
		t.Errorf("billed twice: %+v %v", again, err)
	}
	if owed := month(t, app, apptest.Member, "2026-03"); owed.Charged != 112_50 || owed.Remaining != 112_50 {
		t.Errorf("%+v", owed)
	}
	_, err = charge.BillMonth(app, "2026-07", kit.Now(app))
	apptest.Refused(t, "a month to come", err, "dues_month_future")
	_, err = charge.BillMonth(app, "1990-07", kit.Now(app))
	apptest.Refused(t, "before all rates", err, "dues_no_rates")
	_, err = charge.BillMonth(app, "2026-7", kit.Now(app))
	apptest.Refused(t, "no month", err, "dues_month_unreal")
	whole(t, app)
}

// What fails between two organizations leaves the first one billed, and the next
// run does the rest.
func TestBillMonthResumes(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	categorize(t, app, apptest.Neighbour, rate.Student, "2026-01")
	exec(t, app, `CREATE TRIGGER fail BEFORE INSERT ON dues_entries WHEN NEW.org = '`+apptest.Unit(t, app, "zb2").Id+`' BEGIN SELECT RAISE(ABORT, 'the lights go out'); END`)
	done, err := charge.BillMonth(app, "2026-03", kit.Now(app))
	if err == nil || done.Charged != 3 || !strings.Contains(err.Error(), "lights") {
		t.Fatalf("%+v %v", done, err)
	}
	whole(t, app)
	exec(t, app, "DROP TRIGGER fail")
	done, err = charge.BillMonth(app, "2026-03", kit.Now(app))
	if err != nil || done.Charged != 1 {
		t.Fatalf("%+v %v", done, err)
	}
	whole(t, app)
}

// TestWhoPaysWhere holds domain.md 1.4: whoever was a member, or became one, in
// the month, at the branch where the month began.
func TestWhoPaysWhere(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change map[string]any
		since  string
		want   map[string]string // month → organization, "" for none
	}{
		"nothing happens":   {nil, "", map[string]string{"2026-03": "zb1", "2026-05": "zb1"}},
		"moves":             {map[string]any{"org": "@zb2"}, "2026-04-15", map[string]string{"2026-04": "zb1", "2026-05": "zb2"}},
		"moves on a first":  {map[string]any{"org": "@zb2"}, "2026-04-01", map[string]string{"2026-03": "zb1", "2026-04": "zb2"}},
		"into a group":      {map[string]any{"org": "@xz1"}, "2026-04-15", map[string]string{"2026-04": "zb1", "2026-05": "zb1"}},
		"dies":              {map[string]any{"state": "deceased"}, "2026-04-15", map[string]string{"2026-04": "zb1", "2026-05": ""}},
		"leaves":            {map[string]any{"state": "left"}, "2026-04-30", map[string]string{"2026-04": "zb1", "2026-05": ""}},
		"account suspended": {map[string]any{"state": "suspended"}, "2026-04-15", map[string]string{"2026-05": "zb1"}},
		"is removed": {
			map[string]any{"state": "removed", "status_reason": "支部大会决定", "status_document": "工委〔2026〕1号"}, "2026-04-15",
			map[string]string{"2026-04": "zb1", "2026-05": ""},
		},
		"membership stopped": {
			map[string]any{"membership_state": "stopped", "status_reason": "失联", "status_document": "工委〔2026〕2号"}, "2026-04-15",
			map[string]string{"2026-04": "zb1", "2026-05": ""},
		},
	} {
		for _, order := range []string{"known before", "entered late"} {
			t.Run(name+", "+order, func(t *testing.T) {
				t.Parallel()
				app := prepared(t)
				change := func() {
					if c.change == nil {
						return
					}
					data := apptest.Named(t, app, c.change)
					data["status_since"] = c.since
					if err := apptest.Save(app, apptest.Person(t, app, apptest.Member), data); err != nil {
						t.Fatal(err)
					}
				}
				if order == "known before" {
					change()
					bill(t, app, "2026-01", "2026-06")
				} else {
					bill(t, app, "2026-01", "2026-06")
					change()
				}
				for m, unit := range c.want {
					checkPlace(t, app, m, unit)
				}
				whole(t, app)
			})
		}
	}
}

// checkPlace: the member owes a month at exactly one organization, or nowhere.
func checkPlace(t testing.TB, app core.App, m, unit string) {
	t.Helper()
	list, err := ledger.Grouped(app, "org", ledger.Where{SQL: "person = {:p} AND month = {:m}", Params: map[string]any{"p": id(t, app, apptest.Member), "m": m}})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]rate.Fen{}
	for _, b := range list {
		if b.Remaining != 0 {
			got[b.Key] = b.Remaining
		}
	}
	switch {
	case unit == "" && len(got) > 0:
		t.Errorf("%s: Expected nothing, got %v", m, got)
	case unit != "" && (len(got) != 1 || got[apptest.Unit(t, app, unit).Id] != 112_50):
		t.Errorf("%s: Expected 112.50 at %s, got %v", m, unit, got)
	}
}

// A new member owes from the month of the approval, even in the middle of it.
func TestNewMember(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	person := apptest.Make(t, app, "people", map[string]any{
		"number": "newcomer", "name": "新党员", "org": "@zb1", "kind": "activist", "state": "active", "password": apptest.Password, "status_since": "2025-01-01",
	})
	if err := apptest.Save(app, person, map[string]any{"kind": "probationary", "join_date": "2026-02-20", "status_since": "2026-04-18"}); err != nil {
		t.Fatal(err)
	}
	categorize(t, app, "newcomer", rate.Student, "2026-01")
	bill(t, app, "2026-03", "2026-05")
	for m, want := range map[string]rate.Fen{"2026-03": 0, "2026-04": 20, "2026-05": 20} {
		if got := month(t, app, "newcomer", m).Charged; got != want {
			t.Errorf("%s: Expected %s, got %s", m, want, got)
		}
	}
}

// A base that is reviewed, or a category that is entered, after the bill charges
// the difference, and the months that are already there keep their set of rates.
func TestSettlesLate(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	bill(t, app, "2026-01", "2026-06")
	settle(t, app, apptest.Member, "2026-05", 12000_00)
	for m, want := range map[string]rate.Fen{"2026-04": 112_50, "2026-05": 240_00, "2026-06": 240_00} {
		if got := month(t, app, apptest.Member, m).Remaining; got != want {
			t.Errorf("%s: Expected %s, got %s", m, want, got)
		}
	}
	categorize(t, app, apptest.Neighbour, rate.Student, "2026-03")
	if got := month(t, app, apptest.Neighbour, "2026-03").Charged; got != 0 {
		t.Errorf("zb2 was never billed, got %s", got)
	}
	apptest.Make(t, app, "people", map[string]any{
		"number": "late", "name": "补录", "org": "@zb1", "kind": "member", "state": "active", "password": apptest.Password, "status_since": "2020-01-01",
	})
	categorize(t, app, "late", rate.Student, "2026-03")
	if got := owes(t, app, "late"); got != 4*20 {
		t.Errorf("Expected four months of 0.20, got %s", got)
	}
	whole(t, app)
}

// A server that was down on the first bills the month when it starts, if the
// month before was billed.
func TestBillsWhatTheServerMissed(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	bill(t, app, "2026-05", "2026-05")
	apptest.Serve(t, app)
	for range 200 {
		if month(t, app, apptest.Member, "2026-06").Charged > 0 {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if got := month(t, app, apptest.Member, "2026-06").Charged; got != 112_50 {
		t.Errorf("Expected 112.50, got %s", got)
	}
	fresh := prepared(t)
	apptest.Serve(t, fresh)
	time.Sleep(50 * time.Millisecond)
	if n, err := fresh.CountRecords(ledger.Entries); err != nil || n != 0 {
		t.Errorf("a ledger that hasn't begun was billed: %d %v", n, err)
	}
}
