package sheet

import (
	"errors"
	"reflect"
	"strings"
	"testing"
)

func TestDates(t *testing.T) {
	t.Parallel()
	date := Column{Title: "出生日期", Kind: Date}
	for _, c := range []struct {
		raw, shown, want, code string
	}{
		{"2019-06-18", "", "2019-06-18", ""},
		{"2019.6.18", "", "2019-06-18", ""},
		{"2019/6/8", "", "2019-06-08", ""},
		{"2019年6月18日", "", "2019-06-18", ""},
		{"２０１９年６月１８日", "", "2019-06-18", ""},
		{" 2019 年 6 月 18 日 ", "", "2019-06-18", ""},
		{"二〇一九年六月十八日", "", "2019-06-18", ""},
		{"一九九〇年十月三十一日", "", "1990-10-31", ""},
		{"二零二一年十二月二十日", "", "2021-12-20", ""},
		{"1990-1-2", "", "1990-01-02", ""},
		{"19900102", "", "1990-01-02", ""},
		{"2019-06-18 00:00:00", "", "2019-06-18", ""},
		{"43634", "2019/6/18", "2019-06-18", ""},
		{"43634", "06-18-19", "2019-06-18", ""},
		{"43634", "6月18日", "2019-06-18", ""},
		{"43634", "2019年6月", "2019-06-18", ""},
		{"43634.75", "2019/6/18 18:00", "2019-06-18", ""},
		{"43634", "43634", "2019-06-18", ""},
		{"2019年6月", "", "", "sheet_date_month"},
		{"1990.05", "", "", "sheet_date_month"},
		{"1990", "", "", "sheet_date_month"},
		{"1990.1", "", "", "sheet_date_vague"},
		{"2019-02-29", "", "", "sheet_date_unreal"},
		{"2019-13-01", "", "", "sheet_date_unreal"},
		{"19901345", "", "", "sheet_date_unreal"},
		{"90.5.1", "", "", "sheet_date"},
		{"六月底", "", "", "sheet_date"},
		{"0019-06-18", "", "", "sheet_date"},
	} {
		if c.shown == "" {
			c.shown = c.raw
		}
		got, _, err := date.Value(Cell{c.raw, c.shown}, From1900)
		check(t, c.raw+" "+c.shown, got, err, c.want, c.code)
	}
	if got, _, _ := date.Value(Cell{"42172", "2019/6/18"}, From1904); got != "2019-06-18" {
		t.Errorf("From1904: Expected 2019-06-18, got %v", got)
	}
}

func TestMonthsAndMoments(t *testing.T) {
	t.Parallel()
	first := Column{Title: "入党日期", Kind: Date, FirstDay: true}
	for _, text := range []string{"1990.05", "1990年5月", "199005", "1990-5"} {
		got, note, err := first.Value(Cell{text, text}, From1900)
		check(t, text, got, err, "1990-05-01", "")
		if !strings.Contains(note, "按 1990-05-01 登记") {
			t.Errorf("%s: Expected a note, got %q", text, note)
		}
	}
	_, _, err := first.Value(Cell{"1990", "1990"}, From1900)
	check(t, "a year alone", nil, err, "", "sheet_date_month")

	got, _, err := Column{Kind: Month}.Value(Cell{"1990.1", "1990.10"}, From1900)
	check(t, "shown as October", got, err, "1990-10", "")
	_, _, err = Column{Kind: Month}.Value(Cell{"1990", "1990"}, From1900)
	check(t, "a year for a month", nil, err, "", "sheet_date_year")

	moment := Column{Title: "时间", Kind: Moment}
	for text, want := range map[string]string{
		"2026-06-10 10:00":        "2026-06-10 02:00:00.000Z",
		"2026年6月10日 9:05:07":      "2026-06-10 01:05:07.000Z",
		"2026-06-10 10:00:00.125": "2026-06-10 02:00:00.125Z",
		"2026-06-10":              "2026-06-09 16:00:00.000Z",
		"43634.75":                "2019-06-18 10:00:00.000Z",
	} {
		got, _, err := moment.Value(Cell{text, text}, From1900)
		check(t, text, got, err, want, "")
		again, _, err := moment.Value(Cell{moment.Text(got), moment.Text(got)}, From1900)
		check(t, "again "+text, again, err, want, "")
	}
	_, _, err = moment.Value(Cell{"2026-06-10 25:00", "2026-06-10 25:00"}, From1900)
	check(t, "no such hour", nil, err, "", "sheet_date_unreal")
}

func TestNumbers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind       Kind
		raw, shown string
		want       any
		code       string
	}{
		{Money, "79.819999999999993", "79.82", int64(7982), ""},
		{Money, "1,234.50元", "", int64(123450), ""},
		{Money, "￥１，２３４．５０", "", int64(123450), ""},
		{Money, "(12.00)", "", int64(-1200), ""},
		{Money, "3.5万元", "", int64(3500000), ""},
		{Money, "12.345", "", nil, "sheet_fen"},
		{Money, "十元", "", nil, "sheet_number"},
		{Money, "1e30", "", nil, "sheet_number"},
		{Whole, "12", "", int64(12), ""},
		{Whole, "12.0", "", int64(12), ""},
		{Whole, "12.5", "", nil, "sheet_whole"},
		{Whole, "1/2", "", nil, "sheet_number"},
		{Decimal, "0.8", "80%", nil, "sheet_percent"},
		{Decimal, "80%", "", nil, "sheet_percent"},
		{Decimal, "0.30000000000000004", "0.3", 0.3, ""},
	} {
		if c.shown == "" {
			c.shown = c.raw
		}
		got, _, err := Column{Title: "金额", Kind: c.kind}.Value(Cell{c.raw, c.shown}, From1900)
		check(t, c.raw, got, err, c.want, c.code)
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	kind := Column{Title: "类别", Options: []Option{{"member", "正式党员", []string{"正式"}}, {"probationary", "预备党员", nil}}}
	for _, c := range []struct {
		kind Kind
		cell Cell
		want any
		code string
	}{
		{Name, Cell{Shown: "张　三 "}, "张三", ""},
		{Name, Cell{Shown: "John  Smith"}, "John Smith", ""},
		{Code, Cell{Shown: "ＺＢ 00１"}, "ZB001", ""},
		{Code, Cell{Raw: "7", Shown: "007"}, "007", ""},
		{Code, Cell{Raw: "123456789012", Shown: "1.23457E+11"}, "123456789012", ""},
		{Phone, Cell{Shown: "138 0000-1234"}, "13800001234", ""},
		{Phone, Cell{Shown: "+86 13800001234"}, "13800001234", ""},
		{Phone, Cell{Shown: "１３８００００１２３４"}, "13800001234", ""},
		{Phone, Cell{Shown: "1.38E+10", Raw: "1.38E+10"}, nil, "sheet_phone_lost"},
		{Phone, Cell{Shown: "138****1234"}, nil, ""},
		{Identity, Cell{Shown: "11010519491231002x"}, "11010519491231002X", ""},
		{Identity, Cell{Shown: " 1101051949 1231002X"}, "11010519491231002X", ""},
		{Identity, Cell{Raw: "1.1010519491231E+17", Shown: "1.10105E+17"}, nil, "sheet_identity_lost"},
		{Identity, Cell{Shown: "1.1E+17", Raw: "1.1E+17"}, nil, "sheet_identity_lost"},
		{Identity, Cell{Raw: "110105194912310000", Shown: "110105194912310000"}, nil, "sheet_identity_lost"},
		{Identity, Cell{Shown: "110105194912310021"}, nil, "sheet_identity"},
		{Identity, Cell{Shown: "110105491231002"}, nil, "sheet_identity_old"},
		{Identity, Cell{Shown: "1101"}, nil, "sheet_identity"},
		{Bool, Cell{Shown: "√"}, true, ""},
		{Bool, Cell{Shown: "否"}, false, ""},
		{Bool, Cell{Raw: "1", Shown: "TRUE"}, true, ""},
		{Bool, Cell{Shown: "也许"}, nil, "sheet_bool"},
		{Choice, Cell{Shown: "正式 党员"}, "member", ""},
		{Choice, Cell{Shown: "正式"}, "member", ""},
		{Choice, Cell{Shown: "MEMBER"}, "member", ""},
		{Choice, Cell{Shown: "党员"}, nil, "sheet_choice"},
		{Choices, Cell{Shown: "正式党员，预备党员"}, []string{"member", "probationary"}, ""},
		{References, Cell{Shown: "张三、李四\n王五"}, []string{"张三", "李四", "王五"}, ""},
		{Text, Cell{Shown: "'=1+1"}, "=1+1", ""},
		{Text, Cell{Shown: "a\r\nb\u200b "}, "a\nb", ""},
		{Text, Cell{Shown: "（清空）"}, "", ""},
		{Bool, Cell{Shown: "(清空)"}, false, ""},
		{Choices, Cell{Shown: "（清空）"}, []string{}, ""},
		{JSON, Cell{Shown: `{"a":1}`}, `{"a":1}`, ""},
		{JSON, Cell{Shown: `{a}`}, nil, "sheet_json"},
	} {
		kind.Kind = c.kind
		got, _, err := kind.Value(c.cell, From1900)
		check(t, string(c.kind)+" "+c.cell.Shown, got, err, c.want, c.code)
	}
	_, _, err := Column{Title: "备注", Max: 3}.Value(Cell{Shown: "四个汉字"}, From1900)
	check(t, "too long", nil, err, nil, "sheet_too_long")
}

func check(t *testing.T, name string, got any, err error, want any, code string) {
	t.Helper()
	var p *Problem
	errors.As(err, &p)
	switch {
	case code == "" && err != nil:
		t.Errorf("%s: Expected %v, got %v", name, want, err)
	case code != "" && (p == nil || p.Code != code):
		t.Errorf("%s: Expected %s, got %v (%v)", name, code, got, err)
	case code != "" && !strings.HasSuffix(p.Message, "。"):
		t.Errorf("%s: Expected a sentence, got %q", name, p.Message)
	case code == "" && !reflect.DeepEqual(got, want):
		t.Errorf("%s: Expected %#v, got %#v", name, want, got)
	}
}

// Whatever begins like a formula is guarded, and only what was guarded is
// taken back.
func TestGuard(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"=1+1", "+86", "-", "@x", "\tx", "'=1", "''@", "'a", "a=b", "", "'", "——"} {
		g := guard(s)
		if strings.ContainsAny(g[:min(1, len(g))], formulaSigns) {
			t.Errorf("%q: Expected a guard, got %q", s, g)
		}
		if back := unguard(g); back != s {
			t.Errorf("%q: Expected it back, got %q", s, back)
		}
	}
}

func TestLetters(t *testing.T) {
	t.Parallel()
	for column, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 701: "ZZ", 702: "AAA"} {
		if got := Letters(column); got != want {
			t.Errorf("%d: Expected %s, got %s", column, want, got)
		}
	}
	fault := Fault{Row: 7, Column: "C", Message: "没有这一天。"}
	if got := fault.Error(); got != "第7行C列：没有这一天。" {
		t.Error(got)
	}
}
