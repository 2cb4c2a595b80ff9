package points_test

import (
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/approvals"
	"yaodian/hooks/apptest"
	"yaodian/hooks/kit"
	"yaodian/hooks/points/rounds"
)

// claim is what a member enters.
func claim(no, number, day string, more map[string]any) map[string]any {
	data := map[string]any{"rule": no, "person": "#" + number, "happened_on": day, "text": "参加社区志愿服务", "entered_by": "#" + number}
	for k, v := range more {
		data[k] = v
	}
	return data
}

func enterClaim(t testing.TB, app core.App, who string, data map[string]any) (*core.Record, error) {
	t.Helper()
	named := apptest.Named(t, app, data)
	named["rule"] = ruleNo(t, app, data["rule"].(string))
	r, err := kit.NewRecord(app, rounds.Claims, named)
	if err != nil {
		t.Fatal(err)
	}
	return r, kit.As(app, kit.Actor{Kind: kit.ByPerson, ID: id(t, app, who)}).Save(r)
}

// decide has a claim approved by each in turn, and returns what the last one is
// told.
func decide(t testing.TB, app core.App, claim *core.Record, by ...string) error {
	t.Helper()
	request := apptest.First(t, app, approvals.Requests, "subject_id", claim.Id)
	for _, who := range by {
		_, err := approvals.Decide(app, t.Context(), approvals.Decision{Request: request.Id, By: id(t, app, who), Verdict: approvals.Approve, Comment: "同意。"})
		if err != nil {
			return err
		}
	}
	return nil
}

// A member claims, two others decide, and the entry is there; revoked, it is
// reversed.
func TestClaim(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	c, err := enterClaim(t, app, apptest.Member, claim("T11", apptest.Member, "2026-06-01", nil))
	if err != nil {
		t.Fatal(err)
	}
	if err := act(app, t, apptest.Member, c, map[string]any{"state": "pending"}); err != nil {
		t.Fatal(err)
	}
	added(t, app, apptest.Member, 0)
	apptest.Refused(t, "approved by hand", act(app, t, apptest.Branch, c, map[string]any{"state": "approved"}), "points_claim_decided")
	apptest.Refused(t, "changed while it is decided", act(app, t, apptest.Member, c, map[string]any{"happened_on": "2026-05-01"}), "points_claim_fixed")
	if err := decide(t, app, c, Reviewer, apptest.Branch); err != nil {
		t.Fatal(err)
	}
	added(t, app, apptest.Member, 30)
	whole(t, app)
	apptest.Refused(t, "revoked by the member", act(app, t, apptest.Member, c, map[string]any{"state": "revoked", "reason": "写错了"}), "org_same_person")
	if err := act(app, t, Reviewer, c, map[string]any{"state": "revoked", "reason": "重复"}); err != nil {
		t.Fatal(err)
	}
	added(t, app, apptest.Member, 0)
	whole(t, app)
}

func TestClaimsRefused(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	for name, c := range map[string]struct {
		who  string
		data map[string]any
		code string
	}{
		"what is reckoned by itself": {apptest.Member, claim("T04", apptest.Member, "2026-06-01", nil), "points_claim_automatic"},
		"the future":                 {apptest.Member, claim("T11", apptest.Member, "2026-06-11", nil), "points_claim_future"},
		"before the rule":            {apptest.Member, claim("T11", apptest.Member, "2025-12-31", nil), "points_claim_outside"},
		"many at once":               {apptest.Member, claim("T11", apptest.Member, "2026-06-01", map[string]any{"quantity": 3}), "points_claim_single"},
		"points off oneself":         {apptest.Member, claim("T12", apptest.Member, "2026-06-01", nil), "points_claim_own_deduction"},
		"a telephone in the text":    {apptest.Member, claim("T11", apptest.Member, "2026-06-01", map[string]any{"text": "电话 13800000000"}), "org_identity_in_text"},
	} {
		_, err := enterClaim(t, app, c.who, c.data)
		apptest.Refused(t, name, err, c.code)
	}
	c, err := enterClaim(t, app, apptest.Member, claim("T10", apptest.Member, "2026-06-01", map[string]any{"quantity": 3}))
	if err != nil {
		t.Fatal(err)
	}
	apptest.Refused(t, "handed in without evidence", act(app, t, apptest.Member, c, map[string]any{"state": "pending"}), "points_claim_evidence")
	if _, err := enterClaim(t, app, apptest.Member, claim("T10", apptest.Member, "2026-06-01", map[string]any{"quantity": 2})); err == nil {
		t.Error("the same was claimed twice")
	}
}

// Who enters a claim for somebody, or is concerned by it, has no say in it.
func TestClaimantDoesNotDecide(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	c, err := enterClaim(t, app, Reviewer, claim("T11", apptest.Member, "2026-06-01", nil))
	if err != nil {
		t.Fatal(err)
	}
	if err := act(app, t, Reviewer, c, map[string]any{"state": "pending"}); err != nil {
		t.Fatal(err)
	}
	apptest.Refused(t, "entered by one who decides", decide(t, app, c, Reviewer, apptest.Branch), "points_claim_decider")
	added(t, app, apptest.Member, 0)
	off, err := enterClaim(t, app, apptest.Branch, claim("T12", Reviewer, "2026-06-01", nil))
	if err != nil {
		t.Fatal(err)
	}
	err = act(app, t, apptest.Branch, off, map[string]any{"state": "pending"})
	if err == nil {
		err = decide(t, app, off, Reviewer, apptest.Branch)
	}
	if err == nil {
		t.Error("a deduction was decided by who reported it and whom it concerns")
	}
	added(t, app, Reviewer, 0)
}
