package imports_test

import (
	"archive/zip"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"yaodian/hooks/apptest"
	"yaodian/hooks/plan"
	"yaodian/hooks/plan/imports"
	"yaodian/hooks/plan/plantest"
	"yaodian/hooks/words"
)

const importURL = "/api/plan/imports"

// A plan is imported by who edits plans of that organization: pasted or uploaded.
func TestWhoImports(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	at := func(unit string) map[string]any {
		return map[string]any{"text": plantest.Text, "org": apptest.Unit(t, s.App, unit).Id}
	}
	for who, want := range map[string]int{
		apptest.Guest: 401, apptest.Outsider: 403, apptest.Member: 403, apptest.Branch: 403, apptest.Inspector: 403, apptest.Deputy: 403,
		apptest.Clerk: 201, apptest.Secretary: 201, apptest.Keeper: 201,
	} {
		answer := s.Do(t, who, http.MethodPost, importURL, at("jd"))
		answer.Want(t, want)
		if want == 201 && who != apptest.Keeper {
			answer.Want(t, 201, `"created_by":"`+apptest.Person(t, s.App, who).Id+`"`, `"state":"draft"`, `"sections":[`)
		}
	}
	s.Do(t, apptest.Clerk, http.MethodPost, importURL, at("zb1")).Want(t, 201)
	s.Do(t, apptest.Clerk, http.MethodPost, importURL, at("wd")).Want(t, 403, "plan_no_power")
	s.Do(t, apptest.Clerk, http.MethodPost, importURL, map[string]any{"text": plantest.Text, "org": "nosuch"}).Want(t, 400, "org_unit_missing")
	if n := apptest.Count(t, s.App, imports.Imports); n != 4 {
		t.Errorf("%d imports", n)
	}
}

// An uploaded file is read like the pasted text.
func TestUploadIsRead(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	fields := map[string]string{"org": apptest.Unit(t, s.App, "jd").Id, "since": "2026-03-01"}
	var outlines []string
	for name, content := range map[string]string{"要点.txt": plantest.Text, "要点.md": plantest.Text, "要点.docx": docx(t, plantest.Text)} {
		answer := s.Upload(t, apptest.Clerk, importURL, fields, map[string][2]string{"file": {name, content}})
		answer.Want(t, 201, `"filename":"`+name+`"`, `"since":"2026-03-01"`, `"year":2026`)
		record := apptest.First(t, s.App, imports.Imports, "filename", name)
		o := plantest.Outline(t, record)
		o.Warnings = nil
		raw, err := json.Marshal(o)
		if err != nil {
			t.Fatal(err)
		}
		outlines = append(outlines, string(raw))
	}
	if outlines[0] != outlines[1] || outlines[1] != outlines[2] {
		t.Errorf("the files are read differently:\n%s", strings.Join(outlines, "\n"))
	}
}

// Whatever isn't a plan is refused in a sentence and leaves nothing behind.
func TestBadUploads(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	words.Bind(app)
	s := apptest.Serve(t, app)
	unit := apptest.Unit(t, app, "jd").Id
	encrypted := "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Join(strings.Split("EncryptedPackage", ""), "\x00") + "\x00"
	for _, c := range []struct {
		name, file, content string
		status              int
		want                string
	}{
		{"empty", "空.txt", "", 400, `"code":"plan_file_empty","message":"文件是空的，请检查后重新上传。"`},
		{"blank", "空白.txt", " \n\n　", 400, "plan_file_empty"},
		{"binary", "照片.txt", "\x00\x01\x02\x03\x04\x05\x06\x07" + strings.Repeat("\x00\x10", 500), 400, `"code":"plan_file_binary","message":"文件内容不是文字`},
		{"an old Word file", "要点.doc", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\x00\x00", 400, `"code":"plan_file_doc","message":"这是旧版 Word 文档（.doc），请在 Word 或 WPS 中另存为 .docx 后重新上传。"`},
		{"an old one renamed", "要点.docx", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\x00\x00", 400, "plan_file_doc"},
		{"a broken zip", "要点.docx", "PK\x03\x04 不是压缩包", 400, `"code":"plan_file_broken"`},
		{"a password", "要点.docx", encrypted, 400, `"code":"plan_file_encrypted","message":"这个文件设有打开密码`},
		{"a PDF", "要点.pdf", "%PDF-1.7", 400, `"code":"plan_file_pdf","message":"不能直接读取 PDF，请复制其中的文字粘贴进来，或另存为 .docx 后上传。"`},
		{"another kind", "要点.pages", "PK\x03\x04", 400, `"code":"plan_file_type","message":"只能读取 .txt、.md 和 .docx 文件。"`},
		{"too large for a plan", "大.txt", strings.Repeat("要点", 7<<19), 413, `"message":"上传的内容太大，请减小后再试。"`},
		{"100 MB", "大.txt", strings.Repeat("一", 100<<20/3), 413, `"message":"上传的内容太大，请减小后再试。"`},
		{"a library", "书.txt", strings.Repeat("学习。\n", 300_000), 400, `"code":"plan_text_long","message":"全文超过 100 万字`},
		{"no year", "要点.txt", "工作要点\n一、学习\n1.集中学习。每季度一次。", 400, `"code":"plan_year_missing","message":"原文没有写明年度，请选择年度。"`},
	} {
		answer := s.Upload(t, apptest.Clerk, importURL, map[string]string{"org": unit}, map[string][2]string{"file": {c.file, c.content}})
		if answer.Status != c.status || !answer.Has(c.want) {
			t.Errorf("%s: Expected %d %s, got %d %s", c.name, c.status, c.want, answer.Status, answer.Short())
		}
	}
	for name, body := range map[string]map[string]any{
		"plan_file_empty": {"org": unit}, "plan_year_out_of_range": {"org": unit, "text": plantest.Text, "year": 1999}, "plan_date_unreal": {"org": unit, "text": plantest.Text, "since": "2026-02-30"},
	} {
		s.Do(t, apptest.Clerk, http.MethodPost, importURL, body).Want(t, 400, name)
	}
	s.Upload(t, apptest.Clerk, importURL, map[string]string{"org": unit}, nil).Want(t, 400, "plan_file_empty")
	if n := apptest.Count(t, app, imports.Imports); n != 0 {
		t.Errorf("%d drafts are left", n)
	}
}

// docx is the smallest Word file of a text.
func docx(t testing.TB, text string) string {
	t.Helper()
	var raw strings.Builder
	z := zip.NewWriter(&raw)
	body := `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`
	for line := range strings.Lines(text) {
		body += "<w:p><w:r><w:t>" + strings.TrimSpace(line) + "</w:t></w:r></w:p>"
	}
	for name, content := range map[string]string{
		"word/document.xml":   body + "</w:body></w:document>",
		"[Content_Types].xml": `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
	} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return raw.String()
}

// What is left to decide is told to who edits and who confirms.
func TestCheckRoute(t *testing.T) {
	t.Parallel()
	s := apptest.Serve(t, plantest.WithDraft(t))
	draft := apptest.Only(t, s.App, imports.Imports)
	url := importURL + "/" + draft.Id + "/check"
	for who, want := range map[string]int{
		apptest.Guest: 401, apptest.Outsider: 404, apptest.Member: 404, apptest.Branch: 404, apptest.Inspector: 404,
		apptest.Clerk: 200, apptest.Deputy: 200, apptest.Secretary: 200, apptest.Keeper: 200,
	} {
		answer := s.Do(t, who, http.MethodPost, url, nil)
		answer.Want(t, want)
		if want == 200 {
			answer.Want(t, 200, `{"path":[0,0,0],"code":"plan_unassigned","message":"这项任务还没有交给谁。"}`, `"counts":null`)
		}
	}
	plantest.Decide(t, s.App, draft, nil)
	s.Do(t, apptest.Deputy, http.MethodPost, url, nil).Want(t, 200, `"problems":[]`, `"counts":{"sections":2,"items":4,"tasks":4,"documents":1,"targets":3,"duties":22}`)
	if n := apptest.Count(t, s.App, plan.Tasks); n != 0 {
		t.Errorf("asking made %d tasks", n)
	}
	s.Do(t, apptest.Clerk, http.MethodPost, importURL+"/nosuch/check", nil).Want(t, 404)
	s.Do(t, apptest.Clerk, http.MethodPost, importURL+"/nosuch/confirm", nil).Want(t, 404)
}
