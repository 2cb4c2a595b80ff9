package transfers_test

import (
	"slices"
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/apptest"
	"yaodian/hooks/people"
	"yaodian/hooks/people/transfers"
)

// Both sides are told seven days before a letter runs out, once; then it has
// run out, the person stays, and the next letter needs an explanation.
func TestExpiry(t *testing.T) {
	t.Parallel()
	s := serve(t)
	r := issued(t, s, near) // until 2026-09-08
	heard := func() (who []string) {
		var list []*core.Record
		if err := s.App.RecordQuery("notify_messages").AndWhere(dbx.Like("title", "到期")).All(&list); err != nil {
			t.Fatal(err)
		}
		for _, m := range list {
			p, _ := s.App.FindRecordById(people.People, m.GetString("person"))
			who = append(who, p.GetString("number"))
		}
		slices.Sort(who)
		return who
	}
	for day, told := range map[string]int{"2026-08-31": 0, "2026-09-09": 0} {
		if n, err := transfers.Remind(s.App, day); err != nil || n != told {
			t.Errorf("%s: told %d, %v", day, n, err)
		}
	}
	for range 2 {
		if _, err := transfers.Remind(s.App, "2026-09-01"); err != nil {
			t.Fatal(err)
		}
	}
	if got, both := heard(), []string{apptest.Neighbour, apptest.Clerk, apptest.Member}; !slices.Equal(got, both) {
		t.Errorf("Expected %v, heard %v", both, got)
	}

	apptest.SetToday(t, s.App, "2026-09-08")
	if n, err := transfers.Expire(s.App, "2026-09-08"); n != 0 || err != nil {
		t.Errorf("on the last day: %d, %v", n, err)
	}
	apptest.SetToday(t, s.App, "2026-09-09")
	for i := range 2 {
		if n, err := transfers.Expire(s.App, "2026-09-09"); n != 1-i || err != nil {
			t.Errorf("run %d: %d, %v", i, n, err)
		}
	}
	want(t, stored(t, s.App, r.Id), map[string]string{"state": "expired"})
	want(t, requestOf(t, s.App, "transfer_in", r.Id), map[string]string{"status": "expired"})
	want(t, apptest.Person(t, s.App, apptest.Member), map[string]string{"org": apptest.Unit(t, s.App, "zb1").Id})

	again := enter(t, s, apptest.Member, near)
	want(t, again, map[string]string{"previous": r.Id})
	decide(t, s, apptest.Branch, "transfer_out", again.Id, "approve").Want(t, 200)
	decide(t, s, apptest.Deputy, "transfer_out", again.Id, "approve").Want(t, 200)
	change(t, s, apptest.Clerk, again.Id, map[string]any{"state": "issued", "paid_to": "2026-09"}).Want(t, 400, "people_transfers_explain")
	change(t, s, apptest.Clerk, again.Id, map[string]any{"state": "issued", "paid_to": "2026-09", "explanation": "本人住院，没有按时办理。"}).Want(t, 200)
}

// A decision that comes a day late, before the job has run, is refused and
// leaves nothing behind.
func TestReceivedTooLate(t *testing.T) {
	t.Parallel()
	s := serve(t)
	r := issued(t, s, near)
	apptest.SetToday(t, s.App, "2026-09-09")
	decide(t, s, apptest.Neighbour, "transfer_in", r.Id, "approve").Want(t, 400, "people_transfers_ran_out")
	want(t, requestOf(t, s.App, "transfer_in", r.Id), map[string]string{"status": "pending"})
	want(t, stored(t, s.App, r.Id), map[string]string{"state": "issued"})

	out := issuedOutside(t)
	apptest.SetToday(t, out.App, "2026-09-20")
	id := apptest.First(t, out.App, transfers.Transfers, "state", "issued").Id
	if _, err := transfers.Expire(out.App, "2026-09-20"); err != nil {
		t.Fatal(err)
	}
	change(t, out, apptest.Clerk, id, map[string]any{"state": "receipted", "receipt_on": "2026-09-09"}).Want(t, 400, "people_transfers_receipt_late")
	change(t, out, apptest.Clerk, id, map[string]any{"state": "receipted", "receipt_on": "2026-09-08"}).Want(t, 200)
}

func issuedOutside(t testing.TB) *apptest.Server {
	t.Helper()
	s := serve(t)
	issued(t, s, outside)
	return s
}

// How long letters are valid is set by the place, and never longer.
func TestValidityIsASetting(t *testing.T) {
	t.Parallel()
	s := serve(t)
	apptest.Refused(t, "set", apptest.Save(s.App, apptest.First(t, s.App, "people_settings", "id", "settings0000000"), map[string]any{"letter_days": 30}), "")
	r := enter(t, s, apptest.Member, near)
	decide(t, s, apptest.Branch, "transfer_out", r.Id, "approve").Want(t, 200)
	decide(t, s, apptest.Deputy, "transfer_out", r.Id, "approve").Want(t, 200)
	change(t, s, apptest.Clerk, r.Id, map[string]any{"state": "issued", "paid_to": "2026-06", "valid_days": 31}).Want(t, 400, "people_transfers_valid")
	change(t, s, apptest.Clerk, r.Id, map[string]any{"state": "issued", "paid_to": "2026-06", "valid_days": 10}).Want(t, 200)
	want(t, stored(t, s.App, r.Id), map[string]string{"valid_until": "2026-06-20"})
}

// Letters are numbered by committee and year.
func TestLetterNumbers(t *testing.T) {
	t.Parallel()
	s := serve(t)
	want(t, issued(t, s, outside), map[string]string{"letter": "〔2026〕1号"})
	apptest.Make(t, s.App, people.People, map[string]any{"number": "10600", "name": "外党员", "org": "@wzb", "kind": "member", "state": "active", "password": apptest.Password, "status_since": "2020-01-01"})
	r := enter(t, s, "10600", map[string]any{"person": "#10600", "to_org": "@zb1", "reason": "work"})
	decide(t, s, "wsecretary", "transfer_out", r.Id, "approve").Want(t, 200)
	decide(t, s, "worganizer", "transfer_out", r.Id, "approve").Want(t, 200)
	apptest.SetToday(t, s.App, "2027-01-04")
	change(t, s, apptest.Clerk, r.Id, map[string]any{"state": "issued", "paid_to": "2026-12"}).Want(t, 404)
	apptest.Make(t, s.App, "org_posts", map[string]any{"person": "#outsider", "role": "$clerk", "org": "@wd", "since": "2026-01-01"})
	change(t, s, apptest.Outsider, r.Id, map[string]any{"state": "issued", "paid_to": "2026-12"}).Want(t, 200)
	want(t, stored(t, s.App, r.Id), map[string]string{"letter": "〔2027〕1号", "issuer": apptest.Unit(t, s.App, "wd").Id})
}

// A clerk transfers nobody who is the clerk: somebody else issues the letter.
func TestOwnLetter(t *testing.T) {
	t.Parallel()
	s := serve(t)
	apptest.Make(t, s.App, "org_posts", map[string]any{"person": "#member", "role": "$clerk", "org": "@jd", "since": "2026-01-01"})
	r := enter(t, s, apptest.Member, near)
	decide(t, s, apptest.Branch, "transfer_out", r.Id, "approve").Want(t, 200)
	decide(t, s, apptest.Deputy, "transfer_out", r.Id, "approve").Want(t, 200)
	change(t, s, apptest.Member, r.Id, map[string]any{"state": "issued", "paid_to": "2026-06"}).Want(t, 400, "org_same_person")
}
