package calendar_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/calendar"
)

func TestShowYear(t *testing.T) {
	t.Parallel()

	scenarios := []tests.ApiScenario{
		{
			Name:            "guest",
			URL:             "/api/calendar/2026",
			ExpectedStatus:  401,
			ExpectedContent: []string{`"data":{}`},
		},
		{
			Name:           "member",
			URL:            "/api/calendar/2026",
			Headers:        apptest.As(t, apptest.Member),
			ExpectedStatus: 200,
			ExpectedContent: []string{
				`"year":2026`, `"provisional":false`,
				`{"date":"2026-02-14","kind":"workday","name":"春节","source":"国务院办公厅放假安排"}`,
				`{"node":"nodechunjie0000","name":"春节","date":"2026-02-17","notice":"2026-02-10"}`,
				`{"node":"nodeqiyi0000000","name":"七一","date":"2026-07-01","notice":"2026-06-24"}`,
			},
			NotExpectedContent: []string{`"2026-02-21"`}, // the Saturday in the holidays is off anyway
		},
		{
			Name:            "a year that isn't arranged yet",
			URL:             "/api/calendar/2035",
			Headers:         apptest.As(t, apptest.Outsider),
			ExpectedStatus:  200,
			ExpectedContent: []string{`"provisional":true`, `"days":[]`, `"name":"中秋","date":"2035-09-16"`},
		},
		{
			Name:    "an entry of our own",
			URL:     "/api/calendar/2026",
			Headers: apptest.As(t, apptest.Clerk),
			BeforeTestFunc: func(t testing.TB, app *tests.TestApp, _ *core.ServeEvent) {
				apptest.Create(t, app, calendar.DayEntries, map[string]any{"date": "2026-03-08", "kind": "workday", "name": "换届选举日", "source": "清工委〔2026〕2号"})
			},
			ExpectedStatus:  200,
			ExpectedContent: []string{`{"date":"2026-03-08","kind":"workday","name":"换届选举日","source":"清工委〔2026〕2号"}`},
		},
		{
			Name:            "no year",
			URL:             "/api/calendar/next",
			Headers:         apptest.As(t, apptest.Member),
			ExpectedStatus:  400,
			ExpectedContent: []string{`"year":{"code":"calendar_year_out_of_range","message":"只能查询 2000 年到 2099 年的日历。"}`},
		},
	}
	for _, s := range scenarios {
		s.Method = http.MethodGet
		s.TestAppFactory = apptest.New
		s.Test(t)
	}
}

// TestEntriesAreChecked: the rules hold for the application itself, too.
func TestEntriesAreChecked(t *testing.T) {
	t.Parallel()

	app := apptest.New(t)
	first := apptest.Create(t, app, calendar.DayEntries, map[string]any{"date": "2030-05-01", "kind": "holiday", "name": "劳动节"})
	if err := apptest.Save(app, first, map[string]any{"name": "五一"}); err != nil {
		t.Errorf("an entry can't be changed: %v", err)
	}

	for _, s := range []struct {
		collection string
		data       map[string]any
		code       string
	}{
		{calendar.DayEntries, map[string]any{"date": "2030-05-02", "kind": "holiday"}, ""},
		{calendar.DayEntries, map[string]any{"date": "2030-05-01", "kind": "holiday"}, "calendar_day_taken"},
		{calendar.DayEntries, map[string]any{"date": "2030-02-30", "kind": "holiday"}, "calendar_date_unreal"},
		{calendar.DayEntries, map[string]any{"date": "2030-05-04", "kind": "holiday"}, "calendar_holiday_on_weekend"},
		{calendar.FestivalNodes, map[string]any{"name": "重阳", "kind": "lunar", "month": 9, "day": 9, "before": 7}, ""},
		{calendar.FestivalNodes, map[string]any{"name": "立夏至", "kind": "term", "term": "夏天", "before": 7}, "calendar_term_unknown"},
	} {
		c, err := app.FindCachedCollectionByNameOrId(s.collection)
		if err != nil {
			t.Fatal(err)
		}
		if got := codeOf(t, apptest.Save(app, core.NewRecord(c), s.data)); got != s.code {
			t.Errorf("%v: got %q, want %q", s.data, got, s.code)
		}
	}
}

// TestLoad: the entries change the arithmetic and settle the year.
func TestLoad(t *testing.T) {
	t.Parallel()

	app := apptest.New(t)
	thursday := on(t, "2030-09-26")
	load := func() calendar.Days {
		days, err := calendar.Load(app)
		if err != nil {
			t.Fatal(err)
		}
		return days
	}

	if end, provisional := load().AddWorkdays(thursday, 5, false); end.String() != "2030-10-03" || !provisional {
		t.Errorf("before: %s, provisional %v", end, provisional)
	}
	for _, date := range []string{"2030-10-01", "2030-10-02", "2030-10-03", "2030-10-04", "2030-10-07"} {
		apptest.Create(t, app, calendar.DayEntries, map[string]any{"date": date, "kind": "holiday", "name": "国庆节"})
	}
	apptest.Create(t, app, calendar.DayEntries, map[string]any{"date": "2030-09-29", "kind": "workday", "name": "国庆节"})
	if end, provisional := load().AddWorkdays(thursday, 5, false); end.String() != "2030-10-09" || provisional {
		t.Errorf("after: %s, provisional %v", end, provisional)
	}
}

// TestNodesAreSeeded: the eight festivals, each with a week's notice.
func TestNodesAreSeeded(t *testing.T) {
	t.Parallel()

	nodes, err := calendar.LoadNodes(apptest.New(t))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, o := range calendar.Occasions(nodes, 2026) {
		if o.Date-o.Notice != 7 {
			t.Errorf("%s is announced on %s", o.Name, o.Notice)
		}
		got = append(got, o.Name+" "+o.Date.String()[len("2026-"):])
	}
	want := "元旦 01-01 春节 02-17 清明 04-05 五一 05-01 端午 06-19 七一 07-01 中秋 09-25 国庆 10-01"
	if strings.Join(got, " ") != want {
		t.Errorf("got %s, want %s", strings.Join(got, " "), want)
	}
}
