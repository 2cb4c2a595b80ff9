package publicity_test

import (
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/calendar"
	"yaodian/hooks/publicity"
)

// The days of domain.md 2.10.
func TestFiveWorkdays(t *testing.T) {
	t.Parallel()
	for begins, want := range map[string][2]string{ // first day counted, not counted
		"2022-04-29": {"2022-05-09", "2022-05-10"},
		"2022-09-28": {"2022-10-09", "2022-10-10"},
		"2022-03-07": {"2022-03-11", "2022-03-14"},
	} {
		for i, inclusive := range []bool{true, false} {
			if got, _, err := publicity.Ends(calendar.New(), begins, publicity.Workdays, inclusive); err != nil || got != want[i] {
				t.Errorf("%s, inclusive %t: Expected %s, got %s %v", begins, inclusive, want[i], got, err)
			}
		}
	}
}

func TestRules(t *testing.T) {
	t.Parallel()
	const today = "2026-06-10"
	for name, c := range map[string]struct {
		err  error
		want string
	}{
		"of nobody":             {publicity.CheckSubject("object", ""), "publicity_person_missing"},
		"of somebody":           {publicity.CheckSubject("object", "a"), ""},
		"a unit's honour":       {publicity.CheckSubject("honor", ""), ""},
		"somebody in a fix":     {publicity.CheckSubject("fix", "a"), "publicity_person_in_fix"},
		"four workdays":         {publicity.CheckWorkdays(4), "publicity_too_short"},
		"five":                  {publicity.CheckWorkdays(5), ""},
		"begins tomorrow":       {publicity.CheckBegins("2026-06-11", today), "publicity_begins_later"},
		"begins today":          {publicity.CheckBegins(today, today), ""},
		"full name in public":   {publicity.CheckName("public", "欧阳明日", "", "拟吸收欧阳明日"), "publicity_name"},
		"full name in the body": {publicity.CheckName("party", "孙党员", "", "拟吸收孙党员"), ""},
		"last day":              {publicity.CheckClose(today, today, "clean", 0, 0, 0), "publicity_not_over"},
		"day after":             {publicity.CheckClose("2026-06-09", today, "clean", 0, 0, 0), ""},
		"open":                  {publicity.CheckClose("2026-06-09", today, "settled", 1, 0, 1), "publicity_objections_open"},
		"clean with objections": {publicity.CheckClose("2026-06-09", today, "clean", 0, 0, 1), "publicity_result"},
		"settled, one upheld":   {publicity.CheckClose("2026-06-09", today, "settled", 0, 1, 2), "publicity_result"},
		"upheld":                {publicity.CheckClose("2026-06-09", today, "upheld", 0, 1, 2), ""},
		"received early":        {publicity.CheckReceived("published", "2026-05-31", "2026-06-01", "2026-06-08", today), "publicity_received_on"},
		"received on the last":  {publicity.CheckReceived("published", "2026-06-08", "2026-06-01", "2026-06-08", today), ""},
		"received late":         {publicity.CheckReceived("published", "2026-06-09", "2026-06-01", "2026-06-08", today), "publicity_received_on"},
		"to a draft":            {publicity.CheckReceived("draft", "2026-06-08", "2026-06-01", "2026-06-08", today), "publicity_not_published"},
	} {
		apptest.Refused(t, name, c.err, c.want)
	}
	for name, want := range map[string]string{"王明": "王某", "王小明": "王某某", "欧阳明日": "欧阳某某", "阿": "阿"} {
		if got := publicity.MaskName(name); got != want {
			t.Errorf("%s: Expected %s, got %s", name, want, got)
		}
	}
}

// What is left unpublished has one of five reasons and its approval.
func TestR_INSP_10_Exempt(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		err  error
		want string
	}{
		"nothing asked":     {publicity.CheckExempt("object", "draft", "", ""), ""},
		"of another kind":   {publicity.CheckExempt("honor", "draft", "secret", "甲"), "publicity_exempt_kind"},
		"without reason":    {publicity.CheckExempt("fix", "exempted", "", "甲"), "publicity_exempt_reason"},
		"without approval":  {publicity.CheckExempt("fix", "exempted", "secret", ""), "publicity_exempt_document"},
		"published anyway":  {publicity.CheckExempt("fix", "published", "secret", "甲"), "publicity_exempt_published"},
		"with its approval": {publicity.CheckExempt("fix", "exempted", "secret", "甲"), ""},
	} {
		apptest.Refused(t, name, c.err, c.want)
	}
	s := apptest.NewServer(t)
	made := s.Do(t, apptest.Clerk, "POST", apptest.URL(publicity.Notices), apptest.Named(t, s.App, with(fix, "text", "联系人电话15400010001")))
	made.Want(t, 400, "org_identity_in_text")
	made = s.Do(t, apptest.Clerk, "POST", apptest.URL(publicity.Notices), apptest.Named(t, s.App, fix))
	made.Want(t, 200, `"draft"`)
	url := apptest.URL(publicity.Notices, made.Text("id"))
	s.Do(t, apptest.Clerk, "PATCH", url, map[string]any{"state": "exempted", "exempt": "case", "exempt_document": "清工委〔2026〕9号"}).Want(t, 200)
	s.Do(t, apptest.Member, "GET", url, nil).Want(t, 404) // what isn't published isn't read
}

var (
	notice = map[string]any{"org": "@zb1", "kind": "object", "title": "发展对象公示", "audience": "party", "person": "#member", "tel": "010-55501234", "begins": "2026-06-01"}
	fix    = map[string]any{"org": "@zb1", "kind": "fix", "title": "整改情况公开", "audience": "party", "text": "三项问题已经整改。", "tel": "010-55501234", "begins": "2026-06-01"}
)

func with(data map[string]any, changes ...any) map[string]any {
	out := maps.Clone(data)
	for i := 0; i < len(changes); i += 2 {
		out[changes[i].(string)] = changes[i+1]
	}
	return out
}

// From draft to result, with an objection on the way.
func TestNoticeRunsItsCourse(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	do := func(who, method, url string, body map[string]any) apptest.Answer {
		return s.Do(t, who, method, url, apptest.Named(t, s.App, body))
	}
	do(apptest.Branch, "POST", apptest.URL(publicity.Notices), with(notice, "workdays", 3)).Want(t, 400, "publicity_too_short")
	made := do(apptest.Branch, "POST", apptest.URL(publicity.Notices), notice)
	made.Want(t, 200, `"workdays":5`, `"ends":"2026-06-08"`, `"text":"孙党员`)
	url := apptest.URL(publicity.Notices, made.Text("id"))
	do(apptest.Member, "GET", url, nil).Want(t, 404)
	objection := map[string]any{"notice": made.Text("id"), "number": "异议-01", "received_on": "2026-06-03", "channel": "letter", "matter": "procedure"}
	do(apptest.Branch, "POST", apptest.URL(publicity.Objections), objection).Want(t, 400, "publicity_not_published")
	do(apptest.Branch, "PATCH", url, map[string]any{"state": "published"}).Want(t, 200, apptest.Person(t, s.App, apptest.Branch).Id)
	do(apptest.Member, "GET", url, nil).Want(t, 200)
	do(apptest.Keeper, "PATCH", url, map[string]any{"text": "改"}).Want(t, 400, "publicity_published")

	at := do(apptest.Branch, "POST", apptest.URL(publicity.Objections), objection)
	at.Want(t, 200)
	do(apptest.Branch, "PATCH", url, map[string]any{"state": "closed", "result": "clean"}).Want(t, 400, "publicity_objections_open")
	one := apptest.URL(publicity.Objections, at.Text("id"))
	do(apptest.Branch, "PATCH", one, map[string]any{"state": "checked"}).Want(t, 400, "publicity_objections_needs")
	do(apptest.Branch, "PATCH", one, map[string]any{"state": "checked", "facts": "电话13912345678说的", "conclusion": "unfounded"}).Want(t, 400, "org_identity_in_text")
	do(apptest.Branch, "PATCH", one, map[string]any{"state": "checked", "facts": "查阅了记录", "conclusion": "unfounded"}).Want(t, 200)
	do(apptest.Branch, "PATCH", one, map[string]any{"state": "settled"}).Want(t, 400, "org_same_person")
	do(apptest.Clerk, "PATCH", one, map[string]any{"state": "settled"}).Want(t, 200)
	do(apptest.Branch, "PATCH", url, map[string]any{"state": "closed", "result": "clean"}).Want(t, 400, "publicity_result")
	do(apptest.Branch, "PATCH", url, map[string]any{"state": "closed", "result": "settled"}).Want(t, 200)

	for day, want := range map[string]bool{"2026-06-08": false, "2026-06-09": true} {
		got, err := publicity.Clear(s.App, apptest.Person(t, s.App, apptest.Member).Id, "object", day)
		if err != nil || got != want {
			t.Errorf("%s: Expected %t, got %t %v", day, want, got, err)
		}
	}
}

func TestPublicKeepsTheSurname(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	r := apptest.Make(t, app, publicity.Notices, with(notice, "audience", "public"))
	if text := r.GetString("text"); !strings.HasPrefix(text, "孙某某") {
		t.Errorf("Expected the surname alone, got %s", text)
	}
	apptest.Refused(t, "full name", apptest.Save(app, r, map[string]any{"text": "孙党员，男"}), "publicity_name")
}

func TestRemindsOnce(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	apptest.Make(t, app, publicity.Notices, with(notice, "state", "published", "text", "孙党员。", "published_by", "#branch1"))
	for _, c := range []struct {
		day  string
		want int
	}{{"2026-06-08", 0}, {"2026-06-09", 1}, {"2026-06-10", 0}} {
		day, _ := time.Parse(time.DateOnly, c.day)
		if n, err := publicity.Remind(app, day); err != nil || n != c.want {
			t.Errorf("%s: Expected %d messages, got %d %v", c.day, c.want, n, err)
		}
	}
}

// Officers with "publicity" read drafts, those with "publicity.edit" write.
func TestNoticesPolicy(t *testing.T) {
	t.Parallel()
	apptest.Policy{
		Collection: publicity.Notices,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			return apptest.Make(t, app, publicity.Notices, notice)
		},
		Create: fix, Update: map[string]any{"title": "改"},
		Table: `
		who       list view create update delete
		guest     0    404  400    404    404
		outsider  0    404  400    404    404
		member    0    404  400    404    404
		branch2   0    404  400    404    404
		inspector 0    404  400    404    404
		deputy    1    200  400    404    404
		branch1   1    200  200    200    204
		clerk     1    200  200    200    204
		keeper    1    200  200    200    204`,
	}.Test(t)
}

// What has been put up is read by all of the branch, and by nobody of another.
func TestPublishedPolicy(t *testing.T) {
	t.Parallel()
	apptest.Policy{
		Collection: publicity.Notices,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			return apptest.Make(t, app, publicity.Notices, with(notice, "state", "published", "text", "孙党员。"))
		},
		Create: fix, Update: map[string]any{"title": "改"},
		Table: `
		who       list view create update delete
		guest     0    404  400    404    404
		outsider  0    404  400    404    404
		member    1    200  400    404    404
		branch2   0    404  400    404    404
		clerk     1    200  200    400    403`,
	}.Test(t)
}

func TestObjectionsPolicy(t *testing.T) {
	t.Parallel()
	app := apptest.Prepared(func(t testing.TB, app core.App) {
		apptest.Make(t, app, publicity.Notices, with(notice, "id", "notice000000001", "state", "published", "text", "孙党员。"))
	})
	body := map[string]any{"notice": "notice000000001", "number": "异议-02", "received_on": "2026-06-03", "channel": "letter", "matter": "procedure"}
	apptest.Policy{
		Collection: publicity.Objections,
		App:        app,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			return apptest.Make(t, app, publicity.Objections, with(body, "number", "异议-01"))
		},
		Create: body, Update: map[string]any{"facts": "查阅了记录"},
		Table: `
		who       list view create update delete
		guest     0    404  400    404    404
		outsider  0    404  400    404    404
		member    0    404  400    404    404
		branch2   0    404  400    404    404
		inspector 0    404  400    404    404
		deputy    0    404  400    404    404
		branch1   1    200  200    200    204
		clerk     1    200  200    200    204
		keeper    1    200  200    200    204`,
	}.Test(t)
}
