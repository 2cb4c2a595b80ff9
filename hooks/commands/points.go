package commands

import (
	"errors"
	"fmt"

	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"

	"yaodian/hooks/points"
)

// Points is the command “points”, with what is done about points without a
// browser.
func Points(app core.App) *cobra.Command {
	c := &cobra.Command{
		Use: "points", Short: "核对党员积分", Args: cobra.NoArgs, SilenceUsage: true,
		RunE: func(*cobra.Command, []string) error { return errors.New("请写明要做什么：points verify。") },
	}
	c.AddCommand(pointsVerify(app))
	return c
}

func pointsVerify(app core.App) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "verify",
		Short: "核对积分：分录的哈希链、冲正、公示，并按来源记录全部重算一遍",
		Long:  "分录和重算不一致、任何一笔被改动都会被发现。末尾被截掉，链条本身发现不了：请把输出的末笔摘要另行抄录，以后对照。",
		Args:  cobra.NoArgs, SilenceUsage: true,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := ready(app); err != nil {
				return err
			}
			report, err := points.Verify(app)
			if err != nil {
				return err
			}
			if asJSON {
				err = printJSON(c.OutOrStdout(), report)
			} else if len(report.Problems) == 0 {
				_, err = fmt.Fprintf(c.OutOrStdout(), "积分账目一致：%d 笔分录，和重算相同。\n末笔摘要 %s\n", report.Entries, report.Head)
			}
			return errors.Join(err, report.Whole())
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "输出 JSON")
	return c
}
