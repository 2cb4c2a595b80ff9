package sheet

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
)

// What was written reads back the same, in every format, however the values
// look.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	var want []map[string]any
	for i := range 200 {
		want = append(want, someone(random, i))
	}
	for _, format := range []Format{XLSX, CSV, CSVGB} {
		out := new(bytes.Buffer)
		w, err := NewWriter(out, roster, Options{Format: format, Mark: "张&三 2026-06-10"})
		if err != nil {
			t.Fatal(err)
		}
		for _, values := range want {
			if err := w.Write(values); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		rows, h, err := read(t, text(t, out.Bytes()), roster)
		if err != nil || len(rows) != len(want) || len(h.Unknown) > 0 {
			t.Fatalf("%s: %d rows, %v, %v", format, len(rows), h.Unknown, err)
		}
		for i, r := range rows {
			if len(r.Faults) > 0 || !reflect.DeepEqual(r.Values, want[i]) {
				t.Fatalf("%s %d: Expected %v, got %v %v", format, i, want[i], r.Values, r.Faults)
			}
		}
	}
}

var notes = []string{"=HYPERLINK(\"http://x\")", "+86", "-", "@admin", "'=x", "多\n行", `带"引号",和逗号`, "𠮷野", "a;b\tc", "1990.1", "007", "1E5", "TRUE"}

func someone(r *rand.Rand, i int) map[string]any {
	out := map[string]any{"name": fmt.Sprintf("张%c", rune('一'+i)), "org": fmt.Sprintf("第%d党支部", r.IntN(9)), "lost": r.IntN(2) == 0}
	maybe := func(field string, value any) {
		if r.IntN(4) > 0 {
			out[field] = value
		}
	}
	maybe("mobile", fmt.Sprintf("138%08d", r.IntN(100_000_000)))
	maybe("birth", fmt.Sprintf("19%02d-%02d-%02d", 30+r.IntN(60), 1+r.IntN(12), 1+r.IntN(28)))
	maybe("dues", int64(r.IntN(2_000_000)-1_000_000))
	maybe("note", notes[r.IntN(len(notes))])
	return out
}

// However the office lays the table out, the same people come back.
func TestAnyLayout(t *testing.T) {
	t.Parallel()
	for seed := range uint64(60) {
		random := rand.New(rand.NewPCG(seed, 7))
		var people []map[string]any
		for i := range 1 + random.IntN(12) {
			p := someone(random, i)
			delete(p, "note") // a footer is told from a remark by its words
			people = append(people, p)
		}
		cells, merges := layout(random, people)
		rows, _, err := read(t, grid(t, cells, merges...), roster)
		if err != nil {
			t.Fatalf("seed %d: %v\n%v", seed, err, cells)
		}
		got := []map[string]any{}
		for _, r := range rows {
			got = append(got, r.Values)
		}
		if !reflect.DeepEqual(got, people) {
			t.Fatalf("seed %d: Expected %v, got %v\n%v %v", seed, people, got, cells, merges)
		}
	}
}

// layout writes people the way some office would: titles, a group over the
// telephone numbers, columns in any order, the branch merged down, blank rows,
// a footer.
func layout(r *rand.Rand, people []map[string]any) (cells [][]any, merges []string) {
	for range r.IntN(3) {
		cells = append(cells, [][]any{{"清河街道2026年党员名册"}, {"填报单位：清河街道", nil, "单位：人"}, {}, {"（内部资料，注意保存）"}}[r.IntN(4)])
	}
	fields := []string{"", "name", "org", "mobile", "tel", "birth", "lost", "dues"}
	middle := fields[5:]
	r.Shuffle(len(middle), func(i, j int) { middle[i], middle[j] = middle[j], middle[i] })
	titles := map[string][]string{"": {"序号", "编号", ""}, "name": {"姓名", "姓 名", "党员姓名*"}, "org": {"支部", "所在党支部（全称）", "支部名称："}, "mobile": {"手机"}, "tel": {"固定电话"},
		"birth": {"出生年月", "出生日期"}, "lost": {"是否失联", "是否\n失联"}, "dues": {"月党费（元）", "月党费"}}
	head, sub := make([]any, len(fields)), make([]any, len(fields))
	grouped := r.IntN(2) == 0
	for i, f := range fields {
		head[i] = titles[f][r.IntN(len(titles[f]))]
		if grouped && f == "mobile" {
			head[i], sub[i] = "联系方式", "手机"
		}
		if grouped && f == "tel" {
			head[i], sub[i] = nil, "固话"
		}
	}
	cells = append(cells, head)
	if grouped {
		cells = append(cells, sub)
	}
	for i, p := range people {
		if r.IntN(5) == 0 {
			cells = append(cells, []any{})
		}
		row := []any{i + 1}
		for _, f := range fields[1:] {
			row = append(row, asWritten(r, p, f))
		}
		cells = append(cells, row)
	}
	merges = mergeBranches(cells, len(cells)-len(people))
	if r.IntN(2) == 0 {
		cells = append(cells, [][]any{{"合计", nil, "3人"}, {"填表人：王五", nil, nil, "2026年6月"}, {"注：以上属实。"}}[r.IntN(3)])
	}
	return cells, merges
}

// mergeBranches merges one pair of rows that follow each other in one branch.
func mergeBranches(cells [][]any, from int) []string {
	for i := max(from, 1); i+1 < len(cells); i++ {
		if len(cells[i]) > 2 && len(cells[i+1]) > 2 && cells[i][2] == cells[i+1][2] {
			cells[i+1][2] = nil
			return []string{fmt.Sprintf("C%d:C%d", i+1, i+2)}
		}
	}
	return nil
}

// asWritten is a value in one of the ways people write it.
func asWritten(r *rand.Rand, p map[string]any, field string) any {
	value, ok := p[field]
	if !ok {
		return nil
	}
	pick := func(ways ...any) any { return ways[r.IntN(len(ways))] }
	switch v := value.(type) {
	case bool:
		return map[bool]any{true: pick("是", "√", "有"), false: pick("否", "×", "无")}[v]
	case int64:
		return pick(float64(v)/100, yuan(v)+"元", yuan(v))
	case string:
		switch field {
		case "birth":
			y, m, d := v[:4], strings.TrimLeft(v[5:7], "0"), strings.TrimLeft(v[8:], "0")
			return pick(v, y+"."+m+"."+d, y+"年"+m+"月"+d+"日", strings.ReplaceAll(v, "-", ""), y+"/"+m+"/"+d)
		case "mobile":
			return pick(v, v[:3]+" "+v[3:7]+" "+v[7:], v+" ")
		case "name":
			return pick(v, " "+v, string([]rune(v)[:1])+"　"+string([]rune(v)[1:]))
		}
	}
	return value
}
