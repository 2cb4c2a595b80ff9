package commands_test

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"

	"yaodian/hooks/apptest"
	"yaodian/hooks/commands"
)

// exchangeRun executes a command and returns stdout, stderr and the sentence.
func exchangeRun(app core.App, args ...string) (stdout, stderr, sentence string) {
	root := &cobra.Command{Use: "yaodian", SilenceErrors: true}
	root.AddCommand(commands.People(app), commands.Exchange(app))
	var out, errs bytes.Buffer
	root.SetOut(&out)
	root.SetErr(&errs)
	root.SetArgs(args)
	if err := root.Execute(); err != nil {
		sentence = commands.Sentence(err)
	}
	return out.String(), errs.String(), sentence
}

func TestPeopleImport(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	good := file(t, "名册.csv", "姓名,所在党支部,人员类别,工号\n甲,zb1,正式党员,n1\n乙,西苑社区党支部,预备党员,n2\n")
	out, stderr, sentence := exchangeRun(app, "people", "import", good, "--dry-run")
	if !strings.Contains(out, "新增 2") || !strings.Contains(out, "什么也没有写入") || stderr+sentence != "" {
		t.Error(out, stderr, sentence)
	}
	if n, _ := app.CountRecords("people"); n != 8 {
		t.Errorf("the trial left %d people", n)
	}
	out, stderr, sentence = exchangeRun(app, "people", "import", good, "--json")
	var done commands.Entered
	if err := json.Unmarshal([]byte(out), &done); err != nil || !done.Written || done.Counts.Added != 2 || stderr+sentence != "" {
		t.Error(err, out, stderr, sentence)
	}
	out, stderr, sentence = exchangeRun(app, "people", "import", file(t, "坏.csv", "姓名,所在党支部,人员类别,工号\n丙,zb1,领导,n3\n丁,zb9,正式党员,n4\n"), "--json")
	if err := json.Unmarshal([]byte(out), &done); err != nil || done.Written || len(done.Faults) != 2 {
		t.Error(err, out)
	}
	if !strings.Contains(stderr, "第2行C列：“人员类别”没有“领导”") || !strings.Contains(stderr, "第3行B列：") || sentence != "有 2 行有错误，什么也没有写入。" {
		t.Error(stderr, sentence)
	}
	if n, _ := app.CountRecords("people"); n != 10 {
		t.Errorf("Expected 10 people, got %d", n)
	}
}

func TestExchangeExport(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	path := filepath.Join(t.TempDir(), "名册.xlsx")
	out, _, sentence := exchangeRun(app, "exchange", "export", "people", "--out", path, "--filter", `org.code="zb1"`)
	if !strings.Contains(out, "共 2 行") || sentence != "" {
		t.Error(out, sentence)
	}
	out, stderr, sentence := exchangeRun(app, "people", "import", path)
	if !strings.Contains(out, "共 2 行：新增 0，修改 0，不变 2，有错误 0。") {
		t.Error(out, stderr, sentence)
	}
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"people"}, "请写明要做什么"},
		{[]string{"people", "import"}, "请写明一个文件"},
		{[]string{"people", "import", "无此文件.xlsx"}, "没有找到文件“无此文件.xlsx”。"},
		{[]string{"people", "import", filepath.Dir(path)}, "是文件夹"},
		{[]string{"people", "import", file(t, "a.pdf", "%PDF-1.7 and more")}, "这是 PDF 文件"},
		{[]string{"exchange"}, "请写明要做什么"},
		{[]string{"exchange", "export"}, "请写明一个数据表"},
		{[]string{"exchange", "export", "people"}, "请用 --out"},
		{[]string{"exchange", "export", "people", "--out", path}, "已经存在"},
		{[]string{"exchange", "export", "people", "--out", path, "--format", "doc"}, "没有“doc”这种格式"},
		{[]string{"exchange", "export", "nothing", "--out", path + "1"}, "没有“nothing”这个数据表"},
		{[]string{"exchange", "export", "people", "--out", path + "2", "--filter", "x x"}, "筛选或排序的写法不对"},
	} {
		out, _, sentence := exchangeRun(app, c.args...)
		if out != "" || !strings.Contains(sentence, c.want) || !strings.HasSuffix(sentence, "。") {
			t.Errorf("%v\nstdout: %s\nsentence: %s", c.args, out, sentence)
		}
	}
}
