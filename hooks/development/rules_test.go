package development_test

import (
	"testing"

	"yaodian/hooks/apptest"
	"yaodian/hooks/development"
)

const today = "2026-06-10"

func TestR_DEV_01_Eighteen(t *testing.T) {
	t.Parallel()
	apptest.Refused(t, "the day before", development.CheckAge("2008-02-29", "2026-02-27"), "development_under_age")
	apptest.Refused(t, "the day", development.CheckAge("2008-02-29", "2026-02-28"), "")
	apptest.Refused(t, "unknown", development.CheckAge("", "2026-02-28"), "development_birth_unknown")
}

func TestR_DEV_04_Guides(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		guides  []string
		able    int
		exactly bool
		want    string
	}{
		"one contact":       {[]string{"b"}, 1, false, ""},
		"oneself":           {[]string{"a", "b"}, 2, false, "development_guide_self"},
		"one isn't able":    {[]string{"b", "c"}, 1, false, "development_guide_unable"},
		"one sponsor":       {[]string{"b"}, 1, true, "development_sponsors"},
		"two sponsors":      {[]string{"b", "c"}, 2, true, ""},
		"a sponsor who can": {[]string{"b", "c"}, 0, true, "development_guide_unable"},
	} {
		apptest.Refused(t, name, development.CheckGuides("sponsors", "a", c.guides, c.able, c.exactly), c.want)
	}
	apptest.Refused(t, "no contact", development.Case{}.CheckDone(development.Step{Number: development.Contacts, On: today}, today), "development_contacts")
	apptest.Refused(t, "no sponsors", development.Case{Sponsors: 1}.CheckDone(development.Step{Number: development.Sponsors, On: today}, today), "development_sponsors")
}

// check asks a step of a case that has everything but what the test takes away.
func check(t *testing.T, name string, c development.Case, s development.Step, want string) {
	t.Helper()
	apptest.Refused(t, name, c.CheckDone(s, "2030-01-01"), want)
}

func TestR_DEV_02_Talk(t *testing.T) {
	t.Parallel()
	c := development.Case{Applied: "2022-01-31"}
	check(t, "in time", c, development.Step{Number: development.Talk, On: "2022-02-28"}, "")
	check(t, "late", c, development.Step{Number: development.Talk, On: "2022-03-01"}, "development_late")
	check(t, "late, with a word", c, development.Step{Number: development.Talk, On: "2022-03-01", LateNote: "本人外出"}, "")
}

func TestR_DEV_03_ActivistAfterTalk(t *testing.T) {
	t.Parallel()
	c := development.Case{Talked: "2022-02-10"}
	check(t, "the same day", c, development.Step{Number: development.Activist, On: "2022-02-10"}, "development_before_talk")
	check(t, "the day after", c, development.Step{Number: development.Activist, On: "2022-02-11"}, "")
}

func TestR_DEV_06_AYearAsActivist(t *testing.T) {
	t.Parallel()
	c := development.Case{Activist: "2021-03-01"}
	check(t, "a day early", c, development.Step{Number: development.Object, On: "2022-02-28"}, "development_early")
	check(t, "a year", c, development.Step{Number: development.Object, On: "2022-03-01"}, "")
	c.Carried = "2020-09-01"
	check(t, "with the time before", c, development.Step{Number: development.Object, On: "2021-09-01"}, "")
}

func TestR_DEV_07_Notice(t *testing.T) {
	t.Parallel()
	check(t, "open", development.Case{}, development.Step{Number: development.Register, On: "2022-03-01"}, "development_notice")
	check(t, "clear", development.Case{Clear: true}, development.Step{Number: development.Register, On: "2022-03-01"}, "")
}

func TestR_DEV_08_ReviewAndTraining(t *testing.T) {
	t.Parallel()
	check(t, "no conclusion", development.Case{}, development.Step{Number: development.Review, On: "2022-03-01"}, "development_conclusion")
	check(t, "failed", development.Case{}, development.Step{Number: development.Review, On: "2022-03-01", Conclusion: "failed"}, "development_failed")
	check(t, "passed", development.Case{}, development.Step{Number: development.Review, On: "2022-03-01", Conclusion: "passed"}, "")
	train := development.Step{Number: development.Train, On: "2022-03-01", Days: 2, Hours: 23}
	check(t, "too short", development.Case{}, train, "development_training")
	train.Hours = 24
	check(t, "24 hours", development.Case{}, train, "")
	check(t, "three days", development.Case{}, development.Step{Number: development.Train, On: "2022-03-01", Days: 3}, "")
	check(t, "approved without", development.Case{}, development.Step{Number: development.Train, On: "2022-03-01", Document: "清工委〔2022〕3号"}, "")
}

// assembly is one that passes in every respect.
var assembly = development.Step{Number: development.Assembly, On: "2022-05-20", Conclusion: "passed", Document: "甲", Should: 16, Present: 9, Yes: 9}

func TestR_DEV_09_AssemblyWithinAMonth(t *testing.T) {
	t.Parallel()
	c := development.Case{Previewed: "2022-04-29", Clear: true}
	s := assembly
	s.On = "2022-05-29"
	check(t, "a month", c, s, "")
	s.On = "2022-05-30"
	check(t, "a day more", c, s, "development_late")
}

func TestR_DEV_10_Votes(t *testing.T) {
	t.Parallel()
	for name, v := range map[string]struct {
		should, present, yes int
		want                 string
	}{
		"9 of 16": {16, 9, 9, ""}, "8 of 16 came": {16, 8, 8, "development_quorum"}, "8 of 16 for": {16, 9, 8, "development_not_passed"},
		"8 of 15": {15, 8, 8, ""}, "7 of 15": {15, 8, 7, "development_not_passed"}, "with written votes": {16, 9, 10, ""}, "too many": {16, 17, 9, "development_votes"},
	} {
		s := assembly
		s.Should, s.Present, s.Yes = v.should, v.present, v.yes
		check(t, name, development.Case{Clear: true}, s, v.want)
	}
}

func TestR_DEV_11_Approval(t *testing.T) {
	t.Parallel()
	c := development.Case{Passed: "2022-05-20"}
	s := development.Step{Number: development.Approval, On: "2022-08-20", Conclusion: "passed", Document: "甲"}
	check(t, "three months", c, s, "")
	s.On = "2022-08-21"
	check(t, "more", c, s, "development_late")
	s.LateNote = "等待函调"
	check(t, "more, with a word", c, s, "")
	s.On = "2022-11-20"
	check(t, "six months", c, s, "")
	s.On = "2022-11-21"
	check(t, "more than six", c, s, "development_too_late")
}

func TestR_DEV_13_Extension(t *testing.T) {
	t.Parallel()
	s := development.Step{Number: development.Approval2, On: "2023-06-01", Conclusion: "extended", Document: "甲", Months: 6}
	check(t, "half a year", development.Case{}, s, "")
	check(t, "twice", development.Case{Extended: 6}, s, "development_extended_twice")
	s.Months = 5
	check(t, "five months", development.Case{}, s, "development_months")
	s.Months = 13
	check(t, "thirteen months", development.Case{}, s, "development_months")
	request := development.Step{Number: development.Request, On: "2023-05-20"}
	check(t, "the probation is over", development.Case{Passed: "2022-05-20"}, request, "")
	check(t, "extended", development.Case{Passed: "2022-05-20", Extended: 6}, request, "development_early")
	request.On = "2023-11-20"
	check(t, "that is over, too", development.Case{Passed: "2022-05-20", Extended: 6}, request, "")
}

func TestR_DEV_14_Documents(t *testing.T) {
	t.Parallel()
	s := assembly
	s.Document = ""
	check(t, "no resolution", development.Case{Clear: true}, s, "development_document")
}

func TestR_DEV_15_Places(t *testing.T) {
	t.Parallel()
	s := development.Step{Number: development.Preview, On: "2022-04-29", Conclusion: "passed", Document: "甲"}
	check(t, "none left", development.Case{}, s, "development_no_place")
	check(t, "one left", development.Case{Places: 1}, s, "")
	apptest.Refused(t, "allotted too many", development.CheckAllotted(10, 11), "development_over_allotted")
	apptest.Refused(t, "all allotted", development.CheckAllotted(10, 10), "")
	apptest.Refused(t, "added by nobody", development.CheckExtra(1, ""), "development_extra")
}

func TestOrder(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		last, step int
		want       string
	}{
		"the first": {0, 1, ""}, "the next": {4, 5, ""}, "skipped": {4, 6, "development_order"}, "again": {4, 4, "development_order"}, "observed again": {6, 6, ""},
	} {
		apptest.Refused(t, name, development.Case{Last: c.last}.CheckNext(c.step), c.want)
	}
	for last, want := range map[int]string{0: "applicant", 2: "applicant", 3: "activist", 7: "activist", 8: "object", 16: "object", 17: "probationary", 23: "probationary", 24: "member"} {
		if got := development.StageOf(last); got != want {
			t.Errorf("step %d: Expected %s, got %s", last, want, got)
		}
	}
	apptest.Refused(t, "done early", development.CheckDoneCase("done", 24), "development_unfinished")
	apptest.Refused(t, "done", development.CheckDoneCase("done", 25), "")
}

// The days of domain.md 2.10 (R-DEV-02, 05, 09, 11, 12, 17).
// progress is a case whose reminder begins on a day and names another.
type progress struct {
	p        development.Progress
	from, on string
}

// remindedOf tests that a reminder begins on its day and not before.
func remindedOf(t *testing.T, cases ...progress) {
	t.Helper()
	for _, c := range cases {
		if _, due := c.p.Due(before(c.from)); due {
			t.Errorf("%+v: Expected nothing before %s", c.p, c.from)
		}
		if r, due := c.p.Due(c.from); !due || r.On != c.on {
			t.Errorf("%+v: Expected %s, got %q", c.p, c.on, r.On)
		}
	}
}

func TestR_DEV_02_TalkIsDue(t *testing.T) {
	t.Parallel()
	remindedOf(t, progress{development.Progress{Step: 1, Applied: "2022-01-31"}, "2022-02-21", "2022-02-28"})
}

func TestR_DEV_05_Observation(t *testing.T) {
	t.Parallel()
	remindedOf(t, progress{development.Progress{Step: 6, Activist: "2021-03-01", Observed: "2021-09-01"}, "2022-02-22", "2022-03-01"})
}

func TestR_DEV_09_AssemblyIsDue(t *testing.T) {
	t.Parallel()
	remindedOf(t, progress{development.Progress{Step: 13, Previewed: "2022-04-29"}, "2022-05-22", "2022-05-29"})
}

func TestR_DEV_11_ApprovalIsDue(t *testing.T) {
	t.Parallel()
	remindedOf(t, progress{development.Progress{Step: 16, Passed: "2022-05-20"}, "2022-08-06", "2022-08-20"})
}

// A month before the probation ends, an extended one included, the person hears
// of it, too.
func TestR_DEV_12_ProbationEnds(t *testing.T) {
	t.Parallel()
	usual := development.Progress{Step: 21, Passed: "2022-05-20"}
	remindedOf(t, progress{usual, "2023-04-20", "2023-05-20"},
		progress{development.Progress{Step: 21, Passed: "2022-05-20", Extended: 6}, "2023-10-21", "2023-11-20"})
	if r, _ := usual.Due("2023-04-20"); !r.Self {
		t.Error("Expected the person to hear of it")
	}
	if _, due := (development.Progress{Step: 22, Passed: "2022-05-20"}).Due("2023-05-20"); due {
		t.Error("Expected nothing once they have asked")
	}
}

// Papers are filed within a week of the approval, and the branch is reminded
// until they are.
func TestR_DEV_17_Archive(t *testing.T) {
	t.Parallel()
	remindedOf(t, progress{development.Progress{Step: 24, Approved2: "2023-06-01"}, "2023-06-01", "2023-06-08"})
	if r, _ := (development.Progress{Step: 24, Approved2: "2023-06-01"}).Due("2023-06-01"); r.Self {
		t.Error("Expected only the branch to hear of it")
	}
	if _, due := (development.Progress{Step: 25, Approved2: "2023-06-01"}).Due("2023-06-09"); due {
		t.Error("Expected nothing once they are filed")
	}
}

// Relatives are asked for as the steps come; what lacks and what is yes is
// warned of, and a yes has its reason.
func TestR_DEV_16_Relatives(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		kin          development.Kin
		step         int
		missing, yes string
	}{
		"applied":             {development.Kin{}, 1, "", ""},
		"talked":              {development.Kin{}, 2, "谈话人", ""},
		"answered":            {development.Kin{Talk: "none"}, 4, "", ""},
		"guided":              {development.Kin{Talk: "none"}, 5, "联系人和介绍人", ""},
		"everything lacks":    {development.Kin{}, 16, "谈话人、联系人和介绍人、政审人、上级谈话人", ""},
		"examined by a niece": {development.Kin{Talk: "none", Contacts: "none", Review: "kin"}, 10, "", "政审人"},
		"said in advance":     {development.Kin{Review: "kin"}, 1, "", "政审人"},
	} {
		if missing, yes := c.kin.Asked(c.step); missing != c.missing || yes != c.yes {
			t.Errorf("%s: got %q, %q", name, missing, yes)
		}
	}
	for i, k := range []development.Kin{{Talk: "kin"}, {Contacts: "kin"}, {Review: "kin"}, {Above: "kin"}} {
		apptest.Refused(t, "without a reason", development.CheckKin(k, " "), "development_kin")
		apptest.Refused(t, "with a reason", development.CheckKin(k, "支部只有三名正式党员"), "")
		if i == 0 {
			apptest.Refused(t, "no relatives", development.CheckKin(development.Kin{Talk: "none"}, ""), "")
		}
	}
}
