package rule_test

import (
	"math/rand/v2"
	"testing"

	"yaodian/hooks/apptest"
	"yaodian/hooks/points/rule"
)

var rules = map[string]rule.Rule{
	"study":  {ID: "study", No: "A01", Subject: "study", Category: "study", Value: 20, Cap: 120, CapPer: "year"},
	"month":  {ID: "month", No: "A02", Subject: "visit", Category: "help", Value: 20, Cap: 40, CapPer: "month"},
	"season": {ID: "season", No: "A03", Subject: "visit", Category: "help", Value: 10, Cap: 50, CapPer: "quarter"},
	"free":   {ID: "free", No: "A04", Subject: "volunteer", Category: "volunteer", Value: 10},
	"absent": {ID: "absent", No: "C01", Subject: "absence", Category: "deduction", Value: -20},
}

var scheme = rule.Scheme{Base: 600, Cap: 400, Caps: map[string]rule.Tenths{"help": 80, "volunteer": 300}, Bands: rule.Standard.Bands}

func times(n int, id, month string, points rule.Tenths) []rule.Line {
	out := make([]rule.Line, n)
	for i := range out {
		out[i] = rule.Line{Rule: id, Month: month, Points: points}
	}
	return out
}

// R-PTS-01: every item ends at its cap, in its stretch of time, in its category
// and in the year; nothing falls below 0 (domain.md appendix B).
func TestR_PTS_01_Caps(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		lines []rule.Line
		added rule.Tenths
		total rule.Tenths
	}{
		"nothing":                      {nil, 0, 600},
		"fifteen times study":          {times(15, "study", "2026-03", 20), 120, 720},
		"a month":                      {times(3, "month", "2026-03", 20), 40, 640},
		"two months":                   {append(times(3, "month", "2026-03", 20), times(3, "month", "2026-04", 20)...), 80, 680},
		"three months, the category":   {append(times(3, "month", "2026-03", 20), append(times(3, "month", "2026-04", 20), times(3, "month", "2026-05", 20)...)...), 80, 680},
		"a quarter":                    {append(times(4, "season", "2026-01", 10), times(4, "season", "2026-03", 10)...), 50, 650},
		"the category of volunteers":   {times(50, "free", "2026-03", 10), 300, 900},
		"the year":                     {append(times(50, "free", "2026-03", 10), append(times(15, "study", "2026-03", 20), times(9, "month", "2026-03", 20)...)...), 400, 1000},
		"ten absences and -50 at once": {append(times(10, "absent", "2026-03", -20), rule.Line{Rule: "absent", Month: "2026-03", Points: -500}), 0, 0},
		"a reversal":                   {append(times(7, "study", "2026-03", 20), rule.Line{Rule: "study", Month: "2026-03", Points: -20}), 120, 720},
		"reversals below the cap":      {append(times(7, "study", "2026-03", 20), rule.Line{Rule: "study", Month: "2026-03", Points: -60}), 80, 680},
	} {
		got := scheme.Tally(rules, c.lines)
		if got.Added != c.added || got.Points != c.total {
			t.Errorf("%s: Expected %s and %s, got %+v", name, c.added, c.total, got)
		}
	}
}

// What each line counts for adds up to the total, whatever came first.
func TestAllotAddsUp(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // a test repeats itself
	ids, months := []string{"study", "month", "season", "free", "absent"}, []string{"2026-01", "2026-03", "2026-04", "2026-12"}
	for range 500 {
		lines := make([]rule.Line, r.IntN(60))
		for i := range lines {
			id := ids[r.IntN(len(ids))]
			lines[i] = rule.Line{Rule: id, Month: months[r.IntN(len(months))], Points: rules[id].Value * rule.Tenths(1+r.IntN(4))}
		}
		total := scheme.Tally(rules, lines)
		sum := rule.Tenths(0)
		for _, n := range scheme.Allot(rules, lines) {
			sum += n
		}
		if want := total.Added - total.Off; sum != want {
			t.Fatalf("Expected %s, got %s for %v", want, sum, lines)
		}
		r.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
		if again := scheme.Tally(rules, lines); again.Points != total.Points {
			t.Fatalf("the order changed %s to %s", total.Points, again.Points)
		}
	}
}

// R-PTS-02: of all that an activity could give, it gives what is worth most.
func TestR_PTS_02_Choose(t *testing.T) {
	t.Parallel()
	award := func(no string, points rule.Tenths) rule.Award {
		return rule.Award{Rule: rule.Rule{No: no}, Points: points}
	}
	for name, c := range map[string]struct {
		of   []rule.Award
		want string
	}{
		"one": {[]rule.Award{award("A", 20)}, "A"}, "the most": {[]rule.Award{award("A", 20), award("B", 30)}, "B"},
		"of equals the lower number": {[]rule.Award{award("B", 20), award("A", 20)}, "A"}, "rather more than less": {[]rule.Award{award("A", -20), award("B", 10)}, "B"},
	} {
		if got, ok := rule.Choose(c.of); !ok || got.Rule.No != c.want {
			t.Errorf("%s: Expected %s, got %+v", name, c.want, got)
		}
	}
	if _, ok := rule.Choose(nil); ok {
		t.Error("nothing was chosen from nothing")
	}
}

// R-PTS-03: absences of the old, weak, ill and disabled take nothing off, of
// whoever has turned seventy without anybody's saying so (R-ORG-05).
func TestR_PTS_03_Spared(t *testing.T) {
	t.Parallel()
	life := rule.Life{Birth: "1956-06-10", Statuses: []rule.Status{{Since: "2020-01-01", Kind: "member", State: "active", Path: "/jd/zb1/"}}}
	absence := rules["absent"]
	for day, want := range map[string]bool{"2026-06-09": true, "2026-06-10": false, "2027-01-01": false} {
		if got := absence.Touches(life.On(day)); got != want {
			t.Errorf("%s: Expected %v", day, want)
		}
	}
	placed := rule.Life{Statuses: life.Statuses, Placings: []rule.Placing{{Category: "special", Since: "2026-03-01", Until: "2026-05-01"}, {Category: "flow", Since: "2026-05-01"}}}
	for day, want := range map[string]bool{"2026-02-28": true, "2026-03-01": false, "2026-04-30": false, "2026-05-01": true} {
		if got := absence.Touches(placed.On(day)); got != want {
			t.Errorf("placed, %s: Expected %v", day, want)
		}
	}
	study := rules["study"]
	study.Spared = []string{"flow"}
	if study.Touches(placed.On("2026-05-01")) || !study.Touches(placed.On("2026-04-01")) {
		t.Error("a rule touches whom it spares")
	}
}

// Only members take part, where they belonged on the day.
func TestStanding(t *testing.T) {
	t.Parallel()
	life := rule.Life{Statuses: []rule.Status{
		{Since: "2026-02-01", Kind: "probationary", State: "active", Path: "/jd/zb1/"}, {Since: "2026-04-01", Kind: "member", State: "active", Path: "/jd/zb2/"},
		{Since: "2026-05-01", Kind: "member", State: "left", Path: "/jd/zb2/"},
	}}
	trial := rules["study"]
	trial.Units = []string{"/jd/zb1/"}
	for _, c := range []struct {
		day        string
		takes, try bool
	}{{"2026-01-01", true, true}, {"2026-03-31", true, true}, {"2026-04-01", true, false}, {"2026-05-01", false, false}} {
		s := life.On(c.day)
		if rules["study"].Touches(s) != c.takes || trial.Touches(s) != c.try {
			t.Errorf("%s: got %+v", c.day, s)
		}
	}
	if (rule.Life{}).On("2026-01-01").Takes {
		t.Error("somebody unknown takes part")
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	good := rule.Rule{No: "A01", Title: "参加学习", Subject: "study", Category: "study", Value: 20, Cap: 120, CapPer: "year", Since: "2026-01-01"}
	for name, c := range map[string]struct {
		change func(*rule.Rule)
		code   string
	}{
		"good":                  {func(*rule.Rule) {}, ""},
		"unknown subject":       {func(r *rule.Rule) { r.Subject = "login" }, "points_subject_unknown"},
		"no value":              {func(r *rule.Rule) { r.Value = 0 }, "points_value_missing"},
		"takes where it gives":  {func(r *rule.Rule) { r.Value = -20; r.Category = "deduction" }, "points_value_sign"},
		"gives where it takes":  {func(r *rule.Rule) { r.Subject = "absence" }, "points_value_sign"},
		"wrong category":        {func(r *rule.Rule) { r.Category = "deduction" }, "points_category_sign"},
		"negative cap":          {func(r *rule.Rule) { r.Cap = -1 }, "points_cap_negative"},
		"cap below the value":   {func(r *rule.Rule) { r.Cap = 10 }, "points_cap_small"},
		"cap of no time":        {func(r *rule.Rule) { r.CapPer = "" }, "points_cap_per_missing"},
		"unit without a claim":  {func(r *rule.Rule) { r.Unit = "小时" }, "points_unit_automatic"},
		"condition on a claim":  {func(r *rule.Rule) { r.Subject, r.Condition = "pledge", "quantity > 1" }, "points_condition_manual"},
		"forbidden by its name": {func(r *rule.Rule) { r.Subject, r.Title = "pledge", "转发公众号文章" }, "points_forbidden"},
	} {
		r := good
		c.change(&r)
		apptest.Refused(t, name, r.Check(), c.code)
	}
	for name, c := range map[string]struct{ since, until, code string }{
		"open": {"2026-01-01", "", ""}, "unreal": {"2026-02-30", "", "points_date_unreal"}, "reversed": {"2026-02-01", "2026-01-01", "points_until_early"},
	} {
		r := good
		r.Since, r.Until = c.since, c.until
		apptest.Refused(t, name, r.CheckDates(), c.code)
	}
	apptest.Refused(t, "without a document", good.CheckActivation("", "2026-06-10"), "points_document_missing")
	apptest.Refused(t, "for last year", good.CheckActivation("1号", "2027-06-10"), "points_since_past")
	apptest.Refused(t, "for this year", good.CheckActivation("1号", "2026-06-10"), "")
}

// A condition speaks of a record and what it goes with: not of people, the day,
// other records or functions.
func TestFields(t *testing.T) {
	t.Parallel()
	attendance, _ := rule.SubjectOf("attendance")
	visit, _ := rule.SubjectOf("visit")
	for text, code := range map[string]string{
		``: "", `status = "present"`: "", `meeting.kind = "theme_day" || (meeting.kind = "party_lecture" && made_up_on = "")`: "", `status:lower = "present"`: "",
		`person.ethnicity = "汉族"`: "points_condition_outside", `meeting.host.name = "甲"`: "points_condition_outside", `@now > created`: "points_condition_outside",
		`@collection.people.kind = "member"`: "points_condition_outside", `@request.auth.id != ""`: "points_condition_outside", `strftime("%Y", created) = "2026"`: "points_condition_outside",
		`status = `: "condition_wrong",
	} {
		_, err := attendance.Fields(text)
		apptest.Refused(t, text, err, code)
	}
	_, err := visit.Fields(`pair.alias = "甲"`)
	apptest.Refused(t, "of something else", err, "points_condition_outside")
}

func TestQuarters(t *testing.T) {
	t.Parallel()
	for day, want := range map[string][3]string{
		"2026-01-01": {"2026-Q1", "2026-03-31", "2025-Q4"}, "2026-03-31": {"2026-Q1", "2026-03-31", "2025-Q4"}, "2026-04-01": {"2026-Q2", "2026-06-30", "2026-Q1"}, "2026-12-31": {"2026-Q4", "2026-12-31", "2026-Q3"},
	} {
		q := rule.QuarterOf(day)
		if q != want[0] || rule.QuarterEnd(q) != want[1] || rule.QuarterBefore(q) != want[2] {
			t.Errorf("%s: got %s %s %s", day, q, rule.QuarterEnd(q), rule.QuarterBefore(q))
		}
	}
	if rule.NextMonth("2026-12") != "2027-01" {
		t.Error(rule.NextMonth("2026-12"))
	}
}

func TestTenths(t *testing.T) {
	t.Parallel()
	for n, want := range map[rule.Tenths]string{0: "0", 5: "0.5", 20: "2", -15: "-1.5", 601: "60.1"} {
		if got := n.String(); got != want {
			t.Errorf("Expected %s, got %s", want, got)
		}
	}
}
