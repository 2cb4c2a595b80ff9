package changes_test

import (
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/org"
	"yaodian/hooks/org/changes"
)

const organizer = "organizer"

var staffed = apptest.Prepared(func(t testing.TB, app core.App) {
	apptest.Make(t, app, "people", map[string]any{
		"number": organizer, "name": "郑委员", "org": "@djb", "kind": "member", "state": "active", "password": apptest.Password,
	})
	apptest.Make(t, app, "org_posts", map[string]any{"person": "#" + organizer, "role": "$organizer", "org": "@jd", "since": "2020-01-01"})
})

// Each kind of change says what it needs (14.7, 4.5).
func TestSection45Conditions(t *testing.T) {
	t.Parallel()
	top := changes.Unit{ID: "jd", Name: "街道", Kind: "committee", Path: "/jd/"}
	one := changes.Unit{ID: "zb1", Name: "一支部", Kind: "branch", Path: "/jd/zb1/", Parent: "jd", Members: 20}
	two := changes.Unit{ID: "zb2", Name: "二支部", Kind: "branch", Path: "/jd/zb2/", Parent: "jd", Members: 31}
	group := changes.Unit{ID: "xz", Name: "小组", Kind: "group", Path: "/jd/zb1/xz/", Parent: "zb1"}
	closed := changes.Unit{ID: "zb9", Name: "旧支部", Kind: "branch", Path: "/jd/zb9/", Parent: "jd", Closed: "2020-01-01"}
	found := changes.Change{Kind: "found", To: top, NewName: "三支部", NewCode: "zb3", NewKind: "branch", Members: 3}
	with := func(change func(*changes.Change)) changes.Change {
		c := found
		change(&c)
		return c
	}
	for name, c := range map[string]struct {
		change     changes.Change
		want, warn string
	}{
		"three found a branch":      {found, "", ""},
		"two don't":                 {with(func(c *changes.Change) { c.Members = 2 }), "org_changes_members", ""},
		"two found a group":         {with(func(c *changes.Change) { c.Members, c.NewKind = 2, "group" }), "", ""},
		"seven have a committee":    {with(func(c *changes.Change) { c.Members = 7 }), "", "支部委员会"},
		"fifty-one are too many":    {with(func(c *changes.Change) { c.Members = 51 }), "", "分设"},
		"without a name":            {with(func(c *changes.Change) { c.NewName = "" }), "org_changes_name", ""},
		"without a code":            {with(func(c *changes.Change) { c.NewCode = "" }), "org_changes_code", ""},
		"of no kind":                {with(func(c *changes.Change) { c.NewKind = "" }), "org_changes_kind", ""},
		"below nothing":             {with(func(c *changes.Change) { c.To = changes.Unit{} }), "org_changes_target", ""},
		"below what is closed":      {with(func(c *changes.Change) { c.To = closed }), "org_changes_target", ""},
		"founded and there":         {with(func(c *changes.Change) { c.Unit = one }), "org_changes_founded", ""},
		"a new name":                {changes.Change{Kind: "rename", Unit: one, NewName: "先锋支部"}, "", ""},
		"the same name":             {changes.Change{Kind: "rename", Unit: one, NewName: "一支部"}, "org_changes_name", ""},
		"nothing renamed":           {changes.Change{Kind: "rename", NewName: "甲"}, "org_changes_unit_missing", ""},
		"what is closed, renamed":   {changes.Change{Kind: "rename", Unit: closed, NewName: "甲"}, "org_changes_closed", ""},
		"moved":                     {changes.Change{Kind: "move", Unit: group, To: two}, "", ""},
		"moved to where it is":      {changes.Change{Kind: "move", Unit: one, To: top}, "org_changes_target", ""},
		"moved below itself":        {changes.Change{Kind: "move", Unit: one, To: group}, "org_changes_target", ""},
		"moved nowhere":             {changes.Change{Kind: "move", Unit: one}, "org_changes_target", ""},
		"merged":                    {changes.Change{Kind: "merge", Unit: one, To: two}, "", "分设"},
		"merged with another kind":  {changes.Change{Kind: "merge", Unit: one, To: top}, "org_changes_target", ""},
		"merged with itself":        {changes.Change{Kind: "merge", Unit: one, To: one}, "org_changes_target", ""},
		"the committee itself ends": {changes.Change{Kind: "close", Unit: top}, "org_changes_top", ""},
		"closed":                    {changes.Change{Kind: "close", Unit: one}, "", ""},
	} {
		apptest.Refused(t, name, c.change.Check(), c.want)
		if got := c.change.Warnings(); c.want == "" && (c.warn == "") != (got == "") || !strings.Contains(got, c.warn) {
			t.Errorf("%s: warned %q", name, got)
		}
	}
	apptest.Refused(t, "somebody is left", changes.CheckEmpty("甲", 1, 0), "org_changes_people")
	apptest.Refused(t, "something hangs from it", changes.CheckEmpty("甲", 0, 1), "org_changes_units")
	apptest.Refused(t, "empty", changes.CheckEmpty("甲", 0, 0), "")
}

// desk asks for changes over REST.
type desk struct{ *apptest.Server }

func (d desk) ask(t testing.TB, who, method, url string, body map[string]any) apptest.Answer {
	t.Helper()
	return d.Do(t, who, method, url, apptest.Named(t, d.App, body))
}

// apply asks for a change as the clerk and returns its address.
func (d desk) apply(t testing.TB, change map[string]any) string {
	t.Helper()
	body := map[string]any{"person": "#clerk", "effective_on": apptest.Today, "reason": "优化设置", "number": "清工委〔2026〕5号"}
	for k, v := range change {
		body[k] = v
	}
	made := d.ask(t, apptest.Clerk, "POST", apptest.URL(changes.Changes), body)
	made.Want(t, 200, `"state":"draft"`)
	url := apptest.URL(changes.Changes, made.Text("id"))
	d.ask(t, apptest.Clerk, "PATCH", url, map[string]any{"state": "pending"}).Want(t, 200, `"state":"pending"`)
	return url
}

func (d desk) decide(t testing.TB, who, url string) apptest.Answer {
	t.Helper()
	id := d.Do(t, apptest.Keeper, "GET", url, nil).Text("request")
	return d.Do(t, who, "POST", "/api/approvals/requests/"+id+"/decide", map[string]any{"verdict": "approve"})
}

func (d desk) agree(t testing.TB, change map[string]any) string {
	t.Helper()
	url := d.apply(t, change)
	d.decide(t, organizer, url).Want(t, 200)
	d.decide(t, apptest.Secretary, url).Want(t, 200)
	return url
}

// The committee's yes carries a change out.
func TestSection147DecisionsTakeEffect(t *testing.T) {
	t.Parallel()
	d := desk{apptest.Serve(t, staffed(t))}
	unit := func(code string) *core.Record { t.Helper(); return apptest.Unit(t, d.App, code) }

	url := d.agree(t, map[string]any{"kind": "found", "to": "@jd", "new_name": "南桥社区党支部", "new_code": "zb3", "new_kind": "branch", "members": 5})
	d.ask(t, apptest.Clerk, "GET", url, nil).Want(t, 200, `"state":"effective"`, "成立南桥社区党支部")
	if got := unit("zb3"); got.GetString("path") != "/jd/zb3/" || got.GetString("established") != apptest.Today {
		t.Errorf("founded: %v", got)
	}
	d.agree(t, map[string]any{"kind": "rename", "unit": "@zb2", "new_name": "西苑先锋党支部", "new_short": "先锋支部"})
	if got := unit("zb2"); got.GetString("name") != "西苑先锋党支部" || got.GetString("short") != "先锋支部" {
		t.Errorf("renamed: %v", got)
	}
	url = d.agree(t, map[string]any{"kind": "move", "unit": "@xz1", "to": "@zb2"})
	d.ask(t, apptest.Clerk, "GET", url, nil).Want(t, 200, "隶属东风社区党支部")
	if got := unit("xz1"); got.GetString("path") != "/jd/zb2/xz1/" {
		t.Errorf("moved: %v", got)
	}
	d.agree(t, map[string]any{"kind": "merge", "unit": "@zb2", "to": "@zb1"})
	if got := unit("zb2"); got.GetString("closed") != apptest.Today {
		t.Errorf("merged: %v", got)
	}
	if got := unit("xz1"); got.GetString("path") != "/jd/zb1/xz1/" {
		t.Errorf("what hung from it: %v", got)
	}
	if got := apptest.Person(t, d.App, apptest.Neighbour); got.GetString("org") != unit("zb1").Id {
		t.Error("Expected its people to go over")
	}
	if post := apptest.First(t, d.App, org.Posts, "org", unit("zb2").Id); post.GetString("until") != apptest.Today {
		t.Errorf("Expected its posts to end, got %v", post)
	}
	d.agree(t, map[string]any{"kind": "close", "unit": "@zb3"})
	if got := unit("zb3"); got.GetString("closed") != apptest.Today {
		t.Errorf("closed: %v", got)
	}
}

// What can't be carried out isn't decided, and who decides reads why.
func TestSection147NoEffectNoDecision(t *testing.T) {
	t.Parallel()
	d := desk{apptest.Serve(t, staffed(t))}
	url := d.apply(t, map[string]any{"kind": "close", "unit": "@zb1"})
	d.decide(t, organizer, url).Want(t, 200)
	d.decide(t, apptest.Secretary, url).Want(t, 400, "org_changes_people", "人员")
	d.ask(t, apptest.Clerk, "GET", url, nil).Want(t, 200, `"state":"pending"`)
	if closed := apptest.Unit(t, d.App, "zb1").GetString("closed"); closed != "" {
		t.Errorf("Expected the branch to be open, got %s", closed)
	}
}

// A change waits for its day and for the request that it rests on; one that
// fails on its day is told to who asked.
func TestSection147OnItsDay(t *testing.T) {
	t.Parallel()
	d := desk{apptest.Serve(t, staffed(t))}
	asked := apptest.Make(t, d.App, "declarations_reports", map[string]any{
		"person": "#branch1", "org": "@zb1", "kind": "qingshi", "subject": "other", "title": "关于更名的请示", "main_to": "@jd", "body": "妥否", "state": "draft",
	})
	named := d.agree(t, map[string]any{"kind": "rename", "unit": "@zb1", "new_name": "东风先锋党支部", "effective_on": "2026-07-01", "depends_on": asked.Id})
	moved := d.agree(t, map[string]any{"kind": "move", "unit": "@xz1", "to": "@zb2", "effective_on": "2026-07-01"})
	d.ask(t, apptest.Clerk, "GET", moved, nil).Want(t, 200, `"state":"approved"`)
	for _, c := range []struct {
		day  string
		want int
	}{{"2026-06-30", 0}, {"2026-07-01", 1}, {"2026-07-02", 0}} {
		apptest.SetToday(t, d.App, c.day)
		if done, err := changes.Settle(d.App, c.day); done != c.want || err != nil {
			t.Errorf("%s: Expected %d changes, got %d, %v", c.day, c.want, done, err)
		}
	}
	d.ask(t, apptest.Clerk, "GET", named, nil).Want(t, 200, `"state":"approved"`)
	d.ask(t, apptest.Clerk, "GET", apptest.URL("notify_messages"), nil).Want(t, 200, "没有生效", "还没有批复同意")
}

// Only who keeps both ends asks; the number of the decision is there.
func TestSection147WhoAsks(t *testing.T) {
	t.Parallel()
	d := desk{apptest.Serve(t, staffed(t))}
	change := map[string]any{"person": "#clerk", "kind": "move", "unit": "@xz1", "to": "@wzb", "effective_on": apptest.Today}
	d.ask(t, apptest.Clerk, "POST", apptest.URL(changes.Changes), change).Want(t, 400, "org_changes_out_of_reach")
	change["to"] = "@zb2"
	made := d.ask(t, apptest.Clerk, "POST", apptest.URL(changes.Changes), change)
	made.Want(t, 200)
	url := apptest.URL(changes.Changes, made.Text("id"))
	d.ask(t, apptest.Clerk, "PATCH", url, map[string]any{"state": "pending"}).Want(t, 400, "org_changes_needs")
	d.ask(t, apptest.Keeper, "PATCH", url, map[string]any{"state": "effective"}).Want(t, 400, "org_changes_move")
}

// Who keeps the tree asks and reads; a branch doesn't.
func TestChangesPolicy(t *testing.T) {
	t.Parallel()
	change := map[string]any{"person": "#clerk", "kind": "rename", "unit": "@zb1", "new_name": "先锋党支部", "effective_on": apptest.Today}
	apptest.Policy{
		Collection: changes.Changes, App: staffed, Create: change, Update: map[string]any{"reason": "统一名称"},
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			return apptest.Make(t, app, changes.Changes, map[string]any{"person": "#clerk", "kind": "rename", "unit": "@zb2", "new_name": "西苑党支部", "effective_on": apptest.Today})
		},
		Table: `
			who       list view create update delete
			guest     0    404  400    404    404
			outsider  0    404  400    404    404
			member    0    404  400    404    404
			branch2   0    404  400    404    404
			branch1   0    404  400    404    404
			inspector 0    404  400    404    404
			organizer 1    200  400    404    404
			secretary 1    200  400    404    404
			clerk     1    200  200    200    204
			keeper    1    200  200    200    204`,
	}.Test(t)
}
