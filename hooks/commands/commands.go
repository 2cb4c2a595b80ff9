// Package commands is what the program does besides serving: reading a plan
// without a database, importing one, starting with demo data.
//
// Every command exits non-zero when it fails and says why in one Chinese
// sentence on stderr; with --json stdout holds JSON and nothing else.
package commands

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"

	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"

	"yaodian/hooks/plan/parse"
)

// offline marks a command that needs no database and must not create one.
const offline = "offline"

// maxFile is the largest file that is read; a year's plan is a thousandth of it.
const maxFile = 32 << 20

// Plan is the command `plan` with all below it.
func Plan(app core.App) *cobra.Command {
	plan := &cobra.Command{
		Use: "plan", Short: "读取、导入工作要点", Args: cobra.NoArgs, SilenceUsage: true,
		RunE: func(*cobra.Command, []string) error {
			return errors.New("请写明要做什么：plan parse 文件，或者 plan import 文件 --org 编码。")
		},
	}
	plan.AddCommand(planParse(), planImport(app))
	return plan
}

// Offline reports whether the arguments ask for a command without a database.
func Offline(root *cobra.Command, args []string) bool {
	command, _, err := root.Find(args)
	return err == nil && command.Annotations[offline] != ""
}

// oneFile is the argument of every command here: the file to read.
func oneFile(_ *cobra.Command, args []string) error {
	if len(args) != 1 {
		return errors.New("请写明一个文件，例如：plan parse 要点.docx。")
	}
	return nil
}

// readFile decodes a plan's file into text.
func readFile(path string) (string, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", fmt.Errorf("没有找到文件“%s”。", path)
	case err != nil:
		return "", fmt.Errorf("打不开文件“%s”：%w。", path, err)
	case info.IsDir():
		return "", fmt.Errorf("“%s”是文件夹，请写明其中的一个文件。", path)
	case info.Size() > maxFile:
		return "", fmt.Errorf("文件“%s”超过 32 MB，不像是一份工作要点，请检查。", path)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("读不出文件“%s”：%w。", path, err)
	}
	return parse.File(path, raw)
}

func checkYear(year int) error {
	if year != 0 && (year < 2000 || year > 2099) {
		return fmt.Errorf("年度 %d 不对，请写四位数的年份，例如 --year 2026。", year)
	}
	return nil
}

// printJSON writes v the way people can read it as well.
func printJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// Counts is what a text contains.
type Counts struct {
	Sections     int `json:"sections"`
	Items        int `json:"items"`
	Obligations  int `json:"obligations"`
	Documents    int `json:"documents"` // to draft, revise or sign
	Unconfirmed  int `json:"needs_confirmation"`
	WarningTotal int `json:"warnings"`
}

// Count counts what a person will have to deal with.
func Count(p parse.Plan) Counts {
	c := Counts{Sections: len(p.Sections), WarningTotal: len(p.Warnings)}
	for _, s := range p.Sections {
		c.Items += len(s.Items)
		for _, i := range s.Items {
			c.Obligations += len(i.Obligations)
			for _, o := range i.Obligations {
				if o.NeedsConfirmation {
					c.Unconfirmed++
				}
				for _, d := range o.Documents {
					if slices.Contains([]string{"draft", "revise", "sign"}, d.Action) {
						c.Documents++
					}
				}
			}
		}
	}
	return c
}

func (c Counts) String() string {
	return fmt.Sprintf("%d 个部分，%d 条，%d 项任务，%d 份要制定、修订或签订的文件，%d 处有待确认，%d 处提示。",
		c.Sections, c.Items, c.Obligations, c.Documents, c.Unconfirmed, c.WarningTotal)
}
