package people_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"yaodian/hooks/apptest"
	"yaodian/hooks/org"
	"yaodian/hooks/people"
)

// phones gives everybody a mobile and an address, and the inspector a contact
// to see whose person isn't on the inspector's roster.
func phones(t testing.TB, s *apptest.Server) {
	t.Helper()
	for number, mobile := range map[string]string{
		apptest.Member: "13800138000", apptest.Deputy: "13900139000", apptest.Outsider: "13700137000", apptest.Inspector: "13600136000",
	} {
		if err := apptest.Save(s.App, apptest.Person(t, s.App, number), map[string]any{"mobile": mobile, "email": number + "@example.com"}); err != nil {
			t.Fatal(err)
		}
	}
	apptest.Make(t, s.App, org.Contacts, map[string]any{"person": "#deputy", "org": "@zb1", "since": "2026-01-01"})
}

// A filter answers alike whether the guess about somebody one may not see is
// right or wrong: directly, over relations forth and back, and over realtime.
func TestFiltersTellNothingAboutOthers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ who, collection, right, wrong string }{
		{apptest.Guest, people.People, `mobile ~ "138"`, `mobile ~ "999"`},
		{apptest.Outsider, people.People, `mobile ~ "138"`, `mobile ~ "999"`},
		{apptest.Outsider, people.People, `mobile ~ "138" || name = "吴外人"`, `mobile ~ "999" || name = "吴外人"`},
		{apptest.Outsider, people.People, `email ~ "member"`, `email ~ "nosuch"`},
		{apptest.Neighbour, people.People, `number = "member"`, `number = "nosuch"`},
		{apptest.Outsider, org.Units, `people_via_org.mobile ?~ "138"`, `people_via_org.mobile ?~ "999"`},
		{apptest.Outsider, org.Units, `people_via_org.mobile ~ "138"`, `people_via_org.mobile ~ "999"`},
		{apptest.Outsider, org.Units, `people_via_org.email ?~ "member"`, `people_via_org.email ?~ "nosuch"`},
		{apptest.Outsider, org.Units, `people_via_org.name ?= "孙党员"`, `people_via_org.name ?= "无此人"`},
		{apptest.Outsider, org.Units, `people_via_org.org_posts_via_person.role.key ?= "clerk"`, `people_via_org.org_posts_via_person.role.key ?= "nosuch"`},
		{apptest.Outsider, org.Units, `org_posts_via_org.since ?= "2020-01-01"`, `org_posts_via_org.since ?= "2020-01-02"`},
		{apptest.Outsider, org.Units, `parent.people_via_org.mobile ?~ "138"`, `parent.people_via_org.mobile ?~ "999"`},
		{apptest.Member, org.Roles, `org_posts_via_role.person.mobile ?~ "139"`, `org_posts_via_role.person.mobile ?~ "999"`},
		{apptest.Inspector, org.Contacts, `person.mobile ~ "139"`, `person.mobile ~ "999"`},
		{apptest.Inspector, org.Contacts, `person.name = "何副书记"`, `person.name = "无此人"`},
		{apptest.Inspector, org.Contacts, `person.email ~ "deputy"`, `person.email ~ "nosuch"`},
		{apptest.Inspector, org.Contacts, `person.mobile ~ "139" || note = ""`, `person.mobile ~ "999" || note = ""`},
		{apptest.Inspector, org.Contacts, `person.mobile !~ "139"`, `person.mobile !~ "999"`},
	} {
		t.Run(c.right+" by "+c.who, func(t *testing.T) {
			t.Parallel()
			s := apptest.NewServer(t) // of their own: PocketBase slows down who asks often and finds nothing
			phones(t, s)
			right, wrong := filtered(t, s, c.who, c.collection, c.right), filtered(t, s, c.who, c.collection, c.wrong)
			want := http.StatusOK
			if strings.Contains(c.right, "mobile") {
				want = http.StatusBadRequest // hidden: nobody filters by it, not even within reach
			}
			if right != wrong || right.Status != want {
				t.Errorf("a right guess is answered\n%+v\na wrong one\n%+v", right, wrong)
			}
		})
	}
}

// The same filters work for those who may see.
func TestFiltersWorkWithinReach(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	phones(t, s)
	for _, c := range []struct {
		who, collection, filter string
		want                    int
	}{
		{apptest.Outsider, org.Units, `people_via_org.number ?= "outsider"`, 1},
		{apptest.Outsider, people.People, `number ~ "outsider"`, 1},
		{apptest.Clerk, org.Units, `people_via_org.number ?= "member"`, 1},
		{apptest.Clerk, org.Contacts, `person.number = "deputy"`, 1},
		{apptest.Secretary, org.Contacts, `person.name = "何副书记"`, 1},
		{apptest.Branch, people.People, `pinyin >= "sun" && pinyin < "sup"`, 1},
	} {
		if got := filtered(t, s, c.who, c.collection, c.filter); got.Count() != c.want {
			t.Errorf("%s by %s: Expected %d, got %+v", c.filter, c.who, c.want, got)
		}
	}
}

func filtered(t testing.TB, s *apptest.Server, who, collection, filter string) apptest.Answer {
	t.Helper()
	return s.Do(t, who, http.MethodGet, apptest.URL(collection)+"?filter="+url.QueryEscape(filter), nil)
}

// What is hidden, and what reaches past the collection, can't be asked for.
func TestWhatCannotBeFilteredOrSorted(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	for _, who := range []string{apptest.Guest, apptest.Outsider, apptest.Member, apptest.Clerk} {
		for _, query := range []string{
			`filter=failed>0`, `filter=locked_until!=""`, `filter=tokenKey~"a"`, `filter=password~"a"`, `filter=nosuch="a"`,
			`filter=mobile~"138"`, `filter=birth_date>"1949"`, `filter=address~"街道"`, `filter=id_no_sealed~"a"`, `filter=id_no_hash~"a"`, `filter=id_no~"1"`,
			`filter=masked.mobile~"138"`, `sort=mobile`, `sort=birth_date`, `sort=id_no_hash`, `sort=failed`, `sort=tokenKey`, `sort=-locked_until`, `sort=password`,
			`filter=@collection.people.mobile~"138"`, `filter=@collection.org_posts.person!=""`, `sort=@collection.people.mobile`,
			`filter=@request.auth.mobile~"1"`, `sort=@request.auth.tokenKey`, `filter=@request.headers.x="1"`,
		} {
			key, value, _ := strings.Cut(query, "=")
			answer := s.Do(t, who, http.MethodGet, apptest.URL(people.People)+"?"+key+"="+url.QueryEscape(value), nil)
			if answer.Status != 400 && answer.Status != 403 {
				t.Errorf("%s as %q: Expected 400 or 403, got %+v", query, who, answer)
			}
		}
		for _, query := range []string{`filter=people_via_org.failed>0`, `filter=people_via_org.tokenKey~"a"`} {
			key, value, _ := strings.Cut(query, "=")
			s.Do(t, who, http.MethodGet, apptest.URL(org.Units)+"?"+key+"="+url.QueryEscape(value), nil).Want(t, 400)
		}
	}
}

// No answer ever holds a secret of somebody's account.
func TestSecretsAreNotShown(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	phones(t, s)
	for _, query := range []string{"", "?fields=*", "?fields=tokenKey,password,failed,locked_until,id", "?expand=org"} {
		answer := s.Do(t, apptest.Clerk, http.MethodGet, apptest.URL(people.People)+query, nil)
		answer.Want(t, 200)
		for _, secret := range []string{"tokenKey", "$2a$", `"failed"`, "locked_until", `"password"`} {
			if answer.Has(secret) {
				t.Errorf("%s holds %s: %s", query, secret, answer.Body)
			}
		}
	}
}

// A relation to somebody one may not see isn't expanded, forth or back.
func TestExpandStopsAtWhatOneMaySee(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	phones(t, s)
	for _, c := range []struct {
		who, url string
		sees     bool
	}{
		{apptest.Inspector, apptest.URL(org.Contacts) + "?expand=person", false},
		{apptest.Branch, apptest.URL(org.Contacts) + "?expand=person", false},
		{apptest.Clerk, apptest.URL(org.Contacts) + "?expand=person", true},
		{apptest.Outsider, apptest.URL(org.Units) + "?expand=people_via_org", false},
		{apptest.Member, apptest.URL(org.Units) + "?expand=people_via_org", false},
		{apptest.Deputy, apptest.URL(org.Units) + "?expand=people_via_org", true},
		{apptest.Outsider, apptest.URL(org.Units) + "?expand=org_contacts_via_org.person", false},
		{apptest.Inspector, apptest.URL(org.Units) + "?expand=org_contacts_via_org.person", false},
		{apptest.Clerk, apptest.URL(org.Units) + "?expand=org_contacts_via_org.person", true},
		{apptest.Outsider, apptest.URL(org.Roles) + "?expand=org_posts_via_role.person", false},
		{apptest.Clerk, apptest.URL(org.Roles) + "?expand=org_posts_via_role.person", true},
		{apptest.Guest, apptest.URL(org.Units) + "?expand=people_via_org", false},
	} {
		answer := s.Do(t, c.who, http.MethodGet, c.url, nil)
		answer.Want(t, 200)
		if answer.Has("13900139000") || answer.Has("139****9000") != c.sees || answer.Has("何副书记") != c.sees {
			t.Errorf("%s as %q: Expected to see the deputy: %v, got %s", c.url, c.who, c.sees, answer.Body)
		}
	}
}

// A batch is all or nothing: one item that is refused, by an API rule or by a
// rule of ours, takes everything back.
func TestBatchIsAllOrNothing(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	good := map[string]any{"method": "POST", "url": apptest.URL(people.People), "body": apptest.Named(t, s.App,
		map[string]any{"number": "10998", "name": "李新人", "org": "@zb1", "kind": "applicant", "state": "active"})}
	mine := map[string]any{"method": "PATCH", "url": urlOf(t, s, apptest.Member), "body": map[string]any{"title": "楼长"}}
	for name, bad := range map[string]map[string]any{
		"another committee":       {"method": "PATCH", "url": urlOf(t, s, apptest.Outsider), "body": map[string]any{"title": "楼长"}},
		"a password":              {"method": "PATCH", "url": urlOf(t, s, apptest.Member), "body": map[string]any{"password": "Yaodian2027"}},
		"a deletion":              {"method": "DELETE", "url": urlOf(t, s, apptest.Member)},
		"a role":                  {"method": "PATCH", "url": apptest.URL(org.Roles, apptest.Role(t, s.App, "clerk").Id), "body": map[string]any{"name": "干事"}},
		"a post that is held":     {"method": "POST", "url": apptest.URL(org.Posts), "body": post(t, s, apptest.Member, "branch_secretary", "zb1")},
		"a second taken number":   good,
		"a post that has begun":   {"method": "DELETE", "url": apptest.URL(org.Posts, apptest.First(t, s.App, org.Posts, "person", apptest.Person(t, s.App, apptest.Branch).Id).Id)},
		"a unit below itself":     {"method": "PATCH", "url": apptest.URL(org.Units, unit(t, s, "zb1")), "body": map[string]any{"parent": unit(t, s, "xz1")}},
		"a unit out of reach":     {"method": "PATCH", "url": apptest.URL(org.Units, unit(t, s, "zb1")), "body": map[string]any{"parent": unit(t, s, "wd")}},
		"a unit made the top one": {"method": "PATCH", "url": apptest.URL(org.Units, unit(t, s, "zb1")), "body": map[string]any{"parent": ""}},
	} {
		answer := s.Do(t, apptest.Clerk, http.MethodPost, "/api/batch", map[string]any{"requests": []any{mine, good, bad}})
		answer.Want(t, 400)
		if _, err := s.App.FindFirstRecordByData(people.People, "number", "10998"); err == nil {
			t.Fatalf("%s: the rest of the batch was kept", name)
		}
		if apptest.Person(t, s.App, apptest.Member).GetString("title") != "" {
			t.Fatalf("%s: the change before it was kept", name)
		}
	}
	for _, who := range []string{apptest.Guest, apptest.Member, apptest.Outsider, apptest.Branch} {
		s.Do(t, who, http.MethodPost, "/api/batch", map[string]any{"requests": []any{good}}).Want(t, 400)
	}
	s.Do(t, apptest.Clerk, http.MethodPost, "/api/batch", map[string]any{"requests": []any{mine, good}}).Want(t, 200, "10998", "楼长")
}

// A change is told to those who may see it, and to nobody else, whatever they
// subscribed to.
func TestRealtimeReachesOnlyTheAllowed(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	phones(t, s)
	member := apptest.Person(t, s.App, apptest.Member)
	contact := apptest.First(t, s.App, org.Contacts, "person", apptest.Person(t, s.App, apptest.Deputy).Id)
	hears := map[string]bool{apptest.Member: true, apptest.Branch: true, apptest.Clerk: true, apptest.Deputy: true}
	pages := map[string]*apptest.Listener{}
	for _, who := range []string{apptest.Guest, apptest.Outsider, apptest.Member, apptest.Neighbour, apptest.Branch, apptest.Inspector, apptest.Deputy, apptest.Clerk} {
		page, answer := s.Listen(t, who, "people/*")
		answer.Want(t, 204)
		pages[who] = page
	}
	single, _ := s.Listen(t, apptest.Outsider, "people/"+member.Id, "people", "pbc_1846335439/*")
	filtered, _ := s.Listen(t, apptest.Outsider, `people/*?options={"query":{"filter":"mobile~'138'"}}`)
	probe, _ := s.Listen(t, apptest.Inspector, `org_contacts/*?options={"query":{"filter":"person.mobile~'139'","expand":"person"}}`)
	plain, _ := s.Listen(t, apptest.Inspector, `org_contacts/*?options={"query":{"expand":"person"}}`)

	if err := apptest.Save(s.App, member, map[string]any{"title": "楼长"}); err != nil {
		t.Fatal(err)
	}
	for who, page := range pages {
		for _, message := range page.Hear(t, map[bool]int{true: 1}[hears[who]]) {
			for _, secret := range []string{"tokenKey", "password", "locked_until", `"failed"`} {
				if strings.Contains(message, secret) {
					t.Errorf("%s heard %s: %s", who, secret, message)
				}
			}
		}
	}
	single.Hear(t, 0)
	filtered.Hear(t, 0)

	if err := apptest.Save(s.App, contact, map[string]any{"note": "每季度到支部一次"}); err != nil {
		t.Fatal(err)
	}
	probe.Hear(t, 0)
	for _, message := range plain.Hear(t, 1) {
		if strings.Contains(message, "13900139000") || strings.Contains(message, "何副书记") {
			t.Errorf("the inspector heard who the deputy is: %s", message)
		}
	}
}

func post(t testing.TB, s *apptest.Server, person, role, unit string) map[string]any {
	t.Helper()
	return apptest.Named(t, s.App, map[string]any{"person": "#" + person, "role": "$" + role, "org": "@" + unit, "since": "2026-01-01"})
}
