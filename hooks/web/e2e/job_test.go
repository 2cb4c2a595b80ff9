package e2e

import (
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/apptest"
)

const pasted = `2026年清河街道党建工作要点
一、抓实思想建设
1.开展党课。各社区党支部每季度讲党课1次。
二、夯实组织基础
2.规范组织生活。定期开展组织生活检查。
`

// TestMainJob is what the program is for, each step by whom it belongs to: the
// clerk imports a plan, corrects it and hands it in, the secretary confirms, a
// branch secretary proves a duty with a photo on a phone, the clerk accepts, and
// a board that stands open elsewhere changes by itself.
func TestMainJob(t *testing.T) {
	t.Parallel()
	h := open(t)

	clerk := h.tab(t, desk)
	clerk.signIn(apptest.Clerk, apptest.Password)
	clerk.sees("h1", "林干事")
	importPlan(clerk)
	draft := h.first(t, "plan_imports")

	secretary := h.tab(t, desk)
	secretary.signIn(apptest.Secretary, apptest.Password)
	secretary.sees("h1", "高书记")
	secretary.visit("/plan/imports/"+draft.Id, "党建工作要点")
	secretary.press("确认并生成")
	secretary.agree("确认并生成")
	secretary.sees(".board", "开展党课")
	secretary.sees(".board tr", "完成 0/")

	branch := h.tab(t, phone)
	branch.signIn(apptest.Branch, apptest.Password)
	branch.sees(".row-title", "党课")
	branch.fits("home")
	prove(t, branch)
	evidence := h.first(t, "plan_evidence")
	if size := h.sizeOf(t, evidence, "files"); size == 0 || size > 1<<20 {
		t.Errorf("a photo of the phone is stored with %d bytes", size)
	}

	clerk.visit("/", "林干事")
	clerk.sees("#g-accept", "1 件") // came by itself
	clerk.do(chromedp.Click(chromedp.CSS("[aria-labelledby=g-accept] a.row")))
	clerk.sees(".evidence", "讲了党课")
	clerk.press("验收通过")
	clerk.sees(".deadline .badge", "已完成")

	secretary.sees(".board tr", "完成 1/") // nobody has touched this page
}

// importPlan pastes the text, decides what it leaves open, and hands it in.
func importPlan(p *tab) {
	p.visit("/plan/imports", "导入工作要点")
	p.fill("[name=text]", pasted)
	p.press("读取全文")
	p.sees("h1", "2026年清河街道党建工作要点")
	p.sees(".left", "处要处理")
	p.do(chromedp.Click(chromedp.CSS(".source mark"))) // a sentence of the text opens its task
	p.sees(".ob.chosen .row-title", "党课")
	p.press("全部采纳")
	p.press("下一处")
	p.sees(".ob.chosen .row-title", "组织生活检查")
	p.waits(`document.activeElement.closest(".ob.chosen") !== null`)
	p.press("全年一次")
	p.fill(".ob.chosen [id$=assign]", "org")
	p.waits(`document.querySelectorAll(".ob.chosen [id$=assign-o] option").length > 1`)
	eval[any](p, `{ const e = document.querySelector(".ob.chosen [id$=assign-o]"); e.value = [...e.options].find(o => o.text.includes("党建办")).value; e.dispatchEvent(new Event("change", { bubbles: true })); null }`)
	p.sees(".left", "都处理好了")
	p.sees(".saving", "已保存")
	p.picture("desk")
	p.press("送交确认")
	p.agree("送交确认")
	p.sees(".notice", "已经送交")
}

// prove writes what was done, adds a photo and hands it in.
func prove(t *testing.T, p *tab) {
	p.do(chromedp.Click(chromedp.Search(`//a[contains(@class, "row")][contains(., "党课")]`)))
	p.sees("h1", "党课")
	p.fill("[name=text]", "6月9日在社区活动室讲了党课，到会 32 人。")
	p.do(chromedp.SetUploadFiles(chromedp.CSS(".upload input[type=file]"), []string{photo(t)}))
	p.sees(".upload .files li", "去掉")
	p.fits("duty")
	p.picture("prove")
	p.press("提交验收")
	p.sees(".deadline .badge", "待验收")
	p.sees(".evidence", "讲了党课")
}

// photo is a picture as large as a phone takes them.
func photo(t *testing.T) string {
	t.Helper()
	m := image.NewGray(image.Rect(0, 0, 4000, 3000))
	for i := range m.Pix {
		m.Pix[i] = uint8(i/4000/16 + i%4000/32 + i*7%5) // slopes with a little grain
	}
	name := filepath.Join(t.TempDir(), "现场.jpg")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := jpeg.Encode(f, m, &jpeg.Options{Quality: 90}); err != nil {
		t.Fatal(err)
	}
	return name
}

// first is the only record of a collection.
func (h *house) first(t *testing.T, collection string) *core.Record {
	t.Helper()
	records, err := h.app.FindAllRecords(collection)
	if err != nil || len(records) != 1 {
		t.Fatalf("%s: %d records, %v", collection, len(records), err)
	}
	return records[0]
}

// sizeOf is how large the first file of a record is in the store.
func (h *house) sizeOf(t *testing.T, record *core.Record, field string) int64 {
	t.Helper()
	files, err := h.app.NewFilesystem()
	if err != nil {
		t.Fatal(err)
	}
	defer files.Close()
	names := record.GetStringSlice(field)
	if len(names) == 0 {
		t.Fatal("no file")
	}
	about, err := files.Attributes(record.BaseFilesPath() + "/" + names[0])
	if err != nil {
		t.Fatal(err)
	}
	return about.Size
}
