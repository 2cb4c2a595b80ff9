package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"yaodian/hooks/apptest"
)

// table writes a roster as CSV.
func table(t *testing.T, lines ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "名册.csv")
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// chooses hands a file to the wizard and waits for what it would do.
func (p *tab) chooses(file string) {
	p.t.Helper()
	p.do(chromedp.SetUploadFiles(chromedp.CSS(".drop input[type=file]"), []string{file}))
	p.sees("h2", "核对")
	p.waits(`document.querySelector(".table-box tbody tr") !== null`)
}

// TestImport: a clerk brings a roster with a mistake, sees in which cell it is,
// brings it again, checks each change, writes it, and takes it back. The trail
// names the change and not the number.
func TestImport(t *testing.T) {
	t.Parallel()
	h := open(t)
	p := h.as(t, apptest.Clerk, desk)
	const header = "姓名,所在党支部,人员类别,工号,联系电话,职务"

	p.visit("/people", "党员名册")
	p.press("导入")
	p.sees("h1", "导入党员名册")
	p.chooses(table(t, header, "甲新人,zb1,正式党员,n1,13800000001,", "孙党员,北苑支部,正式党员,member,13800000002,楼长"))
	p.sees(".diffs", "第 3 行 B 列")
	p.sees(".diffs", "“北苑支部”没有找到")
	p.press("重新选择文件")
	p.sees("h2", "选择文件")

	p.chooses(table(t, header, "甲新人,zb1,正式党员,n1,13800000001,", "孙党员,zb1,正式党员,member,13800000002,楼长"))
	p.press("更改 1")
	p.sees(".diffs ins", "138****0002")
	p.press("导入")
	p.agree("导入")
	p.sees(".badge", "已导入")
	if got := apptest.Person(t, h.app, "n1").GetString("mobile"); got != "13800000001" {
		t.Errorf("stored %q", got)
	}

	trail := h.as(t, apptest.Clerk, phone)
	trail.visit("/audit?collection=people", "留痕")
	trail.sees(".trail", "林干事新增了甲新人。")
	trail.sees(".trail", "林干事改了孙党员的 2 项内容。")
	trail.sees(".trail .diffs", "手机号 不显示内容")
	trail.waits(`!document.querySelector("main").textContent.includes("13800000002")`)
	trail.fits("audit")

	p.press("撤销这次导入")
	p.agree("撤销")
	p.sees(".badge", "已撤销")
	if got := apptest.Person(t, h.app, apptest.Member).GetString("mobile"); got != "" {
		t.Errorf("after the undo: %q", got)
	}
	p.visit("/audit?collection=exchange_imports", "留痕")
	p.sees(".trail", "整批撤销了")
}

// TestTrail: what somebody does in the browser stands in the trail as a
// sentence, and the person concerned reads it on a phone.
func TestTrail(t *testing.T) {
	t.Parallel()
	h := open(t)
	member := apptest.Person(t, h.app, apptest.Member)
	p := h.as(t, apptest.Clerk, desk)
	p.visit("/people/"+member.Id, "孙党员")
	p.press("修改资料")
	p.fill("dialog [name=title]", "楼长")
	p.agree("保存")
	p.waits(`document.querySelector("dialog[open]") === null`)
	p.press("留痕：谁改过什么")
	p.sees(".trail", "林干事把孙党员的职务称谓由“（空）”改为“楼长”。")

	own := h.as(t, apptest.Member, phone)
	own.visit("/me", "我的")
	own.press("关于我的记录")
	own.sees(".trail", "改为“楼长”")
	own.fits("records")
}

// TestExportAsShown: what is exported is what the list shows, of a ledger that
// no page was written for too.
func TestExportAsShown(t *testing.T) {
	t.Parallel()
	h := open(t)
	apptest.Make(t, h.app, "meetings", map[string]any{"title": "支部大会", "kind": "branch_assembly", "held_on": "2026-06-10", "org": "@zb1", "state": "planned"})
	apptest.Make(t, h.app, "meetings", map[string]any{"title": "主题党日", "kind": "theme_day", "held_on": "2026-06-11", "org": "@zb1", "state": "planned"})
	p := h.as(t, apptest.Clerk, desk)
	for _, c := range []struct {
		route, heading, collection string
		rows                       int
	}{
		{"/people?q=孙党员", "党员名册", "people", 1},
		{"/ledgers/meetings?f-kind=theme_day", "会议", "meetings", 1},
	} {
		p.visit(c.route, c.heading)
		p.press("导出")
		p.sees("dialog", "每一次导出都留痕")
		p.agree("导出")
		p.sees("dialog", "做好了")
		if made := apptest.First(t, h.app, "exchange_exports", "collection", c.collection); made.GetInt("rows") != c.rows {
			t.Errorf("%s: %d rows by %q", c.route, made.GetInt("rows"), made.GetString("filter"))
		}
	}
}
