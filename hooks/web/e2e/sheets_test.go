package e2e

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"yaodian/hooks/apptest"
)

// officeSheet is a ledger as an office keeps it: a title over everything, two
// rows of header, a cell that reaches over rows, numbers as text, dates as they
// come, a sum at the end.
func officeSheet(t *testing.T, due string) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for row, cells := range [][]any{
		{"清河街道2026年为民办实事台账"},
		{"序号", "实事", "", "办理", "", "满意度"},
		{"", "实事名称", "承办的组织", "责任人", "办结时限", ""},
		{"1", "楼道灯改造", "东风社区党支部", "孙党员", "2026.3.5", "95"},
		{"2", "老年食堂", "", "赵支书", "2026年9月30日", " 88 "},
		{"3", "便民服务点", "西苑社区党支部", "钱支书", due, ""},
		{"合计", "3 件"},
	} {
		for column, value := range cells {
			if value == "" {
				continue
			}
			cell, err := excelize.CoordinatesToCellName(column+1, row+1)
			if err == nil {
				err = f.SetCellValue("Sheet1", cell, value)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, merged := range [][2]string{{"A1", "F1"}, {"A2", "A3"}, {"B2", "C2"}, {"D2", "E2"}, {"F2", "F3"}, {"C4", "C5"}} {
		if err := f.MergeCell("Sheet1", merged[0], merged[1]); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "实事台账.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestOfficeSheet: a sheet as it lies in the office goes into a ledger that no
// page was written for; the one cell that can be read in two ways is named, the
// corrected sheet is written, looked at in the list, and taken back as a whole.
func TestOfficeSheet(t *testing.T) {
	t.Parallel()
	h := open(t)
	p := h.as(t, apptest.Clerk, desk)
	p.visit("/ledgers/outreach_projects", "实事项目")
	p.press("导入")
	p.sees("h1", "导入实事项目")
	p.chooses(officeSheet(t, "3月5日"))
	p.sees(".diffs", "第 6 行 E 列（办结时限）：“3月5日”不是日期")
	p.picture("sheet-fault")
	p.press("重新选择文件")
	p.chooses(officeSheet(t, "2026/12/5"))
	p.press("全部 3")
	p.sees(".diffs", "东风社区党支部")
	p.press("导入")
	p.agree("导入")
	p.sees(".badge", "已导入")
	address := eval[string](p, `location.hash`)

	p.press("查看实事项目")
	p.waits(`document.querySelector("main h1").textContent === "实事项目"`)
	for _, text := range []string{"楼道灯改造", "老年食堂", "便民服务点"} {
		p.sees("tbody", text)
	}
	for title, want := range map[string][3]any{"楼道灯改造": {"zb1", "2026-03-05", 95}, "老年食堂": {"zb1", "2026-09-30", 88}, "便民服务点": {"zb2", "2026-12-05", 0}} {
		r := apptest.First(t, h.app, "outreach_projects", "title", title)
		if got := [3]any{apptest.First(t, h.app, "org_units", "id", r.GetString("org")).GetString("code"), r.GetString("due"), r.GetInt("satisfaction")}; got != want {
			t.Errorf("%s: Expected %v, got %v", title, want, got)
		}
	}

	p.visit(strings.TrimPrefix(address, "#"), "导入实事项目")
	p.press("撤销这次导入")
	p.agree("撤销")
	p.sees(".badge", "已撤销")
	p.visit("/ledgers/outreach_projects", "实事项目")
	p.sees(".empty", "还没有记录")
}
