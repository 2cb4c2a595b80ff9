package commands

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"

	"yaodian/hooks/people"
	"yaodian/hooks/people/keys"
)

// People is the command `people` with all below it.
func People(app core.App) *cobra.Command {
	c := &cobra.Command{
		Use: "people", Short: "导入名册，核对和更换密钥", Args: cobra.NoArgs, SilenceUsage: true,
		RunE: func(*cobra.Command, []string) error {
			return errors.New("请写明要做什么：people import 名册.xlsx，people keys check，或者 people keys rotate。")
		},
	}
	key := &cobra.Command{
		Use: "keys", Short: "查看、更换加密身份证号等内容的密钥", Args: cobra.NoArgs, SilenceUsage: true,
		RunE: func(*cobra.Command, []string) error {
			return errors.New("请写明要做什么：people keys check，或者 people keys rotate。")
		},
	}
	key.AddCommand(keysCheck(app), keysRotate(app))
	c.AddCommand(peopleImport(app), key)
	return c
}

// keyUse is what `people keys check --json` prints.
type keyUse struct {
	File    string         `json:"file"`
	Current string         `json:"current"`
	Sealed  map[string]int `json:"sealed"` // values by the id of their key
}

func keysCheck(app core.App) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "check", Short: "核对密钥文件打得开数据库里的全部加密内容", Args: cobra.NoArgs, SilenceUsage: true,
		RunE: func(c *cobra.Command, _ []string) error {
			use, err := checkKeys(app)
			if err != nil {
				return err
			}
			if asJSON {
				return printJSON(c.OutOrStdout(), use)
			}
			fmt.Fprintf(c.OutOrStdout(), "密钥文件：%s\n当前密钥：%s\n", use.File, use.Current)
			for _, id := range slices.Sorted(maps.Keys(use.Sealed)) {
				fmt.Fprintf(c.OutOrStdout(), "  %s 加密了 %d 项\n", id, use.Sealed[id])
			}
			return nil
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "输出 JSON")
	return c
}

func checkKeys(app core.App) (use keyUse, err error) {
	if err := ready(app); err != nil {
		return use, err
	}
	ring, err := keys.Ring(app)
	if err != nil {
		return use, err
	}
	if err := keys.Check(app); err != nil {
		return use, err
	}
	use = keyUse{File: keys.File(app), Current: ring.Current()}
	use.Sealed, err = keys.InUse(app)
	return use, err
}

func keysRotate(app core.App) *cobra.Command {
	return &cobra.Command{
		Use: "rotate", Short: "换一把新密钥，并用它重新加密全部内容", Args: cobra.NoArgs, SilenceUsage: true,
		Long: "可以在服务运行时进行；中断以后再次运行会接着做完。旧密钥留在文件里，用来打开旧备份。做完请重新备份密钥文件。",
		RunE: func(c *cobra.Command, _ []string) error {
			if err := ready(app); err != nil {
				return err
			}
			id, done, err := keys.Rotate(app, func(done int) { fmt.Fprintf(c.ErrOrStderr(), "\r已重新加密 %d 项", done) })
			if err != nil {
				return err
			}
			fmt.Fprintf(c.OutOrStdout(), "\n已换用密钥 %s，重新加密了 %d 项。请现在就备份密钥文件 %s。\n", id, done, keys.File(app))
			return nil
		},
	}
}

// ready: the database has been set up.
func ready(app core.App) error {
	if !app.HasTable(people.People) {
		return errors.New("这个数据目录里还没有建立数据库，请先运行一次 serve。")
	}
	return nil
}
