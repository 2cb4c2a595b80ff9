package meetings_test

import (
	"testing"

	"yaodian/hooks/apptest"
	"yaodian/hooks/meetings"
)

// The secretary speaks last, whoever stands aside doesn't speak, and nowhere but
// in the committee's decisions is it written down who spoke.
func TestR_TOP_03_SecretarySpeaksLast(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		meeting, kind      string
		speakers, withdrew []string
		want               string
	}{
		"last":              {"committee", "decision", []string{"a", "b", "s"}, nil, ""},
		"first":             {"committee", "decision", []string{"s", "a", "b"}, nil, "meetings_secretary_last"},
		"before the last":   {"committee", "decision", []string{"a", "s", "b"}, nil, "meetings_secretary_last"},
		"secretary away":    {"committee", "decision", []string{"a", "b"}, nil, ""},
		"secretary aside":   {"committee", "decision", []string{"a", "b"}, []string{"s"}, ""},
		"aside and speaks":  {"committee", "decision", []string{"a", "b", "s"}, []string{"b"}, "meetings_withdrew_spoke"},
		"not yet written":   {"committee", "decision", nil, nil, ""},
		"heard, not judged": {"committee", "report", []string{"a"}, nil, "meetings_speakers_needless"},
		"an assembly":       {"branch_assembly", "decision", []string{"a"}, nil, "meetings_speakers_needless"},
		"aside, elsewhere":  {"branch_assembly", "decision", nil, []string{"a"}, "meetings_speakers_needless"},
	} {
		apptest.Refused(t, name, meetings.CheckSpeakers(c.meeting, c.kind, c.speakers, c.withdrew, "s"), c.want)
	}
	apptest.Refused(t, "no secretary in office", meetings.CheckSpeakers("committee", "decision", []string{"a", "b"}, nil, ""), "")
}

func TestR_TOP_04_EverybodyPresentIsHeard(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*meetings.Record)
		want   string
	}{
		"all spoke":  {func(*meetings.Record) {}, ""},
		"one silent": {func(r *meetings.Record) { r.Topics[1].Speakers = []string{"a", "s"} }, "meetings_unheard"},
		"one aside": {func(r *meetings.Record) {
			r.Topics[1].Speakers, r.Topics[1].Withdrew = []string{"a", "s"}, []string{"b"}
		}, ""},
		"who didn't come":   {func(r *meetings.Record) { r.Present = []string{"s", "a"} }, "meetings_unheard"},
		"refused, silent":   {func(r *meetings.Record) { r.Topics[1].Outcome, r.Topics[1].Speakers = "rejected", nil }, "meetings_unheard"},
		"put off":           {func(r *meetings.Record) { r.Topics[1].Outcome, r.Topics[1].Speakers = "deferred", nil }, ""},
		"another committee": {func(r *meetings.Record) { r.Kind, r.Topics[1].Speakers = "branch_committee", nil }, ""},
	} {
		r := whole()
		c.change(&r)
		apptest.Refused(t, name, r.Check(), c.want)
	}
}

// A resolution is shared out, carried out and answered; what lacks is asked for.
func TestR_TOP_06_ResolutionsAreChased(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		errand  meetings.Errand
		want    string
		keepers bool
	}{
		"shared out in time": {meetings.Errand{HeldOn: "2026-06-03"}, "", false},
		"with nobody":        {meetings.Errand{HeldOn: "2026-06-02", Due: "2026-12-01"}, "决议还没有分工", true},
		"without a date":     {meetings.Errand{HeldOn: "2026-06-02", Responsible: "a"}, "决议还没有分工", true},
		"far off":            {meetings.Errand{HeldOn: "2026-06-01", Responsible: "a", Due: "2026-06-18"}, "", false},
		"within a week":      {meetings.Errand{HeldOn: "2026-06-01", Responsible: "a", Due: "2026-06-17"}, "决议到期（2026-06-17）", false},
		"on the day":         {meetings.Errand{HeldOn: "2026-06-01", Responsible: "a", Due: "2026-06-10"}, "决议到期（2026-06-10）", false},
		"late":               {meetings.Errand{HeldOn: "2026-06-01", Responsible: "a", Due: "2026-06-09"}, "决议逾期没有反馈（2026-06-09）", true},
	} {
		if what, keepers := c.errand.Asked("2026-06-10"); what != c.want || keepers != c.keepers {
			t.Errorf("%s: got %q, %v", name, what, keepers)
		}
	}
}

func TestR_TOP_07_WhoMayReplaceWhat(t *testing.T) {
	t.Parallel()
	old := meetings.Decided{Org: "jd", Kind: "committee", HeldOn: "2026-03-01", Meeting: "filed", Major: "funds", State: "doing"}
	now := meetings.Decided{Org: "jd", Kind: "committee", HeldOn: "2026-06-01", Meeting: "held", Major: "funds"}
	for name, c := range map[string]struct {
		change func(old, now *meetings.Decided)
		want   string
	}{
		"the same again":    {func(*meetings.Decided, *meetings.Decided) {}, ""},
		"still open":        {func(old, _ *meetings.Decided) { old.Meeting = "recorded" }, "meetings_replaces"},
		"replaced already":  {func(old, _ *meetings.Decided) { old.State = "replaced" }, "meetings_replaces"},
		"another body":      {func(_, now *meetings.Decided) { now.Org = "zb1" }, "meetings_replaces"},
		"another meeting":   {func(_, now *meetings.Decided) { now.Kind = "branch_committee" }, "meetings_replaces"},
		"before it":         {func(_, now *meetings.Decided) { now.HeldOn = "2026-02-28" }, "meetings_replaces"},
		"as a small matter": {func(_, now *meetings.Decided) { now.Major = "" }, "meetings_replaces"},
		"as another matter": {func(_, now *meetings.Decided) { now.Major = "project" }, "meetings_replaces"},
		"of a small matter": {func(old, now *meetings.Decided) { old.Major, now.Major = "", "" }, ""},
	} {
		o, n := old, now
		c.change(&o, &n)
		apptest.Refused(t, name, meetings.CheckReplaces(o, n), c.want)
	}
}

func TestR_TOP_08_VersionsOfTheList(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ effective, latest, want string }{
		"the first, long ago": {"2020-01-01", "", ""},
		"the next, today":     {"2026-06-10", "2020-01-01", ""},
		"the next, later":     {"2026-07-01", "2020-01-01", ""},
		"in the past":         {"2026-06-09", "2020-01-01", "meetings_list_past"},
		"the same day":        {"2026-07-01", "2026-07-01", "meetings_list_order"},
		"no day":              {"2026-02-30", "", "meetings_date_unreal"},
	} {
		apptest.Refused(t, name, meetings.CheckVersion(c.effective, c.latest, "2026-06-10"), c.want)
	}
	apptest.Refused(t, "in force", meetings.CheckInForce("matters", "2026-06-10", "2026-06-10"), "meetings_list_in_force")
	apptest.Refused(t, "not yet", meetings.CheckInForce("matters", "2026-06-11", "2026-06-10"), "")
	apptest.Refused(t, "nothing changed", meetings.CheckInForce("", "2026-06-10", "2026-06-10"), "")
}
