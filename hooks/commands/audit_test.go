package commands_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"

	"yaodian/hooks/apptest"
	"yaodian/hooks/audit"
	"yaodian/hooks/commands"
)

func runAudit(t *testing.T, app core.App, args ...string) (stdout, sentence string) {
	t.Helper()
	root := &cobra.Command{Use: "yaodian", SilenceErrors: true}
	root.AddCommand(commands.Audit(app))
	var out bytes.Buffer
	root.SetOut(&out)
	root.SetErr(&out)
	root.SetArgs(append([]string{"audit"}, args...))
	if err := root.ExecuteContext(t.Context()); err != nil {
		return out.String(), commands.Sentence(err)
	}
	return out.String(), ""
}

// A whole chain is printed with its head, which the next run can be held to; a
// broken one is one sentence and an error.
func TestAuditVerify(t *testing.T) {
	app := apptest.New(t)
	out, sentence := runAudit(t, app, "verify")
	if sentence != "" || !strings.HasPrefix(out, "留痕完整：第 1 条到第 ") {
		t.Fatal(out, sentence)
	}
	head := strings.TrimPrefix(strings.Split(strings.TrimSpace(out), "\n")[1], "末条 ")
	if _, sentence := runAudit(t, app, "verify", "--expect", head); sentence != "" {
		t.Error(sentence)
	}
	wrong := strings.Split(head, ":")[0] + ":" + strings.Repeat("0", 64)
	if _, sentence := runAudit(t, app, "verify", "--expect", wrong); !strings.Contains(sentence, "和当时留存的哈希不一致") {
		t.Error(sentence)
	}

	for _, s := range []string{`DROP TRIGGER audit_entries_update`, `UPDATE audit_entries SET label = label || '。' WHERE seq = 7`} {
		if _, err := app.NonconcurrentDB().NewQuery(s).Execute(); err != nil {
			t.Fatal(err)
		}
	}
	if out, sentence := runAudit(t, app, "verify"); out != "" || sentence != "第 7 条留痕被改动过：内容和哈希对不上。" {
		t.Error(out, sentence)
	}
	out, sentence = runAudit(t, app, "verify", "--json")
	var report audit.Report
	if err := json.Unmarshal([]byte(out), &report); err != nil || sentence == "" {
		t.Fatal(out, sentence, err)
	}
	if report.Broken == nil || report.Broken.Seq != 7 || report.Broken.Code != "audit_hash" {
		t.Errorf("%+v", report)
	}
}

func TestAuditRefusals(t *testing.T) {
	app := apptest.New(t)
	for _, c := range []struct {
		args []string
		want string
	}{
		{nil, "请写明要做什么"},
		{[]string{"verify", "--expect", "末条"}, "不是末条的写法"},
		{[]string{"archive"}, "请写明存档到哪一天为止"},
		{[]string{"archive", "--before", "2026-06-01"}, "只能存档一年以前的留痕"},
		{[]string{"archive", "--before", "2020-01-01"}, "没有可以存档的留痕"},
	} {
		out, sentence := runAudit(t, app, c.args...)
		if out != "" || !strings.Contains(sentence, c.want) || !strings.HasSuffix(sentence, "。") {
			t.Errorf("%v\nstdout: %s\nsentence: %s", c.args, out, sentence)
		}
	}
}
