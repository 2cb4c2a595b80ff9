package inspections

import (
	"testing"
)

// TestRINSP06Number: a handover's number can't hold a name, a telephone or an
// identity.
func TestRINSP06Number(t *testing.T) {
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

// TestRINSP11OnDuty: below 80 % is warned of from the end of October.
func TestRINSP11OnDuty(t *testing.T) {
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

// TestRINSP12Seconded: two to four are sent to the county.
func TestRINSP12Seconded(t *testing.T) {
	t.Parallel()
	for n, warned := range map[int]bool{0: true, 1: true, 2: false, 3: false, 4: false, 5: true} {
		if got := Seconded(n).Warning != ""; got != warned {
			t.Errorf("%d: Expected %v, got %v", n, warned, got)
		}
	}
}

// TestRINSP13Coverage: half by the middle of the year, all by the end.
func TestRINSP13Coverage(t *testing.T) {
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
	if got := RecusalSince("2026-06-01"); got != "2023-06-01" {
		t.Error(got)
	}
}
