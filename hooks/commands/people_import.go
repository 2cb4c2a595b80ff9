package commands

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"

	"yaodian/hooks/exchange"
	"yaodian/hooks/exchange/sheet"
	"yaodian/hooks/people"
)

// Entered is what `people import --json` prints.
type Entered struct {
	ID      string          `json:"id"`
	Written bool            `json:"written"`
	Counts  exchange.Counts `json:"counts"`
	Faults  []sheet.Fault   `json:"faults"`
}

func peopleImport(app core.App) *cobra.Command {
	var dryRun, asJSON bool
	c := &cobra.Command{
		Use:   "import 名册.xlsx",
		Short: "把党员名册读入数据库：全部写入，或者一行也不写",
		Long:  "读取 .xlsx、.csv。有错误的行按“第几行第几列”写到标准错误，这时什么也不写入。", Args: oneTable, SilenceUsage: true,
		RunE: func(c *cobra.Command, args []string) error {
			done, err := enterPeople(app, c, args[0], dryRun)
			for _, f := range done.Faults {
				fmt.Fprintln(c.ErrOrStderr(), f.Error())
			}
			if err != nil {
				return err
			}
			if asJSON {
				err = printJSON(c.OutOrStdout(), done)
			} else if len(done.Faults) == 0 {
				printEntered(c.OutOrStdout(), done)
			}
			if n := done.Counts.Faulty; n > 0 {
				err = errors.Join(err, fmt.Errorf("有 %d 行有错误，什么也没有写入。", n))
			}
			return err
		},
	}
	c.Flags().BoolVar(&dryRun, "dry-run", false, "只试一遍，不写入")
	c.Flags().BoolVar(&asJSON, "json", false, "输出 JSON")
	return c
}

func printEntered(w io.Writer, done Entered) {
	fmt.Fprintln(w, done.Counts)
	if !done.Written {
		fmt.Fprintln(w, "这是试运行，什么也没有写入。")
	}
}

func oneTable(_ *cobra.Command, args []string) error {
	if len(args) != 1 {
		return errors.New("请写明一个文件，例如：people import 名册.xlsx。")
	}
	return nil
}

func enterPeople(app core.App, c *cobra.Command, path string, dryRun bool) (done Entered, err error) {
	if err := checkTable(path); err != nil {
		return done, err
	}
	collection, err := stocked(app, people.People)
	if err != nil {
		return done, err
	}
	record, faults, err := exchange.From(app, c.Context(), collection, path, dryRun)
	if err != nil {
		return done, err
	}
	done = Entered{ID: record.Id, Written: record.GetString("state") == string(exchange.Done), Faults: faults, Counts: exchange.Counts{
		Added: record.GetInt("added"), Changed: record.GetInt("changed"), Same: record.GetInt("same"), Faulty: record.GetInt("faulty"),
	}}
	if done.Faults == nil {
		done.Faults = []sheet.Fault{}
	}
	return done, nil
}

// checkTable says in Chinese why a file can't be opened.
func checkTable(path string) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("没有找到文件“%s”。", path)
	case err != nil:
		return fmt.Errorf("打不开文件“%s”：%w。", path, err)
	case info.IsDir():
		return fmt.Errorf("“%s”是文件夹，请写明其中的一个文件。", path)
	}
	return nil
}

// stocked is a collection of a database that has been set up.
func stocked(app core.App, name string) (*core.Collection, error) {
	if !app.HasTable(people.People) {
		return nil, errors.New("这个数据目录里还没有建立数据库，请先运行一次 serve。")
	}
	c, err := app.FindCollectionByNameOrId(name)
	if err != nil || c.System {
		return nil, fmt.Errorf("没有“%s”这个数据表，名字例如 people、documents。", name)
	}
	return c, nil
}
