package points_test

import (
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/apptest"
	"yaodian/hooks/kit"
)

// A filed meeting gives points to who came, at once and by itself; each entry
// names its rule and its source (R-PTS-04).
func TestR_PTS_04_EntriesNameTheirSource(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	m := meet(t, app, "theme_day", "2026-05-06", map[string]string{apptest.Member: "present", apptest.Branch: "leave", Elder: "present"})
	added(t, app, apptest.Member, 20)
	added(t, app, apptest.Branch, 0)
	added(t, app, Elder, 20)
	e := apptest.First(t, app, "points_entries", "person", id(t, app, apptest.Member))
	source, err := app.FindRecordById(e.GetString("collection"), e.GetString("source"))
	if err != nil || source.GetString("meeting") != m.Id || e.GetString("rule") != ruleNo(t, app, "T02") || e.GetString("day") != "2026-05-06" ||
		e.GetString("quarter") != "2026-Q2" || e.GetString("explain") != "按 T02“参加主题党日”计 2 分。" {
		t.Errorf("Expected an entry that says where it comes from, got %v %v", e, err)
	}
	whole(t, app)
}

// Nothing counts before the meeting is in the archive, and all is taken back
// when what it says is corrected.
func TestEntriesFollowTheirSource(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	m := apptest.Make(t, app, "meetings", map[string]any{"org": "@zb1", "kind": "theme_day", "title": "主题党日", "held_on": "2026-05-06", "host": "#" + apptest.Branch, "state": "held"})
	a := attend(t, app, m, apptest.Member, "present")
	if n := entries(t, app); n != 0 {
		t.Fatalf("Expected nothing before the meeting is filed, got %d", n)
	}
	file(t, app, m)
	added(t, app, apptest.Member, 20)
	for _, step := range []struct {
		status string
		want   int
		lines  int
	}{{"absent", -20, 3}, {"present", 20, 5}, {"leave", 0, 6}, {"present", 20, 7}, {"present", 20, 7}} {
		a.Load(map[string]any{"status": step.status, "reason": "更正"})
		if err := kit.SaveAsSystem(app, t.Context(), a); err != nil {
			t.Fatal(err)
		}
		if n := entries(t, app); n != step.lines {
			t.Errorf("%s: Expected %d lines, got %d", step.status, step.lines, n)
		}
		if got := total(t, app, apptest.Member); int(got.Points-got.Base) != step.want {
			t.Errorf("%s: Expected %d, got %+v", step.status, step.want, got)
		}
	}
	whole(t, app)
	if err := app.DeleteWithContext(kit.System(t.Context()), a); err != nil {
		t.Fatal(err)
	}
	added(t, app, apptest.Member, 0)
	whole(t, app)
}

// A record that can't be saved leaves no entry, and an entry that can't be
// written leaves no record.
func TestEntriesShareTheTransaction(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	tooLate := func(e *core.RecordEvent) error { // what comes after the entry fails
		return kit.InTx(e, func() error {
			if err := e.Next(); err != nil {
				return err
			}
			if n := entries(t, e.App); n != 1 {
				t.Errorf("Expected the entry to be there, got %d", n)
			}
			return kit.Forbid("test", "出错了。")
		})
	}
	app.OnRecordCreateExecute("study_records").BindFunc(tooLate)
	if _, err := apptest.Try(app, "study_records", apptest.Named(t, app, map[string]any{
		"person": "#" + apptest.Member, "org": "@zb1", "studied_on": "2026-05-01", "tenths": 20, "source": "self", "title": "学习",
	})); err == nil {
		t.Fatal("saved")
	}
	if n := entries(t, app); n != 0 {
		t.Errorf("Expected no entry, got %d", n)
	}
	other := prepared(t)
	exec(t, other, "CREATE TRIGGER broken BEFORE INSERT ON points_entries BEGIN SELECT RAISE(ABORT, 'broken'); END")
	if _, err := apptest.Try(other, "study_records", apptest.Named(t, other, map[string]any{
		"person": "#" + apptest.Member, "org": "@zb1", "studied_on": "2026-05-01", "tenths": 20, "source": "self", "title": "学习",
	})); err == nil {
		t.Error("saved without its entry")
	}
	if n, err := other.CountRecords("study_records"); n != 0 || err != nil {
		t.Errorf("Expected no record, got %d %v", n, err)
	}
}
