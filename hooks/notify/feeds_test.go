package notify_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/apptest"
	"yaodian/hooks/kit"
	"yaodian/hooks/notify"
)

var entries = []notify.Entry{
	{
		ID: "plan_duties-b", Title: "到期：召开一次主题党日活动，组织全体党员学习贯彻上级有关会议精神，并形成学习记录；逾期须补做, 不得走过场 " + strings.Repeat("长", 60),
		Day: "2026-06-30", Link: "#/duties/b", Changed: time.Date(2026, 6, 1, 2, 0, 0, 0, time.UTC),
	},
	{ID: "meetings-a", Title: "支部党员大会", Start: time.Date(2026, 7, 1, 1, 30, 0, 0, time.UTC), End: time.Date(2026, 7, 1, 3, 0, 0, 0, time.UTC), Changed: time.Date(2026, 6, 2, 2, 0, 0, 0, time.UTC)},
	{ID: "plan_duties-c", Title: "联系 13812345678 办理", Day: "2026-12-31", Changed: time.Date(2026, 6, 3, 2, 0, 0, 0, time.UTC)},
}

func link(route string) string { return "https://yaodian.example.com/" + route }

// Lines end in CRLF, are at most 75 octets, and no character is cut in two.
func TestCalendarLines(t *testing.T) {
	t.Parallel()
	text := notify.Calendar(entries, link)
	if !strings.HasSuffix(text, "END:VCALENDAR\r\n") || strings.Contains(strings.ReplaceAll(text, "\r\n", ""), "\n") {
		t.Errorf("lines don't end in CRLF: %q", text)
	}
	for line := range strings.SplitSeq(text, "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) {
			t.Errorf("%d octets: %q", len(line), line)
		}
	}
	if again := notify.Calendar([]notify.Entry{entries[2], entries[0], entries[1]}, link); again != text {
		t.Error("the same entries give another calendar")
	}
}

// What is written is read back by the library: days are days, times are those
// of Beijing, everything keeps its name and has an alarm.
func TestCalendarIsReadBack(t *testing.T) {
	t.Parallel()
	c, err := ics.ParseCalendar(strings.NewReader(notify.Calendar(entries, link)))
	if err != nil {
		t.Fatal(err)
	}
	events := map[string]*ics.VEvent{}
	for _, e := range c.Events() {
		events[e.Id()] = e
		if len(e.Alarms()) != 1 {
			t.Errorf("%s has %d alarms", e.Id(), len(e.Alarms()))
		}
	}
	due, meeting := events["plan_duties-b@yaodian"], events["meetings-a@yaodian"]
	if due == nil || meeting == nil || len(events) != 3 {
		t.Fatalf("got %v", events)
	}
	value := func(e *ics.VEvent, p ics.ComponentProperty) string { return e.GetProperty(p).Value }
	for got, want := range map[string]string{
		value(due, ics.ComponentPropertySummary): entries[0].Title, value(due, ics.ComponentPropertyDtStart): "20260630",
		value(due, ics.ComponentPropertyDtEnd): "20260701", value(due, ics.ComponentPropertyUrl): "https://yaodian.example.com/#/duties/b",
		due.Alarms()[0].GetProperty(ics.ComponentPropertyTrigger).Value: "-PT15H",
		value(meeting, ics.ComponentPropertyDtStart):                    "20260701T093000", value(meeting, ics.ComponentPropertyDtEnd): "20260701T110000",
		meeting.Alarms()[0].GetProperty(ics.ComponentPropertyTrigger).Value:  "-PT1H",
		value(events["plan_duties-c@yaodian"], ics.ComponentPropertySummary): "联系 ＊＊＊ 办理",
		c.Timezones()[0].GetProperty(ics.ComponentPropertyTzid).Value:        "Asia/Shanghai",
	} {
		if got != want {
			t.Errorf("Expected %q, got %q", want, got)
		}
	}
	if got := meeting.GetProperty(ics.ComponentPropertyDtStart).ICalParameters["TZID"]; len(got) != 1 || got[0] != "Asia/Shanghai" {
		t.Errorf("the meeting's zone: %q", got)
	}
	if got := due.GetProperty(ics.ComponentPropertyDtStart).ICalParameters["VALUE"]; len(got) != 1 || got[0] != "DATE" {
		t.Errorf("the duty isn't a day: %q", got)
	}
	if meeting.HasProperty(ics.ComponentPropertyUrl) {
		t.Error("a link to nowhere")
	}
}

func TestCheckFeeds(t *testing.T) {
	t.Parallel()
	for used, code := range map[int]string{0: "", 4: "", 5: "notify_feeds_many", 6: "notify_feeds_many"} {
		apptest.Refused(t, fmt.Sprint(used), notify.CheckFeeds(used), code)
	}
}

// own puts one entry into the calendar of each person that is asked for.
func own(app core.App) {
	notify.OnFeed(app, func(_ core.App, person, from, to string) ([]notify.Entry, error) {
		return []notify.Entry{{ID: "t-" + person, Title: from + " " + to, Day: "2026-06-30"}}, nil
	})
}

func feedFor(t testing.TB, s *apptest.Server, who string) (id, path string) {
	t.Helper()
	answer := s.Do(t, who, http.MethodPost, "/api/notify/feeds", map[string]any{"name": "我的手机"})
	answer.Want(t, 201)
	return answer.Text("id"), answer.Text("path")
}

// A link opens the calendar of its person and of nobody else, without signing
// in, until it is closed or the person leaves.
func TestFeed(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	own(s.App)
	id, path := feedFor(t, s, apptest.Member)
	member, outsider := apptest.Person(t, s.App, apptest.Member), apptest.Person(t, s.App, apptest.Outsider)
	answer := s.Do(t, apptest.Guest, http.MethodGet, path, nil)
	answer.Want(t, 200, "BEGIN:VCALENDAR", "UID:t-"+member.Id+"@yaodian", "SUMMARY:2026-05-11 2027-07-15")
	_, other := feedFor(t, s, apptest.Outsider)
	if answer.Has(outsider.Id) || path == other || !s.Do(t, apptest.Guest, http.MethodGet, other, nil).Has(outsider.Id) {
		t.Error("calendars are mixed up")
	}
	for _, wrong := range []string{strings.TrimSuffix(path, ".ics"), strings.TrimSuffix(path, "x.ics") + "y.ics", "/api/notify/calendar/.ics", "/api/notify/calendar/" + id + ".ics", "/api/notify/calendar/%25.ics"} {
		s.Do(t, apptest.Guest, http.MethodGet, wrong, nil).Want(t, 404)
	}
	stored := apptest.First(t, s.App, notify.Feeds, "id", id)
	if token := strings.TrimSuffix(strings.TrimPrefix(path, "/api/notify/calendar/"), ".ics"); len(token) != 40 || strings.Contains(fmt.Sprint(stored.FieldsData()), token) {
		t.Errorf("%s is stored as it is", token)
	}
	list := s.Do(t, apptest.Member, http.MethodGet, apptest.URL(notify.Feeds), nil)
	if list.Count() != 1 || list.Has("token_hash") {
		t.Errorf("the list: %s", list.Short())
	}
	if err := apptest.Save(s.App, outsider, map[string]any{"state": "left"}); err != nil {
		t.Fatal(err)
	}
	s.Do(t, apptest.Guest, http.MethodGet, other, nil).Want(t, 404)

	s.Do(t, apptest.Branch, http.MethodDelete, "/api/notify/feeds/"+id, nil).Want(t, 404)
	s.Do(t, apptest.Guest, http.MethodDelete, "/api/notify/feeds/"+id, nil).Want(t, 401)
	s.Do(t, apptest.Guest, http.MethodPost, "/api/notify/feeds", nil).Want(t, 401)
	s.Do(t, apptest.Keeper, http.MethodPost, "/api/notify/feeds", nil).Want(t, 403)
	s.Do(t, apptest.Guest, http.MethodGet, path, nil).Want(t, 200)
	for range 2 {
		s.Do(t, apptest.Member, http.MethodDelete, "/api/notify/feeds/"+id, nil).Want(t, 204)
		s.Do(t, apptest.Guest, http.MethodGet, path, nil).Want(t, 404)
	}
	for range 5 {
		feedFor(t, s, apptest.Member)
	}
	s.Do(t, apptest.Member, http.MethodPost, "/api/notify/feeds", nil).Want(t, 400, "notify_feeds_many")
}

// handler answers requests to app with their headers.
func handler(t testing.TB, app core.App) (mux http.Handler) {
	t.Helper()
	router, err := apis.NewRouter(app)
	if err != nil {
		t.Fatal(err)
	}
	err = app.OnServe().Trigger(&core.ServeEvent{App: app, Router: router}, func(e *core.ServeEvent) (err error) {
		mux, err = e.Router.BuildMux()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return mux
}

// A calendar that hasn't changed isn't sent again, and nobody else keeps it.
func TestFeedETag(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	own(app)
	_, token, err := notify.NewFeed(app, t.Context(), apptest.Person(t, app, apptest.Member).Id, "我的手机")
	if err != nil {
		t.Fatal(err)
	}
	mux := handler(t, app)
	get := func(tag string) *httptest.ResponseRecorder {
		request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/api/notify/calendar/"+token+".ics", nil)
		request.Header.Set("If-None-Match", tag)
		recorder := httptest.NewRecorder()
		mux.ServeHTTP(recorder, request)
		return recorder
	}
	first := get("")
	tag := first.Header().Get("ETag")
	if first.Code != 200 || tag == "" || first.Header().Get("Content-Type") != "text/calendar; charset=utf-8" || first.Header().Get("Cache-Control") != "private, no-cache" {
		t.Errorf("%d %v", first.Code, first.Header())
	}
	for asked, want := range map[string]int{tag: 304, "W/" + tag: 304, `"other"`: 200} {
		if got := get(asked); got.Code != want || want == 304 && got.Body.Len() > 0 {
			t.Errorf("%s: %d", asked, got.Code)
		}
	}
	kit.SetNow(app, kit.Now(app).AddDate(0, 0, 1))
	if got := get(tag); got.Code != 200 || got.Header().Get("ETag") == tag {
		t.Error("a change isn't seen")
	}
}

// Guessing is stopped, and what is asked for isn't in the log.
func TestFeedIsLimitedAndNotLogged(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	own(s.App)
	_, path := feedFor(t, s, apptest.Member)
	s.Do(t, apptest.Guest, http.MethodGet, path, nil).Want(t, 200)
	refused := 0
	for range 130 {
		if s.Do(t, apptest.Guest, http.MethodGet, "/api/notify/calendar/guess.ics", nil).Status == 429 {
			refused++
		}
	}
	if refused != 11 {
		t.Errorf("Expected 11 of 131 requests to be refused, got %d", refused)
	}
	var logs []string
	if err := s.App.AuxDB().Select("data").From("_logs").Where(dbx.Like("data", path[len(path)-20:])).Column(&logs); err != nil || len(logs) > 0 {
		t.Errorf("the log has %q (%v)", logs, err)
	}
}

// A capability that fails makes no half calendar, and its error stays inside.
func TestFeedFailsAsAWhole(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	failing := fmt.Errorf("the database is away")
	notify.OnFeed(s.App, func(core.App, string, string, string) ([]notify.Entry, error) { return nil, failing })
	_, path := feedFor(t, s, apptest.Member)
	answer := s.Do(t, apptest.Guest, http.MethodGet, path, nil)
	var said struct{ Message string }
	if err := json.Unmarshal([]byte(answer.Body), &said); err != nil || answer.Status < 400 || strings.Contains(said.Message, "database") {
		t.Errorf("got %d %s (%v)", answer.Status, answer.Short(), err)
	}
}
