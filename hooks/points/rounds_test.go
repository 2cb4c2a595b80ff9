package points_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/apptest"
	"yaodian/hooks/points/rounds"
)

func period(t testing.TB, app core.App, named bool) *core.Record {
	t.Helper()
	return apptest.Make(t, app, rounds.Periods, map[string]any{"org": "@zb1", "quarter": "2026-Q1", "named": named})
}

// R-PTS-05: nothing is published before its quarter is over, nor locked while it
// is published: five working days, by the calendar.
func TestR_PTS_05_NotLockedWhilePublished(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	learn(t, app, apptest.Member, "2026-03-02")
	p := period(t, app, false)
	apptest.Refused(t, "locked at once", act(app, t, Reviewer, p, map[string]any{"state": "locked"}), "points_periods_move")
	running := apptest.Make(t, app, rounds.Periods, map[string]any{"org": "@zb1", "quarter": "2026-Q2"})
	apptest.Refused(t, "before its end", act(app, t, Reviewer, running, map[string]any{"state": "published"}), "points_quarter_running")
	if err := act(app, t, Reviewer, p, map[string]any{"state": "published"}); err != nil {
		t.Fatal(err)
	}
	p = apptest.First(t, app, rounds.Periods, "id", p.Id)
	if from, until := p.GetString("notice_from"), p.GetString("notice_until"); from != "2026-06-10" || until != "2026-06-17" {
		t.Errorf("Expected five working days, got %s to %s", from, until)
	}
	apptest.SetToday(t, app, "2026-06-17")
	apptest.Refused(t, "on the last day", act(app, t, Reviewer, p, map[string]any{"state": "locked"}), "points_notice_running")
	apptest.SetToday(t, app, "2026-06-18")
	if err := act(app, t, Reviewer, p, map[string]any{"state": "locked"}); err != nil {
		t.Fatal(err)
	}
	// What happened in a locked quarter and becomes known now is booked in this one.
	learn(t, app, apptest.Member, "2026-03-09")
	var quarter, day string
	if err := app.DB().NewQuery("SELECT quarter, day FROM points_entries ORDER BY id DESC LIMIT 1").Row(&quarter, &day); err != nil || quarter != "2026-Q2" || day != "2026-03-09" {
		t.Errorf("Expected it to be booked in the current quarter, got %s %s %v", quarter, day, err)
	}
	added(t, app, apptest.Member, 40)
	apptest.Refused(t, "changed after", act(app, t, Reviewer, p, map[string]any{"named": true}), "points_periods_filed")
	whole(t, app)
}

// R-PTS-06: nothing is locked with an open appeal; the branch answers in ten
// working days, the committee has the last word, and each is somebody else.
func TestR_PTS_06_NotLockedWithAnAppeal(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	meet(t, app, "branch_assembly", "2026-03-04", map[string]string{apptest.Member: "absent"})
	entry := apptest.First(t, app, "points_entries", "person", id(t, app, apptest.Member))
	p := period(t, app, false)
	appeal := apptest.Named(t, app, map[string]any{"person": "#" + apptest.Member, "period": p.Id, "entry": entry.Id, "text": "那天我请过假。"})
	_, err := apptest.Try(app, rounds.Appeals, appeal)
	apptest.Refused(t, "before publication", err, "points_appeal_closed")
	if err := act(app, t, Reviewer, p, map[string]any{"state": "published"}); err != nil {
		t.Fatal(err)
	}
	_, err = apptest.Try(app, rounds.Appeals, apptest.Named(t, app, map[string]any{"person": "#" + Elder, "period": p.Id, "entry": entry.Id, "text": "别人的。"}))
	apptest.Refused(t, "about somebody else's entry", err, "points_appeal_entry")
	a, err := apptest.Try(app, rounds.Appeals, appeal)
	if err != nil || a.GetString("due") != "2026-06-25" {
		t.Fatalf("Expected ten working days, got %v %v", a, err)
	}
	apptest.SetToday(t, app, "2026-06-22")
	apptest.Refused(t, "with an open appeal", act(app, t, Reviewer, p, map[string]any{"state": "locked"}), "points_appeal_open")
	apptest.Refused(t, "answered without a word", act(app, t, apptest.Branch, a, map[string]any{"state": "answered", "outcome": "kept"}), "points_appeals_needs")
	apptest.Refused(t, "answered by oneself", act(app, t, apptest.Member, a, map[string]any{"state": "answered", "outcome": "reversed", "answer": "同意"}), "org_same_person")
	if err := act(app, t, apptest.Branch, a, map[string]any{"state": "answered", "outcome": "kept", "answer": "没有请假记录。"}); err != nil {
		t.Fatal(err)
	}
	apptest.Refused(t, "taken up by somebody else", act(app, t, apptest.Branch, a, map[string]any{"state": "settled"}), "points_appeal_turn")
	if err := act(app, t, apptest.Member, a, map[string]any{"state": "escalated"}); err != nil {
		t.Fatal(err)
	}
	apptest.Refused(t, "with the committee", act(app, t, Reviewer, p, map[string]any{"state": "locked"}), "points_appeal_open")
	apptest.Refused(t, "settled by the branch", act(app, t, apptest.Branch, a, map[string]any{"state": "settled", "outcome": "kept", "ruling": "维持"}), "points_appeals_no_power")
	if err := act(app, t, Organizer, a, map[string]any{"state": "settled", "outcome": "reversed", "ruling": "补交了假条，予以更正。"}); err != nil {
		t.Fatal(err)
	}
	added(t, app, apptest.Member, 0)
	whole(t, app)
	if err := act(app, t, Reviewer, p, map[string]any{"state": "locked"}); err != nil {
		t.Fatal(err)
	}
	apptest.Refused(t, "after the lock", app.Delete(a), "points_appeals_begun")
}

// An answer may be taken to the committee for five working days, so long it
// stands in the way of the lock; nobody is reminded twice.
func TestAppealReminders(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	learn(t, app, apptest.Member, "2026-03-02")
	told, err := rounds.Remind(app, "2026-06-10")
	if err != nil || told == 0 {
		t.Errorf("Expected the branch to be told of the quarter, got %d %v", told, err)
	}
	p := period(t, app, false)
	if err := act(app, t, Reviewer, p, map[string]any{"state": "published"}); err != nil {
		t.Fatal(err)
	}
	a := apptest.Make(t, app, rounds.Appeals, map[string]any{"person": "#" + apptest.Member, "period": p.Id, "text": "少计了一次。"})
	if told, err = rounds.Remind(app, "2026-06-25"); err != nil || told != 0 {
		t.Errorf("Expected nobody to be told yet, got %d %v", told, err)
	}
	if told, err = rounds.Remind(app, "2026-06-26"); err != nil || told == 0 {
		t.Errorf("Expected the branch to be told of the appeal, got %d %v", told, err)
	}
	if told, err = rounds.Remind(app, "2026-06-27"); err != nil || told != 0 {
		t.Errorf("Expected nobody to be told twice, got %d %v", told, err)
	}
	apptest.SetToday(t, app, "2026-06-22")
	apptest.Refused(t, "nothing to reverse", act(app, t, apptest.Branch, a, map[string]any{"state": "answered", "outcome": "reversed", "answer": "补记"}), "points_outcome_no_entry")
	if err := act(app, t, apptest.Branch, a, map[string]any{"state": "answered", "outcome": "kept", "answer": "请申报补记。"}); err != nil {
		t.Fatal(err)
	}
	apptest.SetToday(t, app, "2026-06-26")
	apptest.Refused(t, "in the days of grace", act(app, t, Reviewer, p, map[string]any{"state": "locked"}), "points_appeal_open")
	apptest.SetToday(t, app, "2026-07-06")
	if err := act(app, t, Reviewer, p, map[string]any{"state": "locked"}); err != nil {
		t.Error(err)
	}
}

// R-PTS-07: a veto needs a document, and shows as “否决” and nothing else.
func TestR_PTS_07_VetoNeedsADocument(t *testing.T) {
	t.Parallel()
	s := served(t)
	for document, code := range map[string]string{"": "validation_required", "口头": "points_veto_document", "清纪〔2026〕3号": ""} {
		_, err := apptest.Try(s.App, "points_vetoes", apptest.Named(t, s.App, map[string]any{"person": "#" + apptest.Member, "since": "2026-02-01", "document": document}))
		if document == "" {
			if err == nil {
				t.Error("a veto without a document")
			}
			continue
		}
		apptest.Refused(t, document, err, code)
	}
	learn(t, s.App, apptest.Member, "2026-05-06")
	for _, url := range []string{"/api/points/branch?org=" + apptest.Unit(t, s.App, "zb1").Id, "/api/points/mine?person=" + id(t, s.App, apptest.Member)} {
		answer := get(t, s, apptest.Branch, url)
		answer.Want(t, 200, `"否决"`)
		if answer.Has("清纪") || answer.Has("620") {
			t.Errorf("%s says more than 否决: %s", url, answer.Short())
		}
	}
	p := period(t, s.App, true)
	if err := act(s.App, t, Reviewer, p, map[string]any{"state": "published"}); err != nil {
		t.Fatal(err)
	}
	content := apptest.First(t, s.App, rounds.Periods, "id", p.Id).GetString("content")
	if !strings.Contains(content, `{"name":"孙党员","vetoed":true}`) {
		t.Error(content)
	}
	v := apptest.First(t, s.App, "points_vetoes", "person", id(t, s.App, apptest.Member))
	apptest.Refused(t, "another document", apptest.Save(s.App, v, map[string]any{"document": "清纪〔2026〕4号"}), "points_veto_fixed")
	apptest.Refused(t, "deleted", s.App.Delete(v), "points_veto_permanent")
}

// R-PTS-08: what is published is the spread, in groups of five and more; names
// only where the branch has said so, in their order and without ranks.
func TestR_PTS_08_NoRanks(t *testing.T) {
	t.Parallel()
	s := served(t)
	meet(t, s.App, "branch_assembly", "2026-03-04", map[string]string{apptest.Member: "present", Reviewer: "present"})
	for _, named := range []bool{false, true} {
		app := s.App
		p := apptest.Make(t, app, rounds.Periods, map[string]any{"org": "@zb1", "quarter": map[bool]string{false: "2026-Q1", true: "2025-Q4"}[named], "named": named})
		if err := act(app, t, Reviewer, p, map[string]any{"state": "published"}); err != nil {
			t.Fatal(err)
		}
		var content rounds.Content
		if err := json.Unmarshal([]byte(apptest.First(t, app, rounds.Periods, "id", p.Id).GetString("content")), &content); err != nil {
			t.Fatal(err)
		}
		if content.People != 4 || len(content.Members) != map[bool]int{false: 0, true: 4}[named] {
			t.Errorf("named %v: got %+v", named, content)
		}
		for _, b := range content.Bands {
			if b.People != nil && *b.People > 0 && *b.People < 5 {
				t.Errorf("named %v: a group of %d shows", named, *b.People)
			}
		}
	}
	unit := apptest.Unit(t, s.App, "zb1").Id
	plain := get(t, s, apptest.Branch, "/api/points/branch?org="+unit)
	for _, more := range []string{"", "&sort=-points", "&sort=total", "&order=desc"} {
		answer, at := get(t, s, apptest.Branch, "/api/points/branch?org="+unit+more), -1
		for _, name := range []string{"老党员", "李组委", "孙党员", "赵支书"} {
			next := strings.Index(answer.Body, name)
			if next <= at {
				t.Errorf("%s: Expected the order of names, got %s", more, answer.Short())
			}
			at = next
		}
	}
	for _, word := range []string{"rank", "排名", "名次"} {
		if plain.Has(word) {
			t.Errorf("the answer speaks of %s", word)
		}
	}
}
