package commands

import (
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"

	"yaodian/hooks/audit"
	"yaodian/hooks/kit"
)

// Audit is the command `audit` with all below it.
func Audit(app core.App) *cobra.Command {
	c := &cobra.Command{
		Use: "audit", Short: "校验、存档留痕", Args: cobra.NoArgs, SilenceUsage: true,
		RunE: func(*cobra.Command, []string) error {
			return errors.New("请写明要做什么：audit verify，或者 audit archive --before 日期。")
		},
	}
	c.AddCommand(auditVerify(app), auditArchive(app))
	return c
}

func auditVerify(app core.App) *cobra.Command {
	var expect []string
	var asJSON bool
	c := &cobra.Command{
		Use:   "verify [存档文件…]",
		Short: "从头到尾校验留痕的哈希链，指出第一处被改动的地方",
		Long: `逐条核对编号、前后衔接和哈希；给出存档文件时按先后次序先核对存档。
能发现任何一条被修改、删除、插入或调换。末尾被截掉、或者整条链被有机器权限的人重写，链条本身发现不了：
请把输出的末条序号和哈希另行抄录，以后用 --expect 对照。恢复备份会使留痕回到备份的时候，也要这样对照。`,
		SilenceUsage: true,
		RunE: func(c *cobra.Command, files []string) error {
			heads, err := headsOf(expect)
			if err != nil {
				return err
			}
			report, err := audit.Verify(c.Context(), app, files, heads...)
			if err != nil {
				return err
			}
			if asJSON {
				err = printJSON(c.OutOrStdout(), report)
			} else if report.Broken == nil {
				_, err = fmt.Fprintln(c.OutOrStdout(), wholeSentence(report))
			}
			if report.Broken != nil {
				return report.Broken
			}
			return err
		},
	}
	c.Flags().StringArrayVar(&expect, "expect", nil, "以前抄录的末条，写作 序号:哈希；可以重复")
	c.Flags().BoolVar(&asJSON, "json", false, "输出 JSON")
	return c
}

func wholeSentence(r audit.Report) string {
	if r.Entries == 0 {
		return "还没有留痕。"
	}
	return fmt.Sprintf("留痕完整：第 %d 条到第 %d 条，共 %d 条。\n末条 %d:%s", r.First, r.Last, r.Entries, r.Last, r.Head)
}

// headsOf reads heads as verify prints them: number:hash.
func headsOf(texts []string) ([]audit.Chain, error) {
	var heads []audit.Chain
	for _, text := range texts {
		number, hash, _ := strings.Cut(strings.TrimSpace(text), ":")
		seq, err := strconv.ParseInt(number, 10, 64)
		if err != nil || len(hash) != 64 {
			return nil, fmt.Errorf("“%s”不是末条的写法，应当是 序号:哈希，照 audit verify 的输出抄写。", text)
		}
		heads = append(heads, audit.Chain{Seq: seq, Hash: hash})
	}
	return heads, nil
}

func auditArchive(app core.App) *cobra.Command {
	var before, dir string
	var asJSON bool
	c := &cobra.Command{
		Use:   "archive --before 日期",
		Short: "把某天以前的留痕移入存档文件（一年以内的不能存档）",
		Long:  "先校验，再写成文件，然后从数据库移出；链条接着延续，校验时可以连同存档一起核对。请把存档文件另行妥善保存。",
		Args:  cobra.NoArgs, SilenceUsage: true,
		RunE: func(c *cobra.Command, _ []string) error {
			if dir == "" {
				dir = filepath.Join(app.DataDir(), "audit")
			}
			done, err := audit.MakeArchive(c.Context(), kit.As(app, kit.Job("audit archive")), before, dir)
			if err != nil {
				return err
			}
			if asJSON {
				return printJSON(c.OutOrStdout(), done)
			}
			_, err = fmt.Fprintf(c.OutOrStdout(), "已存档第 %d 条到第 %d 条：%s\nSHA-256 %s\n", done.From, done.To, done.File, done.SHA256)
			return err
		},
	}
	c.Flags().StringVar(&before, "before", "", "存档到哪一天为止（不含），例如 2023-01-01")
	c.Flags().StringVar(&dir, "dir", "", "存档文件放在哪里（默认为数据目录下的 audit）")
	c.Flags().BoolVar(&asJSON, "json", false, "输出 JSON")
	return c
}
