package declarations_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/approvals"
	"yaodian/hooks/apptest"
	"yaodian/hooks/declarations"
	"yaodian/hooks/documents"
)

// Organizer is the committee's, who decides second.
const Organizer = "organizer"

var staffed = apptest.Prepared(func(t testing.TB, app core.App) {
	apptest.Make(t, app, "people", map[string]any{
		"number": Organizer, "name": "郑委员", "org": "@jd", "kind": "member", "state": "active", "password": apptest.Password,
	})
	apptest.Make(t, app, "org_posts", map[string]any{"person": "#" + Organizer, "role": "$organizer", "org": "@jd", "since": "2020-01-01"})
})

var (
	matter  = map[string]any{"person": "#member", "org": "@zb1", "kind": "abroad", "occurred_on": "2026-06-01", "summary": "赴日本探亲"}
	wedding = map[string]any{
		"person": "#member", "org": "@zb1", "kind": "wedding", "title": "儿子婚礼", "party": "孙某，儿子", "held_on": "2026-07-01", "place": "社区食堂",
		"tables": 12, "persons": 120, "guests": "亲属", "promise": true,
	}
	request = map[string]any{
		"person": "#branch1", "org": "@zb1", "kind": "qingshi", "subject": "election", "title": "关于支部换届的请示", "main_to": "@jd", "body": "妥否，请批示。",
	}
	pending = map[string]any{"state": "pending"}
)

func with(data map[string]any, changes ...any) map[string]any {
	out := map[string]any{}
	for k, v := range data {
		out[k] = v
	}
	for i := 0; i < len(changes); i += 2 {
		out[changes[i].(string)] = changes[i+1]
	}
	return out
}

// desk is an application over REST, with what the tests ask most.
type desk struct{ *apptest.Server }

func open(t testing.TB) desk { return desk{apptest.Serve(t, staffed(t))} }

func (d desk) ask(t testing.TB, who, method, url string, body map[string]any) apptest.Answer {
	t.Helper()
	return d.Do(t, who, method, url, apptest.Named(t, d.App, body))
}

// make drafts a record and returns its address.
func (d desk) make(t testing.TB, who, collection string, body map[string]any) string {
	t.Helper()
	made := d.ask(t, who, http.MethodPost, apptest.URL(collection), body)
	made.Want(t, 200, `"state":"draft"`)
	return apptest.URL(collection, made.Text("id"))
}

// decide decides about the request of the record at url.
func (d desk) decide(t testing.TB, who, url string, form map[string]any) {
	t.Helper()
	id := d.Do(t, apptest.Keeper, http.MethodGet, url, nil).Text("request")
	d.Do(t, who, http.MethodPost, "/api/approvals/requests/"+id+"/decide", form).Want(t, 200)
}

var yes = map[string]any{"verdict": "approve"}

// A matter goes from its draft to the record; what happened is nowhere in the
// clear, and opened with a reason that its person sees.
func TestSection62MatterIsSealed(t *testing.T) {
	t.Parallel()
	d := open(t)
	url := d.make(t, apptest.Member, declarations.Matters, matter)
	d.ask(t, apptest.Member, "GET", url, nil).Want(t, 200, `"summary":""`, `"due":"2026-07-01"`, `"late":false`, "因私出国")
	d.ask(t, apptest.Member, "PATCH", url, map[string]any{"state": "approved"}).Want(t, 400, "declarations_move")
	d.ask(t, apptest.Branch, "PATCH", url, pending).Want(t, 404)
	d.ask(t, apptest.Member, "PATCH", url, pending).Want(t, 200, `"state":"pending"`)
	d.ask(t, apptest.Member, "PATCH", url, map[string]any{"summary": "改过"}).Want(t, 400, "approvals_asked")
	d.ask(t, apptest.Keeper, "PATCH", url, map[string]any{"state": "approved"}).Want(t, 400, "declarations_by_system")
	d.ask(t, apptest.Member, "DELETE", url, nil).Want(t, 403)

	record := apptest.First(t, d.App, declarations.Matters, "kind", "abroad")
	asked := apptest.First(t, d.App, approvals.Requests, "id", record.GetString("request"))
	for name, text := range map[string]string{"the record": record.GetString("summary") + record.GetString("summary_sealed"), "the request": asked.GetString("snapshot") + asked.GetString("title")} {
		if strings.Contains(text, "探亲") {
			t.Errorf("%s says what happened: %s", name, text)
		}
	}
	if !strings.Contains(asked.GetString("snapshot"), "因私出国") {
		t.Errorf("Expected approvers to read what kind of matter it is, got %s", asked.GetString("snapshot"))
	}

	reveal := "/api/declarations/" + record.Id + "/reveal"
	why := map[string]any{"reason": "审批申报"}
	d.ask(t, apptest.Guest, "POST", reveal, why).Want(t, 401)
	for _, who := range []string{apptest.Neighbour, apptest.Clerk, apptest.Secretary, apptest.Outsider} {
		d.ask(t, who, "POST", reveal, why).Want(t, 404)
	}
	d.ask(t, apptest.Keeper, "POST", reveal, why).Want(t, 403)
	d.ask(t, apptest.Branch, "POST", reveal, nil).Want(t, 400, "people_reveal_reason")
	d.ask(t, apptest.Branch, "POST", reveal, why).Want(t, 200, "赴日本探亲")
	d.ask(t, apptest.Member, "POST", reveal, nil).Want(t, 200, "赴日本探亲")
	d.ask(t, apptest.Member, "GET", apptest.URL("people_reveals")+"?sort=created", nil).Want(t, 200, "审批申报", "declaration")

	d.decide(t, apptest.Branch, url, yes)
	d.decide(t, Organizer, url, yes)
	d.ask(t, apptest.Member, "GET", url, nil).Want(t, 200, `"state":"approved"`)
}

// Late is said, never refused.
func TestSection62LateIsRecorded(t *testing.T) {
	t.Parallel()
	d := open(t)
	url := d.make(t, apptest.Member, declarations.Matters, with(matter, "occurred_on", "2026-01-01"))
	d.ask(t, apptest.Member, "PATCH", url, pending).Want(t, 200, `"late":true`)
	url = d.make(t, apptest.Member, declarations.Events, with(wedding, "held_on", "2026-06-12"))
	d.ask(t, apptest.Member, "PATCH", url, pending).Want(t, 200, `"late":true`)
}

// What is returned is amended and handed in again, here or where the request is.
func TestReturnedIsAmended(t *testing.T) {
	t.Parallel()
	d := open(t)
	url := d.make(t, apptest.Member, declarations.Events, wedding)
	for _, again := range []func(request string){
		func(string) { d.ask(t, apptest.Member, "PATCH", url, pending).Want(t, 200, `"state":"pending"`) },
		func(request string) {
			d.Do(t, apptest.Member, "POST", "/api/approvals/requests/"+request+"/submit", nil).Want(t, 200)
		},
	} {
		d.ask(t, apptest.Member, "PATCH", url, pending)
		d.decide(t, apptest.Branch, url, map[string]any{"verdict": "return", "comment": "请减少桌数"})
		d.ask(t, apptest.Member, "GET", url, nil).Want(t, 200, `"state":"draft"`)
		d.ask(t, apptest.Member, "DELETE", url, nil).Want(t, 403)
		d.ask(t, apptest.Member, "PATCH", url, map[string]any{"tables": 8}).Want(t, 200)
		request := apptest.First(t, d.App, approvals.Requests, "subject_collection", declarations.Events)
		again(request.Id)
		request = apptest.First(t, d.App, approvals.Requests, "id", request.Id)
		if request.GetString("status") != "pending" || !strings.Contains(request.GetString("snapshot"), `"桌数":8`) {
			t.Errorf("Expected the amended words to be asked, got %s", request.GetString("snapshot"))
		}
	}
	request := apptest.First(t, d.App, approvals.Requests, "subject_collection", declarations.Events)
	d.Do(t, apptest.Member, "POST", "/api/approvals/requests/"+request.Id+"/withdraw", map[string]any{}).Want(t, 200)
	d.ask(t, apptest.Member, "GET", url, nil).Want(t, 200, `"state":"withdrawn"`)
}

// Before and afterwards (6.3).
func TestSection63BeforeAndAfterwards(t *testing.T) {
	t.Parallel()
	d := open(t)
	apptest.Make(t, d.App, declarations.Settings, map[string]any{"org": "@jd", "document": "街道规定", "before_days": 5, "tables": 10, "cars": 3})
	url := d.make(t, apptest.Member, declarations.Events, wedding)
	d.ask(t, apptest.Member, "PATCH", url, pending).Want(t, 400, "declarations_over", "超过了规定的 10 桌")
	d.ask(t, apptest.Member, "PATCH", url, map[string]any{"state": "pending", "over_note": "两地亲属一次办完"}).Want(t, 200, `"due":"2026-06-24"`, `"late":false`)
	d.ask(t, apptest.Member, "PATCH", url, map[string]any{"state": "reported", "gifts": "无"}).Want(t, 400, "declarations_events_move")
	d.decide(t, apptest.Branch, url, yes)
	d.decide(t, Organizer, url, yes)
	d.ask(t, apptest.Member, "PATCH", url, map[string]any{"tables": 8}).Want(t, 400, "approvals_asked")
	d.ask(t, apptest.Member, "PATCH", url, map[string]any{"state": "reported", "gifts": "无"}).Want(t, 400, "declarations_not_held")
	apptest.SetToday(t, d.App, "2026-07-14")
	if n, err := declarations.Remind(d.App, "2026-07-14"); n != 1 || err != nil {
		t.Errorf("Expected one reminder, got %d, %v", n, err)
	}
	if n, err := declarations.Remind(d.App, "2026-07-14"); n != 0 || err != nil {
		t.Errorf("Expected no second reminder, got %d, %v", n, err)
	}
	apptest.SetToday(t, d.App, "2026-07-16")
	d.ask(t, apptest.Member, "PATCH", url, map[string]any{"state": "reported"}).Want(t, 400, "declarations_events_needs")
	d.ask(t, apptest.Member, "PATCH", url, map[string]any{"state": "reported", "gifts": "无", "actual_tables": 11}).
		Want(t, 200, `"reported_on":"2026-07-16"`, `"after_late":true`)
	d.ask(t, apptest.Keeper, "PATCH", url, map[string]any{"gifts": "有"}).Want(t, 400, "declarations_events_filed")
}

// The committee answers a request in approvals; a document that rests on it
// waits for the answer.
func TestSection64DocumentWaitsForTheAnswer(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.ask(t, apptest.Member, "POST", apptest.URL(declarations.Reports), with(request, "person", "#member")).Want(t, 400)
	url := d.make(t, apptest.Branch, declarations.Reports, request)
	id := url[strings.LastIndex(url, "/")+1:]
	document := apptest.Make(t, d.App, documents.Documents, map[string]any{"title": "换届方案", "action": "draft", "year": 2026, "state": "drafting", "org": "@zb1", "depends_on": id})
	issue := map[string]any{"state": "issued", "number": "1号", "issued_on": apptest.Today}
	apptest.Refused(t, "not handed in", apptest.Save(d.App, document, issue), "declarations_unanswered")
	d.ask(t, apptest.Branch, "PATCH", url, pending).Want(t, 200)
	apptest.Refused(t, "waiting", apptest.Save(d.App, document, issue), "declarations_unanswered")
	d.ask(t, Organizer, "PATCH", url, map[string]any{"state": "answered", "reply_number": "1", "replied_on": apptest.Today}).Want(t, 400, "declarations_decided_here")
	d.decide(t, Organizer, url, yes)
	d.decide(t, apptest.Secretary, url, yes)
	d.ask(t, apptest.Branch, "GET", url, nil).Want(t, 200, `"state":"approved"`, `"replied_on":"`+apptest.Today)
	d.ask(t, apptest.Branch, "PATCH", url, map[string]any{"reply_number": "清工委〔2026〕9号"}).Want(t, 400, "declarations_no_power")
	d.ask(t, Organizer, "PATCH", url, map[string]any{"reply_number": "清工委〔2026〕9号"}).Want(t, 200)
	apptest.Refused(t, "answered", apptest.Save(d.App, document, issue), "")
}

// What goes to another organization is answered on paper; a report is filed at
// once, with its warnings.
func TestSection64OutsideAndReports(t *testing.T) {
	t.Parallel()
	d := open(t)
	url := d.make(t, apptest.Branch, declarations.Reports, with(request, "main_to", "@wd"))
	d.ask(t, apptest.Branch, "PATCH", url, pending).Want(t, 200, `"request":""`, "不越级")
	d.ask(t, apptest.Branch, "PATCH", url, map[string]any{"state": "answered", "reply_number": "1", "replied_on": apptest.Today}).Want(t, 400, "declarations_reports_no_power")
	d.ask(t, Organizer, "PATCH", url, map[string]any{"state": "answered", "reply_number": "1"}).Want(t, 400, "declarations_reports_needs")
	d.ask(t, Organizer, "PATCH", url, map[string]any{"state": "answered", "reply_number": "1", "replied_on": apptest.Today}).Want(t, 200)

	url = d.make(t, apptest.Branch, declarations.Reports, with(request, "kind", "baogao"))
	d.ask(t, apptest.Branch, "PATCH", url, map[string]any{"state": "filed"}).Want(t, 200, "不得夹带请示", apptest.Today)
	d.ask(t, apptest.Keeper, "PATCH", url, map[string]any{"body": "改"}).Want(t, 400, "declarations_reports_filed")
}

func policy(t *testing.T, collection string, data, update map[string]any, table string) {
	t.Helper()
	apptest.Policy{
		Collection: collection, App: staffed, Create: data, Update: update, Table: table,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record { return apptest.Make(t, app, collection, data) },
	}.Test(t)
}

// A matter is for its person, the secretary of the branch and the organizers.
func TestMattersPolicy(t *testing.T) {
	t.Parallel()
	policy(t, declarations.Matters, matter, map[string]any{"late_note": "出差"}, `
		who       list view create update delete
		guest     0    404  400    404    404
		outsider  0    404  400    404    404
		member    1    200  200    200    204
		branch2   0    404  400    404    404
		branch1   1    200  400    404    404
		inspector 0    404  400    404    404
		clerk     0    404  400    404    404
		deputy    0    404  400    404    404
		secretary 0    404  400    404    404
		organizer 1    200  400    404    404
		keeper    1    200  200    200    204`)
}

// Officers with "declarations" read what is reported to them.
func TestEventsPolicy(t *testing.T) {
	t.Parallel()
	policy(t, declarations.Events, wedding, map[string]any{"place": "家里"}, `
		who       list view create update delete
		guest     0    404  400    404    404
		outsider  0    404  400    404    404
		member    1    200  200    200    204
		branch2   0    404  400    404    404
		branch1   1    200  400    404    404
		inspector 0    404  400    404    404
		clerk     1    200  400    404    404
		organizer 1    200  400    404    404
		keeper    1    200  200    200    204`)
}

// Who works for an organization writes its papers.
func TestReportsPolicy(t *testing.T) {
	t.Parallel()
	policy(t, declarations.Reports, request, map[string]any{"cc": "@wd"}, `
		who       list view create update delete
		guest     0    404  400    404    404
		outsider  0    404  400    404    404
		member    0    404  400    404    404
		branch2   0    404  400    404    404
		branch1   1    200  200    200    204
		inspector 0    404  400    404    404
		clerk     1    200  400    404    404
		organizer 1    200  400    200    404
		keeper    1    200  200    200    204`)
}

// Everybody reads the rules that hold for them.
func TestSettingsPolicy(t *testing.T) {
	t.Parallel()
	apptest.Policy{
		Collection: declarations.Settings, App: staffed, Create: map[string]any{"org": "@zb1", "document": "支部规定"}, Update: map[string]any{"cars": 5},
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			return apptest.Make(t, app, declarations.Settings, map[string]any{"org": "@jd", "document": "街道规定"})
		},
		Table: `
			who       list view create update delete
			guest     0    404  400    404    404
			outsider  0    404  400    404    404
			member    1    200  400    404    404
			branch1   1    200  400    404    404
			clerk     1    200  400    404    404
			organizer 1    200  200    200    204
			secretary 1    200  200    200    204
			keeper    1    200  200    200    204`,
	}.Test(t)
}
