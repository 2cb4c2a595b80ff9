// Command yaodian turns a year's work plan (工作要点) into done, provable work.
package main

import (
	"embed"
	"fmt"
	"io/fs"
	"os"

	"github.com/pocketbase/pocketbase"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/cmd"
	"github.com/pocketbase/pocketbase/plugins/jsvm"
	"github.com/pocketbase/pocketbase/plugins/migratecmd"
	"github.com/pocketbase/pocketbase/tools/osutils"

	"yaodian/hooks"
	"yaodian/hooks/commands"
	"yaodian/hooks/console"
	"yaodian/hooks/demo"
	"yaodian/hooks/people/keys"
	"yaodian/hooks/web"
	"yaodian/hooks/words"
	_ "yaodian/pb_migrations"
)

// version is stamped by the linker: make build.
var version = "（未标版本）"

//go:embed all:pb_public
var embedded embed.FS

func main() {
	app := pocketbase.New()
	if err := run(app); err != nil {
		fmt.Fprintln(os.Stderr, commands.Sentence(err))
		os.Exit(1)
	}
}

func run(app *pocketbase.PocketBase) error {
	root := app.RootCmd
	root.Short, root.Version, root.SilenceUsage = "要点：从年度工作要点到可查证的完成", version, true
	root.SilenceErrors = true // main says them, in Chinese
	root.SetErr(os.Stderr)    // PocketBase throws away what commands write there
	root.AddCommand(commands.Serve(app, demo.Load), commands.Plan(app), commands.Audit(app), commands.People(app), commands.Exchange(app), commands.Dues(app), commands.Points(app), cmd.NewSuperuserCommand(app))
	if commands.Offline(root, os.Args[1:]) {
		return root.Execute()
	}

	flags := root.PersistentFlags()
	automigrate := flags.Bool("automigrate", osutils.IsProbablyGoRun(), "把浏览器里改动的表结构写成 pb_migrations 里的文件，并显示表结构编辑器")
	migrations := flags.String("migrationsDir", "", "表结构文件的目录（默认为数据目录旁的 pb_migrations）")
	scripts := flags.String("hooksDir", "", "管理员脚本的目录（默认为数据目录旁的 pb_hooks）")
	keyFile := flags.String("keyFile", "", "密钥文件（默认为数据目录旁的 数据目录.key，或者环境变量 "+keys.EnvFile+"）")
	_ = root.ParseFlags(os.Args[1:]) // reported when the command itself is parsed

	// Scripts first: whatever they do while loading, the rules are bound after.
	jsvm.MustRegister(app, jsvm.Config{MigrationsDir: *migrations, HooksDir: *scripts, HooksWatch: app.IsDev(), HooksPoolSize: 8})
	migratecmd.MustRegister(app, root, migratecmd.Config{TemplateLang: migratecmd.TemplateLangJS, Automigrate: *automigrate, Dir: *migrations})

	keys.SetFile(app, *keyFile)
	words.Bind(app)
	hooks.Bind(app)
	console.Bind(app, *automigrate)
	web.Bind(app, site(app.IsDev()))
	return app.Execute()
}

// site is pb_public: from disk while developing, from the program otherwise.
func site(dev bool) fs.FS {
	if _, err := os.Stat("pb_public/index.html"); dev && err == nil {
		return os.DirFS("pb_public")
	}
	return apis.MustSubFS(embedded, "pb_public")
}
