package org_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"yaodian/hooks/apptest"
	"yaodian/hooks/org"
)

func TestCheckPlace(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, above, before, want string }{
		{"at the top", "/", "", ""},
		{"a new unit", "/jd/", "", ""},
		{"stays", "/jd/", "/jd/zb1/", ""},
		{"to another parent", "/wd/", "/jd/zb1/", ""},
		{"beside a unit whose code begins alike", "/jd/zb10/", "/jd/zb1/", ""},
		{"below itself", "/jd/zb1/", "/jd/zb1/", "org_unit_cycle"},
		{"below its grandchild", "/jd/zb1/a/b/", "/jd/zb1/", "org_unit_cycle"},
		{"the lowest level", strings.Repeat("/a", org.MaxDepth-1) + "/", "", ""},
		{"a level below it", strings.Repeat("/a", org.MaxDepth) + "/", "", "org_unit_too_deep"},
	} {
		apptest.Refused(t, c.name, org.CheckPlace(c.above, c.before, "zb1"), c.want)
	}
}

func TestCheckPeriod(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ since, until, want string }{
		{"", "", ""},
		{"2026-03-01", "", ""},
		{"", "2026-03-01", ""},
		{"2026-03-01", "2026-03-01", ""}, // entered by mistake: never in office
		{"2026-03-01", "2026-02-28", "org_period_reversed"},
		{"2026-02-29", "", "org_date_unreal"},
		{"2024-02-29", "", ""},
		{"2026-03-01", "2026-13-01", "org_date_unreal"},
		{"2026-3-1", "", "org_date_unreal"},
	} {
		apptest.Refused(t, c.since+" to "+c.until, org.CheckPeriod("until", c.since, c.until), c.want)
	}
}

func TestCheckSingle(t *testing.T) {
	t.Parallel()
	apptest.Refused(t, "nobody", org.CheckSingle("书记", "", ""), "")
	err := org.CheckSingle("书记", "高书记", "2020-01-01")
	apptest.Refused(t, "somebody", err, "org_post_overlap")
	if want := "高书记自2020年1月1日起在任书记，任期重叠；请先给原任职填写截止日期。"; !strings.Contains(err.Error(), want) {
		t.Errorf("Expected %q, got %q", want, err)
	}
}

func TestCheckSlots(t *testing.T) {
	t.Parallel()
	apptest.Refused(t, "as many as there are", org.CheckSlots(make([]org.Range, org.Slots)), "")
	apptest.Refused(t, "one more", org.CheckSlots(make([]org.Range, org.Slots+1)), "org_reach_too_wide")
}

func TestImplied(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ powers, want []string }{
		{nil, nil},
		{[]string{"plan"}, []string{"plan"}},
		{[]string{"plan.edit"}, []string{"plan", "plan.edit"}},
		{[]string{"plan.edit", "plan", "plan.accept"}, []string{"plan", "plan.accept", "plan.edit"}},
		{[]string{"org", "people.edit"}, []string{"org", "people", "people.edit"}},
	} {
		if got := org.Implied(c.powers); !slices.Equal(got, c.want) {
			t.Errorf("%q: Expected %q, got %q", c.powers, c.want, got)
		}
	}
}

// Whoever belongs to /jd/zb1/ belongs to exactly it and what is above.
func TestChain(t *testing.T) {
	t.Parallel()
	chain := org.Chain("/jd/zb1/")
	if len(chain) != 2 || chain[0].Lo != "/jd/" || chain[1].Lo != "/jd/zb1/" {
		t.Fatalf("got %v", chain)
	}
	for path, want := range map[string]bool{
		"/jd/": true, "/jd/zb1/": true,
		"": false, "/": false, "/jd/zb1/xz1/": false, "/jd/zb10/": false, "/jd/zb2/": false, "/jd0/": false, "/wd/": false,
	} {
		if got := covered(chain, path, "2026-06-10"); got != want {
			t.Errorf("%q: Expected %v, got %v", path, want, got)
		}
	}
}

func TestUpper(t *testing.T) {
	t.Parallel()
	reach := []org.Range{{Lo: "/jd/zb1/", Hi: org.Upper("/jd/zb1/"), Since: "2020-01-01", Until: "9999-12-31"}}
	for path, want := range map[string]bool{
		"/jd/zb1/": true, "/jd/zb1/xz1/": true, "/jd/zb1/zzzzzzzzzzzz/": true, "/jd/zb1/0/": true,
		"": false, "/jd/": false, "/jd/zb1": false, "/jd/zb10/": false, "/jd/zb2/": false, "/jd/zb/": false,
	} {
		if got := covered(reach, path, "2026-06-10"); got != want {
			t.Errorf("%q: Expected %v, got %v", path, want, got)
		}
	}
}

// Two periods overlap exactly if there is a day in both.
func TestOverlapIsASharedDay(t *testing.T) {
	t.Parallel()
	days := days(1, 6)
	ends := append(slices.Clone(days), "")
	for _, s1 := range days {
		for _, u1 := range ends {
			for _, s2 := range days {
				for _, u2 := range ends {
					shared := slices.ContainsFunc(append(days, "2026-12-31"), func(d string) bool { return in(d, s1, u1) && in(d, s2, u2) })
					if got := org.Overlap(s1, u1, s2, u2); got != shared {
						t.Fatalf("[%s,%s) and [%s,%s): Expected %v, got %v", s1, u1, s2, u2, shared, got)
					}
				}
			}
		}
	}
}

// Merging never changes where somebody may look on which day from today on.
func TestMergeCoversTheSame(t *testing.T) {
	t.Parallel()
	const today = "2026-01-04"
	paths := []string{"/a/", "/a/b/", "/a/b/c/", "/a/bb/", "/a/d/", "/e/", "/e/b/"}
	spans := days(1, 12)
	random := rand.New(rand.NewPCG(20260610, 1))
	for range 3000 {
		ranges := make([]org.Range, random.IntN(9))
		for i := range ranges {
			path := paths[random.IntN(len(paths))]
			ranges[i] = org.Range{Lo: path, Hi: org.Upper(path), Since: spans[random.IntN(12)], Until: spans[random.IntN(12)]}
			if random.IntN(3) == 0 {
				ranges[i].Until = "9999-12-31"
			}
			if random.IntN(5) == 0 {
				ranges[i].Hi = path + "!"
			}
		}
		merged := org.Merge(slices.Clone(ranges), today)
		for _, day := range spans[3:] {
			for _, path := range append(paths, "", "/", "/a/b", "/f/") {
				if a, b := covered(ranges, path, day), covered(merged, path, day); a != b {
					t.Fatalf("%s on %s: Expected %v, got %v\n%v\n%v", path, day, a, b, ranges, merged)
				}
			}
		}
		if again := org.Merge(slices.Clone(merged), today); !reflect.DeepEqual(again, merged) && len(merged) > 0 {
			t.Fatalf("merged twice is not the same\n%v\n%v", merged, again)
		}
	}
}

func TestMerge(t *testing.T) {
	t.Parallel()
	r := func(path, since, until string) org.Range {
		return org.Range{Lo: path, Hi: org.Upper(path), Since: since, Until: until}
	}
	for _, c := range []struct {
		name     string
		in, want []org.Range
	}{
		{"nothing", nil, nil},
		{"one of two alike", []org.Range{r("/a/", "2026-01-01", "2027-01-01"), r("/a/", "2026-01-01", "2027-01-01")}, []org.Range{r("/a/", "2026-01-01", "2027-01-01")}},
		{"a branch within the committee", []org.Range{r("/a/b/", "2026-01-01", "2027-01-01"), r("/a/", "2025-01-01", "2027-01-01")}, []org.Range{r("/a/", "2025-01-01", "2027-01-01")}},
		{"a branch for longer", []org.Range{r("/a/", "2026-01-01", "2027-01-01"), r("/a/b/", "2026-01-01", "2028-01-01")}, []org.Range{r("/a/", "2026-01-01", "2027-01-01"), r("/a/b/", "2026-01-01", "2028-01-01")}},
		{"term after term", []org.Range{r("/a/", "2027-01-01", "2028-01-01"), r("/a/", "2026-01-01", "2027-01-01")}, []org.Range{r("/a/", "2026-01-01", "2028-01-01")}},
		{"with a gap", []org.Range{r("/a/", "2026-01-01", "2027-01-01"), r("/a/", "2027-01-02", "2028-01-01")}, []org.Range{r("/a/", "2026-01-01", "2027-01-01"), r("/a/", "2027-01-02", "2028-01-01")}},
		{"ends today", []org.Range{r("/a/", "2026-01-01", "2026-06-10")}, nil},
		{"never in office", []org.Range{r("/a/", "2027-01-01", "2027-01-01")}, nil},
	} {
		if got := org.Merge(c.in, apptest.Today); !slices.Equal(got, c.want) {
			t.Errorf("%s: Expected %v, got %v", c.name, c.want, got)
		}
	}
}

func covered(ranges []org.Range, path, day string) bool {
	return slices.ContainsFunc(ranges, func(r org.Range) bool { return r.Lo <= path && path < r.Hi && in(day, r.Since, r.Until) })
}

func in(day, since, until string) bool { return since <= day && (until == "" || day < until) }

func days(from, to int) []string {
	var out []string
	for d := from; d <= to; d++ {
		out = append(out, fmt.Sprintf("2026-01-%02d", d))
	}
	return out
}
