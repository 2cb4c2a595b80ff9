package privacy_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/people"
	"yaodian/hooks/people/privacy"
)

const canary = "11010519491231002X"

// enrol gives the member everything that is sensitive.
func enrol(t testing.TB, app core.App) {
	t.Helper()
	err := apptest.Save(app, apptest.Person(t, app, apptest.Member), map[string]any{
		"id_no": canary, "mobile": "13800138000", "tel": "010-55501234", "address": "清河街道东风路3号楼2单元501室", "email": "sun@example.com",
	})
	if err != nil {
		t.Fatal(err)
	}
}

func ask(t testing.TB, s *apptest.Server, who, whom, reason string, fields ...string) apptest.Answer {
	t.Helper()
	return s.Do(t, who, http.MethodPost, "/api/people/"+apptest.Person(t, s.App, whom).Id+"/reveal", map[string]any{"fields": fields, "reason": reason})
}

func TestCheckReveal(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		fields []string
		reason string
		own    bool
		want   string
	}{
		{"with a reason", []string{"id_no", "address"}, "核对组织关系", false, ""},
		{"nothing", nil, "核对组织关系", false, "people_reveal_nothing"},
		{"the password", []string{"password"}, "核对组织关系", false, "people_reveal_unknown"},
		{"the sealed form", []string{"id_no_sealed"}, "核对组织关系", false, "people_reveal_unknown"},
		{"without a reason", []string{"id_no"}, "", false, "people_reveal_reason"},
		{"with blanks", []string{"id_no"}, "  看   ", false, "people_reveal_reason"},
		{"with a sigh", []string{"id_no"}, "看看", false, "people_reveal_reason"},
		{"with a novel", []string{"id_no"}, strings.Repeat("长", 201), false, "people_reveal_reason"},
		{"one's own", []string{"id_no"}, "", true, ""},
	} {
		apptest.Refused(t, c.name, privacy.CheckReveal(c.fields, c.reason, c.own), c.want)
	}
}

// Each field opens with its power and a reason; what is refused leaves no line
// and tells nothing.
func TestWhoMayReveal(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		who    string
		field  string
		status int
		shows  string
	}{
		{apptest.Guest, "id_no", 401, ""}, {apptest.Outsider, "id_no", 404, ""}, {apptest.Neighbour, "mobile", 404, ""},
		{apptest.Inspector, "mobile", 404, ""}, {apptest.Branch, "id_no", 403, ""}, {apptest.Deputy, "id_no", 403, ""},
		{apptest.Branch, "mobile", 200, "13800138000"}, {apptest.Branch, "address", 200, "501室"}, {apptest.Branch, "birth_date", 200, "1949-12-31"},
		{apptest.Clerk, "id_no", 200, canary}, {apptest.Secretary, "id_no", 200, canary}, {apptest.Member, "id_no", 200, canary},
		{apptest.Keeper, "id_no", 200, canary},
	} {
		t.Run(c.who+" "+c.field, func(t *testing.T) {
			t.Parallel()
			s := apptest.NewServer(t)
			enrol(t, s.App)
			answer := ask(t, s, c.who, apptest.Member, "核对组织关系", c.field)
			answer.Want(t, c.status, c.shows)
			lines, err := s.App.FindAllRecords(people.Reveals)
			if err != nil {
				t.Fatal(err)
			}
			if c.status != http.StatusOK {
				if len(lines) > 0 || answer.Has(canary) || answer.Has("13800138000") {
					t.Errorf("%d lines, %s", len(lines), answer.Body)
				}
				return
			}
			if len(lines) != 1 {
				t.Fatalf("Expected a line, got %d", len(lines))
			}
			if l := lines[0]; !slices.Equal(l.GetStringSlice("shown"), []string{c.field}) || l.GetString("org_path") != "/jd/zb1/" || l.GetString("post") == "" {
				t.Errorf("%v", l.FieldsData())
			}
		})
	}
}

// Without the line there is no answer.
func TestNoLineNoAnswer(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	enrol(t, s.App)
	s.App.OnRecordCreateExecute(people.Reveals).BindFunc(func(*core.RecordEvent) error { return http.ErrBodyNotAllowed })
	if answer := ask(t, s, apptest.Clerk, apptest.Member, "核对组织关系", "id_no"); answer.Status == 200 || answer.Has(canary) {
		t.Errorf("answered without a line: %+v", answer)
	}
}

// Who was looked at sees at once who did, in which office and why; so do those
// with "audit" over them, and who looked. Nobody writes.
func TestRevealsPolicy(t *testing.T) {
	t.Parallel()
	apptest.Policy{
		Collection: people.Reveals,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			return apptest.Make(t, app, people.Reveals, map[string]any{
				"person": "#member", "by": "#secretary", "post": "党工委书记", "shown": []string{"id_no"}, "reason": "核对组织关系", "org": "@zb1",
			})
		},
		Create: map[string]any{"person": "#member", "by": "#clerk", "shown": []string{"id_no"}, "reason": "编的", "org": "@zb1"},
		Update: map[string]any{"reason": "改"},
		Table: `
			who       list view create update delete
			guest     0    404  403    403    403
			outsider  0    404  403    403    403
			member    1    200  403    403    403
			branch2   0    404  403    403    403
			branch1   1    200  403    403    403
			inspector 1    200  403    403    403
			deputy    1    200  403    403    403
			secretary 1    200  403    403    403
			clerk     1    200  403    403    403
			keeper    1    200  403    403    403`,
	}.Test(t)
}

func TestTheLookedAtSeesIt(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	enrol(t, s.App)
	page, _ := s.Listen(t, apptest.Member, people.Reveals+"/*")
	ask(t, s, apptest.Clerk, apptest.Member, "  核对组织关系  ", "id_no", "mobile", "id_no").Want(t, 200)
	s.Do(t, apptest.Member, http.MethodGet, apptest.URL(people.Reveals), nil).Want(t, 200, `"reason":"核对组织关系"`, `党建办干事（清河街道党工委）`, `["id_no","mobile"]`)
	page.Hear(t, 1)
	for _, sql := range []string{"DELETE FROM people_reveals", "UPDATE people_reveals SET reason = 'x'", "UPDATE people_reveals SET by = ''"} {
		if _, err := s.App.NonconcurrentDB().NewQuery(sql).Execute(); err == nil || !strings.Contains(err.Error(), "append-only") {
			t.Errorf("%s: %v", sql, err)
		}
	}
}

// “谁能看到我” names the offices, from the branch upwards, and whether they open
// the identity number; a post that ended is gone the same day.
func TestViewers(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	url := "/api/people/" + apptest.Person(t, s.App, apptest.Member).Id + "/viewers"
	names := func(who string) []string {
		var answer struct {
			Items []struct {
				Name, Role string
				Sensitive  bool
			}
			Keepers int
		}
		body := s.Do(t, who, http.MethodGet, url, nil)
		body.Want(t, 200)
		if err := json.Unmarshal([]byte(body.Body), &answer); err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, w := range answer.Items {
			name := w.Name + w.Role
			if w.Sensitive {
				name += "*"
			}
			out = append(out, name)
		}
		return out
	}
	want := []string{"赵支书支部书记", "高书记党工委书记*", "何副书记党工委副书记", "林干事党建办干事*"}
	for _, who := range []string{apptest.Member, apptest.Branch} {
		if got := names(who); !slices.Equal(got, want) {
			t.Errorf("%s: Expected %v, got %v", who, want, got)
		}
	}
	for who, status := range map[string]int{apptest.Guest: 401, apptest.Outsider: 404, apptest.Neighbour: 404, apptest.Inspector: 404} {
		s.Do(t, who, http.MethodGet, url, nil).Want(t, status)
	}
	post := apptest.First(t, s.App, "org_posts", "person", apptest.Person(t, s.App, apptest.Branch).Id)
	if err := apptest.Save(s.App, post, map[string]any{"until": apptest.Today}); err != nil {
		t.Fatal(err)
	}
	if got := names(apptest.Member); !slices.Equal(got, want[1:]) {
		t.Errorf("after the post has ended: %v", got)
	}
}

// To find somebody by number takes the power over sensitive fields and their
// being in reach, and a hit is a look.
func TestFind(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	enrol(t, s.App)
	find := func(who, number, reason string) apptest.Answer {
		return s.Do(t, who, http.MethodPost, "/api/people/find", map[string]any{"id_no": number, "reason": reason})
	}
	find(apptest.Guest, canary, "核对组织关系").Want(t, 401)
	for _, who := range []string{apptest.Member, apptest.Outsider, apptest.Branch, apptest.Deputy, apptest.Inspector} {
		find(who, canary, "核对组织关系").Want(t, 403, "people_find_forbidden")
	}
	find(apptest.Clerk, canary, "").Want(t, 400, "people_reveal_reason")
	find(apptest.Clerk, "110105194912310021", "核对组织关系").Want(t, 400, "people_id_no_check_digit")
	find(apptest.Clerk, "370101190102039973", "核对组织关系").Want(t, 200, `"items":[]`)
	if n, _ := s.App.CountRecords(people.Reveals); n != 0 {
		t.Errorf("%d lines without a hit", n)
	}
	hit := find(apptest.Clerk, " 11010519491231002x", "核对组织关系")
	hit.Want(t, 200, "孙党员", "**************002X")
	if hit.Has(canary) {
		t.Error("the answer repeats the number")
	}
	if n, _ := s.App.CountRecords(people.Reveals); n != 1 {
		t.Errorf("%d lines after a hit", n)
	}
	if err := apptest.Save(s.App, apptest.Person(t, s.App, apptest.Outsider), map[string]any{"id_no": "370101190102039973"}); err != nil {
		t.Fatal(err)
	}
	find(apptest.Clerk, "370101190102039973", "核对组织关系").Want(t, 200, `"items":[]`)
	find(apptest.Keeper, "370101190102039973", "核对组织关系").Want(t, 200, "吴外人")
}

// An identity number in an address is refused before anything is logged.
func TestNumbersStayOutOfAddresses(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	for _, url := range []string{
		apptest.URL(people.People) + "?filter=name%3D%22" + canary + "%22", "/api/people/search?q=11010519491231002x", "/api/people/" + canary + "/viewers",
		"/api/people/search?q=%31%31%30%31%30%35%31%39%34%39%31%32%33%31%30%30%32%58",
	} {
		s.Do(t, apptest.Clerk, http.MethodGet, url, nil).Want(t, 400, "people_id_no_in_url")
	}
	s.Do(t, apptest.Clerk, http.MethodGet, "/api/people/search?q=110105194912310021", nil).Want(t, 200)
}

// An export holds one's own record with what is sensitive, every record that
// names one and that one may view, over any collection; nobody else's secrets.
func TestExport(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	enrol(t, s.App)
	own := core.NewBaseCollection("zz_visits")
	closed := core.NewBaseCollection("zz_cases")
	persons := apptest.Person(t, s.App, apptest.Member).Collection().Id
	for _, c := range []*core.Collection{own, closed} {
		c.Fields.Add(&core.RelationField{Name: "who", CollectionId: persons, MaxSelect: 9}, &core.TextField{Name: "note"}, &core.TextField{Name: "secret", Hidden: true})
	}
	for _, c := range []*core.Collection{own, closed} {
		if err := s.App.Save(c); err != nil {
			t.Fatal(err)
		}
	}
	rule := `@request.auth.id != "" && who.id ?= @request.auth.id`
	own.ViewRule = &rule
	if err := s.App.Save(own); err != nil {
		t.Fatal(err)
	}
	member, outsider := apptest.Person(t, s.App, apptest.Member).Id, apptest.Person(t, s.App, apptest.Outsider).Id
	apptest.Create(t, s.App, "zz_visits", map[string]any{"who": []string{outsider, member}, "note": "走访一次", "secret": "看不得"})
	apptest.Create(t, s.App, "zz_visits", map[string]any{"who": []string{outsider}, "note": "别人的走访"})
	apptest.Create(t, s.App, "zz_cases", map[string]any{"who": []string{member}, "note": "正在核查"})

	answer := s.Do(t, apptest.Member, http.MethodGet, "/api/people/me/export", nil)
	answer.Want(t, 200, canary, "13800138000", "走访一次", `"collection":"people_status"`, `"collection":"people"`, "zz_visits")
	for _, not := range []string{"看不得", "别人的走访", "正在核查", "zz_cases", "tokenKey", "id_no_sealed", "吴外人"} {
		if answer.Has(not) {
			t.Errorf("the export holds %s", not)
		}
	}
	if n, _ := s.App.CountRecords(people.Reveals); n != 1 {
		t.Errorf("%d lines after an export", n)
	}
	s.Do(t, apptest.Guest, http.MethodGet, "/api/people/me/export", nil).Want(t, 401)
	s.Do(t, apptest.Keeper, http.MethodGet, "/api/people/me/export", nil).Want(t, 403)
	if other := s.Do(t, apptest.Branch, http.MethodGet, "/api/people/me/export", nil); other.Has(canary) {
		t.Error("somebody else's export holds the number")
	}
}
