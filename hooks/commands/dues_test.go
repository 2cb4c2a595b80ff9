package commands_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"

	"yaodian/hooks/apptest"
	"yaodian/hooks/commands"
)

func runDues(t *testing.T, app core.App, args ...string) (stdout, sentence string) {
	t.Helper()
	root := &cobra.Command{Use: "yaodian", SilenceErrors: true}
	root.AddCommand(commands.Dues(app))
	var out bytes.Buffer
	root.SetOut(&out)
	root.SetErr(&out)
	root.SetArgs(append([]string{"dues"}, args...))
	if err := root.ExecuteContext(t.Context()); err != nil {
		return out.String(), commands.Sentence(err)
	}
	return out.String(), ""
}

// nowhere is an application whose data directory doesn't exist.
func nowhere(t *testing.T) core.App {
	t.Helper()
	return core.NewBaseApp(core.BaseAppConfig{DataDir: filepath.Join(t.TempDir(), "none")})
}

// TestDuesQuote holds the worked examples of domain.md 1.14 through the command,
// without a database and with one.
func TestDuesQuote(t *testing.T) {
	for where, app := range map[string]core.App{"without a database": nowhere(t), "with one": apptest.New(t)} {
		for _, c := range []struct{ category, base, month, due, rate, capped string }{
			{"wage_monthly", "2500", "2022-03", "12.50", "0.5%", "false"}, {"wage_monthly", "3500", "2022-03", "35.00", "1%", "false"},
			{"wage_monthly", "7500", "2022-03", "112.50", "1.5%", "false"}, {"wage_monthly", "12000", "2022-03", "240.00", "2%", "false"},
			{"wage_monthly", "8000", "2022-03", "120.00", "1.5%", "false"}, {"wage_annual", "5000", "2022-11", "50.00", "1%", "false"},
			{"wage_annual", "245000", "2022-12", "1000.00", "2%", "true"}, {"wage_annual", "245000", "2016-12", "4900.00", "2%", "false"},
			{"wage_monthly", "3000.00", "2022-03", "15.00", "0.5%", "false"}, {"wage_monthly", "3000.01", "2022-03", "30.00", "1%", "false"},
			{"wage_monthly", "5000.00", "2022-03", "50.00", "1%", "false"}, {"wage_monthly", "5000.01", "2022-03", "75.00", "1.5%", "false"},
			{"wage_monthly", "10000.00", "2022-03", "150.00", "1.5%", "false"}, {"wage_monthly", "10000.01", "2022-03", "200.00", "2%", "false"},
			{"wage_monthly", "50000", "2022-03", "1000.00", "2%", "false"}, {"wage_monthly", "66666", "2022-03", "1000.00", "2%", "true"},
			{"wage_monthly", "5321.37", "2022-03", "79.82", "1.5%", "false"}, {"wage_monthly", "4100.50", "2022-03", "41.01", "1%", "false"},
			{"retired", "3200", "2022-03", "16.00", "0.5%", "false"}, {"retired", "5000", "2022-03", "25.00", "0.5%", "false"},
			{"retired", "5000.01", "2022-03", "50.00", "1%", "false"}, {"retired", "6000", "2022-03", "60.00", "1%", "false"}, {"retired", "8500", "2016-12", "85.00", "1%", "false"},
			{"farmer", "0.20", "2022-03", "0.20", "", "false"}, {"farmer", "1.00", "2022-03", "1.00", "", "false"}, {"farmer", "", "2022-03", "0.20", "", "false"},
			{"student", "", "2022-03", "0.20", "", "false"}, {"unemployed", "", "2022-03", "0.20", "", "false"}, {"relief", "", "2022-03", "0.20", "", "false"}, {"dibao", "", "2022-03", "0.20", "", "false"},
			{"self_employed_quarter", "9000", "2022-03", "135.00", "1.5%", "false"}, {"wage_monthly", "5400", "2022-03", "81.00", "1.5%", "false"}, {"wage_monthly", "4800", "2022-03", "48.00", "1%", "false"},
			{"wage_monthly", "1500", "2007-12", "30.00", "2%", "false"}, {"wage_monthly", "1500.01", "2007-12", "45.00", "3%", "false"},
		} {
			args := []string{"quote", "--category", c.category, "--month", c.month, "--json"}
			if c.base != "" {
				args = append(args, "--base", c.base)
			}
			out, sentence := runDues(t, app, args...)
			got := map[string]any{}
			if err := json.Unmarshal([]byte(out), &got); err != nil || sentence != "" {
				t.Fatal(c, out, sentence, err)
			}
			if got["due_yuan"] != c.due || got["rate"] != c.rate || got["cap_applied"] != (c.capped == "true") || got["month"] != c.month || len(got) != 9 {
				t.Errorf("%s, %v: %v", where, c, got)
			}
			if set := got["rule_set"].(map[string]any); len(set) != 3 || set["no"] == "" {
				t.Error(set)
			}
		}
	}
	if _, err := os.Stat(nowhere(t).DataDir()); err == nil {
		t.Error("a database was made")
	}
}

func TestDuesQuoteRefuses(t *testing.T) {
	app := nowhere(t)
	for _, args := range [][]string{
		{}, {"--category", "rich"}, {"--category", "farmer", "--base", "0.19"}, {"--category", "farmer", "--base", "1.01"}, {"--category", "wage_monthly"},
		{"--category", "wage_monthly", "--base", "0"}, {"--category", "wage_monthly", "--base", "-5"}, {"--category", "wage_monthly", "--base", "1.234"}, {"--category", "wage_monthly", "--base", ""},
		{"--category", "wage_monthly", "--base", "一百"}, {"--category", "student", "--month", "2022-13"}, {"--category", "student", "--month", "1990-01"}, {"--category", "student", "--moth", "x"},
	} {
		out, sentence := runDues(t, app, append(append([]string{"quote"}, args...), "--json")...)
		if out != "" || !strings.HasSuffix(sentence, "。") || strings.Count(sentence, "\n") > 0 {
			t.Errorf("%v: %q %q", args, out, sentence)
		}
	}
	out, _ := runDues(t, app, "quote", "--category", "student")
	if !strings.Contains(out, "每月应交 0.20 元") {
		t.Error(out)
	}
}

// A quote in a database follows the sets that are in force there.
func TestDuesQuoteOfDatabase(t *testing.T) {
	app := apptest.New(t)
	if _, err := app.NonconcurrentDB().NewQuery("UPDATE dues_rates SET state = 'void' WHERE no = '2017'").Execute(); err != nil {
		t.Fatal(err)
	}
	out, sentence := runDues(t, app, "quote", "--category", "wage_annual", "--base", "245000", "--month", "2022-12")
	if !strings.Contains(out, "4900.00") {
		t.Error(out, sentence)
	}
}

func TestDuesBillAndVerify(t *testing.T) {
	app := apptest.New(t)
	apptest.Make(t, app, "dues_profiles", map[string]any{"person": "#" + apptest.Member, "category": "student", "since": "2026-01"})
	out, sentence := runDues(t, app, "bill", "--month", "2026-05", "--json")
	if sentence != "" || !strings.Contains(out, `"charged": 1`) {
		t.Fatal(out, sentence)
	}
	if out, _ = runDues(t, app, "bill", "--month", "2026-05"); !strings.Contains(out, "新生成 0 人") {
		t.Error(out)
	}
	if _, sentence = runDues(t, app, "bill", "--month", "2026-12"); sentence != "2026-12 还没有到，不能生成应交。" {
		t.Error(sentence)
	}
	if _, sentence = runDues(t, app, "bill"); !strings.HasPrefix(sentence, "请写明月份") {
		t.Error(sentence)
	}
	if out, sentence = runDues(t, app, "verify"); sentence != "" || !strings.HasPrefix(out, "党费账目一致：1 笔分录，0 笔收款。") {
		t.Error(out, sentence)
	}
	for _, sql := range []string{"DROP TRIGGER dues_entries_update", "UPDATE dues_entries SET amount = amount + 1"} {
		if _, err := app.NonconcurrentDB().NewQuery(sql).Execute(); err != nil {
			t.Fatal(err)
		}
	}
	if out, sentence = runDues(t, app, "verify"); out != "" || sentence != "第 1 笔分录被改动过：内容和摘要对不上。" {
		t.Error(out, sentence)
	}
	if out, sentence = runDues(t, app, "verify", "--json"); !strings.Contains(out, `"problems": [`) || sentence == "" {
		t.Error(out, sentence)
	}
}
