package commands

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"

	"yaodian/hooks/dues"
	"yaodian/hooks/dues/assess"
	"yaodian/hooks/dues/charge"
	"yaodian/hooks/dues/rate"
	"yaodian/hooks/kit"
)

// Dues is the command `dues` with all below it.
func Dues(app core.App) *cobra.Command {
	c := &cobra.Command{
		Use: "dues", Short: "计算、生成、核对党费", Args: cobra.NoArgs, SilenceUsage: true,
		RunE: func(*cobra.Command, []string) error {
			return errors.New("请写明要做什么：dues quote --category 类别，dues bill --month 月份，或者 dues verify。")
		},
	}
	c.AddCommand(duesQuote(app), duesBill(app), duesVerify(app))
	return c
}

func duesQuote(app core.App) *cobra.Command {
	var category, base, month string
	var asJSON bool
	c := &cobra.Command{
		Use:   "quote --category 类别",
		Short: "算出一个类别、一个基数每月应交多少，并说明为什么（不用数据库）",
		Long: `类别：` + categoryList() + `
数据目录里有数据库时，按其中启用的标准计算，否则按全国规定。`,
		Args: cobra.NoArgs, Annotations: map[string]string{offline: "yes"}, SilenceUsage: true,
		RunE: func(c *cobra.Command, _ []string) error {
			if category == "" {
				return errors.New("请写明类别，例如 --category wage_monthly；有哪些类别请用 --help 查看。")
			}
			if c.Flags().Changed("base") && base == "" {
				return rate.ErrAmount
			}
			sets, err := setsIn(app.DataDir())
			if err != nil {
				return err
			}
			answer, err := assess.Quote(sets, category, base, month, kit.Today(app))
			if err != nil {
				return err
			}
			if asJSON {
				return printJSON(c.OutOrStdout(), answer)
			}
			_, err = fmt.Fprintf(c.OutOrStdout(), "%s 每月应交 %s 元。\n%s\n", answer.Month, answer.DueYuan, answer.Explain)
			return err
		},
	}
	c.Flags().StringVar(&category, "category", "", "类别，例如 wage_monthly")
	c.Flags().StringVar(&base, "base", "", "交纳基数（元），最多两位小数；农民为核定的月交额")
	c.Flags().StringVar(&month, "month", "", "月份，例如 2026-03（默认为本月）")
	c.Flags().BoolVar(&asJSON, "json", false, "输出 JSON")
	return c
}

func categoryList() string {
	text := ""
	for _, c := range rate.Categories {
		text += fmt.Sprintf("\n  %-22s %s", c.Key, c.Name)
		if c.Base != "" {
			text += "，基数为" + c.Base
		}
	}
	return text
}

// setsIn are the rates in force in a database, without creating or changing it;
// the national ones where there is none.
func setsIn(dir string) ([]rate.Set, error) {
	path := filepath.Join(dir, "data.db")
	if _, err := os.Stat(path); err != nil {
		return rate.National(), nil //nolint:nilerr // no database
	}
	db, err := dbx.Open("sqlite", "file:"+filepath.ToSlash(path)+"?mode=ro&_pragma=busy_timeout(10000)")
	if err != nil {
		return nil, err
	}
	defer db.Close()
	var n int
	if err := db.NewQuery("SELECT count(*) FROM sqlite_master WHERE name = 'dues_rates'").Row(&n); err != nil {
		return nil, fmt.Errorf("打不开数据库“%s”：%w。", path, err)
	}
	if n == 0 {
		return rate.National(), nil
	}
	sets, err := charge.LoadSets(db)
	return sets.Active, err
}

func duesBill(app core.App) *cobra.Command {
	var month string
	var asJSON bool
	c := &cobra.Command{
		Use:   "bill --month 月份",
		Short: "生成一个月的应交党费；可以重复运行，中断以后接着做",
		Args:  cobra.NoArgs, SilenceUsage: true,
		RunE: func(c *cobra.Command, _ []string) error {
			if month == "" {
				return errors.New("请写明月份，例如 --month 2026-03。")
			}
			if err := ready(app); err != nil {
				return err
			}
			billed, err := charge.BillMonth(kit.As(app, kit.Job("dues bill")), month, kit.Now(app))
			if err != nil {
				return err
			}
			if asJSON {
				return printJSON(c.OutOrStdout(), billed)
			}
			_, err = fmt.Fprintf(c.OutOrStdout(), "%s：新生成 %d 人的应交，合计 %s 元，其中 %d 人减免；%d 人没有类别或基数，需要人工核定。\n",
				month, billed.Charged, billed.Sum, billed.Waived, billed.Missing)
			return err
		},
	}
	c.Flags().StringVar(&month, "month", "", "月份，例如 2026-03")
	c.Flags().BoolVar(&asJSON, "json", false, "输出 JSON")
	return c
}

func duesVerify(app core.App) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "verify",
		Short: "核对党费：分录的哈希链、收款、减免、月结、上缴、公开是否一致",
		Long:  "任何一分钱被改动都会被发现。末尾被截掉，链条本身发现不了：请把输出的末笔摘要另行抄录，以后对照。",
		Args:  cobra.NoArgs, SilenceUsage: true,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := ready(app); err != nil {
				return err
			}
			report, err := dues.Verify(app)
			if err != nil {
				return err
			}
			if asJSON {
				err = printJSON(c.OutOrStdout(), report)
			} else if len(report.Problems) == 0 {
				_, err = fmt.Fprintf(c.OutOrStdout(), "党费账目一致：%d 笔分录，%d 笔收款。\n末笔摘要 %s\n", report.Entries, report.Payments, report.Head)
			}
			return errors.Join(err, report.Whole())
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "输出 JSON")
	return c
}
