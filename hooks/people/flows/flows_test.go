package flows_test

import (
	"context"
	"net/http"
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/approvals"
	"yaodian/hooks/apptest"
	"yaodian/hooks/kit"
	"yaodian/hooks/people/flows"
	"yaodian/hooks/people/transfers"
)

var (
	away = map[string]any{"person": "#member", "org": "@zb1", "reason": "work", "since": "2026-01-10", "flow_to": "广东省深圳市南山区", "to_org": "@zb2", "contact": "#branch1"}
	lost = map[string]any{"person": "#member", "org": "@zb1", "lost_since": "2026-01-10", "cause": "work"}
)

func member(t testing.TB, app core.App) *core.Record { return apptest.Person(t, app, apptest.Member) }

// messages counts those whose title begins so.
func messages(t testing.TB, app core.App, who, title string) int64 {
	t.Helper()
	n, err := app.CountRecords("notify_messages", dbx.HashExp{"person": apptest.Person(t, app, who).Id}, dbx.Like("title", title))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func remind(t testing.TB, app core.App, day string) {
	t.Helper()
	if _, err := flows.Remind(app, day); err != nil {
		t.Fatal(err)
	}
}

// An entry is reviewed every six months, and the branch is told once.
func TestR_FLOW_01_Review(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ since, reviewed, due string }{
		{"2026-01-10", "", "2026-07-10"}, {"2026-01-10", "2026-07-08", "2027-01-08"}, {"2025-08-31", "", "2026-02-28"},
	} {
		if got := flows.ReviewDue(c.since, c.reviewed); got != c.due {
			t.Errorf("%v: got %s", c, got)
		}
	}
	app := apptest.New(t)
	flow := apptest.Make(t, app, flows.Flows, away)
	remind(t, app, "2026-07-09")
	if n := messages(t, app, apptest.Branch, "流动党员复核"); n != 0 {
		t.Errorf("told %d times a day early", n)
	}
	remind(t, app, "2026-07-10")
	remind(t, app, "2026-07-11")
	if n := messages(t, app, apptest.Branch, "流动党员复核"); n != 1 {
		t.Errorf("told %d times", n)
	}
	apptest.SetToday(t, app, "2026-07-12")
	apptest.Refused(t, "reviewed", apptest.Save(app, flow, map[string]any{"reviewed_on": "2026-07-12"}), "")
	if got := flow.GetString("review_due"); got != "2027-01-12" {
		t.Errorf("next review %s", got)
	}
}

// After more than ninety days without contact the branch is told.
func TestR_FLOW_02_Contact(t *testing.T) {
	t.Parallel()
	for last, silent := range map[string]bool{"2026-03-12": false, "2026-03-11": true} {
		if got := flows.Silent(last, 90, "2026-06-10"); got != silent {
			t.Errorf("%s: got %v", last, got)
		}
	}
	s := apptest.NewServer(t)
	flow := apptest.Make(t, s.App, flows.Flows, away)
	contact := func(who, way, on string) apptest.Answer {
		return s.Do(t, who, http.MethodPost, apptest.URL(flows.Contacts), map[string]any{"flow": flow.Id, "way": way, "contacted_on": on})
	}
	contact(apptest.Outsider, "phone", "2026-05-01").Want(t, 400)
	contact(apptest.Branch, "phone", "2026-06-11").Want(t, 400, "people_flows_contacted")
	contact(apptest.Branch, "report", "2026-05-01").Want(t, 400, "people_flows_way")
	contact(apptest.Member, "phone", "2026-05-01").Want(t, 400, "people_flows_way")
	contact(apptest.Member, "report", "2026-03-01").Want(t, 200)
	contact(apptest.Neighbour, "visit", "2026-04-01").Want(t, 200) // who helps where the member lives
	contact(apptest.Branch, "phone", "2026-02-01").Want(t, 200)
	flow, err := s.App.FindRecordById(flows.Flows, flow.Id)
	if err != nil || flow.GetString("last_contact") != "2026-04-01" {
		t.Errorf("last contact %s, %v", flow.GetString("last_contact"), err)
	}
	remind(t, s.App, "2026-06-30")
	remind(t, s.App, "2026-07-01")
	if n := messages(t, s.App, apptest.Branch, "请联系流动党员"); n != 1 {
		t.Errorf("told %d times", n)
	}
	made := apptest.First(t, s.App, flows.Contacts, "way", "phone")
	s.Do(t, apptest.Keeper, http.MethodPatch, apptest.URL(flows.Contacts, made.Id), map[string]any{"contacted_on": "2026-06-01"}).Want(t, 403, "people_contacts_fixed")
}

// suggested tests what is suggested about a lost member on a day.
func suggested(t *testing.T, loss flows.Loss, want map[string]string) {
	t.Helper()
	for day, suggestion := range want {
		if got := flows.Suggest(loss, day); got != suggestion {
			t.Errorf("%+v on %s: got %q", loss, day, got)
		}
	}
}

// Two years after the membership was stopped there is another.
func TestR_FLOW_04_RemovalIsSuggested(t *testing.T) {
	t.Parallel()
	suggested(t, flows.Loss{State: "stopped", Since: "2022-01-10", Stopped: "2022-07-15"}, map[string]string{"2024-07-14": "", "2024-07-15": "remove"})
}

// Six months after contact was lost there is a suggestion, which changes
// nobody's standing.
func TestR_FLOW_03_StopIsSuggested(t *testing.T) {
	t.Parallel()
	suggested(t, flows.Loss{State: "searching", Since: "2022-01-10"}, map[string]string{"2022-07-09": "", "2022-07-10": "stop"})
	suggested(t, flows.Loss{State: "found", Since: "2022-01-10"}, map[string]string{"2026-07-15": ""})
	app := apptest.New(t)
	loss := apptest.Make(t, app, flows.Losses, lost)
	apptest.SetToday(t, app, "2026-07-10")
	for range 2 {
		if _, err := flows.SuggestAll(app, "2026-07-10"); err != nil {
			t.Fatal(err)
		}
	}
	loss, err := app.FindRecordById(flows.Losses, loss.Id)
	if err != nil || loss.GetString("suggestion") != "stop" || loss.GetString("state") != "searching" || loss.GetString("suggested_on") != "2026-07-10" {
		t.Errorf("got %s %s %v", loss.GetString("suggestion"), loss.GetString("state"), err)
	}
	if n := messages(t, app, apptest.Branch, "失联满六个月"); n != 1 {
		t.Errorf("told %d times", n)
	}
	if got := member(t, app); got.GetString("membership_state") != "normal" || got.GetString("state") != "active" {
		t.Error("a suggestion has changed somebody's standing")
	}
}

// A membership is stopped after six months and somebody struck off after two
// years more, by a decision with its document; the roster and its log follow.
func TestLossesAreDecided(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	loss := apptest.Make(t, app, flows.Losses, lost)
	if p := member(t, app); !p.GetBool("lost") || p.GetString("lost_since") != "2026-01-10" {
		t.Error("the roster doesn't say that contact was lost")
	}
	apptest.SetToday(t, app, "2026-07-20")
	stop := func(data map[string]any) error {
		fresh, err := app.FindRecordById(flows.Losses, loss.Id)
		if err != nil {
			return err
		}
		return apptest.Save(app, fresh, data)
	}
	apptest.Refused(t, "early", stop(map[string]any{"state": "stopped", "stopped_on": "2026-07-09", "stop_document": "决〔2026〕1号", "searches": "走访原住址。"}), "people_flows_stop_early")
	apptest.Refused(t, "without a document", stop(map[string]any{"state": "stopped", "stopped_on": "2026-07-15", "searches": "走访原住址。"}), "people_losses_needs")
	apptest.Refused(t, "without a search", stop(map[string]any{"state": "stopped", "stopped_on": "2026-07-15", "stop_document": "决〔2026〕1号"}), "people_losses_needs")
	apptest.Refused(t, "a number in the search", stop(map[string]any{"searches": "拨打 13800001234 无人接听。"}), "org_identity_in_text")
	apptest.Refused(t, "in one go", stop(map[string]any{"state": "removed", "removed_on": "2026-07-15", "remove_document": "x"}), "people_losses_move")
	apptest.Refused(t, "decided", stop(map[string]any{"state": "stopped", "stopped_on": "2026-07-15", "stop_document": "决〔2026〕1号", "searches": "走访原住址。"}), "")
	if p := member(t, app); p.GetString("membership_state") != "stopped" {
		t.Error("the roster doesn't say that the membership is stopped")
	}
	apptest.SetToday(t, app, "2028-07-15")
	apptest.Refused(t, "a day early", stop(map[string]any{"state": "removed", "removed_on": "2028-07-14", "remove_document": "决〔2028〕1号"}), "people_flows_remove_early")
	apptest.Refused(t, "struck off", stop(map[string]any{"state": "removed", "removed_on": "2028-07-15", "remove_document": "决〔2028〕1号"}), "")
	if p := member(t, app); p.GetString("state") != "removed" {
		t.Error("the roster doesn't say that the person was struck off")
	}
	line := apptest.First(t, app, "people_status", "document", "决〔2028〕1号")
	if line.GetString("state") != "removed" {
		t.Error("the log doesn't say so")
	}
}

// Who is found is lost no longer, and may be lost again.
func TestFound(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	loss := apptest.Make(t, app, flows.Losses, lost)
	_, err := apptest.Try(app, flows.Losses, apptest.Named(t, app, lost))
	if err == nil {
		t.Error("somebody is lost twice at once")
	}
	apptest.Refused(t, "found", apptest.Save(app, loss, map[string]any{"state": "found", "found_on": "2026-06-09"}), "")
	if p := member(t, app); p.GetBool("lost") {
		t.Error("still lost on the roster")
	}
	apptest.Refused(t, "filed", apptest.Save(app, loss, map[string]any{"found_on": "2026-06-08"}), "people_losses_filed")
	again := apptest.Named(t, app, lost)
	again["lost_since"] = "2026-06-10"
	apptest.Make(t, app, flows.Losses, again)
}

// Being away stands on the roster as long as the entry is open, and ends with
// the transfer of the membership.
func TestAway(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	for name, c := range map[string]struct {
		field string
		value any
		code  string
	}{
		"in touch with oneself": {"contact", "#member", "people_flows_contact"},
		"helped by their own":   {"to_org", "@zb1", "people_flows_same"},
		"helped twice":          {"host", "外地党支部", "people_flows_two"},
		"back within months":    {"expected", "2026-05-01", "people_flows_short"},
		"to come":               {"since", "2026-06-11", "people_flows_since"},
		"entered elsewhere":     {"org", "@zb2", "people_flows_elsewhere"},
	} {
		data := map[string]any{}
		for k, v := range away {
			data[k] = v
		}
		data[c.field] = c.value
		_, err := apptest.Try(app, flows.Flows, apptest.Named(t, app, data))
		apptest.Refused(t, name, err, c.code)
	}
	flow := apptest.Make(t, app, flows.Flows, away)
	if p := member(t, app); !p.GetBool("floating") || p.GetString("flow_to") != "广东省深圳市南山区" {
		t.Error("not away on the roster")
	}
	receipted(t, app)
	flow, err := app.FindRecordById(flows.Flows, flow.Id)
	if err != nil || flow.GetString("state") != "ended" || flow.GetString("outcome") != "transferred" {
		t.Errorf("got %s %s %v", flow.GetString("state"), flow.GetString("outcome"), err)
	}
	if p := member(t, app); p.GetBool("floating") || p.GetString("org") != apptest.Unit(t, app, "zb2").Id {
		t.Error("still away on the roster, or not moved")
	}
}

// receipted transfers the member to zb2.
func receipted(t testing.TB, app core.App) {
	t.Helper()
	apptest.Make(t, app, "org_posts", map[string]any{"person": "#deputy", "role": "$organizer", "org": "@jd", "since": "2026-01-01"})
	r := apptest.Make(t, app, transfers.Transfers, map[string]any{"person": "#member", "to_org": "@zb2", "reason": "work"})
	decide := func(kind, who string) {
		request, err := app.FindFirstRecordByFilter(approvals.Requests, "subject_id = {:id} && kind = {:kind}", map[string]any{"id": r.Id, "kind": kind})
		if err == nil {
			_, err = approvals.Decide(app, t.Context(), approvals.Decision{Request: request.Id, By: apptest.Person(t, app, who).Id, Verdict: approvals.Approve})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	decide("transfer_out", apptest.Branch)
	decide("transfer_out", apptest.Deputy)
	fresh, err := app.FindRecordById(transfers.Transfers, r.Id)
	if err == nil {
		err = apptest.Save(app, fresh, map[string]any{"state": "issued", "paid_to": "2026-06", "issued_by": apptest.Person(t, app, apptest.Clerk).Id})
	}
	if err != nil {
		t.Fatal(err)
	}
	decide("transfer_in", apptest.Neighbour)
}

// Nobody enters their own, whatever post they hold.
func TestOwnLoss(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	r, err := kit.NewRecord(app, flows.Losses, apptest.Named(t, app, map[string]any{"person": "#clerk", "lost_since": "2026-01-10", "cause": "other"}))
	if err != nil {
		t.Fatal(err)
	}
	ctx := kit.WithActor(context.Background(), kit.Actor{Kind: kit.ByPerson, ID: r.GetString("person")})
	apptest.Refused(t, "one's own", app.SaveWithContext(ctx, r), "people_flows_own")
}
