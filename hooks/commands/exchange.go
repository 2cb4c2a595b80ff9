package commands

import (
	"errors"
	"fmt"
	"os"

	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"

	"yaodian/hooks/exchange"
	"yaodian/hooks/exchange/sheet"
)

// Exchange is the command `exchange` with all below it.
func Exchange(app core.App) *cobra.Command {
	c := &cobra.Command{
		Use: "exchange", Short: "把数据导出成表格", Args: cobra.NoArgs, SilenceUsage: true,
		RunE: func(*cobra.Command, []string) error {
			return errors.New("请写明要做什么：exchange export people --out 名册.xlsx。")
		},
	}
	c.AddCommand(exchangeExport(app))
	return c
}

// exportOptions are the flags of `exchange export`.
type exportOptions struct {
	out, format, filter, sort string
	asJSON                    bool
}

func exchangeExport(app core.App) *cobra.Command {
	var o exportOptions
	c := &cobra.Command{
		Use:   "export 数据表 --out 文件",
		Short: "把一个数据表导出成表格，改过以后可以原样导回",
		Args:  oneCollection, SilenceUsage: true,
		RunE: func(c *cobra.Command, args []string) error {
			rows, err := exportTo(app, args[0], o)
			if err != nil {
				return err
			}
			if o.asJSON {
				return printJSON(c.OutOrStdout(), map[string]any{"file": o.out, "rows": rows})
			}
			fmt.Fprintf(c.OutOrStdout(), "已写入“%s”，共 %d 行。\n", o.out, rows)
			return nil
		},
	}
	c.Flags().StringVar(&o.out, "out", "", "写到哪个文件，不能是已有的文件")
	c.Flags().StringVar(&o.format, "format", string(sheet.XLSX), "格式：xlsx、csv（UTF-8）、csv_gb（GB18030）")
	c.Flags().StringVar(&o.filter, "filter", "", `筛选条件，例如 state="active"`)
	c.Flags().StringVar(&o.sort, "sort", "", "排序，例如 -created")
	c.Flags().BoolVar(&o.asJSON, "json", false, "输出 JSON")
	return c
}

func oneCollection(_ *cobra.Command, args []string) error {
	if len(args) != 1 {
		return errors.New("请写明一个数据表，例如：exchange export people --out 名册.xlsx。")
	}
	return nil
}

func exportTo(app core.App, name string, o exportOptions) (rows int, err error) {
	switch format := sheet.Format(o.format); {
	case o.out == "":
		return 0, errors.New("请用 --out 写明写到哪个文件，例如 --out 名册.xlsx。")
	case format != sheet.XLSX && format != sheet.CSV && format != sheet.CSVGB:
		return 0, fmt.Errorf("没有“%s”这种格式，可以是 xlsx、csv、csv_gb。", o.format)
	}
	c, err := stocked(app, name)
	if err != nil {
		return 0, err
	}
	l, err := exchange.All(app, c, o.filter, o.sort, sheet.Format(o.format))
	if err != nil {
		return 0, err
	}
	out, err := os.OpenFile(o.out, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		return 0, fmt.Errorf("文件“%s”已经存在，请换一个名字。", o.out)
	}
	if err != nil {
		return 0, fmt.Errorf("写不了文件“%s”：%w。", o.out, err)
	}
	rows, err = l.Write(app, out)
	if err = errors.Join(err, out.Close()); err != nil {
		return 0, errors.Join(err, os.Remove(o.out))
	}
	return rows, nil
}
