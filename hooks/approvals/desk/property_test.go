package desk_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"yaodian/hooks/approvals"
	"yaodian/hooks/approvals/asktest"
	"yaodian/hooks/approvals/desk"
	"yaodian/hooks/approvals/flows"
	"yaodian/hooks/approvals/seats"
	"yaodian/hooks/apptest"
	"yaodian/hooks/kit"

	"github.com/pocketbase/pocketbase/core"
)

// Random flows and random people who try whatever they please. Whatever is
// written, no rule of deciding is broken, and the inbox says exactly who can
// decide.
func TestProperties(t *testing.T) {
	t.Parallel()
	for seed := range uint64(3) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, rand.New(rand.NewPCG(seed, 20260610)))
			for range 20 {
				w.live()
			}
			if w.decided < 10 {
				t.Errorf("only %d decisions: the test tests nothing", w.decided)
			}
		})
	}
}

// world is an application with its people and a source of chance.
type world struct {
	*testing.T
	app     core.App
	chance  *rand.Rand
	people  []string
	effects map[string]int
	decided int
}

var anyRole = []string{"branch_secretary", "committee_member", "branch_deputy", "branch_member"}

func newWorld(t *testing.T, chance *rand.Rand) *world {
	app := apptest.New(t)
	w := &world{T: t, app: app, chance: chance, effects: map[string]int{}}
	for _, role := range anyRole { // here, held anywhere
		if err := apptest.Save(app, apptest.Role(t, app, role), map[string]any{"kinds": nil}); err != nil {
			t.Fatal(err)
		}
	}
	units := []string{"jd", "zb1", "zb2"}
	for i := range 12 {
		number := fmt.Sprintf("actor%d", i)
		unit := units[chance.IntN(3)]
		asktest.Hire(t, app, number, number, "branch_member", unit)
		for range 2 + chance.IntN(4) {
			_, _ = apptest.Try(app, "org_posts", apptest.Named(t, app, map[string]any{ // a single post may be taken
				"person": "#" + number, "role": "$" + anyRole[chance.IntN(len(anyRole))], "org": "@" + units[chance.IntN(3)], "since": "2020-01-01",
			}))
		}
		w.people = append(w.people, asktest.ID(t, app, number))
	}
	for range 6 {
		_, _ = apptest.Try(app, seats.Delegations, map[string]any{ // not to oneself
			"person": w.pick(), "delegate": w.pick(), "since": apptest.Today, "until": "2026-07-01", "reason": "出差",
		})
	}
	approvals.OnApproved(app, "honor", func(_ core.App, r *core.Record) error {
		if chance.IntN(4) == 0 {
			return kit.Reject("x", "honor_failed", "名额已满。")
		}
		w.effects[r.Id]++
		return nil
	})
	return w
}

func (w *world) pick() string { return w.people[w.chance.IntN(len(w.people))] }

// live writes a flow, asks by it and lets people act.
func (w *world) live() {
	w.Helper()
	w.writeFlow()
	applicant := w.pick()
	person, err := w.app.FindRecordById("people", applicant)
	if err != nil {
		w.Fatal(err)
	}
	request, err := approvals.Open(w.app, w.Context(), approvals.Ask{Kind: "honor", Org: person.GetString("org"), Applicant: applicant, Title: "随机"})
	if err != nil {
		if codes := apptest.Codes(err); !slices.Contains(codes, "approvals_vacant") && !slices.Contains(codes, "approvals_no_level") {
			w.Error(err)
		}
		return
	}
	for range 12 {
		w.act(request, applicant)
		w.check(request, applicant)
	}
}

// writeFlow replaces the flow of honors by a random one.
func (w *world) writeFlow() {
	w.Helper()
	steps := make([]flows.Step, 1+w.chance.IntN(4))
	for i := range steps {
		steps[i] = flows.Step{
			Name: fmt.Sprintf("第%d步", i+1), Role: anyRole[w.chance.IntN(len(anyRole))],
			At: []flows.Level{flows.Own, flows.Parent, flows.Committee}[w.chance.IntN(3)], Min: 1 + w.chance.IntN(2), Days: w.chance.IntN(3),
		}
	}
	raw, err := json.Marshal(steps)
	if err != nil {
		w.Fatal(err)
	}
	if _, err := w.app.DB().NewQuery("UPDATE approvals_flows SET until = since WHERE kind = 'honor'").Execute(); err != nil {
		w.Fatal(err)
	}
	c, err := w.app.FindCollectionByNameOrId(flows.Flows)
	if err != nil {
		w.Fatal(err)
	}
	flow := core.NewRecord(c)
	flow.Load(map[string]any{"kind": "honor", "name": "随机", "priority": 1, "since": "2026-01-01", "steps": string(raw)})
	if err := w.app.Save(flow); err != nil { // nobody could follow it: the simplest instead
		flow.Set("steps", `[{"name":"甲","role":"branch_member","at":"own","min":1}]`)
		if err := w.app.Save(flow); err != nil {
			w.Fatal(err)
		}
	}
}

// act lets somebody do something, allowed or not.
func (w *world) act(request *core.Record, applicant string) {
	w.Helper()
	ctx, who := w.Context(), w.pick()
	var err error
	switch w.chance.IntN(12) {
	case 0:
		_, err = approvals.TakeBack(w.app, ctx, request.Id, who, "")
	case 1:
		_, err = approvals.HandIn(w.app, ctx, request.Id, applicant)
	default:
		for range 3 { // rather somebody who can, or nothing would ever happen
			if w.mayDecide(request, who) {
				break
			}
			who = w.pick()
		}
		d := approvals.Decision{Request: request.Id, By: who, Verdict: approvals.Approve, Comment: "随机意见"}
		if w.chance.IntN(6) == 0 {
			d.Verdict, d.ToStep = approvals.Return, w.chance.IntN(4)
		} else if w.chance.IntN(30) == 0 {
			d.Verdict = approvals.Reject
		}
		before := w.mayDecide(request, who)
		_, err = approvals.Decide(w.app, ctx, d)
		if err == nil {
			w.decided++
		}
		if codes := apptest.Codes(err); (err == nil || slices.Contains(codes, "honor_failed") || slices.Contains(codes, "approvals_to_step")) != before {
			w.Errorf("the inbox of %s says %v, deciding %v", who, before, err)
		}
	}
	if err != nil && len(apptest.Codes(err)) == 0 {
		w.Errorf("not a sentence: %v", err)
	}
}

// mayDecide reports whether a request lies in somebody's inbox.
func (w *world) mayDecide(request *core.Record, who string) bool {
	w.Helper()
	inbox, err := desk.InboxOf(w.app, who, "", 1, 100)
	if err != nil {
		w.Fatal(err)
	}
	return slices.ContainsFunc(inbox.Items, func(i desk.Item) bool { return i.ID == request.Id })
}

// check holds what is stored against the rules.
func (w *world) check(request *core.Record, applicant string) {
	w.Helper()
	var steps []flows.Step
	r := asktest.Stored(w, w.app, request)
	if err := json.Unmarshal([]byte(r.GetString("steps")), &steps); err != nil {
		w.Fatal(err)
	}
	state, stepOf, approved := approvals.State{Status: "draft"}, map[string]int{}, map[string]int{}
	for i, l := range asktest.Lines(w, w.app, request) {
		step, verdict := l.GetInt("step"), approvals.Verdict(l.GetString("verdict"))
		for _, p := range []string{l.GetString("person"), l.GetString("on_behalf")} {
			switch {
			case p == "" || step == 0:
			case p == applicant:
				w.Errorf("line %d: the applicant decided", i)
			case stepOf[p] != 0 && stepOf[p] != step:
				w.Errorf("line %d: %s decided steps %d and %d", i, p, stepOf[p], step)
			default:
				stepOf[p] = step
			}
		}
		switch verdict {
		case approvals.Submit:
			state = state.Submitted()
			continue
		case approvals.Withdraw:
			state.Status = approvals.Withdrawn
			continue
		}
		if step != state.Step || l.GetInt("round") != state.Round || state.Status != approvals.Pending {
			w.Errorf("line %d: step %d in round %d, expected %v", i, step, l.GetInt("round"), state)
		}
		if verdict == approvals.Approve {
			approved[fmt.Sprint(state.Round, "/", step)]++
		}
		state = state.After(verdict, steps, l.GetInt("to_step"), approved[fmt.Sprint(state.Round, "/", step)])
	}
	if got := (approvals.State{Status: approvals.Status(r.GetString("status")), Step: r.GetInt("step"), Round: r.GetInt("round")}); got != state {
		w.Errorf("the lines lead to %v, stored is %v", state, got)
	}
	if (w.effects[request.Id] == 1) != (state.Status == approvals.Approved) || w.effects[request.Id] > 1 {
		w.Errorf("%s with %d effects", state.Status, w.effects[request.Id])
	}
	if waits := r.GetString("wait_org") != ""; waits != (state.Status == approvals.Pending) {
		w.Errorf("%s and waiting: %v", state.Status, waits)
	}
}
