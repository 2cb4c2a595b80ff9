package commands

import (
	"fmt"
	"time"

	"github.com/pocketbase/pocketbase/cmd"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
	"github.com/spf13/cobra"

	"yaodian/hooks/kit"
)

// Demo loads the demo data into an empty database and reports who can sign in.
type Demo func(app core.App, now time.Time) (report string, err error)

// Serve is PocketBase's own command with --demo and a Chinese greeting.
func Serve(app core.App, demo Demo) *cobra.Command {
	c := cmd.NewServeCommand(app, false)
	c.Short = "启动服务（默认地址 127.0.0.1:8090；写明域名则用 80、443 端口并自动申请证书）"
	withDemo := c.Flags().Bool("demo", false, "在空的数据目录里装入演示数据；演示数据库再次启动时照常使用，其他数据库则拒绝启动")

	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{Priority: -9999, Func: func(e *core.ServeEvent) error {
		if err := e.Next(); err != nil {
			return err
		}
		greet(e, c)
		return nil
	}})
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		if !*withDemo {
			return e.Next()
		}
		report, err := demo(e.App, kit.Now(e.App))
		if err != nil {
			return err
		}
		fmt.Print(report)
		return e.Next()
	})
	return c
}

// greet says where to go, once the port is open.
func greet(e *core.ServeEvent, c *cobra.Command) {
	address := "http://" + e.Server.Addr
	if domains := c.Flags().Args(); len(domains) > 0 {
		address = "https://" + domains[0]
	} else if https := c.Flag("https"); https != nil && https.Value.String() != "" {
		address = "https://" + e.Server.Addr
	}
	fmt.Printf("工作台：  %s/\n管理界面：%s/_/\n", address, address)
}
