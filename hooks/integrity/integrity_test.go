package integrity_test

import (
	"slices"
	"testing"

	"yaodian/hooks/apptest"
	"yaodian/hooks/integrity"
)

// The kinds of talks are never merged: a reminder (提醒谈话) is not a talk that
// reminds (谈话提醒). What was said has no place (8.2).
func TestTalks(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	talk := apptest.Make(t, s.App, integrity.Talks, talk("lianzheng"))
	url := apptest.URL(integrity.Talks, talk.Id)
	apptest.Make(t, s.App, "org_posts", map[string]any{"person": "#secretary", "role": "$discipline", "org": "@jd", "since": "2026-01-01"})
	s.Do(t, apptest.Secretary, "PATCH", url, map[string]any{"state": "held"}).Want(t, 400, "integrity_talks_needs")
	s.Do(t, apptest.Secretary, "PATCH", url, map[string]any{"state": "held", "held_on": "2026-06-11"}).Want(t, 400, "integrity_date_future")
	s.Do(t, apptest.Secretary, "PATCH", url, map[string]any{"state": "held", "held_on": "2026-06-10"}).Want(t, 200)
	s.Do(t, apptest.Secretary, "PATCH", url, map[string]any{"kind": "jiemian"}).Want(t, 400, "integrity_talks_filed")
	s.Do(t, apptest.Secretary, "DELETE", url, nil).Want(t, 403, "integrity_talks_begun")

	want := []string{"id", "kind", "talker", "person", "held_on", "state", "org", "org_path", "created", "updated"}
	if got := talk.Collection().Fields.FieldNames(); !slices.Equal(got, want) {
		t.Errorf("Expected a talk to hold %v, got %v", want, got)
	}
	for _, kind := range []string{"tixing", "tanhua_tixing"} {
		if got := apptest.Make(t, s.App, integrity.Talks, map[string]any{"kind": kind, "talker": "#secretary", "person": "#branch1", "org": "@zb1"}).GetString("kind"); got != kind {
			t.Errorf("Expected %s, got %s", kind, got)
		}
	}
}

// A case of our own holds no name that is on the roster, whoever writes it.
func TestInnerCasesAreNameless(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	c := apptest.Make(t, app, integrity.Cases, innerCase)
	apptest.Refused(t, "a name", apptest.Save(app, c, map[string]any{"summary": "孙党员违规领取补贴。"}), "integrity_real_name")
	apptest.Refused(t, "a number", apptest.Save(app, c, map[string]any{"summary": "账号 6222000000000000"}), "org_identity_in_text")
	apptest.Refused(t, "an alias", apptest.Save(app, c, map[string]any{"summary": "甲某违规领取补贴。"}), "")
	apptest.Refused(t, "published without loopholes", apptest.Save(app, c, map[string]any{"state": "published"}), "integrity_cases_needs")
	apptest.Refused(t, "published", apptest.Save(app, c, map[string]any{"state": "published", "loopholes": "无"}), "")
}

// A leader isn't in two places at once.
func TestStays(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	apptest.Make(t, app, integrity.Stays, map[string]any{"person": "#secretary", "org": "@zb1", "begins": "2026-06-01", "ends": "2026-06-03"})
	for name, c := range map[string]struct{ person, begins, ends, code string }{
		"on the last day": {"#secretary", "2026-06-03", "2026-06-04", "integrity_stay_twice"},
		"open":            {"#secretary", "2026-05-20", "", "integrity_stay_twice"},
		"the day after":   {"#secretary", "2026-06-04", "2026-06-04", ""},
		"somebody else":   {"#deputy", "2026-06-03", "2026-06-04", ""},
		"backwards":       {"#deputy", "2026-07-03", "2026-07-01", "org_period_reversed"},
	} {
		_, err := apptest.Try(app, integrity.Stays, apptest.Named(t, app, map[string]any{"person": c.person, "org": "@zb2", "begins": c.begins, "ends": c.ends}))
		apptest.Refused(t, name, err, c.code)
	}
}

// A check is filed once it has been reported (8.4).
func TestChecks(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	data := check(t, app)
	one := apptest.Named(t, app, map[string]any{"x": "#clerk"})["x"]
	data["team"] = []any{one}
	_, err := apptest.Try(app, integrity.Checks, apptest.Named(t, app, data))
	apptest.Refused(t, "alone", err, "integrity_team_small")
	c := apptest.Make(t, app, integrity.Checks, check(t, app))
	apptest.Refused(t, "unreported", apptest.Save(app, c, map[string]any{"state": "filed"}), "integrity_checks_needs")
	apptest.Refused(t, "reported before", apptest.Save(app, c, map[string]any{"state": "filed", "reported_on": "2026-06-01"}), "org_period_reversed")
	apptest.Refused(t, "reported", apptest.Save(app, c, map[string]any{"state": "filed", "reported_on": "2026-06-10"}), "")
}
