package points_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/apptest"
	"yaodian/hooks/kit"
	"yaodian/hooks/points/ledger"
	"yaodian/hooks/points/rule"
)

// world is what a random stream of events acts upon.
type world struct {
	t    *testing.T
	app  core.App
	rand *rand.Rand
	who  []string
	meetings,
	marks, studies []*core.Record
}

// day is a day of this year up to today.
func (w *world) day() string {
	return fmt.Sprintf("2026-%02d-%02d", 1+w.rand.IntN(5), 1+w.rand.IntN(28))
}

func (w *world) pick(app core.App, list []*core.Record) *core.Record {
	if len(list) == 0 {
		return nil
	}
	fresh, err := app.FindRecordById(list[0].Collection(), list[w.rand.IntN(len(list))].Id)
	if err != nil {
		return nil
	}
	return fresh
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// step is one event: something happens, is corrected, is withdrawn, or how
// somebody stands becomes known later.
func (w *world) step(app core.App) {
	someone := w.who[w.rand.IntN(len(w.who))]
	statuses := []string{"present", "absent", "leave", "exempt"}
	switch w.rand.IntN(9) {
	case 0:
		m := apptest.Make(w.t, app, "meetings", map[string]any{"org": "@zb1", "kind": []string{"theme_day", "branch_assembly", "party_lecture"}[w.rand.IntN(3)], "title": "会", "held_on": w.day(), "host": "#" + apptest.Branch, "state": "held"})
		for _, number := range w.who {
			w.marks = append(w.marks, attend(w.t, app, m, number, statuses[w.rand.IntN(4)]))
		}
		file(w.t, app, m)
		w.meetings = append(w.meetings, m)
	case 1, 2:
		w.studies = append(w.studies, learn(w.t, app, someone, w.day()))
	case 3:
		if m := w.pick(app, w.meetings); m != nil {
			r := apptest.Make(w.t, app, "study_records", map[string]any{"person": "#" + someone, "org": "@zb1", "studied_on": w.day(), "tenths": 20, "source": "meeting", "title": "会上学习"})
			r.Set("meeting", m.Id)
			if err := app.Save(r); err == nil { // one for a meeting and person
				w.studies = append(w.studies, r)
			}
		}
	case 4:
		if r := w.pick(app, w.studies); r != nil {
			r.Set("studied_on", w.day())
			w.must(app.Save(r))
		}
	case 5:
		if r := w.pick(app, w.studies); r != nil {
			w.must(app.Delete(r))
			w.studies = slices.DeleteFunc(w.studies, func(s *core.Record) bool { return s.Id == r.Id })
		}
	case 6, 7:
		if r := w.pick(app, w.marks); r != nil {
			r.Load(map[string]any{"status": statuses[w.rand.IntN(4)], "reason": "更正"})
			w.must(kit.SaveAsSystem(app, w.t.Context(), r))
		}
	case 8:
		person := apptest.Person(w.t, app, someone)
		person.Load(map[string]any{"birth_date": []string{"1940-01-01", "1956-03-15", "1980-01-01"}[w.rand.IntN(3)]})
		w.must(kit.SaveAsSystem(app, w.t.Context(), person))
	}
}

// TestLedgerIsItsRecomputation: whatever happens, is corrected, withdrawn or cut
// off by a failure in the middle of a transaction, in any order, the ledger is
// what reckoning everything anew gives, and no total passes its caps.
func TestLedgerIsItsRecomputation(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			w := &world{t: t, app: prepared(t), rand: rand.New(rand.NewPCG(seed, 7)), who: []string{apptest.Member, Elder, Reviewer}} //nolint:gosec // a test repeats itself
			died := errors.New("the program dies here")
			for range 40 {
				if w.rand.IntN(4) == 0 {
					before := entries(t, w.app)
					meetings, marks, studies := slices.Clone(w.meetings), slices.Clone(w.marks), slices.Clone(w.studies)
					err := w.app.RunInTransaction(func(tx core.App) error {
						for range 3 {
							w.step(tx)
						}
						return died
					})
					if !errors.Is(err, died) || entries(t, w.app) != before {
						t.Fatalf("Expected nothing to be left of what was cut off, got %v", err)
					}
					w.meetings, w.marks, w.studies = meetings, marks, studies
					continue
				}
				w.step(w.app)
			}
			whole(t, w.app)
			w.naive()
		})
	}
}

// naive adds up the year of everybody in the plainest way, from the records
// alone: what the ledger says must be the same.
func (w *world) naive() {
	w.t.Helper()
	for _, number := range w.who {
		var rows []struct{ Kind, Status string }
		err := w.app.DB().NewQuery(`SELECT m.kind, a.status FROM meetings_attendance a JOIN meetings m ON m.id = a.meeting JOIN people p ON p.id = a.person
			WHERE p.number = {:n} AND m.state = 'filed' AND NOT (a.status = 'absent' AND p.birth_date != '' AND substr(p.birth_date, 1, 4) + 70 || substr(p.birth_date, 5) <= m.held_on)
			AND NOT EXISTS (SELECT 1 FROM study_records s WHERE s.meeting = m.id AND s.person = p.id)`).Bind(dbx.Params{"n": number}).All(&rows)
		w.must(err)
		caps := map[string]rule.Tenths{"theme_day": 80, "branch_assembly": 120}
		worth := map[string]rule.Tenths{"theme_day": 20, "branch_assembly": 30}
		sum, off := map[string]rule.Tenths{}, rule.Tenths(0)
		for _, r := range rows {
			if r.Status == "present" {
				sum[r.Kind] += worth[r.Kind]
			}
			if r.Status == "absent" {
				off += 20
			}
		}
		// A meeting at which somebody studied counts once, as what is worth most.
		var studied []struct {
			Kind, Status string
			N            int
		}
		w.must(w.app.DB().NewQuery(`SELECT COALESCE(m.kind, '') AS kind, COALESCE(a.status, '') AS status, count(*) AS n FROM study_records s JOIN people p ON p.id = s.person
			LEFT JOIN meetings m ON m.id = s.meeting LEFT JOIN meetings_attendance a ON a.meeting = m.id AND a.person = p.id WHERE p.number = {:n} GROUP BY 1, 2`).Bind(dbx.Params{"n": number}).All(&studied))
		for _, s := range studied {
			if s.Status == "present" && worth[s.Kind] >= 20 {
				sum[s.Kind] += worth[s.Kind] * rule.Tenths(s.N)
				continue
			}
			sum["study"] += 20 * rule.Tenths(s.N)
		}
		caps["study"] = 120
		want := rule.Tenths(0)
		for kind, n := range sum {
			want += min(n, caps[kind])
		}
		want = min(want, 400)
		if got := total(w.t, w.app, number); got.Added != want || got.Off != off {
			w.t.Errorf("%s: Expected %s and -%s, got %+v", number, want, off, got)
		}
	}
}

// TestCapUnderConcurrency: at the edge of a cap, many write at once; each fact
// has its one entry, and no more counts than the cap allows.
func TestCapUnderConcurrency(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	for range 5 {
		learn(t, app, apptest.Member, "2026-05-01") // 10 of 12 points
	}
	var wait sync.WaitGroup
	failed := make(chan error, 12)
	for range 12 {
		wait.Go(func() {
			_, err := apptest.Try(app, "study_records", map[string]any{
				"person": id(t, app, apptest.Member), "org": apptest.Unit(t, app, "zb1").Id, "studied_on": "2026-05-02", "tenths": 10, "source": "self", "title": "学习",
			})
			failed <- err
		})
	}
	wait.Wait()
	for range 12 {
		if err := <-failed; err != nil {
			t.Fatal(err)
		}
	}
	if n := entries(t, app); n != 17 {
		t.Errorf("Expected an entry for each fact, got %d", n)
	}
	if got := total(t, app, apptest.Member); got.Added != 120 || got.Over != 220 {
		t.Errorf("Expected 12 points and no more, got %+v", got)
	}
	whole(t, app)
}

// The same record saved twice from the same state gives one entry.
func TestOnceForRuleSourceAndPerson(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	r := learn(t, app, apptest.Member, "2026-05-01")
	for range 3 {
		if err := app.Save(r); err != nil {
			t.Fatal(err)
		}
	}
	if n := entries(t, app); n != 1 {
		t.Fatalf("Expected one entry, got %d", n)
	}
	e := apptest.First(t, app, ledger.Entries, "source", r.Id)
	err := ledger.Post(app, ledger.Line{
		Person: e.GetString("person"), Rule: e.GetString("rule"), Kind: ledger.Award, Points: 20, Day: "2026-05-01", Activity: r.Id, Nth: 2, Collection: "study_records", Source: r.Id, Org: e.GetString("org"), OrgPath: "/jd/zb1/",
	})
	if err == nil {
		t.Error("a second award of an activity was posted behind the rules")
	}
	whole(t, app)
}
