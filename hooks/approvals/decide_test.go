package approvals_test

import (
	"net/http"
	"sync"
	"testing"

	"yaodian/hooks/approvals"
	"yaodian/hooks/approvals/asktest"
	"yaodian/hooks/approvals/seats"
	"yaodian/hooks/apptest"

	"github.com/pocketbase/pocketbase/core"
)

// A step that needs two needs two people, and nobody decides a second step.
func TestTwoPeople(t *testing.T) {
	t.Parallel()
	s := asktest.Served(t)
	asktest.Post(t, s.App, asktest.Second, "committee_secretary", "wd", "2020-01-01") // elsewhere: no use here
	asktest.Post(t, s.App, asktest.Organizer, "committee_member", "jd", "2020-01-01") // checks, so never deliberates
	apptest.Make(t, s.App, seats.Delegations, map[string]any{                         // asktest.Third stands in for asktest.Second,
		"person": "#" + asktest.Second, "delegate": "#" + asktest.Third, "since": apptest.Today, "until": "2026-07-01", "reason": "出差", // but is one person
	})
	request := asktest.Ask(t, s.App, "development_admission")
	asktest.Say(t, s, asktest.Organizer, request, asktest.Yes).Want(t, 200, `"step":2`)
	waits := func(who, n string) {
		t.Helper()
		s.Do(t, who, http.MethodGet, "/api/approvals/inbox", nil).Want(t, 200, `"totalItems":`+n)
	}
	waits(asktest.Organizer, "0")
	waits(asktest.Second, "1")
	waits(asktest.Third, "1")
	asktest.Say(t, s, asktest.Organizer, request, asktest.Yes).Want(t, 403, "郑委员已经审批过第 1 步“组织委员审查”，一个人不能再审批另一步。")
	asktest.Say(t, s, asktest.Third, request, asktest.Yes).Want(t, 200, `"step":2`)
	waits(asktest.Third, "0")
	waits(asktest.Second, "1")
	asktest.Say(t, s, asktest.Third, request, asktest.Yes).Want(t, 403, "冯委员已经审批过这一步，还需要另一个人审批。")
	asktest.WantStatus(t, s.App, request, "pending", 2)
	asktest.Say(t, s, asktest.Second, request, asktest.Yes).Want(t, 200, `"step":3`)
	asktest.Say(t, s, apptest.Secretary, request, asktest.Yes).Want(t, 200, `"approved"`)
}

// Two approvers at once: one decides, the other reads why there is nothing left
// to decide, or that they would decide another step than they were shown.
func TestTwoAtOnce(t *testing.T) {
	t.Parallel()
	s := asktest.Served(t)
	asktest.Hire(t, s.App, "deputy2", "卫副书记", "committee_deputy", "jd")
	request := asktest.Ask(t, s.App, "plan_confirm")
	shown := map[string]any{"verdict": "approve", "step": 1}
	asktest.Say(t, s, apptest.Deputy, request, shown).Want(t, 200, `"step":2`)
	asktest.Say(t, s, "deputy2", request, shown).Want(t, 403, "第 2 步“党工委批准”不由您审批。“副书记审核”已由何副书记同意。")

	// the second holds the post of the next step as well: not decided unseen
	asktest.Hire(t, s.App, "both", "蒋两职", "committee_deputy", "jd")
	apptest.Make(t, s.App, seats.Delegations, map[string]any{
		"person": "#secretary", "delegate": "#both", "since": apptest.Today, "until": "2026-07-01", "reason": "出差",
	})
	asktest.Say(t, s, "both", request, shown).Want(t, 400, "approvals_moved_on", "已经到了第 2 步“党工委批准”", "已由何副书记同意")
	asktest.Say(t, s, "both", request, map[string]any{"verdict": "approve", "step": 2}).Want(t, 200, `"approved"`)
	asktest.Say(t, s, apptest.Secretary, request, asktest.Yes).Want(t, 400, "approvals_closed", "已由蒋两职（受委托）同意")
}

// The same with goroutines through the route: exactly one wins each race.
func TestRace(t *testing.T) {
	t.Parallel()
	s := asktest.Served(t)
	rivals := []string{apptest.Deputy, "deputy2", "deputy3", "deputy4"}
	for _, who := range rivals[1:] {
		asktest.Hire(t, s.App, who, who, "committee_deputy", "jd")
	}
	var applied int
	approvals.OnApproved(s.App, "plan_confirm", func(core.App, *core.Record) error { applied++; return nil })
	for _, who := range append(rivals, apptest.Secretary) {
		s.Token(t, who)
	}
	for range 5 {
		request := asktest.Ask(t, s.App, "plan_confirm")
		for _, step := range [][]string{rivals, {apptest.Secretary, apptest.Secretary, apptest.Secretary}} {
			var won, refused sync.Map
			var wg sync.WaitGroup
			for i, who := range step {
				wg.Go(func() {
					answer := asktest.Say(t, s, who, request, asktest.Yes)
					if answer.Status == http.StatusOK {
						won.Store(i, answer.Body)
					} else if answer.Has("。") && (answer.Status == 400 || answer.Status == 403) {
						refused.Store(i, answer.Body)
					} else {
						t.Errorf("%s: %d %s", who, answer.Status, answer.Short())
					}
				})
			}
			wg.Wait()
			if n, m := size(&won), size(&refused); n != 1 || m != len(step)-1 {
				t.Errorf("%d won, %d read why not", n, m)
			}
		}
		asktest.WantStatus(t, s.App, request, "approved", 2)
		if n := len(asktest.Lines(t, s.App, request)); n != 3 {
			t.Errorf("Expected 3 lines, got %d", n)
		}
	}
	if applied != 5 {
		t.Errorf("Expected 5 effects, got %d", applied)
	}
}

func size(m *sync.Map) (n int) {
	m.Range(func(any, any) bool { n++; return true })
	return n
}

// A post that ends today decides nothing today, and one that begins today does.
func TestPostsDecideAtTheMoment(t *testing.T) {
	t.Parallel()
	s := asktest.Served(t)
	request := asktest.Ask(t, s.App, "study_plan")
	for _, p := range asktest.Posts(t, s.App, apptest.Branch) {
		if err := apptest.Save(s.App, p, map[string]any{"until": apptest.Today}); err != nil {
			t.Fatal(err)
		}
	}
	asktest.Say(t, s, apptest.Branch, request, asktest.Yes).Want(t, 404)
	asktest.Hire(t, s.App, "newcomer", "韩新书记", "branch_member", "zb1")
	asktest.Post(t, s.App, "newcomer", "branch_secretary", "zb1", apptest.Today)
	asktest.Say(t, s, "newcomer", request, asktest.Yes).Want(t, 200, `"approved"`)
}

// BenchmarkDecide is a whole decision, with its line, notices and next step.
func BenchmarkDecide(b *testing.B) {
	app := apptest.New(b)
	asktest.Staff(b, app)
	branch := asktest.ID(b, app, apptest.Branch)
	for b.Loop() {
		b.StopTimer()
		request := asktest.Ask(b, app, "honor")
		b.StartTimer()
		if _, err := approvals.Decide(app, b.Context(), approvals.Decision{Request: request.Id, By: branch, Verdict: approvals.Approve}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "decisions/s")
}
