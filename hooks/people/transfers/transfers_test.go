package transfers_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"

	"yaodian/hooks/apptest"
	"yaodian/hooks/people"
	"yaodian/hooks/people/transfers"
)

// From the application to the roster, below one committee: the person belongs to
// the old branch until the other one gives the receipt (5.1).
func TestNear(t *testing.T) {
	t.Parallel()
	s := serve(t)
	zb1, zb2 := apptest.Unit(t, s.App, "zb1").Id, apptest.Unit(t, s.App, "zb2").Id
	at := func() string { return apptest.Person(t, s.App, apptest.Member).GetString("org") }
	r := enter(t, s, apptest.Member, near)
	want(t, r, map[string]string{"state": "applied", "direction": "inner", "name": "孙党员", "kind": "member", "from_name": "东风社区党支部", "to_name": "西苑社区党支部", "org": zb1})

	decide(t, s, apptest.Branch, "transfer_out", r.Id, "approve").Want(t, 200)
	want(t, stored(t, s.App, r.Id), map[string]string{"state": "agreed"})
	change(t, s, apptest.Clerk, r.Id, map[string]any{"state": "issued", "paid_to": "2026-06"}).Want(t, 400, "people_transfers_move")
	decide(t, s, apptest.Deputy, "transfer_out", r.Id, "approve").Want(t, 200)
	want(t, stored(t, s.App, r.Id), map[string]string{"state": "approved", "letter": ""})
	change(t, s, apptest.Branch, r.Id, map[string]any{"state": "issued", "paid_to": "2026-06"}).Want(t, 404)
	change(t, s, apptest.Clerk, r.Id, map[string]any{"state": "issued"}).Want(t, 400, "people_transfers_paid_to")
	change(t, s, apptest.Clerk, r.Id, map[string]any{"state": "issued", "paid_to": "2026-06"}).Want(t, 200)
	want(t, stored(t, s.App, r.Id), map[string]string{
		"state": "issued", "letter": "〔2026〕1号", "issued_on": "2026-06-10", "valid_until": "2026-09-08", "issued_by": apptest.Person(t, s.App, apptest.Clerk).Id,
	})
	if at() != zb1 {
		t.Error("the person has moved before the receipt")
	}

	decide(t, s, apptest.Branch, "transfer_in", r.Id, "approve").Want(t, 404)
	decide(t, s, apptest.Neighbour, "transfer_in", r.Id, "approve").Want(t, 200)
	want(t, stored(t, s.App, r.Id), map[string]string{"state": "receipted", "receipt_on": "2026-06-10", "receipt_by": apptest.Person(t, s.App, apptest.Neighbour).Id})
	if at() != zb2 {
		t.Error("the person hasn't moved with the receipt")
	}
	change(t, s, apptest.Clerk, r.Id, map[string]any{"state": "archived"}).Want(t, 200)
	change(t, s, apptest.Clerk, r.Id, map[string]any{"note": "改一下"}).Want(t, 400, "filed")
	s.Do(t, apptest.Keeper, http.MethodDelete, apptest.URL(transfers.Transfers, r.Id), nil).Want(t, 403, "people_transfers_begun")
}

// Statistics count the person at the old branch until the day of the receipt:
// the log of standing says so for any day.
func TestRosterByDay(t *testing.T) {
	t.Parallel()
	s := serve(t)
	r := issued(t, s, near)
	apptest.SetToday(t, s.App, "2026-06-20")
	decide(t, s, apptest.Neighbour, "transfer_in", r.Id, "approve").Want(t, 200)
	for day, unit := range map[string]string{"2026-06-19": "zb1", "2026-06-20": "zb2"} {
		answer := s.Do(t, apptest.Clerk, http.MethodGet, "/api/people/roster?on="+day+"&org="+apptest.Unit(t, s.App, unit).Id, nil)
		answer.Want(t, 200, "孙党员")
	}
	var line struct {
		Since    string `db:"since"`
		Document string `db:"document"`
	}
	err := s.App.DB().Select("since", "document").From(people.Status).Where(dbx.HashExp{"person": r.GetString("person")}).OrderBy("n DESC").Limit(1).One(&line)
	if err != nil || line.Since != "2026-06-20" || line.Document != "介绍信〔2026〕1号" {
		t.Errorf("got %+v %v", line, err)
	}
}

// Between committees the branch receives and its committee gives the receipt.
// What the other side reads of the letter is on it, and the person stays closed.
func TestFar(t *testing.T) {
	t.Parallel()
	s := serve(t)
	apptest.Refused(t, "mobile", apptest.Save(s.App, apptest.Person(t, s.App, apptest.Member), map[string]any{"mobile": "13800001234"}), "")
	r := enter(t, s, apptest.Member, far)
	url := apptest.URL(transfers.Transfers, r.Id)
	s.Do(t, "wsecretary", http.MethodGet, url, nil).Want(t, 404)
	decide(t, s, apptest.Branch, "transfer_out", r.Id, "approve").Want(t, 200)
	decide(t, s, apptest.Deputy, "transfer_out", r.Id, "approve").Want(t, 200)
	s.Do(t, "wsecretary", http.MethodGet, url, nil).Want(t, 404)
	change(t, s, apptest.Clerk, r.Id, map[string]any{"state": "issued", "paid_to": "2026-06"}).Want(t, 200)

	seen := s.Do(t, "wsecretary", http.MethodGet, url+"?expand=person", nil)
	seen.Want(t, 200, "孙党员", "〔2026〕1号", "2026-06", `"direction":"across"`)
	if seen.Has("138") || seen.Has(`"expand":{"`) || seen.Has("masked") {
		t.Errorf("the other side sees more than the letter: %s", seen.Short())
	}
	s.Do(t, "wsecretary", http.MethodGet, apptest.URL(people.People, r.GetString("person")), nil).Want(t, 404)

	decide(t, s, "worganizer", "transfer_in", r.Id, "approve").Want(t, 403)
	decide(t, s, "wsecretary", "transfer_in", r.Id, "approve").Want(t, 200)
	want(t, stored(t, s.App, r.Id), map[string]string{"state": "received", "receipt_on": ""})
	if apptest.Person(t, s.App, apptest.Member).GetString("org") != apptest.Unit(t, s.App, "zb1").Id {
		t.Error("the person has moved before the receipt")
	}
	decide(t, s, "worganizer", "transfer_in", r.Id, "approve").Want(t, 200)
	want(t, stored(t, s.App, r.Id), map[string]string{"state": "receipted", "receipt_by": apptest.Person(t, s.App, "worganizer").Id})
	s.Do(t, "wsecretary", http.MethodGet, apptest.URL(people.People, r.GetString("person")), nil).Want(t, 200, "138****1234")
}

// Outward the letter goes on paper and so does the receipt; then the person has
// left.
func TestOutside(t *testing.T) {
	t.Parallel()
	s := serve(t)
	r := issued(t, s, outside)
	apptest.SetToday(t, s.App, "2026-06-20")
	change(t, s, apptest.Clerk, r.Id, map[string]any{"state": "receipted"}).Want(t, 400, "people_transfers_receipt_missing")
	change(t, s, apptest.Clerk, r.Id, map[string]any{"state": "receipted", "receipt_on": "2026-06-09"}).Want(t, 400, "people_transfers_receipt_day")
	change(t, s, apptest.Branch, r.Id, map[string]any{"state": "receipted", "receipt_on": "2026-06-18"}).Want(t, 404)
	change(t, s, apptest.Clerk, r.Id, map[string]any{"state": "receipted", "receipt_on": "2026-06-18"}).Want(t, 200)
	want(t, stored(t, s.App, r.Id), map[string]string{"state": "receipted", "receipt_by": apptest.Person(t, s.App, apptest.Clerk).Id})
	want(t, apptest.Person(t, s.App, apptest.Member), map[string]string{"state": "left"})
}

// A letter may come back: the person stays.
func TestReturned(t *testing.T) {
	t.Parallel()
	s := serve(t)
	r := issued(t, s, outside)
	change(t, s, apptest.Clerk, r.Id, map[string]any{"state": "returned"}).Want(t, 400, "people_transfers_refusal")
	change(t, s, apptest.Clerk, r.Id, map[string]any{"state": "returned", "refusal": "单位名称与公章不符。"}).Want(t, 200)
	want(t, apptest.Person(t, s.App, apptest.Member), map[string]string{"state": "active"})

	r = issued(t, s, near)
	want(t, r, map[string]string{"letter": "〔2026〕2号"})
	decide(t, s, apptest.Neighbour, "transfer_in", r.Id, "reject").Want(t, 200)
	want(t, stored(t, s.App, r.Id), map[string]string{"state": "returned", "refusal": "材料已经核对。"})
	want(t, apptest.Person(t, s.App, apptest.Member), map[string]string{"state": "active", "org": apptest.Unit(t, s.App, "zb1").Id})
}

// From outside: who enters the letter asks, the branch receives, the committee
// gives the receipt, and only then is the person on the roster.
func TestInside(t *testing.T) {
	t.Parallel()
	s := serve(t)
	r := enter(t, s, apptest.Clerk, inside)
	count := func() int64 {
		n, err := s.App.CountRecords(people.People, dbx.HashExp{"name": "郑来人"})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	decide(t, s, apptest.Branch, "transfer_in", r.Id, "approve").Want(t, 200)
	want(t, stored(t, s.App, r.Id), map[string]string{"state": "received"})
	if count() != 0 {
		t.Error("on the roster before the receipt")
	}
	decide(t, s, apptest.Clerk, "transfer_in", r.Id, "approve").Want(t, 403)
	decide(t, s, apptest.Deputy, "transfer_in", r.Id, "approve").Want(t, 200)
	r = stored(t, s.App, r.Id)
	person, err := s.App.FindRecordById(people.People, r.GetString("person"))
	if err != nil || count() != 1 {
		t.Fatal(err)
	}
	want(t, person, map[string]string{"name": "郑来人", "kind": "member", "state": "active", "org": apptest.Unit(t, s.App, "zb1").Id, "join_date": "2015-07-01"})

	data := map[string]any{}
	for k, v := range inside {
		data[k] = v
	}
	for name, c := range map[string]struct {
		field, value, code string
	}{
		"run out":     {"valid_until", "2026-06-09", "people_transfers_ran_out"},
		"no number":   {"letter", "", "people_transfers_letter_facts"},
		"no dues":     {"paid_to", "", "people_transfers_paid_to"},
		"to come":     {"issued_on", "2026-06-11", "people_transfers_future"},
		"not a party": {"kind", "activist", "people_transfers_trained"},
	} {
		data[c.field] = c.value
		s.Do(t, apptest.Clerk, http.MethodPost, apptest.URL(transfers.Transfers), apptest.Named(t, s.App, data)).Want(t, 400, c.code)
		data[c.field] = inside[c.field]
		_ = name
	}
}

// An activist's training goes on where they arrive: since when is carried.
func TestTrainingIsCarried(t *testing.T) {
	t.Parallel()
	s := serve(t)
	apptest.Make(t, s.App, people.People, map[string]any{"number": "10555", "name": "陈积极", "org": "@zb1", "kind": "activist", "state": "active", "password": apptest.Password, "status_since": "2026-01-01"})
	r := enter(t, s, "10555", map[string]any{"person": "#10555", "to_org": "@zb2", "reason": "work"})
	decide(t, s, apptest.Branch, "transfer_out", r.Id, "approve").Want(t, 200)
	decide(t, s, apptest.Deputy, "transfer_out", r.Id, "approve").Want(t, 200)
	change(t, s, apptest.Clerk, r.Id, map[string]any{"state": "issued"}).Want(t, 400, "people_transfers_trained")
	change(t, s, apptest.Clerk, r.Id, map[string]any{"state": "issued", "trained_since": "2025-11-01"}).Want(t, 200)
	decide(t, s, apptest.Neighbour, "transfer_in", r.Id, "approve").Want(t, 200)
	want(t, stored(t, s.App, r.Id), map[string]string{"state": "receipted", "trained_since": "2025-11-01"})
}

// What was returned is amended and so handed in again; what is withdrawn ends.
func TestAmendedAndWithdrawn(t *testing.T) {
	t.Parallel()
	s := serve(t)
	r := enter(t, s, apptest.Member, near)
	decide(t, s, apptest.Branch, "transfer_out", r.Id, "return").Want(t, 200)
	change(t, s, apptest.Member, r.Id, map[string]any{"note": "电话13800001234"}).Want(t, 400, "org_identity_in_text")
	change(t, s, apptest.Member, r.Id, map[string]any{"to_org": "@wzb", "note": "随迁"}).Want(t, 200)
	want(t, stored(t, s.App, r.Id), map[string]string{"direction": "across", "to_name": "外地社区党支部"})
	request := requestOf(t, s.App, "transfer_out", r.Id)
	if request.GetString("status") != "pending" || !strings.Contains(request.GetString("snapshot"), "外地社区党支部") {
		t.Errorf("not handed in again: %s %s", request.GetString("status"), request.GetString("snapshot"))
	}
	s.Do(t, apptest.Member, http.MethodPost, "/api/approvals/requests/"+request.Id+"/withdraw", map[string]any{"comment": "不调动了"}).Want(t, 200)
	want(t, stored(t, s.App, r.Id), map[string]string{"state": "withdrawn", "refusal": "不调动了"})
	enter(t, s, apptest.Member, near)
}

// Who still holds a post where they leave isn't given a letter.
func TestPostsEndFirst(t *testing.T) {
	t.Parallel()
	s := serve(t)
	post := apptest.Make(t, s.App, "org_posts", map[string]any{"person": "#member", "role": "$branch_member", "org": "@zb1", "since": "2026-01-01"})
	r := enter(t, s, apptest.Member, near)
	decide(t, s, apptest.Branch, "transfer_out", r.Id, "approve").Want(t, 200)
	decide(t, s, apptest.Deputy, "transfer_out", r.Id, "approve").Want(t, 200)
	letter := map[string]any{"state": "issued", "paid_to": "2026-06"}
	change(t, s, apptest.Clerk, r.Id, letter).Want(t, 400, "people_transfers_posts")
	apptest.Refused(t, "ended", apptest.Save(s.App, post, map[string]any{"until": "2026-06-10"}), "")
	change(t, s, apptest.Clerk, r.Id, letter).Want(t, 200)
}
