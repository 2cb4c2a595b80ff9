package inspections

import (
	"testing"
)

// TestR_INSP_06_Number: a handover's number can't hold a name, a telephone or an
// identity.
func TestR_INSP_06_Number(t *testing.T) {
	t.Parallel()
	for s, ok := range map[string]bool{
		"巡移〔2026〕3号": true, "XY-2026-003": true, "第12号": true,
		"": false, "张三举报": false, "15400010001": false, "巡移13900001": false, "11010519491231002X": false, "3号 来信": false,
	} {
		if got := CheckNumber(s) == nil; got != ok {
			t.Errorf("%q: Expected %v, got %v", s, ok, got)
		}
	}
}

// TestR_INSP_11_OnDuty: below 80 % is warned of from the end of October.
func TestR_INSP_11_OnDuty(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		present, expected int
		day               string
		mille             int
		warned            bool
	}{
		{8, 10, "2026-12-31", 800, false},
		{79, 100, "2026-12-31", 790, true},
		{7, 10, "2026-10-31", 700, true},
		{7, 10, "2026-10-30", 700, false},
		{0, 0, "2026-12-31", 0, false},
		{0, 3, "2026-11-30", 0, true},
	} {
		f := OnDuty(c.present, c.expected, c.day)
		if f.PerMille() != c.mille || (f.Warning != "") != c.warned || f.Formula == "" {
			t.Errorf("%+v: got %d %q", c, f.PerMille(), f.Warning)
		}
	}
}

// TestR_INSP_12_Seconded: two to four are sent to the county.
func TestR_INSP_12_Seconded(t *testing.T) {
	t.Parallel()
	for n, warned := range map[int]bool{0: true, 1: true, 2: false, 3: false, 4: false, 5: true} {
		if got := Seconded(n).Warning != ""; got != warned {
			t.Errorf("%d: Expected %v, got %v", n, warned, got)
		}
	}
}

// TestR_INSP_13_Coverage: half by the middle of the year, all by the end.
func TestR_INSP_13_Coverage(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		done   int
		day    string
		warned bool
	}{
		{0, "2026-06-29", false}, {2, "2026-06-30", true}, {3, "2026-06-30", false}, {5, "2026-12-30", false}, {5, "2026-12-31", true}, {6, "2026-12-31", false},
	} {
		if f := Coverage(c.done, 6, c.day); (f.Warning != "") != c.warned || f.PerMille() != c.done*1000/6 {
			t.Errorf("%+v: got %d %q", c, f.PerMille(), f.Warning)
		}
	}
}

func TestRecusalSince(t *testing.T) {
	t.Parallel()
	if got := RecusalSince("2026-06-01", 3); got != "2023-06-01" {
		t.Error(got)
	}
}

func TestR_INSP_07_PlanAndReport(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		work  Work
		today string
		title string
		who   Urgency
	}{
		"no feedback yet":     {Work{Unplanned: 1}, "2026-06-10", "", Quiet},
		"thirty days":         {Work{Feedback: "2026-01-31", Unplanned: 1}, "2026-03-02", "", Quiet},
		"the day after":       {Work{Feedback: "2026-01-31", Unplanned: 1}, "2026-03-03", "整改方案逾期", Unit},
		"a week after":        {Work{Feedback: "2026-01-31", Unplanned: 1}, "2026-03-09", "整改方案逾期", Unit},
		"more than a week":    {Work{Feedback: "2026-01-31", Unplanned: 1}, "2026-03-10", "整改方案逾期，提请督办", Above},
		"all planned":         {Work{Feedback: "2026-01-31", Unhanded: 1}, "2026-03-10", "", Quiet},
		"no report":           {Work{Feedback: "2026-01-31", Unhanded: 1}, "2026-04-01", "整改报告逾期", Unit},
		"no plan, no report":  {Work{Feedback: "2026-01-31", Unhanded: 1, Unplanned: 1}, "2026-04-08", "整改报告逾期，提请督办", Above},
		"everything in order": {Work{Feedback: "2026-01-31", All: 3, Closed: 3}, "2026-06-10", "", Quiet},
	} {
		if title, _, who := c.work.Late(DefaultTerms, c.today); title != c.title || who != c.who {
			t.Errorf("%s: Expected %q to %d, got %q to %d", name, c.title, c.who, title, who)
		}
	}
}

func TestR_INSP_08_Talk(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		work  Work
		today string
		want  bool
	}{
		"thirty days late":    {Work{Feedback: "2026-03-01", All: 4, Closed: 3, Due: "2026-05-01"}, "2026-05-31", false},
		"thirty-one":          {Work{Feedback: "2026-03-01", All: 4, Closed: 3, Due: "2026-05-01"}, "2026-06-01", true},
		"few closed, early":   {Work{Feedback: "2026-03-01", All: 4, Closed: 1, Due: "2026-12-01"}, "2026-06-01", false},
		"few closed":          {Work{Feedback: "2026-03-01", All: 4, Closed: 3, Due: "2026-12-01"}, "2026-06-02", true},
		"nineteen of twenty":  {Work{Feedback: "2026-03-01", All: 20, Closed: 19, Due: "2026-12-01"}, "2026-06-02", false},
		"eighteen of twenty":  {Work{Feedback: "2026-03-01", All: 20, Closed: 18, Due: "2026-12-01"}, "2026-06-02", true},
		"nothing to be fixed": {Work{Feedback: "2026-03-01"}, "2026-06-02", false},
	} {
		if why, got := c.work.Talk(DefaultTerms, c.today); got != c.want {
			t.Errorf("%s: Expected %t, got %t %s", name, c.want, got, why)
		}
	}
}

// The terms of an organization hold for it and for all below it that have none
// of their own, and change what is late (R-INSP-07, R-INSP-08).
func TestTerms(t *testing.T) {
	t.Parallel()
	own := Terms{PlanDays: 15, ReportMonths: 1, FocusMonths: 6, Rate: 100, OverdueDays: 10, RecusalYears: 5}
	local := localTerms{"/jd/": {PlanDays: 20}, "/jd/zb1/": own}
	for path, want := range map[string]Terms{"/jd/zb1/xz1/": own, "/jd/zb1/": own, "/jd/zb2/": {PlanDays: 20}, "/sj/": DefaultTerms} {
		if got := local.At(path); got != want {
			t.Errorf("%s: got %+v", path, got)
		}
	}
	w := Work{Feedback: "2026-03-01", All: 20, Closed: 19, Unplanned: 1, Due: "2026-05-01"}
	if _, _, who := w.Late(own, "2026-03-17"); who != Unit {
		t.Errorf("Expected fifteen days for the plan, got %d", who)
	}
	if _, got := w.Talk(own, "2026-05-12"); !got {
		t.Error("Expected ten days to be too many")
	}
	w.Due = "2026-12-01"
	if _, got := w.Talk(own, "2026-09-01"); got {
		t.Error("Expected nothing within six months")
	}
	if _, got := w.Talk(own, "2026-09-02"); !got {
		t.Error("Expected all of them to be asked for")
	}
}

// R-INSP-09: whoever takes up again what turned out not to be done, or to be
// feigned, first writes down what the second look found.
func TestR_INSP_09_SecondLookIsWrittenDown(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from, to, lookback string
		ok                 bool
	}{
		{"reopened", "doing", " ", false}, {"faked", "doing", "", false},
		{"reopened", "doing", "记录是后补的", true}, {"faked", "doing", "记录是后补的", true},
		{"faked", "faked", "", true}, {"planned", "doing", "", true},
	} {
		if got := CheckAgain(c.from, c.to, c.lookback) == nil; got != c.ok {
			t.Errorf("%+v: got %v", c, got)
		}
	}
}
