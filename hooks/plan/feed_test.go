package plan_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/apptest"
	"yaodian/hooks/notify"
	"yaodian/hooks/plan"
	"yaodian/hooks/plan/plantest"
)

// calendarOf is the calendar of one of the people, over a link of their own.
func calendarOf(t *testing.T, s *apptest.Server, who string) string {
	t.Helper()
	path := s.Do(t, who, http.MethodPost, "/api/notify/feeds", map[string]any{}).Text("path")
	answer := s.Do(t, apptest.Guest, http.MethodGet, path, nil)
	answer.Want(t, 200, "BEGIN:VCALENDAR")
	return answer.Body
}

// A calendar holds what a person still has to do: their own duties and those of
// the organization they hold a post at, and nobody else's.
func TestFeedHoldsOnesOwnDuties(t *testing.T) {
	t.Parallel()
	s := apptest.Serve(t, plantest.WithPlan(t))
	duties, err := s.App.FindAllRecords(plan.Duties, dbx.In("state", "upcoming", "open", "overdue", "returned"))
	if err != nil {
		t.Fatal(err)
	}
	zb1, deputy := apptest.Unit(t, s.App, "zb1").Id, apptest.Person(t, s.App, apptest.Deputy).Id
	for who, mine := range map[string]func(d *core.Record) bool{
		apptest.Branch:    func(d *core.Record) bool { return d.GetString("org") == zb1 && d.GetString("person") == "" },
		apptest.Deputy:    func(d *core.Record) bool { return d.GetString("person") == deputy },
		apptest.Member:    func(*core.Record) bool { return false },
		apptest.Inspector: func(*core.Record) bool { return false },
		apptest.Secretary: func(*core.Record) bool { return false }, // reaches all, holds a post at the top only
	} {
		text, want := calendarOf(t, s, who), 0
		for _, d := range duties {
			in := mine(d) && d.GetString("due") >= "2026-05-11"
			if in {
				want++
			}
			if strings.Contains(text, "UID:plan_duties-"+d.Id+"@yaodian\r\n") != in {
				t.Errorf("%s: %s due %s of %s: Expected in the calendar %v", who, d.GetString("title"), d.GetString("due"), d.GetString("org"), in)
			}
		}
		if got := strings.Count(text, "BEGIN:VEVENT"); got != want {
			t.Errorf("%s: Expected %d, got %d", who, want, got)
		}
		if want == 0 && (who == apptest.Branch || who == apptest.Deputy) {
			t.Errorf("%s has nothing to do, the test shows nothing", who)
		}
	}
}

// A number that somebody typed into a title or a reason doesn't travel.
func TestRemindersMaskNumbers(t *testing.T) {
	t.Parallel()
	app := plantest.WithPlan(t)
	deputy := apptest.Person(t, app, apptest.Deputy).Id
	_, err := app.DB().Update(plan.Duties, dbx.Params{"title": "联系 13812345678"}, dbx.HashExp{"person": deputy, "state": "upcoming"}).Execute()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := plan.Advance(app, "2026-12-31"); err != nil {
		t.Fatal(err)
	}
	messages, err := app.FindAllRecords(notify.Messages, dbx.HashExp{"person": deputy}, dbx.Like("title", "联系"))
	if err != nil || len(messages) == 0 || strings.Contains(messages[0].GetString("title"), "138") {
		t.Errorf("got %d messages (%v)", len(messages), err)
	}
}
