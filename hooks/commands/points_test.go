package commands_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"yaodian/hooks/apptest"
	"yaodian/hooks/commands"
)

func TestPointsVerify(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	run := func(args ...string) (string, string) {
		root := &cobra.Command{Use: "yaodian", SilenceErrors: true}
		root.AddCommand(commands.Points(app))
		var out bytes.Buffer
		root.SetOut(&out)
		root.SetErr(&out)
		root.SetArgs(append([]string{"points"}, args...))
		if err := root.ExecuteContext(t.Context()); err != nil {
			return out.String(), commands.Sentence(err)
		}
		return out.String(), ""
	}
	apptest.Make(t, app, "points_rules", map[string]any{
		"no": "T1", "title": "学习", "subject": "study", "category": "study", "value": 20, "since": "2026-01-01", "document": "1号", "state": "active", "activated_by": "#" + apptest.Clerk,
	})
	apptest.Make(t, app, "study_records", map[string]any{"person": "#" + apptest.Member, "org": "@zb1", "studied_on": "2026-05-06", "tenths": 20, "source": "self", "title": "学习"})
	if out, sentence := run("verify"); sentence != "" || !strings.HasPrefix(out, "积分账目一致：1 笔分录，和重算相同。") {
		t.Error(out, sentence)
	}
	if _, err := app.NonconcurrentDB().NewQuery("DELETE FROM study_records").Execute(); err != nil {
		t.Fatal(err)
	}
	if out, sentence := run("verify"); out != "" || sentence != "第 1 笔分录（2026-05-06，2 分）没有来源：重算不应有这一笔。" {
		t.Error(out, sentence)
	}
	if out, sentence := run("verify", "--json"); !strings.Contains(out, `"problems": [`) || sentence == "" {
		t.Error(out, sentence)
	}
	if _, sentence := run(); sentence != "请写明要做什么：points verify。" {
		t.Error(sentence)
	}
}
