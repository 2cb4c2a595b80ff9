package terms_test

import (
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/org/terms"
)

// The examples of domain.md 4.2.
func TestR_TERM_01_Stages(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		since string
		years int
		want  string
	}{{"2019-06-18", 3, "2022-06-18"}, {"2017-06-18", 3, "2020-06-18"}, {"2020-06-18", 5, "2025-06-18"}, {"2020-02-29", 3, "2023-02-28"}} {
		if got, err := terms.Ends(c.since, c.years); err != nil || got != c.want {
			t.Errorf("%s + %d years: Expected %s, got %s %v", c.since, c.years, c.want, got, err)
		}
	}
	for today, want := range map[string]int{
		"2021-12-17": -1, "2021-12-18": 6, "2022-03-17": 6, "2022-03-18": 3, "2022-04-18": 2, "2022-05-18": 1, "2022-06-17": 1, "2022-06-18": 0, "2022-09-01": 0,
	} {
		got := -1
		if s, ok := terms.StageOn("2022-06-18", today); ok {
			got = s.Months
		}
		if got != want {
			t.Errorf("%s: Expected stage %d, got %d", today, want, got)
		}
	}
}

func TestR_TERM_02_Extension(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ extended, document, want string }{
		"none":                  {"", "", ""},
		"a year":                {"2023-06-18", "清工委〔2022〕3号", ""},
		"a year and a day":      {"2023-06-19", "清工委〔2022〕3号", "org_terms_extended"},
		"not approved":          {"2022-12-18", "", "org_terms_unapproved"},
		"not beyond the end":    {"2022-06-18", "清工委〔2022〕3号", "org_terms_extended"},
		"approved, but no date": {"", "清工委〔2022〕3号", "org_terms_extended"},
	} {
		apptest.Refused(t, name, terms.CheckExtended("2022-06-18", c.extended, c.document), c.want)
	}
}

func TestTerms(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	try := func(data map[string]any) error {
		_, err := apptest.Try(app, terms.Terms, apptest.Named(t, app, data))
		return err
	}
	apptest.Refused(t, "a committee", try(map[string]any{"org": "@jd", "title": "甲", "since": "2021-06-18", "years": 5}), "org_terms_appointed")
	apptest.Refused(t, "ended tomorrow", try(map[string]any{"org": "@zb1", "title": "甲", "since": "2021-06-18", "years": 5, "state": "ended", "ended_on": "2026-06-11"}), "org_terms_ended")
	apptest.Refused(t, "first", try(map[string]any{"org": "@zb1", "title": "甲", "since": "2021-06-18", "years": 5, "ends": "2040-01-01"}), "")
	if got := apptest.First(t, app, terms.Terms, "title", "甲").GetString("ends"); got != "2026-06-18" {
		t.Errorf("Expected 2026-06-18, got %s", got)
	}
	if try(map[string]any{"org": "@zb1", "title": "乙", "since": "2022-06-18", "years": 5}) == nil {
		t.Error("a second present term was stored")
	}
	if terms.Years("branch") != 5 || terms.Years("retired") != 3 {
		t.Error("a community's branch has five years, any other three")
	}
}

// Whoever keeps the elections of the branch hears of each stage once, the
// committee's officers of the first and of the last.
func TestR_TERM_01_RemindsOnce(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	term := apptest.Make(t, app, terms.Terms, map[string]any{"org": "@zb1", "title": "东风支部第五届", "since": "2021-12-20", "years": 5})
	for _, c := range []struct {
		day  string
		want int
	}{
		{"2026-06-19", 0}, {"2026-06-20", 2}, {"2026-06-21", 0}, {"2026-09-20", 1}, {"2026-10-20", 1}, {"2026-11-20", 1}, {"2026-12-19", 0}, {"2026-12-20", 2}, {"2027-02-01", 0},
	} {
		apptest.SetToday(t, app, c.day)
		day, _ := time.Parse(time.DateOnly, c.day)
		if n, err := terms.Remind(app, day); err != nil || n != c.want {
			t.Errorf("%s: Expected %d messages, got %d %v", c.day, c.want, n, err)
		}
	}
	apptest.Refused(t, "ended", apptest.Save(app, term, map[string]any{"state": "ended", "ended_on": "2026-12-20"}), "")
	apptest.Refused(t, "changed", apptest.Save(app, term, map[string]any{"years": 3}), "org_terms_filed")
}

// Everybody who belongs reads the term of their branch; "org" keeps it.
func TestTermsPolicy(t *testing.T) {
	t.Parallel()
	apptest.Policy{
		Collection: terms.Terms,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			return apptest.Make(t, app, terms.Terms, map[string]any{"org": "@zb1", "title": "甲", "since": "2022-06-18", "years": 5})
		},
		Create: map[string]any{"org": "@zb2", "title": "乙", "since": "2022-06-18", "years": 5},
		Update: map[string]any{"note": "改"},
		Table: `
		who       list view create update delete
		guest     0    404  400    404    404
		outsider  0    404  400    404    404
		member    1    200  400    404    404
		branch2   0    404  400    404    404
		inspector 0    404  400    404    404
		branch1   1    200  400    404    404
		clerk     1    200  200    200    204
		keeper    1    200  200    200    204`,
	}.Test(t)
}
