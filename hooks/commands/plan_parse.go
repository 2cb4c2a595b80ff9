package commands

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"yaodian/hooks/plan/parse"
)

func planParse() *cobra.Command {
	var year int
	var asJSON bool
	c := &cobra.Command{
		Use:   "parse 文件",
		Short: "读出工作要点的结构、期限、频次、文件和目标（不用数据库）",
		Long:  "读取 .txt（UTF-8 或 GB18030）、.md、.docx。", Args: oneFile,
		Annotations: map[string]string{offline: "yes"}, SilenceUsage: true,
		RunE: func(c *cobra.Command, args []string) error {
			if err := checkYear(year); err != nil {
				return err
			}
			text, err := readFile(args[0])
			if err != nil {
				return err
			}
			plan := parse.Text(text, parse.Options{Year: year})
			if asJSON {
				return printJSON(c.OutOrStdout(), plan)
			}
			printPlan(c.OutOrStdout(), plan)
			return nil
		},
	}
	c.Flags().IntVar(&year, "year", 0, "年度；不写则按原文")
	c.Flags().BoolVar(&asJSON, "json", false, "输出 JSON")
	return c
}

func printPlan(w io.Writer, p parse.Plan) {
	title := p.Title
	if title == "" {
		title = "（没有标题）"
	}
	if p.Year != nil {
		title += fmt.Sprintf("（%d 年）", *p.Year)
	}
	fmt.Fprintf(w, "%s\n%s\n", title, Count(p))
	for _, s := range p.Sections {
		fmt.Fprintf(w, "\n%s\n", numbered(s.Number, s.Title, "（不分部分）"))
		for _, i := range s.Items {
			fmt.Fprintf(w, "  %s\n", numbered(i.Number, i.Title, "（没有标题）"))
			for _, o := range i.Obligations {
				if facts := factsOf(o); facts != "" {
					fmt.Fprintf(w, "      %s\n", facts)
				}
			}
		}
	}
	if len(p.Warnings) > 0 {
		fmt.Fprint(w, "\n提示\n")
	}
	for _, warning := range p.Warnings {
		fmt.Fprintf(w, "  %s\n", warning.Message)
	}
}

func numbered(n int, title, none string) string {
	if title == "" {
		title = none
	}
	if n == 0 {
		return title
	}
	return fmt.Sprintf("%d. %s", n, title)
}

// actions are what happens to a document.
var actions = map[string]string{"draft": "制定", "revise": "修订", "sign": "签订"}

// factsOf is one line with what was found in an obligation, empty if nothing.
func factsOf(o parse.Obligation) string {
	var facts []string
	if o.Frequency != nil {
		facts = append(facts, o.Frequency.Text)
	}
	if o.Due != nil {
		facts = append(facts, o.Due.Text)
	}
	for _, d := range o.Documents {
		if action, ok := actions[d.Action]; ok {
			facts = append(facts, action+"《"+d.Title+"》")
		}
	}
	for _, t := range o.Targets {
		facts = append(facts, t.Text)
	}
	if len(o.Owners) > 0 {
		facts = append(facts, "责任："+strings.Join(o.Owners, "、"))
	}
	if o.NeedsConfirmation {
		facts = append(facts, "待确认")
	}
	return strings.Join(facts, "；")
}
