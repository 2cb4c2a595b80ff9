package schedule_test

import (
	"strings"
	"testing"

	"yaodian/hooks/calendar"
	"yaodian/hooks/kit"
	"yaodian/hooks/plan/schedule"
)

// show writes periods as "key due" and, where it isn't the same, what the due
// date was moved from.
func show(periods []schedule.Period) string {
	var out []string
	for _, p := range periods {
		s := p.Key + " " + p.Due[len("2026-"):]
		if p.Due != p.DueOriginal {
			s += "<" + p.DueOriginal[len("2026-"):]
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

func expand(t *testing.T, r schedule.Rule) []schedule.Period {
	t.Helper()
	if r.Year == 0 {
		r.Year = 2026
	}
	periods, err := schedule.Expand(r, calendar.New())
	if err != nil {
		t.Fatal(err)
	}
	return periods
}

func TestExpand(t *testing.T) {
	t.Parallel()

	for _, s := range []struct {
		name string
		rule schedule.Rule
		want string
	}{
		{"once", schedule.Rule{}, "2026 12-31"},
		{"每年", schedule.Rule{RRule: "FREQ=YEARLY"}, "2026 12-31"},
		{"6月底前", schedule.Rule{DueTo: "2026-06-30"}, "2026 06-30"},
		{"上半年每年一次", schedule.Rule{RRule: "FREQ=YEARLY", DueTo: "2026-06-30"}, "2026 06-30"},
		{"每季度", schedule.Rule{RRule: "FREQ=MONTHLY;INTERVAL=3"}, "2026-Q1 03-31 2026-Q2 06-30 2026-Q3 09-30 2026-Q4 12-31"},
		{"每半年", schedule.Rule{RRule: "FREQ=MONTHLY;INTERVAL=6"}, "2026-H1 06-30 2026-H2 12-31"},
		{"每两个月", schedule.Rule{RRule: "FREQ=MONTHLY;INTERVAL=2"}, "2026-02 02-28 2026-04 04-30 2026-06 06-30 2026-08 08-31 2026-10 10-31 2026-12 12-31"},
		{"每月，提前", schedule.Rule{RRule: "FREQ=MONTHLY", Shift: calendar.Before, DueTo: "2026-05-31"},
			"2026-01 01-30<01-31 2026-02 02-28 2026-03 03-31 2026-04 04-30 2026-05 05-29<05-31"},
		{"每月，顺延", schedule.Rule{RRule: "FREQ=MONTHLY", Shift: calendar.After, DueTo: "2026-05-31"},
			"2026-01 02-02<01-31 2026-02 02-28 2026-03 03-31 2026-04 04-30 2026-05 06-01<05-31"},
		{"3月至5月每月", schedule.Rule{RRule: "FREQ=MONTHLY", DueFrom: "2026-03-01", DueTo: "2026-05-31"}, "2026-03 03-31 2026-04 04-30 2026-05 05-31"},
		{"5月至11月中旬每季度", schedule.Rule{RRule: "FREQ=MONTHLY;INTERVAL=3", DueFrom: "2026-05-01", DueTo: "2026-11-15"},
			"2026-Q2 06-30 2026-Q3 09-30 2026-Q4 11-15"},
		{"UNTIL", schedule.Rule{RRule: "FREQ=MONTHLY;UNTIL=20260228"}, "2026-01 01-31 2026-02 02-28"},
		{"每月20日", schedule.Rule{RRule: "FREQ=MONTHLY;BYMONTHDAY=20", DueTo: "2026-06-30", Shift: calendar.Before},
			"2026-01 01-20 2026-02 02-14<02-20 2026-03 03-20 2026-04 04-20 2026-05 05-20 2026-06 06-18<06-20"},
		{"每月第一周周五", schedule.Rule{RRule: "FREQ=MONTHLY;BYDAY=1FR", DueTo: "2026-05-31", Shift: calendar.After},
			"2026-01 01-04<01-02 2026-02 02-06 2026-03 03-06 2026-04 04-03 2026-05 05-06<05-01"},
		{"每月最后一个工作日", schedule.Rule{RRule: "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", DueTo: "2026-02-28"}, "2026-01 01-30 2026-02 02-27"},
		{"每月31日", schedule.Rule{RRule: "FREQ=MONTHLY;BYMONTHDAY=31", DueTo: "2026-04-30"}, "2026-01 01-31 2026-02 02-28 2026-03 03-31 2026-04 04-30"},
		{"每季度末月25日", schedule.Rule{RRule: "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=25"}, "2026-Q1 03-25 2026-Q2 06-25 2026-Q3 09-25 2026-Q4 12-25"},
		{"3、6、9、12月25日", schedule.Rule{RRule: "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=25"}, "2026-03 03-25 2026-06 06-25 2026-09 09-25 2026-12 12-25"},
		{"the same, monthly", schedule.Rule{RRule: "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=25"}, "2026-03 03-25 2026-06 06-25 2026-09 09-25 2026-12 12-25"},
		{"quarters by their first month", schedule.Rule{RRule: "FREQ=MONTHLY;INTERVAL=3;BYMONTH=1,4,7,10"}, "2026-Q1 01-31 2026-Q2 04-30 2026-Q3 07-31 2026-Q4 10-31"},
		{"每年12月", schedule.Rule{RRule: "FREQ=YEARLY;BYMONTH=12"}, "2026-12 12-31"},
		{"每年7月1日", schedule.Rule{RRule: "FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=1"}, "2026-07 07-01"},
		{"the first Monday of the year", schedule.Rule{RRule: "FREQ=YEARLY;BYDAY=1MO"}, "2026 01-05"},
		{"the tenth week", schedule.Rule{RRule: "FREQ=YEARLY;BYWEEKNO=10"}, "2026 03-06"},
		{"每月10日和20日", schedule.Rule{RRule: "FREQ=MONTHLY;BYMONTHDAY=10,20", DueTo: "2026-02-28", Shift: calendar.After},
			"2026-01-10 01-12<01-10 2026-01-20 01-20 2026-02-10 02-10 2026-02-20 02-24<02-20"},
		{"每年2次", schedule.Rule{RRule: "FREQ=YEARLY;COUNT=2"}, "2026-H1 06-30 2026-H2 12-31"},
		{"每年4次", schedule.Rule{RRule: "FREQ=YEARLY;COUNT=4"}, "2026-Q1 03-31 2026-Q2 06-30 2026-Q3 09-30 2026-Q4 12-31"},
		{"每年5次", schedule.Rule{RRule: "FREQ=YEARLY;COUNT=5"}, "2026-02 02-28 2026-04 04-30 2026-07 07-31 2026-09 09-30 2026-12 12-31"},
		{"每年1次", schedule.Rule{RRule: "FREQ=YEARLY;COUNT=1"}, "2026 12-31"},
		{"3月至11月3次", schedule.Rule{RRule: "FREQ=MONTHLY;COUNT=3", DueFrom: "2026-03-01", DueTo: "2026-11-30"}, "2026-05 05-31 2026-08 08-31 2026-11 11-30"},
		{"每年2次，20日", schedule.Rule{RRule: "FREQ=MONTHLY;BYMONTHDAY=20;COUNT=2"}, "2026-H1 06-20 2026-H2 12-20"},
		{"每周三", schedule.Rule{RRule: "FREQ=WEEKLY;BYDAY=WE", DueTo: "2026-01-31"}, "2026-W02 01-07 2026-W03 01-14 2026-W04 01-21 2026-W05 01-28"},
		{"每周六，就在周六", schedule.Rule{RRule: "FREQ=WEEKLY;BYDAY=SA", DueTo: "2026-01-31", Shift: calendar.Before},
			"2026-W01 01-03 2026-W02 01-10 2026-W03 01-17 2026-W04 01-24 2026-W05 01-31"},
		{"每两周", schedule.Rule{RRule: "FREQ=WEEKLY;INTERVAL=2", DueTo: "2026-02-07"}, "2026-W02 01-09 2026-W04 01-23 2026-W06 02-06"},
		{"每周二、四，节假日不办", schedule.Rule{RRule: "FREQ=WEEKLY;BYDAY=TU,TH", DueTo: "2026-01-10", Shift: calendar.Before}, "2026-01-06 01-06 2026-01-08 01-08"},
		{"每工作日，含调休", schedule.Rule{RRule: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", DueTo: "2026-01-06"}, "2026-01-04 01-04 2026-01-05 01-05 2026-01-06 01-06"},
		{"每天，遇节假日不办", schedule.Rule{RRule: "FREQ=DAILY", DueTo: "2026-01-06", Shift: calendar.Before}, "2026-01-04 01-04 2026-01-05 01-05 2026-01-06 01-06"},
		{"每天，节假日照办", schedule.Rule{RRule: "FREQ=DAILY", DueTo: "2026-01-03"}, "2026-01-01 01-01 2026-01-02 01-02 2026-01-03 01-03"},
		{"每三天", schedule.Rule{RRule: "FREQ=DAILY;INTERVAL=3", DueTo: "2026-01-07"}, "2026-01-01 01-01 2026-01-04 01-04 2026-01-07 01-07"},
		{"3月的每周", schedule.Rule{RRule: "FREQ=WEEKLY;BYMONTH=3"}, "2026-W10 03-06 2026-W11 03-13 2026-W12 03-20 2026-W13 03-27"},
		{"since", schedule.Rule{RRule: "FREQ=MONTHLY;INTERVAL=3", Since: "2026-07-01"}, "2026-Q3 09-30 2026-Q4 12-31"},
		{"since after all", schedule.Rule{DueTo: "2026-03-31", Since: "2026-07-01"}, ""},
		{"the year's end is a day off", schedule.Rule{Year: 2022, Shift: calendar.After}, "2022 12-30<12-31"},
	} {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			if got := show(expand(t, s.rule)); got != s.want {
				t.Errorf("got  %s\nwant %s", got, s.want)
			}
		})
	}
}

// TestWeeks: 2026 has 53 ISO weeks, each with one duty; the Friday of the last
// lies in 2027, so the year's end takes its place.
func TestWeeks(t *testing.T) {
	t.Parallel()

	weeks := expand(t, schedule.Rule{RRule: "FREQ=WEEKLY", Shift: calendar.Before})
	if len(weeks) != 53 {
		t.Fatalf("got %d weeks, want 53", len(weeks))
	}
	for key, want := range map[int]string{
		0:  "2026-W01 01-04<01-02", // the Friday is New Year's holiday, the Sunday a make-up workday
		6:  "2026-W07 02-13",
		7:  "2026-W08 02-24<02-20", // the whole week is Spring Festival: after it
		8:  "2026-W09 02-27",
		17: "2026-W18 04-30<05-01",
		52: "2026-W53 12-31",
	} {
		if got := show(weeks[key : key+1]); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	if weeks[0].Opens != "2026-01-01" || weeks[1].Opens != "2026-01-05" {
		t.Errorf("weeks open on %s and %s, want New Year and Monday", weeks[0].Opens, weeks[1].Opens)
	}
	// The weeks of 2021 begin on 4 January: the Friday before is of 2020-W53.
	if got := expand(t, schedule.Rule{RRule: "FREQ=WEEKLY", Year: 2021}); len(got) != 52 || got[0].Due != "2021-01-08" || got[51].Due != "2021-12-31" {
		t.Errorf("2021 has %d weeks from %s to %s", len(got), got[0].Due, got[len(got)-1].Due)
	}
}

// TestEveryWorkday: every workday of the year (每工作日), holidays left out,
// make-up workdays in.
func TestEveryWorkday(t *testing.T) {
	t.Parallel()

	days := expand(t, schedule.Rule{RRule: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", Shift: calendar.Before})
	seen := map[string]bool{}
	for _, p := range days {
		seen[p.Due] = true
		if p.Key != p.Due || p.Opens != p.Due || p.DueOriginal != p.Due {
			t.Fatalf("got %+v, want one day", p)
		}
	}
	if seen["2026-10-01"] || !seen["2026-10-10"] || !seen["2026-09-20"] || seen["2026-10-11"] {
		t.Error("National Day or its make-up workdays are wrong")
	}
	if len(days) != 248 {
		t.Errorf("2026 has %d workdays, want 248", len(days))
	}
}

func TestOpens(t *testing.T) {
	t.Parallel()

	for _, s := range []struct {
		name string
		rule schedule.Rule
		want []string
	}{
		{"with the year", schedule.Rule{}, []string{"2026-01-01"}},
		{"with the earliest date", schedule.Rule{DueFrom: "2026-03-01", DueTo: "2026-05-31"}, []string{"2026-03-01"}},
		{"days before it is due", schedule.Rule{DueTo: "2026-06-30", Lead: 15}, []string{"2026-06-15"}},
		{"before its period", schedule.Rule{RRule: "FREQ=MONTHLY;INTERVAL=6", Lead: 190}, []string{"2026-01-01", "2026-06-24"}},
		{"days before it is due after the shift", schedule.Rule{RRule: "FREQ=MONTHLY", DueTo: "2026-01-31", Shift: calendar.After, Lead: 5}, []string{"2026-01-28"}},
		{"with its quarter", schedule.Rule{RRule: "FREQ=MONTHLY;INTERVAL=3"}, []string{"2026-01-01", "2026-04-01", "2026-07-01", "2026-10-01"}},
		{"with its month", schedule.Rule{RRule: "FREQ=YEARLY;BYMONTH=12"}, []string{"2026-12-01"}},
		{"after the day before", schedule.Rule{RRule: "FREQ=MONTHLY;BYMONTHDAY=10,20", DueTo: "2026-01-31"}, []string{"2026-01-01", "2026-01-11"}},
		{"never after it is due", schedule.Rule{RRule: "FREQ=MONTHLY;BYMONTHDAY=1", DueTo: "2026-01-31", Shift: calendar.Before}, []string{"2026-01-01"}},
	} {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			periods := expand(t, s.rule)
			if len(periods) != len(s.want) {
				t.Fatalf("got %v", periods)
			}
			for i, p := range periods {
				if p.Opens != s.want[i] || p.Opens > p.Due {
					t.Errorf("%s opens on %s and is due on %s, want %s", p.Key, p.Opens, p.Due, s.want[i])
				}
			}
		})
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()

	for _, s := range []struct {
		rule schedule.Rule
		code string
	}{
		{schedule.Rule{}, ""},
		{schedule.Rule{RRule: "FREQ=MONTHLY;BYMONTHDAY=-1"}, ""},
		{schedule.Rule{RRule: "FREQ=WEEKLY;WKST=MO;BYDAY=SU"}, ""},
		{schedule.Rule{DueTo: "2026-03-31", Since: "2026-12-01"}, ""},
		{schedule.Rule{RRule: "定期"}, "plan_rrule_invalid"},
		{schedule.Rule{RRule: "FREQ=MONTHLY;BYMONTHDAY=1" + strings.Repeat(",1", 200)}, "plan_rrule_invalid"},
		{schedule.Rule{RRule: "FREQ="}, "plan_rrule_invalid"},
		{schedule.Rule{RRule: "INTERVAL=3"}, "plan_rrule_invalid"},
		{schedule.Rule{RRule: "freq=monthly"}, "plan_rrule_invalid"},
		{schedule.Rule{RRule: "FREQ=MONTHLY;"}, "plan_rrule_invalid"},
		{schedule.Rule{RRule: "FREQ=MONTHLY;FREQ=YEARLY"}, "plan_rrule_invalid"},
		{schedule.Rule{RRule: "FREQ=MONTHLY;INTERVAL=0"}, "plan_rrule_invalid"},
		{schedule.Rule{RRule: "FREQ=MONTHLY;INTERVAL=-1"}, "plan_rrule_invalid"},
		{schedule.Rule{RRule: "FREQ=MONTHLY;COUNT=0"}, "plan_rrule_invalid"},
		{schedule.Rule{RRule: "FREQ=MONTHLY;COUNT=-2"}, "plan_rrule_invalid"},
		{schedule.Rule{RRule: "FREQ=MONTHLY;COUNT=9999"}, "plan_rrule_invalid"},
		{schedule.Rule{RRule: "FREQ=DAILY;INTERVAL=9223372036854775807"}, "plan_rrule_invalid"},
		{schedule.Rule{RRule: "FREQ=MONTHLY;COUNT=2;UNTIL=20260601"}, "plan_rrule_invalid"},
		{schedule.Rule{RRule: "FREQ=MONTHLY;BYMONTH=13"}, "plan_rrule_invalid"},
		{schedule.Rule{RRule: "FREQ=MONTHLY;BYMONTHDAY=32"}, "plan_rrule_invalid"},
		{schedule.Rule{RRule: "FREQ=MONTHLY;BYDAY=0MO"}, "plan_rrule_invalid"},
		{schedule.Rule{RRule: "FREQ=MONTHLY;BYDAY=星期一"}, "plan_rrule_invalid"},
		{schedule.Rule{RRule: "FREQ=WEEKLY;BYDAY=1MO"}, "plan_rrule_invalid"},
		{schedule.Rule{RRule: "FREQ=WEEKLY;BYMONTHDAY=1"}, "plan_rrule_invalid"},
		{schedule.Rule{RRule: "FREQ=MONTHLY;BYWEEKNO=1"}, "plan_rrule_invalid"},
		{schedule.Rule{RRule: "FREQ=MONTHLY;BYSETPOS=1"}, "plan_rrule_invalid"},
		{schedule.Rule{RRule: "FREQ=DAILY;BYDAY=MO;BYSETPOS=2"}, "plan_rrule_invalid"},
		{schedule.Rule{RRule: "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2"}, "plan_rrule_empty"},
		{schedule.Rule{RRule: "FREQ=YEARLY;BYDAY=5FR;BYMONTHDAY=1"}, "plan_rrule_empty"},
		{schedule.Rule{RRule: "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;BYSETPOS=9"}, "plan_rrule_empty"},
		{schedule.Rule{RRule: "FREQ=HOURLY"}, "plan_rrule_invalid"},
		{schedule.Rule{RRule: "FREQ=DAILY;BYHOUR=9"}, "plan_rrule_invalid"},
		{schedule.Rule{RRule: "FREQ=YEARLY;BYEASTER=0"}, "plan_rrule_invalid"},
		{schedule.Rule{RRule: "DTSTART:20260101\nFREQ=DAILY"}, "plan_rrule_invalid"},
		{schedule.Rule{RRule: "FREQ=DAILY;DTSTART=20260101"}, "plan_rrule_invalid"},
		{schedule.Rule{RRule: "FREQ=MONTHLY;BYDAY=7MO"}, "plan_rrule_empty"},
		{schedule.Rule{RRule: "FREQ=MONTHLY;UNTIL=20250101"}, "plan_rrule_empty"},
		{schedule.Rule{RRule: "FREQ=MONTHLY;BYMONTHDAY=20", DueFrom: "2026-03-21", DueTo: "2026-04-19"}, "plan_rrule_empty"},
		{schedule.Rule{DueFrom: "2026-02-30"}, "plan_date_unreal"},
		{schedule.Rule{DueTo: "6月底"}, "plan_date_unreal"},
		{schedule.Rule{DueTo: "2027-01-10"}, "plan_due_outside"},
		{schedule.Rule{DueFrom: "2025-12-20"}, "plan_due_outside"},
		{schedule.Rule{DueFrom: "2026-05-01", DueTo: "2026-04-30"}, "plan_due_reversed"},
		{schedule.Rule{Lead: -1}, "plan_lead_negative"},
		{schedule.Rule{Shift: "sideways"}, "plan_shift_unknown"},
		{schedule.Rule{Year: 26}, "plan_year_out_of_range"},
	} {
		if s.rule.Year == 0 {
			s.rule.Year = 2026
		}
		if got := codeOf(t, schedule.Check(s.rule)); got != s.code {
			t.Errorf("%+v: got %q, want %q", s.rule, got, s.code)
		}
	}
}

// codeOf is the code of the one rule that was broken; its sentence is whole.
func codeOf(t *testing.T, err error) string {
	t.Helper()
	if err == nil {
		return ""
	}
	list := kit.Violations(err)
	if len(list) != 1 {
		t.Fatalf("got %v, want one violation", err)
	}
	if !strings.HasSuffix(list[0].Error(), "。") {
		t.Errorf("%q isn't a sentence", list[0])
	}
	return list[0].(interface{ Code() string }).Code()
}
