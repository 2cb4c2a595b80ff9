// Package imports takes the text of a work plan the whole way: it is read into an
// outline, corrected by a clerk, handed in, and confirmed by somebody else.
// Confirming makes the plan with its sections, items, tasks, documents to deliver
// and targets, and the duties of the year, all of them or nothing.
package imports

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
	"yaodian/hooks/plan/parse"
)

// Imports is the collection of this package.
const Imports = "plan_imports"

// Bind attaches the rules of imports to app. It comes after plan.
func Bind(app core.App) {
	kit.On(app.OnRecordCreate(Imports), readImport)
	app.OnRecordUpdateRequest(Imports).BindFunc(signImport)
	kit.OnSave(app, Imports, guardImport)
	kit.On(app.OnRecordDeleteExecute(Imports), deleteImport)

	app.OnServe().BindFunc(bindRoutes)
}

// Input is a text to read into a draft.
type Input struct {
	Org      string // id of the organization whose plan it is
	Year     int    // 0: as the text says
	Filename string
	Text     string
	By       string // id of the clerk; empty from the command line
	Since    string // first day for which duties are made; empty: the day of confirming
}

// Read reads a text into a draft that somebody corrects and somebody
// else confirms. Nothing but the draft is written.
func Read(app core.App, in Input) (*core.Record, error) {
	record, err := kit.NewRecord(app, Imports, map[string]any{
		"org": in.Org, "year": in.Year, "filename": in.Filename, "text": in.Text, "created_by": in.By, "since": in.Since, "state": "draft",
	})
	if err != nil {
		return nil, err
	}
	return record, app.Save(record)
}

// readImport reads the text of a new draft, whoever made it: the workbench, a
// script, the command line or the admin UI.
func readImport(e *core.RecordEvent) error {
	r := e.Record
	if err := CheckText(r.GetString("text")); err != nil {
		return err
	}
	unit, err := org.Find(e.App, r.GetString("org"))
	if err != nil {
		return kit.Reject("org", "org_unit_missing", "没有找到这个组织，请重新选择。")
	}
	read := parse.Text(r.GetString("text"), parse.Options{Year: r.GetInt("year")})
	if r.GetInt("year") == 0 {
		if read.Year == nil {
			return kit.Reject("year", "plan_year_missing", "原文没有写明年度，请选择年度。")
		}
		r.Set("year", *read.Year)
	}
	if err := checkFacts(r); err != nil {
		return err
	}
	outline := NewOutline(read)
	if err := suggestAll(e.App, unit, &outline); err != nil {
		return err
	}
	hash := sha256.Sum256([]byte(read.Text))
	r.Load(map[string]any{
		"text": read.Text, "text_hash": hex.EncodeToString(hash[:]), "title": kit.Clip(outline.Title, 200), "state": "draft",
		"submitted_by": "", "confirmed_by": "", "plan": "", "duplicate_of": "",
	})
	if err := noticeTwin(e.App, r, &outline); err != nil {
		return err
	}
	r.Set("outline", outline)
	return e.Next()
}

// checkFacts: what the clerk adds to the text is possible.
func checkFacts(r *core.Record) error {
	if since := r.GetString("since"); since != "" && !kit.IsDate(since) {
		return kit.Reject("since", "plan_date_unreal", fmt.Sprintf("没有 %s 这一天，请重新选择日期。", since))
	}
	return CheckYear(r.GetInt("year"))
}

func suggestAll(app core.App, unit *org.Unit, outline *Outline) error {
	s, err := newSuggester(app, unit)
	if err != nil {
		return err
	}
	for i := range outline.Sections {
		for j := range outline.Sections[i].Items {
			obligations := outline.Sections[i].Items[j].Obligations
			for k := range obligations {
				obligations[k].Assign = s.suggest(obligations[k])
			}
		}
	}
	return nil
}

// noticeTwin says so when the same text has been read in before.
func noticeTwin(app core.App, r *core.Record, outline *Outline) error {
	twins, err := app.FindRecordsByFilter(Imports, "text_hash = {:hash} && org = {:org} && state != 'discarded'", "-created", 1, 0,
		dbx.Params{"hash": r.GetString("text_hash"), "org": r.GetString("org")})
	if err != nil || len(twins) == 0 {
		return err
	}
	r.Set("duplicate_of", twins[0].GetString("plan"))
	when := twins[0].GetDateTime("created").Time().In(kit.Beijing).Format("2006年1月2日")
	outline.Warnings = append(outline.Warnings, parse.Warning{
		Code: "plan_import_twice", Message: fmt.Sprintf("同样的文字 %s 已经导入过，请确认是否需要再导入一次。", when),
	})
	return nil
}

// importMoves is where a person may take an import; confirming has its own way.
var importMoves = map[string][]string{
	"draft":     {"submitted", "discarded"},
	"submitted": {"draft", "discarded"},
	"discarded": {"draft"},
}

// fixedOfImport is what nobody changes: the text and who did what.
var fixedOfImport = []string{"org", "text", "text_hash", "created_by", "confirmed_by", "plan", "duplicate_of"}

// signImport puts the name of the signed-in person to what they hand in.
func signImport(e *core.RecordRequestEvent) error {
	if by := kit.Caller(e.RequestEvent); by != "" && e.Record.GetString("state") == "submitted" && e.Record.Original().GetString("state") != "submitted" {
		e.Record.Set("submitted_by", by)
	}
	return e.Next()
}

// guardImport lets a draft be corrected, handed in and taken back. The text it
// was read from never changes.
func guardImport(e *core.RecordEvent) error {
	if kit.IsSystem(e.Context) || e.Record.IsNew() {
		return e.Next()
	}
	stored, err := kit.Stored(e)
	if err != nil {
		return err
	}
	if err := checkImportMove(e.Record, stored); err != nil {
		return err
	}
	outline, err := outlineOf(e.Record)
	if err != nil {
		return err
	}
	if err := checkSpans(outline, len([]rune(e.Record.GetString("text")))); err != nil {
		return err
	}
	if err := checkFacts(e.Record); err != nil {
		return err
	}
	switch from, to := stored.GetString("state"), e.Record.GetString("state"); {
	case from == "draft" && to == "submitted":
		if err := checkReady(e.App, e.Record, outline); err != nil {
			return err
		}
	case to == "draft":
		e.Record.Set("submitted_by", "")
	}
	return e.Next()
}

// checkImportMove: an import changes while it is a draft, and its state along
// importMoves. Who handed it in is written down at that moment and never after.
func checkImportMove(r, stored *core.Record) error {
	if field, changed := kit.Changed(r, stored, fixedOfImport...); changed {
		return kit.Reject(field, "plan_import_fixed", "导入的原文和经办记录不能修改；原文有错请重新导入。")
	}
	from, to := stored.GetString("state"), r.GetString("state")
	if from != to && !slices.Contains(importMoves[from], to) {
		return kit.Reject("state", "plan_import_move", "这份导入已经不能这样改了，请刷新页面看看现在的状态。")
	}
	if _, changed := kit.Changed(r, stored, "outline", "year", "since"); changed && from != "draft" {
		return kit.Reject("outline", "plan_import_locked", "已经送交确认的导入不能修改，请先退回草稿。")
	}
	if _, changed := kit.Changed(r, stored, "submitted_by"); changed && (from != "draft" || to != "submitted") {
		return kit.Reject("submitted_by", "plan_import_fixed", "送交人在送交时由系统登记，不能修改。")
	}
	return nil
}

// deleteImport: what a plan was made from stays; a draft may go.
func deleteImport(e *core.RecordEvent) error {
	return kit.InTx(e, func() error {
		stored, err := kit.Stored(e)
		if err != nil {
			return err
		}
		if stored.GetString("state") == "confirmed" {
			return kit.Forbid("plan_permanent", "已确认的导入是计划的依据，不能删除。")
		}
		return e.Next()
	})
}

// outlineOf reads the outline of an import as the clerk left it.
func outlineOf(r *core.Record) (Outline, error) {
	var o Outline
	if err := json.Unmarshal([]byte(r.GetString("outline")), &o); err != nil {
		return o, kit.Reject("outline", "plan_outline_broken", "摘出的内容格式不对，请刷新页面后重试。")
	}
	return o, nil
}
