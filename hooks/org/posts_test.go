package org_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"
	"github.com/pocketbase/pocketbase/tools/filesystem"

	"yaodian/hooks/apptest"
	"yaodian/hooks/documents"
	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// A single post is held by one person at a time; the next term begins on the
// day on which the last one ends.
func TestSinglePosts(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	apptest.Make(t, app, org.Units, map[string]any{"code": "zb3", "name": "南门社区党支部", "kind": "branch", "parent": "@jd"})
	zb1 := postOf(t, app, apptest.Branch)
	if err := apptest.Save(app, zb1, map[string]any{"until": "2026-07-01"}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, role, org, since, until, want string }{
		{"one day too early", "branch_secretary", "zb1", "2026-06-30", "", "org_post_overlap"},
		{"before and into", "branch_secretary", "zb1", "2019-01-01", "2020-01-02", "org_post_overlap"},
		{"around", "branch_secretary", "zb1", "2019-01-01", "2030-01-01", "org_post_overlap"},
		{"on the day the last term ends", "branch_secretary", "zb1", "2026-07-01", "2027-07-01", ""},
		{"until the day the first term began", "branch_secretary", "zb1", "2019-01-01", "2020-01-01", ""},
		{"of another branch", "branch_secretary", "zb3", "2026-01-01", "", ""},
		{"a post for several", "branch_deputy", "zb1", "2026-01-01", "", ""},
		{"a post for several, again", "branch_deputy", "zb1", "2026-01-01", "", ""},
		{"ends before it begins", "branch_deputy", "zb1", "2026-02-01", "2026-01-01", "org_period_reversed"},
		{"on a day that isn't", "branch_deputy", "zb1", "2026-02-30", "", "org_date_unreal"},
	} {
		_, err := apptest.Try(app, org.Posts, post(t, app, apptest.Member, c.role, c.org, c.since, c.until))
		apptest.Refused(t, c.name, err, c.want)
	}
	zb1.Set("until", "2026-07-02")
	apptest.Refused(t, "prolonged into the next term", app.SaveNoValidate(zb1), "org_post_overlap")
}

// A post entered by mistake is ended on the day it began, and then stands in
// nobody's way.
func TestMistakenPostIsVoid(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	wrong := apptest.Create(t, app, org.Posts, post(t, app, apptest.Member, "office_head", "djb", "2026-05-01", ""))
	apptest.Refused(t, "deleted", app.Delete(wrong), "org_post_begun")
	apptest.Refused(t, "voided", apptest.Save(app, wrong, map[string]any{"until": "2026-05-01"}), "")
	wantReach(t, app, apptest.Member, "people")
	_, err := apptest.Try(app, org.Posts, post(t, app, apptest.Branch, "office_head", "djb", "2026-04-01", ""))
	apptest.Refused(t, "the right person", err, "")
}

// Two posts for one chair, both checked before either is stored: one of them
// is refused, whichever way they are stored.
func TestSinglePostsRace(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	posts, err := app.FindCollectionByNameOrId(org.Posts)
	if err != nil {
		t.Fatal(err)
	}
	var rivals [2]*core.Record
	for i, who := range []string{apptest.Branch, apptest.Member} {
		rivals[i] = core.NewRecord(posts)
		rivals[i].Load(post(t, app, who, "group_leader", "xz1", "2026-01-01", ""))
		if err := app.Validate(rivals[i]); err != nil {
			t.Fatal(err)
		}
	}
	apptest.Refused(t, "first", app.Save(rivals[0]), "")
	apptest.Refused(t, "second", app.Save(rivals[1]), "org_post_overlap")

	apptest.Make(t, app, org.Units, map[string]any{"code": "xz2", "name": "东风第二党小组", "kind": "group", "parent": "@zb1"})
	// the same with two that were loaded and then prolonged towards each other
	early := apptest.Create(t, app, org.Posts, post(t, app, apptest.Branch, "group_leader", "xz2", "2026-01-01", "2026-02-01"))
	late := apptest.Create(t, app, org.Posts, post(t, app, apptest.Member, "group_leader", "xz2", "2026-04-01", ""))
	early, late = fresh(t, app, early), fresh(t, app, late)
	apptest.Refused(t, "early until March", apptest.Save(app, early, map[string]any{"until": "2026-03-15"}), "")
	apptest.Refused(t, "late since March", apptest.Save(app, late, map[string]any{"since": "2026-03-01"}), "org_post_overlap")
}

func TestPostsAreFixedAndPermanent(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	held := postOf(t, s.App, apptest.Branch)
	for field, value := range map[string]string{
		"person": apptest.Person(t, s.App, apptest.Member).Id, "org": apptest.Unit(t, s.App, "zb2").Id, "role": apptest.Role(t, s.App, "clerk").Id,
	} {
		changed := fresh(t, s.App, held)
		changed.Set(field, value)
		apptest.Refused(t, field, s.App.SaveNoValidate(changed), "org_post_fixed")
		s.Do(t, apptest.Keeper, http.MethodPatch, apptest.URL(org.Posts, held.Id), map[string]any{field: value}).Want(t, 400, "org_post_fixed")
		s.Do(t, apptest.Clerk, http.MethodPatch, apptest.URL(org.Posts, held.Id), map[string]any{field: value}).Want(t, 404)
	}
	for _, who := range []string{apptest.Clerk, apptest.Keeper} {
		s.Do(t, who, http.MethodDelete, apptest.URL(org.Posts, held.Id), nil).Want(t, 403, "org_post_begun")
	}
	today := apptest.Create(t, s.App, org.Posts, post(t, s.App, apptest.Member, "branch_deputy", "zb1", apptest.Today, ""))
	apptest.Refused(t, "begins today", s.App.Delete(today), "org_post_begun")
	tomorrow := apptest.Create(t, s.App, org.Posts, post(t, s.App, apptest.Member, "branch_deputy", "zb1", "2026-06-11", ""))
	apptest.Refused(t, "begins tomorrow", s.App.Delete(tomorrow), "")
}

// Authority is what follows from posts: wider posts contain narrower ones, and
// too many scattered ones are refused together with the post.
func TestReachFollowsPosts(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	wantReach(t, app, apptest.Member, "plan.submit")
	apptest.Create(t, app, org.Posts, post(t, app, apptest.Member, "group_leader", "xz1", "2026-01-01", ""))
	wantReach(t, app, apptest.Member, "plan.submit", "/jd/zb1/xz1/")
	wantReach(t, app, apptest.Member, "plan", "/jd/zb1/xz1/")
	apptest.Create(t, app, org.Posts, post(t, app, apptest.Member, "branch_member", "zb1", "2026-01-01", ""))
	wantReach(t, app, apptest.Member, "plan.submit", "/jd/zb1/")

	for i := range org.Slots {
		unit := apptest.Make(t, app, org.Units, map[string]any{"code": "s" + string(rune('a'+i)), "name": "散", "kind": "branch", "parent": "@jd"})
		data := post(t, app, apptest.Member, "branch_member", "zb1", "2026-01-01", "")
		data["org"] = unit.Id
		_, err := apptest.Try(app, org.Posts, data)
		if i < org.Slots-1 {
			apptest.Refused(t, "one of several", err, "")
			continue
		}
		apptest.Refused(t, "one too many", err, "org_reach_too_wide")
		if n, _ := app.CountRecords(org.Posts); n != 6+2+int64(org.Slots)-1 {
			t.Errorf("%d posts are stored", n)
		}
	}
}

// A change of a role's powers reaches everybody who holds it, at once.
func TestRolePowersPassOn(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	member := apptest.URL("people", apptest.Person(t, s.App, apptest.Member).Id)
	set := func(powers ...string) {
		t.Helper()
		role := apptest.Role(t, s.App, "inspector")
		s.Do(t, apptest.Keeper, http.MethodPatch, apptest.URL(org.Roles, role.Id), map[string]any{"powers": powers}).Want(t, 200)
	}
	s.Do(t, apptest.Inspector, http.MethodGet, member, nil).Want(t, 404)
	set("people.edit")
	s.Do(t, apptest.Inspector, http.MethodGet, member, nil).Want(t, 200)
	s.Do(t, apptest.Inspector, http.MethodPatch, member, map[string]any{"title": "楼长"}).Want(t, 200)
	set()
	s.Do(t, apptest.Inspector, http.MethodGet, member, nil).Want(t, 404)
	wantReach(t, s.App, apptest.Inspector, "plan")
}

// Who is no longer active loses everything at once: authority, session, files
// and live updates.
func TestDeactivatedLosesEverything(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	document := withFile(t, s.App)
	view := apptest.URL(documents.Documents, document.Id)
	file := "/api/files/documents/" + document.Id + "/" + document.GetString("file")
	fileToken := s.Do(t, apptest.Branch, http.MethodPost, "/api/files/token", nil).Text("token")
	live, _ := s.Listen(t, apptest.Branch, "documents/*")
	s.Do(t, apptest.Branch, http.MethodGet, view, nil).Want(t, 200)
	s.Do(t, apptest.Guest, http.MethodGet, file+"?token="+fileToken, nil).Want(t, 200)

	id := apptest.Person(t, s.App, apptest.Branch).Id
	s.Do(t, apptest.Clerk, http.MethodPatch, apptest.URL("people", id), map[string]any{"state": "suspended"}).Want(t, 200)

	s.Do(t, apptest.Branch, http.MethodGet, view, nil).Want(t, 404)
	s.Do(t, apptest.Branch, http.MethodGet, apptest.URL(org.Units), nil).Want(t, 200, `"totalItems":0`)
	s.Do(t, apptest.Branch, http.MethodGet, "/api/me", nil).Want(t, 401)
	s.Do(t, apptest.Branch, http.MethodPost, "/api/collections/people/auth-refresh", nil).Want(t, 401)
	s.Do(t, apptest.Guest, http.MethodGet, file+"?token="+fileToken, nil).Want(t, 404)
	wantReach(t, s.App, apptest.Branch, "people")
	wantReach(t, s.App, apptest.Branch, org.Belong)
	if err := apptest.Save(s.App, fresh(t, s.App, document), map[string]any{"note": "改"}); err != nil {
		t.Fatal(err)
	}
	live.Hear(t, 0)

	// back again, with what the posts still give, but not with the old session
	s.Do(t, apptest.Clerk, http.MethodPatch, apptest.URL("people", id), map[string]any{"state": "active"}).Want(t, 200)
	wantReach(t, s.App, apptest.Branch, "people", "/jd/zb1/")
	s.Do(t, apptest.Branch, http.MethodGet, view, nil).Want(t, 404)
}

// A post that ends today gives nothing today: not in lists, views, changes,
// files, live updates or routes of our own.
func TestPostThatEndsToday(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	now := time.Now().In(kit.Beijing)
	kit.SetNow(s.App, now)
	today, tomorrow := now.Format(time.DateOnly), now.AddDate(0, 0, 1).Format(time.DateOnly)

	document := withFile(t, s.App)
	view := apptest.URL(documents.Documents, document.Id)
	file := "/api/files/documents/" + document.Id + "/" + document.GetString("file")
	member := apptest.Person(t, s.App, apptest.Member).Id
	held := postOf(t, s.App, apptest.Clerk)
	live, answer := s.Listen(t, apptest.Clerk, "documents/*")
	answer.Want(t, 204)
	token := s.Do(t, apptest.Clerk, http.MethodPost, "/api/files/token", nil).Text("token")

	ask := func(until string, open bool) {
		t.Helper()
		if err := apptest.Save(s.App, held, map[string]any{"until": until}); err != nil {
			t.Fatal(err)
		}
		yes := func(status int) int {
			if open {
				return status
			}
			return http.StatusNotFound
		}
		count := map[bool]string{true: `"totalItems":1`, false: `"totalItems":0`}[open]
		s.Do(t, apptest.Clerk, http.MethodGet, apptest.URL(documents.Documents), nil).Want(t, 200, count)
		s.Do(t, apptest.Clerk, http.MethodGet, view, nil).Want(t, yes(200))
		s.Do(t, apptest.Clerk, http.MethodPatch, view, map[string]any{"note": until}).Want(t, yes(200))
		s.Do(t, apptest.Guest, http.MethodGet, file+"?token="+token, nil).Want(t, yes(200))
		s.Do(t, apptest.Clerk, http.MethodPost, "/api/people/"+member+"/reset", nil).Want(t, yes(200))
		if me := s.Do(t, apptest.Clerk, http.MethodGet, "/api/me", nil); me.Has("documents.edit") != open {
			t.Errorf("until %s: %s", until, me.Body)
		}
	}
	ask(tomorrow, true)
	live.Hear(t, 1)
	ask(today, false)
	if err := apptest.Save(s.App, fresh(t, s.App, document), map[string]any{"note": "他人所改"}); err != nil {
		t.Fatal(err)
	}
	live.Hear(t, 0)
}

// A post that begins tomorrow gives nothing today.
func TestPostThatBeginsTomorrow(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	now := time.Now().In(kit.Beijing)
	document := withFile(t, s.App)
	for _, want := range []int{404, 200} {
		since := now.Format(time.DateOnly)
		if want == 404 {
			since = now.AddDate(0, 0, 1).Format(time.DateOnly)
		}
		held := apptest.Create(t, s.App, org.Posts, post(t, s.App, apptest.Neighbour, "inspector", "jd", since, ""))
		s.Do(t, apptest.Neighbour, http.MethodGet, apptest.URL(documents.Documents, document.Id), nil).Want(t, want)
		if err := apptest.Save(s.App, held, map[string]any{"until": since}); err != nil {
			t.Fatal(err)
		}
	}
}

func post(t testing.TB, app core.App, person, role, unit, since, until string) map[string]any {
	t.Helper()
	return apptest.Named(t, app, map[string]any{"person": "#" + person, "role": "$" + role, "org": "@" + unit, "since": since, "until": until})
}

func postOf(t testing.TB, app core.App, number string) *core.Record {
	t.Helper()
	return apptest.First(t, app, org.Posts, "person", apptest.Person(t, app, number).Id)
}

func fresh(t testing.TB, app core.App, r *core.Record) *core.Record {
	t.Helper()
	again, err := app.FindRecordById(r.Collection(), r.Id)
	if err != nil {
		t.Fatal(err)
	}
	return again
}

func withFile(t testing.TB, app *tests.TestApp) *core.Record {
	t.Helper()
	file, err := filesystem.NewFileFromBytes([]byte("党员积分管理办法（草稿）"), "draft.txt")
	if err != nil {
		t.Fatal(err)
	}
	return apptest.Make(t, app, documents.Documents, map[string]any{
		"title": "党员积分管理办法", "action": "draft", "year": 2026, "state": "planned", "org": "@zb1", "file": file,
	})
}
