package integrity_test

import (
	"testing"

	"yaodian/hooks/apptest"
	"yaodian/hooks/integrity"
)

func TestCheckTalk(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ talker, person, on, want string }{
		"planned":       {"a", "b", "", ""},
		"held today":    {"a", "b", "2026-06-10", ""},
		"held tomorrow": {"a", "b", "2026-06-11", "integrity_date_future"},
		"on no day":     {"a", "b", "2026-02-30", "integrity_date_future"},
		"with oneself":  {"a", "a", "2026-06-10", "integrity_same_person"},
	} {
		apptest.Refused(t, name, integrity.CheckTalk(c.talker, c.person, c.on, "2026-06-10"), c.want)
	}
}

// A case of our own has an alias, a public one its notice (14.17).
func TestCheckCase(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ source, state, notice, alias, want string }{
		"inner":                           {"inner", "draft", "", "甲某", ""},
		"inner without an alias":          {"inner", "draft", "", " ", "integrity_alias_missing"},
		"public, drafted":                 {"public", "draft", "", "", ""},
		"public, published":               {"public", "published", "中央纪委通报", "", ""},
		"public, published from nowhere ": {"public", "published", "", "甲某", "integrity_notice_missing"},
	} {
		apptest.Refused(t, name, integrity.CheckCase(c.source, c.state, c.notice, c.alias), c.want)
	}
}

// A month is closed with its three activities (14.16), a special campaign with
// its loopholes (14.17).
func TestCheckCampaign(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		integrity.Campaign
		want string
	}{
		"month, running":              {integrity.Campaign{Kind: "month"}, ""},
		"month, all three":            {integrity.Campaign{Kind: "month", Closed: true, Film: "1", Talk: "1", Discussion: "1"}, ""},
		"month without a film":        {integrity.Campaign{Kind: "month", Closed: true, Talk: "1", Discussion: "1"}, "integrity_month_incomplete"},
		"month without a talk":        {integrity.Campaign{Kind: "month", Closed: true, Film: "1", Discussion: "1"}, "integrity_month_incomplete"},
		"month without a discussion":  {integrity.Campaign{Kind: "month", Closed: true, Film: "1", Talk: "1"}, "integrity_month_incomplete"},
		"special about nothing":       {integrity.Campaign{Kind: "special"}, "integrity_topic_missing"},
		"special without loopholes":   {integrity.Campaign{Kind: "special", Topic: "gain", Closed: true}, "integrity_loopholes_missing"},
		"special with none, as found": {integrity.Campaign{Kind: "special", Topic: "gain", Closed: true, Loopholes: "无"}, ""},
	} {
		apptest.Refused(t, name, integrity.CheckCampaign(c.Campaign), c.want)
	}
	apptest.Refused(t, "as many", integrity.CheckSolved("fixed", 3, 3), "")
	apptest.Refused(t, "more", integrity.CheckSolved("fixed", 4, 3), "integrity_solved_more")
}

// A check is made by two people at least (14.18).
func TestCheckInspection(t *testing.T) {
	t.Parallel()
	two := []string{"a", "b"}
	apptest.Refused(t, "two", integrity.CheckInspection(two, "none", ""), "")
	apptest.Refused(t, "one", integrity.CheckInspection([]string{"a"}, "none", ""), "integrity_team_small")
	apptest.Refused(t, "one, twice", integrity.CheckInspection([]string{"a", "a"}, "none", ""), "integrity_team_small")
	apptest.Refused(t, "found something", integrity.CheckInspection(two, "found", "一次超标接待"), "")
	apptest.Refused(t, "found what?", integrity.CheckInspection(two, "found", " "), "integrity_problems")
	apptest.Refused(t, "found nothing, and yet", integrity.CheckInspection(two, "none", "一次超标接待"), "integrity_problems")
}
