package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

var roster = Description{
	Collection: "people", Title: "党员名册",
	Columns: []Column{
		{Field: "name", Title: "姓名", Aliases: []string{"党员姓名"}, Kind: Name, Required: true},
		{Field: "org", Title: "所在党支部", Aliases: []string{"支部", "支部名称"}, Kind: Reference, Required: true},
		{Field: "mobile", Title: "手机", Aliases: []string{"联系电话", "联系方式手机"}, Kind: Phone},
		{Field: "tel", Title: "固定电话", Aliases: []string{"联系方式固话"}, Kind: Phone},
		{Field: "birth", Title: "出生日期", Aliases: []string{"出生年月"}, Kind: Date},
		{Field: "lost", Title: "是否失联", Kind: Bool},
		{Field: "dues", Title: "月党费", Kind: Money},
		{Field: "note", Title: "备注", Kind: Text},
	},
	Keys: []Key{{Fields: []string{"mobile"}}, {Fields: []string{"name", "org"}, Weak: true}},
}

// grid writes cells into a workbook and merges what is named like "A1:C1".
func grid(t testing.TB, cells [][]any, merges ...string) string {
	t.Helper()
	x := excelize.NewFile()
	defer x.Close()
	for i, row := range cells {
		if err := x.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	for _, m := range merges {
		from, to, _ := strings.Cut(m, ":")
		if err := x.MergeCell("Sheet1", from, to); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "名册.xlsx")
	if err := x.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

func text(t testing.TB, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "名册.csv")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// read is every row of the file, or the error.
func read(t testing.TB, path string, d Description) (rows []Row, h Header, err error) {
	t.Helper()
	book, err := Open(path)
	if err != nil {
		return nil, h, err
	}
	defer book.Close()
	table, err := book.Read(d)
	if err != nil {
		return nil, h, err
	}
	for row, err := range table.Rows() {
		if err != nil {
			return rows, table.Header, err
		}
		rows = append(rows, row)
	}
	return rows, table.Header, nil
}

func TestMessyLayouts(t *testing.T) {
	t.Parallel()
	want := []map[string]any{
		{"name": "张三", "org": "一支部", "mobile": "13800000001"},
		{"name": "李四", "org": "一支部", "mobile": "13800000002"},
	}
	for name, path := range map[string]string{
		"title and notes": grid(t, [][]any{{"清河街道党员名册"}, {"填报单位：清河街道", nil, "2026年6月"}, {}, {"序号", "姓 名", "支部（全称）", "手机*"},
			{1, "张 三", "一支部", "138 0000 0001"}, {2, "李四", "一支部", 13800000002}, {"合计", nil, "2人"}, {"填表人：王五", nil, nil, "审核人：赵六"}}, "A1:D1"),
		"two rows of header": grid(t, [][]any{{"名册"}, {"序号", "姓名", "支部名称", "联系方式", nil}, {nil, nil, nil, "手机", "固话"},
			{1, "张三", "一支部", "13800000001"}, {2, "李四", "一支部", "13800000002"}}, "A1:E1", "A2:A3", "B2:B3", "C2:C3", "D2:E2"),
		"merged down": grid(t, [][]any{{"支部", "姓名", "手机"}, {"一支部", "张三", "13800000001"}, {nil, "李四", "13800000002"}, {"备注：以上属实", nil, nil}}, "A2:A3", "A4:C4"),
		"blank rows and columns": grid(t, [][]any{{}, {nil, "姓名", nil, "支部", "手机"}, {}, {nil, "张三", nil, "一支部", "13800000001"}, {}, {},
			{nil, "李四", nil, "一支部", "13800000002"}, {nil, nil, "x"}}),
		"header once more": grid(t, [][]any{{"姓名", "支部", "手机"}, {"张三", "一支部", "13800000001"}, {"姓名", "支部", "手机"}, {"李四", "一支部", "13800000002"}}),
		"comma":            text(t, []byte("名册,,\n姓名,支部,手机\n张三,一支部,13800000001\n李四,一支部,13800000002\n合计：2人,,\n")),
		"tab":              text(t, []byte("\ufeff姓名\t支部\t手机\r\n张三\t一支部\t13800000001\r\n李四\t一支部\t13800000002\r\n")),
		"；":                text(t, []byte("姓名；支部；手机\n张三；一支部；13800000001\n李四；一支部；13800000002")),
		"GB18030":          text(t, encode(t, "姓名,支部,手机\n张三,一支部,13800000001\n李四,一支部,13800000002\n")),
		"UTF-16":           text(t, utf16le(t, "姓名\t支部\t手机\n张三\t一支部\t13800000001\n李四\t一支部\t13800000002\n")),
	} {
		rows, _, err := read(t, path, roster)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got := []map[string]any{}
		for _, r := range rows {
			got = append(got, r.Values)
			if len(r.Faults) > 0 {
				t.Errorf("%s: %v", name, r.Faults)
			}
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: Expected %v, got %v", name, want, got)
		}
	}
}

func encode(t testing.TB, s string) []byte {
	t.Helper()
	raw, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func utf16le(t testing.TB, s string) []byte {
	t.Helper()
	raw, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestFaultsNameTheCell(t *testing.T) {
	t.Parallel()
	rows, h, err := read(t, grid(t, [][]any{{"名册"}, {"序号", "姓名", "出生日期", "爱好"}, {1, "张三", "2019-02-30", "棋"}}), roster)
	if err != nil || len(rows) != 1 || len(rows[0].Faults) != 1 {
		t.Fatal(rows, err)
	}
	if got := rows[0].Faults[0].Error(); got != "第3行C列：没有“2019-02-30”这一天，请检查。" {
		t.Error(got)
	}
	if got := fmt.Sprint(h.Unknown, h.Missing, h.Row); got != "[序号 爱好] [所在党支部] 2" {
		t.Error(got)
	}
	if got := h.At(9, "name", "people_x", "不行。").Error(); got != "第9行B列：不行。" {
		t.Error(got)
	}
}

func TestRefusedFiles(t *testing.T) {
	t.Parallel()
	bomb := new(bytes.Buffer)
	x := excelize.NewFile()
	defer x.Close()
	if err := x.SetCellValue("Sheet1", "A1", "x"); err != nil {
		t.Fatal(err)
	}
	locked := filepath.Join(t.TempDir(), "锁.xlsx")
	if err := x.SaveAs(locked, excelize.Options{Password: "secret"}); err != nil {
		t.Fatal(err)
	}
	writeBomb(t, bomb)
	big := text(t, nil)
	if err := os.Truncate(big, MaxFile+1); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ path, code string }{
		"empty":        {text(t, nil), "sheet_empty"},
		"too large":    {big, "sheet_too_large"},
		"old":          {text(t, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old")), "sheet_old"},
		"locked":       {locked, "sheet_locked"},
		"pdf":          {text(t, []byte("%PDF-1.7 and so on")), "sheet_pdf"},
		"not a zip":    {text(t, []byte("PK\x03\x04 not a zip at all")), "sheet_broken"},
		"other zip":    {text(t, otherZip(t)), "sheet_not_workbook"},
		"bomb":         {text(t, bomb.Bytes()), "sheet_bomb"},
		"binary":       {text(t, []byte("\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09")), "sheet_not_table"},
		"no header":    {grid(t, [][]any{{"a", "b"}, {1, 2}}), "sheet_no_header"},
		"column twice": {grid(t, [][]any{{"姓名", "支部", "党员姓名"}}), "sheet_column_twice"},
		"too wide":     {grid(t, [][]any{append(make([]any, maxWidth+1), "x"), {"姓名", "支部"}}), "sheet_too_wide"},
	} {
		_, _, err := read(t, c.path, roster)
		var refused *FileError
		if !errors.As(err, &refused) || refused.Code != c.code || !strings.HasSuffix(refused.Message, "。") {
			t.Errorf("%s: Expected %s, got %v", name, c.code, err)
		}
	}
}

func TestWorkbookForm(t *testing.T) {
	t.Parallel()
	out := new(bytes.Buffer)
	d := roster
	d.Columns = append([]Column{}, roster.Columns...)
	d.Columns[5].Help = "说明。"
	w, err := NewWriter(out, d, Options{Format: XLSX, Mark: "高书记 2026-06-10 10:00"})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Write(map[string]any{"name": "张三", "note": "=1+1", "mobile": "13800000001"}); err != nil {
		t.Fatal(err)
	}
	if err := w.Write(map[string]any{"name": "李四", "note": strings.Repeat("长", excelize.TotalCellChars+1)}); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	x, err := excelize.OpenReader(out)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if formula, _ := x.GetCellFormula("党员名册", "H2"); formula != "" {
		t.Errorf("Expected no formula, got %q", formula)
	}
	for cell, want := range map[string]string{"H2": "'=1+1", "C2": "13800000001", "H3": TooLong, "A1": "姓名"} {
		if got, _ := x.GetCellValue("党员名册", cell); got != want {
			t.Errorf("%s: Expected %q, got %q", cell, want, got)
		}
	}
	if rules, _ := x.GetDataValidations("党员名册"); len(rules) != 1 {
		t.Errorf("Expected one list, got %d", len(rules))
	}
	if panes, _ := x.GetPanes("党员名册"); !panes.Freeze {
		t.Error("the header is not frozen")
	}
	if page, _ := x.GetHeaderFooter("党员名册"); page == nil || !strings.Contains(page.OddFooter, "高书记 2026-06-10") {
		t.Errorf("no mark: %+v", page)
	}
	if explained, _ := x.GetRows(NotesSheet); len(explained) < len(d.Columns) || !strings.Contains(fmt.Sprint(explained), "说明。") {
		t.Errorf("notes: %v", explained)
	}
}

func TestOnly(t *testing.T) {
	t.Parallel()
	d := roster.Only(func(field string) bool { return field != "org" })
	if len(d.Columns) != len(roster.Columns)-1 || len(d.Keys) != 1 {
		t.Errorf("%d columns, keys %v", len(d.Columns), d.Keys)
	}
	if _, ok := d.Column("org"); ok {
		t.Error("org is still there")
	}
	if names := d.names(); len(names) == 0 || !maps.Equal(names, d.names()) {
		t.Error("names differ")
	}
}
