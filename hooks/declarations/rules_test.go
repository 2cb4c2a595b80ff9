package declarations_test

import (
	"testing"
	"time"

	"yaodian/hooks/apptest"
	"yaodian/hooks/calendar"
	"yaodian/hooks/declarations"
)

// The example of 6.3, by the calendar of 2022 and by other local rules.
func TestSection63DaysOfReports(t *testing.T) {
	t.Parallel()
	five := declarations.DefaultTerms
	five.BeforeDays, five.FuneralDays = 5, 5
	for _, c := range []struct {
		kind, held  string
		terms       declarations.Terms
		due, report string
	}{
		{"wedding", "2022-10-06", declarations.DefaultTerms, "2022-09-19", "2022-10-19"},
		{"wedding", "2022-10-06", five, "2022-09-26", "2022-10-19"},
		{"funeral", "2022-04-29", five, "2022-05-10", "2022-05-17"},
		{"funeral", "2022-04-29", declarations.DefaultTerms, "2022-05-17", "2022-05-17"},
		{"other", "2022-10-06", declarations.DefaultTerms, "2022-09-19", "2022-10-19"},
	} {
		due, after, err := declarations.Event{Kind: c.kind, HeldOn: c.held}.Days(calendar.Days{}, c.terms)
		if err != nil || due != c.due || after != c.report {
			t.Errorf("%s on %s: got %s, %s, %v", c.kind, c.held, due, after, err)
		}
	}
	_, _, err := declarations.Event{Kind: "wedding", HeldOn: "2022-02-30"}.Days(calendar.Days{}, five)
	apptest.Refused(t, "on a day that isn't", err, "declarations_date")
}

// Who is late is late; a telephone call before a funeral counts.
func TestSection63Late(t *testing.T) {
	t.Parallel()
	const due = "2022-05-17"
	for _, c := range []struct {
		kind, oral, handed string
		want               bool
	}{
		{"wedding", "", due, false}, {"wedding", "", "2022-05-18", true},
		{"funeral", "", "2022-05-18", true}, {"funeral", due, "2022-05-20", false}, {"funeral", "2022-05-18", "2022-05-20", true},
	} {
		if got := (declarations.Event{Kind: c.kind, OralOn: c.oral}).Late(due, c.handed); got != c.want {
			t.Errorf("%+v: got %v", c, got)
		}
	}
	apptest.Refused(t, "a wedding by telephone", declarations.Event{Kind: "wedding", OralOn: due}.Check(due), "declarations_oral")
	apptest.Refused(t, "a funeral, tomorrow", declarations.Event{Kind: "funeral", OralOn: "2022-05-18"}.Check(due), "declarations_date")
	apptest.Refused(t, "a funeral, today", declarations.Event{Kind: "funeral", OralOn: due}.Check(due), "")
}

// More than the terms allow needs a reason (0.1: 可越过但必须写理由).
func TestSection63MoreThanAllowed(t *testing.T) {
	t.Parallel()
	terms := declarations.DefaultTerms
	terms.Cars = 5
	plain := declarations.Event{Kind: "wedding", Promise: true, Tables: 20, Persons: 200, Cars: 5}
	with := func(change func(*declarations.Event)) declarations.Event {
		v := plain
		change(&v)
		return v
	}
	for name, c := range map[string]struct {
		event declarations.Event
		want  string
	}{
		"just as much":        {plain, ""},
		"without the promise": {with(func(v *declarations.Event) { v.Promise = false }), "declarations_promise"},
		"a table more":        {with(func(v *declarations.Event) { v.Tables++ }), "declarations_over"},
		"both families":       {with(func(v *declarations.Event) { v.Joint, v.Tables, v.Persons = true, 30, 300 }), ""},
		"one too many":        {with(func(v *declarations.Event) { v.Persons++ }), "declarations_over"},
		"a car more":          {with(func(v *declarations.Event) { v.Cars++ }), "declarations_over"},
		"with a reason":       {with(func(v *declarations.Event) { v.Tables, v.OverNote = 26, "两地亲属合并一次" }), ""},
		"with a blank reason": {with(func(v *declarations.Event) { v.Tables, v.OverNote = 26, " " }), "declarations_over"},
	} {
		apptest.Refused(t, name, c.event.CheckHanded(terms), c.want)
	}
	if over := with(func(v *declarations.Event) { v.Cars = 99 }).Over(declarations.DefaultTerms); over != "" {
		t.Errorf("Expected any number of cars without a rule, got %q", over)
	}
}

func TestSection62Within30Days(t *testing.T) {
	t.Parallel()
	due, err := declarations.MatterDue("2026-01-31", declarations.DefaultTerms)
	if err != nil || due != "2026-03-02" {
		t.Errorf("got %s, %v", due, err)
	}
	_, err = declarations.MatterDue("去年", declarations.DefaultTerms)
	apptest.Refused(t, "no date", err, "declarations_date")
	apptest.Refused(t, "a draft may be empty", declarations.CheckSaid("draft", ""), "")
	apptest.Refused(t, "what is handed in says what happened", declarations.CheckSaid("pending", ""), "declarations_summary_missing")
}

func TestSection64OneRecipient(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		paper declarations.Paper
		want  string
	}{
		"a request to one":     {declarations.Paper{Kind: "qingshi", Org: "zb", MainTo: []string{"jd"}}, ""},
		"a request to nobody":  {declarations.Paper{Kind: "qingshi", Org: "zb"}, "declarations_one_recipient"},
		"a request to two":     {declarations.Paper{Kind: "qingshi", Org: "zb", MainTo: []string{"jd", "xian"}}, "declarations_one_recipient"},
		"a report to two":      {declarations.Paper{Kind: "baogao", Org: "zb", MainTo: []string{"jd", "xian"}}, ""},
		"a request to oneself": {declarations.Paper{Kind: "qingshi", Org: "zb", MainTo: []string{"zb"}}, "declarations_to_itself"},
	} {
		apptest.Refused(t, name, c.paper.Check(), c.want)
	}
}

// A report that asks for something, and a request over somebody's head, are
// warned about.
func TestSection64Warnings(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		paper declarations.Paper
		want  int
	}{
		"a plain report":            {declarations.Paper{Kind: "baogao", Body: "现将情况报告如下。"}, 0},
		"a report that asks":        {declarations.Paper{Kind: "baogao", Body: "妥否，请批示。"}, 1},
		"a report that asks to yes": {declarations.Paper{Kind: "baogao", Title: "请批准经费的报告"}, 1},
		"a request may ask":         {declarations.Paper{Kind: "qingshi", Body: "妥否，请批示。", MainTo: []string{"jd"}, Parent: "jd"}, 0},
		"over somebody's head":      {declarations.Paper{Kind: "qingshi", MainTo: []string{"xian"}, Parent: "jd"}, 1},
	} {
		if got := c.paper.Warnings(); len(got) != c.want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestSection64Ways(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ kind, state, want string }{
		{"qingshi", "draft", ""}, {"qingshi", "pending", ""}, {"qingshi", "filed", "declarations_way"},
		{"baogao", "draft", ""}, {"baogao", "filed", ""}, {"baogao", "pending", "declarations_way"}, {"baogao", "answered", "declarations_way"},
	} {
		apptest.Refused(t, c.kind+" "+c.state, declarations.CheckWay(c.kind, c.state), c.want)
	}
}

func TestSection64WrittenWithin24Hours(t *testing.T) {
	t.Parallel()
	told := time.Date(2026, 6, 10, 9, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		told  time.Time
		hours int
		want  bool
	}{{told, 24, false}, {told, 25, true}, {time.Time{}, 1000, false}} {
		if got := declarations.WrittenLate(c.told, told.Add(time.Duration(c.hours)*time.Hour), declarations.DefaultTerms); got != c.want {
			t.Errorf("%+v: got %v", c, got)
		}
	}
}

func TestSection64UnansweredHoldsUp(t *testing.T) {
	t.Parallel()
	for state, want := range map[string]string{
		"approved": "", "answered": "", "draft": "declarations_unanswered", "pending": "declarations_unanswered", "rejected": "declarations_unanswered", "declined": "declarations_unanswered",
	} {
		apptest.Refused(t, state, declarations.CheckAnswered(state, "关于换届的请示", "已印发"), want)
	}
}
