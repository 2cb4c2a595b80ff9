package transfers_test

import (
	"testing"

	"yaodian/hooks/approvals"
	"yaodian/hooks/apptest"
	"yaodian/hooks/people/transfers"
)

// A letter of 2022-03-15 is valid for ninety days until 2022-06-13 (domain.md,
// appendix B).
func TestValidUntil(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		issued string
		days   int
		until  string
	}{{"2022-03-15", 90, "2022-06-13"}, {"2026-12-25", 10, "2027-01-04"}, {"2024-02-28", 1, "2024-02-29"}} {
		if got := transfers.ValidUntil(c.issued, c.days); got != c.until {
			t.Errorf("%+v: got %s", c, got)
		}
	}
}

func TestCheckApplication(t *testing.T) {
	t.Parallel()
	from := transfers.Branch{ID: "a", Path: "/jd/zb1/", Kind: "branch", Committee: "jd"}
	to := transfers.Branch{ID: "b", Path: "/jd/zb2/", Kind: "branch", Committee: "jd"}
	good := transfers.Application{Direction: "inner", Kind: "member", State: "active", Membership: "normal", Reason: "work", From: from, To: to}
	for name, c := range map[string]struct {
		change func(*transfers.Application)
		code   string
	}{
		"as it should be":      {func(*transfers.Application) {}, ""},
		"of staff":             {func(a *transfers.Application) { a.Kind = "staff" }, "people_transfers_kind"},
		"of an activist":       {func(a *transfers.Application) { a.Kind = "activist" }, ""},
		"of who has left":      {func(a *transfers.Application) { a.State = "left" }, "people_transfers_inactive"},
		"of who is lost":       {func(a *transfers.Application) { a.Lost = true }, "people_transfers_stopped"},
		"stopped":              {func(a *transfers.Application) { a.Membership = "stopped" }, "people_transfers_stopped"},
		"for other reasons":    {func(a *transfers.Application) { a.Reason = "other" }, "people_transfers_note"},
		"to an office":         {func(a *transfers.Application) { a.To.Kind = "office" }, "people_transfers_no_branch"},
		"to nowhere":           {func(a *transfers.Application) { a.To = transfers.Branch{} }, "people_transfers_no_branch"},
		"to a closed branch":   {func(a *transfers.Application) { a.To.Closed = "2026-06-10" }, "people_transfers_closed"},
		"closed tomorrow":      {func(a *transfers.Application) { a.To.Closed = "2026-06-11" }, ""},
		"without a committee":  {func(a *transfers.Application) { a.To.Committee = "" }, "people_transfers_no_committee"},
		"to where they are":    {func(a *transfers.Application) { a.To.Path = "/jd/zb1/" }, "people_transfers_same"},
		"from a group of it":   {func(a *transfers.Application) { a.From.Path, a.To.Path = "/jd/zb2/xz1/", "/jd/zb2/" }, "people_transfers_same"},
		"out to nobody":        {func(a *transfers.Application) { a.Direction, a.To = "out", transfers.Branch{} }, "people_transfers_to_name"},
		"out and in":           {func(a *transfers.Application) { a.Direction, a.ToName = "out", "外单位" }, "people_transfers_to_name"},
		"in without a number":  {func(a *transfers.Application) { a.Direction, a.Name, a.FromName = "in", "甲", "外单位" }, "people_transfers_letter_facts"},
		"in on the last day":   {inward("2026-06-10"), ""},
		"in a day later":       {inward("2026-06-09"), "people_transfers_ran_out"},
		"in without a branch":  {func(a *transfers.Application) { inward("2026-06-10")(a); a.To = transfers.Branch{} }, "people_transfers_no_branch"},
		"in, of who was there": {func(a *transfers.Application) { inward("2026-06-10")(a); a.State = "left" }, ""},
	} {
		a := good
		c.change(&a)
		apptest.Refused(t, name, transfers.CheckApplication(a, "2026-06-10"), c.code)
	}
}

func inward(until string) func(*transfers.Application) {
	return func(a *transfers.Application) {
		a.Direction, a.Name, a.FromName, a.Letter, a.IssuedOn, a.ValidUntil = "in", "甲", "外单位", "1号", "2026-06-01", until
	}
}

func TestCheckLetter(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		letter transfers.Letter
		code   string
	}{
		"as it should be":        {transfers.Letter{Kind: "member", PaidTo: "2026-06", MaxDays: 90}, ""},
		"the longest":            {transfers.Letter{Kind: "member", PaidTo: "2026-06", Days: 90, MaxDays: 90}, ""},
		"longer":                 {transfers.Letter{Kind: "member", PaidTo: "2026-06", Days: 91, MaxDays: 90}, "people_transfers_valid"},
		"without dues":           {transfers.Letter{Kind: "probationary", MaxDays: 90}, "people_transfers_paid_to"},
		"half a year ahead":      {transfers.Letter{Kind: "member", PaidTo: "2026-12", MaxDays: 90}, ""},
		"too far ahead":          {transfers.Letter{Kind: "member", PaidTo: "2027-01", MaxDays: 90}, "people_transfers_paid_far"},
		"an activist":            {transfers.Letter{Kind: "activist", TrainedSince: "2025-06-10", MaxDays: 90}, ""},
		"an activist, undated":   {transfers.Letter{Kind: "activist", PaidTo: "2026-06", MaxDays: 90}, "people_transfers_trained"},
		"an activist to be":      {transfers.Letter{Kind: "activist", TrainedSince: "2026-06-11", MaxDays: 90}, "people_transfers_trained"},
		"after one that ran out": {transfers.Letter{Kind: "member", PaidTo: "2026-06", MaxDays: 90, AfterExpired: true, Explanation: " "}, "people_transfers_explain"},
		"with a post":            {transfers.Letter{Kind: "member", PaidTo: "2026-06", MaxDays: 90, Posts: 1}, "people_transfers_posts"},
	} {
		apptest.Refused(t, name, transfers.CheckLetter(c.letter, "2026-06-10"), c.code)
	}
}

// Where a transfer stands while it is decided.
func TestStageOf(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		direction, kind string
		status          approvals.Status
		step            int
		want            string
	}{
		{"inner", "transfer_out", approvals.Pending, 1, "applied"}, {"inner", "transfer_out", approvals.Pending, 2, "agreed"}, {"out", "transfer_out", approvals.Draft, 0, "applied"},
		{"across", "transfer_in", approvals.Pending, 1, "issued"}, {"across", "transfer_in", approvals.Pending, 2, "received"}, {"across", "transfer_in", approvals.Draft, 0, "issued"},
		{"in", "transfer_in", approvals.Pending, 1, "applied"}, {"in", "transfer_in", approvals.Pending, 2, "received"},
	} {
		if got := transfers.StageOf(c.direction, c.kind, c.status, c.step); got != c.want {
			t.Errorf("%+v: got %s", c, got)
		}
	}
}

// What people may do by hand: nothing that decisions do.
func TestCheckByHand(t *testing.T) {
	t.Parallel()
	states := []string{"applied", "agreed", "approved", "issued", "received", "receipted", "archived", "returned", "expired", "rejected", "withdrawn"}
	free := map[string]bool{
		"approved issued": true, "approved withdrawn": true, "receipted archived": true,
		"out issued receipted": true, "out issued returned": true, "out expired receipted": true,
	}
	for _, direction := range []string{"inner", "across", "out", "in"} {
		for _, from := range states {
			for _, to := range states {
				want := from == to || free[from+" "+to] || free[direction+" "+from+" "+to]
				if err := transfers.CheckByHand(from, to, direction); (err == nil) != want {
					t.Errorf("%s: %s to %s: %v", direction, from, to, err)
				}
			}
		}
	}
}

func TestCheckReceipt(t *testing.T) {
	t.Parallel()
	for on, code := range map[string]string{
		"": "people_transfers_receipt_missing", "2026-05-31": "people_transfers_receipt_day", "2026-06-01": "", "2026-06-10": "", "2026-06-11": "people_transfers_receipt_late",
		"2026-06-20": "people_transfers_receipt_day",
	} {
		apptest.Refused(t, on, transfers.CheckReceipt(on, "2026-06-01", "2026-06-10", "2026-06-15"), code)
	}
}
