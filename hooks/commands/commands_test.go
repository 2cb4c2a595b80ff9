package commands_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"

	"yaodian/hooks/apptest"
	"yaodian/hooks/commands"
	"yaodian/hooks/kit"
)

const text = `清河街道党工委2026年工作要点

一、加强思想建设
1.组织理论学习。每季度组织一次集中学习，6月底前制定《学习制度》。
2.开展谈心谈话。适时开展谈心谈话。

二、严格组织生活
3.开好支部大会。每季度召开一次支部党员大会。
`

func file(t testing.TB, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// run executes `plan …` and returns what stands on stdout, or the sentence.
func run(app core.App, args ...string) (stdout, sentence string) {
	root := &cobra.Command{Use: "yaodian", SilenceErrors: true}
	root.AddCommand(commands.Plan(app), commands.People(app))
	var out, errs bytes.Buffer
	root.SetOut(&out)
	root.SetErr(&errs)
	root.SetArgs(args)
	if err := root.Execute(); err != nil {
		return out.String(), commands.Sentence(err)
	}
	return out.String(), ""
}

func TestPlanParse(t *testing.T) {
	path := file(t, "要点.txt", text)

	out, sentence := run(nil, "plan", "parse", path, "--json")
	var plan struct {
		Year     int
		Sections []struct {
			Items []struct{ Number int }
		}
	}
	if err := json.Unmarshal([]byte(out), &plan); err != nil || sentence != "" {
		t.Fatalf("%v %s\n%s", err, sentence, out)
	}
	if plan.Year != 2026 || len(plan.Sections) != 2 || len(plan.Sections[0].Items) != 2 {
		t.Errorf("%+v", plan)
	}

	out, sentence = run(nil, "plan", "parse", path)
	for _, want := range []string{"清河街道党工委2026年工作要点（2026 年）", "2 个部分，3 条", "制定《学习制度》", "待确认", "每季度"} {
		if !strings.Contains(out, want) {
			t.Errorf("%s is missing %s\n%s", want, sentence, out)
		}
	}
}

// TestRefusals: one complete Chinese sentence, nothing on stdout.
func TestRefusals(t *testing.T) {
	app := apptest.New(t)
	good := file(t, "要点.txt", text)
	big := file(t, "大.txt", "")
	if err := os.Truncate(big, 100<<20); err != nil {
		t.Fatal(err)
	}
	for _, s := range []struct {
		args []string
		want string
	}{
		{[]string{"plan"}, "请写明要做什么"},
		{[]string{"plan", "parse"}, "请写明一个文件"},
		{[]string{"plan", "parse", "无此文件.docx"}, "没有找到文件“无此文件.docx”。"},
		{[]string{"plan", "parse", filepath.Dir(good)}, "是文件夹"},
		{[]string{"plan", "parse", big, "--json"}, "超过 32 MB"},
		{[]string{"plan", "parse", file(t, "空.txt", "")}, ""},
		{[]string{"plan", "parse", file(t, "坏.docx", "PK\x03\x04不是压缩包")}, ""},
		{[]string{"plan", "parse", file(t, "旧.doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")}, ""},
		{[]string{"plan", "parse", good, "--year", "26"}, "年度 26 不对"},
		{[]string{"plan", "parse", good, "--year", "今年"}, "不能是“今年”"},
		{[]string{"plan", "parse", good, "--nothing"}, "没有 --nothing 这个选项"},
		{[]string{"plan", "import", good}, "请用 --org 写明"},
		{[]string{"plan", "import", good, "--org", "nothing"}, "没有编码或路径为“nothing”的组织"},
		{[]string{"plan", "import", good, "--org", "/jd/none"}, "没有编码或路径为“/jd/none/”的组织"},
		{[]string{"plan", "import", file(t, "无年度.txt", "工作要点\n一、学习\n1.组织学习。每季度一次。"), "--org", "jd"}, "请选择年度。"},
	} {
		out, sentence := run(app, s.args...)
		if out != "" || !strings.Contains(sentence, s.want) || !strings.HasSuffix(sentence, "。") {
			t.Errorf("%v\nstdout: %s\nsentence: %s", s.args, out, sentence)
		}
	}
	if n, err := app.CountRecords("plan_imports"); err != nil || n != 0 {
		t.Errorf("%d drafts after refusals, %v", n, err)
	}
}

func TestPlanImport(t *testing.T) {
	app := apptest.New(t)
	path := file(t, "要点.txt", text)

	out, sentence := run(app, "plan", "import", path, "--org", "jd", "--dry-run")
	if sentence != "" || !strings.Contains(out, "2 个部分，3 条") || !strings.Contains(out, "什么也没有写入") {
		t.Fatal(out, sentence)
	}
	if n, _ := app.CountRecords("plan_imports"); n != 0 {
		t.Fatalf("the dry run left %d drafts", n)
	}

	out, sentence = run(app, "plan", "import", path, "--org", "/jd/", "--json")
	var done commands.Imported
	if err := json.Unmarshal([]byte(out), &done); err != nil || sentence != "" {
		t.Fatalf("%v %s\n%s", err, sentence, out)
	}
	draft, err := app.FindRecordById("plan_imports", done.ID)
	if err != nil {
		t.Fatal(err)
	}
	if draft.GetString("state") != "draft" || draft.GetInt("year") != 2026 || done.Counts.Items != 3 || done.Org != "清河街道党工委" {
		t.Errorf("%+v, state %s", done, draft.GetString("state"))
	}
}

// TestImportEqualsTheRoute: the command and the workbench make the same draft
// of a file, and each notices what the other read in before.
func TestImportEqualsTheRoute(t *testing.T) {
	byCommand := func(s *apptest.Server) string {
		out, sentence := run(s.App, "plan", "import", file(t, "要点.txt", text), "--org", "jd", "--json")
		var done commands.Imported
		if err := json.Unmarshal([]byte(out), &done); err != nil || sentence != "" {
			t.Fatalf("%v %s\n%s", err, sentence, out)
		}
		return done.ID
	}
	byRoute := func(s *apptest.Server) string {
		fields := map[string]string{"org": apptest.Unit(t, s.App, "jd").Id}
		return s.Upload(t, apptest.Clerk, "/api/plan/imports", fields, map[string][2]string{"file": {"要点.txt", text}}).Text("id")
	}
	drafts := func(ways ...func(*apptest.Server) string) (out []map[string]any) {
		s := apptest.NewServer(t)
		for _, way := range ways {
			draft := apptest.First(t, s.App, "plan_imports", "id", way(s)).FieldsData()
			for _, own := range []string{"id", "created", "updated", "created_by"} {
				delete(draft, own)
			}
			out = append(out, draft)
		}
		return out
	}
	one, two := drafts(byCommand, byRoute), drafts(byRoute, byCommand)
	for i := range one {
		for field := range one[i] {
			if a, b := fmt.Sprint(one[i][field]), fmt.Sprint(two[i][field]); a != b {
				t.Errorf("%s of import %d:\n%s\nthe other way round\n%s", field, i+1, a, b)
			}
		}
	}
	if first, second := fmt.Sprint(one[0]["outline"]), fmt.Sprint(one[1]["outline"]); strings.Contains(first, "plan_import_twice") || !strings.Contains(second, "plan_import_twice") {
		t.Errorf("what is noticed: %s\n%s", first, second)
	}
}

// TestAmbiguousCode: codes repeat under different parents.
func TestAmbiguousCode(t *testing.T) {
	app := apptest.New(t)
	apptest.Create(t, app, "org_units", map[string]any{
		"code": "zb1", "name": "外地一支部", "kind": "branch", "parent": apptest.Unit(t, app, "wd").Id,
	})
	_, sentence := run(app, "plan", "import", file(t, "要点.txt", text), "--org", "zb1")
	if !strings.Contains(sentence, "有 2 个组织") || !strings.Contains(sentence, "/wd/zb1/") {
		t.Error(sentence)
	}
}

// TestKeys: what was sealed is counted by key; a ring that isn't in a file
// can't be rotated.
func TestKeys(t *testing.T) {
	app := apptest.New(t)
	if err := apptest.Save(app, apptest.Person(t, app, apptest.Member), map[string]any{"id_no": "11010519491231002X"}); err != nil {
		t.Fatal(err)
	}
	out, sentence := run(app, "people", "keys", "check", "--json")
	var use struct {
		Current string
		Sealed  map[string]int
	}
	if err := json.Unmarshal([]byte(out), &use); err != nil || use.Sealed[use.Current] != 1 {
		t.Errorf("%s%s (%v)", out, sentence, err)
	}
	if out, _ = run(app, "people", "keys", "check"); !strings.Contains(out, "加密了 1 项") {
		t.Error(out)
	}
	for want, args := range map[string][]string{
		"密钥不在文件里": {"people", "keys", "rotate"}, "people keys check": {"people"}, "请写明要做什么：people keys check": {"people", "keys"},
	} {
		if out, sentence := run(app, args...); out != "" || !strings.Contains(sentence, want) || !strings.HasSuffix(sentence, "。") {
			t.Errorf("%v: %s %s", args, out, sentence)
		}
	}
}

func TestOffline(t *testing.T) {
	root := &cobra.Command{Use: "yaodian"}
	root.AddCommand(commands.Plan(nil))
	for args, want := range map[string]bool{"plan parse x": true, "plan import x": false, "plan": false, "serve": false, "": false} {
		if got := commands.Offline(root, strings.Fields(args)); got != want {
			t.Errorf("%q: %v", args, got)
		}
	}
}

func TestSentence(t *testing.T) {
	for _, s := range []struct {
		err  error
		want string
	}{
		{kit.Reject("text", "plan_file_empty", "文件是空的。"), "文件是空的。"},
		{kit.Forbid("plan_no", "不能这样做。"), "不能这样做。"},
		{validation.Errors{"year": validation.ErrRequired}, "请填写这一项。"},
		{validation.Errors{"outline": validation.Errors{"a": validation.ErrRequired, "b": kit.Reject("c", "x", "重复了。")}}, "请填写这一项。重复了。"},
		{errors.New("listen tcp 127.0.0.1:8090: bind: address already in use"), "地址 127.0.0.1:8090 已被占用，请先停掉占用它的程序，或者用 --http 换一个。"},
		{errors.New(`unknown command "serv" for "yaodian"` + "\n\nDid you mean this?\n\tserve\n"), "没有“serv”这个命令，请用 --help 查看有哪些。"},
		{errors.New("这个数据目录里已经有正式数据"), "这个数据目录里已经有正式数据。"},
		{fmt.Errorf("load the demo: %w", errors.New("“zb1”这个编码重复了。")), "“zb1”这个编码重复了。"},
		{errors.New("boom"), "没有办成，原因是“boom”。"},
	} {
		if got := commands.Sentence(s.err); got != s.want {
			t.Errorf("%v: %s", s.err, got)
		}
	}
}
