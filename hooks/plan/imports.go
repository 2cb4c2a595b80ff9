package plan

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
	"yaodian/hooks/plan/parse"
)

// ImportInput is a text to read into a draft.
type ImportInput struct {
	Org      string // id of the organization whose plan it is
	Year     int    // 0: as the text says
	Filename string
	Text     string
	By       string // id of the clerk; empty from the command line
	Since    string // first day for which duties are made; empty: the day of confirming
}

// ImportText reads a text into a draft that somebody corrects and somebody
// else confirms. Nothing but the draft is written.
func ImportText(app core.App, in ImportInput) (*core.Record, error) {
	record, err := newRecord(app, Imports, map[string]any{
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
	if strings.TrimSpace(r.GetString("text")) == "" {
		return kit.Reject("text", "plan_file_empty", "没有文字可读，请粘贴工作要点的全文，或者上传文件。")
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
	outline := NewOutline(read)
	if err := suggestAll(e.App, unit, &outline); err != nil {
		return err
	}
	hash := sha256.Sum256([]byte(read.Text))
	r.Load(map[string]any{"text": read.Text, "text_hash": hex.EncodeToString(hash[:]), "title": clip(outline.Title, 200), "state": "draft"})
	if err := noticeTwin(e.App, r, &outline); err != nil {
		return err
	}
	r.Set("outline", outline)
	return e.Next()
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
	if field, changed := kit.Changed(e.Record, stored, "org", "text", "text_hash", "created_by", "confirmed_by", "plan", "duplicate_of"); changed {
		return kit.Reject(field, "plan_import_fixed", "导入的原文和经办记录不能修改；原文有错请重新导入。")
	}
	from, to := stored.GetString("state"), e.Record.GetString("state")
	if from != to && !slices.Contains(importMoves[from], to) {
		return kit.Reject("state", "plan_import_move", "这份导入已经不能这样改了，请刷新页面看看现在的状态。")
	}
	if _, changed := kit.Changed(e.Record, stored, "outline", "year", "since"); changed && from != "draft" {
		return kit.Reject("outline", "plan_import_locked", "已经送交确认的导入不能修改，请先退回草稿。")
	}
	outline, err := outlineOf(e.Record)
	if err != nil {
		return err
	}
	if err := checkSpans(outline, len([]rune(e.Record.GetString("text")))); err != nil {
		return err
	}
	if from == "draft" && to == "submitted" {
		if err := checkReady(e.App, e.Record, outline); err != nil {
			return err
		}
	}
	return e.Next()
}

func deleteImport(e *core.RecordEvent) error {
	if e.Record.GetString("state") == "confirmed" && !kit.IsSystem(e.Context) {
		return kit.Forbid("plan_permanent", "已确认的导入是计划的依据，不能删除。")
	}
	return e.Next()
}

// outlineOf reads the outline of an import as the clerk left it.
func outlineOf(r *core.Record) (Outline, error) {
	var o Outline
	if err := json.Unmarshal([]byte(r.GetString("outline")), &o); err != nil {
		return o, kit.Reject("outline", "plan_outline_broken", "摘出的内容格式不对，请刷新页面后重试。")
	}
	return o, nil
}

// checkReady refuses an import that still leaves something to decide.
func checkReady(app core.App, r *core.Record, o Outline) error {
	problems, err := problemsOf(app, r, o)
	if err != nil || len(problems) == 0 {
		return err
	}
	first := problems[0]
	where := ""
	if first.Code != "plan_no_items" {
		item := o.Sections[first.Path[0]].Items[first.Path[1]]
		where = fmt.Sprintf("第 %d 条“%s”：", item.Number, clip(item.Title, 20))
	}
	return kit.Reject("outline", "plan_import_incomplete", fmt.Sprintf("还有 %d 处没有处理。%s%s", len(problems), where, first.Message))
}

// problemsOf adds to CheckOutline what only the database knows: whether each
// assignment finds somebody.
func problemsOf(app core.App, r *core.Record, o Outline) ([]Problem, error) {
	problems := CheckOutline(o, r.GetInt("year"))
	day := kit.Today(app)
	known := map[Assign]error{}
	for s, section := range o.Sections {
		for i, item := range section.Items {
			for k, ob := range item.Obligations {
				if !ob.Kept() || ob.Assign == nil || ob.Assign.To == "" {
					continue
				}
				key := *ob.Assign
				key.Suggested = false
				err, seen := known[key]
				if !seen {
					_, err = checkAssign(app, r.GetString("org"), key, day)
					known[key] = err
				}
				if err == nil {
					continue
				}
				message, code, ok := sentence(err)
				if !ok {
					return nil, err
				}
				problems = append(problems, Problem{Path: [3]int{s, i, k}, Code: code, Message: message})
			}
		}
	}
	return problems, nil
}

// sentence takes the words of a rule that was broken; ok is false for any
// other error.
func sentence(err error) (message, code string, ok bool) {
	var coded interface {
		error
		Code() string
	}
	for _, field := range kit.Violations(err) {
		if errors.As(field, &coded) {
			return coded.Error(), coded.Code(), true
		}
	}
	return "", "", false
}

func clip(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}
