package elections_test

import (
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/elections"
	"yaodian/hooks/org/terms"
)

// The numbers of domain.md 4.4.
func TestNumbers(t *testing.T) {
	t.Parallel()
	for seats, want := range map[int]int{3: 4, 5: 6, 7: 9, 1: 2} {
		if got := elections.Candidates(seats); got != want {
			t.Errorf("%d seats: Expected %d candidates, got %d", seats, want, got)
		}
	}
	good := elections.Ballot{Expected: 25, Present: 20, Issued: 20, Returned: 20, Invalid: 1}
	for name, c := range map[string]struct {
		ballot elections.Ballot
		want   string
	}{
		"four fifths of 25": {good, ""},
		"one fewer":         {elections.Ballot{Expected: 25, Present: 19, Issued: 19, Returned: 19}, "elections_quorum"},
		"13 of 16":          {elections.Ballot{Expected: 16, Present: 13, Issued: 13, Returned: 13}, ""},
		"12 of 16":          {elections.Ballot{Expected: 16, Present: 12, Issued: 12, Returned: 12}, "elections_quorum"},
		"5 of 7":            {elections.Ballot{Expected: 7, Present: 5, Issued: 5, Returned: 5}, "elections_quorum"},
		"6 of 7":            {elections.Ballot{Expected: 7, Present: 6, Issued: 6, Returned: 6}, ""},
		"more than all":     {elections.Ballot{Expected: 7, Present: 8, Issued: 8, Returned: 8}, "elections_expected"},
		"issued too many":   {elections.Ballot{Expected: 7, Present: 7, Issued: 8, Returned: 7}, "elections_issued"},
		"returned too many": {elections.Ballot{Expected: 7, Present: 7, Issued: 6, Returned: 7}, "elections_returned"},
		"invalid too many":  {elections.Ballot{Expected: 7, Present: 7, Issued: 7, Returned: 6, Invalid: 7}, "elections_invalid"},
	} {
		apptest.Refused(t, name, c.ballot.Check(), c.want)
	}
	apptest.Refused(t, "all valid", good.CheckTally(15, 3, 1), "")
	apptest.Refused(t, "one more", good.CheckTally(15, 3, 2), "elections_votes")
}

func TestElected(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		seats, present int
		counts         []elections.Count
		want           []string
		code           string
	}{
		"more than half":       {2, 16, []elections.Count{{"a", 1, 9}, {"b", 1, 8}, {"c", 1, 12}}, []string{"c", "a"}, ""},
		"exactly half":         {2, 16, []elections.Count{{"a", 1, 8}, {"b", 1, 8}}, nil, ""},
		"too many":             {1, 16, []elections.Count{{"a", 1, 10}, {"b", 1, 12}}, []string{"b"}, ""},
		"the last seat shared": {2, 16, []elections.Count{{"a", 1, 12}, {"b", 1, 10}, {"c", 1, 10}}, nil, "elections_tie"},
		"voted on again":       {2, 16, []elections.Count{{"a", 1, 12}, {"b", 1, 10}, {"c", 1, 10}, {"b", 2, 6}, {"c", 2, 10}}, []string{"a", "c"}, ""},
		"too few, then more":   {2, 16, []elections.Count{{"a", 1, 12}, {"b", 1, 5}, {"d", 2, 9}}, []string{"a", "d"}, ""},
		"a tie for two seats":  {2, 16, []elections.Count{{"a", 1, 10}, {"b", 1, 10}}, []string{"a", "b"}, ""},
	} {
		got, err := elections.Elected(c.seats, c.present, c.counts)
		apptest.Refused(t, name, err, c.code)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: Expected %v, got %v", name, c.want, got)
		}
	}
}

func TestRules(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		err  error
		want string
	}{
		"no choice":             {elections.CheckCandidates("renewal", 3, 3), "elections_candidates_few"},
		"a choice":              {elections.CheckCandidates("renewal", 3, 4), ""},
		"a by-election":         {elections.CheckCandidates("byelection", 1, 1), ""},
		"one counts":            {elections.CheckCounters([]string{"a"}, nil), "elections_counters_few"},
		"a candidate counts":    {elections.CheckCounters([]string{"a", "b"}, []string{"b"}), "elections_counter_stands"},
		"two others count":      {elections.CheckCounters([]string{"a", "b"}, []string{"c"}), ""},
		"a probationary member": {elections.CheckStands("probationary", "active", "normal"), "elections_not_member"},
		"membership stopped":    {elections.CheckStands("member", "active", "stopped"), "elections_not_member"},
		"a member":              {elections.CheckStands("member", "active", ""), ""},
		"held before asked":     {elections.CheckHeld("2026-05-01", "2026-05-02", "2026-06-10"), "elections_held_on"},
		"held":                  {elections.CheckHeld("2026-05-02", "2026-05-02", "2026-06-10"), ""},
		"candidate, late":       {elections.CheckOpen("counted", "member"), "elections_candidates_fixed"},
		"written in":            {elections.CheckOpen("counted", "written"), ""},
		"written in, late":      {elections.CheckOpen("verified", "written"), "elections_candidates_fixed"},
		"counted early":         {elections.CheckCountable("requested"), "elections_tallies_fixed"},
		"counted":               {elections.CheckCountable("counted"), ""},
	} {
		apptest.Refused(t, name, c.err, c.want)
	}
}

func TestR_TERM_06_Complaints(t *testing.T) {
	t.Parallel()
	apptest.Refused(t, "open", elections.CheckComplaints("verified", 2, 1), "")
	apptest.Refused(t, "confirmed with one open", elections.CheckComplaints("confirmed", 2, 1), "elections_complaints_open")
	apptest.Refused(t, "all settled", elections.CheckComplaints("confirmed", 2, 2), "")
	apptest.Refused(t, "more than came", elections.CheckComplaints("preparing", 1, 2), "elections_complaints")
}

const electionID, termID = "election0000001", "term00000000001"

var (
	election  = map[string]any{"org": "@zb1", "kind": "renewal", "title": "东风支部换届选举", "seats": 1, "term": termID, "next": "东风支部第六届"}
	candidate = map[string]any{"election": electionID, "person": "#member", "source": "member", "seat": "member"}
)

func with(data map[string]any, changes ...any) map[string]any {
	out := maps.Clone(data)
	for i := 0; i < len(changes); i += 2 {
		out[changes[i].(string)] = changes[i+1]
	}
	return out
}

var begun = apptest.Prepared(func(t testing.TB, app core.App) {
	apptest.Make(t, app, terms.Terms, map[string]any{"id": termID, "org": "@zb1", "title": "东风支部第五届", "since": "2021-06-10", "years": 5})
	apptest.Make(t, app, elections.Elections, with(election, "id", electionID))
	for _, number := range []string{"甲", "乙", "丙"} {
		apptest.Create(t, app, "people", map[string]any{
			"name": number + "党员", "org": apptest.Unit(t, app, "zb1").Id, "kind": "member", "state": "active", "password": apptest.Password, "status_since": "2020-01-01",
		})
	}
})

// From the request to the next term.
func TestElectionRunsItsCourse(t *testing.T) {
	t.Parallel()
	s := apptest.Serve(t, begun(t))
	do := func(who, method, url string, body map[string]any) apptest.Answer {
		return s.Do(t, who, method, url, apptest.Named(t, s.App, body))
	}
	url := apptest.URL(elections.Elections, electionID)
	named := func(name string) string { return apptest.First(t, s.App, "people", "name", name).Id }
	do(apptest.Branch, "PATCH", url, map[string]any{"state": "requested"}).Want(t, 400, "elections_needs")
	do(apptest.Branch, "PATCH", url, map[string]any{"state": "requested", "request_document": "东支〔2026〕2号", "requested_on": "2026-04-10"}).Want(t, 200)
	do(apptest.Branch, "PATCH", url, map[string]any{"state": "approved", "approval_document": "清工委〔2026〕8号"}).Want(t, 400, "elections_no_power")
	do(apptest.Clerk, "PATCH", url, map[string]any{"state": "approved", "approval_document": "清工委〔2026〕8号"}).Want(t, 200)

	var stands []string
	for _, person := range []string{apptest.Person(t, s.App, apptest.Member).Id, named("甲党员")} {
		made := do(apptest.Branch, "POST", apptest.URL(elections.Standing), with(candidate, "person", person))
		made.Want(t, 200)
		stands = append(stands, made.Text("id"))
	}
	at := apptest.URL(elections.Standing, stands[0])
	do(apptest.Branch, "PATCH", at, map[string]any{"state": "approved"}).Want(t, 400, "elections_candidates_no_power")
	do(apptest.Clerk, "PATCH", at, map[string]any{"state": "approved"}).Want(t, 200)
	count := map[string]any{
		"state": "counted", "held_on": "2026-06-08", "counters": []string{named("乙党员"), named("丙党员")}, "expected": 5, "present": 5, "issued": 5, "returned": 5,
	}
	do(apptest.Branch, "PATCH", url, count).Want(t, 400, "elections_candidates_few")
	do(apptest.Clerk, "PATCH", apptest.URL(elections.Standing, stands[1]), map[string]any{"state": "approved"}).Want(t, 200)
	do(apptest.Branch, "PATCH", url, with(count, "counters", []string{named("乙党员"), named("甲党员")})).Want(t, 400, "elections_counter_stands")
	do(apptest.Branch, "PATCH", url, count).Want(t, 200)
	do(apptest.Branch, "PATCH", url, map[string]any{"present": 4}).Want(t, 400, "elections_counted")

	tally := map[string]any{"candidate": stands[0], "yes": 4, "no": 1, "elected": true}
	do(apptest.Branch, "POST", apptest.URL(elections.Tallies), with(tally, "no", 2)).Want(t, 400, "elections_votes")
	votes := do(apptest.Branch, "POST", apptest.URL(elections.Tallies), tally)
	votes.Want(t, 200, `"elected":false`, electionID)
	do(apptest.Branch, "PATCH", url, map[string]any{"state": "verified"}).Want(t, 400, "org_same_person")
	do(apptest.Clerk, "PATCH", url, map[string]any{"state": "verified"}).Want(t, 200)
	votesURL := apptest.URL(elections.Tallies, votes.Text("id"))
	do(apptest.Member, "GET", votesURL, nil).Want(t, 200, `"elected":true`)
	do(apptest.Keeper, "PATCH", votesURL, map[string]any{"yes": 5}).Want(t, 400, "elections_tallies_fixed")
	do(apptest.Keeper, "DELETE", votesURL, nil).Want(t, 403, "elections_tallies_fixed")

	do(apptest.Clerk, "PATCH", url, map[string]any{"state": "confirmed", "result_document": "清工委〔2026〕10号"}).Want(t, 200)
	before, next := apptest.First(t, s.App, terms.Terms, "id", termID), apptest.First(t, s.App, terms.Terms, "title", "东风支部第六届")
	if before.GetString("ended_on") != "2026-06-08" || next.GetString("ends") != "2031-06-08" || next.GetString("state") != "current" {
		t.Errorf("Expected the next term to begin, got %s and %s", before.GetString("ended_on"), next.GetString("ends"))
	}
}

func TestRemindsOfTheReport(t *testing.T) {
	t.Parallel()
	app := begun(t)
	apptest.Make(t, app, elections.Elections, with(election, "title", "补选", "kind", "byelection", "term", "", "state", "confirmed", "held_on", "2026-05-08", "result_document", "甲"))
	for _, c := range []struct {
		day  string
		want int
	}{{"2026-06-07", 0}, {"2026-06-08", 1}, {"2026-06-09", 0}} {
		day, _ := time.Parse(time.DateOnly, c.day)
		if n, err := elections.Remind(app, day); err != nil || n != c.want {
			t.Errorf("%s: Expected %d messages, got %d %v", c.day, c.want, n, err)
		}
	}
}

func policy(t *testing.T, collection string, record, create, update map[string]any, member string) {
	t.Helper()
	t.Parallel()
	apptest.Policy{
		Collection: collection,
		App:        begun,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			if collection == elections.Elections {
				return apptest.First(t, app, collection, "id", electionID)
			}
			if collection == elections.Tallies {
				if err := apptest.Save(app, apptest.First(t, app, elections.Elections, "id", electionID), map[string]any{
					"state": "requested", "request_document": "甲", "requested_on": "2026-05-01",
				}); err != nil {
					t.Fatal(err)
				}
				if err := apptest.Save(app, apptest.First(t, app, elections.Elections, "id", electionID), map[string]any{"state": "approved", "approval_document": "乙", "returned": 5}); err != nil {
					t.Fatal(err)
				}
				apptest.Make(t, app, elections.Standing, with(candidate, "id", "candidate000001"))
			}
			return apptest.Make(t, app, collection, record)
		},
		Create: create, Update: update,
		Table: `
		who       list view create update delete
		guest     0    404  400    404    404
		outsider  0    404  400    404    404
		member    ` + member + `
		branch2   0    404  400    404    404
		inspector 0    404  400    404    404
		deputy    1    200  400    404    404
		branch1   1    200  200    200    204
		clerk     1    200  200    200    204
		keeper    1    200  200    200    204`,
	}.Test(t)
}

func TestElectionsPolicy(t *testing.T) {
	policy(t, elections.Elections, nil, with(election, "title", "补选", "kind", "byelection", "term", ""), map[string]any{"seats": 3}, "0    404  400    404    404")
}

func TestCandidatesPolicy(t *testing.T) {
	policy(t, elections.Standing, candidate, with(candidate, "person", "#branch1"), map[string]any{"seat": "secretary"}, "0    404  400    404    404")
}

// Before the count is verified nobody but officers reads it.
func TestTalliesPolicy(t *testing.T) {
	tally := map[string]any{"candidate": "candidate000001", "yes": 3}
	policy(t, elections.Tallies, tally, with(tally, "round", 2), map[string]any{"no": 1}, "0    404  400    404    404")
}
