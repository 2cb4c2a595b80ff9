package commands

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
	"yaodian/hooks/plan/imports"
	"yaodian/hooks/plan/parse"
)

// importOptions are the flags of `plan import`.
type importOptions struct {
	org    string
	year   int
	dryRun bool
	asJSON bool
}

// Imported is what `plan import --json` prints.
type Imported struct {
	ID     string `json:"id"` // empty after a dry run
	Org    string `json:"org"`
	Year   int    `json:"year"`
	Title  string `json:"title"`
	Counts Counts `json:"counts"`
}

func planImport(app core.App) *cobra.Command {
	var o importOptions
	c := &cobra.Command{
		Use:   "import 文件 --org 编码",
		Short: "把工作要点读入数据库，成为待核对的草稿",
		Long:  "只写入草稿，由人在工作台核对、提交，由另一人确认后才产生任务。", Args: oneFile, SilenceUsage: true,
		RunE: func(c *cobra.Command, args []string) error {
			done, err := importFile(kit.As(app, kit.Job("plan import")), args[0], o)
			if err != nil {
				return err
			}
			if o.asJSON {
				return printJSON(c.OutOrStdout(), done)
			}
			fmt.Fprintf(c.OutOrStdout(), "%s（%d 年，%s）\n%s\n", done.Title, done.Year, done.Org, done.Counts)
			if o.dryRun {
				fmt.Fprintln(c.OutOrStdout(), "这是试运行，什么也没有写入。")
				return nil
			}
			fmt.Fprintln(c.OutOrStdout(), "已存为草稿，请到工作台的“导入”页核对。")
			return nil
		},
	}
	c.Flags().StringVar(&o.org, "org", "", "组织的编码（例如 qh）或路径（例如 /qh/zb1/）")
	c.Flags().IntVar(&o.year, "year", 0, "年度；不写则按原文")
	c.Flags().BoolVar(&o.dryRun, "dry-run", false, "只试一遍，不写入")
	c.Flags().BoolVar(&o.asJSON, "json", false, "输出 JSON")
	return c
}

var errDryRun = errors.New("dry run")

// importFile reads a file into a draft. A dry run does the same and takes it
// back, so that it finds whatever the real one would.
func importFile(app core.App, path string, o importOptions) (Imported, error) {
	var done Imported
	if err := checkYear(o.year); err != nil {
		return done, err
	}
	text, err := readFile(path)
	if err != nil {
		return done, err
	}
	unit, err := findUnit(app, o.org)
	if err != nil {
		return done, err
	}

	err = app.RunInTransaction(func(tx core.App) error {
		draft, err := imports.Read(tx, imports.Input{Org: unit.Id, Year: o.year, Filename: filepath.Base(path), Text: text})
		if err != nil {
			return err
		}
		done = Imported{
			ID: draft.Id, Org: unit.GetString("name"), Year: draft.GetInt("year"), Title: draft.GetString("title"),
			Counts: Count(parse.Text(draft.GetString("text"), parse.Options{Year: draft.GetInt("year")})),
		}
		if o.dryRun {
			done.ID = ""
			return errDryRun
		}
		return nil
	})
	if errors.Is(err, errDryRun) {
		err = nil
	}
	return done, err
}

// findUnit finds an organization by its path, or by its code where only one
// has it: codes repeat under different parents.
func findUnit(app core.App, code string) (*core.Record, error) {
	if code == "" {
		return nil, errors.New("请用 --org 写明是哪个组织的要点，例如 --org qh。")
	}
	if !app.HasTable(org.Units) {
		return nil, errors.New("这个数据目录里还没有建立数据库，请先运行一次 serve。")
	}
	column := "code"
	if strings.HasPrefix(code, "/") {
		column, code = "path", strings.TrimSuffix(code, "/")+"/"
	}
	units, err := app.FindAllRecords(org.Units, dbx.HashExp{column: code})
	if err != nil {
		return nil, err
	}
	switch len(units) {
	case 0:
		return nil, fmt.Errorf("没有编码或路径为“%s”的组织，请到工作台的“组织”页查看。", code)
	case 1:
		return units[0], nil
	}
	var paths []string
	for _, u := range units {
		paths = append(paths, u.GetString("path"))
	}
	return nil, fmt.Errorf("编码“%s”有 %d 个组织，请用路径写明是哪一个：%s。", code, len(units), strings.Join(paths, "、"))
}
